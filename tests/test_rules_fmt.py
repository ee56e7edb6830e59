"""`diaban rules fmt`: one order and one layout, every comment in its place, no change of meaning."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Problems, RulesError
from engine.policy.schema.order import in_order
from engine.yaml_source import FOR_RULES, formatting, read_text
from engine.yaml_source.formatting import FormattingError, formatted, same
from engine.yaml_source.layout import laid_out
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence
from tests.support.commands import run

ROOT = Path(__file__).parents[1]
SHIPPED = sorted((ROOT / "rules").rglob("*.yaml"))

MESSY = """\
# yaml-language-server: $schema=pack.json
# What this is.
criteria:
# about C1
- requires:   # what is asked
     all:
     # the first
     - {none: hot_spots,
        id: C1a}
     -   holds: board
         id: C1b
     # nothing more

  # the law's words

  # answers for them
  quote: >
     Không có
       tụ điểm  # no comment

     và bảng.
  id: C1


-
  id: C2  \x20
  # diaban: ignore criterion-without-quote not at hand
  requires: always
  unknown_key: 1
  cites: {clause: I}

# the levels
levels:
- hamlet
- commune
title: {en: A, vi: Cu\u0309a}
# its name
pack: demo/messy
# the end

"""
NEAT = """\
# yaml-language-server: $schema=pack.json
# What this is.

# its name
pack: demo/messy
title: {en: A, vi: Của}

# the levels
levels:
  - hamlet
  - commune
criteria:
  # about C1
  - id: C1

    # answers for them
    quote: >
       Không có
         tụ điểm  # no comment

       và bảng.
    requires:   # what is asked
      all:
        # the first
        - {none: hot_spots,
           id: C1a}
        - id: C1b
          holds: board
        # nothing more

    # the law's words

  - id: C2
    # diaban: ignore criterion-without-quote not at hand
    requires: always
    unknown_key: 1
    cites: {clause: I}
