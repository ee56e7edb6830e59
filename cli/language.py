"""In which language a person is answered: the one door to gettext."""

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, NamedTuple

LANGUAGES: Final = ("vi", "en")
VARIABLE: Final = "DIABAN_LANG"
DOMAIN: Final = "diaban"
CATALOGUES: Final = Path(__file__).with_name("locale")
_LOCALE: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class _Spoken(NamedTuple):
    language: str
    catalogue: gettext.NullTranslations


_ENGLISH: Final = _Spoken("en", gettext.NullTranslations())
_SPOKEN: Final = ContextVar("_SPOKEN", default=_ENGLISH)


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that a command line and its environment ask for.

    It is needed before the options are read, because their help and the complaints
    about them are in that language too; so an unknown language counts as none here.
    """
    for language in (_option(arguments), environment.get(VARIABLE)):
        if language in LANGUAGES:
            return language
    named = next(filter(None, map(environment.get, _LOCALE)), "")
    return "vi" if named.startswith("vi") else "en"


def _option(arguments: Sequence[str]) -> str | None:
    found = None
    for before, argument in zip(("", *arguments), arguments, strict=False):
        if argument == "--":
            break
        if before == "--lang":
            found = argument
        elif argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
    return found


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Answer in `language` meanwhile.

    click says its own words through gettext's default domain and the environment, so
    these two are lent to it; afterwards everything is as before.
    """
    catalogue = gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)
    before = gettext.textdomain(), os.environ.get("LANGUAGE")
    token = _SPOKEN.set(_Spoken(language, catalogue))
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        _SPOKEN.reset(token)
        gettext.textdomain(before[0])
        if before[1] is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before[1]


def spoken() -> str:
    """Return the language that is spoken: `vi` or `en`."""
    return _SPOKEN.get().language


def _(message: str) -> str:
    """Say a message in the language that is spoken."""
    return _SPOKEN.get().catalogue.gettext(message)


def all_said(messages: Mapping[str, str]) -> dict[str, str]:
    """Say every message, by the names that a template calls them."""
    return {name: _(message) for name, message in messages.items()}


def ngettext(singular: str, plural: str, number: int) -> str:
    """Say a message about a number of things in the language that is spoken."""
    return _SPOKEN.get().catalogue.ngettext(singular, plural, number)
