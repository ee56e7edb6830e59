"""`diaban rules test`: cases beside a pack pass, fail or are wrong, and it says which."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.commands import Said, rules_with, run

HEAD = """\
cases_of: demo/plan
as_of: 2024-06-30
locality: {level: hamlet, households: 4, households_signed: 4, plots: 0, board: yes}
cases:
"""


def ran(folder: Path, cases: str, *options: object, head: str = HEAD) -> Said:
    """Run cases beside the small plan."""
    rules = rules_with(folder / "rules")
    (rules / "demo" / "plan.tests.yaml").write_text(head + cases, encoding="utf-8")
    return run("rules", "test", "demo/plan", "--rules", rules, *options)


def case(expect: str, more: str = "") -> str:
    return f"  - case: of a hamlet\n{more}    expect: {{{expect}}}\n"


def test_a_case_that_comes_out_passes(tmp_path: Path) -> None:
    said = ran(tmp_path, case("verdict: eligible, criteria: {C1: met}"))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("demo/plan: 1 case, all passed\n")


@pytest.mark.parametrize(
    ("expect", "told", "behind"),
    [
        (
            "verdict: not_eligible",
            "verdict: expected not_eligible, got undetermined",
            "C2 unknown",
        ),
        (
            "possible: [eligible]",
            "possible verdicts: expected eligible; got eligible, not_eligible",
            "C2 unknown",
        ),
        ("criteria: {C1: not_met}", "C1: expected not_met, got met", "C1a true"),
        (
            "checks: {C1a: false}",
            "C1a: expected false, got true",
            "households 4; households_signed 4; exceptions 0",
        ),
        (
            "short: {C2a: 1}",
            "C2a: units that are short: expected 1, got not known",
            "plots 0 or more",
        ),
        (
            "missing: {C2a: [addicts]}",
            "C2a: missing: expected addicts; got plots",
            "plots 0 or more",
        ),
        (
            "missing: {C1a: [households]}",
            "C1a: missing: expected households; got –",
            "households 4",
        ),
        (
            "vacuous: {C1a: yes}",
            "C1a: nobody is concerned: expected yes, got no",
            "households 4",
        ),
    ],
)
def test_a_case_that_fails_says_what_came_instead_where_and_why(
    tmp_path: Path, expect: str, told: str, behind: str
) -> None:
    said = ran(tmp_path, case(expect, "    locality: {plots: ~}\n"))
    assert said.code == 1
    assert "demo/plan: 1 case, 1 failed\n\n  ✗ of a hamlet\n" in said.out
    assert f"{tmp_path}/rules/demo/plan.tests.yaml:5:5\n" in said.out
    flat = " ".join(said.out.split())
    assert f"- {told} " in flat
    assert "plan.tests.yaml:7:" in flat
    assert behind in flat


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ("  - case: none\n", ":5:5: error[case-expects-nothing]"),
        (case(""), ":6:13: error[case-expects-nothing]"),
        (case("checks: {}"), ":6:22: error[case-expects-nothing]"),
        (
            "  - {case: one, variants: [{variant: two}]}\n",
            ":5:28: error[case-expects-nothing]",
        ),
        (
            case("verdict: eligible", "    as_off: 2024-01-01\n"),
            (
                ":6:5: error[rules-unknown-key]: the key 'as_off' has no meaning here; did "
                "you mean 'as_of'?"
            ),
        ),
        (
            case("criteria: {CC1: met}"),
            (
                ":6:25: error[case-unknown-criterion]: the pack has no criterion 'CC1'; did "
                "you mean 'C1'?"
            ),
        ),
        (
            case("checks: {C1: yes}"),
            (
                ":6:23: error[case-unknown-check]: the pack has no check 'C1'; did you mean "
                "'C1a'?"
            ),
        ),
        (
            case("verdict: eligble"),
            (
                ":6:23: error[case-unknown-word]: 'eligble' is nothing that the answer could "
                "say here; did you mean 'eligible'?"
            ),
        ),
        (
            case("criteria: {C1: mett}"),
            (
                ":6:29: error[case-unknown-word]: 'mett' is nothing that the answer could say here; "
                "did you mean 'met'?"
            ),
        ),
        (
            case("missing: {C2a: [plot]}"),
            (
                ":6:30: error[case-unknown-word]: 'plot' is nothing that the answer could "
                "say here; did you mean 'plots'?"
            ),
        ),
        (case("short: {C1a: -1}"), ":6:27: error[rules-wrong-kind]"),
        (case("vacuous: {C1a: maybe}"), ":6:29: error[rules-wrong-kind]"),
        (
            case("verdict: eligible") * 2,
            ":7:5: error[case-twice]: a case with these words already stands at",
        ),
        (
            case("verdict: eligible", "    as_of: 2023-12-31\n"),
            (
                ":6:12: error[case-outside-force]: demo/plan is in force 2024-01-01 – "
                "2024-12-31, and this case is about 2023-12-31"
            ),
        ),
        (
            case("verdict: eligible", "    parts: [{}]\n"),
            ":6:12: error[case-parts-of-nothing]",
        ),
        (
            case("verdict: eligible", "    at: there\n"),
            (
                ":6:9: error[case-unknown-locality]: the facts of this case have no locality "
                "'there'; did you mean 'here'?"
            ),
        ),
        (
            case("verdict: eligible", "    locality: {level: ward}\n"),
            (
                ":5:5: error[case-not-judged]: the pack judges no locality of the level "
                "'ward'"
            ),
        ),
        (
            case("verdict: eligible", "    locality: {plotz: 1}\n"),
            ":6:16: error[facts-unknown-column]",
        ),
        (
            case("verdict: eligible", "    locality: {plots: -1}\n"),
            ":6:23: error[facts-not-a-count]: plots: '-1' is not a whole number",
        ),
        (
            case("verdict: eligible", "    tables: {peple: []}\n"),
            (
                ":6:14: error[facts-unknown-table]: 'peple' is no table of the vocabulary; "
                "did you mean 'people'?"
            ),
        ),
        (
            case("verdict: eligible", "    facts: {people: []}\n"),
            ":6:12: error[facts-no-localities]",
        ),
        (
            case(
                "verdict: eligible", "    facts: {localities: []}\n    locality: {}\n"
            ),
            ":7:5: error[case-facts-twice]: 'locality' stands beside 'facts'",
        ),
        (
            case("verdict: eligible", "    facts: {localities: []}\n"),
            ":6:12: error[facts-no-localities]: the table 'localities' has no rows",
        ),
    ],
)
def test_a_case_that_is_wrong_is_told_with_its_place_and_a_cure(
    tmp_path: Path, cases: str, told: str
) -> None:
    said = ran(tmp_path, cases)
    assert (said.code, said.out) == (3, "")
    assert f"plan.tests.yaml{told}" in said.err


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    cases = case("verdict: eligble") + "  - {case: two, locality: {plots: x}}\n"
    said = ran(tmp_path, cases)
    codes = ("case-unknown-word", "facts-not-a-count", "case-expects-nothing")
    assert said.code == 3
    assert all(f"error[{code}]" in said.err for code in codes)


def test_a_case_without_a_day_or_of_another_pack_is_wrong(tmp_path: Path) -> None:
    head = "cases_of: demo/other\nlocality: {level: hamlet}\ncases:\n"
    said = ran(tmp_path, case("verdict: eligible"), head=head)
    assert said.code == 3
    assert ":1:11: error[case-of-other-pack]" in said.err
    assert ":4:5: error[case-without-day]" in said.err


def test_a_day_that_is_in_no_calendar_is_not_also_said_to_be_missing(
    tmp_path: Path,
) -> None:
    said = ran(tmp_path, case("verdict: eligible", "    as_of: 2024-02-30\n"))
    assert ":6:12: error[yaml-impossible-date]" in said.err
    head = HEAD.replace("as_of: ", "as_of: x")
    said = ran(tmp_path / "again", case("verdict: eligible"), head=head)
    assert "error[rules-wrong-kind]: a date was expected here" in said.err
    assert "case-without-day" not in said.err


def test_a_value_of_a_personal_register_is_never_shown(tmp_path: Path) -> None:
    people = "    tables: {people: [{standing: secret-word}]}\n"
    said = ran(tmp_path, case("verdict: eligible", people))
    assert said.code == 3
    assert "facts-not-a-choice" in said.err
    assert "secret-word" not in said.err


def test_each_variant_is_a_case_of_its_own(tmp_path: Path) -> None:
    variants = """\
  - case: pledges
    expect: {checks: {C1a: true}, criteria: {C3: met}}
    variants:
      - {variant: all, locality: {}}
      - {variant: one fewer, locality: {households_signed: 3}, expect: {checks: {C1a: no}}}
      - {variant: one more, locality: {households_signed: 5}, expect: {checks: {C1a: no}}}
