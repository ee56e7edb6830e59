"""`diaban rules diff`: what differs between two packs, in words."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.options import format_option, language_option, output_option, rules_option
from cli.output import deliver, refuse_unwritable
from cli.rules import library_in
from engine.errors import N_

if TYPE_CHECKING:
    from cli.rules_desk.changes_written import Compared


@click.command(
    "diff",
    help=N_(
        "Tell in words what differs between the rule packs FIRST and SECOND: ids, or "
        "files, such as two versions of one.\n\n"
        "Compared is what the rules mean, with what the vocabulary of each says of the "
        "counts: order, comments, and spellings that mean the same make no difference. "
        "What may change a verdict is told first, then what changes in words only. Ends "
        "with 0 if nothing differs, with 1 if something does."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules diff lai-chau/city-2024 my-rules/lai-chau/city-2026.yaml",
            "",
            N_("For a paper that asks for agreement:"),
            "  diaban rules diff old.yaml new.yaml --format md --lang vi -o changes.md",
        )
    ),
)
@click.argument("first", metavar=N_("FIRST"))
@click.argument("second", metavar=N_("SECOND"))
@rules_option
@format_option("text", "json", "md")
@output_option
@language_option
def command(
    first: str, second: str, rules: Path | None, form: str, output: Path | None
) -> ExitCode:
    """Write what differs, and tell by the exit code whether anything does."""
    # Imported here, so that help and completion wait for none of it.
    from cli.case import pack_named
    from cli.rules_desk.changes_written import Compared
    from engine.policy.rule_changes_from_packs import rule_changes_from_packs

    refuse_unwritable(output, None)
    library = library_in(rules)
    before = pack_named(library, first, "'FIRST'")
    after = pack_named(library, second, "'SECOND'")
    compared = Compared(before, after, rule_changes_from_packs(before, after))
    deliver(_written(compared, form), output)
    return ExitCode.NOT_PASSED if compared.changes else ExitCode.DONE


def _written(compared: "Compared", form: str) -> Iterator[str]:
    from cli.rules_desk import changes_written as written

    match form:
        case "json":
            return written.rule_changes_as_json(compared)
        case "md":
            return written.rule_changes_as_markdown(compared)
        case _:
            return written.rule_changes_as_text(compared)
