"""Progress against targets: numbers that localities were set in their own rows."""

from collections.abc import Iterable
from fractions import Fraction

from cli.language import _
from cli.report.view import TargetLine, TargetPart
from cli.words.demands import Demands
from cli.words.percentages import rounded
from cli.words.proof_words import OUTCOME_OF
from cli.words.public_wording import PublicWording, is_personal, withheld
from cli.words.wording import Wording, number
from engine.pack import Pack
from engine.review.overview import Target


class Targets:
    """Says how far localities have come; of a `public` report, masked."""

    def __init__(self, pack: Pack, *, public: bool) -> None:
        self._pack, self._public = pack, public
        self._wording = PublicWording(pack) if public else Wording(pack)
        self._withheld = withheld(pack) if public else frozenset[str]()
        demands = Demands(self._wording)
        self._demands = {each.id: demands.of(each.ask) for each in pack.checks}

    def parts(self, targets: Iterable[Target]) -> tuple[TargetPart, ...]:
        """Return the progress towards each check's targets, in the order of the pack."""
        lines: dict[str, list[TargetLine]] = {}
        for each in targets:
            lines.setdefault(each.check, []).append(self._line(each))
        return tuple(
            TargetPart(check, self._demands[check], tuple(found))
            for check, found in lines.items()
        )

    def _line(self, target: Target) -> TargetLine:
        hidden = target.check in self._withheld
        value = self._wording.value(target.value, target.count)
        return TargetLine(
            id=target.locality,
            name=target.name,
            level=self._wording.level(target.level),
            number=number(target.number),
            value=_("not in the public copy") if hidden else value,
            share=self._share(target),
            outcome=OUTCOME_OF[target.truth].value,
        )

    def _share(self, target: Target) -> str:
        masked = self._public and is_personal(self._pack, target.count)
        if masked or not (target.value.is_exact and target.number):
            return ""
        return rounded(Fraction(target.value.lo, target.number))
