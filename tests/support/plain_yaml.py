"""LANGUAGE.md §2 read a second time, so that tests need not trust the engine's reader.

PyYAML only splits the text into nodes here; what a scalar means is decided below.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml  # noqa: TID251  (tests may read what the engine reads by other means)

WORDS: dict[str, bool | None] = {
    "yes": True,
    "Yes": True,
    "true": True,
    "True": True,
    "no": False,
    "No": False,
    "false": False,
    "False": False,
    "null": None,
    "~": None,
    "": None,
}
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def load(text: str) -> Any:
    """Return a document as dicts, lists and typed scalars; keys as they are written."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    return None if node is None else _value(node)


def load_file(file: Path) -> Any:
    """Return the document in a file."""
    return load(file.read_text(encoding="utf-8"))


def scalar(text: str) -> Any:
    """Return what a plain scalar means."""
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    if DAY.fullmatch(text):
        return date.fromisoformat(text)
    return unicodedata.normalize("NFC", text)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        return scalar(node.value)
    return unicodedata.normalize("NFC", node.value)
