"""Charts as SVG: the one door to Altair and vl-convert.

Colours and letters are the page's: a chart names variables of its style sheet, so that it
follows light and dark, and paper. Where a chart is not seen, the table beside it says
the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt  # noqa: TID251  (the door)
import vl_convert  # noqa: TID251  (the door)

from cli.words.wording import SYMBOLS
from engine.assessment import Outcome

_NARROWEST: Final = 0.09
"""Of the whole width: a narrower part has no room for its number."""
_STEP: Final = 24
_FONT: Final = "inherit"
_INK: Final = alt.value("var(--ink)")
_SIZE: Final = 12
_NOT_DRAWN: Final = re.compile(
    r'<path class="(?:background|foreground)"[^>]*/>'
    r"|<text [^>]*/>"
    r'| (?:class|role|pointer-events|aria-[a-z]+|xmlns:xlink)="[^"]*"'
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its kind gives the colour and the symbol."""

    kind: str
    """An outcome's value."""
    number: int
    label: str
    """The number as people write it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar and its name."""

    name: str
    """As short as `names` leaves room for: it is not measured here."""
    parts: Sequence[Part]


def shares(bars: Sequence[Bar], *, width: int, names: int) -> str:
    """Return bars of one length, divided as their parts are; `names` is their room."""
    base = _base(_divided(bars))
    blocks = base.mark_bar(stroke="var(--paper)", strokeWidth=1).encode(
        x=alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
        x2="to:Q",
        color=_as_told("fill"),
    )
    labels = base.mark_text(fontSize=_SIZE, fontWeight=600).encode(
        x="middle:Q", text="label:N", color=_as_told("ink")
    )
    return _svg([blocks, labels, _named(bars)], width, names, len(bars))


def amounts(bars: Sequence[Bar], *, width: int, names: int) -> str:
    """Return bars of one part, as long as its number, which stands at the end."""
    parts = [(at, part) for at, bar in enumerate(bars) for part in bar.parts]
    most = max((part.number for _, part in parts), default=0)
    room = alt.Scale(domain=[0, max(most, 1) * 1.12])
    base = _base(
        {"at": at, "number": part.number, "label": part.label} for at, part in parts
    ).encode(x=alt.X("number:Q", axis=None, scale=room))
    labels = base.mark_text(align="left", dx=4, fontSize=_SIZE, fontWeight=600).encode(
        text="label:N", color=_INK
    )
    blocks = base.mark_bar(color="var(--met)")
    return _svg([blocks, labels, _named(bars)], width, names, len(bars))


def _divided(bars: Sequence[Bar]) -> Iterator[dict[str, object]]:
    for at, bar in enumerate(bars):
        total, begun = sum(part.number for part in bar.parts) or 1, 0
        for part in bar.parts:
            if not part.number:
                continue
            ended = begun + part.number
            roomy = part.number / total >= _NARROWEST
            symbol = SYMBOLS[Outcome(part.kind)]
            yield {
                "at": at,
                "fill": f"var(--{part.kind})",
                "ink": f"var(--on-{part.kind})",
                "from": begun / total,
                "to": ended / total,
                "middle": (begun + ended) / 2 / total,
                "label": f"{symbol} {part.label}" if roomy else "",
            }
            begun = ended


def _base(rows: Iterable[Mapping[str, object]]) -> Any:
    """Return a chart of rows, each on the line of its bar: names may be alike."""
    return alt.Chart(alt.InlineData(values=list(rows))).encode(
        y=alt.Y("at:O", axis=None)
    )


def _named(bars: Sequence[Bar]) -> Any:
    names = _base({"at": at, "name": bar.name} for at, bar in enumerate(bars))
    return names.mark_text(align="right", dx=-8, fontSize=_SIZE).encode(
        x=alt.value(0), text="name:N", color=_INK
    )


def _as_told(field: str) -> Any:
    return alt.Color(f"{field}:N", scale=None)


def _svg(layers: Sequence[Any], width: int, names: int, bars: int) -> str:
    """Return a chart without whatever is not drawn: the words beside it say it all.

    It is as large as is said, whatever letters the machine that draws it has.
    """
    whole = (
        alt.layer(*layers)
        .properties(
            width=width,
            height=_STEP * max(bars, 1),
            padding={"left": names, "right": 0, "top": 0, "bottom": 0},
            autosize=alt.AutoSizeParams(type="none"),
        )
        .configure(background="transparent", font=_FONT, aria=False)
        .configure_view(stroke=None)
    )
    svg: str = vl_convert.vegalite_to_svg(whole.to_dict())
    return _NOT_DRAWN.sub("", svg)
