"""Runs every comparison and writes `docs/benchmarks.md` with its chart.

    python -m benchmarks.written [FOLDER OF A COUNTRY]

Without a folder, a country is made first. Takes a few minutes.
"""

import os
import platform
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import altair as alt  # noqa: TID251  (the door is that of the program)
import polars as pl

from benchmarks import against_peers, country, growth, json_answers
from benchmarks.against_peers import Measured, Missing
from benchmarks.generate import COUNTRY, write_country
from benchmarks.one_peer import COMPARED, SIZES
from benchmarks.tables import markdown_table

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "benchmarks.md"
CHART: Final = ROOT / "docs" / "img" / "benchmarks.svg"
LARGEST: Final = max(SIZES)
BY_RECORD: Final = 20
OPENFISCA: Final = 2
BARE: Final = "OpenFisca (bare numbers)"
TYPED: Final = {1_000_000: 6, 10_000_000: 4}
REGISTERS: Final = 1.5
MEMORY: Final = 3_000_000_000
CLOSE: Final = 1.45
"""Times; lines that end closer to each other share a label."""


def main() -> None:
    """Measure, write, and say whether everything agreed."""
    with TemporaryDirectory() as name:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        if len(sys.argv) == 1:
            print("making a country ...", flush=True)
            write_country(folder, COUNTRY, 1)
        print("a country ...", flush=True)
        registers, times, memory = country.section(folder)
    print("growth ...", flush=True)
    grown, typed = growth.section(growth.sizes_here())
    print("answers ...", flush=True)
    answers, beside_orjson = json_answers.section()
    print("peers ...", flush=True)
    found = against_peers.compared()
    measured = [each for each in found if isinstance(each, Measured)]
    goals = [
        *_goals_of_a_country(times, memory),
        *_goals_of_typed(typed),
        *_goals_beside_peers(measured),
        _most("100,000 localities as JSON, times orjson's", 2, beside_orjson),
    ]
    sections = (against_peers.section(found), registers, grown, answers)
    PAGE.write_text(_page(found, goals, sections), encoding="utf-8")
    _chart(measured).save(CHART)
    print(PAGE.read_text(encoding="utf-8"))
    if not all(each.agrees for each in measured):
        sys.exit("the outcomes differ")


Goal = tuple[str, str, str, str]
"""What is compared, what was aimed at, what was found, and whether it was kept."""


def _goals_of_a_country(times: float, memory: int) -> list[Goal]:
    gigabytes = f"{memory / 1e9:.2f} GB"
    return [
        _most("a country row by row, times the query by hand", REGISTERS, times),
        (
            "its memory, the whole process",
            f"< {MEMORY / 1e9:.0f} GB",
            gigabytes,
            _kept(memory < MEMORY),
        ),
    ]


def _goals_of_typed(times: dict[int, float]) -> list[Goal]:
    """Return the goals of localities typed in; one size needs much memory."""
    goals = []
    for size, aim in TYPED.items():
        what = f"{size:,} localities typed in, times the query by hand"
        if size in times:
            goals.append(_most(what, aim, times[size]))
        else:
            goals.append((what, f"≤ {aim}", "too little memory here", "**no**"))
    return goals


def _goals_beside_peers(measured: list[Measured]) -> list[Goal]:
    named = {each.title: each for each in measured}
    ours = named["diaban"].wall(LARGEST)
    goals: list[Goal] = []
    if "OpenFisca" in named:
        what = f"throughput at {LARGEST:,}, times OpenFisca's"
        goals.append(_least(what, OPENFISCA, named["OpenFisca"].wall(LARGEST) / ours))
    if BARE in named:
        times = named[BARE].wall(LARGEST) / ours
        what = "— with bare numbers in place of its enumeration, no aim"
        goals.append((what, "", f"{times:.2f}", ""))
    fastest = min(_by_record(measured), key=lambda each: each.wall(LARGEST))
    what = (
        f"throughput at {LARGEST:,}, times {fastest.title}'s, the fastest engine that "
        "judges record by record"
    )
    return [*goals, _least(what, BY_RECORD, fastest.wall(LARGEST) / ours)]


def _most(what: str, aim: float, found: float) -> Goal:
    return what, f"≤ {aim}", f"{found:.2f}", _kept(found <= aim)


def _least(what: str, aim: float, found: float) -> Goal:
    return what, f"≥ {aim}", f"{found:.2f}", _kept(found >= aim)


def _by_record(measured: list[Measured]) -> list[Measured]:
    """Return the engines of others that judge records; plain Python is no engine."""
    return [each for each in measured if each.by_record and each.version]


def _kept(kept: bool) -> str:
    return "yes" if kept else "**no**"


def _page(
    found: list[Measured | Missing],
    goals: list[Goal],
    sections: tuple[str, str, str, str],
) -> str:
    measured = [each for each in found if isinstance(each, Measured)]
    goal_table = markdown_table(("goal", "aimed at", "found", "kept"), goals)
    machine = (
        f"{os.cpu_count()} processors ({platform.machine()}), Python "
        f"{platform.python_version()}, Polars {pl.__version__}; "
        f"load when it ended {os.getloadavg()[0]:.1f}"
    )
    peers, registers, grown, answers = sections
    return _TEXT.format(
        machine=machine,
        goals=goal_table,
        ahead="\n".join(_ahead(measured)),
        peers=peers,
        registers=registers,
        grown=grown,
        answers=answers,
        compared=f"{COMPARED:,}",
    )


