"""What was proved of a pack: as a text to read, as JSON, as worked cases to keep."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cli.language import _, ngettext
from cli.plain import wrapped
from cli.rules_desk.finding_in_words import FindingWords
from cli.tables import WIDTH
from engine.errors import N_
from engine.pack import Pack
from engine.policy.property import Finding, Kind, Property, Standing, Topic, Witness
from engine.version import VERSION

_MARKS: Final[Mapping[Standing, str]] = {
    Standing.HOLDS: "✓",
    Standing.FAILS: "✗",
    Standing.NOT_DECIDED: "?",
    Standing.NOT_ASKED: "–",
}
_CLAIMS: Final[Mapping[Topic, str]] = {
    Topic.ENDS: N_("When everything is known, some rule of the verdict list decides."),
    Topic.VERDICTS: N_("Each verdict is given to some locality."),
    Topic.CRITERIA: N_("Each criterion can be met, and can be not met."),
    Topic.PAIRS: N_(
        "Of the criteria that a verdict rests on, none implies or excludes another."
    ),
    Topic.MONOTONE: N_("No improvement of a fact makes the verdict worse."),
    Topic.BANDS: N_("Bands of one number neither overlap nor leave a gap."),
    Topic.OVERLAPS: N_("No two verdicts' conditions hold at once."),
    Topic.GAPS: N_("Between two verdicts there is no gap that falls to the rest."),
}
_NOTHING: Final[Mapping[Topic, str]] = {
    Topic.PAIRS: N_("no verdict rests on two criteria"),
    Topic.MONOTONE: N_("no verdict passes"),
    Topic.BANDS: N_("no number is divided into bands"),
    Topic.OVERLAPS: N_("it is meant that the order decides, or there are no two"),
    Topic.GAPS: N_("no verdict is the rest of others"),
}


def proved_as_text(pack: Pack, proved: Sequence[Property]) -> Iterator[str]:
    """Yield the lines to read: each property, what shows that it fails, what is open."""
    asked = [each for each in proved if each.standing is not Standing.NOT_ASKED]
    holding = sum(each.standing is Standing.HOLDS for each in asked)
    told = ngettext(
        "{pack}: {holding} of {number} property is proved",
        "{pack}: {holding} of {number} properties are proved",
        len(asked),
    ).format(pack=pack.id, holding=holding, number=len(asked))
    yield from lines(told, "", "  ")
    yield "\n"
    for each in proved:
        yield from _property(pack, each)
    if any(found.witnesses for each in proved for found in each.findings):
        yield "\n"
        yield from lines(judged_note(), "", "")


def judged_note() -> str:
    """Return how the localities that are shown are to be read."""
    return _(
        "Each locality shown was judged by the engine and got the verdict after the "
        "arrow. Numbers that are not told are 0, answers that are not told are no."
    )


def proved_as_json(pack: Pack, proved: Sequence[Property]) -> Iterator[str]:
    """Yield one JSON document; same input, same bytes."""
    document = {
        "diaban": VERSION,
        "pack": {"id": pack.id, "sha256": pack.sha256},
        "properties": [property_as_data(each) for each in proved],
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def property_as_data(proved: Property) -> dict[str, object]:
    """Return a property as JSON has it."""
    return {
        "property": proved.topic.value,
        "standing": proved.standing.value,
        "findings": [
            {
                "kind": found.kind.value,
                "about": list(found.subjects),
                "witnesses": [_witness(each) for each in found.witnesses],
            }
            for found in proved.findings
        ],
        "not_decided": [list(subjects) for subjects in proved.open],
    }


def _witness(witness: Witness) -> dict[str, object]:
    return {
        "pack": witness.pack,
        "as_of": witness.as_of.isoformat(),
        "level": witness.level,
        "counts": dict(witness.counts),
        "fields": dict(witness.fields),
        "below": dict(witness.below),
        "verdict": witness.verdict,
        "criteria": {name: each.value for name, each in witness.outcomes.items()},
    }


def proved_as_cases(pack: Pack, proved: Sequence[Property]) -> Iterator[str]:
    """Yield a file of worked cases that holds every locality shown."""
    words = FindingWords(pack)
    shown = (
        (found, witness)
        for each in proved
        for found in each.findings
        for witness in found.witnesses
    )
    yield f"cases_of: {pack.id}\ncases:\n"
    for number, (found, witness) in enumerate(shown, start=1):
        # No two cases of a file may have the same words.
        sentence = f"{number}. {words.statement(found)}"
        yield f"  - case: {json.dumps(sentence, ensure_ascii=False)}\n{witness.case}\n"


def _property(pack: Pack, proved: Property) -> Iterator[str]:
    claim = _(_CLAIMS[proved.topic])
    if proved.standing is Standing.NOT_ASKED:
        claim = f"{claim} ({_(_NOTHING[proved.topic])})"
    yield from lines(claim, f"{_MARKS[proved.standing]} ", "  ")
    for found in proved.findings:
        yield from _finding(FindingWords(pack), found)
    for subjects in proved.open:
        about = ", ".join(subjects) or pack.id
        yield from lines(
            _("not decided: {about}").format(about=about), "    ", "      "
        )


def _finding(words: FindingWords, found: Finding) -> Iterator[str]:
    """Yield a statement and, below it, the localities that show it."""
    if found.kind is Kind.SEEN:
        for line in words.localities(found.witnesses):
            yield from lines(line, "    ", "      ")
        return
    yield from lines(words.statement(found), "  - ", "    ")
    if found.witnesses:
        for line in words.localities(found.witnesses):
            yield from lines(line, "      ", "        ")


def lines(words: str, first: str, others: str) -> Iterator[str]:
    """Yield words, wrapped, as lines that end."""
    for line in wrapped(words, WIDTH, first, others):
        yield f"{line}\n"
