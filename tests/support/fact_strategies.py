"""Random tables: trees of localities, registers with blanks, inspections."""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.support.plain_facts import Doc, kind_of
from tests.support.vocabulary_strategies import LEVELS, OF_LOCALITIES, chance, values


@st.composite
def tables(draw: DrawFn, vocabulary: Doc, as_of: date) -> Doc:
    """Draw localities in trees, registers with rows and blanks, inspections."""
    localities = draw(_localities(as_of))
    facts: Doc = {
        "localities": localities,
        "people": [],
        "homes": [],
        "inspections": [],
    }
    for register in ("people", "homes"):
        fields = vocabulary["registers"][register]["fields"]
        kept = [
            name for name in fields if not chance(draw, 10)
        ]  # or the column is absent
        for unit in localities:
            known = draw(
                st.sampled_from(["rows"] * 4 + ["inspected", "both"] + ["nothing"] * 2)
            )
            if known in {"rows", "both"}:
                rows = _rows({name: fields[name] for name in kept}, as_of)
                for row in draw(st.lists(rows, min_size=1, max_size=3)):
                    facts[register].append({"locality": unit["id"], **row})
            if known in {"inspected", "both"}:
                facts["inspections"].append(
                    {"locality": unit["id"], "register": register}
                )
    return facts


def inspection(locality: str, register: str) -> Doc:
    """Return the row that says that a register was inspected there."""
    signed = {"on": date(2025, 1, 2), "by": "Tổ 1", "document": "BB 7"}
    return {"locality": locality, "register": register, **signed}


@st.composite
def _localities(draw: DrawFn, as_of: date) -> list[Doc]:
    depths: list[int] = []
    rows: list[Doc] = []
    for i in range(draw(st.integers(5, 10))):
        parents = [j for j in range(i) if depths[j] < len(LEVELS) - 1]
        parent = (
            draw(st.sampled_from(parents)) if parents and not chance(draw, 10) else None
        )
        depths.append(0 if parent is None else depths[parent] + 1)
        row: Doc = {"id": f"L{i}", "level": LEVELS[2 - depths[i]]}
        if chance(draw, 15):
            row["level"] = draw(st.sampled_from(LEVELS))
        row["parent"] = None if parent is None else f"L{parent}"
        rows.append(row | draw(_cells(OF_LOCALITIES, as_of)))
    return draw(st.permutations(rows)) if chance(draw, 50) else rows


@st.composite
def _rows(draw: DrawFn, fields: Doc, as_of: date) -> Doc:
    row: Doc = draw(_cells(fields, as_of))
    if chance(draw, 30):
        row["n"] = draw(st.sampled_from([None, 0, 2, 3]))
    return row


@st.composite
def _cells(draw: DrawFn, fields: Doc, as_of: date) -> Doc:
    row: Doc = {}
    for name, field in fields.items():
        kind = kind_of(field)
        blank = chance(draw, 15)
        row[name] = None if blank else draw(values(name, kind, as_of))
        if kind == "assessed":
            row[f"{name}_by"] = None if chance(draw, 15) else "Bà A"
            row[f"{name}_reason"] = None if chance(draw, 15) else "đã kiểm tra"
    return row
