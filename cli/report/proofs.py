"""The proofs of all localities as one small JSON text: what repeats is written once.

Two thousand hamlets share a few hundred sentences. The page's script puts a proof
together when it is opened, as text and never as markup.
"""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from cli.memo.memo_view import CheckPart, CriterionPart, Memo
from cli.plain import plain
from cli.words.wording import SYMBOLS

_Item = TypeVar("_Item", bound=Hashable)
_UNSAFE: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_KEPT_OUT: Final = str.maketrans(_UNSAFE | {"\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(slots=True)
class _Pool(Generic[_Item]):
    """Items numbered in the order in which they are first met."""

    numbers: dict[_Item, int] = field(default_factory=dict)

    def number(self, item: _Item) -> int:
        return self.numbers.setdefault(item, len(self.numbers))


class Proofs:
    """Collects memos, and writes them as the JSON that templates/report.js reads."""

    def __init__(self) -> None:
        self._words = _Pool[str]()
        self._checks = _Pool[tuple[object, ...]]()
        self._parts = _Pool[tuple[object, ...]]()
        self._criteria: dict[str, object] = {}
        self._localities: list[object] = []

    def add(self, memo: Memo) -> None:
        """Add the proof of a locality; the page's rows come in the same order."""
        for each in memo.criteria:
            if each.id not in self._criteria:
                self._criteria[each.id] = self._law(each)
        self._localities.append(
            (
                tuple(map(self._part, memo.criteria)),
                self._all(memo.possible),
                self._all(memo.conflicts),
                self._all(memo.settling),
                self._all(memo.derivation),
            )
        )

    def json(self, said: Mapping[str, str]) -> str:
        """Return the text; it holds nothing that could end the element it stands in.

        `said` are the page's own words, which its script says too.
        """
        document = {
            "said": said,
            "symbols": {outcome.value: sign for outcome, sign in SYMBOLS.items()},
            "words": [*self._words.numbers],
            "criteria": [*self._criteria.values()],
            "checks": [*self._checks.numbers],
            "parts": [*self._parts.numbers],
            "localities": self._localities,
        }
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        return text.translate(_KEPT_OUT)

    def _law(self, part: CriterionPart) -> object:
        """Return what is the same of a criterion wherever it is judged."""
        return (
            part.id,
            plain(part.title),
            plain(part.quote),
            plain(part.clause),
            [*map(plain, part.readings)],
            [*map(plain, part.evidence)],
        )

    def _part(self, part: CriterionPart) -> int:
        return self._parts.number(
            (
                part.outcome,
                self._said(part.why),
                self._said(part.remedy),
                tuple(map(self._check, part.checks)),
            )
        )

    def _check(self, part: CheckPart) -> int:
        return self._checks.number(
            (
                part.id,
                part.outcome,
                self._said(part.demand),
                self._said(part.why),
                self._said(part.share),
                self._all(part.counts),
                self._all(part.missing),
            )
        )

    def _all(self, texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(map(self._said, texts))

    def _said(self, text: str) -> int:
        return self._words.number(plain(text))
