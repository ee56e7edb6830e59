"""`diaban rules show`: the whole pack in words, nothing left out, in both languages."""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from cli.language import all_said, speaking
from cli.plain import plain
from cli.rules_desk.rulebook import WORDS
from cli.rules_desk.rulebook_as_text import rulebook_as_text
from cli.rules_desk.rulebook_from_pack import rulebook_from_pack
from cli.words.demands import Demands
from cli.words.wording import Wording
from engine.library import Library
from engine.pack import Holds, Pack, counts_named
from engine.policy.rule_changes_from_packs import rule_changes_from_packs
from engine.vocabulary import (
    LOCALITIES,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Lasting,
    Not,
    OneOf,
    Operator,
    Register,
    Text,
)
from tests.support.bundled import LAI_CHAU, pack_of
from tests.support.commands import RULES, run
from tests.support.engine_runner import read_pack
from tests.support.same_meaning import Doc
from tests.support.strategies import Question
from tests.test_rules_diff_properties import mutations

ROOT = Path(__file__).parents[1]
PACKS = {pack.id: pack for pack in Library(ROOT / "rules").listing.packs}
FORMS = ("text", "md", "html", "docx")
LANGUAGES = ("vi", "en")


@cache
def shown(pack: str, form: str, language: str, folder: Path = ROOT / "rules") -> str:
    """Return what is shown, as bare words: no line breaks, no marks of a format."""
    asked = ("rules", "show", pack, "--rules", folder, "--lang", language)
    if form != "docx":
        said = run(*asked, "--format", form)
        assert (said.code, said.err) == (0, "")
        return bare(said.out, form)
    return bare(document_of(pack, language, folder), form)


def document_of(pack: str, language: str, folder: Path) -> str:
    from cli.papers.word import docx_from_paper
    from cli.rules_desk.paper_from_rulebook import paper_from_rulebook

    with speaking(language):
        book = rulebook_from_pack(Library(folder).find(pack))
        paper = docx_from_paper(paper_from_rulebook(book, all_said(WORDS)))
    return ZipFile(BytesIO(paper)).read("word/document.xml").decode()


def bare(text: str, form: str) -> str:
    if form == "md":
        text = html.unescape(re.sub(r"\\(.)", r"\1", text).replace("**", ""))
    elif form != "text":
        text = re.sub(r"</?w:[tr]\b[^>]*>", "", text)  # runs go on within a word
        text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return squeezed(text)


def squeezed(text: str) -> str:
    # A long word is cut to fit a screen; so no space counts.
    return "".join(plain(text).split())


def parts_of(pack: Pack, language: str) -> Iterator[str]:
    """Yield all that must be told of a pack, word by word."""
    yield from (pack.id, pack.sha256)
    yield from map(str, filter(None, (pack.in_force.start, pack.in_force.end)))
    for document in pack.documents.values():
        names = (document.kind, document.number, document.date, document.title)
        yield from filter(None, (*names, document.issuer, document.id))
    for criterion in pack.criteria:
        yield from (criterion.id, criterion.quote or "")
        yield criterion.cites.clause if criterion.cites else ""
    yield from (reading.phrase for reading in pack.readings)
    yield from (rule.verdict for rule in pack.verdicts)
    yield from (text.said_in(language) for text in texts_of(pack) if text)
    for check in pack.checks:
        yield check.id
        if isinstance(check.ask, Holds):
            yield check.ask.field
        for name in counts_named(check.ask):
            for count in pack.vocabulary.wholes(name):
                yield from (count.id, count.label.said_in(language))
                yield from condition_words(count.where, count.register, pack, language)


def texts_of(pack: Pack) -> Iterator[Text | None]:
    """Yield the words that stand in the pack itself, in both languages."""
    yield from (pack.title, pack.issuer)
    known = pack.vocabulary
    for criterion in pack.criteria:
        yield from (criterion.title, criterion.remedy)
        yield from (known.evidence[each] for each in criterion.evidence)
        yield from (known.levels.get(each) for each in criterion.levels)
    yield from (reading.reading for reading in pack.readings)
    yield from (rule.label for rule in pack.verdicts)


