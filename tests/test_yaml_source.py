"""YAML means one thing only, and whatever is not plain YAML is told with its place."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Problems, RulesError
from engine.source import Place
from engine.yaml_source import FOR_RULES, Limits, read_text
from engine.yaml_source import reading as yaml_source
from engine.yaml_source.nodes import Mapping, Node, Scalar, Sequence, Unread


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds with PyYAML's C library and without it."""
    loader = getattr(vars(yaml_source)["yaml"], request.param)
    monkeypatch.setattr(yaml_source, "_LOADER", loader)


def read(
    text: str | bytes, limits: Limits = FOR_RULES, *, personal: bool = False
) -> tuple[Node | None, list[str]]:
    data = text.encode() if isinstance(text, str) else text
    problems = Problems()
    node = read_text(data, "f.yaml", limits, problems, personal=personal)
    return node, [str(one) for one in problems.as_error(RulesError).diagnostics]


def sound(text: str | bytes) -> Node:
    node, errors = read(text)
    assert errors == []
    assert node is not None
    return node


def plain(node: Node) -> Any:
    """Return the values alone."""
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(values=values):
            return {key: plain(value) for key, value in values.items()}


def codes(text: str | bytes, limits: Limits = FOR_RULES) -> list[str]:
    _, errors = read(text, limits)
    return [error.split("[")[1].split("]")[0] for error in errors]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("0.5", Decimal("0.5")),
        ("-12.50", Decimal("-12.50")),
        ("2025-03-14", date(2025, 3, 14)),
        ("yes", True),
        ("Yes", True),
        ("true", True),
        ("True", True),
        ("no", False),
        ("No", False),
        ("false", False),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
    ],
)
def test_a_plain_scalar_is_typed_as_the_language_says(
    written: str, value: object
) -> None:
    node = sound(f"key: {written}\n")
    assert isinstance(node, Mapping)
    read_value = plain(node)["key"]
    assert read_value == value
    assert type(read_value) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "012",
        "1_000",
        "12:30",
        "on",
        "off",
        "y",
        "YES",
        "TRUE",
        "Null",
        "0x1F",
        "0o17",
        "1e5",
        ".5",
        "1.",
        "+1",
        "--1",
        "1,5",
        "50%",
        "1/2",
        "12 months",
        "2025-3-14",
        "2024-04",
        "2025-03-14T00:00:00",
        ".inf",
        ".nan",
        "１２",
        "٣",
        "=",
        "<<",
    ],
)
def test_everything_else_that_is_plain_is_text(written: str) -> None:
    assert plain(sound(f"- {written}")) == [written]


