"""Times memos on the example, against the bare library in the same run.

    python -m benchmarks.memos

Each rate is of one core, by its own time; several processes share the localities out
(`cli.memo.memo_workers`), so a machine with two cores writes twice as many. The targets are
for memos without proofs, which only a locality with something unknown needs. Word and
PDF: `python -m benchmarks.documents`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment  # noqa: TID251  (what is measured against)

from cli.language import all_said, speaking
from cli.memo import needed_proof
from cli.memo.memo_from_result import Memos
from cli.memo.memo_view import WORDS, Memo
from cli.rendering import TEMPLATES, Templates
from engine.assessment import LocalityResult
from engine.assessment_from_judged import assessment_from_judged
from engine.proof_from_judged import Prover
from tests.support.memos import review

ROUNDS: Final = 10
CORES: Final = 2
TARGETS: Final = {"md": 2000, "html": 1000}
"""Memos a second on two cores, the view made and the template filled."""


def main() -> None:
    """Measure and print."""
    judged = review()
    assessment = assessment_from_judged(judged)
    localities = list(assessment.localities)
    with speaking("vi"):
        making = Memos(assessment, judged.pack, public=False)
        print(told("view", rate(making.of, localities)))
        for form in TARGETS:
            for line in of_form(form, making, localities):
                print(line)
    proved = rate(lambda each: needed_proof(Prover(judged), each), localities, 1)
    print(told("proofs, one by one", proved))
    prover = Prover(judged)
    print(told("proofs, all", rate(partial(needed_proof, prover), localities, 1)))


def of_form(
    form: str, making: Memos, localities: Sequence[LocalityResult]
) -> Iterator[str]:
    """Yield what is told of one form."""
    filled, said = Templates(form).named("memo").filled, all_said(WORDS)
    memos = list(map(making.of, localities))

    def fill(memo: Memo) -> str:
        return filled(memo=memo, words=said)

    bare = rate(
        bare_template(form), [{"memo": asdict(e), "words": said} for e in memos]
    )
    both = rate(lambda each: fill(making.of(each)), localities)
    yield told(f"{form}, Jinja alone, no sandbox", bare)
    yield told(f"{form}, template", rate(fill, memos))
    yield told(f"{form}, view and template", both)
    reached, target = both * CORES, TARGETS[form]
    yield f"{form}, on {CORES} cores {reached:26,.0f} a second (at least {target:,})"


def bare_template(form: str) -> Callable[[dict[str, Any]], str]:
    """Return the template as Jinja's manual fills it: neither sandboxed nor strict."""
    environment = Environment(autoescape=True, trim_blocks=True)
    text = Path(TEMPLATES / f"memo.{form}.j2").read_text(encoding="utf-8")
    return environment.from_string(text).render


def rate(
    work: Callable[[Any], object], things: Sequence[object], rounds: int = ROUNDS
) -> float:
    """Return how many a second of one core's time, in the best of several rounds."""
    least = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for each in things:
            work(each)
        least = min(least, time.process_time() - began)
    return len(things) / least


def told(name: str, found: float) -> str:
    """Return a rate as a line."""
    return f"{name:32}{found:10,.0f} a second"


if __name__ == "__main__":
    main()
