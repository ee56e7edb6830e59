"""`# diaban: ignore CODE reason`: a finding that somebody has looked at and answered for."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from engine.errors import N_, Diagnostic, Problems, nearest
from engine.policy.findings_from_pack.noted import noted
from engine.source import Place
from engine.yaml_source import FOR_RULES, nodes, read_text
from engine.yaml_source.nodes import Node

_IGNORE: Final = re.compile(
    r"(?<!\S)#[ \t]*diaban:[ \t]*ignore\b[ \t]*(?P<code>\S*)[ \t]*(?P<reason>.*)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment that answers for findings of one code about one line, or its item."""

    code: str
    reason: str
    place: Place
    line: int
    """The line that it speaks of: its own, or the next one that is not a comment."""
    items: frozenset[int]
    """Where the items of lists begin of which a key of their own stands on that line."""

    @property
    def lines(self) -> frozenset[int]:
        """The lines whose findings it answers for, in whatever order keys stand."""
        return self.items | {self.line}


def ignores_in(data: bytes, file: str) -> tuple[Ignore, ...]:
    """Return the ignores of a file that is known to be sound YAML."""
    text = data.decode("utf-8-sig")
    lines = text.splitlines()
    found = []
    matches = _comments(text, file)
    items = _items(_tree(text, file)) if matches else {}
    for match in matches:
        before = text[: match.start()]
        line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
        alone = not lines[line - 1][: column - 1].strip()
        about = _next_line(lines, line) if alone else line
        place = Place(file, line, column)
        begun = frozenset(items.get(about, ()))
        reason = match["reason"].strip()
        found.append(Ignore(match["code"], reason, place, about, begun))
    return tuple(found)


def _items(tree: Node | None) -> Mapping[int, set[int]]:
    """Return, by the lines of the keys of a list's items, the lines where these begin."""
    found: dict[int, set[int]] = {}
    waiting = [] if tree is None else [tree]
    while waiting:
        match waiting.pop():
            case nodes.Mapping(values=values):
                waiting += values.values()
            case nodes.Sequence(items=items):
                waiting += items
                for item in items:
                    if isinstance(item, nodes.Mapping):
                        for key in item.keys.values():
                            found.setdefault(key.line, set()).add(item.line)
            case nodes.Scalar():
                pass
    return found


def _comments(text: str, file: str) -> list[re.Match[str]]:
    """Return the matches that are comments: without them, the file says the same."""
    matches = list(_IGNORE.finditer(text))
    if not matches:
        return matches
    tree = _tree(text, file)
    if _tree(_IGNORE.sub("", text), file) == tree:
        return matches
    return [
        each
        for each in matches
        if _tree(text[: each.start()] + text[each.end() :], file) == tree
    ]


def _tree(text: str, file: str) -> Node | None:
    return read_text(text.encode(), file, FOR_RULES, Problems())


def _next_line(lines: Sequence[str], line: int) -> int:
    for number in count(line + 1):
        if number > len(lines) or not lines[number - 1].lstrip().startswith("#"):
            return number
    raise AssertionError


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding with the reason for which it is not told."""

    finding: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is left to tell, and what somebody has answered for."""

    findings: tuple[Diagnostic, ...]
    ignored: tuple[Ignored, ...]


def sifted(
    findings: Sequence[Diagnostic], ignores: Sequence[Ignore], codes: Collection[str]
) -> Sifted:
    """Take out what is ignored, and add what is wrong with the ignores themselves."""
    sound = [each for each in ignores if each.code in codes and each.reason]
    by_line = {
        (each.code, each.place.file, line): each
        for each in sound
        for line in each.lines
    }
    left: list[Diagnostic] = []
    ignored: list[Ignored] = []
    used: set[Place] = set()
    for finding in findings:
        at = finding.code, finding.place.file, finding.place.line or 0
        if (ignore := by_line.get(at)) is None or finding.severity == "error":
            left.append(finding)
            continue
        used.add(ignore.place)
        ignored.append(Ignored(finding, ignore.reason))
    for each in ignores:
        left += _about(each, codes, is_used=each.place in used)
    return Sifted(tuple(left), tuple(ignored))


def _about(
    ignore: Ignore, codes: Collection[str], *, is_used: bool
) -> Iterator[Diagnostic]:
    if ignore.code not in codes:
        near = nearest(ignore.code, codes)
        yield noted(
            "ignore-unknown-code",
            ignore.place,
            N_("'{code}' is nothing that can be ignored here"),
            N_("did you mean '{nearest}'?")
            if near
            else N_("write the code of a warning; errors must be cured"),
            code=ignore.code,
            nearest=near,
        )
    elif not ignore.reason:
        yield noted(
            "ignore-without-reason",
            ignore.place,
            N_("nobody says why '{code}' is ignored here"),
            N_("write the reason behind the code; without one, nothing is ignored"),
            code=ignore.code,
        )
    elif not is_used:
        yield noted(
            "ignore-unused",
            ignore.place,
            N_("there is no '{code}' to ignore on line {line}"),
            N_("remove this comment, or move it to the line in question"),
            code=ignore.code,
            line=ignore.line,
        )
