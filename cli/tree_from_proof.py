"""A proof as a tree: verdict ← criteria ← checks ← counts ← rows and cells."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from cli.language import _
from cli.plain import fitted
from cli.tree import Branch, tree_lines
from cli.words.findings import Findings
from cli.words.heading import heading
from cli.words.proof_words import OUTCOME_OF, clause, reading, way
from cli.words.sources import Sources
from cli.words.wording import OUTCOMES, SYMBOLS, Wording, said
from engine.assessment import Outcome
from engine.pack import Pack
from engine.proof import CheckProof, CriterionProof, Proof, Settling

_IN_THE_WAY: Final = (Outcome.NOT_MET, Outcome.UNKNOWN)


def tree_from_proof(
    proof: Proof, pack: Pack, as_of: date, criterion: str | None = None
) -> Iterator[str]:
    """Yield the lines of a proof, or of the part of it that proves one criterion."""
    tree = _Telling(proof, pack).tree(criterion)
    for line in (*heading(pack, as_of), "", *tree_lines(tree)):
        yield f"{line}\n"


class _Telling:
    def __init__(self, proof: Proof, pack: Pack) -> None:
        self._proof = proof
        self._pack = pack
        self._wording = Wording(pack)
        self._findings = Findings(self._wording)
        self._sources = Sources(self._wording)
        conflicts = proof.locality.conflicts
        self._doubtful = {name for found in conflicts for name in found.counts}

    def tree(self, criterion: str | None) -> Branch:
        """Return the whole tree, or the branch of one criterion under its verdict.

        The whole tree begins with what is open and what fails; of what is met it shows
        the numbers alone, since the law's words are one `--criterion` away.
        """
        top = Branch(self._conclusion())
        if criterion is not None:
            asked = (e for e in self._proof.criteria if e.criterion.id == criterion)
            top.branches.extend(map(self._criterion, asked))
            return top
        in_the_way = [e for e in self._proof.criteria if e.outcome in _IN_THE_WAY]
        others = [e for e in self._proof.criteria if e.outcome not in _IN_THE_WAY]
        top.branches.extend(self._open())
        top.branches.extend(map(self._criterion, in_the_way))
        top.branches.extend(map(self._in_brief, others))
        top.branches.extend(self._grounds())
        return top

    def _conclusion(self) -> str:
        """Return the verdict, and at once which criteria stand in the way."""
        locality = self._proof.locality
        line = (
            f"{fitted(locality.id, 40)} {fitted(locality.name, 80)} "
            f"({self._wording.level(locality.level)}): "
            f"{self._wording.verdict(locality.verdict)}"
        )
        for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
            ids = [each.id for each in locality.criteria if each.outcome is outcome]
            if ids:
                line += (
                    f" · {SYMBOLS[outcome]} {_(OUTCOMES[outcome])}: {', '.join(ids)}"
                )
        return line

    def _open(self) -> Iterator[Branch]:
        locality = self._proof.locality
        if locality.conflicts:
            lines = map(self._findings.conflict, locality.conflicts)
            yield Branch(
                _("Numbers that contradict each other"), list(map(Branch, lines))
            )
        if self._proof.settling:
            yield self._settling()

    def _grounds(self) -> Iterator[Branch]:
        general = self._proof.readings
        if general:
            lines = map(reading, general)
            yield Branch(
                _("How the document as a whole is read"), list(map(Branch, lines))
            )
        rules = " → ".join(self._proof.locality.derivation)
        yield Branch(_("Rules that fired: {rules}").format(rules=rules))

    def _in_brief(self, proof: CriterionProof) -> Branch:
        return Branch(_came_out(proof), list(map(self._check, proof.checks)))

    def _criterion(self, proof: CriterionProof) -> Branch:
        criterion, outcome = proof.criterion, proof.outcome
        top = Branch(_came_out(proof))
        top.branches.extend(map(Branch, self._law(proof)))
        top.branches.extend(map(self._check, proof.checks))
        if criterion.refers_to:
            others = _("rests on {criteria}").format(
                criteria=", ".join(criterion.refers_to)
            )
            top.branches.append(Branch(others))
        if outcome is Outcome.NOT_MET and criterion.remedy is not None:
            remedy = _("what to do: {remedy}").format(remedy=said(criterion.remedy))
            top.branches.append(Branch(remedy))
        return top

    def _law(self, proof: CriterionProof) -> Iterator[str]:
        criterion = proof.criterion
        quote = f"“{criterion.quote}”" if criterion.quote else ""
        source = clause(self._pack, criterion)
        if quote or source:
            yield f"{quote} ({source})" if quote and source else quote or source
        own = (each for each in proof.readings if each.criterion == criterion.id)
        yield from map(reading, own)

    def _check(self, proof: CheckProof) -> Branch:
        check, found = proof.check, proof.result
        symbol = SYMBOLS[OUTCOME_OF[found.truth]]
        top = Branch(f"{symbol} {check.id} {self._findings.demands.of(check.ask)}")
        if words := self._findings.words(check, found, self._doubtful):
            top.branches.append(Branch(words))
        if proof.cell is not None:
            top.branches.append(Branch(_("see {place}").format(place=proof.cell)))
        top.branches.extend(map(self._sources.branch, proof.counts))
        rows = proof.exceptions
        if rows is not None and (rows.certain or rows.doubtful):
            lines = self._sources.rows(rows)
            top.branches.append(Branch(_("exceptions"), list(map(Branch, lines))))
        if proof.missing:
            lines = map(self._sources.missing, proof.missing)
            top.branches.append(Branch(_("missing"), list(map(Branch, lines))))
        return top

    def _settling(self) -> Branch:
        return Branch(
            _("What would settle the verdict"),
            list(map(self._way, self._proof.settling)),
        )

    def _way(self, settling: Settling) -> Branch:
        """Return the checks that would lead to a verdict, and what each lacks."""
        top = Branch(way(settling, self._wording))
        asked = {check for check, _truth in settling.answers}
        lacks = {
            self._sources.missing(lack): None
            for criterion in self._proof.criteria
            for check in criterion.checks
            if check.check.id in asked
            for lack in check.missing
        }
        top.branches.extend(map(Branch, lacks))
        return top


def _came_out(proof: CriterionProof) -> str:
    criterion, outcome = proof.criterion, proof.outcome
    words = f"{said(criterion.title)}: {_(OUTCOMES[outcome])}"
    return f"{SYMBOLS[outcome]} {criterion.id} {words}"
