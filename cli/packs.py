"""`diaban packs`: which rule packs there are, whose, since when and for what."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import format_option, language_option, rules_option
from cli.output import deliver
from cli.plain import plain, wrapped
from cli.rules import library_in
from cli.tables import WIDTH
from cli.words.wording import Wording, period, said
from engine.errors import N_, RulesError
from engine.pack import Pack
from engine.vocabulary import Text


@click.command(
    "packs",
    help=N_(
        "List the rule packs: their issuer, when they are in force, for which levels."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban packs",
            "",
            N_("Your own rules, for another program:"),
            "  diaban packs --rules my-rules --format json",
        )
    ),
)
@rules_option
@format_option("table", "json")
@language_option
def command(rules: Path | None, form: str) -> ExitCode:
    """List the packs."""
    listing = library_in(rules).listing
    if listing.problems:
        raise RulesError(listing.problems)
    written = _json(listing.packs) if form == "json" else _table(listing.packs)
    deliver(written, None)
    return ExitCode.DONE


def _table(packs: Sequence[Pack]) -> Iterator[str]:
    if not packs:
        yield _("There are no rule packs here.") + "\n"
    for pack in packs:
        levels = "; ".join(map(Wording(pack).level, pack.levels))
        yield f"{plain(pack.id)}\n"
        for words in (
            said(pack.title),
            f"{said(pack.issuer)} · {period(pack.in_force)}",
            levels,
        ):
            for line in wrapped(words, WIDTH, "  ", "    "):
                yield f"{line}\n"


def _json(packs: Sequence[Pack]) -> Iterator[str]:
    listed = [
        {
            "id": pack.id,
            "title": _both(pack.title),
            "issuer": _both(pack.issuer),
            "in_force": {
                "from": pack.in_force.start and pack.in_force.start.isoformat(),
                "to": pack.in_force.end and pack.in_force.end.isoformat(),
            },
            "levels": pack.levels,
            "sha256": pack.sha256,
        }
        for pack in packs
    ]
    yield json.dumps({"packs": listed}, ensure_ascii=False, indent=1) + "\n"


def _both(words: Text) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}
