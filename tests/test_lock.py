"""The lock names everything that is installed, in the versions that are tested."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()


def locked() -> dict[str, str]:
    pins = (line.split("==") for line in LINES if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pins}


def ranges() -> list[Requirement]:
    """Return what pyproject.toml asks for, of users, developers and the build."""
    of_developers = dict(PROJECT["dependency-groups"])
    del of_developers["bench"]  # only looked at, never relied on
    groups = [
        *of_developers.values(),
        *PROJECT["project"]["optional-dependencies"].values(),
    ]
    named = [entry for group in groups for entry in group if isinstance(entry, str)]
    asked = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    return [Requirement(line) for line in asked + named]


def installed_for(wanted: list[Requirement]) -> dict[str, str]:
    """Return what stands in this environment because of `wanted`, directly or not."""
    found: dict[str, str] = {}
    while wanted:
        one = wanted.pop()
        name = canonicalize_name(one.name)
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name).version
        wanted += [Requirement(line) for line in distribution(name).requires or []]
    return found


def test_every_line_is_one_exact_version() -> None:
    pin = re.compile(r"#.*|[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*")
    assert [line for line in LINES if not pin.fullmatch(line)] == []


def test_the_lock_stays_inside_the_ranges() -> None:
    versions = locked()
    assert not {
        f"{one.name} {versions.get(canonicalize_name(one.name))}"
        for one in ranges()
        if versions.get(canonicalize_name(one.name), "none") not in one.specifier
    }


def test_what_is_installed_is_what_is_locked() -> None:
    versions = locked()
    assert not {
        f"{name} {version}, locked {versions.get(name)}"
        for name, version in installed_for(ranges()).items()
        if versions.get(name) != version
    }
