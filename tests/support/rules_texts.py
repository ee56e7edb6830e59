"""Small rules as texts: a vocabulary and a pack over it."""

from engine.pack import Formula, Pack
from engine.rules_from_yaml import pack_from_yaml, vocabulary_from_yaml
from engine.vocabulary import Vocabulary

VOCABULARY = """\
vocabulary: 1
registers:
  localities:
    fields: {board: yes_no, safe: assessed, target_2024: count, note: text}
  people:
    label: {vi: Sổ quản lý, en: Register}
    personal: true
    fields:
      standing: {type: choice, of: [addict, user, post_rehab]}
      file: yes_no
      careful: assessed
      since: date
      until: date
      seen: date
      visits: count
      weight: number
      note: text
counts:
  addicts: {in: people, where: {standing: addict}}
  addicts_with_file: {within: addicts, where: {file: yes}}
  addicts_seen: {within: addicts_with_file, where: {seen: {after: since}}}
  users: {in: people, where: {standing: user}}
  typed: {label: {vi: số gõ vào}}
evidence:
  management_files: {label: {vi: hồ sơ quản lý, en: management files}}
  board_photos: {vi: ảnh bảng niêm yết}
"""

PACK = """\
pack: t/p
levels: [hamlet, commune]
criteria:
  - {id: C1, requires: %s}
"""


def vocabulary(text: str = VOCABULARY) -> Vocabulary:
    return vocabulary_from_yaml(text.encode(), "vocabulary.yaml")


def pack(text: str, over: str = VOCABULARY) -> Pack:
    return pack_from_yaml(text.encode(), "pack.yaml", vocabulary(over))


def formula(text: str) -> Formula:
    """Read what the only criterion of a pack requires."""
    (criterion,) = pack(PACK % text).criteria
    return criterion.requires


RICH_PACK = """\
pack: t/rich
title: {vi: Bộ tiêu chí, en: Criteria}
issuer: {vi: UBND, en: People's Committee}
documents:
  plan: {kind: Kế hoạch, number: 12/KH-UBND, date: 2024-04, title: Kế hoạch}
in_force: {from: 2024-01-01, to: 2025-11-30}
levels: [hamlet, commune]
readings:
  - {criterion: C2, phrase: "từ 03 tháng", reading: {vi: ba tháng, en: three months}}
criteria:
  - id: C1
    cites: {document: plan, clause: II.1}
    quote: Không có
    title: {vi: một, en: one}
    requires: {all: [{id: C1a, none: users}, {every: addicts, is: addicts_with_file}]}
    evidence: [management_files, board_photos]
    remedy: {vi: lập hồ sơ}
  - id: C2
    levels: [commune]
    when: {as_of: {after: 2024-01-01}}
    requires:
      any:
        - {share: addicts_seen, of: addicts, at_least: 50%, if_empty: not_met}
        - {falls: users, from: typed, by_at_least: 5%}
        - {at_least: target_2024, at_most: 9, of: users}
  - {id: C3, requires: {at_least: 1, of: [C1, C2, {not: {holds: board}}]}}
verdicts:
  - {verdict: good, when: {all: criteria}, passes: yes, label: {vi: tốt, en: good}}
  - {verdict: fair, when: {at_least: 2, of: criteria}}
  - {verdict: poor, when: always}
"""