def _ahead(measured: list[Measured]) -> list[str]:
    """Return where others are ahead."""
    named = {each.title: each for each in measured}
    ours = named.pop("diaban")
    lines = []
    for size in SIZES:
        faster = sorted(
            (each for each in named.values() if each.wall(size) < ours.wall(size)),
            key=lambda each: each.wall(size),
        )
        told = ", ".join(
            f"{each.title} ({ours.wall(size) / each.wall(size):.3g} times)"
            for each in faster
        )
        lines.append(f"- {size:,} hamlets: {told or 'nobody'}")
    quick = sum(median(each.one) < median(ours.one) for each in named.values())
    soon = sum(each.start < ours.start for each in named.values())
    lines.append(f"- one hamlet alone: {quick} of {len(named)} are faster")
    lines.append(f"- start-up: {soon} of {len(named)} are faster")
    return lines


def _chart(measured: list[Measured]) -> alt.LayerChart | alt.FacetChart:
    """Return hamlets a second by how many there are, a line an engine."""
    rows = [
        {
            "engine": each.title,
            "hamlets": size,
            "rate": size / each.wall(size),
            "ours": each.title == "diaban",
        }
        for each in measured
        for size in each.rounds
    ]
    ticks = alt.Axis(values=list(SIZES), format=",", grid=False)
    reach = alt.Scale(type="log", domain=[SIZES[0], 5 * SIZES[-1]], nice=False)
    powers = alt.Axis(values=[10**power for power in range(2, 9)], format="~s")
    x = alt.X("hamlets:Q", scale=reach, axis=ticks, title="hamlets at once")
    y = alt.Y(
        "rate:Q", scale=alt.Scale(type="log"), axis=powers, title="hamlets a second"
    )
    ours = alt.condition("datum.ours", alt.value("#c8102e"), alt.value("#7a8794"))
    lines = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(point=True)
        .encode(x=x, y=y, detail="engine:N", color=ours)
    )
    names = (
        alt.Chart(alt.InlineData(values=_labels(measured)))
        .mark_text(align="left", dx=8)
        .encode(x=x, y=y, text="names:N", color=ours)
    )
    return alt.layer(lines, names).properties(
        width=640, height=440, title="The eight criteria, three-valued"
    )


def _labels(measured: list[Measured]) -> list[dict[str, object]]:
    """Return the names at the ends of the lines; those that would meet stand together."""
    labels: list[dict[str, object]] = []
    ends = ((max(each.rounds), each) for each in measured)
    by_rate = sorted(
        ((size, size / each.wall(size), each.title) for size, each in ends),
        reverse=True,
    )
    for size, rate, title in by_rate:
        last = labels[-1] if labels else {"hamlets": 0, "rate": 0.0, "names": ""}
        if last["hamlets"] == size and float(str(last["rate"])) < CLOSE * rate:
            last["names"] = f"{last['names']} · {title}"
            last["ours"] = last["ours"] or title == "diaban"
        else:
            labels.append(
                {
                    "hamlets": size,
                    "rate": rate,
                    "names": title,
                    "ours": title == "diaban",
                }
            )
    return labels


_TEXT: Final = """\
# How fast, beside others

`make bench` writes this page. Everything on it was measured in one run, on {machine}. Times are medians of several rounds, each engine in a process of its own; where two are compared row by row or by size they take turns; *processor* is the time of all processors together, which other work on the machine disturbs least.

{goals}

## The eight criteria, by fifteen engines

The question: the outcomes of the eight criteria of `lai-chau/city-2024` for each hamlet, with numbers typed in and some of them not known. All begin with the numbers in memory, in the form that suits each best, and end with eight outcomes a hamlet: met, not met, or unknown. The outcomes of the first {compared} are compared with those of the plain reference evaluator in `tests/`. diaban does more than was asked: for this time it also returns the contradictions, the verdict, and what the interval of every count can be made again from.

OpenFisca is there twice. As its documentation has it, the outcomes are an enumeration, and turning a vector of its members into their numbers takes most of the time. Whoever gives bare numbers for outcomes is spared that, and is told in the answer 0, 1 or 2.

A rate with ≈ was not measured: the time of the largest size that took less than four seconds is multiplied. In brackets stands how many times as fast as diaban an engine is. *Spread* is of the largest size measured, beside its median.

![Hamlets a second](img/benchmarks.svg)

{peers}

### Where others are ahead

{ahead}

diaban compiles its network and prepares some hundred expressions for every question. That is spread over many localities and is the larger part where there are few. NumPy, Polars and DuckDB judge one fixed set of criteria that somebody wrote as a query; they give no reasons, know no contradictions and no tree of localities. Of these engines, Polars and DuckDB have an unknown that follows Kleene by itself; in all others each comparison has to be guarded by hand, and a forgotten guard is a pass that nobody notices.

## A country, row by row

What `benchmarks.generate` makes of the official list of communes: registers of a country, as Parquet. The query by hand counts the same, and its numbers are compared with diaban's; it believes every cell, takes no digest and judges nothing. Here and under *Growth* Python collects no garbage meanwhile, for neither of the two: so it is in the command.

{registers}

## Growth

Numbers typed in for hamlets, in Parquet; from the file to the verdicts of all hamlets and their communes, the start of the network included. The query by hand is `benchmarks/by_hand.py`.

{grown}

A pattern of outcomes is asked of the network once at most. Where one criterion that fails decides, a proof found once serves for all patterns with that failure; and what one gap leaves open, more gaps leave open too. So faults and gaps of many kinds cost nothing more.

## The answer as JSON

A hundred thousand localities with every check, count, shortfall and reason. orjson is given the same as dictionaries that lie ready in memory; diaban makes the text from its columns of verdicts.

{answers}
"""


if __name__ == "__main__":
    main()
