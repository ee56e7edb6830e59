"""From the report to one page that needs nothing else: no network, no other file."""

from base64 import b64encode
from hashlib import sha256

from cli.language import all_said
from cli.rendering import TEMPLATES, Templates
from cli.report.view import WORDS, Report
from cli.words.wording import SYMBOLS


def page_from_report(report: Report) -> str:
    """Return the page; its own policy lets nothing in but its style and its script.

    Raises:
        RenderingError: the template is broken.
    """
    return (
        Templates("html")
        .named("report")
        .filled(
            report=report,
            words=all_said(WORDS),
            symbols={each.value: sign for each, sign in SYMBOLS.items()},
            style_hash=_hash_of("report.css"),
            script_hash=_hash_of("report.js"),
        )
    )


def _hash_of(part: str) -> str:
    """Return the hash by which a browser knows a part of the page for ours."""
    text = (TEMPLATES / part).read_text(encoding="utf-8")
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
