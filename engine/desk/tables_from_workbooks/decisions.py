"""What people decided about headings that no vocabulary knows, kept for the next time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.desk.tables_from_workbooks.folding import spelt
from engine.errors import N_, Problems
from engine.facts_from_files.findings import Findings, shown
from engine.source import Place
from engine.yaml_source import Limits, nodes, read_text

IGNORE: Final = "ignore"
_FOR_DECISIONS: Final = Limits(size=2**20, depth=4, nodes=20_000)
_HEAD: Final = (
    "# Headings of workbooks, and the column of the vocabulary that each one means.\n"
    "# Write the id of a column, or `ignore`; a heading without either is not decided.\n"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a heading means: the id of a column, or `ignore`."""

    column: str
    place: Place


class Decisions:
    """The decisions of a file, by heading."""

    def __init__(self, made: Mapping[str, Decision], listed: frozenset[str]) -> None:
        self._made = made
        self._listed = listed

    def of(self, heading: str) -> Decision | None:
        """Return what was decided about a heading, if anything was."""
        return self._made.get(spelt(heading))

    def lists(self, heading: str) -> bool:
        """Return whether the file names the heading, decided or not."""
        return spelt(heading) in self._listed


NO_DECISIONS: Final = Decisions({}, frozenset())


def decisions_from_file(path: Path, findings: Findings) -> Decisions:
    """Read the decisions in a file; where there is none yet, nothing is decided."""
    if not path.exists():
        return NO_DECISIONS
    problems = Problems()
    try:
        data = path.read_bytes()
    except OSError:
        _report(findings, Place(str(path)), N_("this file cannot be opened"))
        return NO_DECISIONS
    if all(line.strip()[:1] in {b"", b"#"} for line in data.splitlines()):
        return NO_DECISIONS
    root = read_text(data, str(path), _FOR_DECISIONS, problems)
    findings.adopt(problems)
    if root is None:
        return NO_DECISIONS
    if not isinstance(root, nodes.Mapping):
        _report(findings, root.place, N_("this is no mapping from headings to columns"))
        return NO_DECISIONS
    return _made(root, findings)


def _made(root: nodes.Mapping, findings: Findings) -> Decisions:
    made = {}
    for heading, node in root.values.items():
        match node:
            case nodes.Scalar(raw=str() as column):
                made[spelt(heading)] = Decision(column.strip(), node.place)
            case nodes.Scalar():
                pass
            case _:
                _report(findings, node.place, N_("a heading means one column"))
    return Decisions(made, frozenset(map(spelt, root.values)))


def with_undecided(
    text: str, undecided: Mapping[str, tuple[str, ...]], decisions: Decisions
) -> str:
    """Return the text of a file of decisions with what is still to be decided.

    What stands in it stays as it is, comments too; a heading that it names already is
    not added again.
    """
    lines = [text or _HEAD]
    if text and not text.endswith("\n"):
        lines.append("\n")
    for heading, proposals in undecided.items():
        if not decisions.lists(heading):
            known = ", ".join((*proposals, IGNORE))
            lines.append(f"{json.dumps(heading, ensure_ascii=False)}:  # {known}?\n")
    return "".join(lines)


def report_unknown(findings: Findings, decision: Decision, heading: str) -> None:
    """Say that a decision names no column of the table in which the heading stands."""
    findings.error(
        "import-map-unknown",
        decision.place,
        N_("'{column}' is no column of the table in which '{heading}' stands"),
        N_("write the id of a column of the vocabulary, or ignore"),
        column=shown(decision.column),
        heading=shown(heading),
    )


def _report(findings: Findings, place: Place, what: str) -> None:
    findings.error(
        "import-map-not-read",
        place,
        what,
        N_('write a line a heading: "heading": id of the column, or ignore'),
    )
