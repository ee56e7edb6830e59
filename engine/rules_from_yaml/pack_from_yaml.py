"""A pack file (LANGUAGE §6) becomes the noun `Pack`."""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from engine.errors import N_, Problems, RulesError
from engine.pack import Document, Pack, Period, Reading
from engine.rules_from_yaml.criteria import Given, criteria_begun, criteria_from_yaml
from engine.rules_from_yaml.durations import duration_from_yaml
from engine.rules_from_yaml.fields import Fields, entries, fields_or_none
from engine.rules_from_yaml.formulas import FormulaReader
from engine.rules_from_yaml.kinds import ID, Reader, shown
from engine.rules_from_yaml.verdict_rules import verdict_rules_from_yaml
from engine.vocabulary import Duration, Text, Vocabulary
from engine.yaml_source import FOR_RULES, read_text
from engine.yaml_source.nodes import Node

PACK_ID: Final = re.compile(rf"{ID.pattern}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
"""A document is known by its number, so the parts after the issuer may begin with one."""
_DATE_OR_MONTH: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def pack_from_yaml(data: bytes, file: str, vocabulary: Vocabulary) -> Pack:
    """Read a pack over a vocabulary.

    Raises:
        RulesError: Everything that is wrong with it.
    """
    problems = Problems()
    root = read_text(data, file, FOR_RULES, problems)
    return pack_from_tree(root, data, problems, vocabulary)


def pack_from_tree(
    root: Node | None, data: bytes, problems: Problems, vocabulary: Vocabulary
) -> Pack:
    """Read a pack from its text's tree; `problems` are those of reading the text.

    Raises:
        RulesError: Everything that is wrong with it.
    """
    reader = Reader(problems)
    mapping = None if root is None else reader.mapping(root)
    if mapping is None:
        raise problems.as_error(RulesError)
    pack = _pack(Fields(reader, mapping), reader, vocabulary, data)
    problems.raise_as(RulesError)
    return pack


def _pack(fields: Fields, reader: Reader, vocabulary: Vocabulary, data: bytes) -> Pack:
    name = _id(fields.needed("pack"), reader)
    levels_node = fields.needed("levels")
    levels = () if levels_node is None else reader.names(levels_node)
    documents = _documents(fields.node("documents"), reader)
    in_force = _in_force(fields.node("in_force"), reader)
    drafts = criteria_begun(fields.needed("criteria"), reader)
    ids = tuple(draft.id for draft in drafts)
    formulas = FormulaReader(vocabulary, ids, reader)
    given = Given(tuple(level for level, _ in levels), documents, vocabulary.evidence)
    pack = Pack(
        id=name,
        title=fields.words("title") or Text(name, name),
        issuer=fields.words("issuer") or Text(name, name),
        documents=documents,
        in_force=in_force,
        levels=given.levels,
        readings=_readings(fields.node("readings"), ids, reader),
        criteria=criteria_from_yaml(drafts, given, formulas, reader),
        verdicts=verdict_rules_from_yaml(
            fields.node("verdicts"), formulas, fields.mapping.place, reader
        ),
        vocabulary=vocabulary,
        sha256=_fingerprint(vocabulary.source, data),
        place=fields.mapping.place,
        stale_after=_stale_after(fields.node("stale_after"), reader),
    )
    fields.end()
    return pack


def _stale_after(node: Node | None, reader: Reader) -> Duration | None:
    if node is None:
        return None
    return duration_from_yaml(node, "pack-wrong-duration", reader)


def _fingerprint(*sources: bytes) -> str:
    """Return the SHA-256 of texts; their lengths keep them apart."""
    digest = sha256()
    for source in sources:
        text = source.replace(b"\r\n", b"\n")
        digest.update(len(text).to_bytes(8, "big") + text)
    return digest.hexdigest()


def _id(node: Node | None, reader: Reader) -> str:
    if node is None or (name := reader.raw(node)) is None:
        return ""
    if PACK_ID.fullmatch(name):
        return name
    reader.problems.error(
        "pack-wrong-id",
        node.place,
        N_("{found} cannot be the id of a pack"),
        N_("write names joined by '/', such as lai-chau/city-2024"),
        found=shown(node),
    )
    return ""


def _documents(node: Node | None, reader: Reader) -> Mapping[str, Document]:
    documents = {}
    for name, _, body in entries(node, reader):
        if (fields := fields_or_none(body, reader)) is None:
            documents[name] = Document(name, None, None, None, None, None)
            continue
        documents[name] = Document(
            name,
            kind=fields.text("kind"),
            number=fields.text("number"),
            date=_date_or_month(fields.node("date"), reader),
            title=fields.text("title"),
            issuer=fields.text("issuer"),
        )
        fields.end()
    return MappingProxyType(documents)


def _date_or_month(node: Node | None, reader: Reader) -> str | None:
    if node is None or (text := reader.text(node)) is None:
        return None
    if _DATE_OR_MONTH.fullmatch(text) and _is_in_calendar(text):
        return text
    reader.problems.error(
        "pack-wrong-date",
        node.place,
        N_("{found} is not the date of a document"),
        N_("write a day as YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"),
        found=shown(node),
    )
    return None


def _is_in_calendar(text: str) -> bool:
    """Tell whether there is such a day, or a first day of such a month or year."""
    try:
        date.fromisoformat(f"{text}-01-01"[: len("YYYY-MM-DD")])
    except ValueError:
        return False
    return True


def _in_force(node: Node | None, reader: Reader) -> Period:
    fields = None if node is None else fields_or_none(node, reader)
    if node is None or fields is None:
        return Period(None, None)
    start_node, end_node = fields.node("from"), fields.node("to")
    start = None if start_node is None else reader.day(start_node)
    end = None if end_node is None else reader.day(end_node)
    fields.end()
    if start is not None and end is not None and end < start:
        reader.problems.error(
            "pack-in-force-reversed",
            node.place,
            N_("this pack would end on {end}, before it begins on {start}"),
            N_("let 'from' be the first day in force and 'to' the last"),
            start=start,
            end=end,
        )
    return Period(start, end)


def _readings(
    node: Node | None, criteria: tuple[str, ...], reader: Reader
) -> tuple[Reading, ...]:
    if node is None:
        return ()
    return tuple(
        reading
        for item in reader.items(node) or ()
        if (reading := _reading(item, criteria, reader)) is not None
    )


def _reading(node: Node, criteria: tuple[str, ...], reader: Reader) -> Reading | None:
    if (mapping := reader.mapping(node)) is None:
        return None
    fields = Fields(reader, mapping)
    criterion = fields.node("criterion")
    name = None if criterion is None else reader.name(criterion)
    fields.needed("phrase")
    fields.needed("reading")
    phrase, reading = fields.text("phrase"), fields.words("reading")
    fields.end()
    if criterion is not None and name is not None and name not in criteria:
        reader.unknown(
            "pack-unknown-criterion",
            criterion.place,
            N_("there is no criterion '{name}'"),
            filter(ID.fullmatch, criteria),
            name=name,
        )
    if phrase is None or reading is None:
        return None
    return Reading(name, phrase, reading)
