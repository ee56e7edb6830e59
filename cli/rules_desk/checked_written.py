"""What was found in rules: as a text to read, as JSON, as annotations on GitHub."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cli.complaint import SEVERITIES, in_words
from cli.language import _, ngettext
from cli.plain import plain, wrapped
from cli.tables import WIDTH
from engine.errors import Diagnostic
from engine.version import VERSION

if TYPE_CHECKING:
    from engine.policy.findings_from_pack import Checked

_ESCAPED: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPED_IN_PROPERTIES: Final = str.maketrans({":": "%3A", ",": "%2C"})


def checked_as_text(checked: "Checked") -> Iterator[str]:
    """Yield the lines to read: place, code, what, cure; then how many."""
    for each in checked.findings:
        severity = _(SEVERITIES[each.severity])
        yield plain(f"{each.place}: {severity}[{each.code}]") + "\n"
        words = in_words(each)
        for line in (
            *wrapped(words.what, WIDTH, "  ", "  "),
            *wrapped(words.cure, WIDTH, "  → ", "    "),
        ):
            yield f"{line}\n"
        yield "\n"
    yield f"{_summary(checked)}\n"


def _summary(checked: "Checked") -> str:
    packs = ngettext("{number} pack", "{number} packs", checked.packs)
    parts = [packs.format(number=checked.packs)]
    errors, warnings = checked.errors, len(checked.findings) - checked.errors
    if errors:
        words = ngettext("{number} error", "{number} errors", errors)
        parts.append(words.format(number=errors))
    if warnings:
        words = ngettext("{number} warning", "{number} warnings", warnings)
        parts.append(words.format(number=warnings))
    if not checked.findings:
        parts.append(_("nothing to complain of"))
    if number := len(checked.ignored):
        words = ngettext(
            "{number} finding ignored with a reason",
            "{number} findings ignored with a reason",
            number,
        )
        parts.append(words.format(number=number))
    return ", ".join(parts)


def checked_as_json(checked: "Checked") -> Iterator[str]:
    """Yield one JSON document; same input, same bytes."""
    document = {
        "diaban": VERSION,
        "summary": {
            "packs": checked.packs,
            "errors": checked.errors,
            "warnings": len(checked.findings) - checked.errors,
            "ignored": len(checked.ignored),
        },
        "findings": [_document(each) for each in checked.findings],
        "ignored": [
            _document(each.finding) | {"reason": each.reason}
            for each in checked.ignored
        ],
    }
    yield json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _document(finding: Diagnostic) -> dict[str, object]:
    words = in_words(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "what": words.what,
        "cure": words.cure,
    }


def checked_for_github(checked: "Checked") -> Iterator[str]:
    """Yield a workflow command a finding, which GitHub shows beside the line."""
    for each in checked.findings:
        place, words = each.place, in_words(each)
        properties = {
            "file": place.file,
            "line": place.line,
            "col": place.column,
            "title": each.code,
        }
        said = ",".join(
            f"{name}={_escaped(str(value)).translate(_ESCAPED_IN_PROPERTIES)}"
            for name, value in properties.items()
            if value is not None
        )
        yield f"::{each.severity} {said}::{_escaped(f'{words.what}; {words.cure}')}\n"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
