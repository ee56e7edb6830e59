"""The calendar of a pack: the days it sets, each the last good one or the first."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.ics_from_calendars import folded
from engine.assess import judge_localities
from engine.assessment import Outcome
from engine.assessment_from_judged import assessment_from_judged
from engine.pack import Pack
from engine.review.calendar_from_pack import calendar_from_pack
from engine.review.due import Due, DueKind
from tests.support.commands import run, spawn
from tests.support.engine_runner import read_facts, read_pack

QUANG_NINH = "quang-ninh/172-2023"
VOCABULARY = """
vocabulary: 1
levels: {agency: {vi: cơ quan, en: agency}}
registers:
  localities: {}
  reports:
    fields: {sent_on: date}
counts:
  reports: {in: reports}
  in_time: {within: reports, where: {sent_on: {before: 2023-07-04}}}
  late: {within: reports, where: {sent_on: {on_or_after: 2023-07-04}}}
  not_late: {within: reports, where: {not: {sent_on: {after: 2023-07-03}}}}
"""
PACK = """
pack: demo/campaign
title: {{vi: Tháng hành động, en: The month}}
documents:
  plan: {{kind: Kế hoạch, number: 9/KH-UBND{date}}}
levels: [agency]
criteria:
  - id: D
    cites: {{document: plan, clause: IV.1}}
    quote: {quote}
    requires: {requires}
{more}
"""
QUOTE = "trước ngày 04/7/2023"
DAY = date(2023, 7, 4)
ONE_DAY = timedelta(days=1)


def pack(
    requires: str = "always", *, more: str = "", quote: str = QUOTE, date: str = ""
) -> Pack:
    text = PACK.format(requires=requires, more=more, quote=json.dumps(quote), date=date)
    return read_pack(VOCABULARY, text)


def days(of: Pack) -> list[tuple[str, str]]:
    return [(due.kind.value, due.day.isoformat()) for due in calendar_from_pack(of)]


@pytest.mark.parametrize("word", ["before", "on_or_before", "after", "on_or_after"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_day_is_where_the_answer_changes(*, word: str, turned: bool) -> None:
    """Whether it is the last good day or the first is what judging on that day says."""
    asked = f"{{as_of: {{{word}: {DAY}}}}}"
    known = pack(f"{{not: {asked}}}" if turned else asked)
    (due,) = calendar_from_pack(known)
    outside = due.day + (ONE_DAY if due.kind is DueKind.BY else -ONE_DAY)
    assert outcome(known, due.day) is Outcome.MET
    assert outcome(known, outside) is Outcome.NOT_MET


def outcome(known: Pack, day: date) -> Outcome:
    rows = [{"id": "a", "name": "Sở A", "level": "agency"}]
    facts = read_facts(known, {}, {"localities": rows})
    judged = judge_localities(known, facts, day)
    (locality,) = assessment_from_judged(judged).localities
    return locality.criteria[0].outcome


@pytest.mark.parametrize(
    "requires",
    [
        "{at_least: 1, of: in_time}",
        "{every: reports, is: in_time}",
        "{none: late}",
        "{every: reports, is: not_late}",
        "{not: {at_least: 1, of: late}}",
    ],
)
def test_a_deadline_in_a_register_is_a_day_however_it_is_put(requires: str) -> None:
    """Before 4 July: the last good day is the third (DOMAIN §1.1.4)."""
    assert days(pack(requires)) == [("by", "2023-07-03")]


def test_a_day_is_told_once_for_each_check() -> None:
    both = "{all: [{id: x, at_least: 1, of: in_time}, {id: y, none: late}]}"
    told = [(due.check, due.day) for due in calendar_from_pack(pack(both))]
    assert told == [("x", date(2023, 7, 3)), ("y", date(2023, 7, 3))]


def test_verdicts_and_the_pack_itself_set_days_too() -> None:
    more = """
in_force: {from: 2023-06-01, to: 2023-12-31}
verdicts:
  - {verdict: done, label: {vi: Xong, en: Done}, when: D, passes: true}
  - {verdict: late, when: {as_of: {on_or_after: 2023-07-04}}}
  - {verdict: not_yet, when: always}
"""
    assert calendar_from_pack(pack(more=more)) == (
        Due(date(2023, 6, 1), DueKind.FROM, ("agency",)),
        Due(DAY, DueKind.FROM, ("agency",), criterion="D", check="late.a"),
        Due(DAY, DueKind.FROM, ("agency",), verdict="late", check="late.a"),
        Due(date(2023, 12, 31), DueKind.BY, ("agency",)),
    )


def test_until_when_a_verdict_fails_is_no_deadline() -> None:
    more = """
