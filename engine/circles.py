"""Things that lead back to themselves."""

from collections.abc import Iterator, Mapping, Sequence


def circles(leads_to: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield a circle for each step that leads back; none is yielded where all end.

    >>> list(circles({"a": ["b"], "b": ["c"], "c": ["b"]}))
    [['b', 'c']]
    """
    done: set[str] = set()
    for start in leads_to:
        path = {} if start in done else {start: iter(leads_to[start])}
        while path:
            at, rest = next(reversed(path.items()))
            for other in rest:
                if other in path:
                    steps = list(path)
                    yield steps[steps.index(other) :]
                elif other not in done and other in leads_to:
                    path[other] = iter(leads_to[other])
                    break
            else:
                done.add(at)
                del path[at]
