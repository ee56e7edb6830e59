"""`diaban rules explain`: what a code in a message means."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import language_option
from cli.output import deliver
from cli.plain import wrapped
from cli.tables import WIDTH
from cli.words.wording import said
from engine.errors import N_, QuestionError

if TYPE_CHECKING:
    from cli.rules_desk.explanations import Explanation


@click.command(
    "explain",
    help=N_(
        "Say what each CODE in a message means, how it comes about and what to do, with "
        "an example where one helps. Without CODE: all there are."
    ),
    epilog="\n".join((N_("Example:"), "  diaban rules explain quote-operator")),
)
@click.argument("codes", nargs=-1, metavar=N_("[CODE]..."))
@language_option
def command(codes: tuple[str, ...]) -> ExitCode:
    """Write the explanations, or the list of codes."""
    from cli.rules_desk.explanations import explanations

    known = explanations()
    _refuse_unknown(codes, known)
    deliver(_explained(codes, known) if codes else _listed(known), None)
    return ExitCode.DONE


def _refuse_unknown(codes: tuple[str, ...], known: "Mapping[str, Explanation]") -> None:
    from engine.errors import Problems
    from engine.rules_from_yaml.kinds import Reader
    from engine.source import Place

    problems = Problems()
    reader = Reader(problems)
    for code in codes:
        if code not in known:
            reader.unknown(
                "unknown-code",
                Place("diaban rules explain"),
                N_("there is no code '{name}'"),
                known,
                name=code,
            )
    problems.raise_as(QuestionError)


def _explained(
    codes: tuple[str, ...], known: "Mapping[str, Explanation]"
) -> Iterator[str]:
    for at, code in enumerate(codes):
        each = known[code]
        yield "\n" * bool(at) + f"{code}\n"
        for line in wrapped(said(each.words), WIDTH, "  ", "  "):
            yield f"{line}\n"
        for heading, example in ((_("Wrong:"), each.wrong), (_("Right:"), each.right)):
            if example is not None:
                yield f"\n  {heading}\n\n"
                yield "".join(f"    {line}\n" for line in example.splitlines())


def _listed(known: "Mapping[str, Explanation]") -> Iterator[str]:
    for at, (_family, codes) in enumerate(
        groupby(known, key=lambda code: code.partition("-")[0])
    ):
        if at:
            yield "\n"
        for line in wrapped(", ".join(codes), WIDTH, "", "  "):
            yield f"{line}\n"
