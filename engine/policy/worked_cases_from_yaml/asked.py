"""Which locality of its facts a case asks about."""

from engine.errors import N_
from engine.facts_from_files.raw_table import tidy
from engine.pack import Pack
from engine.rules_from_yaml.kinds import Reader
from engine.source import Place
from engine.yaml_source import nodes
from engine.yaml_source.nodes import Node


def asked_from_document(
    document: Node, at: Node | None, place: Place, pack: Pack, reader: Reader
) -> str | None:
    """Return the id of the locality, or report that there is none to judge.

    Args:
        document: The facts, which are known to be sound.
        at: The id; of none, the first locality is meant.
        place: Of the case.
        pack: What the locality is judged by.
        reader: Takes the problems.
    """
    levels = _levels(document)
    if at is None:
        name = next(iter(levels), "")
    else:
        name, place = tidy(reader.raw(at) or ""), at.place
    if name not in levels:
        reader.unknown(
            "case-unknown-locality",
            place,
            N_("the facts of this case have no locality '{name}'"),
            levels,
            name=name,
        )
        return None
    if levels[name] not in pack.levels:
        reader.unknown(
            "case-not-judged",
            place,
            N_("the pack judges no locality of the level '{name}'"),
            pack.levels,
            name=levels[name],
        )
        return None
    return name


def _levels(document: Node) -> dict[str, str]:
    """Return the level of each locality by its id, in the order of the rows."""
    match document:
        case nodes.Mapping(values={"localities": nodes.Sequence(items=rows)}):
            return {_cell(row, "id"): _cell(row, "level") for row in rows}
        case _:
            return {}


def _cell(row: Node, key: str) -> str:
    match row:
        case nodes.Mapping(values=values) if isinstance(
            cell := values.get(key), nodes.Scalar
        ):
            return tidy(cell.raw or "")
        case _:
            return ""
