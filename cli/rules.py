"""Which folder of rules is meant: the one that is named, or the one that comes along."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from engine.library import Library


def library_in(folder: Path | None) -> Library:
    """Return the rules in a folder, or those that come with diaban."""
    return Library(folder or _bundled())


def surely(look: Callable[[], bool]) -> bool:
    """Ask the system about a path; a name of which it knows nothing is not there.

    Of one that is longer than its own can be, it refuses to tell.
    """
    try:
        return look()
    except OSError:
        return False


def _bundled() -> Path:
    # By its name: the folder holds data, and is imported nowhere.
    spec = find_spec("rules")
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places or ())))
