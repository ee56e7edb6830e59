"""The one door to Jinja: sandboxed, strict templates that treat data as text."""

import re
import traceback
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import (  # noqa: TID251  (the door)
    ChoiceLoader,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: TID251  (the door)

from cli.plain import plain
from engine.errors import N_, Problems, RenderingError
from engine.source import Place

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
_NAMES: Final = re.compile(r"'([^']*)'")
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]#|~!$@&<>]|^\s*[-+=]|(?<=:)//|\bwww\.")
_ORDERED: Final = re.compile(r"^(\s*\d+)([.)])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class Templates:
    """Templates for one form (`md`, `html`): diaban's own, or an office's before them."""

    def __init__(self, form: str, folder: Path | None = None) -> None:
        self._form, self._folder = form, folder or TEMPLATES
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader([self._folder, TEMPLATES])]),
            undefined=StrictUndefined,
            autoescape=form == "html",
            finalize=_plainly if form == "html" else markdown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )

    def named(self, document: str) -> "Rendering":
        """Return the template of a document, such as `memo`, ready to be filled.

        Raises:
            RenderingError: it cannot be read or understood.
        """
        name = f"{document}.{self._form}.j2"
        file = self._folder / name
        if not file.is_file():
            raise _broken(
                "template-missing",
                Place(str(file)),
                N_("there is no such template"),
                N_("write it, or copy diaban's own from {folder}"),
                folder=str(TEMPLATES),
            )
        try:
            template = self._environment.get_template(name)
        except Exception as error:
            raise _told(error, file) from error
        return Rendering(template, file)


class Rendering:
    """A template that is filled again and again."""

    def __init__(self, template: Template, file: Path) -> None:
        self._template, self._file = template, file

    def filled(self, **values: Any) -> str:
        """Return the document.

        Raises:
            RenderingError: the template names what is not there, or fails otherwise.
        """
        try:
            return self._template.render(values)
        except Exception as error:
            raise _told(error, self._file) from error


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


def _told(error: Exception, file: Path) -> RenderingError:
    """Return what is wrong in a template; never a value, which may be a person's."""
    place = _place(error, file)
    match error:
        case UndefinedError():
            return _broken(
                "template-undefined",
                place,
                N_("there is nothing called '{name}'"),
                N_(
                    "correct the name; `Memo` in cli/memo_view.py lists what a template sees"
                ),
                name=(_NAMES.findall(str(error)) or ["?"])[-1],
            )
        case TemplateNotFound():
            return _broken(
                "template-missing",
                place,
                N_("it asks for the template '{name}', which is not there"),
                N_("correct the name, or write that template"),
                name=str(error.name),
            )
        case TemplateSyntaxError():
            return _broken(
                "template-syntax",
                place,
                N_("it cannot be understood: {reason}"),
                N_("correct it; the syntax is that of Jinja"),
                reason=error.message or "",
            )
        case _:
            return _broken(
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


def _broken(
    code: str, place: Place, what: str, cure: str, **values: str
) -> RenderingError:
    problems = Problems()
    problems.error(code, place, what, cure, None, **values)
    return RenderingError(problems.as_error(RenderingError).diagnostics)
