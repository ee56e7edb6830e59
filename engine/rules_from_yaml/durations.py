"""Lengths of time, as rules write them: `12 months`."""

import re
from collections.abc import Mapping
from typing import Final

from engine.errors import N_
from engine.rules_from_yaml.kinds import Reader, shown
from engine.vocabulary import Duration, Unit
from engine.yaml_source.nodes import Node, Scalar, Unread

_DURATION: Final = re.compile(r"([0-9]{1,9})\s+(day|week|month|year)s?")
_LONGEST: Final[Mapping[Unit, int]] = {
    Unit.DAYS: 365_250,
    Unit.WEEKS: 52_178,
    Unit.MONTHS: 12_000,
    Unit.YEARS: 1_000,
}
"""A thousand years."""


def duration_from_yaml(node: Node, code: str, reader: Reader) -> Duration | None:
    """Read a length of time, or record under `code` why it is none."""
    match node:
        case Scalar(value=str() as text) if found := _DURATION.fullmatch(text):
            duration = Duration(int(found[1]), Unit(found[2] + "s"))
            if duration.number <= _LONGEST[duration.unit]:
                return duration
        case Scalar(value=Unread.VALUE):
            return None
        case _:
            pass
    reader.problems.error(
        code,
        node.place,
        N_("{found} is not a length of time of at most a thousand years"),
        N_("write a whole number of days, weeks, months or years, such as 12 months"),
        found=shown(node),
    )
    return None
