"""The wheel carries all that diaban needs, and works far from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel, built as an installer builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `diaban` of an environment that holds the wheel and no checkout.

    The dependencies are lent by this environment through a `.pth`. Python reads no
    further `.pth` there, so an editable diaban of this environment stays out of sight.
    """
    home = tmp_path_factory.mktemp("away")
    venv.create(home, symlinks=True)
    _pip("--python", home / "bin" / "python", "install", "--no-deps", wheel)
    (site_packages,) = home.glob("lib/python*/site-packages")
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site_packages / "lent.pth").write_text("\n".join(sorted(lent)), encoding="utf-8")
    return home / "bin" / "diaban"


def _pip(*arguments: str | Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *arguments], check=True, env=_bare())


def _bare() -> dict[str, str]:
    """Return this environment without what could lead back into the checkout."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COVERAGE"))
    }


def test_the_wheel_holds_the_four_rooms_and_nothing_else(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"cli", "engine", "rules", "templates"}
    assert "rules/lai-chau/city-2024.tests.yaml" in names
    assert "rules/lai-chau/city-2024.papers.yaml" in names
    assert "templates/dossier/proposal.md.j2" in names


def test_the_wheel_carries_every_pack_and_catalogue(wheel: Path) -> None:
    kept = [
        file.relative_to(ROOT).as_posix()
        for room in ("rules", "cli/locale", "templates")
        for file in (ROOT / room).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    ]
    assert set(kept) <= set(ZipFile(wheel).namelist())
    assert {Path(name).suffix for name in kept} >= {".yaml", ".mo"}


def test_the_main_job_runs_far_from_the_checkout(command: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "lai-chau", tmp_path / "facts")
    question = "assess facts --pack lai-chau/city-2024 --as-of 2024-03-31 --format json"
    done = subprocess.run(
        [command, *question.split()],
        cwd=tmp_path,
        env=_bare(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["summary"]["hamlet"]["eligible"] == 17
