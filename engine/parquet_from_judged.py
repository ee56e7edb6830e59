"""The answer as one Parquet table, for whoever goes on reckoning with it."""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import polars as pl

from engine.assessment_from_judged import exceptions_asked, told_in_pieces
from engine.checks_from_counts import truth_column
from engine.json_from_judged import head_of
from engine.judged import Judged
from engine.meeting import end_names
from engine.pack import Ask, counts_named
from engine.supposition import in_a_cell
from engine.truth import Truth
from engine.verdicts_from_checks import OUTCOMES, VERDICT, outcome_column

HEAD: Final = "diaban"
"""The key of the file's metadata under which stands, as JSON, what the answer rests on."""

_TRUTHS: Final = [truth.word for truth in sorted(Truth)]
_OUTCOMES: Final = list(map(str, OUTCOMES))


def parquet_from_judged(judged: Judged) -> Iterator[bytes]:
    """Yield a file with a row a judged locality, in their order; same answer, same bytes.

    Its columns are `id`, `name`, `level`, `parent`, `verdict`; `outcome:<criterion>` and
    `truth:<check>` in the words of LANGUAGE §7; and the ends `lo:<count>`, `hi:<count>`,
    null where unbounded, of all that checks count: their counts, and the exceptions
    `X not Y` to every X being Y. What was supposed stands in each row as `supposed`.
    """
    pack = judged.pack
    outcomes = (
        _words(outcome_column(each.id), _OUTCOMES).alias(f"outcome:{each.id}")
        for each in pack.criteria
    )
    truths = (_words(truth_column(check.id), _TRUTHS) for check in pack.checks)
    ends = dict.fromkeys(end for check in pack.checks for end in _ends(check.ask))
    verdict = pl.col(VERDICT).alias("verdict")
    named = ["id", "name", "level", "parent", verdict, *outcomes, *truths, *ends]
    table = pl.concat(piece.select(named) for piece in told_in_pieces(judged))
    if supposed := in_a_cell(judged.facts.supposed):
        table = table.with_columns(supposed=pl.lit(supposed))
    file = BytesIO()
    head = json.dumps(head_of(judged), ensure_ascii=False)
    table.write_parquet(file, metadata={HEAD: head})
    yield file.getvalue()


def _words(column: str, words: Sequence[str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        range(len(words)), words, return_dtype=pl.String
    )


def _ends(ask: Ask) -> Iterator[str]:
    for count in counts_named(ask):
        yield from end_names(count)
    yield from exceptions_asked(ask) or ()
