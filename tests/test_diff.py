"""The unified diff: it is what a patch program can apply, it shows little, and it takes linear time."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Change, tidy
from tidytranscript.reports.diff import CONTEXT, unified
from tidytranscript.reports.terminal import Line

HUNK = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n")


def change(source: str, start: int, end: int, new: str) -> Change:
    return Change(start, end, source[start:end], new, "filler", "", 1.0)


def made(source: str, changes: Sequence[Change]) -> str:
    pieces, at = [], 0
    for one in changes:
        pieces += [source[at : one.start], one.new]
        at = one.end
    return "".join([*pieces, source[at:]])


def split(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


def patched(source: str, diff: str) -> str:
    """What a patch program makes of `source`; it stands for no line but at its number, and knows no fuzz."""
    if not diff:
        return source
    old, out, at = split(source), list[str](), 0
    rows = split(diff)
    assert rows[0].startswith("--- ")
    assert rows[1].startswith("+++ ")
    i = 2
    while i < len(rows):
        match = HUNK.fullmatch(rows[i])
        assert match, rows[i]
        first, count, new_first, new_count = map(int, match.groups())
        start = first - (count > 0)
        out += old[at:start]
        assert len(out) == new_first - (new_count > 0)
        at, taken, given_, i = start, 0, 0, i + 1
        while i < len(rows) and not rows[i].startswith("@@"):
            mark, text = rows[i][0], rows[i][1:]
            if i + 1 < len(rows) and rows[i + 1].startswith("\\"):
                text = text.removesuffix("\n")
                i += 1
            if mark in " -":
                assert old[at] == text
                at, taken = at + 1, taken + 1
            if mark in " +":
                out.append(text)
                given_ += 1
            assert mark in " -+"
            i += 1
        assert (taken, given_) == (count, new_count)
    assert all(line.endswith("\n") for line in out[:-1] + old[at:-1])
    return "".join(out + old[at:])


def text_of(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines)


@st.composite
def sources_and_changes(draw: st.DrawFn) -> tuple[str, list[Change]]:
    piece = st.sampled_from(["a", "um", " ", "\n", "\n\n", "line\n", "x\ny", "\r\n", "\u2028", "\x85", "-- a"])
    source = "".join(draw(st.lists(piece, max_size=40)))
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=16)))
    changes: list[Change] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(piece | st.just(""))
        touches_insertion = changes and changes[-1].start == changes[-1].end == start == end
        if source[start:end] != new and not touches_insertion:
            changes.append(change(source, start, end, new))
    return source, changes


@given(sources_and_changes())
def test_applied_to_the_source_it_gives_the_result(case: tuple[str, list[Change]]) -> None:
    source, changes = case
    lines = list(unified(source, changes, "talk"))
    assert patched(source, text_of(lines)) == made(source, changes)
    assert changes or not lines


@given(sources_and_changes())
def test_context_is_short_and_hunks_do_not_meet(case: tuple[str, list[Change]]) -> None:
    source, changes = case
    run = 0
    for kind, _, _ in unified(source, changes, "talk"):
        run = run + 1 if kind == "context" else run * (kind == "note")
        assert run <= 2 * CONTEXT


@given(sources_and_changes())
def test_what_is_touched_lies_in_the_line(case: tuple[str, list[Change]]) -> None:
    for kind, text, touched in unified(*case, "talk"):
        bounds = [1, *(at for span in touched for at in span), len(text)]
        assert bounds == sorted(bounds)
        assert not touched or kind in ("removed", "added")


def test_what_the_edits_touch_is_marked() -> None:
    source = "So, um, we\nwe left.\n"
    lines = list(unified(source, [change(source, 2, 6, ""), change(source, 11, 14, "")], "talk"))
    touched = [[line.text[start:end] for start, end in line.touched] for line in lines]
    assert touched == [[], [], [], [", um"], [], ["we "], []]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a\nb", [(2, 3, "")]),
        ("a\nb", [(1, 3, "")]),
        ("a\nb\n", [(3, 4, "")]),
        ("a\nb\nc\nd\ne\nf\ng\nh\ni\n", [(0, 1, "A"), (16, 17, "I")]),
        ("a\nb\nc\n", [(2, 2, "new\n")]),
        ("a\nb\nc\n", [(0, 6, "")]),
        ("-- a\n++ b\n", [(0, 1, ""), (5, 6, "")]),
    ],
)
def test_the_program_patch_agrees(tmp_path: Path, source: str, changes: list[tuple[int, int, str]]) -> None:
    made_of = [change(source, *one) for one in changes]
    file = tmp_path / "talk"
    file.write_bytes(source.encode())
    diff = text_of(list(unified(source, made_of, "talk")))
    subprocess.run(["patch", "--quiet", "--fuzz=0", str(file)], input=diff.encode(), check=True)
    assert (file.read_bytes() if file.exists() else b"") == made(source, made_of).encode()


def test_lines_that_a_change_covers_and_keeps_are_context() -> None:
    source = "one\ntwo\nthree\n"
    assert text_of(list(unified(source, [change(source, 0, 14, "one\n2\nthree\n")], "talk"))) == (
        "--- talk\n+++ talk\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
    )


def test_distant_changes_are_hunks_of_their_own() -> None:
    source = "um\n" + "same\n" * 5 + "um\n"
    changes = [change(source, 0, 2, "so"), change(source, len(source) - 3, len(source) - 1, "so")]
    assert text_of(list(unified(source, changes, "talk"))) == (
        "--- talk\n+++ talk\n@@ -1,3 +1,3 @@\n-um\n+so\n same\n same\n@@ -5,3 +5,3 @@\n same\n same\n-um\n+so\n"
    )


def test_a_missing_last_line_end_is_told() -> None:
    source = "so\num, yes"
    assert text_of(list(unified(source, [change(source, 3, 7, "")], "talk"))) == (
        "--- talk\n+++ talk\n@@ -1,2 +1,2 @@\n so\n"
        "-um, yes\n\\ No newline at end of file\n+yes\n\\ No newline at end of file\n"
    )


def test_nothing_changed_is_nothing_shown() -> None:
    assert list(unified("so\n", [], "talk")) == []


def test_the_edits_of_a_run_make_a_diff_of_its_texts() -> None:
    source = "Um, so we, we left.\nWe went, uh, home.\nwe went, uh, home. And then, then it rained.\n" * 30
    result = tidy(source)
    diff = text_of(list(unified(source, result.edits, "talk")))
    assert result.edits
    assert patched(source, diff) == result.text
