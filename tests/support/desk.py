"""A small vocabulary, a pack and clean facts, to plant faults in one by one."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from engine.desk.finding import Finding
from engine.desk.findings_from_facts import findings_from_facts
from engine.facts import Facts
from engine.facts_from_files import facts_from_files
from engine.pack import Pack
from tests.support.engine_runner import read_pack

AS_OF = date(2024, 6, 30)

VOCABULARY = """
vocabulary: 1
levels:
  hamlet: {vi: thôn, en: hamlet}
  commune: {vi: xã, en: commune}
registers:
  localities:
    fields:
      board: {type: yes_no, label: {vi: Bảng đường dây nóng, en: Hot-line board}}
      kept: {type: assessed, label: {vi: Mô hình hiệu quả, en: Effective model}}
      target: {type: count, label: {vi: Chỉ tiêu, en: Target}}
  people:
    label: {vi: Sổ quản lý, en: Register of people}
    personal: true
    fields:
      standing: {type: choice, of: [addict, user], label: {vi: Diện, en: Standing}}
      filed: {type: yes_no, label: {vi: Có hồ sơ, en: On file}}
      since: {type: date, label: {vi: Từ ngày, en: Since}}
  households:
    label: {vi: Sổ hộ, en: Register of households}
    fields:
      signed: {type: yes_no, label: {vi: Đã ký, en: Signed}}
      asked: {type: date, label: {vi: Ngày mời, en: Day of the invitation}}
      visited:
        {type: date, not_before: asked, label: {vi: Ngày đến, en: Day of the visit}}
counts:
  households: {label: {vi: hộ gia đình, en: households}, in: households}
  signed:
    label: {vi: hộ đã ký, en: households that have signed}
    within: households
    where: {signed: yes}
  addicts: {label: {vi: người nghiện, en: addicts}, in: people, where: {standing: addict}}
  filed:
    label: {vi: người nghiện có hồ sơ, en: addicts on file}
    within: addicts
    where: {filed: yes}
  plots: {label: {vi: vụ trồng cây, en: plots}}
  dealers: {label: {vi: người bán lẻ, en: dealers}}
  offenders: {label: {vi: người phạm tội, en: offenders}}
  boards:
    label: {vi: bảng, en: boards}
    in: localities
    where: {level: hamlet, board: yes}
expect:
  - if_any: dealers
    then_any: offenders
    say: {vi: Có người bán lẻ nhưng không có người phạm tội, en: "Dealers, but no offenders"}
  - levels: [hamlet]
    then_any: households
    say: {vi: Thôn không có hộ nào, en: A hamlet without households}
"""

PACK = """
pack: demo/desk
title: {vi: Gói thử, en: A pack to try}
levels: [hamlet, commune]
stale_after: 30 days
criteria:
  - {id: C1, requires: {every: addicts, is: filed}}
  - {id: C2, requires: {every: households, is: signed}}
  - {id: C3, requires: {none: plots}}
  - {id: C4, levels: [hamlet], requires: {holds: board}}
  - {id: C5, levels: [commune], requires: {at_least: 1, of: boards}}
"""

Tables = Mapping[str, list[str] | None]
Changed = dict[str, list[str] | None]

CLEAN: dict[str, list[str]] = {
    "localities": [
        "id,name,level,parent,board,plots,dealers,offenders,households,signed,addicts,filed",
        "X,Xã Thử,commune,,,,,,,,,",
        "X1,Thôn Một,hamlet,X,yes,0,0,0,,,,",
        "X2,Thôn Hai,hamlet,X,yes,0,1,1,,,,",
    ],
    "households": [
        "locality,signed,visited,n",
        "X1,yes,2024-06-01,40",
        "X2,yes,2024-06-02,30",
    ],
    "people": ["locality,standing,filed,since", "X2,addict,yes,2020-02-02"],
    "inspections": ["locality,register,on", "X1,people,2024-06-10"],
}
"""Facts in which there is nothing to find."""


@cache
def pack_to_try(text: str = PACK) -> Pack:
    return read_pack(VOCABULARY, text)


def with_lines(table: str, **lines: str) -> Changed:
    """Return a table with some lines replaced, `l3` being line 3 of its file."""
    changed = list(CLEAN[table])
    for name, text in lines.items():
        changed[int(name[1:]) - 1] = text
    return {table: changed}


def write_tables(folder: Path, changes: Tables) -> Path:
    """Write the clean tables with some replaced (None: left out) as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in {**CLEAN, **changes}.items():
        if lines is not None:
            text = "\n".join(lines) + "\n"
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def read_tables(folder: Path, changes: Tables) -> Facts:
    return facts_from_files(write_tables(folder, changes), pack_to_try().vocabulary)


def found_in(folder: Path, changes: Tables, pack: str = PACK) -> tuple[Finding, ...]:
    facts = read_tables(folder, changes)
    return findings_from_facts(pack_to_try(pack), facts, AS_OF)


def brief(finding: Finding, folder: Path) -> tuple[str, str | None, list[str]]:
    """Return code, locality and places, the files without their folder."""
    places = [str(place).removeprefix(f"{folder}/") for place in finding.places]
    return finding.code, finding.locality, places


def write_rules(folder: Path) -> Path:
    (folder / "demo").mkdir(parents=True)
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / "demo" / "desk.yaml").write_text(PACK, encoding="utf-8")
    return folder
