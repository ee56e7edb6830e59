"""Which papers a dossier holds, who issues them, and for whom: as a YAML file says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.vocabulary import Text

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS: Final = (
    "locality",
    "LOCALITY",
    "locality_seat",
    "above",
    "ABOVE",
    "above_seat",
)
"""Of the locality that the dossier is about, and of the one that decides on it.

In capitals as the head of a paper has them; a seat is the name without its type, as it
stands before a date.
"""


class Occasion(StrEnum):
    """When a paper belongs to the dossier."""

    ALWAYS = "always"
    PASSING = "some_pass"
    """Only where there is something to recognise."""
    NOT_PASSING = "some_do_not"
    """Only where somebody must be told why not."""


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """One paper: its template, its head, who receives and who signs it.

    The texts may hold placeholders.
    """

    id: str
    """Its name in the file: `01-<id>`."""
    title: Text
    """Its name in a list of what is enclosed."""
    template: str
    each: tuple[str, ...]
    """The levels of which every locality has a paper of its own; of none, there is one."""
    when: Occasion
    public: bool
    """Whether a public copy holds it."""
    workbook: bool
    """Whether its table is enclosed as a workbook as well."""
    landscape: bool
    superior: str
    body: str
    symbol: str
    """Such as `TTr-UBND`; none where the paper is an appendix without a head."""
    place: str
    authority: str
    to: tuple[str, ...]
    recipients: tuple[str, ...]
    signatures: tuple[tuple[str, ...], ...]
    """The lines of one or two columns to be signed."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """The papers of one pack's dossiers."""

    levels: tuple[str, ...]
    """The levels of the localities that a dossier can be about."""
    above: str
    """Who decides on a locality above which the facts name none."""
    papers: tuple[PaperOrder, ...]


def filled(text: str, names: Mapping[str, str]) -> str:
    """Return a text with its placeholders replaced, each once and by no other rule.

    >>> filled("Công an {above}", {"above": "{locality}"})
    'Công an {locality}'
    """
    return PLACEHOLDER.sub(lambda found: names[found[1]], text)
