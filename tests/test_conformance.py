"""The language does what LANGUAGE.md says, case by case, and two readers agree on it."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import FactsError, QuestionError, RulesError
from tests.reference import evaluate
from tests.support.conformance import Case, cases
from tests.support.engine_runner import (
    answer,
    read_pack,
    tables_as_files,
    texts_as_files,
)

Doc = dict[str, Any]

CASES = cases()
REFUSALS = {
    "rules_error": RulesError,
    "facts_error": FactsError,
    "question_error": QuestionError,
}


def by_engine(case: Case) -> Doc:
    pack = read_pack(case.vocabulary, case.pack)
    if case.files is not None:
        files = texts_as_files(pack, case.files)
    else:
        files = tables_as_files(pack, case.plainly()[0], case.facts, "csv")
    with files as facts:
        return answer(pack, facts, case.as_of)


def by_reference(case: Case) -> Doc:
    return evaluate(*case.plainly(), case.as_of)


EVALUATORS: dict[str, Callable[[Case], Doc]] = {
    "engine": by_engine,
    "reference": by_reference,
}

LOOKS: dict[str, Callable[[Doc, Doc], Any]] = {
    # what the answer says at the locality asked about
    "verdict": lambda one, _: one["verdict"],
    "possible": lambda one, _: one["possible"],
    "conflicts": lambda one, _: sorted(
        [each["kind"], *sorted(each["counts"])] for each in one["conflicts"]
    ),
    # of the first criterion, or of each
    "outcome": lambda one, _: one["criteria"][0]["outcome"],
    "outcomes": lambda one, _: {
        each["id"]: each["outcome"] for each in one["criteria"]
    },
    # of the first check of the first criterion, or of each
    "truth": lambda one, _: _check(one)["truth"],
    "truths": lambda one, _: {
        check["id"]: check["truth"]
        for each in one["criteria"]
        for check in each["checks"]
    },
    "vacuous": lambda one, _: _check(one)["vacuous"],
    "short": lambda one, _: _check(one)["short"],
    "exceptions": lambda one, _: _check(one).get("exceptions"),
    "interval": lambda one, _: next(iter(_check(one)["counts"].values())),
    "intervals": lambda one, _: _check(one)["counts"],
    # what it says as a whole
    "judged": lambda _, told: [each["id"] for each in told["localities"]],
    "verdicts": lambda _, told: {
        each["id"]: each["verdict"] for each in told["localities"]
    },
    "summary": lambda _, told: {
        level: {verdict: n for verdict, n in verdicts.items() if n}
        for level, verdicts in told["summary"].items()
    },
}


def _check(one: Doc) -> Doc:
    check: Doc = one["criteria"][0]["checks"][0]
    return check


def _words(expected: Any) -> Any:
    """A truth as the answer says it: in the tables it may be a plain true or false."""
    if isinstance(expected, dict):
        return {name: _words(each) for name, each in expected.items()}
    return str(expected).lower()


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if not case.is_refused]
)
def test_the_answer_is_as_the_language_says(name: str, evaluator: str) -> None:
    case = CASES[name]
    told = EVALUATORS[evaluator](case)
    at: Doc = next((one for one in told["localities"] if one["id"] == case.at), {})
    found = LOOKS[case.want](at, told)
    assert found == (
        _words(case.expected) if case.want in {"truth", "truths"} else case.expected
    )


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case.is_refused]
)
def test_what_the_language_does_not_allow_is_refused(name: str) -> None:
    case = CASES[name]
    with pytest.raises(REFUSALS[case.want]) as refusal:
        by_engine(case)
    codes = {one.code for one in refusal.value.diagnostics}
    assert case.expected in codes
