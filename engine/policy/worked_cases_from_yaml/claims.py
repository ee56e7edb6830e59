"""What a case expects, as claims about one locality's answer."""

from collections.abc import Callable, Iterator
from typing import Final

from engine.assessment import Outcome
from engine.errors import N_
from engine.pack import UNDETERMINED, Pack
from engine.policy.worked_case import Claim, ClaimKind, Said
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.kinds import Reader
from engine.source import Place
from engine.truth import Truth
from engine.vocabulary import Vocabulary
from engine.yaml_source.nodes import Node, Scalar, Unread

_OUTCOMES: Final = tuple(outcome.value for outcome in Outcome)
_TRUTHS: Final = tuple(truth.word for truth in Truth)
_UNREAD: Final = Unread.VALUE


class ClaimReader:
    """Reads what cases of one pack expect."""

    def __init__(self, pack: Pack, reader: Reader) -> None:
        self._reader = reader
        self._verdicts = (*pack.verdict_names, UNDETERMINED)
        self._criteria = tuple(each.id for each in pack.criteria)
        self._checks = tuple(each.id for each in pack.checks)
        proved = (check for each in pack.criteria for check in each.checks)
        self._proved = tuple(check.id for check in proved)
        self._facts = tuple(_facts(pack.vocabulary))

    def claims(self, node: Node | None) -> tuple[Claim, ...]:
        """Read `expect`; what is wrong with it goes to the problems."""
        if node is None or (mapping := self._reader.mapping(node)) is None:
            return ()
        fields = Fields(self._reader, mapping)
        if not mapping.values:
            report_no_claim(mapping.place, self._reader)
        found = [
            *self._one(fields, ClaimKind.VERDICT, self._verdict),
            *self._one(fields, ClaimKind.POSSIBLE, self._possible),
            *self._each(fields, ClaimKind.CRITERIA, self._criteria, self._outcome),
            *self._each(fields, ClaimKind.CHECKS, self._checks, self._truth),
            *self._each(fields, ClaimKind.SHORT, self._checks, self._shortfall),
            *self._each(fields, ClaimKind.MISSING, self._proved, self._missing),
            *self._each(fields, ClaimKind.VACUOUS, self._checks, self._vacuous),
        ]
        fields.end()
        return tuple(found)

    def _one(
        self, fields: Fields, kind: ClaimKind, read: Callable[[Node], Said | Unread]
    ) -> Iterator[Claim]:
        if (node := fields.node(kind.value)) is None:
            return
        if not isinstance(said := read(node), Unread):
            yield Claim(kind, "", said, node.place)

    def _each(
        self,
        fields: Fields,
        kind: ClaimKind,
        known: tuple[str, ...],
        read: Callable[[Node], Said | Unread],
    ) -> Iterator[Claim]:
        node = fields.node(kind.value)
        if node is None or (mapping := self._reader.mapping(node)) is None:
            return
        if not mapping.values:
            report_no_claim(mapping.place, self._reader)
        for name, value in mapping.values.items():
            key = mapping.keys[name]
            if name not in known:
                self._unknown(kind, name, known, key)
            elif not isinstance(said := read(value), Unread):
                yield Claim(kind, name, said, key.place)

    def _unknown(
        self, kind: ClaimKind, name: str, known: tuple[str, ...], key: Scalar
    ) -> None:
        is_criterion = kind is ClaimKind.CRITERIA
        self._reader.unknown(
            "case-unknown-criterion" if is_criterion else "case-unknown-check",
            key.place,
            N_("the pack has no criterion '{name}'")
            if is_criterion
            else N_("the pack has no check '{name}'"),
            known,
            name=name,
        )

    def _word(self, node: Node, known: tuple[str, ...]) -> str | Unread:
        if (word := self._reader.raw(node)) is None:
            return _UNREAD
        if word in known:
            return word
        self._reader.unknown(
            "case-unknown-word",
            node.place,
            N_("'{name}' is nothing that the answer could say here"),
            known,
            name=word,
        )
        return _UNREAD

    def _verdict(self, node: Node) -> str | Unread:
        return self._word(node, self._verdicts)

    def _outcome(self, node: Node) -> str | Unread:
        return self._word(node, _OUTCOMES)

    def _truth(self, node: Node) -> str | Unread:
        match node:
            case Scalar(value=bool() as value):
                return "true" if value else "false"
            case _:
                return self._word(node, _TRUTHS)

    def _possible(self, node: Node) -> tuple[str, ...]:
        items = self._reader.filled(node)
        words = (self._verdict(item) for item in items)
        return tuple(word for word in words if not isinstance(word, Unread))

    def _shortfall(self, node: Node) -> int | Unread | None:
        match node:
            case Scalar(value=None):
                return None
            case _:
                number = self._reader.whole_number(node)
                return _UNREAD if number is None else number

    def _missing(self, node: Node) -> tuple[str, ...]:
        items = self._reader.filled(node)
        words = (self._word(item, self._facts) for item in items)
        return tuple(word for word in words if not isinstance(word, Unread))

    def _vacuous(self, node: Node) -> str | Unread:
        match node:
            case Scalar(value=bool() as value):
                return "true" if value else "false"
            case _:
                self._reader.yes_no(node)
                return _UNREAD


def _facts(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what may be missing: registers, counts and columns."""
    yield from vocabulary.registers
    yield from vocabulary.counts
    for register in vocabulary.registers.values():
        for field in register.fields.values():
            yield from field.columns


def report_no_claim(place: Place, reader: Reader) -> None:
    """Say that a case expects nothing, so that it could never fail."""
    reader.problems.error(
        "case-expects-nothing",
        place,
        N_("this case expects nothing, so that it could never fail"),
        N_("expect at least one of these: {known}"),
        known=", ".join(ClaimKind),
    )
