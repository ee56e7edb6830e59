"""Communes are compared with the official list only as far as the list can know."""

from datetime import date
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from engine.desk.findings_from_facts import findings_from_facts, official_list
from engine.names import folded
from tests.support.desk import pack_to_try, read_tables

REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)


def found(
    folder: Path, code: str, name: str, *, level: str = "commune", day: date = REFORM
) -> list[tuple[str, str]]:
    """Return what is said of one locality's code and name."""
    tables = {
        "localities": ["id,name,level", f"{code},{name},{level}"],
        "households": None,
        "people": None,
        "inspections": None,
    }
    pack = pack_to_try()
    findings = findings_from_facts(pack, read_tables(folder / "f", tables), day)
    return [
        (each.code, str(each.places[0]).rpartition("/")[2] if each.places else "")
        for each in findings
        if each.code.startswith(("commune-", "official-"))
    ]


@pytest.mark.parametrize(
    "name",
    ["phường Đoàn Kết", "Phường ĐOÀN KẾT", "Đoàn Kết", "phường  Đoàn Kết", "03388", ""],
)
def test_the_same_name_is_recognised_however_it_is_written(
    tmp_path: Path, name: str
) -> None:
    assert found(tmp_path, "03388", name) == []


@pytest.mark.parametrize(
    "name", ["xã Đoàn Kết", "phường Quyết Tiến", "phường Doan Ket"]
)
def test_another_name_or_kind_is_warned_of(tmp_path: Path, name: str) -> None:
    expected = [("commune-named-otherwise", "localities.csv:2:2")]
    assert found(tmp_path, "03388", name) == expected


def test_a_code_that_nobody_has_is_warned_of(tmp_path: Path) -> None:
    expected = [("commune-unknown", "localities.csv:2:1")]
    assert found(tmp_path, "99999", "xã Nào Đó") == expected


def test_before_the_reform_nothing_is_claimed(tmp_path: Path) -> None:
    """03388 was phường Quyết Tiến up to 30-06-2025 and is phường Đoàn Kết since."""
    assert found(tmp_path, "03388", "phường Quyết Tiến", day=EVE) == []


@pytest.mark.parametrize(
    ("code", "level"), [("03388", "hamlet"), ("3388", "commune"), ("X3388", "commune")]
)
def test_only_communes_with_a_code_of_five_digits_are_compared(
    tmp_path: Path, code: str, level: str
) -> None:
    assert found(tmp_path, code, "Bản Xa", level=level) == []


def test_without_the_list_a_note_says_so_and_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official_list, "find_spec", lambda _name: None)
    assert found(tmp_path, "99999", "xã Nào Đó") == [("official-list-absent", "")]


def test_a_package_without_its_file_reads_as_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = ModuleSpec("vietnam_provinces", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(official_list, "find_spec", lambda _name: empty)
    assert found(tmp_path, "99999", "xã Nào Đó") == [("official-list-absent", "")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("xã THỦY AN", "Xã  Thuỷ An"),
        ("Khoé", "Khóe"),
        ("Bản Hai", "Ba\u0309n Hai"),
    ],
)
def test_where_a_tone_is_written_makes_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Hòa", "Hóa"), ("Hòa", "Hoa"), ("Đông", "Dông"), ("An", "Ân")]
)
def test_another_tone_or_letter_is_another_name(one: str, other: str) -> None:
    assert folded(one) != folded(other)
