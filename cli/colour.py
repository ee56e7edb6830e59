"""Whether to colour an answer: only for a person at a terminal who did not decline."""

import os
import sys
from pathlib import Path


def is_coloured(output: Path | None) -> bool:
    """Tell whether an answer to `output` (None: the standard output) has colours."""
    if output is not None or os.environ.get("NO_COLOR"):
        return False
    watched = sys.stdout is not None and sys.stdout.isatty()
    return watched and os.environ.get("TERM") != "dumb"
