"""Golden files of several cases: a title, a text, and what is told about it.

== two keys are equal
a: 1
a: 2
-- told
pack.yaml:2:1: error[yaml-duplicate-key]: …
"""

import re
from collections.abc import Callable, Iterator

_TITLE = re.compile(r"^== (.+)\n", re.MULTILINE)
_TOLD = "-- told\n"


def cases_in(golden: str) -> Iterator[tuple[str, str]]:
    """Yield title and text of each case."""
    _, *parts = _TITLE.split(golden)
    for title, part in zip(parts[::2], parts[1::2], strict=True):
        text, _, _ = part.partition(_TOLD)
        yield title, text


def told(golden: str, tell: Callable[[str], str]) -> str:
    """Return the golden file with what is told now."""
    return "\n".join(
        f"== {title}\n{text}{_TOLD}{tell(text)}\n" for title, text in cases_in(golden)
    )
