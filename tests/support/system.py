"""Programs of the system that a few tests look at our documents with."""

import os
import shutil

import pytest


def needed(program: str) -> str:
    """Return the path of a program; without it skip, or fail where CI promised it."""
    found = shutil.which(program)
    if found is None:
        missing = f"the program {program} is not installed (see CONTRIBUTING.md)"
        if os.environ.get("DIABAN_CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found
