"""`diaban rules show`: what a pack says, in sentences, to be read beside its document."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.extras import extra
from cli.language import _
from cli.options import format_option, language_option, output_option, rules_option
from cli.output import deliver, refuse_unwritable
from cli.rules import library_in
from engine.errors import N_

if TYPE_CHECKING:
    from cli.rules_desk.rulebook import RuleBook


@click.command(
    "show",
    help=N_(
        "Show in sentences what the rule pack PACK (an id or a file) says: its documents, "
        "each criterion with its clause, the document's words, what is demanded and what "
        "is counted for it, and which verdict follows when.\n\n"
        "As Markdown, HTML or a Word document it is a rule book, to be read beside the "
        "document by whoever answers for the rules."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules show lai-chau/city-2024",
            "",
            N_("For those who agree to the rules and read no YAML:"),
            "  diaban rules show lai-chau/city-2024 --lang vi --format docx \\",
            "    -o rule-book.docx",
        )
    ),
)
@click.argument("pack", metavar=N_("PACK"))
@rules_option
@format_option("text", "md", "html", "docx")
@output_option
@language_option
def command(pack: str, rules: Path | None, form: str, output: Path | None) -> ExitCode:
    """Write what the pack says."""
    from cli.case import pack_named
    from cli.rules_desk.rulebook_from_pack import rulebook_from_pack

    refuse_unwritable(output, None)
    if form == "docx" and output is None and sys.stdout and sys.stdout.isatty():
        raise click.UsageError(_("A screen cannot show it: name a file with -o."))
    book = rulebook_from_pack(pack_named(library_in(rules), pack, "'PACK'"))
    deliver(_written(book, form), output)
    return ExitCode.DONE


def _written(book: "RuleBook", form: str) -> Iterable[str | bytes]:
    from cli.language import all_said
    from cli.rules_desk.rulebook import WORDS

    match form:
        case "docx":
            from cli.rules_desk.paper_from_rulebook import paper_from_rulebook

            with extra("documents"):
                from cli.papers.word import docx_from_paper
            return [docx_from_paper(paper_from_rulebook(book, all_said(WORDS)))]
        case "md" | "html":
            from cli.rendering import Templates

            template = Templates(form).named("rulebook")
            return [template.filled(book=book, words=all_said(WORDS))]
        case _:
            from cli.rules_desk.rulebook_as_text import rulebook_as_text

            return rulebook_as_text(book, all_said(WORDS))