# the end
"""


def neat(text: str) -> str:
    return formatted(text.encode(), "f.yaml", in_order).decode()


def tree_of(text: str) -> Node:
    problems = Problems()
    tree = read_text(text.encode(), "f.yaml", FOR_RULES, problems)
    assert tree is not None
    assert not problems
    return tree


def test_comments_move_with_their_keys_and_words_stay_letter_by_letter() -> None:
    assert neat(MESSY) == NEAT


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_the_rules_that_come_along_are_in_order(file: Path) -> None:
    data = file.read_bytes()
    assert formatted(data, str(file), in_order) == data


def test_without_a_schema_keys_stay_where_they_are() -> None:
    text = "papers_of: a/b\n\n\nlevels:\n- {b: 1}\nabove:   x  \n"
    assert neat(text) == "papers_of: a/b\n\nlevels:\n  - {b: 1}\nabove:   x\n"


@pytest.mark.parametrize(
    "text",
    [
        "pack: a\r\nlevels: [b]\r\n",
        "\ufeffpack: a\nlevels: [b]",
        "pack: a   \nlevels: [b]\n\n\n",
        "\n\npack: a\nlevels: [b]\n",
    ],
)
def test_line_ends_marks_and_blanks_are_the_same_everywhere(text: str) -> None:
    assert neat(text) == "pack: a\nlevels: [b]\n"


@pytest.mark.parametrize(
    "text",
    [
        'pack: a\ntitle: "b\\ \n  c"\n',
        "pack: a\ntitle: |+\n  b\n\n\n",
        "title: |+\n  b \n\n\npack: a\n",
        "title: |-\n      b\n       c\n   \npack: a\n",
        "title: >2-\n    b\npack: a\n",
        "title: 'a\n\n  # b\n\n\n  c'\npack: a\n",
        "title: a\n  b\n\n\n  c\npack: a\n",
        '"title": a\n"pack": a\n',
        "? title\n: a\n? pack\n: a\n",
        "{title: a,\n\n\n pack: a}\n",
        "--- # begins\ntitle: a\npack: a\n",
        "criteria:\n- - a\n  - - b\n    - title: |\n        c\n      id: d\npack: a\n",
        "title: a\u00a0\npack: b\u3000 \nissuer: \u2003c\u2003\n",
        "levels:\n- \u00a0a\n-   b\u00a0\npack: c\n",
        "title: a\n  \u00a0\n  b\npack: c\n",
        "criteria:\n-\n  # x\n  requires: ~\n\n  id:\n    C1\n- \n-\n  a\n- |\n  b\npack: a\n",
    ],
)
def test_texts_over_several_lines_mean_what_they_meant(text: str) -> None:
    assert same(tree_of(neat(text)), tree_of(text))
    assert neat(neat(text)) == neat(text)


def test_a_comment_below_everything_stays_there_and_one_above_too() -> None:
    text = "# top\nlevels: [a]\n  # of levels\npack: b\n# bottom\n"
    assert neat(text) == "# top\npack: b\nlevels: [a]\n# of levels\n# bottom\n"


# --- files that somebody wrote in haste ------------------------------------------------


class Hasty:
    """Writes a tree as somebody in haste: keys anywhere, any indentation, comments."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0
        self.comments: dict[str, str] = {}
        """What stands directly above what."""

    def lines(self, node: Node) -> list[str]:
        match node:
            case Sequence(items=items) if items:
                return [line for item in items for line in self.item(item)]
            case Mapping(values=values) if values:
                pairs = list(values.items())
                self.chance.shuffle(pairs)
                return [line for pair in pairs for line in self.entry(*pair)]
            case _:
                raise AssertionError(node)

    def entry(self, key: str, value: Node) -> list[str]:
        if is_short(value) or self.chance.random() < 0.3:
            return self.below_a_comment([f"{key}: {flow(value)}"])
        wide = self.chance.choice([1, 2, 3, 7])
        if isinstance(value, Sequence):
            wide = self.chance.choice([0, wide])
        inner = [f"{' ' * wide}{line}" if line else "" for line in self.lines(value)]
        return self.below_a_comment([f"{key}:{self.chance.choice(['', '  '])}", *inner])

    def item(self, value: Node) -> list[str]:
        if is_short(value) or self.chance.random() < 0.3:
            return self.below_a_comment([f"- {flow(value)}"])
        wide = self.chance.choice([1, 2, 3])
        first, *others = self.lines(value)
        while not first or first.startswith("#"):
            self.comments.pop(first, None)
            first, *others = others
        inner = [f"{' ' * (1 + wide)}{line}" if line else "" for line in others]
        return self.below_a_comment([f"-{' ' * wide}{first}", *inner])

    def below_a_comment(self, lines: list[str]) -> list[str]:
        above = [""] * self.chance.choice([0, 0, 0, 1, 3])
        if self.chance.random() < 0.3:
            self.number += 1
            comment = f"# comment {self.number}"
            lines[0] += f"  # it was {self.number}"
            self.comments[comment] = lines[0].split("  # it")[1]
            above.append(comment)
        return [*above, *lines]


def some_of(node: Node, chance: random.Random) -> Node:
    """Leave out most of a long list or mapping, so that a test is short."""
    match node:
        case Scalar():
            return node
        case Sequence(items=items):
            kept = items if len(items) < 4 else chance.sample(items, 3)
            return replace(node, items=tuple(some_of(each, chance) for each in kept))
        case Mapping(values=values, keys=keys):
            few = len(values) < 11  # a pack has ten keys
            kept_keys = [*values] if few else chance.sample([*values], 4)
            return replace(
                node,
                values={key: some_of(values[key], chance) for key in kept_keys},
                keys={key: keys[key] for key in kept_keys},
            )


def is_short(node: Node) -> bool:
    match node:
        case Scalar():
            return True
        case Sequence(items=items):
            return not items
        case Mapping(values=values):
            return not values


def flow(node: Node) -> str:
    match node:
        case Scalar(plain=True, raw=raw) if not raw or re.fullmatch(r"[\w.%/-]+", raw):
            return raw or "~"
        case Scalar(raw=raw):
            return json.dumps(raw, ensure_ascii=False)
        case Sequence(items=items):
            return f"[{', '.join(map(flow, items))}]"
        case Mapping(values=values):
            pairs = (f"{json.dumps(key)}: {flow(each)}" for key, each in values.items())
            return f"{{{', '.join(pairs)}}}"