"""
    said = ran(tmp_path, variants)
    assert said.code == 1
    assert "demo/plan: 3 cases, 1 failed" in said.out
    assert "✗ pledges: one more" in said.out
    assert "C1a: expected false, got unknown" in said.out


def test_cases_whose_numbers_add_up_to_too_much_are_judged_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = "verdict: eligible, criteria: {C1: met}"
    more = "    locality: {households: 5, households_signed: 5}\n"
    cases = case(met) + case(met, more).replace("of a hamlet", "of a larger one")
    monkeypatch.setattr("engine.reckoning.LARGEST_SUM", 6)
    said = ran(tmp_path / "together", cases)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("demo/plan: 2 cases, all passed\n")
    monkeypatch.setattr("engine.reckoning.LARGEST_SUM", 5)
    said = ran(tmp_path / "alone", cases)
    assert said.code == 3
    assert said.err.count("error[facts-beyond-reckoning]") == 1


def test_rows_of_registers_are_about_the_locality_unless_they_name_another(
    tmp_path: Path,
) -> None:
    rows = """\
    locality: {id: a, households: ~, households_signed: ~}
    tables:
      localities: [{id: b, level: hamlet}]
      households: [{n: 2, signed: yes}, {locality: b, signed: no}]
"""
    said = ran(tmp_path, case("criteria: {C1: met}", rows))
    assert said.code == 0
    said = ran(tmp_path / "b", case("criteria: {C1: not_met}", rows + "    at: b\n"))
    assert said.code == 0


def test_a_whole_is_asked_about_above_its_parts(tmp_path: Path) -> None:
    above = "    whole: {level: commune}\n    parts: [{}, {households_signed: 1}]\n"
    expect = "verdict: not_eligible, short: {C1a: 3}, criteria: {C3: not_applicable}"
    assert ran(tmp_path, case(expect, above)).code == 0


def test_facts_can_be_written_out_in_full(tmp_path: Path) -> None:
    facts = """\
    at: b
    facts:
      localities: [{id: a, level: hamlet}, {id: b, level: hamlet, plots: 1}]
