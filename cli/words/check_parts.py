"""What a memo says of one check: what is demanded, the numbers, and why it came out so."""

from collections.abc import Collection
from fractions import Fraction

from cli.language import _
from cli.memo.memo_view import CheckPart
from cli.words.findings import Findings
from cli.words.percentages import rounded
from cli.words.proof_words import OUTCOME_OF
from cli.words.public_wording import PublicWording, is_personal, publishable, withheld
from cli.words.sources import Sources
from cli.words.wording import OUTCOMES, Wording, number
from engine.assessment import CheckResult, Conflict
from engine.pack import Check, Every, NoneOf, Pack, Share, counts_named
from engine.proof import CheckProof
from engine.truth import Truth


class CheckParts:
    """Says what a pack's checks found; of a `public` copy, masked."""

    def __init__(self, pack: Pack, *, public: bool) -> None:
        self.wording = PublicWording(pack) if public else Wording(pack)
        self._public = public
        self._findings = Findings(self.wording)
        self._sources = Sources(self.wording)
        self._checks = {each.id: each for each in pack.checks}
        demands = self._findings.demands
        self._demands = {each.id: demands.of(each.ask) for each in pack.checks}
        self._withheld = withheld(pack) if public else frozenset()

    def of(
        self, found: CheckResult, proof: CheckProof | None, doubtful: Collection[str]
    ) -> CheckPart:
        """Return what is said of a check; `doubtful` counts are in conflict."""
        check, outcome = self._checks[found.id], OUTCOME_OF[found.truth]
        if self._public:
            found = publishable(self.wording.pack, check.ask, found)
        hidden = found.id in self._withheld
        value, label = self.wording.value, self.wording.count
        counts = () if hidden else found.counts.items()
        return CheckPart(
            id=found.id,
            demand=self._demands[found.id],
            outcome=outcome.value,
            outcome_words=_(OUTCOMES[outcome]),
            counts=tuple(
                f"{label(name)}: {value(known, name)}" for name, known in counts
            ),
            share="" if hidden else self._share(check, found),
            why=(
                _("the numbers are not given in the public copy")
                if hidden
                else self._why(check, found, doubtful)
            ),
            missing=tuple(map(self._sources.missing, proof.missing if proof else ())),
        )

    def _why(self, check: Check, found: CheckResult, doubtful: Collection[str]) -> str:
        if found.truth is not Truth.TRUE:
            return self._findings.words(check, found, doubtful)
        match check.ask:
            case NoneOf(count):
                words = _("none has occurred: {label}")
                return words.format(label=self.wording.count(count))
            case ask if found.vacuous:
                whole = ask.whole if isinstance(ask, Every) else counts_named(ask)[-1]
                words = _("the locality has none: {label}")
                return words.format(label=self.wording.count(whole))
            case _:
                return self._findings.words(check, found, doubtful)

    def _share(self, check: Check, found: CheckResult) -> str:
        """Return the exact fraction that a check is about, with its percentage."""
        match check.ask:
            case Every(whole, part):
                bounds: tuple[Fraction, ...] = ()
            case Share(part, whole, limits):
                bounds = tuple(limit for _operator, limit in limits)
            case _:
                return ""
        some, all_ = found.counts[part], found.counts[whole]
        if not (some.is_exact and all_.is_exact and all_.lo) or (
            self._public and (is_personal(self.wording.pack, part))
        ):
            return ""
        percentage = rounded(Fraction(some.lo, all_.lo), bounds)
        return f"{number(some.lo)}/{number(all_.lo)} = {percentage}"

    def conflict(self, found: Conflict) -> str:
        """Return which two statements cannot both be true."""
        personal = any(is_personal(self.wording.pack, name) for name in found.counts)
        if not (self._public and personal):
            return self._findings.conflict(found)
        labels = "; ".join(map(self.wording.count, found.counts))
        return _("the numbers contradict each other: {labels}").format(labels=labels)
