"""The one door to Jinja: sandboxed, strict templates that treat data as text."""

import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import (  # noqa: TID251  (the door)
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: TID251  (the door)

from cli.plain import on_paper, plain
from engine.errors import N_, Problems, RenderingError
from engine.source import Place

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
MEMO: Final = "`Memo` (cli/memo/memo_view.py)"
PAPER: Final = "`Paper` (cli/papers/paper.py)"
DOSSIER: Final = "`Dossier` (cli/dossier/view.py)"
"""Where it is written what a template sees."""
_TAGS: Final = re.compile(r"<[^>]+>")
_NAMES: Final = re.compile(r"'([^']*)'")
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]#|~!$@&<>]|^\s*[-+=]|(?<=:)//|\bwww\.")
_ORDERED: Final = re.compile(r"^(\s*\d+)([.)])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that knows what it is shown, and looks closely at all else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute, if a template may have it.

        The fields of a view are words to be shown, so of them nothing is asked further:
        to ask took two thirds of the time of a memo.
        """
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class Templates:
    """Templates for one form (`md`, `html`): diaban's own, or an office's before them."""

    def __init__(self, form: str, folder: Path | None = None, noun: str = MEMO) -> None:
        self._form, self._folder, self._noun = form, folder or TEMPLATES, noun
        self._environment = _sandbox(
            _plainly if form == "html" else markdown,
            markup=form == "html",
            loader=ChoiceLoader([FileSystemLoader([self._folder, TEMPLATES])]),
        )

    def named(self, document: str) -> "Rendering":
        """Return the template of a document, such as `memo`, ready to be filled.

        Raises:
            RenderingError: it cannot be read or understood.
        """
        name = f"{document}.{self._form}.j2"
        file = template_file(name, self._folder)
        try:
            template = self._environment.get_template(name)
        except Exception as error:
            raise told(error, _place(error, file), self._noun) from error
        return Rendering(template, file, self._noun)


class Rendering:
    """A template that is filled again and again."""

    def __init__(self, template: Template, file: Path, noun: str) -> None:
        self._template, self._file, self._noun = template, file, noun

    def filled(self, **values: Any) -> str:
        """Return the document.

        Raises:
            RenderingError: the template names what is not there, or fails otherwise.
        """
        try:
            return self._template.render(values)
        except Exception as error:
            raise told(error, _place(error, self._file), self._noun) from error


class WordParts:
    """The parts of a Word template, filled again and again; a paragraph is a line."""

    def __init__(self) -> None:
        self.environment = _sandbox(_on_paper, markup=True)
        self._template = lru_cache(maxsize=2**6)(self.environment.from_string)

    def filled(self, source: str, file: Path, values: Mapping[str, Any]) -> str:
        """Return one part, such as the text or a header.

        Raises:
            RenderingError: it names what is not there, or fails otherwise.
        """
        try:
            return self._template(source).render(values)
        except Exception as error:
            lines = source.splitlines()
            line = _line(error, "<template>") or 1
            paragraph, *_rest = lines[min(line, len(lines)) - 1].split("</w:p>")
            place = Place(str(file), sheet=_TAGS.sub("", paragraph).strip())
            raise told(error, place, PAPER) from error


def template_file(name: str, folder: Path | None) -> Path:
    """Return diaban's own template of a name, or an office's.

    Raises:
        RenderingError: there is none.
    """
    file = (folder or TEMPLATES) / name
    if not file.is_file():
        raise broken(
            "template-missing",
            Place(str(file)),
            N_("there is no such template"),
            N_("write it, or copy diaban's own from {folder}"),
            folder=str(TEMPLATES),
        )
    return file


def _sandbox(
    shown: Callable[[object], object], *, markup: bool, loader: BaseLoader | None = None
) -> _Sandbox:
    return _Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=markup,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def markdown(value: object) -> object:
    r"""Return text so that Markdown shows it letter by letter.

    >>> print(markdown("<b> *1* {{7*7}}"))
    &lt;b&gt; \*1\* \{\{7\*7\}\}
    """
    return _marked(value) if isinstance(value, str) else value


@lru_cache(maxsize=2**12)  # the same words stand in every memo of a pack
def _marked(value: str) -> str:
    text = _MARKDOWN.sub(_escaped, plain(value))
    return _ORDERED.sub(r"\1\\\2", text)


def _escaped(found: "re.Match[str]") -> str:
    text = found[0]
    return _ENTITIES.get(text) or f"{text[:-1]}\\{text[-1]}"


def _plainly(value: object) -> object:
    return plain(value) if type(value) is str else value


def _on_paper(value: object) -> object:
    return on_paper(value) if type(value) is str else value


def told(error: Exception, place: Place, noun: str = MEMO) -> RenderingError:
    """Return what is wrong in a template; never a value, which may be a person's."""
    match error:
        case UndefinedError():
            return broken(
                "template-undefined",
                place,
                N_("there is nothing called '{name}'"),
                N_("correct the name; {noun} lists what a template sees"),
                name=(_NAMES.findall(str(error)) or ["?"])[-1],
                noun=noun,
            )
        case TemplateNotFound():
            return broken(
                "template-missing",
                place,
                N_("it asks for the template '{name}', which is not there"),
                N_("correct the name, or write that template"),
                name=str(error.name),
            )
        case TemplateSyntaxError():
            return broken(
                "template-syntax",
                place,
                N_("it cannot be understood: {reason}"),
                N_("correct it; the syntax is that of Jinja"),
                reason=error.message or "",
            )
        case _:
            return broken(
                "template-failed",
                place,
                N_("it fails: {reason}"),
                N_("correct that line; a template may only show what it is given"),
                reason=type(error).__name__,
            )


def _place(error: Exception, file: Path) -> Place:
    """Return the line of the innermost template that the error passed through."""
    if isinstance(error, TemplateSyntaxError):
        return Place(error.filename or str(file), error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [each for each in frames if each.filename.endswith(".j2")]
    return Place(lines[-1].filename, lines[-1].lineno) if lines else Place(str(file))


def _line(error: Exception, file: str) -> int | None:
    """Return the line of a template without a file."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((e.lineno for e in reversed(frames) if e.filename == file), None)


def broken(
    code: str, place: Place, what: str, cure: str, **values: str
) -> RenderingError:
    """Return one thing that is wrong with a document or its template."""
    problems = Problems()
    problems.error(code, place, what, cure, None, **values)
    return RenderingError(problems.as_error(RenderingError).diagnostics)
