"""`diaban rules check`: whether rules are valid, and what a reviewer should look at."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.options import format_option, language_option, output_option, rules_option
from cli.output import deliver, refuse_unwritable
from cli.rules import library_in
from engine.errors import N_
from engine.rules_file import surely

if TYPE_CHECKING:
    from engine.policy.findings_from_pack import Checked


@click.command(
    "check",
    help=N_(
        "Tell all errors in each PACK (an id or a file; by default in all rules of the "
        "folder), and what looks wrong although it is valid.\n\n"
        "A quote that says trên where the check says at_least, a criterion without its "
        "clause or a worked case, counts that nobody asks for, versions that overlap, "
        "verdicts that nobody can have. 'diaban rules explain CODE' says more about "
        "each. A comment '# diaban: ignore CODE reason', on the line or above it, "
        "answers for a warning. Ends with 3 if there are errors, with 1 if there are "
        "warnings."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules check lai-chau/city-2024",
            "",
            N_("All rules of a folder, for a server that shows findings in the code:"),
            "  diaban rules check --rules my-rules --format sarif -o findings.sarif",
        )
    ),
)
@click.argument("packs", nargs=-1, metavar=N_("[PACK]..."))
@rules_option
@format_option("text", "json", "sarif", "github")
@output_option
@language_option
def command(
    packs: tuple[str, ...], rules: Path | None, form: str, output: Path | None
) -> ExitCode:
    """Write what was found, and tell by the exit code how bad it is."""
    from engine.policy.findings_from_pack import check_rules

    refuse_unwritable(output, None)
    asked = [_asked(each) for each in packs]
    checked = check_rules(library_in(rules), asked)
    deliver(_written(checked, form), output)
    if checked.errors:
        return ExitCode.RULES
    return ExitCode.NOT_PASSED if checked.findings else ExitCode.DONE


def _asked(name: str) -> str | Path:
    path = Path(name)
    return path if surely(path.is_file) or path.suffix == ".yaml" else name


def _written(checked: "Checked", form: str) -> Iterator[str]:
    from cli.rules_desk import checked_written as written
    from cli.rules_desk.sarif_from_checked import sarif_from_checked

    match form:
        case "json":
            return written.checked_as_json(checked)
        case "sarif":
            return sarif_from_checked(checked)
        case "github":
            return written.checked_for_github(checked)
        case _:
            return written.checked_as_text(checked)