"""
    assert ran(tmp_path, case("checks: {C2a: no, C1a: unknown}", facts)).code == 0


COVERAGE = """\
demo/plan: 3 cases, all passed
  truths of checks: 4 of 9 (44%)
    no case expects: C1a true, unknown; C2a false, unknown; C3a false
  outcomes of criteria: 3 of 10 (30%)
    no case expects: C1 met, not_met, unknown; C2 not_met, unknown; C3 not_met, not_applicable
  verdicts: 1 of 3 (33%)
    no case expects: eligible, undetermined
"""


def test_coverage_counts_what_cases_expect_and_nothing_else(tmp_path: Path) -> None:
    """C1 is met in the second case too, but no case would notice if it were not."""
    cases = """\
  - {case: a, locality: {households_signed: 3}, expect: {verdict: not_eligible,
     checks: {C1a: no}}}
  - {case: b, locality: {board: ~}, expect: {criteria: {C2: met, C3: unknown}, checks: {
     C3a: unknown, C2a: yes}}}
  - {case: c, expect: {criteria: {C3: met}}}
"""
    said = ran(tmp_path, cases)
    assert said.out == COVERAGE.replace("2 cases", "3 cases").replace(
        "4 of 9", "4 of 9"
    )


@pytest.mark.parametrize(("threshold", "code"), [(0, 0), (33, 1), (30, 0), (100, 1)])
def test_coverage_below_the_threshold_fails(
    tmp_path: Path, threshold: int, code: int
) -> None:
    cases = case(
        "verdict: eligible, checks: {C1a: yes, C2a: yes, C3a: yes}, "
        "criteria: {C1: met, C2: met, C3: met}"
    )
    said = ran(tmp_path, cases, "--threshold", threshold)
    assert said.code == code
    assert ("; below" in said.out) == bool(code)


def test_a_report_in_junits_xml_can_be_read(tmp_path: Path) -> None:
    report = tmp_path / "cases.xml"
    cases = case("verdict: eligible") + (
        '  - {case: "a <b> & \\u202Ec", expect: {checks: {C1a: no}}}\n'
    )
    said = ran(tmp_path, cases, "--junit", report)
    assert said.code == 1
    root = ET.parse(report).getroot()  # noqa: S314  (it is our own)
    assert root.attrib == {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"}
    (suite,) = root
    passed, failed = suite
    assert suite.get("name") == "demo/plan"
    assert passed.get("name") == "of a hamlet"
    assert failed.get("name") == "a <b> & c"
    assert failed.get("line") == "7"
    (failure,) = failed
    assert failure.get("message") == "C1a: expected false, got true"
    assert "households 4" in (failure.text or "")


def test_the_cases_of_other_packs_run_where_those_of_one_are_not_valid(
    tmp_path: Path,
) -> None:
    valid = ran(tmp_path, case("verdict: eligible"))
    assert valid.code == 0
    demo = tmp_path / "rules" / "demo"
    pack = (demo / "plan.yaml").read_text(encoding="utf-8")
    other = pack.replace("demo/plan", "demo/other")
    (demo / "other.yaml").write_text(other, encoding="utf-8")
    cases = "cases_of: demo/other\ncases: [{case: one, expect: {verdict: none}}]\n"
    beside = demo / "other.tests.yaml"
    beside.write_text(cases, encoding="utf-8")
    report = tmp_path / "cases.xml"
    said = run("rules", "test", "--rules", tmp_path / "rules", "--junit", report)
    assert (said.code, said.out) == (3, valid.out)
    assert "other.tests.yaml" in said.err
    root = ET.parse(report).getroot()  # noqa: S314  (it is our own)
    assert [suite.get("errors") for suite in root] == ["0", root.get("errors")]
    assert all(error.get("message") for error in root.iter("error"))


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path,
) -> None:
    said = run("rules", "test", "--junit", tmp_path / "none" / "cases.xml")
    assert (said.code, said.out) == (2, "")
    assert "Invalid value for '--junit'" in said.err


def test_the_same_in_json(tmp_path: Path) -> None:
    cases = case("verdict: eligible, checks: {C1a: no}")
    said = ran(tmp_path, cases, "--format", "json")
    (pack,) = json.loads(said.out)["packs"]
    assert (said.code, pack["id"], pack["failed"]) == (1, "demo/plan", 1)
    (one,) = pack["cases"]
    assert (one["case"], one["as_of"], one["passed"]) == (
        "of a hamlet",
        "2024-06-30",
        False,
    )
    (mismatch,) = one["mismatches"]
    assert mismatch["place"].endswith("plan.tests.yaml:6:42")
    del mismatch["place"]
    assert mismatch == {
        "kind": "checks",
        "of": "C1a",
        "expected": "false",
        "got": "true",
    }
    assert pack["coverage"]["verdicts"] == {
        "expected": 1,
        "possible": 3,
        "lacking": [["not_eligible"], ["undetermined"]],
    }


def test_a_pack_without_cases_cannot_be_tested_by_its_name(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules")
    said = run("rules", "test", "demo/plan", "--rules", rules)
    assert (said.code, said.out) == (2, "")
    assert "error[no-cases]" in said.err
    assert "write them into plan.tests.yaml" in said.err


def test_among_all_packs_one_without_cases_is_told(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules")
    assert run("rules", "test", "--rules", rules).out.startswith(
        "demo/plan: no cases beside it\n"
    )
    assert run("rules", "test", "--rules", rules, "--threshold", 1).code == 1


def test_a_pack_can_be_named_by_its_file(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules")
    plan = rules / "demo" / "plan.yaml"
    cases = HEAD + case("verdict: eligible")
    plan.with_suffix(".tests.yaml").write_text(cases, encoding="utf-8")
    assert run("rules", "test", plan).code == 0


def test_a_pack_can_be_named_by_the_file_of_its_cases(tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules")
    plan = rules / "demo" / "plan.yaml"
    tests = plan.with_suffix(".tests.yaml")
    tests.write_text(HEAD + case("verdict: eligible"), encoding="utf-8")
    said = run("rules", "test", tests, plan, "--format", "json")
    assert said.code == 0
    assert [each["id"] for each in json.loads(said.out)["packs"]] == ["demo/plan"]


def test_what_failed_is_told_in_vietnamese(tmp_path: Path) -> None:
    said = ran(tmp_path, case("criteria: {C1: not_met}"), "--lang", "vi")
    assert said.code == 1
    assert "demo/plan: 1 tình huống, 1 không đạt" in said.out
    assert "C1: mong đợi not_met, nhận được met" in said.out


def test_the_group_lists_its_commands() -> None:
    said = run("rules")
    assert said.code == 0
    assert "test" in said.out


@pytest.mark.parametrize(
    "more",
    [
        "locality: 3",
        "locality: [a]",
        "locality: {id: [a]}",
        "locality: {id: ~}",
        "locality: {level: ~}",
        "tables: [a]",
        "tables: {households: 3}",
        "tables: {households: [3]}",
        "tables: {households: {a: 1}}",
        "tables: {localities: 3}",
        "tables: {localities: [{id: here, level: hamlet}]}",
        "tables: {households: [{locality: nowhere}]}",
        "tables: {inspections: [{register: nothing}]}",
        "{whole: 3, parts: [{}]}",
        "{whole: {level: commune}, parts: 3}",
        "{whole: {level: commune}, parts: [3]}",
        "{whole: {id: here-1, level: commune}, parts: [{}]}",
        "{whole: {}, parts: [{}]}",
        "facts: 3",
        "facts: {localities: 3}",
        "facts: {localities: [3]}",
        "facts: {localities: []}",
        "at: [a]",
        "as_of: yesterday",
        "expect: 3",
        "expect: {checks: [C1a]}",
        "expect: {verdict: [eligible]}",
        "expect: {possible: eligible}",
        "variants: {}",
        "variants: []",
        "variants: [3]",
        "variants: [{}]",
        "case: [a]",
    ],
)
def test_whatever_else_is_wrong_is_an_error_of_the_cases(
    tmp_path: Path, more: str
) -> None:
    inner = more.removeprefix("{").removesuffix("}") if more[0] == "{" else more
    given = {"case: one", "expect: {verdict: eligible}"}
    kept = sorted(each for each in given if each.split(":")[0] != inner.split(":")[0])
    said = ran(tmp_path, f"  - {{{', '.join([*kept, inner])}}}\n")
    assert (said.code, said.out) == (3, ""), said
    assert "plan.tests.yaml:" in said.err


@pytest.mark.parametrize(
    "text", ["", "a", "[]", "cases_of: demo/plan\n", "cases_of: demo/plan\ncases: 3\n"]
)
def test_a_file_without_cases_is_an_error(tmp_path: Path, text: str) -> None:
    said = ran(tmp_path, "", head=text)
    assert (said.code, said.out) == (3, ""), said


def test_a_check_of_the_verdicts_can_be_expected_too(tmp_path: Path) -> None:
    rules = rules_with(
        tmp_path / "rules",
        plan=(
            "  - verdict: not_eligible\n",
            (
                "  - {verdict: bare, when: {id: B1, at_least: 3, of: plots}}\n"
                "  - verdict: not_eligible\n"
            ),
        ),
    )
    cases = case(
        "checks: {B1: true}, vacuous: {B1: false}", "    locality: {plots: 3}\n"
    )
    other = case("checks: {B1: true}, short: {B1: 2}", "    locality: {plots: 1}\n")
    cases += other.replace("a hamlet", "another hamlet")
    tests = rules / "demo" / "plan.tests.yaml"
    tests.write_text(HEAD + cases, encoding="utf-8")
    said = run("rules", "test", "demo/plan", "--rules", rules)
    assert said.code == 1
    assert "2 cases, 1 failed" in said.out
    assert "B1: expected true, got false" in said.out
    assert "short" not in said.out.partition("B1: expected true")[2].splitlines()[0]
