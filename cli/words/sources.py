"""Where a number comes from: cells that were typed in, rows, localities below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cli.language import _, ngettext
from cli.plain import fitted
from cli.tree import Branch
from cli.words.wording import Wording, interval, number
from engine.errors import N_
from engine.interval import Interval
from engine.proof import CountProof, Lack, Missing, Rows
from engine.source import Place
from engine.vocabulary import LOCALITIES

_WIDEST_NAME: Final = 60
_LACKS: Final[Mapping[Lack, str]] = {
    Lack.REGISTER: N_("{where}: rows of “{what}”, or an inspection that found none"),
    Lack.CELL: N_("{where}: the blank cell “{what}”"),
    Lack.NUMBER: N_("{where}: the number “{what}”"),
}


@dataclass(frozen=True, slots=True)
class Sources:
    """Says where the numbers of a proof come from."""

    wording: Wording

    def branch(self, proof: CountProof) -> Branch:
        """Return a count with its value and, beside or below it, where that is from."""
        text = f"{self.wording.count(proof.id)}: {interval(proof.value)}"
        sources = list(self._sources(proof))
        if len(sources) == 1:
            return Branch(f"{text} ← {sources[0]}")
        return Branch(text, list(map(Branch, sources)))

    def _sources(self, proof: CountProof) -> Iterator[str]:
        if proof.typed is not None:
            yield _("{number} typed in at {place}").format(
                number=number(proof.typed.number), place=proof.typed.place
            )
        if proof.own is not None and proof.own.surveyed:
            yield from self.rows(proof.own)
        elif proof.typed is None and not proof.children:
            yield from self._without_rows(proof)
        if proof.below:
            yield self._below(proof)

    def rows(self, rows: Rows) -> Iterator[str]:
        """Yield what the rows of a register say, or the inspection that found none."""
        register = self.wording.register(rows.register)
        if rows.surveyed_by is not None and rows.number == Interval(0, 0):
            words = _("{register}: none, as inspected ({place})")
            yield words.format(register=register, place=rows.surveyed_by)
            return
        count = _("{register}: {number}").format(
            register=register, number=interval(rows.number)
        )
        yield count + _places(rows.certain)
        if rows.doubtful:
            yield _("may count, as a value is blank:") + _places(rows.doubtful)

    def _without_rows(self, proof: CountProof) -> Iterator[str]:
        count = self.wording.pack.vocabulary.counts[proof.id]
        if count.register == LOCALITIES:
            return
        if count.within is not None and proof.value.hi is not None:
            whole = self.wording.count(count.within)
            yield _("no more than “{whole}”").format(whole=whole)
        elif proof.own is not None:
            register = self.wording.register(proof.own.register)
            yield _("{register}: no rows, and no inspection").format(register=register)

    def missing(self, lack: Missing) -> str:
        """Return a missing fact and where it belongs."""
        locality = fitted(lack.locality, 40)
        said = _(_LACKS[lack.kind]).format(
            where=f"{locality} {fitted(lack.locality_name, _WIDEST_NAME)}",
            what=self._named(lack),
        )
        return f"{said} ({lack.place})" if lack.place else said

    def _named(self, lack: Missing) -> str:
        match lack.kind:
            case Lack.REGISTER:
                return self.wording.register(lack.what)
            case Lack.CELL:
                return self.wording.column(lack.what)
            case Lack.NUMBER:
                return self.wording.count(lack.what)

    def _below(self, proof: CountProof) -> str:
        parts = ", ".join(
            f"{fitted(each.name, _WIDEST_NAME)} {interval(each.value)}"
            for each in proof.below
        )
        words = ngettext(
            "from {number} locality below: {parts}",
            "from {number} localities below: {parts}",
            proof.children,
        )
        return words.format(number=number(proof.children), parts=parts)


def _places(places: tuple[Place, ...]) -> str:
    return f" ({', '.join(map(str, places))})" if places else ""
