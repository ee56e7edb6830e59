"""Which of two packs is the stricter: as a text to read, or as JSON."""

import json
from collections.abc import Iterator, Sequence

from cli.language import _
from cli.rules_desk.finding_in_words import FindingWords
from cli.rules_desk.proved_written import judged_note, lines, property_as_data
from cli.words.wording import Wording
from engine.pack import Pack
from engine.policy.property import Comparison, Property, Standing
from engine.version import VERSION


def comparison_as_text(first: Pack, second: Pack, found: Comparison) -> Iterator[str]:
    """Yield the lines to read: the answer, what shows it, and what was compared."""
    yield from lines(_answer(first, second, found), "", "  ")
    yield "\n"
    yield from _passes(first, second, found.first_in_second)
    yield from _passes(second, first, found.second_in_first)
    yield "\n"
    for line in _compared(first, second, found):
        yield from lines(line, "", "  ")
    if found.first_in_second.findings or found.second_in_first.findings:
        yield from lines(judged_note(), "", "")


def comparison_as_json(first: Pack, second: Pack, found: Comparison) -> Iterator[str]:
    """Yield one JSON document; same input, same bytes."""
    document = {
        "diaban": VERSION,
        "packs": [
            {"id": pack.id, "sha256": pack.sha256, "unshared": list(unshared)}
            for pack, unshared in zip((first, second), found.unshared, strict=True)
        ],
        "levels": list(found.levels),
        "same_day": found.same_day,
        "shared": list(found.shared),
        "first_in_second": property_as_data(found.first_in_second),
        "second_in_first": property_as_data(found.second_in_first),
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _answer(first: Pack, second: Pack, found: Comparison) -> str:
    match found.first_in_second.standing, found.second_in_first.standing:
        case Standing.HOLDS, Standing.HOLDS:
            words = _("The same localities pass {first} and {second}.")
        case Standing.HOLDS, Standing.FAILS:
            words = _("{first} is stricter than {second}.")
        case Standing.FAILS, Standing.HOLDS:
            words = _("{second} is stricter than {first}.")
        case Standing.FAILS, Standing.FAILS:
            words = _("Neither of {first} and {second} is stricter than the other.")
        case Standing.HOLDS, _other:
            words = _("{first} is at least as strict as {second}.")
        case _other, Standing.HOLDS:
            words = _("{second} is at least as strict as {first}.")
        case _:
            words = _("Whether {first} or {second} is stricter is not decided.")
    return words.format(first=first.id, second=second.id)


def _passes(one: Pack, other: Pack, found: Property) -> Iterator[str]:
    named = {"first": one.id, "second": other.id}
    match found.standing:
        case Standing.HOLDS:
            words = _("✓ What passes {first} passes {second}.")
        case Standing.FAILS:
            words = _("✗ This passes {first} and does not pass {second}:")
        case _:
            words = _("? Not decided: does what passes {first} pass {second}?")
    yield from lines(words.format(**named), "", "  ")
    for finding in found.findings:
        for pack, witness in zip((one, other), finding.witnesses, strict=True):
            for line in FindingWords(pack).localities([witness]):
                yield from lines(f"{pack.id}: {line}", "    ", "      ")


def _compared(first: Pack, second: Pack, found: Comparison) -> Iterator[str]:
    levels = "; ".join(map(Wording(first).level, found.levels))
    yield _("Compared at the levels that both judge: {levels}.").format(levels=levels)
    if not found.same_day:
        yield _("On no day are both in force; each is asked about a day of its own.")
    if found.shared:
        yield _("The same in both: {facts}.").format(facts=_listed(first, found.shared))
    else:
        yield _("No count and no field of the two means the same.")
    for pack, unshared in zip((first, second), found.unshared, strict=True):
        if unshared:
            words = _(
                "Only {pack} asks for these, so they are free to be anything beside the "
                "other: {facts}."
            )
            yield words.format(pack=pack.id, facts=_listed(pack, unshared))


def _listed(pack: Pack, names: Sequence[str]) -> str:
    words = Wording(pack)
    counts = pack.vocabulary.counts
    return "; ".join(
        words.count(name) if name in counts else words.field(name) for name in names
    )
