"""What lies in a dossier, told in the reader's language: its README."""

from collections.abc import Iterator, Mapping
from typing import Final

from cli.dossier.view import Dossier
from cli.language import _
from cli.rendering import markdown
from cli.words.wording import said
from engine.errors import N_
from engine.review.dossier.procedure import PaperOrder

_INTERNAL: Final[Mapping[str, str]] = {
    "evidence/": N_("the evidence"),
    "facts/": N_("the facts about these localities alone"),
    "assessment.json": N_("the answer that all papers rest on"),
}
_ALWAYS: Final[Mapping[str, str]] = {
    "rules/": N_("the rule pack and its vocabulary"),
    "manifest.json": N_("the SHA-256 of every part"),
}


def contents(dossier: Dossier, orders: Mapping[str, PaperOrder]) -> str:
    """Return the README of a dossier as Markdown; `orders` are by the papers' names."""
    papers = {name: said(each.title) for name, each in orders.items()}
    others = _ALWAYS if dossier.public else {**_INTERNAL, **_ALWAYS}
    listed = papers | {name: _(words) for name, words in others.items()}
    items = (f"- `{name}`: {markdown(words)}" for name, words in listed.items())
    return (
        "\n\n".join((*_paragraphs(dossier), "\n".join(items), *_notes(dossier))) + "\n"
    )


def _paragraphs(dossier: Dossier) -> Iterator[str]:
    title = _("Dossier: {locality}").format(locality=dossier.locality)
    yield f"# {markdown(title)}"
    if dossier.public:
        yield _("Public copy: small numbers are masked; it holds no facts.")
    else:
        yield _("FOR INTERNAL CIRCULATION ONLY")
    yield _(
        "{total} localities judged: {passing} pass, {failing} do not, {open} open."
    ).format(
        total=dossier.whole.total,
        passing=dossier.whole.passing,
        failing=dossier.whole.failing,
        open=dossier.whole.undetermined,
    )
    if not dossier.complete:
        yield _("The dossier is incomplete: evidence lacks.")


def _notes(dossier: Dossier) -> Iterator[str]:
    yield _(
        "Numbers, days, votes and signatures are blank: the registry fills them in."
    )
    # A public copy holds no facts that could be judged anew.
    rejudge = "" if dossier.public else " --rejudge"
    yield _("To verify: {command}").format(
        command=f"`diaban dossier verify {_('FILE')}{rejudge}`"
    )
