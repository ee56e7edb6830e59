"""What was found when a pack was proved, in words: the statement and its localities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cli.language import _
from cli.words.demands import Demands
from cli.words.wording import Wording, number
from engine.errors import N_
from engine.pack import Asked, Pack
from engine.policy.polarity import demands
from engine.policy.property import Finding, Kind, Witness

_STATEMENTS: Final[Mapping[Kind, str]] = {
    Kind.SEEN: N_("Some locality gets the verdict {first}."),
    Kind.NO_VERDICT: N_("No rule decides here, although everything is known."),
    Kind.NEVER_REACHED: N_("No locality can get the verdict {first}."),
    Kind.NEVER_MET: N_("No locality can meet {first}."),
    Kind.ALWAYS_MET: N_("No locality can fail {first}: it demands nothing."),
    Kind.IMPLIES: N_("Whatever meets {first} never fails {second}."),
    Kind.SAME: N_(
        "Whatever meets {first} never fails {second}, and the other way round."
    ),
    Kind.EXCLUDES: N_("Nothing can meet both {first} and {second}."),
    Kind.WORSE_BY_CHECK: N_(
        "{first} becomes true, no other check changes, and the verdict becomes worse."
    ),
    Kind.WORSE_BY_FACT: N_(
        "{first} improves, nothing else changes, and the verdict worsens."
    ),
    Kind.BANDS_OVERLAP: N_("The bands of {first} and {second} overlap: {third}."),
    Kind.BANDS_GAP: N_("Between the bands of {first} and {second} is a gap: {third}."),
    Kind.BOTH_CLASSES: N_(
        "The conditions of {first} and {second} hold at once; only the order of the list decides."
    ),
    Kind.CLASS_GAP: N_(
        "A gap: as {first} grows, the verdict goes from {second} to {third} and then to "
        "{fourth}."
    ),
    Kind.PASSES_ONLY_FIRST: N_("This passes {first} and does not pass {second}."),
}
_PLACES: Final = ("first", "second", "third", "fourth")
_OF_VERDICTS: Final = {
    Kind.SEEN: (0,),
    Kind.NEVER_REACHED: (0,),
    Kind.BOTH_CLASSES: (0, 1),
    Kind.CLASS_GAP: (1, 2, 3),
}
_OF_FACTS: Final = (Kind.WORSE_BY_FACT, Kind.CLASS_GAP)
_OF_BANDS: Final = (Kind.BANDS_OVERLAP, Kind.BANDS_GAP)


@dataclass(frozen=True, slots=True)
class _Fact:
    """Something about a locality; what is 0 or no is not something."""

    words: str
    is_something: bool = True


@dataclass(frozen=True, slots=True)
class FindingWords:
    """Says what was found of one pack."""

    pack: Pack

    @property
    def _wording(self) -> Wording:
        return Wording(self.pack)

    def statement(self, found: Finding) -> str:
        """Return what is so, as a sentence."""
        named = list(found.subjects)
        for at in _OF_VERDICTS.get(found.kind, ()):
            named[at] = self.verdict(named[at])
        if found.kind in _OF_FACTS:
            named[0] = f"“{self._fact(named[0])}”"
        if found.kind in _OF_BANDS:
            named[2] = " / ".join(map(self._wording.count, named[2].split(" / ")))
        if found.kind is Kind.WORSE_BY_CHECK:
            checks = {each.id: each for each in self.pack.checks}
            demand = Demands(self._wording).of(checks[named[0]].ask)
            named[0] = f"{named[0]} ({demand})"
        return self._template(found).format(**dict(zip(_PLACES, named, strict=False)))

    def _template(self, found: Finding) -> str:
        if found.kind is Kind.WORSE_BY_CHECK:
            asked = {each.id: straight for each, straight in demands(self.pack).items()}
            if not asked[found.subjects[0]]:
                return _(
                    "{first} becomes false, as a `not` demands, no other check changes, "
                    "and the verdict becomes worse."
                )
        return _(_STATEMENTS[found.kind])

    def verdict(self, name: str) -> str:
        """Return a verdict as the pack spells it and as people know it."""
        return f"{name} ({self._wording.verdict(name)})"

    def localities(self, witnesses: Sequence[Witness]) -> Iterator[str]:
        """Yield a line for what localities have in common, then one for each.

        Of one locality, a single line. What is 0 everywhere, or no, goes without saying.
        """
        told = [self._facts(each) for each in witnesses]
        common = {
            name: fact
            for name, fact in told[0].items()
            if all(each.get(name) == fact for each in told)
        }
        shared = "; ".join(fact.words for fact in common.values() if fact.is_something)
        if len(witnesses) > 1:
            yield shared
        for facts, witness in zip(told, witnesses, strict=True):
            own = (fact.words for name, fact in facts.items() if name not in common)
            line = "; ".join(own) if len(witnesses) > 1 else shared
            yield f"{line} → {self.verdict(witness.verdict)}"

    def _facts(self, witness: Witness) -> Mapping[str, _Fact]:
        words = self._wording
        facts = {"level": _Fact(words.level(witness.level))}
        if any(isinstance(check.ask, Asked) for check in self.pack.checks):
            facts["day"] = _Fact(witness.as_of.isoformat())
        for name, value in witness.counts.items():
            facts[name] = _Fact(f"{words.count(name)} {number(value)}", value > 0)
        for name, value in witness.fields.items():
            facts[name] = _Fact(f"{words.field(name)}: {_said(value)}", value > 0)
        for level, many in witness.below.items():
            below = _("below it, nothing known of them: {number} × {level}")
            facts[f"below {level}"] = _Fact(
                below.format(number=number(many), level=words.level(level))
            )
        return facts

    def _fact(self, name: str) -> str:
        is_count = name in self.pack.vocabulary.counts
        return self._wording.count(name) if is_count else self._wording.field(name)


def _said(value: bool | int) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value)
