"""One JSON document whose long list stands a line an entry, written piece by piece."""

import json
from collections.abc import Iterable, Iterator, Mapping


def json_document(
    head: Mapping[str, object], name: str, entries: Iterable[object]
) -> Iterator[str]:
    """Yield `head` with a list `name` after all else; same input, same bytes."""
    yield f'{_written(head)[:-1]}, "{name}": ['
    separator = "\n "
    for entry in entries:
        yield separator + _written(entry)
        separator = ",\n "
    yield "\n]}\n"


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
