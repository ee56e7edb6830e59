"""A vocabulary and a pack to change word by word, and facts to judge by both."""

from pathlib import Path

from engine.pack import Pack
from tests.support.engine_runner import read_pack

VOCABULARY = """
vocabulary: 1
levels:
  hamlet: {vi: thôn, en: hamlet}
  commune: {vi: xã, en: commune}
registers:
  localities:
    fields:
      board: {type: yes_no, label: {vi: Bảng đường dây nóng, en: Hot-line board}}
      target: {type: count, label: {vi: Chỉ tiêu, en: Target}}
  people:
    label: {vi: Sổ quản lý, en: Register of people}
    personal: true
    fields:
      standing:
        type: choice
        of: [addict, user]
        labels: {addict: {vi: người nghiện, en: addicted}, user: {vi: người sử dụng, en: uses}}
        label: {vi: Diện quản lý, en: Standing}
      treated_since: {type: date, label: {vi: Điều trị từ ngày, en: Treated since}}
      clean: {type: yes_no, label: {vi: Không sử dụng ma túy khác, en: No other drugs}}
counts:
  households: {label: {vi: hộ gia đình, en: households}}
  signed: {label: {vi: hộ đã ký, en: households that have signed}, within: households}
  plots: {label: {vi: vụ trồng cây, en: plots}}
  treated:
    label: {vi: người điều trị lâu, en: people long in treatment}
    in: people
    where:
      standing: addict
      treated_since: {more_than: 12 months, before: as_of}
  treated_clean:
    label: {vi: người điều trị không sử dụng, en: those without other drugs}
    within: treated
    where: {clean: yes}
evidence:
  pledges: {vi: Bản cam kết, en: Pledges}
"""

PACK = """
pack: demo/two
title: {vi: Kế hoạch thử, en: A plan to try}
issuer: {vi: UBND xã Thử, en: People's Committee of Thử}
documents:
  plan: {kind: Kế hoạch, number: 01/KH-UBND, date: 2024-01-05}
in_force: {from: 2024-01-01, to: 2025-12-31}
levels: [hamlet, commune]
readings:
  - {criterion: C1, phrase: hộ, reading: {vi: hộ thường trú, en: permanent ones}}
criteria:
  - id: C1
    cites: {document: plan, clause: II.1}
    quote: trên 90% hộ gia đình ký cam kết
    title: {vi: Hộ ký cam kết, en: Households have signed}
    requires: {id: C1a, share: signed, of: households, more_than: 90%}
    evidence: [pledges]
    remedy: {vi: Vận động ký., en: Ask them to sign.}
  - id: C2
    title: {vi: Không trồng cây, en: No drug plants}
    requires: {id: C2a, none: plots}
  - id: C3
    levels: [hamlet]
    title: {vi: Có bảng, en: There is a board}
    requires: {id: C3a, holds: board}
  - id: C4
    title: {vi: Điều trị, en: Treatment}
    requires: {id: C4a, every: treated, is: treated_clean}
verdicts:
  - {verdict: good, label: {vi: Đạt, en: Good}, when: {all: criteria}, passes: yes}
  - {verdict: fair, label: {vi: Khá, en: Fair}, when: {all: [C1, C2]}}
  - {verdict: poor, label: {vi: Chưa đạt, en: Poor}, when: always}
"""


def changed(text: str, before: str, after: str) -> str:
    """Return a text with one passage replaced; it must be there, once."""
    assert text.count(before) == 1, before
    return text.replace(before, after)


def pack_with(*changes: tuple[str, str]) -> Pack:
    """Return the pack after changes of its text or, failing that, of the vocabulary's."""
    vocabulary, pack = VOCABULARY, PACK
    for before, after in changes:
        if before in pack:
            pack = changed(pack, before, after)
        else:
            vocabulary = changed(vocabulary, before, after)
    return read_pack(vocabulary, pack)


def write_rules(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the rules into a folder of their own; return the pack's file."""
    vocabulary, pack = VOCABULARY, PACK
    for before, after in changes:
        if before in pack:
            pack = changed(pack, before, after)
        else:
            vocabulary = changed(vocabulary, before, after)
    (folder / "demo").mkdir(parents=True)
    (folder / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    file = folder / "demo" / "two.yaml"
    file.write_text(pack, encoding="utf-8")
    return file


FACTS = """\
id,name,level,parent,households,signed,plots,board,treated,treated_clean
X,Xã Thử,commune,,,,,,0,0
X1,Thôn Một,hamlet,X,100,100,0,yes,0,0
X2,Thôn Hai,hamlet,X,100,90,0,yes,0,0
X3,Thôn Ba,hamlet,X,100,80,1,no,0,0
X4,Thôn Bốn,hamlet,X,100,100,,yes,0,0
"""
"""C1 is met in X1 and X4 (X2 has 90 of 100), C2 not in X3 and not known in X4."""


def write_facts(folder: Path, text: str = FACTS) -> Path:
    """Write the localities, all of whose numbers are typed in, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "localities.csv").write_text(text, encoding="utf-8")
    return folder
