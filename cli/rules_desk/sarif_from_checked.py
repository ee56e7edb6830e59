"""What was found in rules as SARIF 2.1.0, which code servers and editors show."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from cli.complaint import in_words
from cli.language import spoken
from cli.rules_desk.explanations import explanations
from engine.errors import Diagnostic
from engine.source import Place
from engine.version import VERSION

if TYPE_CHECKING:
    from engine.policy.findings_from_pack import Checked


def sarif_from_checked(checked: "Checked") -> Iterator[str]:
    """Yield the log: a rule a code, a result a finding; what is ignored is suppressed."""
    found = [(each, None) for each in checked.findings]
    answered = [(each.finding, each.reason) for each in checked.ignored]
    results: list[tuple[Diagnostic, str | None]] = [*found, *answered]
    codes = sorted({finding.code for finding, _ in results})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "diaban",
                        "semanticVersion": VERSION,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "language": spoken(),
                "columnKind": "unicodeCodePoints",
                "results": [_result(*each, codes) for each in results],
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, object]:
    rule: dict[str, object] = {"id": code}
    if (told := explanations().get(code)) is not None:
        rule["fullDescription"] = {"text": told.words.said_in(spoken())}
    return rule


def _result(
    finding: Diagnostic, reason: str | None, codes: Sequence[str]
) -> dict[str, object]:
    words = in_words(finding)
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": f"{words.what}; {words.cure}"},
        "locations": [{"physicalLocation": _location(finding.place)}],
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _location(place: Place) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line is not None:
        region = {"startLine": place.line, "startColumn": place.column or 1}
        location["region"] = region
    return location


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
