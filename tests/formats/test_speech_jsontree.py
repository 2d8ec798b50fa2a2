"""JSON with places: what is read, where it stands, and what is left when an element goes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript.edits import Patch
from tidytranscript.formats import jsontree
from tidytranscript.formats.jsontree import Array, Object, Text, parsed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def places(value: object) -> list[Text | Array | Object]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, Array):
        return [value, *(place for item in value for place in places(item))]
    if isinstance(value, Object):
        return [value, *(place for item in value.values() for place in places(item))]
    return []


@given(
    st.lists(VALUES, max_size=4) | st.dictionaries(st.text(max_size=6), VALUES, max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_reads_what_the_standard_library_reads(value: object, ascii_only: bool, indented: bool) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=1 if indented else None)
    tree = parsed(raw)
    assert (tree.root, tree.problem) == (json.loads(raw), "")


@given(st.dictionaries(st.text(max_size=6), VALUES, min_size=1, max_size=4), st.booleans())
def test_every_place_holds_its_value(value: object, ascii_only: bool) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only)
    for place in places(parsed(raw).root):
        piece = raw[place.start : place.end]
        assert json.loads(f'"{piece}"' if isinstance(place, Text) else piece) == place


@pytest.mark.parametrize("gone", [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2], []])
@pytest.mark.parametrize(
    "raw", ['[{"a":1},{"a":2},{"a":3}]', '[\n  {"a": 1},\n  {"a": 2} ,\n  {"a": 3}\n]', '[ [1], ["x"], {} ]']
)
def test_an_element_goes_with_one_comma(raw: str, gone: list[int]) -> None:
    array = parsed(raw).root
    assert isinstance(array, Array)
    left = Patch.cut(raw, jsontree.cut(raw, array, gone)).apply(raw)
    assert json.loads(left) == [item for i, item in enumerate(json.loads(raw)) if i not in gone]


@pytest.mark.parametrize(
    ("raw", "root"),
    [
        ('{"a": [1, 2', {"a": [1, 2]}),
        ('{"a": "ca', {"a": "ca"}),
        ('{"a": "ca\\', {"a": "ca"}),
        ('{"a": 1, "b', {"a": 1}),
        ('{"a": tru', {}),
        ('[{"a": 1}, {', [{"a": 1}, {}]),
    ],
)
def test_what_is_cut_off_is_read_as_far_as_it_goes(raw: str, root: object) -> None:
    tree = parsed(raw)
    assert tree.root == root
    assert tree.problem


@pytest.mark.parametrize("raw", ["", "  ", "hello", "[ANNA] hello", "12", '"text"', "]", "{]"])
def test_what_is_no_json_has_no_content(raw: str) -> None:
    assert not parsed(raw).root


@pytest.mark.parametrize("raw", ['{"a": 1}]', '{"a": 1} and more', '[1, {"b": 2} x]', '{"a" 1}'])
def test_what_does_not_belong_is_a_problem(raw: str) -> None:
    assert parsed(raw).problem


def test_documents_one_after_the_other_are_a_list() -> None:
    tree = parsed('{"a": 1}\n{"a": 2}\n')
    assert (tree.root, tree.problem) == ([{"a": 1}, {"a": 2}], "")


def test_numbers_that_are_none_are_read() -> None:
    tree = parsed('{"a": NaN, "b": -Infinity, "c": 1e999, "d": 1.2.3, "e": ' + "9" * 5000 + ', "f": "x"}')
    assert isinstance(tree.root, Object)
    assert (tree.root["b"], tree.root["f"], tree.problem) == (-float("inf"), "x", "")


def test_nesting_has_no_limit() -> None:
    assert parsed("[" * 200_000).problem
    assert parsed("[" * 200_000 + "]" * 200_000).problem == ""
    assert jsontree.values('{"a":' * 200_000).problem


def test_blanks_and_open_strings_cost_linear_time() -> None:
    for raw in (" " * 300_000 + "@", '["' + "\\a" * 300_000, "[" + "1," * 300_000 + "@", '{"a"' * 100_000):
        parsed(raw)


def test_a_lone_surrogate_is_replaced() -> None:
    tree = parsed('["a\\ud83d", "\\ud83d\\ude00"]')
    assert tree.root == ["a\ufffd", "\U0001f600"]


@pytest.mark.parametrize(
    ("text", "ascii_only", "slashes", "written"),
    [
        ("caf\u00e9/\u201d", False, False, "caf\u00e9/\u201d"),
        ("caf\u00e9/", True, True, "caf\\u00e9\\/"),
        ('a "b" \\ \n', False, False, 'a \\"b\\" \\\\ \\n'),
    ],
)
def test_text_is_escaped_as_the_file_does(text: str, ascii_only: bool, slashes: bool, written: str) -> None:
    assert jsontree.escaped(text, ascii=ascii_only, slashes=slashes) == written
    assert jsontree.unescaped(written) == text


def test_a_sketch_is_that_of_the_text_that_is_asked_about() -> None:
    assert jsontree.sketch('{"a": 1}') == {"a": 1}
    assert jsontree.sketch('{"a": 1, "b": 2}') == {"a": 1, "b": 2}
    assert jsontree.sketch('{"a": 1}') == {"a": 1}
    assert jsontree.sketch('{"a": 1, "b') == {"a": 1}
    assert jsontree.sketch('{"a": 1, "b": 2}') == {"a": 1, "b": 2}
    assert jsontree.sketch("") is None
    long = json.dumps([{"n": i} for i in range(5000)])
    assert jsontree.sketch(long) == jsontree.sketch(long[:-9]) != json.loads(long)
