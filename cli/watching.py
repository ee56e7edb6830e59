"""Staying with facts that change: what each change does to the verdicts."""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import click

from cli import complaint
from cli.answer import Answer, answered, outcome_of
from cli.changed_files import Files, changes
from cli.exit_code import ExitCode
from cli.language import _, ngettext
from cli.output import deliver
from cli.plain import fitted, plain
from cli.words.wording import SYMBOLS, Wording, decimal
from engine.assessment import LocalityResult
from engine.assessment_from_judged import results_of, told
from engine.errors import FactsError, QuestionError
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.judged import Judged
from engine.standing_from_change import (
    Standing,
    standing_from_change,
    standing_from_judged,
)


def watching(
    path: Path,
    read: Files,
    judged: Judged,
    wanted: Answer,
    supposing: Callable[[Facts], Facts],
) -> ExitCode:
    """Judge again after every change to the facts at `path`, until interrupted.

    `read` is what was there when the facts were read. Returns the exit code that the
    last answer calls for.
    """
    standing = standing_from_judged(judged)
    _say(_("Watching {path}; end with Ctrl-C.").format(path=plain(str(path))))
    with suppress(KeyboardInterrupt):
        for _change in changes(path, read):
            since = monotonic()
            try:
                facts = facts_from_files(path, judged.pack.vocabulary)
                after = standing_from_change(standing, supposing(facts))
            except (FactsError, QuestionError) as error:
                complaint.tell(error.diagnostics)
                _say(_("The last answer stands until this is put right."))
                continue
            deliver(_told(standing, after), None)
            if wanted.output is not None:
                answered(after.judged, wanted)
            standing = after
            _say_how_long(len(after.touched), monotonic() - since)
    return outcome_of(wanted.shown(standing.judged))


def _told(before: Standing, after: Standing) -> Iterator[str]:
    """Yield a line for each locality whose verdict or outcomes have changed."""
    wording = Wording(after.judged.pack)
    past = {each.id: each for each in _results(before.judged, after.touched)}
    for now in _results(after.judged, after.touched):
        line = _line(past.get(now.id), now, wording)
        if line is not None:
            yield f"{line}\n"


def _results(judged: Judged, rows: Collection[int]) -> Collection[LocalityResult]:
    changed = judged.at_rows(rows)
    return results_of(changed, told(changed))


def _line(
    past: LocalityResult | None, now: LocalityResult, wording: Wording
) -> str | None:
    outcomes = {} if past is None else {each.id: each.outcome for each in past.criteria}
    changed = [
        f"{each.id} {SYMBOLS[outcomes[each.id]]}→{SYMBOLS[each.outcome]}"
        for each in now.criteria
        if outcomes.get(each.id, each.outcome) != each.outcome
    ]
    verdict = wording.verdict(now.verdict)
    if past is not None and past.verdict != now.verdict:
        verdict = f"{wording.verdict(past.verdict)} → {verdict}"
    elif past is not None and not changed:
        return None
    why = f" ({', '.join(changed)})" if changed else ""
    return f"{fitted(now.id, 40)} {fitted(now.name, 80)}: {verdict}{why}"


def _say_how_long(localities: int, seconds: float) -> None:
    words = ngettext(
        "Judged {number} locality again in {seconds} s.",
        "Judged {number} localities again in {seconds} s.",
        localities,
    )
    _say(words.format(number=localities, seconds=decimal(f"{seconds:.2f}")))


def _say(words: str) -> None:
    click.echo(words, err=True)
