"""A report adds up, tells no more than the memos do, and needs nothing but itself."""

import re
import sys
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cli.language import LANGUAGES
from cli.memo.memo_view import CheckPart, CriterionPart
from cli.report.charts import Bar, Part, shares
from cli.report.proofs import Proofs
from cli.report.report_from_judged import LOOKED_UP
from cli.report.view import Grid, Report
from engine.assess import judge_localities
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from tests.support.bundled import EXAMPLE, LAI_CHAU, pack_of
from tests.support.commands import FACTS, IN_FORCE, RULES, Said, facts_with, run
from tests.support.engine_runner import read_facts, read_pack
from tests.support.memos import REVIEW, memos_of, review
from tests.support.reports import example, page_of, proofs_of, report_of

HOSTILE = "</script><script>alert(1)</script> {{7*7}} <b>&amp; \u2028 Ba\u0309n"


def report(*others: object, facts: Path = FACTS) -> Said:
    return run("report", facts, "--rules", RULES, *IN_FORCE, *others)


class Seen(HTMLParser):
    """Collects the elements of a page, what they link to, and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


# --- the numbers -------------------------------------------------------------------


def adds_up(grid: Grid) -> bool:
    rows = [[int(cell.replace(".", "")) for cell in line.cells] for line in grid.lines]
    return all(sum(row[:-1]) == row[-1] for row in rows)


def test_every_row_of_the_tables_adds_up() -> None:
    shown = example("vi")
    grids = [shown.summary, shown.failing, shown.unknown]
    grids += [part.grid for part in shown.outcomes]
    assert all(map(adds_up, grids))
    totals = [line.cells[-1] for line in shown.summary.lines]
    assert totals == ["72", "7", "1"]
    for part, total in zip(shown.outcomes, totals, strict=True):
        assert {line.cells[-1] for line in part.grid.lines} == {total}


def test_the_map_agrees_with_the_totals() -> None:
    shown = example("en")
    hamlets = [each for each in shown.localities if each.level == "hamlet"]
    assert [each.verdict for each in hamlets].count("eligible") == 17
    (c6,) = (line for line in shown.failing.lines if line.id == "C6")
    at = [id_ for id_, _ in shown.criteria].index("C6")
    failing = [each for each in hamlets if each.outcomes[at] == "not_met"]
    assert c6.cells[0] == str(len(failing)) == "17"


def test_what_fails_most_and_what_is_unknown_most_stand_first() -> None:
    for grid in (example("en").failing, example("en").unknown):
        totals = [int(line.cells[-1]) for line in grid.lines if not line.is_part]
        assert totals == sorted(totals, reverse=True)
        assert min(totals) > 0


def test_a_check_stands_under_its_criterion() -> None:
    for grid in (example("en").failing, example("en").closings):
        criterion = ""
        for line in grid.lines:
            criterion = criterion if line.is_part else line.id
            assert line.id.startswith(criterion)


def test_the_shortfalls_of_the_example_are_ranked_by_what_they_would_change() -> None:
    lines = example("en").closings.lines
    told = [(e.id, e.cells[0], e.cells[-1]) for e in lines if not e.is_part]
    assert told[:3] == [("C6", "24", "10"), ("C7", "9", "6"), ("C3", "15", "5")]


def test_a_chart_says_in_words_what_it_draws() -> None:
    assert example("en").summary_figure.told.startswith(
        "hamlet: Eligible 17, Not eligible 41, Undetermined 14; commune: "
    )


@pytest.mark.parametrize("numbers", [[50, 1, 0, 3], [0, 0, 0, 0], [1, 1, 1, 1]])
def test_parts_too_small_for_a_number_are_still_drawn(numbers: list[int]) -> None:
    kinds = ("met", "not_met", "unknown", "not_applicable")
    parts = [Part(kind, n, str(n)) for kind, n in zip(kinds, numbers, strict=True)]
    svg = shares([Bar("C1", parts)], width=300, names=40)
    for kind, number in zip(kinds, numbers, strict=True):
        assert (f'fill="var(--{kind})"' in svg) == (number > 0)


def test_bars_of_one_name_are_two_bars() -> None:
    bar = Bar("C1", [Part("met", 1, "1")])
    svg = shares([bar, bar], width=300, names=40)
    assert svg.count(">C1</text>") == 2
    assert svg.count('fill="var(--met)"') == 2


# --- proofs ------------------------------------------------------------------------


@pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
def test_a_proof_says_what_the_memo_says(public: bool) -> None:
    """So a public page is masked as a public memo is, which is proved elsewhere."""
    first = replace(review(), frame=review().frame.head(16))
    memos = memos_of(first, "vi", public=public)
    proofs = proofs_of(report_of(first, "vi", public=public))
    for memo, said in zip(memos, proofs, strict=True):
        expected = [text for each in memo.criteria for text in sentences(each)]
        others = (memo.possible, memo.conflicts, memo.settling, memo.derivation)
        assert said == expected + [text for each in others for text in each]


def sentences(part: CriterionPart | CheckPart) -> list[str]:
    match part:
        case CriterionPart():
            told = [text for each in part.checks for text in sentences(each)]
            return [part.outcome, part.why, part.remedy, *told]
        case CheckPart():
            numbers = [part.share, *part.counts, *part.missing]
            return [part.id, part.outcome, part.demand, part.why, *numbers]


def test_missing_facts_are_looked_up_only_where_they_are_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = "cli.report.report_from_judged"
    monkeypatch.setattr(f"{module}.LOOKED_UP", LOOKED_UP)
    lack = "households.csv"
    assert lack in example("en").proofs
    monkeypatch.setattr(f"{module}.LOOKED_UP", 1)
    few = report_of(review(), "en")
    assert lack not in few.proofs
    assert "for 1 at most" in few.proofs_note


# --- the public copy ---------------------------------------------------------------


def test_only_the_internal_copy_bears_the_mark() -> None:
    assert example("vi").head.mark == "LƯU HÀNH NỘI BỘ"
    assert "LƯU HÀNH NỘI BỘ" not in page_of(example("vi", public=True))


def test_a_public_copy_names_no_file_and_no_evidence() -> None:
    page = page_of(example("vi", public=True))
    assert ".csv" not in page
    evidence = pack_of(LAI_CHAU).vocabulary.evidence.values()
    assert not any(each.vi in page for each in evidence)


def test_a_public_copy_does_not_change_with_a_small_personal_number(
    tmp_path: Path,
) -> None:
    """Two users or three on the list of a hamlet: the page is the same to the letter."""
    pages = [public_with(tmp_path / str(users), users) for users in (2, 3)]
    assert pages[0] == pages[1]
    assert public_with(tmp_path / "six", 6) != pages[0]


def public_with(folder: Path, users: int) -> str:
    copytree(EXAMPLE, folder)
    people = folder / "people.csv"
    head, *rows = people.read_text(encoding="utf-8").splitlines()
    rows += ["03403-01,user,present,opened" + "," * (head.count(",") - 3)] * users
    people.write_text("\n".join([head, *rows]), encoding="utf-8")
    pack = pack_of(LAI_CHAU)
    facts = facts_from_files(folder, pack.vocabulary)
    judged = judge_localities(pack, replace(facts, sha256="same"), REVIEW)
    return page_of(report_of(judged, "en", public=True))


# --- targets -----------------------------------------------------------------------


def goals(personal: bool) -> Judged:
    vocabulary: dict[str, Any] = {
        "vocabulary": 1,
        "registers": {
            "localities": {"fields": {"goal": "count"}},
            "people": {"personal": personal, "fields": {"present": "yes_no"}},
        },
        "counts": {"helped": {"in": "people"}},
    }
    pack: dict[str, Any] = {
        "pack": "demo/goals",
        "levels": ["hamlet"],
        "criteria": [{"id": "G", "requires": {"at_least": "goal", "of": "helped"}}],
    }
    facts: dict[str, Any] = {
        "localities": [{"id": "X1", "name": "Thôn Một", "level": "hamlet", "goal": 8}],
        "people": [{"locality": "X1", "n": 7}],
    }
    known = read_pack(vocabulary, pack)
    return judge_localities(known, read_facts(known, vocabulary, facts), REVIEW)


@pytest.mark.parametrize("personal", [False, True])
@pytest.mark.parametrize("public", [False, True])
def test_a_target_is_told_unless_it_would_give_a_person_away(
    personal: bool, public: bool
) -> None:
    (part,) = report_of(goals(personal), "en", public=public).targets
    (line,) = part.lines
    hidden = personal and public
    assert (line.number, line.outcome) == ("8", "not_met")
    assert (line.value, line.share) == (
        ("not in the public copy", "") if hidden else ("7", "87.5%")
    )


def test_without_targets_there_is_no_such_section() -> None:
    assert example("en").targets == ()
    assert 'id="targets"' not in page_of(example("en"))
    assert 'id="targets"' in page_of(report_of(goals(personal=False), "en"))


# --- the page ----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fetches_nothing_and_lets_nothing_in(language: str) -> None:
    page = page_of(example(language))
    seen = Seen(page)
    assert not {"img", "link", "iframe", "object", "embed", "base"} & {*seen.elements}
    names = {name for name, _ in seen.attributes}
    assert not names & {"src", "style", "action", "srcset"}
    assert not {name for name in names if name.startswith("on")}
    links = {value for name, value in seen.attributes if name == "href"}
    assert all(each.startswith("#") for each in links)
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}


def hostile(part: Any) -> Any:
    """Put hostile words in place of every text, but of what a program wrote."""
    kept = ("language", "svg", "proofs", "outcome", "kind", "verdict", "level")
    match part:
        case str():
            return part and HOSTILE
        case tuple():
            return tuple(map(hostile, part))
        case _ if is_dataclass(part) and not isinstance(part, type):
            texts = [each.name for each in fields(part) if each.name not in kept]
            return replace(part, **{e: hostile(getattr(part, e)) for e in texts})
        case _:
            return part


def test_hostile_words_change_no_element_of_the_page() -> None:
    shown = example("vi")
    localities = tuple(
        replace(each, id=HOSTILE, name=HOSTILE) for each in shown.localities
    )
    spoilt: Report = replace(
        shown,
        head=hostile(shown.head),
        summary=hostile(shown.summary),
        closings=hostile(shown.closings),
        levels=hostile(shown.levels),
        localities=localities,
    )
    page = page_of(spoilt)
    assert Seen(page).elements == Seen(page_of(shown)).elements


def test_hostile_words_cannot_end_the_element_of_the_proofs() -> None:
    proofs = Proofs()
    proofs.add(replace(memos_of(review(), "vi")[0], derivation=(HOSTILE,)))
    text = proofs.json({"shown": HOSTILE})
    assert not re.search("[<>&\u2028\u2029]", text)
    assert "{{7*7}}" in text


def test_a_chart_takes_a_hostile_name_as_text() -> None:
    svg = shares([Bar("<script>x", [Part("met", 1, "1")])], width=300, names=40)
    assert "<script" not in svg
    assert "&lt;script>x" in svg or "&lt;script&gt;x" in svg


# --- the command -------------------------------------------------------------------


def test_the_report_is_written_and_the_command_ends_well(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    said = report("-o", file)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert "Thôn Hai" in file.read_text(encoding="utf-8")


def test_the_same_question_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        report("-o", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("package", ["altair", "vl_convert"])
def test_a_missing_extra_is_named_with_its_cure(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("charts", "figures", "report_from_judged"):
        monkeypatch.delitem(sys.modules, f"cli.report.{module}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    said = report("-o", tmp_path / "report.html")
    assert said.code == 2
    assert "pip install 'diaban[report]'" in said.err
    assert not list(tmp_path.iterdir())


def test_without_a_judged_locality_there_is_nothing_to_report(tmp_path: Path) -> None:
    facts = facts_with(
        tmp_path / "facts",
        localities="id,name,level\nX,Y,ward\n",
        households="locality\n",
    )
    said = report("-o", tmp_path / "report.html", "--pack", "demo/plan", facts=facts)
    assert said.code == 2
    assert "No locality is of a level that these rules judge." in said.err


def test_a_table_of_the_facts_is_never_written_over(tmp_path: Path) -> None:
    facts = facts_with(tmp_path / "facts")
    before = (facts / "localities.csv").read_bytes()
    assert report("-o", facts / "localities.csv", facts=facts).code == 2
    assert (facts / "localities.csv").read_bytes() == before
