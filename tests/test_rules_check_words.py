"""What lint reads out of the law's words, and out of checks: phrases and bounds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.policy.bounds import Bound, Sort
from engine.policy.findings_from_pack.demands import demands_of
from engine.policy.findings_from_pack.periods import family_of
from engine.policy.findings_from_pack.phrases import Words, phrases_of
from engine.policy.findings_from_pack.targets import wrong_targets
from engine.vocabulary import Operator
from tests.support import rules_texts


def said(quote: str) -> list[str]:
    return [
        each.asks.value if isinstance(each.asks, Words) else str(each.asks)
        for each in phrases_of(quote)
    ]


@pytest.mark.parametrize(
    ("quote", "asks"),
    [
        ("trên 12 tháng", ["more_than: 12 months"]),
        ("từ 03 tháng trở lên", ["at_least: 3 months"]),
        ("từ 03 (ba) tháng trở lên", ["at_least: 3 months"]),
        ("02 điểm trở lên", ["at_least: 2"]),
        ("Tối thiểu 50 %", ["at_least: 50%"]),
        ("ít nhất là 01 mô hình", ["at_least: 1"]),
        ("không dưới 90%", ["at_least: 90%"]),
        ("dưới 0,1%", ["less_than: 0.1%"]),
        ("từ 0,1% đến dưới 0,5%", ["at_least: 0.1%", "less_than: 0.5%"]),
        ("từ 500 cây đến 3.000 cây", ["at_least: 500", "at_most: 3000"]),
        ("từ 2 đến 4 năm", ["at_least: 24 months", "at_most: 48 months"]),
        ("giảm từ 5% số người nghiện", ["at_least: 5%"]),
        ("giảm từ 5% đến 10%", ["at_least: 5%"]),
        ("không quá 02 tuần", ["at_most: 14 days"]),
        ("từ 16 tuổi trở xuống", ["at_most: 16"]),
        ("vượt quá 1.000 m", ["more_than: 1000"]),
        ("trước ngày 15/12/2025", ["before: 2025-12-15"]),
        ("trước ngày 15 tháng 12 năm 2025", ["before: 2025-12-15"]),
        ("đến hết ngày 31/12/2025", ["on_or_before: 2025-12-31"]),
        ("100% hộ; 100% bản", ["every", "every"]),
        ("Không để xảy ra, không có điểm", ["none", "none"]),
        # Words that look like it and are not:
        ("trên địa bàn", []),
        ("xã không có ma túy, không có tệ nạn ma túy", []),
        ("từ 2023 đến 2025", []),
        ("trên 1/2 số hộ", []),
        ("Luật số 73/2021/QH14", []),
        ("trước ngày 31/02/2025", []),
        ("năm 2024, giai đoạn 2024-2025", []),
        ("trên " + "9" * 4301 + " hộ", []),
        ("trên 0," + "9" * 4301 + "%", []),
    ],
)
def test_the_words_of_a_quote(quote: str, asks: list[str]) -> None:
    assert said(quote) == asks


@given(st.text(alphabet="trênừ không%0123456789,./() đếndưới lgày", max_size=60))
def test_any_text_can_be_looked_at(text: str) -> None:
    for phrase in phrases_of(text):
        assert phrase.words in " ".join(text.split()).lower()


@given(st.integers(1, 999), st.sampled_from(["trên {}%", "từ {}% trở lên", "dưới {}%"]))
def test_numbers_are_read_exactly(tenths: int, words: str) -> None:
    written = str(Decimal(tenths) / 10).replace(".", ",")
    (phrase,) = phrases_of(words.format(written))
    assert isinstance(phrase.asks, Bound)
    assert phrase.asks.number == Fraction(tenths, 1000)


BOUNDS = st.builds(
    Bound,
    st.sampled_from(Operator),
    st.integers(1, 5).map(Fraction),
    st.sampled_from([Sort.NUMBER, Sort.PERCENT]),
)


def holds(bound: Bound, value: int) -> bool:
    assert bound.number is not None
    match bound.operator:
        case Operator.AT_LEAST:
            return value >= bound.number
        case Operator.MORE_THAN:
            return value > bound.number
        case Operator.AT_MOST:
            return value <= bound.number
        case Operator.LESS_THAN:
            return value < bound.number


@given(BOUNDS, BOUNDS)
def test_two_bounds_on_a_count_meet_exactly_if_they_mean_the_same(
    first: Bound, second: Bound
) -> None:
    same = all(holds(first, n) == holds(second, n) for n in range(-1, 9))
    if first.sort is second.sort is Sort.NUMBER:
        assert first.meets(second) == same
    elif first.sort is not second.sort:
        assert not first.meets(second)


@given(BOUNDS, st.integers(-1, 9))
def test_the_opposite_holds_where_a_bound_does_not(bound: Bound, value: int) -> None:
    assert holds(bound.opposite, value) is not holds(bound, value)


@pytest.mark.parametrize(
    ("requires", "asked"),
    [
        ("{none: users}", ["at_most: 0"]),
        ("{not: {at_least: 3, of: users}}", ["less_than: 3"]),
        ("{not: {not: {at_least: 3, of: users}}}", ["at_least: 3"]),
        ("{share: addicts_with_file, of: addicts, more_than: 90%}", ["more_than: 90%"]),
        ("{falls: users, from: typed, by_at_least: 5%}", ["at_least: 5%"]),
        ("{holds: board}", []),
        ("{as_of: {before: 2025-12-15}}", ["before: 2025-12-15"]),
    ],
)
def test_what_a_criterion_asks_for(requires: str, asked: list[str]) -> None:
    pack = rules_texts.pack(rules_texts.PACK % requires)
    found = demands_of(pack.criteria[0], pack)
    assert [str(each.bound) for each in found] == asked


def test_what_another_criterion_asks_for_is_asked_too_even_turned_round() -> None:
    text = rules_texts.PACK % "{at_least: 3, of: users}"
    pack = rules_texts.pack(text + "  - {id: C2, requires: {not: C1}}\n")
    assert [str(each.bound) for each in demands_of(pack.criteria[1], pack)] == [
        "less_than: 3"
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("55 tổ dân phố, bản; đạt từ 83% trở lên (45 tổ dân phố, bản)", ["83"]),
        ("55 tổ dân phố, bản; đạt từ 83,6% trở lên (46 tổ dân phố, bản)", []),
        ("đạt 83% (45 tổ dân phố)", []),  # of how many, nobody says
        ("5/16 xã (31,3%)", []),
        ("5/16 xã (31,2%)", ["31,2"]),
        ("đạt 98,08% (51/52 xã)", []),
        ("đạt 98% (51/52 xã)", []),
        ("đạt 99% (51/52 xã)", ["99"]),
        ("100% hộ ký cam kết; 12 bản", []),
        ("số 73/2021/QH14 giảm 5%", []),
        ("83% (45 xã) của " + "5" * 4301 + " xã", []),
    ],
)
def test_percentages_are_reckoned_exactly(text: str, wrong: list[str]) -> None:
    assert [each.percent for each in wrong_targets(text)] == wrong


@pytest.mark.parametrize(
    ("pack", "family"),
    [
        ("lai-chau/city-2024", "lai-chau/city"),
        ("national/qd-28-2025", "national/qd-28"),
        ("quang-ninh/172-2023", "quang-ninh/172"),
        ("a/plan.2024-2", "a/plan"),
        ("a/2024", "a/2024"),
        ("a/law-120", "a/law-120"),
    ],
)
def test_versions_differ_in_a_year(pack: str, family: str) -> None:
    assert family_of(pack) == family
