"""From the file beside a pack to the papers that its dossiers hold."""

import re
from typing import Final

from engine.errors import N_, Problems, RulesError
from engine.pack import Pack
from engine.review.dossier.procedure import (
    PLACEHOLDER,
    PLACEHOLDERS,
    Occasion,
    PaperOrder,
    Procedure,
)
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.kinds import Reader
from engine.vocabulary import Text
from engine.yaml_source import FOR_RULES, read_text
from engine.yaml_source.nodes import Node

_FILE_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,40}")
_SIGNERS: Final = 2


def procedure_from_yaml(data: bytes, file: str, pack: Pack) -> Procedure:
    """Read which papers belong to the dossiers of a pack.

    Raises:
        RulesError: with everything that is wrong, each with its place.
    """
    problems = Problems()
    reader = Reader(problems)
    root = read_text(data, file, FOR_RULES, problems)
    procedure = None
    if root is not None and (mapping := reader.mapping(root)) is not None:
        procedure = _File(pack, reader).procedure(Fields(reader, mapping))
    problems.raise_as(RulesError)
    if procedure is None:
        raise problems.as_error(RulesError)
    return procedure


class _File:
    def __init__(self, pack: Pack, reader: Reader) -> None:
        self._pack, self._reader = pack, reader
        self._levels = {*pack.levels, *pack.vocabulary.levels}

    def procedure(self, fields: Fields) -> Procedure:
        self._refuse_other_pack(fields.needed("papers_of"))
        levels = self._level_names(fields.needed("levels"))
        above = self._text(fields, "above")
        listed = fields.needed("papers")
        fields.end()
        papers: dict[str, PaperOrder] = {}
        for node in self._reader.filled(listed) if listed is not None else ():
            order = self._order(node)
            if order is not None and papers.setdefault(order.id, order) is not order:
                self._wrong(
                    "papers-twice",
                    node,
                    N_("another paper has the id '{name}' already"),
                    N_("give one of the two another id"),
                    order.id,
                )
        return Procedure(levels, above, tuple(papers.values()))

    def _order(self, node: Node) -> PaperOrder | None:
        if (mapping := self._reader.mapping(node)) is None:
            return None
        fields = Fields(self._reader, mapping)
        each = fields.node("each")
        name = self._file_name(fields.needed("id"))
        order = PaperOrder(
            id=name,
            title=fields.words("title") or Text(name, name),
            template=self._file_name(fields.needed("template")),
            each=() if each is None else self._level_names(each),
            when=self._occasion(fields.node("when")),
            public=fields.yes_no("public", default=False),
            workbook=fields.yes_no("workbook", default=False),
            landscape=fields.yes_no("landscape", default=False),
            superior=self._text(fields, "superior"),
            body=self._text(fields, "body"),
            symbol=self._text(fields, "symbol"),
            place=self._text(fields, "place"),
            authority=self._text(fields, "authority"),
            to=self._texts(fields.node("to")),
            recipients=self._texts(fields.node("recipients")),
            signatures=self._signatures(fields.node("signatures")),
        )
        fields.end()
        return order

    def _signatures(self, node: Node | None) -> tuple[tuple[str, ...], ...]:
        if node is None:
            return ()
        columns = self._reader.filled(node)
        if len(columns) > _SIGNERS:
            self._wrong(
                "papers-signers",
                node,
                N_("a paper has at most two columns to sign, and here are {name}"),
                N_("write one list of lines for each of the two"),
                str(len(columns)),
            )
        return tuple(map(self._texts, columns[:_SIGNERS]))

    def _text(self, fields: Fields, key: str) -> str:
        node = fields.node(key)
        return "" if node is None else self._with_known_names(node)

    def _texts(self, node: Node | None) -> tuple[str, ...]:
        items = () if node is None else self._reader.filled(node)
        return tuple(map(self._with_known_names, items))

    def _with_known_names(self, node: Node) -> str:
        text = self._reader.text(node) or ""
        for name in PLACEHOLDER.findall(text):
            if name not in PLACEHOLDERS:
                self._reader.unknown(
                    "papers-unknown-name",
                    node.place,
                    N_("nothing is called {{{name}}} here"),
                    PLACEHOLDERS,
                    name=name,
                )
        return text

    def _level_names(self, node: Node | None) -> tuple[str, ...]:
        names = [] if node is None else self._reader.names(node)
        for name, at in names:
            if name not in self._levels:
                self._reader.unknown(
                    "papers-unknown-level",
                    at.place,
                    N_("there is no level '{name}'"),
                    sorted(self._levels),
                    name=name,
                )
        return tuple(name for name, _ in names)

    def _occasion(self, node: Node | None) -> Occasion:
        if node is None:
            return Occasion.ALWAYS
        name = self._reader.raw(node) or ""
        if name not in set(Occasion):
            self._reader.unknown(
                "papers-unknown-occasion",
                node.place,
                N_("'{name}' is no occasion for a paper"),
                map(str, Occasion),
                name=name,
            )
            return Occasion.ALWAYS
        return Occasion(name)

    def _file_name(self, node: Node | None) -> str:
        name = "" if node is None else self._reader.raw(node) or ""
        if node is not None and not _FILE_NAME.fullmatch(name):
            self._wrong(
                "papers-wrong-name",
                node,
                N_("'{name}' cannot be part of the name of a file"),
                N_("write small letters without marks, digits and '-'"),
                name,
            )
        return name

    def _refuse_other_pack(self, node: Node | None) -> None:
        if node is None or (name := self._reader.raw(node)) in {None, self._pack.id}:
            return
        self._wrong(
            "papers-of-other-pack",
            node,
            N_("these papers belong to another pack, '{name}'"),
            N_("write the id of the pack beside this file"),
            name or "",
        )

    def _wrong(self, code: str, node: Node, what: str, cure: str, name: str) -> None:
        self._reader.problems.error(code, node.place, what, cure, None, name=name)