def condition_words(
    condition: Condition, register: str | None, pack: Pack, language: str
) -> Iterator[str]:
    """Yield the words that a condition is told in."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from condition_words(part, register, pack, language)
        case Not(part):
            yield from condition_words(part, register, pack, language)
        case OneOf() | Compared() | Lasting():
            assert register is not None
            words = words_of_one(condition, pack.vocabulary.registers[register])
            yield from (text.said_in(language) for text in words)


def words_of_one(
    condition: OneOf | Compared | Lasting, register: Register
) -> Iterator[Text]:
    """Yield what a condition on one field names."""
    if register.id != LOCALITIES:  # which is said otherwise
        yield register.label
    if condition.field in register.fields:
        field = register.fields[condition.field]
        yield field.label
        if isinstance(condition, OneOf):
            said = (field.labels.get(str(each)) for each in condition.values)
            yield from filter(None, said)
    if isinstance(condition, Lasting):
        number = str(condition.duration.number)
        yield Text(number, number)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PACKS)
def test_nothing_that_a_pack_says_is_left_out(
    name: str, form: str, language: str
) -> None:
    told = shown(name, form, language)
    parts = {squeezed(part) for part in parts_of(PACKS[name], language)}
    assert {part for part in parts if part not in told} == set()


@pytest.mark.parametrize("name", PACKS)
def test_each_criterion_holds_its_own_checks_and_readings(name: str) -> None:
    """Not only somewhere: under the criterion that they belong to."""
    pack = PACKS[name]
    with speaking("vi"):
        book = rulebook_from_pack(pack)
    for rule, criterion in zip(book.rules, pack.criteria, strict=True):
        own = [each for each in pack.readings if each.criterion == criterion.id]
        assert [each.id for each in rule.demands] == [
            each.id for each in criterion.checks
        ]
        assert len(rule.readings) == len(own)
        assert {
            count for each in criterion.checks for count in counts_named(each.ask)
        } <= {term.id for term in rule.terms}
        assert all(check.id in rule.requires + rule.when for check in criterion.checks)
    general = [each for each in pack.readings if each.criterion is None]
    assert len(book.readings) == len(general)
    assert [each.id for each in book.conclusions] == [e.verdict for e in pack.verdicts]


@given(mutations())
@settings(max_examples=15)
def test_packs_that_demand_different_things_are_told_differently(
    drawn: tuple[Question, Doc],
) -> None:
    question, changed = drawn
    before = read_pack(question.vocabulary, question.pack)
    after = read_pack(question.vocabulary, changed)
    changes = rule_changes_from_packs(before, after)
    if any(change.decides for change in changes):
        assert told(before) != told(after)


def told(pack: Pack) -> list[str]:
    lines = rulebook_as_text(rulebook_from_pack(pack), all_said(WORDS))
    return [line for line in lines if pack.sha256 not in line]


def test_the_words_of_a_pack_cannot_break_out_of_the_page() -> None:
    pack = read_pack(
        "vocabulary: 1",
        'pack: a/b\nlevels: [x]\ntitle: "<script>*a* | {{ b }}</script>"\n'
        "criteria:\n  - {id: C, requires: always}\n",
    )
    from cli.rendering import Templates

    book = rulebook_from_pack(pack)
    as_html = (
        Templates("html").named("rulebook").filled(book=book, words=all_said(WORDS))
    )
    as_md = Templates("md").named("rulebook").filled(book=book, words=all_said(WORDS))
    assert "<script>" not in as_html + as_md
    assert r"\*a\* \|" in as_md


def test_a_small_pack_reads_so(golden: Callable[[str, str], None]) -> None:
    said = run("rules", "show", "demo/plan", "--rules", RULES, "--lang", "en")
    assert said.code == 0
    golden("rulebook/small.en.txt", said.out)


def test_a_word_document_goes_into_a_file_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        said = run(
            *("rules", "show", "lai-chau/city-2024", "--format", "docx"),
            *("-o", tmp_path / name),
        )
        assert (said.code, said.out, said.err) == (0, "", "")
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_an_unknown_pack_is_told() -> None:
    assert run("rules", "show", "lai-chau/city-2023").code == 2
    assert run("rules", "show", "no.yaml").code == 2


def test_two_limits_that_are_one_number_are_exactly_it_and_a_third_is_still_said() -> (
    None
):
    say = Demands(Wording(pack_of(LAI_CHAU))).bounds
    both = [(Operator.AT_LEAST, 13), (Operator.AT_MOST, 13)]
    with speaking("en"):
        assert say(both) == "exactly 13"
        assert say(reversed(both)) == "exactly 13"
        third = say([*both, (Operator.LESS_THAN, 20)])
    assert third == "at least 13, at most 13, less than 20"