@given(st.sampled_from(SHIPPED), st.integers(0, 2**32))
def test_what_was_written_in_haste_comes_out_in_order(file: Path, seed: int) -> None:
    hasty = Hasty(random.Random(seed))  # noqa: S311  (nothing secret)
    written = hasty.lines(some_of(in_order(tree_of(_text(file))), hasty.chance))
    text = "\n".join(["# top", "", *written, "# bottom", ""])
    done = neat(text)
    lines = done.splitlines()
    assert same(tree_of(done), tree_of(text))
    assert neat(done) == done
    assert keys_of(tree_of(done)) == keys_of(in_order(tree_of(text)))
    assert sorted(words_of(text)) == sorted(words_of(done))
    assert (lines[0], lines[-1]) == ("# top", "# bottom")
    for comment, mark in hasty.comments.items():
        at = next(n for n, line in enumerate(lines) if line.strip() == comment)
        below = next(line for line in lines[at + 1 :] if not is_comment(line))
        assert below.endswith(f"  # it{mark}") or comment_of_an_item(lines, at)


def comment_of_an_item(lines: list[str], at: int) -> bool:
    """Several comments stand above an item where one was its own, one its first key's."""
    return is_comment(lines[at + 1]) or lines[at + 1].lstrip().startswith("- ")


def is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def words_of(text: str) -> list[str]:
    return [
        line.strip().removeprefix("-").strip()
        for line in text.splitlines()
        if line.strip()
    ]


def keys_of(node: Node) -> object:
    match node:
        case Scalar():
            return None
        case Sequence(items=items):
            return [keys_of(item) for item in items]
        case Mapping(values=values):
            return [(key, keys_of(value)) for key, value in values.items()]


