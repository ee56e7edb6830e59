"""Which folder of rules is meant: the one that is named, or the one that comes along."""

from importlib.util import find_spec
from pathlib import Path

from engine.library import Library


def library_in(folder: Path | None) -> Library:
    """Return the rules in a folder, or those that come with diaban."""
    return Library(folder or _bundled())


def _bundled() -> Path:
    # By its name: the folder holds data, and is imported nowhere.
    spec = find_spec("rules")
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places or ())))
