"""A folder of rules is listed and searched, whatever else lies in it."""

import re
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest

from engine.errors import QuestionError, RulesError
from engine.library import Library
from tests.support.rules_texts import PACK, RICH_PACK, VOCABULARY

ENGINE = Path(__file__).parents[1] / "engine"
TESTS = Path(__file__).parent
GOOD = PACK % "{none: addicts}"


def library(folder: Path, **files: str) -> Library:
    """Write files, the name's last `__` for a folder, and open the folder."""
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Library(folder)


def named(name: str, text: str = GOOD) -> str:
    return text.replace("pack: t/p", f"pack: {name}")


def test_packs_are_listed_by_id_wherever_they_lie(tmp_path: Path) -> None:
    rules = library(
        tmp_path, z=named("t/a"), t__b=named("t/b"), deep__er__still=named("c")
    )
    assert [pack.id for pack in rules.listing.packs] == ["c", "t/a", "t/b"]
    assert rules.listing.problems == ()


def test_what_is_not_a_pack_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("pack: t/p\n", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    rules = library(
        tmp_path,
        t__p=GOOD,
        settings="theme: dark\n",
        listed="[pack, t/p]\n",
        text="pack\n",
    )
    for name in ("p.tests.yaml", "p.papers.yaml"):
        (tmp_path / "t" / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / "t" / "vocabulary.yaml").write_text(GOOD, encoding="utf-8")
    assert [pack.id for pack in rules.listing.packs] == ["t/p"]
    assert rules.listing.problems == ()


@pytest.mark.parametrize("key", ["pakc", "Pack", "расk"])
def test_a_pack_that_misspells_its_first_key_is_told_of(
    tmp_path: Path, key: str
) -> None:
    rules = library(tmp_path, t__p=GOOD, t__q=named("t/q").replace("pack:", f"{key}:"))
    assert [pack.id for pack in rules.listing.packs] == ["t/p"]
    told = [(Path(one.place.file).name, one.code) for one in rules.listing.problems]
    assert told == [("q.yaml", "rules-missing-key"), ("q.yaml", "rules-unknown-key")]
    with pytest.raises(RulesError, match="'pack' is missing here"):
        rules.find("t/q")


def test_letters_of_another_alphabet_are_told_apart(tmp_path: Path) -> None:
    rules = library(tmp_path, t__p=GOOD.replace("pack:", "расk:"))
    cures = [str(one) for one in rules.listing.problems]
    assert "type 'pack' anew: some of these letters are Cyrillic" in cures[1]


@pytest.mark.parametrize("beside", [".tests.yaml", ".papers.yaml"])
def test_what_has_cases_or_papers_beside_it_is_meant_to_be_a_pack(
    tmp_path: Path, beside: str
) -> None:
    rules = library(tmp_path, t__p=GOOD, t__q="- pack: t/q\n")
    (tmp_path / "t" / f"q{beside}").write_text("", encoding="utf-8")
    told = [(Path(one.place.file).name, one.code) for one in rules.listing.problems]
    assert told == [("q.yaml", "rules-wrong-kind")]


@pytest.mark.parametrize("name", ["t/q.yml", "t/q.YAML", "t/p.tests.yml"])
def test_rules_that_another_ending_hides_are_told_of(tmp_path: Path, name: str) -> None:
    rules = library(tmp_path, t__p=GOOD)
    (tmp_path / name).write_text(named("t/q"), encoding="utf-8")
    (tmp_path / "foreign.yml").write_text("on: push\n", encoding="utf-8")
    told = [(one.place.file, one.code) for one in rules.listing.problems]
    assert told == [(str(tmp_path / name), "rules-wrong-ending")]


def test_one_broken_pack_does_not_hide_the_others(tmp_path: Path) -> None:
    rules = library(
        tmp_path,
        good=GOOD,
        bad=named("t/bad", PACK % "{none: adicts}"),
        worse="pack: [",
    )
    assert [pack.id for pack in rules.listing.packs] == ["t/p"]
    told = [(Path(one.place.file).name, one.code) for one in rules.listing.problems]
    assert told == [("bad.yaml", "pack-unknown-count"), ("worse.yaml", "yaml-syntax")]
    assert rules.find("t/p").id == "t/p"
    with pytest.raises(RulesError, match="adicts"):
        rules.find("t/bad")


def test_a_pack_is_found_by_its_path_and_by_what_it_declares(tmp_path: Path) -> None:
    rules = library(tmp_path, t__p=GOOD, elsewhere=named("t/q"), t__r=named("t/s"))
    for name, file in [("t/p", "t/p"), ("t/q", "elsewhere"), ("t/s", "t/r")]:
        assert rules.find(name).place.file == str(tmp_path / f"{file}.yaml")


def test_the_pack_asked_for_is_told_though_it_is_no_yaml(tmp_path: Path) -> None:
    rules = library(tmp_path, t__p="pack: t/p\nlevels: [\n")
    with pytest.raises(RulesError, match="yaml-syntax"):
        rules.find("t/p")


def test_an_unknown_pack_is_told_with_the_known_ones(tmp_path: Path) -> None:
    rules = library(
        tmp_path, one=named("lai-chau/city-2024"), two=named("t/bad", "pack: t/bad")
    )
    with pytest.raises(QuestionError) as caught:
        rules.find("lai-chau/city-2025")
    assert str(caught.value) == (
        f"{tmp_path}: error[unknown-pack]: there is no pack 'lai-chau/city-2025' in this"
        " folder; did you mean 'lai-chau/city-2024'?"
    )
    with pytest.raises(QuestionError, match="write one of: lai-chau/city-2024, t/bad"):
        rules.find("quảng-ninh")


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "t/../secret", "", "x" * 5_000, "a\0b", "."]
)
def test_an_id_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.yaml").write_text(named("secret"), encoding="utf-8")
    inside = tmp_path / "rules"
    inside.mkdir()
    with pytest.raises(QuestionError, match="unknown-pack"):
        library(inside, t__p=GOOD).find(name)


