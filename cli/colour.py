"""Whether to colour an answer: only for a person at a terminal who did not decline."""

import os
import sys
from pathlib import Path


def is_coloured(output: Path | None) -> bool:
    """Tell whether an answer to `output` (None: the standard output) has colours."""
    if output is not None or os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("TERM") != "dumb" and sys.stdout.isatty()