verdicts:
  - {verdict: not_yet, when: {as_of: {before: 2023-07-04}}}
  - {verdict: early, when: {as_of: {before: 2023-08-01}}, passes: true}
  - {verdict: late, when: always}
"""
    told = [(due.verdict, due.day) for due in calendar_from_pack(pack(more=more))]
    assert told == [("early", date(2023, 7, 31))]


def test_a_verdict_that_asks_for_more_than_the_day_ends_no_time() -> None:
    more = """
  - {id: other, requires: {at_least: 1, of: reports}}
verdicts:
  - {verdict: done, when: D, passes: true}
  - {verdict: late, when: {all: [other, {as_of: {on_or_after: 2023-07-04}}]}}
  - {verdict: not_yet, when: always}
"""
    told = [due.criterion for due in calendar_from_pack(pack(more=more))]
    assert told == [None]


def test_being_asked_from_the_day_after_adds_nothing_to_a_deadline() -> None:
    more = """
    when: {id: asked, as_of: {on_or_after: 2023-07-04}}
  - {id: then, when: D, requires: {at_least: 1, of: reports}}
"""
    known = pack("{at_least: 1, of: in_time}", more=more)
    told = [
        (due.criterion, due.kind.value, due.day.day)
        for due in calendar_from_pack(known)
    ]
    assert told == [("D", "by", 3), ("then", "by", 3)]


def test_the_bundled_targets_are_due_when_their_verdict_is_missed() -> None:
    said = run("calendar", "--pack", QUANG_NINH, "--format", "json")
    told = {
        (due["criterion"], due["day"])
        for due in json.loads(said.out)["calendars"][0]["due"]
    }
    assert ("QN-3.2024", "2024-12-31") in told
    assert {day for criterion, day in told if criterion == "QN-3.2025"} == {
        "2025-12-31"
    }


def test_the_bundled_plan_names_its_ends() -> None:
    said = run("calendar", "--pack", QUANG_NINH, "--as-of", "2024-12-31")
    assert said.code == 0
    assert "\n2024-12-31  from · " in said.out
    assert "0 days left" in said.out
    assert "(Kế hoạch 172/KH-UBND, clause Bảng chỉ tiêu)" in said.out
    later = run("calendar", "--pack", QUANG_NINH, "--as-of", "2025-01-01")
    assert "2024-12-31" not in later.out


def test_each_form_tells_the_same_days() -> None:
    asked = ("calendar", "--pack", QUANG_NINH, "--format")
    as_csv = [row["Day"] for row in csv.DictReader(io.StringIO(run(*asked, "csv").out))]
    (told,) = json.loads(run(*asked, "json").out)["calendars"]
    events = events_of(run(*asked, "ics").out)
    assert as_csv == [due["day"] for due in told["due"]]
    assert [day.replace("-", "") for day in as_csv] == [
        each["DTSTART;VALUE=DATE"] for each in events
    ]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("lai-chau/plan-2024", {
            "LC-D1": {"2024-04-30"},
            "LC-D2.2024": {"2024-06-09"},
            "LC-D3.2024": {"2024-12-09"},
            "LC-D4": {"2025-03-15"},
            "LC-D5": {"2025-08-15"},
            "LC-D6": {"2025-10-15"},
            "LC-D7": {"2025-12-02"},
        }),
        ("son-la/899-2023", {"SL-D1": {"2023-05-31"}, "SL-D2": {"2023-07-03"}}),
        ("an-giang/2023", {"AG-D1": {"2023-05-30"}, "AG-D2": {"2023-07-01"}}),
    ],
)  # fmt: skip
def test_every_deadline_of_the_seeds_has_its_last_good_day(
    name: str, last: dict[str, set[str]]
) -> None:
    """DOMAIN §1.1.4, §1.3, §1.4: trước ngày is strict, and D4 is 15 March."""
    said = run("calendar", "--pack", name, "--format", "json")
    (told,) = json.loads(said.out)["calendars"]
    for criterion, days_in_time in last.items():
        found = {
            due["day"]
            for due in told["due"]
            if due["criterion"] == criterion and due["kind"] == "by"
        }
        assert found == days_in_time


# RFC 5545, read strictly.


LINE = re.compile(
    r"(?P<name>[A-Z-]+(?:;[A-Z]+=[A-Z]+)*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
ESCAPE = re.compile(r"\\(.)|[;,]")
NEEDED = {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"}


def lines_of(text: str) -> list[str]:
    """Return the content lines, put together again (§3.1)."""
    assert text.endswith("\r\n")
    raw = text.removesuffix("\r\n").split("\r\n")
    assert all("\n" not in each and "\r" not in each for each in raw)
    assert all(len(each.encode()) <= 75 for each in raw)
    return "\r\n".join(raw).replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    """Return a text's meaning; a bare comma or semicolon would part it (§3.3.11)."""

    def meaning(found: re.Match[str]) -> str:
        assert found[1] is not None, f"{found[0]} is not escaped"
        assert found[1] in "\\;,nN", f"{found[0]} is no escape"
        return "\n" if found[1] in "nN" else found[1]

    return ESCAPE.sub(meaning, value)


