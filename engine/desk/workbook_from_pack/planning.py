"""Which sheets the workbook of a pack has."""

from collections.abc import Iterable, Iterator, Mapping

from engine.desk.localities_from_file import Locality
from engine.desk.workbook_from_pack.columns import Columns, columns_of_localities
from engine.desk.workbook_from_pack.sheets import Sheet, Speech
from engine.desk.workbook_from_pack.uses import Uses
from engine.errors import N_
from engine.pack import Pack
from engine.vocabulary import INSPECTIONS, LOCALITIES, Register


def sheets_of(
    pack: Pack, uses: Uses, localities: Iterable[Locality], speech: Speech
) -> Iterator[Sheet]:
    """Yield the tables to fill in; the localities may stand in theirs already."""
    columns = Columns(uses, speech)
    registers = pack.vocabulary.registers
    yield _localities(pack, columns, localities)
    for name in uses.registers:
        yield _register(registers[name], columns)
    if uses.registers:
        labels = {name: speech.words(registers[name].label) for name in uses.registers}
        yield _inspections(columns, labels)


def levels_in(pack: Pack, speech: Speech) -> Mapping[str, str]:
    """Return the levels that are judged, then the others known, with their words."""
    known = pack.vocabulary.levels
    names = dict.fromkeys((*pack.levels, *known))
    return {each: speech.words(known[each]) if each in known else "" for each in names}


def _localities(pack: Pack, columns: Columns, localities: Iterable[Locality]) -> Sheet:
    asked = [name for table, name in columns.uses.fields if table == LOCALITIES]
    known = pack.vocabulary.registers[LOCALITIES].fields
    fields = {name: known[name] for name in asked}
    say = columns.speech
    return Sheet(
        LOCALITIES,
        say(N_("Localities, and the numbers counted in each")),
        say(N_("one row for each locality, and for what it belongs to")),
        (
            *columns.of_every_locality(levels_in(pack, say)),
            *columns_of_localities(columns, pack.criteria, fields),
        ),
        tuple((each.id, each.name, each.level, each.parent) for each in localities),
        frozen=2,
    )


def _register(register: Register, columns: Columns) -> Sheet:
    say = columns.speech
    fields = (columns.field(register.id, each) for each in register.fields.values())
    about = say(N_("one row for each entry"))
    if register.personal:
        about = say(N_("one row for each entry; no names, no identity numbers"))
    return Sheet(
        register.id,
        say.words(register.label),
        about,
        (
            columns.locality(),
            *(column for group in fields for column in group),
            columns.number_of_entries(),
        ),
    )


def _inspections(columns: Columns, registers: Mapping[str, str]) -> Sheet:
    say = columns.speech
    return Sheet(
        INSPECTIONS,
        say(N_("What was inspected")),
        say(N_("one row for each locality and register that was gone through")),
        tuple(columns.of_inspections(registers)),
    )
