"""`diaban rules test`: whether packs say of worked cases what they should say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import (
    day_option,
    format_option,
    language_option,
    rules_option,
    taken_as,
    today,
)
from cli.output import deliver, refuse_unwritable
from cli.rules import library_in
from engine.errors import N_, Problems, QuestionError, RulesError
from engine.library import Library, cases_beside
from engine.pack import Pack
from engine.rules_file import pack_beside, surely
from engine.source import Place

if TYPE_CHECKING:
    from cli.rules_desk.tested import Tested


@dataclass(frozen=True, slots=True)
class Recording:
    """The locality that is to become a case."""

    facts: Path | None
    locality: str | None
    as_of: date
    sentence: str | None


_recording: Final = taken_as(
    "recording",
    Recording,
    (
        click.option(
            "--record",
            "facts",
            type=click.Path(exists=True, path_type=Path),
            metavar=N_("FACTS"),
            help=N_(
                "Run nothing; write a locality of these facts as a case that names "
                "nobody, to be added to the others after a look at it."
            ),
        ),
        click.option(
            "--locality", metavar=N_("ID"), help=N_("The locality to be recorded.")
        ),
        day_option("--as-of", N_("The day to record it for; by default today."), today),
        click.option(
            "--case",
            "sentence",
            metavar=N_("SENTENCE"),
            help=N_("What the recorded case says, in a sentence."),
        ),
    ),
)


@click.command(
    "test",
    help=N_(
        "Judge the worked cases beside each PACK (an id or a file; by default every "
        "pack), and tell where the answer is not what a case expects.\n\n"
        "The cases of a pack NAME.yaml stand in NAME.tests.yaml. Coverage tells how much "
        "of what the pack could say is expected by some case: every check true, false "
        "and unknown, every criterion each way that it can come out, every verdict. Ends "
        "with 1 if a case fails or coverage is below the threshold, with 3 if the cases "
        "of some pack are not valid; those of the others are run all the same."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules test lai-chau/city-2024",
            "",
            N_("For a server that builds and tests, with a report that it can read:"),
            "  diaban rules test --rules my-rules --threshold 100 --junit cases.xml",
            "",
            N_("A real locality as a case, without names:"),
            "  diaban rules test lai-chau/city-2024 --record examples/lai-chau \\",
            "    --locality 03389-02 --as-of 2024-03-31",
        )
    ),
)
@click.argument("packs", nargs=-1, metavar=N_("[PACK]..."))
@rules_option
@click.option(
    "--threshold",
    type=click.IntRange(0, 100),
    default=0,
    show_default=True,
    metavar=N_("PERCENT"),
    help=N_("How much of each kind must be covered: checks, criteria, verdicts."),
)
@click.option(
    "--junit",
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("Write a report in JUnit's XML as well."),
)
@_recording
@format_option("text", "json")
@language_option
def command(
    packs: tuple[str, ...],
    rules: Path | None,
    threshold: int,
    junit: Path | None,
    recording: Recording,
    form: str,
) -> ExitCode:
    """Run the cases, write what came of them, and tell by the exit code if all is well."""
    from cli.rules_desk.junit_from_tested import junit_from_tested

    if recording.facts is not None:
        _record(_packs(library_in(rules), packs), recording, recording.facts)
        return ExitCode.DONE
    refuse_unwritable(junit, None, "'--junit'")
    tested, wrong = _tested(_packs(library_in(rules), packs), are_named=bool(packs))
    if junit is not None:
        deliver(junit_from_tested(tested, wrong.diagnostics), junit)
    if tested or not wrong:
        deliver(_written(tested, threshold, form), None)
    wrong.raise_as(RulesError)
    if all(each.is_well(threshold) for each in tested):
        return ExitCode.DONE
    return ExitCode.NOT_PASSED


def _packs(library: Library, names: Sequence[str]) -> Sequence[Pack]:
    if names:
        paths = {name: Path(name) for name in names}
        packs = [
            library.pack_at(pack_beside(path))
            if surely(path.is_file)
            else library.find(name)
            for name, path in paths.items()
        ]
        return [*{pack.place.file: pack for pack in packs}.values()]
    if library.listing.problems:
        raise RulesError(library.listing.problems)
    return library.listing.packs


def _record(packs: Sequence[Pack], recording: Recording, facts: Path) -> None:
    from engine.assess import judge_localities
    from engine.facts_from_files import facts_from_files
    from engine.policy.recorded_case import recorded_case

    if len(packs) != 1 or recording.locality is None:
        wrong = _("--record needs one PACK and the locality, named with --locality.")
        raise click.UsageError(wrong)
    (pack,) = packs
    read = facts_from_files(facts, pack.vocabulary)
    judged = judge_localities(pack, read, recording.as_of, outside_force=True)
    recorded = recorded_case(judged, recording.locality, recording.sentence)
    deliver([recorded.text], None)
    if recorded.verdict != recorded.was:
        words = _(
            "The verdict on the locality itself is {was}, not {verdict}: numbers that "
            "are known in part are written as not known."
        )
        click.echo(words.format(was=recorded.was, verdict=recorded.verdict), err=True)


def _tested(
    packs: Sequence[Pack], *, are_named: bool
) -> "tuple[list[Tested], Problems]":
    """Run the cases of every pack, and return what is wrong with any of the files."""
    from cli.rules_desk.tested import tested_from_file

    wrong, without = Problems(), Problems()
    tested = []
    for pack in packs:
        file = cases_beside(pack)
        if file is None and are_named:
            _report_no_cases(pack, without)
            continue
        try:
            tested.append(tested_from_file(pack, file))
        except RulesError as error:
            wrong.extend(error.diagnostics)
    if not wrong:
        without.raise_as(QuestionError)
    return tested, wrong


def _report_no_cases(pack: Pack, problems: Problems) -> None:
    file = Path(pack.place.file)
    problems.error(
        "no-cases",
        Place(str(file)),
        N_("no cases lie beside the pack '{pack}'"),
        N_("write them into {file}, beside it"),
        pack=pack.id,
        file=file.with_suffix(".tests.yaml").name,
    )


def _written(tested: "Sequence[Tested]", threshold: int, form: str) -> Iterator[str]:
    from cli.rules_desk import tested_written as written

    if form == "json":
        return written.tested_as_json(tested)
    return written.tested_as_text(tested, threshold)
