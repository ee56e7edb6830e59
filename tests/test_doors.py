"""The house keeps its shape: rooms, layers, one door a package, nothing too long."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("engine", "cli")
SOURCES = sorted(
    file.relative_to(ROOT) for room in ROOMS for file in (ROOT / room).rglob("*.py")
)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40

DOORS = {
    "altair": "cli/report/charts.py",
    "click": "cli/",
    "cryptography": "engine/review/dossier/signature.py",
    "docx": "cli/papers/",
    "docxtpl": "cli/papers/word.py",
    "durable": "engine/network/rete.py",
    "durable_rules_engine": "engine/network/rete.py",
    "jinja2": "cli/rendering.py",
    "narwhals": "engine/",
    "openpyxl": "engine/desk/tables_from_workbooks/marked_workbook.py",
    "polars": "engine/",
    "pyspark": "engine/spark.py",
    "python_calamine": "engine/facts_from_files/workbook.py",
    "rapidfuzz": "engine/desk/tables_from_workbooks/proposals.py",
    "typst": "cli/papers/pdf.py",
    "vl_convert": "cli/report/charts.py",
    "xlsxwriter": "engine/desk/workbook_from_pack/excel.py",
    "yaml": "engine/yaml_source/reading.py",
    "z3": "engine/policy/properties_from_pack/solver.py",
}
"""The one file that may import a third-party package, or the room whose business it is.

One that is not here may not be imported at all.
"""


def imports_of(file: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, wherever in it they stand."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
            case _:
                pass


def module_of(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def tops_of(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(file)}


@pytest.mark.parametrize("file", SOURCES, ids=str)
def test_a_package_is_imported_only_through_its_door(file: Path) -> None:
    outside = tops_of(file) - sys.stdlib_module_names - set(ROOMS)
    assert not {
        package
        for package in outside
        if not file.as_posix().startswith(DOORS.get(package, "no door"))
    }


@pytest.mark.parametrize("file", SOURCES, ids=str)
def test_the_engine_knows_nothing_of_the_command_line(file: Path) -> None:
    assert file.parts[0] != "engine" or not tops_of(file) & {"cli", "click", "jinja2"}


def test_imports_go_down_and_never_in_a_circle() -> None:
    modules = {module_of(file): file for file in SOURCES}
    needs = {
        module: {
            name
            for name in imports_of(file)
            if name in modules and modules[name].stem != "__init__"
        }
        for module, file in modules.items()
    }
    assert set(TopologicalSorter(needs).static_order()) == set(modules)


def test_the_editor_bans_what_the_doors_keep_out() -> None:
    """ruff's list gives the message while one types; this list decides."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    banned = settings["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    single = {package for package, door in DOORS.items() if door.endswith(".py")}
    assert single == {name for name in banned if not name.startswith("datetime")}


@pytest.mark.parametrize("file", SOURCES, ids=str)
def test_a_file_is_read_in_one_sitting(file: Path) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_FILE


@pytest.mark.parametrize("file", SOURCES, ids=str)
def test_a_function_fits_on_a_screen(file: Path) -> None:
    """Decorators are counted out: a command's options are a table, not a function."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert not {
        f"{node.name}: {length} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
