"""The one door to Typst: a paper as PDF, with a face that holds every Vietnamese letter."""

import json
import re
import unicodedata
from dataclasses import asdict, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

import typst  # noqa: TID251  (the door)

from cli.papers.paper import Paper, ended
from cli.plain import brief, fitted, on_paper
from cli.rendering import PAPER, broken, template_file
from engine.errors import N_, RenderingError
from engine.source import Place

FACES: Final = ("Times New Roman", "Tinos", "Liberation Serif", "Libertinus Serif")
"""The decree's own, two of the same measures, and the one that Typst carries along."""
_ARCHIVE: Final = "a-2u"
"""PDF/A: the only kind that Typst refuses to write with a letter missing."""
_VOWELS: Final = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES: Final = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_OTHERS: Final = "bcdđfghjklmnpqrstvwxzBCDĐFGHJKLMNPQRSTVWXZ0123456789.,;:!?%/()“”–…"
_PROBE: Final = b"""#set text(font: sys.inputs.face, fallback: false)
#for it in (sys.inputs.letters, strong(sys.inputs.letters)) { it; emph(it) }"""
_ENDLESS: Final = re.compile(r"\S{65,}")
_ENDLESS_IN_CELLS: Final = re.compile(r"\S{25,}")
"""Words that fit no line, and are broken; a fingerprint does, so it can be copied."""
_PIECE: Final = 12
_NO_GLYPH: Final = re.compile(r"the text `\"(.*)\"` could not be displayed", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
"""As Typst tells a letter that would stand over the one before it."""
_PLACE: Final = re.compile(r"paper\.typ:(\d+):(\d+)")
_PACKAGE: Final = re.compile(r'"@[^"\n]*"')
"""What Typst would fetch from the network."""
_NAME: Final = re.compile(r"unknown variable: (\S+)|key \"([^\"]*)\"|field `?(\w+)`?")


def pdf_from_paper(paper: Paper, templates: Path | None = None) -> bytes:
    """Return the paper as PDF/A; `templates` may hold an office's own `paper.typ`.

    Raises:
        RenderingError: no font holds a letter of it, the template is broken, or it
            names a package of the network.
    """
    file = template_file("paper.typ", templates)
    _refuse_packages(file.parent)
    data = _plainly(asdict(replace(paper, body=ended(paper))))
    inputs = {"paper": json.dumps(data), "faces": json.dumps([face()])}
    try:
        return _pdf(_compiler(file), inputs)
    except typst.TypstError as error:
        raise _told(error, file, paper) from error


def _refuse_packages(folder: Path) -> None:
    for file in sorted(folder.rglob("*.typ")):
        text = file.read_text(encoding="utf-8", errors="replace")
        if found := _PACKAGE.search(text):
            raise broken(
                "template-package",
                Place(str(file), text.count("\n", 0, found.start()) + 1),
                N_("it asks for {package}, which would be fetched from the network"),
                N_("copy what it needs of the package into the folder of the template"),
                package=fitted(found[0], 80),
            )


@cache
def face() -> str:
    """Return the first face on this machine that holds every Vietnamese letter.

    Debian's `fonts-liberation` lacks 92 of them, so each is tried.
    """
    return next(each for each in FACES if holds(each, vietnamese_letters()))


def vietnamese_letters() -> str:
    """Return the letters, figures and marks that Vietnamese papers are written with."""
    toned = ("".join(each) for each in product(_VOWELS, _TONES))
    return "".join(unicodedata.normalize("NFC", each) for each in toned) + _OTHERS


def holds(name: str, letters: str) -> bool:
    """Tell whether there is such a face, and all letters in it, bold and slanted too."""
    if name not in _fonts().families():
        return False
    compiler = typst.Compiler(_PROBE, font_paths=_fonts())
    try:
        _pdf(compiler, {"face": name, "letters": letters})
    except typst.TypstError:
        return False
    return True


def _pdf(compiler: Any, inputs: dict[str, str]) -> bytes:
    made: bytes = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=_ARCHIVE, timestamp=0
    )
    return made


@cache
def _fonts() -> Any:
    return typst.Fonts()


@cache
def _compiler(file: Path) -> Any:
    """Return what fills a template; the template sees nothing outside its folder."""
    return typst.Compiler(str(file), root=str(file.parent), font_paths=_fonts())


def _plainly(value: Any, endless: "re.Pattern[str]" = _ENDLESS) -> Any:
    match value:
        case str():
            return endless.sub(_breakable, on_paper(value))
        case dict():
            return {
                name: _plainly(each, _ENDLESS_IN_CELLS if name == "rows" else endless)
                for name, each in value.items()
            }
        case list() | tuple():
            return [_plainly(each, endless) for each in value]
        case _:
            return value


def _breakable(word: "re.Match[str]") -> str:
    pieces = range(0, len(word[0]), _PIECE)
    return "\u200b".join(word[0][each : each + _PIECE] for each in pieces)


def _told(error: Any, file: Path, paper: Paper) -> RenderingError:
    """Return what is wrong; of a paper's text at most the letter that no font holds.

    For the letter the paper is named by its abstract, which says what it is about.
    """
    if found := _NO_GLYPH.search(error.message):
        escaped = _ESCAPED.match(found[1])
        letter = chr(int(escaped[1], 16)) if escaped else found[1][:1]
        return broken(
            "letter-missing",
            Place(fitted(paper.abstract or paper.kind, 80)),
            N_("no font on this machine holds the letter {letter} ({name})"),
            N_("install a font that holds it, or write it otherwise"),
            letter=letter,
            name=unicodedata.name(letter, f"U+{ord(letter):04X}"),
        )
    at = _PLACE.search(error.diagnostic)
    place = Place(str(file), int(at[1]), int(at[2])) if at else Place(str(file))
    if found := _NAME.search(error.message):
        return broken(
            "template-undefined",
            place,
            N_("there is nothing called '{name}'"),
            N_("correct the name; {noun} lists what a template sees"),
            name=next(filter(None, found.groups())),
            noun=PAPER,
        )
    return broken(
        "template-failed",
        place,
        N_("it fails: {reason}"),
        N_("correct that line; a template may only show what it is given"),
        reason=brief(error.message),
    )