@pytest.mark.parametrize("written", ["12", "no", "2025-03-14", "~", "", "2025-02-30"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_quoted_is_text(written: str, quote: str) -> None:
    node = sound(f"- {quote}{written}{quote}")
    assert isinstance(node, Sequence)
    (item,) = node.items
    assert isinstance(item, Scalar)
    assert (item.value, item.raw, item.plain) == (written, written, False)


def test_a_block_is_text() -> None:
    assert plain(sound("a: |\n  12\nb: >-\n  no\n  on\n")) == {
        "a": "12\n",
        "b": "no on",
    }


def test_raw_is_the_text_as_it_was_written() -> None:
    node = sound("[0.50, yes, 2025-03-14, ~, '']")
    assert isinstance(node, Sequence)
    raws = [item.raw for item in node.items if isinstance(item, Scalar)]
    assert raws == ["0.50", "yes", "2025-03-14", None, ""]


def test_keys_are_taken_as_they_are_written() -> None:
    text = "no: 1\n012: 2\n~: 3\n2025-03-14: 4\n'yes': 5\n2025-02-30: 6\n"
    assert list(plain(sound(text))) == [
        "no",
        "012",
        "~",
        "2025-03-14",
        "yes",
        "2025-02-30",
    ]


def test_every_node_knows_its_line_and_column_from_one() -> None:
    node = sound("tỉnh:\n  - {id: 'a',  of: [b]}\n")
    assert isinstance(node, Mapping)
    assert node.place == Place("f.yaml", 1, 1)
    assert node.keys["tỉnh"].place == Place("f.yaml", 1, 1)
    row = node.values["tỉnh"]
    assert isinstance(row, Sequence)
    assert row.place == Place("f.yaml", 2, 3)
    (first,) = row.items
    assert isinstance(first, Mapping)
    assert first.place == Place("f.yaml", 2, 5)
    assert first.values["id"].place == Place("f.yaml", 2, 10)
    assert first.keys["of"].place == Place("f.yaml", 2, 16)


def test_text_is_composed() -> None:
    decomposed = normalize("NFD", "Phường Đoàn Kết")
    assert plain(sound(f"{decomposed}: {decomposed}")) == {
        "Phường Đoàn Kết": "Phường Đoàn Kết"
    }


def test_two_spellings_of_one_key_are_one_key() -> None:
    composed, decomposed = (normalize(form, "xã") for form in ("NFC", "NFD"))
    assert codes(f"{composed}: 1\n{decomposed}: 2\n") == ["yaml-duplicate-key"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    node = sound(b"\xef\xbb\xbfkey: 1\n")
    assert plain(node) == {"key": 1}
    assert node.place == Place("f.yaml", 1, 1)


def test_of_two_equal_keys_both_places_are_told_and_the_first_is_kept() -> None:
    node, errors = read('a: 1\nb: {c: 2, "c": 3}\na: 4\n')
    assert node is not None
    assert plain(node) == {"a": 1, "b": {"c": 2}}
    assert errors == [
        f"f.yaml:{place}: error[yaml-duplicate-key]: the key '{key}' already stands at"
        f" f.yaml:{first}; keep one of the two"
        for place, key, first in [("2:11", "c", "2:5"), ("3:1", "a", "1:1")]
    ]


def test_what_does_not_hide_the_rest_is_told_together() -> None:
    text = "a: &x 1\nb: *x\nc: !!str 2\nd: 2025-02-30\n[e]: 3\na: 5\n"
    assert codes(text) == [
        "yaml-anchor",
        "yaml-alias",
        "yaml-tag",
        "yaml-impossible-date",
        "yaml-key-not-text",
        "yaml-duplicate-key",
    ]


def test_a_value_whose_error_is_told_is_marked() -> None:
    node, _ = read("[2025-02-30, *x]")
    assert node is not None
    assert plain(node) == [Unread.VALUE, Unread.VALUE]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a: caf\xe9\n", "yaml-not-utf8"),
        ("a: b".encode("utf-16"), "yaml-not-utf8"),
        ("a: \x00", "yaml-control-character"),
        ('a: "\\0"', "yaml-control-character"),
        ('a: "\\e[31m"', "yaml-control-character"),
        ("a: 'b\x85c'", "yaml-line-separator"),
        ("a: 'b\u2028c'", "yaml-line-separator"),
        ("a: b\u2029", "yaml-line-separator"),
        ("", "yaml-empty"),
        ("# nothing\n", "yaml-empty"),
        ("---\n...\n", "yaml-empty"),
        ("~", "yaml-empty"),
        ("a\n---\nb\n", "yaml-several-documents"),
        ("---\n---\n", "yaml-several-documents"),
        ("a: [", "yaml-syntax"),
        ('"\\UFFFFFFFF"', "yaml-syntax"),
        ("%YAML 9.1\n---\na", "yaml-syntax"),
        ("a: " + "9" * 1001, "yaml-number-too-long"),
        ("a: 0." + "9" * 1001, "yaml-number-too-long"),
        ("2025-02-29", "yaml-impossible-date"),
        ("0000-01-01", "yaml-impossible-date"),
    ],
)
def test_bad_yaml_is_told_never_guessed(text: str | bytes, code: str) -> None:
    assert codes(text) == [code]


def test_of_an_empty_file_the_beginning_is_named() -> None:
    _, (error,) = read("# nothing\n")
    assert error.startswith("f.yaml:1:1: error[yaml-empty]: this file is empty")


def test_an_unseen_end_of_a_line_is_told_where_an_editor_counts_it() -> None:
    _, errors = read("a: 1\nb: 'c\u2028d'\n")
    (error,) = errors
    assert error == (
        "f.yaml:2:6: error[yaml-line-separator]: U+2028 stands here: it ends a line,"
        " and nobody sees it; put a space or a line break in its place; it often"
        " comes by pasting"
    )


def test_the_place_of_a_wrong_byte_is_told() -> None:
    _, errors = read("tỉnh: 1\nxã: ".encode() + b"\xe3 2\n")
    (error,) = errors
    assert error == (
        "f.yaml:2:5: error[yaml-not-utf8]: this file is not text in UTF-8: the byte"
        " 0xE3 does not belong here; save the file in the encoding UTF-8"
    )


@pytest.mark.parametrize("bomb", ["[", "{", "- ", "? ", "{a: ", "a:\n", "[? "])
def test_a_bomb_of_depth_goes_off_harmlessly(bomb: str) -> None:
    text = bomb * 100_000
    if bomb == "a:\n":
        text = "".join(f"{' ' * depth}a:\n" for depth in range(1000))
    assert codes(text) == ["yaml-too-deep"]


def test_the_deepest_that_is_allowed_is_read() -> None:
    assert codes("[" * 32 + "]" * 32) == []
    assert codes("[" * 33 + "]" * 33) == ["yaml-too-deep"]


def test_keys_values_and_lists_count_towards_the_limit_of_nodes() -> None:
    at_most = Limits(size=100, depth=9, nodes=6)
    assert codes("{a: [1, 2], }", at_most) == []
    assert codes("{a: [1, 2, 3], }", at_most) == []
    assert codes("{a: [1, 2, 3, 4]}", at_most) == ["yaml-too-many-nodes"]


def test_a_file_over_the_limit_of_size_is_not_read() -> None:
    at_most = Limits(size=10, depth=9, nodes=9)
    assert codes("a: 1234567", at_most) == []
    assert codes("a: 12345678", at_most) == ["yaml-too-large"]


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30",
        "&secret 1",
        "*secret",
        "!secret 1",
        "a: 'secret",
        "- secret: secret: x",
    ],
)
def test_no_message_repeats_a_personal_value(text: str) -> None:
    _, errors = read(text, personal=True)
    assert errors
    told = " ".join(errors)
    assert "secret" not in told
    assert "2025" not in told


