"""Staying with facts that change: what each change does to the verdicts."""

import gc
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
from cli.output import NotWrittenError, deliver
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
    gc.enable()  # whoever stays clears up, which a command that ends at once need not
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
            deliver(_told(standing, after, wanted), None)
            standing = after
            _keep(after.judged, wanted)
            _say_how_long(len(after.touched), monotonic() - since)
    return outcome_of(wanted.shown(standing.judged))


def _keep(judged: Judged, wanted: Answer) -> None:
    """Write the answer to its file, if it has one; the next change may do what this cannot."""
    if wanted.output is None:
        return
    try:
        answered(judged, wanted)
    except NotWrittenError as error:
        error.show()


def _told(before: Standing, after: Standing, wanted: Answer) -> Iterator[str]:
    """Yield a line for each locality shown whose verdict or outcomes have changed."""
    wording = Wording(after.judged.pack)
    was = _results(wanted.shown(before.judged), after.were)
    past = {each.id: each for each in was}
    for now in _results(wanted.shown(after.judged), after.touched):
        line = _line(past.pop(now.id, None), now, wording)
        if line is not None:
            yield f"{line}\n"
    for gone in past.values():
        yield (
            _("{locality}: no longer in the facts").format(locality=_named(gone)) + "\n"
        )


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
    return f"{_named(now)}: {verdict}{why}"


def _named(locality: LocalityResult) -> str:
    return f"{fitted(locality.id, 40)} {fitted(locality.name, 80)}"


def _say_how_long(localities: int, seconds: float) -> None:
    words = ngettext(
        "Judged {number} locality again in {seconds} s.",
        "Judged {number} localities again in {seconds} s.",
        localities,
    )
    _say(words.format(number=localities, seconds=decimal(f"{seconds:.2f}")))


def _say(words: str) -> None:
    click.echo(words, err=True)