def events_of(text: str) -> list[dict[str, str]]:
    lines = lines_of(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines[1] == "VERSION:2.0"
    assert lines[2].startswith("PRODID:")
    events: list[dict[str, str]] = []
    within = False
    for line in lines[1:-1]:
        parts = LINE.fullmatch(line)
        assert parts, line
        match parts["name"], parts["value"]:
            case "BEGIN", "VEVENT":
                assert not within
                within = True
                events.append({})
            case "END", "VEVENT":
                assert within
                within = False
                assert events[-1].keys() >= NEEDED
                assert re.fullmatch(r"\d{8}T\d{6}Z", events[-1]["DTSTAMP"])
                assert re.fullmatch(r"\d{8}", events[-1]["DTSTART;VALUE=DATE"])
            case name, value if within:
                assert name not in events[-1], f"{name} twice"
                events[-1][name] = unescaped(value)
            case name, _value:
                assert name in {"VERSION", "PRODID", "CALSCALE"}
    assert not within
    assert len({each["UID"] for each in events}) == len(events)
    return events


def write(folder: Path, known: str) -> Path:
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    file = folder / "campaign.yaml"
    file.write_text(known, encoding="utf-8")
    return file


def ics(folder: Path, *, quote: str = QUOTE, date: str = "") -> str:
    text = PACK.format(
        requires="{none: late}", more="", quote=json.dumps(quote), date=date
    )
    return run("calendar", "--pack", write(folder, text), "--format", "ics").out


def test_an_event_has_the_last_good_day_and_the_words_of_the_law(
    tmp_path: Path,
) -> None:
    quote = 'gửi về (qua phòng Tham mưu; PC04), "trước ngày" 04/7/2023 \\n, hết'
    (event,) = events_of(ics(tmp_path, quote=quote))
    assert event["DTSTART;VALUE=DATE"] == "20230703"
    assert event["SUMMARY"] == "by: D · agency"
    assert quote in event["DESCRIPTION"].split("\n")
    assert "Kế hoạch 9/KH-UBND, clause IV.1" in event["DESCRIPTION"]


def test_nothing_in_a_quote_can_begin_an_event_of_its_own(tmp_path: Path) -> None:
    quote = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:1"
    assert len(events_of(ics(tmp_path, quote=quote))) == 1


@pytest.mark.parametrize(
    ("written", "stamp"),
    [("2023-05-29", "20230529"), ("2024-04", "20240401"), ("", "19700101")],
)
def test_an_event_was_made_when_its_document_was(
    tmp_path: Path, written: str, stamp: str
) -> None:
    """Not when somebody asked: the same rules are the same bytes."""
    dated = f", date: {written}" if written else ""
    (event,) = events_of(ics(tmp_path, date=dated))
    assert event["DTSTAMP"] == f"{stamp}T000000Z"


def test_the_same_rules_are_the_same_bytes_in_another_process() -> None:
    asked = ("calendar", "--pack", QUANG_NINH, "--format", "ics")
    assert spawn(*asked).out == run(*asked).out


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300))
def test_folding_loses_nothing_and_cuts_no_letter(line: str) -> None:
    pieces = folded(line).split("\r\n")
    assert all(len(each.encode()) <= 75 for each in pieces)
    assert pieces[0] + "".join(each.removeprefix(" ") for each in pieces[1:]) == line
    assert all(each.startswith(" ") for each in pieces[1:])


def test_a_calendar_program_is_given_no_empty_calendar() -> None:
    """RFC 5545 asks for at least one event."""
    said = run(
        "calendar", "--pack", QUANG_NINH, "--as-of", "2030-01-01", "--format", "ics"
    )
    assert (said.code, said.out) == (2, "")
    assert "there is no day" in said.err
    table = run("calendar", "--pack", QUANG_NINH, "--as-of", "2030-01-01")
    assert table.code == 0
    assert "No day is set." in table.out


def test_several_packs_make_one_calendar() -> None:
    both = ("--pack", QUANG_NINH, "--pack", "lai-chau/city-2024", "--pack", QUANG_NINH)
    said = run("calendar", *both, "--format", "ics")
    alone = run("calendar", *both[:2], "--format", "ics")
    assert len(events_of(said.out)) > len(events_of(alone.out))


def test_a_pack_that_is_not_there_is_told() -> None:
    said = run("calendar", "--pack", "quang-ninh/173-2023")
    assert said.code == 2
    assert "quang-ninh/172-2023" in said.err
