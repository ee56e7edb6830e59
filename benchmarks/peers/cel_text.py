"""The criteria as one expression of the Common Expression Language."""

from typing import Final

from benchmarks.peers.contract import CRITERIA, MET, NOT_MET, OPEN
from benchmarks.peers.infix import Infix

UNKNOWN: Final = -1
NULLS: Final = Infix(and_="&&", or_="||", not_="!")
"""What is not known is null."""
NUMBERS: Final = Infix(
    and_="&&",
    or_="||",
    not_="0 == ",
    known=f"{{}} != {UNKNOWN}",
    blank=f"{{}} == {UNKNOWN}",
)
"""Everything is a number, what is not known is `UNKNOWN`, and no is 0."""


def outcomes_in_cel(cel: Infix) -> str:
    """Return an expression whose value is the list of the eight outcomes."""
    outcomes = (
        f"({cel.failing(checks)} ? {NOT_MET} : {cel.opening(checks)} ? {OPEN} : {MET})"
        for checks in CRITERIA.values()
    )
    return f"[{', '.join(outcomes)}]"
