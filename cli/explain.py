"""`diaban explain`: the proof of one locality's verdict."""

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import Question, asks, language_option
from cli.output import deliver
from cli.progress import Progress
from cli.tree_from_proof import tree_from_proof
from engine.errors import N_, nearest
from engine.pack import Pack


@click.command(
    "explain",
    help=N_(
        "Show the proof of one locality's verdict.\n\n"
        "The verdict rests on criteria, these on checks, these on counts, and these on "
        "rows and cells of FACTS. Beside each criterion stand the law's words and how "
        "they were read; under an undetermined verdict, what would settle it."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban explain examples/lai-chau --locality 03389-02 --as-of 2024-03-31",
            "",
            N_("One criterion only:"),
            "  diaban explain examples/lai-chau --locality 03389-02 --criterion C6 \\",
            "    --as-of 2024-03-31",
        )
    ),
)
@asks
@click.option(
    "--locality",
    required=True,
    metavar=N_("ID"),
    help=N_("The id of the locality, as its table says."),
)
@click.option(
    "--criterion",
    metavar=N_("ID"),
    help=N_("Prove this criterion only."),
)
@language_option
def command(question: Question, locality: str, criterion: str | None) -> ExitCode:
    """Print the proof."""
    # Imported here, so that help and completion wait for no data frames.
    from cli.case import case_of
    from engine.assess import judge_localities
    from engine.proof_from_judged import proof_of

    with Progress() as progress:
        case = case_of(question, progress)
        if criterion is not None:
            _refuse_unknown_criterion(criterion, case.pack)
        judged = judge_localities(
            case.pack,
            case.facts,
            question.as_of,
            outside_force=question.outside_force,
            progress=progress,
        )
        proof = proof_of(judged, locality)
    deliver(tree_from_proof(proof, case.pack, question.as_of, criterion), None)
    return ExitCode.DONE


def _refuse_unknown_criterion(criterion: str, pack: Pack) -> None:
    known = [each.id for each in pack.criteria]
    if criterion in known:
        return
    wrong = _("{pack} has no criterion {name!r}; it has: {known}.").format(
        pack=pack.id, name=criterion, known=", ".join(known)
    )
    if close := nearest(criterion, known):
        wrong += " " + _("Did you mean {name!r}?").format(name=close)
    raise click.BadParameter(wrong, param_hint="'--criterion'")
