"""The pack and the facts that a question is about, read from their files."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

import click

from cli.language import _
from cli.options import Question
from cli.plain import plain
from cli.progress import Progress
from cli.rules import library_in
from engine.errors import N_, Problems, QuestionError, RulesError
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.library import Library
from engine.pack import Pack
from engine.rules_file import surely
from engine.source import Place
from engine.vocabulary import Vocabulary

_ASKED: Final = Place("--pack")
_OF_RULES: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be judged, and by what."""

    pack: Pack
    facts: Facts


def case_of(
    question: Question,
    progress: Progress,
    read: Callable[[Vocabulary], Facts] | None = None,
) -> Case:
    """Read the rules and the facts that a question names; `read` reads them otherwise.

    Raises:
        RulesError: The pack or its vocabulary is not valid.
        FactsError: The facts are not valid.
        QuestionError: There is no such pack, or no single one to choose.
    """
    library = library_in(question.rules)
    read = read or partial(facts_from_files, question.facts)
    if question.pack is not None:
        # Before the facts: it may be wrong, and they may take long.
        pack = pack_named(library, question.pack)
        progress("reading", 0.0)
        return Case(pack, read(pack.vocabulary))
    progress("reading", 0.0)
    facts = read(library.vocabulary)
    return Case(_only_one(library, question, facts.levels), facts)


def pack_named(library: Library, name: str, hint: str = "'--pack'") -> Pack:
    """Return the pack that an id or a file names.

    Raises:
        RulesError: The pack or its vocabulary is not valid.
        QuestionError: There is no such pack.
    """
    path = Path(name)
    if surely(path.is_file):
        return library.pack_at(path)
    if path.suffix in _OF_RULES:
        wrong = _("there is no file {file}.").format(file=plain(name))
        raise click.BadParameter(wrong, param_hint=hint)
    return library.find(name)


def _only_one(library: Library, question: Question, levels: tuple[str, ...]) -> Pack:
    """Return the one pack in force for these levels, first of all for every one.

    An invalid pack might have been the one, so it stops the choice.
    """
    if library.listing.problems:
        raise RulesError(library.listing.problems)
    suitable = [
        pack
        for pack in library.listing.packs
        if not set(pack.levels).isdisjoint(levels)
    ]
    found = [pack for pack in suitable if question.as_of in pack.in_force]
    if question.outside_force:
        found = found or suitable
    found = [pack for pack in found if {*levels} <= {*pack.levels}] or found
    if len(found) != 1:
        _refuse(found, library, question, levels)
    return found[0]


def _refuse(
    found: Collection[Pack],
    library: Library,
    question: Question,
    levels: tuple[str, ...],
) -> NoReturn:
    problems = Problems()
    if found:
        problems.error(
            "several-packs",
            _ASKED,
            N_("several packs are in force on {day}: {packs}"),
            N_("name one of them with --pack"),
            day=question.as_of,
            packs=_listed(found),
        )
    else:
        problems.error(
            "no-pack",
            _ASKED,
            N_("no pack is in force on {day} for the levels of the facts: {levels}"),
            N_("ask about another day (--as-of), or name one of: {packs}"),
            day=question.as_of,
            levels=", ".join(levels),
            packs=_listed(library.listing.packs),
        )
    raise problems.as_error(QuestionError)


def _listed(packs: Iterable[Pack]) -> str:
    return ", ".join(f"{pack.id} ({pack.in_force})" for pack in packs) or "–"
