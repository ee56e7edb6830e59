"""What people see is translated whole: nothing missing, stale, doubtful or misprinted."""

import errno
import gettext
import os
import re
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from unicodedata import is_normalized

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cli import said_by_click, said_by_system
from cli.language import CATALOGUES, DOMAIN

ROOT = Path(__file__).parents[1]
VIETNAMESE = CATALOGUES / "vi" / "LC_MESSAGES" / f"{DOMAIN}.po"
EDGES = re.compile(r"^\s*|\s*$")
CURE = "run `make catalogues` and translate what it adds to diaban.po"


@cache
def catalogue() -> Catalog:
    with VIETNAMESE.open("rb") as file:
        return read_po(file, locale="vi")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


@cache
def said() -> dict[object, list[str]]:
    """Return the messages in the sources, with the places where they stand."""
    found: dict[object, list[str]] = {}
    for room in ("engine", "cli"):
        for file, line, message, *_ in extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")]
        ):
            found.setdefault(message, []).append(f"{room}/{file}:{line}")
    return found


def places_in(text: str) -> Counter[str]:
    """Count the places to fill, with how each is to be written."""
    parts = Formatter().parse(text)
    return Counter(
        f"{name}!{conversion}:{form}" for _, name, form, conversion in parts if name
    )


def test_every_message_is_translated() -> None:
    known = {message.id for message in messages()}
    missing = {
        message: where for message, where in said().items() if message not in known
    }
    assert not missing, CURE


def test_no_translation_has_lost_its_message() -> None:
    stale = [message.id for message in messages() if message.id not in said()]
    assert not stale, CURE
    assert not catalogue().obsolete, CURE


def test_no_translation_is_empty_or_doubtful() -> None:
    doubtful = [each.id for each in messages() if each.fuzzy or not all(_texts(each))]
    assert not doubtful, CURE


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    with VIETNAMESE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    fresh = BytesIO()
    write_mo(fresh, catalogue())
    fresh.seek(0)
    assert _words(compiled) == _words(gettext.GNUTranslations(fresh)), CURE


def test_a_translation_fills_in_what_its_message_does() -> None:
    wrong = [
        each.id
        for each in messages()
        for text in _texts(each)
        if places_in(text) not in map(places_in, map(_without_kind, _ids(each)))
    ]
    assert not wrong


def _without_kind(text: str) -> str:
    """Leave out what click calls a path: in title case, and before a language is known."""
    return text.replace("{name} {filename!r}", "{filename!r}")


def test_a_translation_keeps_the_space_around_its_message() -> None:
    wrong = [
        each.id
        for each in messages()
        for text in _texts(each)
        if EDGES.findall(text) != EDGES.findall(_ids(each)[0])
    ]
    assert not wrong


def test_translations_are_in_composed_vietnamese() -> None:
    texts = [text for each in messages() for text in _texts(each)]
    assert [text for text in texts if not is_normalized("NFC", text)] == []


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("mã nhận dạng", "dấu vân|mã băm [(]"),
        ("bộ tiêu chí", "bộ quy tắc"),
        ("bảng từ vựng", "bộ từ vựng|thuật ngữ"),
        ("số liệu", "dữ kiện"),
        ("chưa đủ điều kiện", "không đủ điều kiện"),
    ],
)
def test_one_thing_has_one_name(name: str, others: str) -> None:
    texts = "\n".join(text for each in messages() for text in _texts(each)).casefold()
    assert name in texts
    assert not re.search(others, texts)


@pytest.mark.parametrize("word", said_by_click.WORDS)
def test_click_still_says_what_we_translate_for_it(word: str) -> None:
    assert word in _said_by_click()


def test_click_still_says_the_plurals_we_translate_for_it() -> None:
    assert set(said_by_click.plurals(1)) <= _said_by_click()
    assert set(said_by_click.plurals(2)) <= _said_by_click()


def test_the_system_still_says_what_we_translate_for_it() -> None:
    assert set(said_by_system.WORDS) <= {os.strerror(each) for each in errno.errorcode}


@cache
def _said_by_click() -> set[str]:
    folder = Path(click.__file__).parent
    found = {"required", "[OPTIONS]", "[COMMAND] [ARGS]..."}
    source = "".join(each.read_text(encoding="utf-8") for each in folder.glob("*.py"))
    assert all(f'"{each}"' in source for each in found)
    for _, _, message, *_ in extract_from_dir(folder, method_map=[("**.py", "python")]):
        found |= set(message) if isinstance(message, tuple) else {message}
    return found


def _ids(message: Message) -> tuple[str, ...]:
    return tuple([message.id] if isinstance(message.id, str) else message.id)


def _texts(message: Message) -> tuple[str, ...]:
    text = message.string
    texts = [text] if isinstance(text, str) else text or ()
    return tuple(each or "" for each in texts)


def _words(translations: gettext.GNUTranslations) -> dict[object, str]:
    words: dict[object, str] = vars(translations)["_catalog"]
    return {message: text for message, text in words.items() if message}
