"""`diaban rules prove`: what holds of a pack for every locality that there could be."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from cli.exit_code import ExitCode
from cli.extras import extra
from cli.language import _
from cli.options import (
    format_option,
    language_option,
    output_option,
    rules_option,
    taken_as,
)
from cli.output import deliver, refuse_unwritable
from cli.plain import plain
from cli.rules import library_in
from engine.errors import N_
from engine.pack import Pack
from engine.policy.property import Comparison, Property, Standing

_OPTIONS: Final = (
    click.argument("pack", metavar=N_("PACK")),
    rules_option,
    click.option(
        "--against",
        metavar=N_("ID|FILE"),
        help=N_("Compare with this pack: whether what passes one passes the other."),
    ),
    click.option(
        "--order-decides",
        is_flag=True,
        help=N_(
            "The order of the verdict list is meant to decide between verdicts whose "
            "conditions hold at once: do not ask for those."
        ),
    ),
    click.option(
        "--record",
        type=click.Path(path_type=Path),
        metavar=N_("FILE"),
        help=N_("Write the localities that are shown as worked cases into a new file."),
    ),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, of which pack."""

    pack: str
    rules: Path | None
    against: str | None
    order_decides: bool
    record: Path | None


@click.command(
    "prove",
    help=N_(
        "Prove what holds of PACK (an id or a file) for every locality that there could "
        "be, or show a locality for which it does not.\n\n"
        "Asked is whether the verdict list always ends, whether each verdict can be "
        "reached, whether each criterion can be met and not met, whether one criterion "
        "implies or excludes another, whether an improvement can make a verdict worse, "
        "and whether bands and classes overlap or leave gaps. With --against: which of "
        "two packs is the stricter. Every locality that is shown has been judged by the "
        "engine. Ends with 0 if all is proved, with 1 if something fails, with 4 if "
        "something is not decided. Needs the extra 'policy'."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules prove lai-chau/city-2024",
            "",
            N_("Which of two packs is the stricter:"),
            "  diaban rules prove lai-chau/city-2024 --against my-rules/strict.yaml",
        )
    ),
)
@taken_as("asked", _Asked, _OPTIONS)
@format_option("text", "json")
@output_option
@language_option
def command(asked: _Asked, form: str, output: Path | None) -> ExitCode:
    """Write what was proved, and tell by the exit code whether all of it was."""
    from cli.case import pack_named
    from cli.rules_desk import proved_written as written

    _refuse_together(asked.against, asked.record)
    refuse_unwritable(output, None)
    refuse_unwritable(asked.record, None, "'--record'")
    library = library_in(asked.rules)
    pack = pack_named(library, asked.pack, "'PACK'")
    if asked.against is not None:
        against = pack_named(library, asked.against, "'--against'")
        return _compare(pack, against, form, output)
    with extra("policy"):
        from engine.policy.properties_from_pack import properties_from_pack
    proved = properties_from_pack(pack, order_decides=asked.order_decides)
    if asked.record is not None:
        deliver(written.proved_as_cases(pack, proved), asked.record)
    write = written.proved_as_json if form == "json" else written.proved_as_text
    deliver(write(pack, proved), output)
    return _code(proved)


def _compare(first: Pack, second: Pack, form: str, output: Path | None) -> ExitCode:
    from cli.rules_desk import stricter_written as written

    with extra("policy"):
        from engine.policy.properties_from_pack import comparison_of_packs
    found = comparison_of_packs(first, second)
    if not found.levels:
        wrong = _("{first} and {second} judge no level in common.")
        raise click.UsageError(wrong.format(first=first.id, second=second.id))
    write = written.comparison_as_text
    if form == "json":
        write = written.comparison_as_json
    deliver(write(first, second, found), output)
    return _code_of_comparison(found)


def _code(proved: tuple[Property, ...]) -> ExitCode:
    standings = {each.standing for each in proved}
    if Standing.FAILS in standings:
        return ExitCode.NOT_PASSED
    if Standing.NOT_DECIDED in standings:
        return ExitCode.UNDETERMINED
    return ExitCode.DONE


def _code_of_comparison(found: Comparison) -> ExitCode:
    """Return 0 where one pack is at least as strict as the other, 1 where neither is."""
    both = {found.first_in_second.standing, found.second_in_first.standing}
    if Standing.HOLDS in both:
        return ExitCode.DONE
    if Standing.NOT_DECIDED in both:
        return ExitCode.UNDETERMINED
    return ExitCode.NOT_PASSED


def _refuse_together(against: str | None, record: Path | None) -> None:
    if record is None:
        return
    if against is not None:
        wrong = _("it is for one pack: leave out --against.")
    elif record.exists():
        wrong = _("{file} exists already; name a new file.")
    else:
        return
    raise click.BadParameter(
        wrong.format(file=plain(str(record))), param_hint="'--record'"
    )
