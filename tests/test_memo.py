"""A memo says all that the verdict rests on, in words, and never more than is known."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.language import LANGUAGES, speaking
from cli.rendering import markdown
from cli.words.percentages import rounded
from engine.assess import judge_localities
from engine.assessment import Outcome
from engine.assessment_from_judged import assessment_from_judged
from tests.support.bundled import LAI_CHAU, pack_of
from tests.support.memos import (
    ELIGIBLE,
    FAILING,
    FORMS,
    HOSTILE,
    UNDETERMINED,
    Text,
    example,
    hostile,
    judged,
    memos_of,
    review,
    seen,
    steady,
    written,
)
from tests.support.strategies import Question, questions

fewer_runs = settings(max_examples=max(1, settings().max_examples // 5))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("locality", [FAILING, UNDETERMINED, ELIGIBLE])
def test_the_memos_of_the_example_read_as_agreed(
    locality: str, language: str, form: str, golden: Callable[[str, str], None]
) -> None:
    memo = example(language)[locality]
    golden(f"memo/{locality}.{language}.{form}", written(steady(memo), form))


@pytest.mark.parametrize("form", FORMS)
def test_the_public_copy_of_the_example_reads_as_agreed(
    form: str, golden: Callable[[str, str], None]
) -> None:
    memo = example("vi", public=True)[FAILING]
    golden(f"memo/{FAILING}.public.vi.{form}", written(steady(memo), form))


def test_the_three_examples_are_of_the_three_kinds() -> None:
    verdicts = [example("en")[e].verdict for e in (FAILING, UNDETERMINED, ELIGIBLE)]
    assert verdicts == ["not_eligible", "undetermined", "eligible"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
def test_every_criterion_check_and_fingerprint_is_told(form: str, public: bool) -> None:
    assessment = assessment_from_judged(review())
    for locality in assessment.localities:
        text = seen(written(example("en", public=public)[locality.id], form), form)
        for criterion in pack_of(LAI_CHAU).criteria:
            assert f"{criterion.id}. {criterion.title.en}" in text
            assert (criterion.quote or "") in text
        assert assessment.pack_sha256 in text
        assert assessment.facts_sha256 in text


def test_only_the_internal_copy_bears_the_mark() -> None:
    assert {memo.mark for memo in example("vi").values()} == {"LƯU HÀNH NỘI BỘ"}
    assert {memo.mark for memo in example("vi", public=True).values()} == {""}


def test_a_public_copy_names_no_file_no_row_and_no_evidence() -> None:
    for form in FORMS:
        for memo in example("vi", public=True).values():
            text = written(memo, form)
            assert ".csv" not in text
            assert not any(each.evidence for each in memo.criteria)
            assert not any(c.missing for each in memo.criteria for c in each.checks)


def test_nobody_is_told_as_nobody_and_never_as_all_of_them() -> None:
    assessment = assessment_from_judged(review())
    vacuous = {
        (locality.id, check.id)
        for locality in assessment.localities
        for criterion in locality.criteria
        for check in criterion.checks
        if check.vacuous
    }
    assert vacuous
    for memo in example("vi").values():
        for check in (check for each in memo.criteria for check in each.checks):
            if (memo.id, check.id) in vacuous:
                assert check.share == ""
                assert "100" not in check.why
                assert "không" in check.why


def test_each_check_says_why_it_came_out_so() -> None:
    for memo in example("en").values():
        for check in (check for each in memo.criteria for check in each.checks):
            assert check.why or check.outcome == "met", (memo.id, check.id)


def test_a_remedy_is_told_where_a_criterion_is_not_met_and_only_there() -> None:
    remedies = {each.id: each.remedy for each in pack_of(LAI_CHAU).criteria}
    for memo in example("en").values():
        for each in memo.criteria:
            known = remedies[each.id]
            fails = each.outcome == Outcome.NOT_MET
            assert each.remedy == (known.en if known and fails else "")


@fewer_runs
@given(questions())
def test_no_outcome_leaves_a_hole_in_a_template(question: Question) -> None:
    for memo in judged(question):
        for form in FORMS:
            text = seen(written(memo, form), form)
            assert all(f"{each.id}. " in text for each in memo.criteria)
            assert memo.verdict_words in text
            assert "None" not in text


# --- hostile words -----------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_come_out_as_text_wherever_they_stand(form: str) -> None:
    memo = example("en")[UNDETERMINED]
    document = written(replace(hostile(memo, HOSTILE), language="en"), form)
    assert "<script" not in document
    assert seen(document, form).count(HOSTILE) > 50
    assert "49" not in document


def test_a_page_is_made_of_the_same_elements_whatever_the_data_say() -> None:
    memo = example("en")[UNDETERMINED]
    pages = Text(), Text()
    pages[0].feed(written(memo, "html"))
    pages[1].feed(written(replace(hostile(memo, HOSTILE), language="en"), "html"))
    assert pages[0].elements == pages[1].elements


@given(st.text(max_size=30))
def test_markdown_holds_no_unescaped_mark(text: str) -> None:
    said = str(markdown(text))
    bare = re.sub(r"\\.|&(amp|lt|gt);", "x", said)  # each of these is a letter
    assert not re.search(r"[\\`*_{}\[\]#|~!$@&<>]|^\s*[-+=]|^\s*\d+[.)]", bare)


@pytest.mark.parametrize("form", FORMS)
def test_a_very_long_or_decomposed_name_is_told_whole(form: str) -> None:
    memo = example("vi")[ELIGIBLE]
    for name in ("ả" * 10_000, "Ba\u0309n Hai"):
        assert name in written(replace(memo, name=name), form)


# --- numbers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "bounds", "vi"),
    [
        ("0/7", (), "0%"),
        ("7/7", (), "100%"),
        ("1/2", (), "50%"),
        ("5/16", (), "31,3%"),
        ("1/3", (), "33,3%"),
        ("2/3", (), "66,7%"),
        ("95/96", (), "98,96%"),
        ("299/300", (), "99,7%"),
        ("1/2000", (), "0,1%"),
        ("1/20000", (), "0,01%"),
        ("1999/2000", (), "99,95%"),
        ("999999/1000000", (), "99,9999%"),
        ("4999/10000", ("1/2",), "49,99%"),
        ("5001/10000", ("1/2",), "50,01%"),
        ("45/55", ("83/100",), "81,8%"),
        ("8299/10000", ("83/100",), "82,99%"),
    ],
)
def test_a_percentage_is_rounded_half_up_and_misleads_nobody(
    share: str, bounds: tuple[str, ...], vi: str
) -> None:
    limits = list(map(Fraction, bounds))
    with speaking("vi"):
        assert rounded(Fraction(share), limits) == vi
    assert rounded(Fraction(share), limits) == vi.replace(",", ".")


@given(
    st.fractions(0, 1, max_denominator=10**6),
    st.lists(st.integers(0, 1000).map(lambda n: Fraction(n, 1000)), max_size=2),
)
def test_a_percentage_never_crosses_a_limit(
    share: Fraction, bounds: list[Fraction]
) -> None:
    shown = Fraction(rounded(share, bounds).removesuffix("%")) / 100
    for limit in (Fraction(0), Fraction(1), *bounds):
        assert (shown > limit, shown < limit) == (share > limit, share < limit)


@pytest.mark.parametrize(
    ("day", "vi"),
    [
        (date(2024, 3, 31), "ngày 31 tháng 3 năm 2024"),
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
    ],
)
def test_a_day_is_written_as_decree_30_writes_it(day: date, vi: str) -> None:
    pack = pack_of(LAI_CHAU)
    asked = judge_localities(pack, review().facts, day, outside_force=True)
    assert memos_of(asked.at_level("district"), "vi")[0].as_of == vi
