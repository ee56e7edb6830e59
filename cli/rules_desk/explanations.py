"""What every code means: explained once, in both languages, beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from engine.errors import Problems, RulesError
from engine.rules_from_yaml.fields import Fields, words_from
from engine.rules_from_yaml.kinds import Reader
from engine.vocabulary import Text
from engine.yaml_source import Limits, nodes, read_text

FOLDER: Final = Path(__file__).with_name("explained")
_LIMITS: Final = Limits(size=2**20, depth=8, nodes=50_000)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is told, and, where that teaches, how it looks wrong and right."""

    words: Text
    wrong: str | None
    right: str | None


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return the explanations by code, in the order of the alphabet.

    Raises:
        RulesError: The files that come along are not as they should be.
    """
    found: dict[str, Explanation] = {}
    problems = Problems()
    for file in sorted(FOLDER.glob("*.yaml")):
        root = read_text(file.read_bytes(), file.name, _LIMITS, problems)
        if isinstance(root, nodes.Mapping):
            reader = Reader(problems)
            for code, node in root.values.items():
                if (told := _explanation(node, reader)) is not None:
                    found[code] = told
    problems.raise_as(RulesError)
    return dict(sorted(found.items()))


def _explanation(node: nodes.Node, reader: Reader) -> Explanation | None:
    match node:
        case nodes.Mapping(values={"why": why}):
            fields = Fields(reader, node)
            fields.needed("why")
            wrong, right = fields.text("wrong"), fields.text("right")
            fields.end()
            words = words_from(why, reader)
        case _:
            wrong = right = None
            words = words_from(node, reader)
    return None if words is None else Explanation(words, wrong, right)
