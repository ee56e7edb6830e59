"""The papers of a dossier: a procedure's orders filled with what was judged."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.dossier.text import PaperText, text_of_paper
from cli.file_names import file_stems
from cli.language import _
from cli.papers.paper import (
    END,
    Clause,
    Head,
    Paper,
    Paragraph,
    Signature,
    listed,
    number_and_symbol,
    place_and_date,
)
from cli.rendering import DOSSIER, TEMPLATES, Templates
from cli.words.wording import said
from engine.review.dossier.procedure import Occasion, PaperOrder, Procedure, filled
from engine.source import Place

if TYPE_CHECKING:
    from cli.dossier.view import Dossier, Result
    from cli.rendering import Rendering

_FOLDER: Final = "papers"
_WORD: Final = ("paper.docx", "paper-landscape.docx")
_SEPARATE: Final = " · "


class Papers:
    """Writes the papers that a procedure orders, with an office's templates if it has any."""

    def __init__(
        self,
        dossier: "Dossier",
        procedure: Procedure,
        names: Mapping[str, str],
        templates: Path | None,
    ) -> None:
        self._dossier, self._names = dossier, names
        self._own = templates
        self._ours = Templates("md", None, DOSSIER)
        self._theirs = Templates("md", templates, DOSSIER)
        self.orders: Mapping[str, PaperOrder] = dict(_named(procedure, dossier))
        """By the name of the part, without its ending."""

    def written(self) -> Iterator[tuple[str, Paper]]:
        """Yield the papers, each with the name of its part without its ending.

        Raises:
            RenderingError: a template is broken.
        """
        for name, order in self.orders.items():
            template = self._template(order)
            if not order.each:
                yield name, self._paper(order, template)
                continue
            concerned = [e for e in self._dossier.results if e.level_id in order.each]
            stems = file_stems(each.id for each in concerned)
            for each in concerned:
                yield f"{name}/{stems[each.id]}", self._paper(order, template, each)

    def _paper(
        self, order: PaperOrder, template: "Rendering", result: "Result | None" = None
    ) -> Paper:
        _first, *enclosed = self.orders.values()
        rendered = template.filled(
            dossier=self._dossier,
            result=result,
            papers=[said(each.title) for each in enclosed],
        )
        text = text_of_paper(rendered, Place(str(self._file(order))))
        return Paper(
            kind=text.kind,
            abstract=text.abstract,
            body=text.body,
            head=self._head(order),
            mark=self._mark(text),
            authority=self._said(order.authority),
            addressees=self._all(order.to),
            bases=listed(text.bases),
            end=END if isinstance(text.body[-1], Paragraph | Clause) else "",
            recipients=listed(self._all(order.recipients)),
            signatures=tuple(Signature(self._all(e)) for e in order.signatures),
            landscape=order.landscape,
        )

    def _head(self, order: PaperOrder) -> Head | None:
        if not order.symbol:
            return None
        return Head(
            superior=self._said(order.superior),
            body=self._said(order.body),
            number=number_and_symbol(order.symbol),
            place_and_date=place_and_date(self._said(order.place)),
        )

    def _mark(self, text: PaperText) -> str:
        internal = "" if self._dossier.public else _("FOR INTERNAL CIRCULATION ONLY")
        return _SEPARATE.join(filter(None, (text.mark, internal)))

    def _said(self, text: str) -> str:
        return filled(text, self._names)

    def _all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._said, texts))

    def _template(self, order: PaperOrder) -> "Rendering":
        is_ours = self._file(order).is_relative_to(TEMPLATES)
        templates = self._ours if is_ours else self._theirs
        return templates.named(f"dossier/{order.template}")

    def _file(self, order: PaperOrder) -> Path:
        name = f"dossier/{order.template}.md.j2"
        own = self._own / name if self._own else None
        return own if own and own.is_file() else TEMPLATES / name


def letterhead(templates: Path | None, paper: Paper) -> Path | None:
    """Return the folder of an office's Word template for a paper, if it has one."""
    name = _WORD[paper.landscape]
    return templates if templates and (templates / name).is_file() else None


def _named(
    procedure: Procedure, dossier: "Dossier"
) -> Iterator[tuple[str, PaperOrder]]:
    """Yield the papers; those of a public copy keep the numbers of the internal one."""
    belonging = (each for each in procedure.papers if _belongs(each, dossier))
    for number, order in enumerate(belonging, start=1):
        if order.public or not dossier.public:
            yield f"{_FOLDER}/{number:02}-{order.id}", order


def _belongs(order: PaperOrder, dossier: "Dossier") -> bool:
    match order.when:
        case Occasion.ALWAYS:
            return True
        case Occasion.PASSING:
            return bool(dossier.passing)
        case Occasion.NOT_PASSING:
            return len(dossier.passing) < len(dossier.results)
