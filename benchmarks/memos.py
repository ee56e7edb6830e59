"""Times memos on the example: the view, the template, and what proofs add.

    python -m benchmarks.memos

One process; on two cores two of them run side by side. The targets are memos/s without
the proofs, which only a locality with something unknown needs.
"""

import time
from collections.abc import Callable
from typing import Final

from cli.language import speaking
from cli.memo import needed_proof
from cli.memo_from_result import Memos
from cli.memo_view import words
from cli.rendering import Templates
from engine.assessment_from_judged import assessment_from_judged
from tests.support.memos import review

ROUNDS: Final = 5


def main() -> None:
    """Measure and print."""
    judged = review()
    assessment = assessment_from_judged(judged)
    localities = list(assessment.localities)
    with speaking("vi"):
        making = Memos(assessment, judged.pack, public=False)
        memos = [making.of(each) for each in localities]
        print(told("view", len(memos), lambda: [making.of(e) for e in localities]))
        for form in ("md", "html"):
            filled, said = Templates(form).named("memo").filled, words()

            def fill() -> object:
                return [filled(memo=memo, words=said) for memo in memos]  # noqa: B023

            def both() -> object:
                return [filled(memo=making.of(e), words=said) for e in localities]  # noqa: B023

            print(told(f"{form}, template alone", len(memos), fill))
            print(told(f"{form}, view and template", len(memos), both))
        proved = told(
            "proofs",
            len(memos),
            lambda: [needed_proof(judged, e) for e in localities],
            1,
        )
        print(proved)


def told(
    name: str, number: int, work: Callable[[], object], rounds: int = ROUNDS
) -> str:
    """Return the best rate of several rounds."""
    least = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - began)
    return f"{name:24}{number / least:10,.0f} a second"


if __name__ == "__main__":
    main()
