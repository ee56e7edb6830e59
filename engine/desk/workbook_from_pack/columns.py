"""The columns of a workbook to fill in, with what is said above and beside them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.desk.workbook_from_pack import notes
from engine.desk.workbook_from_pack.sheets import Column, Need, Speech
from engine.desk.workbook_from_pack.uses import Uses
from engine.errors import N_
from engine.measures import Measures
from engine.pack import Criterion
from engine.vocabulary import LOCALITIES, Field, FieldType

_OPTIONAL: Final = N_("optional")
_ID: Final = N_(
    "A code of its own for each locality, such as its official one. The cells are text, "
    "so zeros in front stay: 03388."
)
_PARENT: Final = N_(
    "The code of the locality right above it, which has a row of its own. Blank for the "
    "topmost."
)
_LOCALITY: Final = N_("A code that stands in the sheet “localities”.")
_NUMBER: Final = N_("How many entries alike this row stands for. Blank: one.")
_BY: Final = N_(
    "The office or function that judged, such as the commune police. No names of people."
)
_REASON: Final = N_(
    "Why, in a few words: what was seen, which document says so. No names, no identity "
    "numbers."
)
_INSPECTED: Final = N_(
    "Which sheet was gone through for this locality. With this line, no row there means "
    "that there is none; without it, that it is not known."
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Makes the columns that one pack needs, in one language."""

    uses: Uses
    speech: Speech

    @property
    def _measures(self) -> Measures:
        return self.uses.measures

    def of_every_locality(self, levels: Mapping[str, str]) -> Iterator[Column]:
        """Yield the columns that name a locality; `levels` with what they mean."""
        say = self.speech
        named = say(N_("Name of the locality"))
        level = notes.note_on_key(levels, say)
        yield self._key("id", say(N_("Code of the locality")), say(_ID))
        yield self._key("name", named, say(N_("Its name, for people.")))
        yield self._list("level", say(N_("Level")), level, levels, is_open=True)
        yield self._place("parent", say(N_("Belongs to (code)")), say(_PARENT))

    def locality(self) -> Column:
        """Return the column that says to which locality a row belongs."""
        say = self.speech
        return self._place("locality", say(N_("Code of the locality")), say(_LOCALITY))

    def number_of_entries(self) -> Column:
        """Return the column `n` of a register."""
        say, need = self.speech, Need.OPTIONAL
        heading, about = say(N_("Number of entries")), say(_OPTIONAL)
        return Column("n", heading, FieldType.COUNT, need, about, say(_NUMBER))

    def count(self, name: str) -> Column:
        """Return the column for a number that is typed in."""
        vocabulary, say = self._measures.vocabulary, self.speech
        count, criteria = vocabulary.counts[name], self.uses.counts[name]
        unit = say.words(count.unit) if count.unit else ""
        return Column(
            name,
            say.words(count.label),
            FieldType.COUNT,
            Need.ASKED,
            notes.about(unit, criteria),
            notes.note_on_count(count, vocabulary, say, criteria),
        )

    def field(self, register: str, field: Field) -> Iterator[Column]:
        """Yield the column of a field, and those of its assessor and reason."""
        found = self.uses.fields.get((register, field.id))
        need = Need.OPTIONAL if found is None else Need.ASKED
        criteria = found or ()
        say, label = self.speech, self.speech.words(field.label)
        about = notes.about("", criteria)
        if found is None:
            about = say(_OPTIONAL)
        labels = dict.fromkeys(field.of, "")
        labels |= {each: say.words(words) for each, words in field.labels.items()}
        note = notes.note_on(field.type, say, criteria, labels)
        yield Column(field.id, label, field.type, need, about, note, labels)
        if field.type is FieldType.ASSESSED:
            _, by, reason = field.columns
            text = FieldType.TEXT
            heading = say(N_("{field}: who judged it"), field=label)
            yield Column(by, heading, text, need, about, say(_BY))
            heading = say(N_("{field}: the reason"), field=label)
            yield Column(reason, heading, text, need, about, say(_REASON))

    def of_inspections(self, registers: Mapping[str, str]) -> Iterator[Column]:
        """Yield the columns of the inspections of these registers."""
        say = self.speech
        heading = say(N_("Register that was inspected"))
        listed = notes.listed(registers)
        note = "\n".join((say(_INSPECTED), *listed))
        yield self.locality()
        yield self._list("register", heading, note, registers)
        for name, heading, kind in (
            ("on", say(N_("Day of the inspection")), FieldType.DATE),
            ("by", say(N_("Inspected by (office)")), FieldType.TEXT),
            ("document", say(N_("Document (number)")), FieldType.TEXT),
        ):
            about, note = say(_OPTIONAL), notes.note_on(kind, say)
            yield Column(name, heading, kind, Need.OPTIONAL, about, note)

    def _key(self, name: str, heading: str, note: str) -> Column:
        return Column(name, heading, FieldType.TEXT, Need.KEY, "", note)

    def _place(self, name: str, heading: str, note: str) -> Column:
        text = FieldType.TEXT
        return Column(name, heading, text, Need.KEY, "", note, names_locality=True)

    def _list(
        self,
        name: str,
        heading: str,
        note: str,
        choices: Mapping[str, str],
        *,
        is_open: bool = False,
    ) -> Column:
        kind = FieldType.CHOICE
        return Column(name, heading, kind, Need.KEY, "", note, choices, is_open=is_open)


def columns_of_localities(
    columns: Columns, criteria: Iterable[Criterion], fields: Mapping[str, Field]
) -> Iterator[Column]:
    """Yield fields and counts, criterion by criterion, each where it is first needed.

    Args:
        columns: Makes them.
        criteria: In the order of the pack.
        fields: Those of the localities that the pack asks for.
    """
    counts = [count.id for count in columns.uses.measures.counts]
    by_criterion = (
        name
        for criterion in criteria
        for name in columns.uses.of_criterion(criterion, (*fields, *counts))
    )
    for name in dict.fromkeys((*by_criterion, *fields, *counts)):
        if name in fields:
            yield from columns.field(LOCALITIES, fields[name])
        else:
            yield columns.count(name)
