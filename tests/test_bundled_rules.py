"""The rules that come along say what their documents say, and judge as they should."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.assess import assess
from engine.errors import QuestionError
from engine.facts_from_files import facts_from_files
from engine.pack import Pack
from engine.policy.worked_cases_from_yaml import worked_cases_from_yaml
from engine.vocabulary import FieldType, Text
from tests import reference
from tests.support.bundled import (
    EXAMPLE,
    FOLDERS,
    LAI_CHAU,
    PACKS,
    QD_28,
    RULES,
    documents_of,
    pack_of,
)
from tests.support.commands import run
from tests.support.engine_runner import answer, compared, read_facts, read_pack
from tests.support.plain_facts import typed
from tests.support.worked_cases import agrees, plain_cases

SOURCE = (PACKS / "lai-chau" / "source-clauses.txt").read_text(encoding="utf-8")
BUNDLED = sorted(
    file
    for file in RULES.glob("*/*.yaml")
    if not file.name.endswith((".tests.yaml", ".papers.yaml"))
)
CASES = {
    (pack, sentence): case
    for pack, folder in FOLDERS.items()
    for sentence, case in plain_cases(folder / f"{pack}.tests.yaml").items()
}


@pytest.fixture
def lai_chau() -> Pack:
    return pack_of(LAI_CHAU)


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_a_pack_is_called_as_its_file_is(file: Path) -> None:
    vocabulary = (RULES / "vocabulary.yaml").read_text(encoding="utf-8")
    pack = read_pack(vocabulary, file.read_text(encoding="utf-8"))
    assert pack.id == file.relative_to(RULES).with_suffix("").as_posix()


def test_the_plan_has_eight_criteria_and_sixteen_checks(lai_chau: Pack) -> None:
    assert {
        each.id: [check.id for check in each.checks] for each in lai_chau.criteria
    } == {
        "C1": ["C1a", "C1b", "C1c"],
        "C2": ["C2a", "C2b", "C2c"],
        "C3": ["C3a", "C3b", "C3c"],
        "C4": ["C4a", "C4b"],
        "C5": ["C5a"],
        "C6": ["C6a", "C6b"],
        "C7": ["C7a"],
        "C8": ["C8a"],
    }


def test_every_quote_is_the_whole_clause_letter_by_letter(lai_chau: Pack) -> None:
    section = SOURCE[: SOURCE.index("\nIII.")]
    clauses = re.findall(r"^(\d)\. (.+)$", section, flags=re.MULTILINE)
    assert {str(each.cites): each.quote for each in lai_chau.criteria} == {
        f"plan II.{number}": clause for number, clause in clauses
    }


@pytest.mark.parametrize("name", FOLDERS)
def test_every_reading_is_of_words_that_stand_in_the_law(name: str) -> None:
    quotes = {each.id: each.quote for each in pack_of(name).criteria}
    for reading in pack_of(name).readings:
        law = SOURCE if reading.criterion is None else quotes[reading.criterion]
        assert reading.phrase in (law or ""), reading.phrase


def test_every_criterion_is_quoted_read_evidenced_and_curable(lai_chau: Pack) -> None:
    read = {reading.criterion for reading in lai_chau.readings}
    for each in lai_chau.criteria:
        assert each.id in read
        assert each.cites is not None
        assert each.quote
        assert each.remedy is not None
        assert each.evidence
        assert set(each.evidence) <= lai_chau.vocabulary.evidence.keys()


def texts(pack: Pack) -> Iterator[Text | None]:
    """Yield all that a pack and its vocabulary say to people."""
    yield from (pack.title, pack.issuer)
    yield from (reading.reading for reading in pack.readings)
    yield from (rule.label for rule in pack.verdicts)
    yield from (text for each in pack.criteria for text in (each.title, each.remedy))
    vocabulary = pack.vocabulary
    yield from (*vocabulary.evidence.values(), *vocabulary.levels.values())
    for count in vocabulary.counts.values():
        yield from (count.label, count.unit)
    for register in vocabulary.registers.values():
        yield from (field.label for field in register.fields.values())


def test_everything_is_said_in_both_languages(lai_chau: Pack) -> None:
    # Where one language is missing, the other stands in for it.
    assert [
        text for text in texts(lai_chau) if text is None or text.vi == text.en
    ] == []


def test_words_of_judgement_are_assessed_by_somebody(lai_chau: Pack) -> None:
    registers = lai_chau.vocabulary.registers.values()
    fields = [field for register in registers for field in register.fields.values()]
    assert {each.id for each in fields if each.type is FieldType.ASSESSED} == {
        "closely_supervised",
        "conversion_effective",
        "eliminated_in_time",
        "rehab_suitable",
        "complies",
        "effective",
    }


def test_registers_about_health_and_crime_are_personal(lai_chau: Pack) -> None:
    registers = lai_chau.vocabulary.registers.values()
    assert {each.id for each in registers if each.personal} == {
        "people",
        "offences",
        "hot_spots",
        "cultivation",
    }


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2025, 11, 30)])
def test_the_plan_is_in_force_on_its_first_and_last_day(
    lai_chau: Pack, day: date
) -> None:
    facts = facts_from_files(EXAMPLE, lai_chau.vocabulary)
    assert not assess(lai_chau, facts, day).outside_force


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 12, 1)])
def test_the_plan_is_not_in_force_a_day_before_or_after(
    lai_chau: Pack, day: date
) -> None:
    facts = facts_from_files(EXAMPLE, lai_chau.vocabulary)
    with pytest.raises(QuestionError):
        assess(lai_chau, facts, day)


@pytest.mark.parametrize("key", CASES, ids=": ".join)
def test_a_worked_case_comes_out_as_the_reference_says(key: tuple[str, str]) -> None:
    name, case = key[0], CASES[key]
    pack, (vocabulary, written) = pack_of(name), documents_of(name)
    told = answer(pack, read_facts(pack, vocabulary, case.facts), case.as_of)
    plain_facts = typed(vocabulary, case.facts)
    plainly = reference.evaluate(vocabulary, written, plain_facts, case.as_of)
    assert compared(told) == compared(plainly)
    assert agrees(plainly, case.expect)


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_cases_beside_a_pack_pass_and_expect_all_it_could_say(file: Path) -> None:
    pack = file.relative_to(RULES).with_suffix("").as_posix()
    said = run("rules", "test", pack, "--threshold", 100)
    assert said.code == 0, said.out


def test_cases_of_a_pack_of_ones_own_pass() -> None:
    said = run("rules", "test", "--rules", FOLDERS[QD_28])
    assert (said.code, said.err) == (0, "")
    assert f"{QD_28}: {sum(pack == QD_28 for pack, _ in CASES)} cases, all passed" in (
        said.out
    )


def test_cases_are_read_in_two_ways_as_the_same(lai_chau: Pack) -> None:
    file = RULES / f"{LAI_CHAU}.tests.yaml"
    cases = worked_cases_from_yaml(file.read_bytes(), str(file), lai_chau)
    assert [(each.sentence, each.as_of) for each in cases] == [
        (sentence, case.as_of)
        for (pack, sentence), case in CASES.items()
        if pack == LAI_CHAU
    ]
