"""The evidence that a dossier holds, and what of the pack's demands is lacking.

Files lie in a folder: `<locality>/<evidence>.pdf`, or several in
`<locality>/<evidence>/`. What lies with a locality above covers those below it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.assessment import Assessment, Outcome
from engine.errors import N_, Problems, QuestionError, nearest
from engine.pack import Pack
from engine.review.dossier.container import LARGEST, report_too_large
from engine.source import Place

EVIDENCE: Final = "evidence"
_HIDDEN: Final = (".", "~")
_ENDING: Final = re.compile(r"\.[a-z0-9]{1,7}")
_PART: Final = re.compile(rf"{EVIDENCE}/([^/]+)/(.+)-[0-9]{{2,}}\.[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Files by the locality they lie with and the kind of evidence they are."""

    files: Mapping[tuple[str, str], tuple[Path, ...]]

    def at(self, localities: tuple[str, ...], kind: str) -> tuple[Path, ...]:
        """Return the first files of a kind along localities, from one upwards."""
        found = (self.files.get((each, kind), ()) for each in localities)
        return next(filter(None, found), ())


@dataclass(frozen=True, slots=True)
class Demand:
    """One kind of evidence: the criteria that ask for it, and who has it."""

    kind: str
    criteria: tuple[str, ...]
    there: Mapping[str, int]
    """How many files cover a locality, by its id."""
    lacking: tuple[str, ...]
    """The ids of the localities without."""


def evidence_from_folder(folder: Path, pack: Pack, within: Assessment) -> Evidence:
    """Find the evidence in a folder; what is not evidence of a locality is an error.

    Raises:
        QuestionError: with every name that is no locality's, or no evidence of the pack,
            and every empty file.
    """
    problems = Problems()
    files: dict[tuple[str, str], tuple[Path, ...]] = {}
    localities = {each.id for each in within.localities}
    for place in _shown(folder):
        if not place.is_dir() or place.name not in localities:
            _report_unknown(place, localities, problems)
            continue
        for found in _shown(place):
            kind = found.name if found.is_dir() else found.stem
            if kind not in pack.vocabulary.evidence:
                _report_unknown(found, pack.vocabulary.evidence, problems)
                continue
            own = _shown(found) if found.is_dir() else [found]
            here = tuple(filter(Path.is_file, own))
            _report_empty(here, problems)
            key = place.name, kind
            files[key] = (*files.get(key, ()), *here)
    problems.raise_as(QuestionError)
    return Evidence({key: found for key, found in files.items() if found})


def demands_of(
    pack: Pack, within: Assessment, evidence: Evidence
) -> tuple[Demand, ...]:
    """Return which evidence the pack asks for, where it is, and where it lacks.

    It is asked for wherever a criterion that names it applies, however that came out.
    """
    criteria = {each.id: each for each in pack.criteria}
    above = {each.id: each.parent for each in within.localities}
    asked: dict[str, dict[str, None]] = {}
    for locality in within.localities:
        for found in locality.criteria:
            if found.outcome is not Outcome.NOT_APPLICABLE:
                for kind in criteria[found.id].evidence:
                    asked.setdefault(kind, {})[locality.id] = None
    return tuple(
        _demand(kind, pack, asked[kind], above, evidence)
        for kind in pack.vocabulary.evidence
        if kind in asked
    )


def evidence_enclosed(evidence: Evidence, stems: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files as parts; `stems` names localities as files may be called.

    Raises:
        QuestionError: a file cannot be read, or they are too large together.
    """
    problems = Problems()
    parts: dict[str, bytes] = {}
    room = LARGEST
    for (at, kind), files in evidence.files.items():
        for number, file in enumerate(files, start=1):
            name = f"{EVIDENCE}/{stems[at]}/{kind}-{number:02}{_ending(file)}"
            try:
                room -= file.stat().st_size
                if room > 0:
                    parts[name] = file.read_bytes()
            except OSError as error:
                _report_unreadable(file, error, problems)
    if room <= 0:
        report_too_large(Place(EVIDENCE), problems)
    problems.raise_as(QuestionError)
    return parts


def evidence_from_parts(parts: Iterable[str], stems: Mapping[str, str]) -> Evidence:
    """Find the evidence among the names of a dossier's parts."""
    localities = {stem: each for each, stem in stems.items()}
    files: dict[tuple[str, str], tuple[Path, ...]] = {}
    for name in parts:
        found = _PART.fullmatch(name)
        if found is not None and found[1] in localities:
            key = localities[found[1]], found[2]
            files[key] = (*files.get(key, ()), Path(name))
    return Evidence(files)


def _ending(file: Path) -> str:
    """Return how the name of a file ends, if plainly."""
    ending = file.suffix.lower()
    return ending if _ENDING.fullmatch(ending) else ".bin"


def _demand(
    kind: str,
    pack: Pack,
    localities: Mapping[str, None],
    above: Mapping[str, str | None],
    evidence: Evidence,
) -> Demand:
    covered = {
        each: len(evidence.at(tuple(_upwards(each, above)), kind))
        for each in localities
    }
    return Demand(
        kind=kind,
        criteria=tuple(each.id for each in pack.criteria if kind in each.evidence),
        there={each: number for each, number in covered.items() if number},
        lacking=tuple(each for each, number in covered.items() if not number),
    )


def _upwards(locality: str, above: Mapping[str, str | None]) -> Iterator[str]:
    at: str | None = locality
    while at is not None and at in above:
        yield at
        at = above[at]


def _shown(folder: Path) -> list[Path]:
    return sorted(e for e in folder.iterdir() if not e.name.startswith(_HIDDEN))


def _report_empty(files: tuple[Path, ...], problems: Problems) -> None:
    for file in files:
        if not file.stat().st_size:
            problems.error(
                "evidence-empty",
                Place(str(file)),
                N_("this file is empty, so it is evidence of nothing"),
                N_("copy or scan it anew; take it away if there is none yet"),
            )


def _report_unreadable(file: Path, error: OSError, problems: Problems) -> None:
    problems.error(
        "evidence-unreadable",
        Place(str(file)),
        N_("this file cannot be read: {reason}"),
        N_("make it readable"),
        reason=error.strerror,
    )


def _report_unknown(
    path: Path, known: set[str] | Mapping[str, object], problems: Problems
) -> None:
    near = nearest(path.stem, known)
    problems.error(
        "evidence-unknown",
        Place(str(path)),
        N_("this is evidence of nothing that the dossier is about"),
        N_("did you mean '{near}'?")
        if near
        else N_("name it <locality>/<evidence>.pdf, with the ids of the pack: {known}"),
        near=near,
        known=", ".join(sorted(known)[:16]),
    )