def ways_of(line: str) -> list[str]:
    """Return a line again, indented more or not at all, or with spaces behind it."""
    return [line, f"  {line}", f"    {line}", line.lstrip(), f"{line}  "]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A file of rules with some lines left out, repeated, moved or indented otherwise."""
    lines = draw(st.sampled_from([MESSY, *map(_text, SHIPPED)])).splitlines()
    at = draw(st.integers(0, max(0, len(lines) - 40)))
    lines = lines[at : at + draw(st.integers(1, 40))]
    for _ in range(draw(st.integers(0, 4))):
        where = draw(st.integers(0, len(lines) - 1))
        new = draw(
            st.sampled_from(
                [
                    "",
                    "  ",
                    "# c",
                    "   # c",
                    "- a",
                    "-",
                    "x: |",
                    "x: >+",
                    "y: 'a",
                    "b'",
                    "z:",
                ]
            )
            | st.sampled_from(ways_of(lines[where]))
        )
        lines[where : where + draw(st.integers(0, 1))] = [new]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + draw(
        st.sampled_from(["", "\n", "\n\n"])
    )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@given(damaged())
def test_whatever_can_be_read_is_put_in_order_once_and_means_the_same(
    text: str,
) -> None:
    try:
        done = neat(text)
    except RulesError:
        return  # no YAML, which is told
    except FormattingError:
        # A block at the very end without a line break; nothing else is known.
        assert not text.endswith("\n")
        return
    assert same(tree_of(done), tree_of(text.replace("\r\n", "\n")))
    assert neat(done) == done


# --- the guard, and the command ----------------------------------------------------------


def rules_in(folder: Path) -> Path:
    (folder / "demo").mkdir()
    (folder / "vocabulary.yaml").write_text("vocabulary: 1\n", encoding="utf-8")
    pack = folder / "demo" / "plan.yaml"
    pack.write_text(
        "levels: [hamlet]\ncriteria:\n- requires: always\n  id: C1\npack: demo/plan\n",
        encoding="utf-8",
    )
    return pack


def test_a_layout_that_loses_something_is_refused_and_the_file_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = rules_in(tmp_path)
    before = pack.read_bytes()
    kept = laid_out
    monkeypatch.setattr(
        formatting,
        "laid_out",
        lambda text, tree: kept(text, tree).replace("always", "C1"),
    )
    said = run("rules", "fmt", "--rules", tmp_path)
    assert (said.code, said.out) == (70, "")
    assert f"{pack}: error[format-unsafe]" in said.err
    assert pack.read_bytes() == before


@pytest.mark.parametrize("spoilt", ["", "pack: [\n"])
def test_one_layout_that_is_not_the_same_twice_is_refused(
    monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    kept = laid_out
    monkeypatch.setattr(
        formatting,
        "laid_out",
        lambda text, tree: spoilt or f"# more\n{kept(text, tree)}",
    )
    with pytest.raises(FormattingError):
        neat("pack: a\n")


def test_check_lists_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    pack = rules_in(tmp_path)
    before = pack.read_bytes()
    said = run("rules", "fmt", "--rules", tmp_path, "--check")
    assert (said.code, said.out, said.err) == (1, f"{pack}\n", "")
    assert pack.read_bytes() == before


def test_files_are_put_in_order_and_then_are(tmp_path: Path) -> None:
    pack = rules_in(tmp_path)
    said = run("rules", "fmt", "demo/plan", "--rules", tmp_path)
    assert (said.code, said.out, said.err) == (0, f"{pack}\n", "")
    assert pack.read_text(encoding="utf-8") == (
        "pack: demo/plan\nlevels: [hamlet]\n"
        "criteria:\n  - id: C1\n    requires: always\n"
    )
    assert run("rules", "fmt", pack).out == ""
    assert run("rules", "fmt", "--rules", tmp_path, "--check").code == 0


def test_the_files_beside_a_pack_go_with_its_id(tmp_path: Path) -> None:
    pack = rules_in(tmp_path)
    cases = pack.with_suffix(".tests.yaml")
    cases.write_text("as_of: 2024-01-01\ncases_of: demo/plan\n", encoding="utf-8")
    said = run("rules", "fmt", "demo/plan", "--rules", tmp_path)
    assert said.out.splitlines() == [str(pack), str(cases)]
    assert cases.read_text(encoding="utf-8").startswith("cases_of: demo/plan\nas_of:")


def test_what_is_no_rules_is_left_as_it_is(tmp_path: Path) -> None:
    pack = rules_in(tmp_path)
    foreign = {
        "facts.yaml": "people: []\n\n\nlocalities: []\n",
        ".editor.yaml": "b:   &b 1\na: *b\n",
    }
    for name, text in foreign.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    papers = pack.with_suffix(".papers.yaml")
    papers.write_text("papers: []\n\n\n", "utf-8")
    said = run("rules", "fmt", "--rules", tmp_path)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [str(papers), str(pack)]
    assert {name: (tmp_path / name).read_text("utf-8") for name in foreign} == foreign


def test_one_file_that_is_no_yaml_keeps_all_as_they_are(tmp_path: Path) -> None:
    pack = rules_in(tmp_path)
    before = pack.read_bytes()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("a: [\n", encoding="utf-8")
    said = run("rules", "fmt", "--rules", tmp_path)
    assert (said.code, said.out) == (3, "")
    assert f"{wrong}:2:1: error[yaml-syntax]" in said.err
    assert pack.read_bytes() == before


def test_a_name_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    assert run("rules", "fmt", tmp_path / "no.yaml").code == 2
    assert run("rules", "fmt", "no/pack").code == 2


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    rules_in(tmp_path).with_suffix(".tests.yaml").symlink_to(tmp_path / "nowhere")
    said = run("rules", "fmt", "demo/plan", "--rules", tmp_path)
    assert (said.code, said.out) == (3, "")
    assert "plan.tests.yaml: error[rules-no-file]" in said.err


def test_a_block_that_a_missing_line_break_would_change_is_left(tmp_path: Path) -> None:
    """The one known case: with the line break the text would end in one too."""
    file = tmp_path / "notes.yaml"
    file.write_text("a: |\n  b", encoding="utf-8")
    assert run("rules", "fmt", file).code == 70
    assert file.read_text(encoding="utf-8") == "a: |\n  b"
