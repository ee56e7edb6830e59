"""Everything a person sees exists in Vietnamese and in English."""

import gettext
import os
import re
from pathlib import Path

import pytest

from cli import complaint
from cli.language import speaking, spoken, wanted
from engine.errors import Diagnostic
from engine.source import Place
from tests.support.commands import FACTS, IN_FORCE, RULES, run

VIETNAMESE = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]"
)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8", "LANGUAGE": "vi:fr"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": ""}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "DIABAN_LANG": "en"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "DIABAN_LANG": "vi"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "DIABAN_LANG": "klingon"}, "vi"),
        (["assess", "--lang", "vi"], {"DIABAN_LANG": "en"}, "vi"),
        (["assess", "--lang=en"], {"DIABAN_LANG": "vi"}, "en"),
        (["--lang", "vi", "assess", "--lang", "en"], {}, "en"),
        (["assess", "--", "--lang", "vi"], {}, "en"),
        (["assess", "--lang"], {}, "en"),
    ],
)
def test_the_option_outranks_the_variable_and_that_the_locale(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert wanted(arguments, environment) == language


@pytest.mark.parametrize("command", ["", "assess", "explain", "packs"])
def test_help_is_said_in_both_languages(command: str) -> None:
    asked = (command, "--help") if command else ("--help",)
    english, vietnamese = run(*asked), run(*asked, "--lang", "vi")
    assert english.code == vietnamese.code == 0
    assert "Usage:" in english.out
    assert "Cách dùng:" in vietnamese.out
    said = VIETNAMESE.findall(english.out.replace("Lai Châu", ""))
    assert not said, "Vietnamese within the English help"
    kept = {"Options", "Usage", "Commands", "Example", "by default", "Show this"}
    assert not [word for word in kept if word in vietnamese.out]


@pytest.mark.parametrize("command", ["assess", "explain", "packs"])
def test_help_of_each_command_has_a_worked_example(command: str) -> None:
    assert f"  diaban {command}" in run(command, "--help").out


def test_diaban_alone_prints_its_help() -> None:
    alone, asked = run(), run("--help")
    assert (alone.code, alone.out, alone.err) == (0, asked.out, "")


def test_the_version_is_said() -> None:
    assert re.fullmatch(r"diaban \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    ("asked", "english", "vietnamese"),
    [
        (("judge",), "No such command", "Không có lệnh"),
        (("asess",), "Did you mean", "Có phải"),
        (("assess", FACTS, "--colour"), "No such option", "Không có tùy chọn"),
        (("assess",), "Missing argument", "Thiếu tham số"),
        (("assess", "nowhere"), "does not exist", "không tồn tại"),
        (("assess", FACTS, "--format", "xml"), "is not one of", "không thuộc"),
        (("assess", FACTS, "--as-of", "today"), "not a day", "không phải là một ngày"),
        (("assess", FACTS, "more"), "unexpected extra", "thừa"),
        (("packs", "--rules"), "requires an argument", "cần một giá trị"),
    ],
)
def test_wrong_usage_is_told_in_both_languages(
    asked: tuple[object, ...], english: str, vietnamese: str
) -> None:
    assert english in run(*asked).err
    assert vietnamese in run(*asked, DIABAN_LANG="vi").err


@pytest.mark.parametrize(
    ("asked", "vietnamese"),
    [
        (("explain", "nowhere"), ": 'nowhere' không tồn tại."),
        (
            ("memo", FACTS, "--templates", "pyproject.toml"),
            "là tệp, không phải thư mục",
        ),
        (("packs", "--rules", "nowhere"), "'--rules': 'nowhere' không tồn tại."),
        (
            ("dossier", "verify", "pyproject.toml", "--key", "tests"),
            "là thư mục, không phải tệp",
        ),
    ],
)
def test_a_path_that_will_not_do_is_told_without_english(
    asked: tuple[object, ...], vietnamese: str
) -> None:
    told = run(*asked, DIABAN_LANG="vi").err
    assert vietnamese in told
    assert not re.search("Path|File|Thư Mục|Đường Dẫn", told)


def test_a_complaint_about_the_language_names_where_it_was_asked_for() -> None:
    assert "for 'DIABAN_LANG': 'fr'" in run("packs", DIABAN_LANG="fr").err
    assert "for '--lang': 'fr'" in run("packs", "--lang", "fr", DIABAN_LANG="en").err


def test_a_reason_of_the_system_is_told_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / ("a" * 300)
    asked = ("assess", FACTS, "--rules", RULES, *IN_FORCE, "-o", file)
    assert "tên tệp quá dài" in run(*asked, "--lang", "vi").err
    what = "this file cannot be read: {reason}"
    values = {"reason": "Permission denied"}
    problem = Diagnostic(
        "rules-unreadable", Place("x"), what, "make it readable", values
    )
    with speaking("vi"):
        assert "tệp này: không có quyền truy cập" in complaint.told(problem)


def test_problems_are_told_in_both_languages() -> None:
    asked = ("assess", FACTS, "--rules", RULES, "--as-of", "2030-01-01")
    english, vietnamese = run(*asked), run(*asked, "--lang", "vi")
    assert "error[no-pack]: no pack is in force on 2030-01-01" in english.err
    assert "lỗi[no-pack]: ngày 2030-01-01 không có bộ tiêu chí nào" in vietnamese.err


def test_the_answer_is_said_in_both_languages() -> None:
    asked = ("assess", FACTS, "--rules", RULES, *IN_FORCE)
    english, vietnamese = run(*asked), run(*asked, "--lang", "vi")
    assert "1 short: households that have signed (95 of 96)" in english.out
    assert "thiếu 1 hộ: hộ đã ký cam kết (95 trên 96)" in vietnamese.out
    assert "Chưa đủ căn cứ" in vietnamese.out
    assert not VIETNAMESE.search(re.sub(r"Thôn \w+|Xã Thử|of Thử", "", english.out))


def test_json_is_the_same_in_every_language() -> None:
    asked = ("assess", FACTS, "--rules", RULES, *IN_FORCE, "--format", "json")
    assert run(*asked).out == run(*asked, "--lang", "vi").out


def test_speaking_leaves_no_trace_in_the_process() -> None:
    before = gettext.textdomain(), os.environ.get("LANGUAGE")
    run("--help", DIABAN_LANG="vi")
    assert (gettext.textdomain(), os.environ.get("LANGUAGE")) == before
    assert spoken() == "en"
