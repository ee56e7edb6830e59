"""A file of cases, read case by case and variant by variant."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from engine.errors import N_, FactsError, Problems, RulesError
from engine.facts import Facts
from engine.facts_from_files import facts_from_document
from engine.pack import Pack
from engine.policy.worked_case import Claim, WorkedCase
from engine.policy.worked_cases_from_yaml.asked import asked_from_document
from engine.policy.worked_cases_from_yaml.claims import ClaimReader, report_no_claim
from engine.policy.worked_cases_from_yaml.short_facts import (
    ShortFacts,
    over,
    written_out,
)
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.kinds import Reader
from engine.source import Place
from engine.yaml_source import FOR_RULES, nodes, read_text
from engine.yaml_source.nodes import Node, Unread

_SHORT: Final = ("locality", "tables", "whole", "parts")
"""What facts are written out from where they are not written in full."""


def worked_cases_from_yaml(
    data: bytes, file: str, pack: Pack
) -> tuple[WorkedCase, ...]:
    """Read the cases of a pack; a case with variants becomes a case each.

    Raises:
        RulesError: with everything that is wrong, each with its place.
    """
    problems = Problems()
    root = read_text(data, file, FOR_RULES, problems)
    reader = Reader(problems)
    cases: tuple[WorkedCase, ...] = ()
    if root is not None and (mapping := reader.mapping(root)) is not None:
        fingerprint = sha256(data).hexdigest()
        cases = _File(pack, reader, Fields(reader, mapping), fingerprint).cases()
    problems.raise_as(RulesError)
    return cases


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a case tells, its own or, in a variant, the case's with changes."""

    sentence: str
    as_of: date | Unread | None
    short: ShortFacts | None
    """None where the facts are written out in full."""
    facts: Node | None
    at: Node | None
    claims: tuple[Claim, ...]
    node: nodes.Mapping


