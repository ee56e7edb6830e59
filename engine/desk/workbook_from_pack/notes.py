"""What is said of a column: its line of unit and clauses, its note, its refusal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.desk.workbook_from_pack.sheets import Column, Need, Speech
from engine.errors import N_
from engine.pack import Criterion
from engine.vocabulary import LOCALITIES, Count, FieldType, Vocabulary

_BLANK: Final = N_("Not known: leave the cell blank.")
_NEEDED: Final = N_("Every row needs it.")
_OF_TYPES: Final[Mapping[FieldType, str]] = {
    FieldType.YES_NO: N_("Choose yes or no from the list."),
    FieldType.ASSESSED: N_(
        "A person's judgement: choose yes or no from the list, and write into the two "
        "columns beside it who judged and why. Without both it counts as not known."
    ),
    FieldType.CHOICE: N_("Choose from the list:"),
    FieldType.DATE: N_("A day, as day/month/year: 14/03/2025."),
    FieldType.COUNT: N_(
        "A whole number, digits only. None: write 0. Never write 0 for what was not "
        "looked at."
    ),
    FieldType.NUMBER: N_("A number. None: write 0."),
    FieldType.TEXT: N_(
        "Text. No names, identity numbers, addresses or telephone numbers."
    ),
}
_REFUSALS: Final[Mapping[FieldType, str]] = {
    FieldType.DATE: N_("Write a day as day/month/year, such as 14/03/2025."),
    FieldType.COUNT: N_("Write a whole number from 0, digits only; 0 means none."),
    FieldType.NUMBER: N_("Write a number."),
}
_CHOOSE: Final = N_("Choose from the list.")


def about(unit: str, criteria: Iterable[Criterion]) -> str:
    """Return the unit and the clauses that a column serves, in one line."""
    clauses = ", ".join(dict.fromkeys(map(clause, criteria)))
    return " · ".join(filter(None, (unit, clauses)))


def clause(criterion: Criterion) -> str:
    """Return the clause that a criterion cites, or its id where it cites none."""
    return (criterion.cites.clause if criterion.cites else "") or criterion.id


def note_on(
    kind: FieldType,
    speech: Speech,
    criteria: Iterable[Criterion] = (),
    labels: Mapping[str, str] | None = None,
) -> str:
    """Return what to write into a field, and the criteria it is for."""
    how = [speech(_OF_TYPES[kind]), *listed(labels or {}), speech(_BLANK)]
    return _joined(_served(criteria, speech), how)


def note_on_key(choices: Mapping[str, str], speech: Speech) -> str:
    """Return what to choose in a column that may not be left blank."""
    how = speech(_OF_TYPES[FieldType.CHOICE])
    return "\n".join((how, *listed(choices), speech(_NEEDED)))


def listed(choices: Mapping[str, str]) -> Iterator[str]:
    """Yield a line a choice, with what it means."""
    for choice, label in choices.items():
        yield f"  {choice}: {label}" if label else f"  {choice}"


def note_on_count(
    count: Count, vocabulary: Vocabulary, speech: Speech, criteria: Iterable[Criterion]
) -> str:
    """Return what to write into the column of a count."""
    lines = [speech(_OF_TYPES[FieldType.COUNT]), speech(_BLANK)]
    if count.within is not None:
        whole = speech.words(vocabulary.counts[count.within].label)
        lines.append(
            speech(N_("A part of “{whole}”, so never more than that."), whole=whole)
        )
    lines.append(_kept_in(count, speech))
    lines.append(
        speech(
            N_(
                "In the row of a locality with others below it: the number of its whole "
                "territory; left blank, those below are added up."
            )
        )
    )
    return _joined(_served(criteria, speech), lines)


def refusal_of(column: Column, speech: Speech) -> str:
    """Return what is said when something else is typed in."""
    words = speech(_REFUSALS.get(column.type, _CHOOSE))
    return words if column.need is Need.KEY else f"{words} {speech(_BLANK)}"


def _kept_in(count: Count, speech: Speech) -> str:
    match count.register:
        case None:
            return speech(N_("No register is kept of it: the number stands only here."))
        case str(name) if name == LOCALITIES:
            return speech(
                N_(
                    "Counted from the rows of this sheet: leave it blank, unless the "
                    "localities to be counted have no rows here."
                )
            )
        case name:
            return speech(
                N_(
                    "If each one is a row of the sheet “{register}”, leave this blank: "
                    "they are counted there. Written here too, the two are compared."
                ),
                register=name,
            )


def _served(criteria: Iterable[Criterion], speech: Speech) -> Iterator[str]:
    for each in criteria:
        yield f"{each.id} ({clause(each)}): {speech.words(each.title)}"


def _joined(head: Iterable[str], body: Iterable[str]) -> str:
    above = "\n".join(head)
    return "\n\n".join(filter(None, (above, "\n".join(body))))
