"""Bars that show sizes side by side in plain text."""

from typing import Final

WIDEST: Final = 24
"""How many cells the longest bar takes."""
_PARTS: Final = " ▏▎▍▌▋▊▉"


def bar(size: int, largest: int) -> str:
    """Return a bar as long as `size` is of `largest`; what is not zero is seen.

    >>> bar(12, 12), bar(1, 1000), bar(0, 12)
    ('████████████████████████', '▏', '')
    """
    eighths = 0 if largest == 0 else -(-size * WIDEST * len(_PARTS) // largest)
    full, rest = divmod(eighths, len(_PARTS))
    return "█" * full + _PARTS[rest].strip()