def nodes(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Sequence(items=items):
            for item in items:
                yield from nodes(item)
        case Mapping(values=values, keys=keys):
            assert values.keys() == keys.keys()
            for item in (*keys.values(), *values.values()):
                yield from nodes(item)
        case Scalar():
            pass


YAML_PIECES = st.sampled_from(
    [
        *"[]{}:,-?&*!|>'\"%@`#~ \n\t\\éđ\u2028\x85\ufeff",
        *(": ", "- ", "\n  ", "a", "0", "<<", "---\n", "...\n", "2025-02-30"),
        *('"\\U', "!!int ", "%TAG ! a\n", "|2\n", "? "),
    ]
)


@given(st.one_of(st.binary(max_size=60), st.lists(YAML_PIECES).map("".join)))
def test_any_bytes_give_a_tree_or_errors_with_a_place(text: bytes | str) -> None:
    node, errors = read(text)
    assert node is not None or errors
    assert all(error.startswith("f.yaml") for error in errors)
    if node is not None:
        for each in nodes(node):
            assert each.line >= 1
            assert each.column >= 1


PLAIN_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def written(value: object) -> str:
    """Write a value as YAML, texts in double quotes."""
    match value:
        case None:
            return "~"
        case bool():
            return "yes" if value else "no"
        case str():
            letters = (f"\\U{ord(letter):08X}" for letter in value)
            return f'"{"".join(letters)}"'
        case list():
            return f"[{', '.join(written(each) for each in value)}]"
        case dict():
            pairs = (
                f"? {written(key)} : {written(each)}" for key, each in value.items()
            )
            return f"{{{', '.join(pairs)}}}"
        case _:
            return str(value)


def composed(value: Any) -> Any:
    match value:
        case str():
            return normalize("NFC", value)
        case list():
            return [composed(each) for each in value]
        case dict():
            return {composed(key): composed(each) for key, each in value.items()}
        case _:
            return value


@given(PLAIN_VALUES)
def test_what_is_written_is_read(value: Any) -> None:
    node, errors = read(f"- {written(value)}")
    if not errors:
        assert node is not None
        assert plain(node) == [composed(value)]
    else:
        known = ("control-character", "duplicate-key", "syntax", "too-deep")
        assert all(any(word in error for word in known) for error in errors)
