"""Numbers and tables as `docs/benchmarks.md` shows them."""

from collections.abc import Iterable, Sequence


def markdown_table(
    heading: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1
) -> str:
    """Return a table; numbers stand to the right, but the first columns to the left."""
    rule = ["---"] * left + ["--:"] * (len(heading) - left)
    lines = (heading, rule, *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def short(number: float) -> str:
    """Return a number with three digits that count: `1.23 M`, `45.6 k`, `789`."""
    for size, mark in ((1e6, " M"), (1e3, " k")):
        if number >= size:
            return f"{number / size:.3g}{mark}"
    return f"{number:.3g}"


def share(part: float) -> str:
    """Return a share in percent."""
    return f"{part:.0%}"
