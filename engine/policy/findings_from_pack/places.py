"""Where the keys of a pack stand that the noun `Pack` does not keep a place of."""

from pathlib import Path

from engine.errors import Problems
from engine.pack import Pack
from engine.source import Place
from engine.yaml_source import FOR_RULES, read_text
from engine.yaml_source.nodes import Mapping, Node


def place_of(pack: Pack, *keys: str) -> Place:
    """Return where a key within keys stands in the pack's file, as far as it is there."""
    file, place = pack.place.file, pack.place
    data = Path(file).read_bytes()
    node: Node | None = read_text(data, file, FOR_RULES, Problems())
    for key in keys:
        if not isinstance(node, Mapping) or key not in node.keys:
            break
        place, node = node.keys[key].place, node.values[key]
    return place
