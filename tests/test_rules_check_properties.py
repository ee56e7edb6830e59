"""Lint of random rules: it never stumbles, and what it says of verdicts is so."""

from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import RulesError
from engine.library import Library
from engine.pack import Always, Pack
from engine.policy.findings_from_pack import check_rules
from engine.policy.findings_from_pack.verdicts import findings_about_verdicts
from engine.rules_from_yaml import pack_from_yaml
from engine.truth import Truth
from engine.verdicts_from_checks import Judge
from tests.support import rules_texts
from tests.support.linted import written
from tests.support.mutants import mutants
from tests.support.packs import packs


@settings(max_examples=30)
@given(packs(most_checks=5))
def test_a_verdict_that_is_called_unreachable_is_never_given(made: Pack) -> None:
    told = {
        str(each.values["verdict"])
        for each in findings_about_verdicts(made)
        if each.code == "verdict-unreachable"
    }
    if not told:
        return
    judge = Judge(made)
    checks = [check.id for check in made.checks]
    for level in made.levels:
        for known in product((Truth.FALSE, Truth.TRUE), repeat=len(checks)):
            judged = judge.ask(level, dict(zip(checks, known, strict=True)))
            assert judged.verdict not in told


@settings(max_examples=30)
@given(packs(most_checks=5))
def test_only_what_stands_behind_an_always_is_said_to(made: Pack) -> None:
    behind = [
        each
        for each in findings_about_verdicts(made)
        if each.code == "verdict-after-always"
    ]
    first = [isinstance(rule.when, Always) for rule in made.verdicts].index(True)
    assert len(behind) == len(made.verdicts) - first - 1


@settings(max_examples=40)
@given(mutants(rules_texts.RICH_PACK))
def test_any_pack_can_be_checked_and_every_error_is_told(text: str) -> None:
    with TemporaryDirectory() as name:
        folder = written(
            Path(name), {"vocabulary.yaml": rules_texts.VOCABULARY, "t.yaml": text}
        )
        checked = check_rules(Library(folder), [folder / "t.yaml"])
        again = check_rules(Library(folder), [folder / "t.yaml"])
    assert checked == again
    errors = {each.code for each in checked.findings if each.severity == "error"}
    assert errors == refusal(text)


def refusal(text: str) -> set[str]:
    """Return the codes for which the loader refuses a pack; none if it takes it."""
    try:
        pack_from_yaml(text.encode(), "t.yaml", rules_texts.vocabulary())
    except RulesError as error:
        return {each.code for each in error.diagnostics}
    return set()


@given(st.data())
def test_an_ignore_takes_out_nothing_but_its_own(data: st.DataObject) -> None:
    """Whatever the line it is put above, other findings stay."""
    lines = rules_texts.RICH_PACK.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines)))
    ignore = "# diaban: ignore criterion-without-remedy nobody can cure it\n"
    with TemporaryDirectory() as name:
        folder = written(
            Path(name),
            {
                "vocabulary.yaml": rules_texts.VOCABULARY,
                "a.yaml": "".join(lines),
                "b.yaml": "".join([*lines[:at], ignore, *lines[at:]]),
            },
        )
        plain = check_rules(Library(folder), [folder / "a.yaml"]).findings
        ignored = check_rules(Library(folder), [folder / "b.yaml"])
    codes = sorted(each.code for each in plain)
    left = [each.code for each in ignored.findings if each.code != "ignore-unused"]
    taken = [each.finding.code for each in ignored.ignored]
    assert sorted([*left, *taken]) == codes
    assert bool(taken) != (len(left) < len(ignored.findings))