class _File:
    def __init__(
        self, pack: Pack, reader: Reader, fields: Fields, fingerprint: str
    ) -> None:
        self._pack, self._reader, self._fields = pack, reader, fields
        self._fingerprint = fingerprint
        self._claims = ClaimReader(pack, reader)
        self._sentences: dict[str, Place] = {}

    def cases(self) -> tuple[WorkedCase, ...]:
        """Read the whole file; of a case that is wrong nothing is returned."""
        fields, place = self._fields, self._fields.mapping.place
        self._refuse_other_pack(fields.needed("cases_of"))
        row = self._mapping(fields.node("locality"))
        empty = nodes.Mapping(place.file, place.line or 1, place.column or 1, {}, {})
        file = _Telling(
            sentence="",
            as_of=self._day(fields),
            short=ShortFacts(row or empty, {}, None, ()),
            facts=None,
            at=None,
            claims=(),
            node=fields.mapping,
        )
        listed = fields.needed("cases")
        items = () if listed is None else self._reader.filled(listed)
        fields.end()
        read = [case for item in items for case in self._case(item, file)]
        return tuple(case for case in read if case is not None)

    def _case(self, node: Node, file: _Telling) -> Iterator[WorkedCase | None]:
        if (mapping := self._reader.mapping(node)) is None:
            return
        fields = Fields(self._reader, mapping)
        own = self._telling(fields, file, self._sentence(fields, "case"))
        listed = fields.node("variants")
        fields.end()
        if listed is None:
            yield self._worked(own)
            return
        for item in self._reader.filled(listed):
            if (each := self._reader.mapping(item)) is None:
                continue
            variant = Fields(self._reader, each)
            words = f"{own.sentence}: {self._sentence(variant, 'variant')}"
            told = self._telling(variant, own, words)
            variant.end()
            yield self._worked(told)

    def _telling(self, fields: Fields, outer: _Telling, sentence: str) -> _Telling:
        facts = outer.facts
        if facts is None and "facts" in fields.mapping.values:
            facts = fields.node("facts")
        short = None
        if facts is None:
            short = self._short(fields, outer.short)
        else:
            self._refuse_short(fields)
        claims = {(each.kind, each.subject): each for each in outer.claims}
        for each in self._claims.claims(fields.node("expect")):
            claims[each.kind, each.subject] = each
        return _Telling(
            sentence=sentence,
            as_of=self._day(fields) or outer.as_of,
            short=short,
            facts=facts,
            at=fields.node("at") or outer.at,
            claims=tuple(claims.values()),
            node=fields.mapping,
        )

    def _short(self, fields: Fields, outer: ShortFacts | None) -> ShortFacts | None:
        if outer is None:
            return None
        row = self._mapping(fields.node("locality"))
        tables = self._mapping(fields.node("tables"))
        whole = self._mapping(fields.node("whole"))
        parts = fields.node("parts")
        changed = (
            {}
            if tables is None
            else {name: (tables.keys[name], at) for name, at in tables.values.items()}
        )
        below = outer.parts if parts is None else self._reader.items(parts) or ()
        above = whole or outer.whole
        if above is None and parts is not None:
            self._report_no_whole(parts)
        return ShortFacts(
            over(outer.row, row), {**outer.tables, **changed}, above, below
        )

    def _refuse_short(self, fields: Fields) -> None:
        for key in _SHORT:
            if key in fields.mapping.keys:
                fields.node(key)
                self._reader.problems.error(
                    "case-facts-twice",
                    fields.mapping.keys[key].place,
                    N_("'{key}' stands beside 'facts', which say all there is"),
                    N_("keep 'facts' alone, or write {short} without them"),
                    key=key,
                    short=", ".join(_SHORT),
                )

    def _worked(self, told: _Telling) -> WorkedCase | None:
        self._refuse_twice(told)
        if not told.claims and "expect" not in told.node.values:
            report_no_claim(told.node.place, self._reader)
        document = told.facts
        if told.short is not None:
            document = written_out(told.short, self._pack.levels[0])
        facts = None if document is None else self._facts(document)
        if told.as_of is None:
            self._report_no_day(told.node)
        if document is None or facts is None or not isinstance(told.as_of, date):
            return None
        asked = asked_from_document(
            document, told.at, told.node.place, self._pack, self._reader
        )
        if asked is None:
            return None
        return WorkedCase(
            told.sentence, told.as_of, facts, asked, told.claims, told.node.place
        )

    def _facts(self, document: Node) -> Facts | None:
        try:
            return facts_from_document(
                document, self._pack.vocabulary, self._fingerprint
            )
        except FactsError as error:
            for each in error.diagnostics:
                # What is said of facts as a whole is about this case, not the file.
                place = document.place if each.place.line is None else each.place
                self._reader.problems.extend([replace(each, place=place)])
            return None

    def _mapping(self, node: Node | None) -> nodes.Mapping | None:
        return None if node is None else self._reader.mapping(node)

    def _day(self, fields: Fields) -> date | Unread | None:
        if (node := fields.node("as_of")) is None:
            return Unread.VALUE if "as_of" in fields.mapping.values else None
        if (day := self._reader.day(node)) is None:
            return Unread.VALUE
        if day not in self._pack.in_force:
            self._report_outside_force(node.place, day)
        return day

    def _sentence(self, fields: Fields, key: str) -> str:
        node = fields.needed(key)
        return "" if node is None else self._reader.text(node) or ""

    def _refuse_other_pack(self, node: Node | None) -> None:
        if node is None or (name := self._reader.raw(node)) in {None, self._pack.id}:
            return
        self._reader.problems.error(
            "case-of-other-pack",
            node.place,
            N_("the pack beside these cases is '{pack}', not '{name}'"),
            N_("write 'cases_of: {pack}', or lay the file beside the other pack"),
            pack=self._pack.id,
            name=name,
        )

    def _refuse_twice(self, told: _Telling) -> None:
        place = told.node.place
        first = self._sentences.setdefault(told.sentence, place)
        if first is not place and told.sentence:
            self._reader.problems.error(
                "case-twice",
                place,
                N_("a case with these words already stands at {first}"),
                N_("say what this one has that the other has not"),
                first=first,
            )

    def _report_no_day(self, node: nodes.Mapping) -> None:
        self._reader.problems.error(
            "case-without-day",
            node.place,
            N_("nobody says for which day this case is judged"),
            N_("add 'as_of: YYYY-MM-DD' here, or once at the top of the file"),
        )

    def _report_no_whole(self, parts: Node) -> None:
        self._reader.problems.error(
            "case-parts-of-nothing",
            parts.place,
            N_("nobody says what these are parts of"),
            N_("add 'whole:' with the locality above, such as {{level: commune}}"),
        )

    def _report_outside_force(self, place: Place, day: date) -> None:
        self._reader.problems.error(
            "case-outside-force",
            place,
            N_("{pack} is in force {period}, and this case is about {day}"),
            N_("choose a day on which the pack is in force"),
            pack=self._pack.id,
            period=self._pack.in_force,
            day=day,
        )