def test_two_files_with_one_id_are_told(tmp_path: Path) -> None:
    rules = library(tmp_path, one=GOOD, two=GOOD)
    told = [(str(one.place), one.code) for one in rules.listing.problems]
    assert told == [(f"{tmp_path}/two.yaml:1:7", "pack-id-twice")]
    with pytest.raises(RulesError, match=r"already belongs to the pack in .*one\.yaml"):
        rules.find("t/p")


def test_packs_in_force_are_those_of_the_day_and_the_levels(tmp_path: Path) -> None:
    rules = library(tmp_path, always=named("t/always"), rich=RICH_PACK)
    asked = [
        (date(2023, 12, 31), ["hamlet"], ["t/always"]),
        (date(2024, 1, 1), ["hamlet"], ["t/always", "t/rich"]),
        (date(2025, 11, 30), ["commune", "province"], ["t/always", "t/rich"]),
        (date(2025, 12, 1), ["commune"], ["t/always"]),
        (date(2024, 1, 1), ["province"], []),
        (date(2024, 1, 1), [], []),
    ]
    for day, levels, ids in asked:
        assert [pack.id for pack in rules.in_force(day, levels)] == ids


def test_a_library_without_a_vocabulary_says_how_to_get_one(tmp_path: Path) -> None:
    for ask in (
        lambda: Library(tmp_path / "nowhere").vocabulary,
        lambda: Library(tmp_path).listing,
    ):
        with pytest.raises(RulesError) as caught:
            ask()
        (problem,) = caught.value.diagnostics
        assert problem.code == "vocabulary-missing"
        assert problem.place.file.endswith("vocabulary.yaml")


def test_a_broken_vocabulary_is_told_with_the_yaml_of_the_pack(tmp_path: Path) -> None:
    rules = library(tmp_path, t__p="pack: t/p\npack: t/q\n")
    (tmp_path / "vocabulary.yaml").write_text("vocabulary: 2\n", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        rules.find("t/p")
    assert [one.code for one in caught.value.diagnostics] == [
        "yaml-duplicate-key",
        "vocabulary-version",
    ]


def test_a_pack_elsewhere_uses_the_nearest_vocabulary(tmp_path: Path) -> None:
    own, rules = tmp_path / "own", tmp_path / "rules"
    rules.mkdir()
    shared = library(rules)
    far = own / "a" / "b" / "c"
    (far / "d").mkdir(parents=True)
    library(own)
    (own / "vocabulary.yaml").write_text(
        VOCABULARY + "levels: {hamlet: của riêng}\n", encoding="utf-8"
    )
    for folder, said in [(own, True), (far, True), (far / "d", False)]:
        path = folder / "pack.yaml"
        path.write_text(GOOD, encoding="utf-8")
        assert ("hamlet" in shared.pack_at(path).vocabulary.levels) is said


def test_a_pack_is_read_from_a_path_as_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = library(tmp_path, t__p=GOOD)
    monkeypatch.chdir(tmp_path / "t")
    read = rules.pack_at(Path("p.yaml"))
    assert read.place.file == "p.yaml"
    assert read.vocabulary is rules.vocabulary
    assert read.sha256 == rules.find("t/p").sha256


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    rules = library(tmp_path)
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(RulesError, match=r"error\[rules-no-file\]"):
            rules.pack_at(path)


def test_a_file_that_cannot_be_read_is_told_and_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = library(tmp_path, good=GOOD, secret=named("t/secret"))
    secret, path_open = tmp_path / "secret.yaml", Path.open

    def refuse(path: Path, mode: str) -> IO[Any]:
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return path_open(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RulesError, match=r"\[rules-unreadable\].*Permission denied"):
        rules.pack_at(secret)
    assert [pack.id for pack in rules.listing.packs] == ["t/p"]
    assert [one.code for one in rules.listing.problems] == ["rules-unreadable"]
    assert rules.find("t/p").id == "t/p"


def test_a_pack_over_the_limit_of_size_is_not_read_whole(tmp_path: Path) -> None:
    rules = library(tmp_path, huge=GOOD + "#" * 2**20)
    with pytest.raises(RulesError, match="yaml-too-large"):
        rules.pack_at(tmp_path / "huge.yaml")


def test_every_error_code_of_the_rules_has_a_bad_example() -> None:
    files = [
        *ENGINE.glob("rules_from_yaml/*.py"),
        *ENGINE.glob("yaml_source/*.py"),
        ENGINE / "library.py",
    ]
    known = {
        code
        for file in files
        for code in re.findall(
            r'\(\s*"((?:yaml|rules|vocabulary|pack|unknown)-[a-z0-9-]+)",\n',
            file.read_text(encoding="utf-8"),
        )
    }
    bad = [*(TESTS / "golden" / "bad_rules").glob("*.txt"), *TESTS.glob("test_*.py")]
    shown = "\n".join(file.read_text(encoding="utf-8") for file in bad)
    assert len(known) > 50
    assert {code for code in known if code not in shown} == set()
