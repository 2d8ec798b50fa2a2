"""Rolling captions, made from what is said: whatever a caption writer does with the rows, each word comes back once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from tidytranscript import loads, tidy
from tidytranscript.formats.clocks import clock

WORDS = (
    "oh.",
    "yeah.",
    "so",
    "we",
    "went",
    "home",
    "and",
    "that's",
    "it",
    "&gt;&gt;",
    "[Music]",
    "really",
    "no?",
    "2021",
)
ROWS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=6, max_size=24)
Screen = tuple[int, int, list[str]]  # from, to, rows


def words_of(content: str, name: str) -> list[str]:
    return tidy(loads(content, name), "verbatim", select=["echo"]).text.split()


def said(rows: Sequence[Sequence[str]]) -> list[str]:
    return [word.replace("&gt;", ">") for row in rows for word in row]


def screens(rows: Sequence[Sequence[str]], cleared: frozenset[int]) -> Iterator[Screen]:
    """Two rows, as YouTube paints them: the old one above the new one, then the new one held alone, for 10 ms."""
    at, above = 0, " "
    for i, row in enumerate(rows):
        shown = " ".join(row)
        yield at, at + 1990, [above, shown]
        if i in cleared:
            yield at + 1990, at + 2000, [" ", " "]
            above = " "
        else:
            yield at + 1990, at + 2000, [shown, " "]
            above = shown
        at += 2000


def vtt(shown: Iterator[Screen], rows: Sequence[Sequence[str]]) -> str:
    blocks = ["WEBVTT\nKind: captions\nLanguage: en\n"]
    new = iter(rows)
    for start, end, (above, below) in shown:
        if end - start > 50:
            first, *rest = next(new)
            below = first + "".join(f"<{clock(start + 100 * i)}><c> {word}</c>" for i, word in enumerate(rest, 1))
        blocks.append(f"{clock(start)} --> {clock(end)} align:start position:0%\n{above}\n{below}\n")
    return "\n".join(blocks)


def srt(shown: Iterator[Screen]) -> str:
    kept = [(start, end, [row for row in rows if row.strip()]) for start, end, rows in shown]
    blocks = [
        f"{i}\n{clock(start, ',')} --> {clock(end, ',')}\n" + "\n".join(rows).replace("&gt;", ">") + "\n"
        for i, (start, end, rows) in enumerate([cue for cue in kept if cue[2]], 1)
    ]
    return "\n".join(blocks)


def dump(shown: Iterator[Screen]) -> str:
    return "\n".join(row for _, _, rows in shown for row in rows if row.strip()).replace("&gt;", ">")


@given(ROWS, st.frozensets(st.integers(0, 23), max_size=3))
def test_word_times_give_every_word_once(rows: list[list[str]], cleared: frozenset[int]) -> None:
    assert words_of(vtt(screens(rows, cleared), rows), "vtt") == said(rows)


@given(ROWS, st.frozensets(st.integers(0, 23), max_size=2))
def test_the_screens_alone_give_every_word_once(rows: list[list[str]], cleared: frozenset[int]) -> None:
    assert words_of(srt(screens(rows, cleared)), "srt") == said(rows)


@given(ROWS)
def test_a_dump_of_the_screens_gives_every_word_once(rows: list[list[str]]) -> None:
    """What people say twice is short; long rows that come again would be an echo of another kind."""
    rows = [[f"{i}:", *row] if len(row) > 2 else row for i, row in enumerate(rows)]
    assume(sum(len(row) > 2 for row in rows) > 3)  # fewer are no proof that anything rolls
    assert words_of(dump(screens(rows, frozenset())), "text") == said(rows)


def rolled_up(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Three rows, as live captions roll up: the lowest grows by a word or two, then all move up."""
    for i, row in enumerate(rows):
        above = [" ".join(words) for words in rows[max(0, i - 2) : i]]
        if above:
            yield above
        for n in range(1, len(row) + 1, 2):
            yield [*above, " ".join(row[:n])]
        yield [*above, " ".join(row)]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=6), min_size=8, max_size=20))
def test_rows_that_grow_give_every_word_once(rows: list[list[str]]) -> None:
    rows = [[f"{i}:", *row] for i, row in enumerate(rows)]  # two rows that begin alike could be one that grows
    cues = [
        f"{i + 1}\n{clock(i * 700, ',')} --> {clock(i * 700 + 700, ',')}\n"
        + "\n".join(shown).replace("&gt;", ">")
        + "\n"
        for i, shown in enumerate(rolled_up(rows))
    ]
    assert words_of("\n".join(cues), "srt") == said(rows)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=20),
    st.lists(st.integers(1, 2), min_size=20, max_size=20),
)
def test_what_does_not_roll_is_left_alone(rows: list[list[str]], heights: list[int]) -> None:
    """Ordinary subtitles, in which people say the same one after the other, even in one cue."""
    lines = [" ".join(row) for row in rows]
    cues, at = [], 0
    for i, height in enumerate(heights):
        shown, at = lines[at : at + height], at + height
        if shown:
            body = "\n".join(shown).replace("&gt;", ">")
            cues.append(f"{i + 1}\n{clock(i * 3000, ',')} --> {clock(i * 3000 + 2500, ',')}\n{body}\n")
    scrolls = sum(a.split("\n")[-2] == b.split("\n")[2] for a, b in pairwise(cues))
    assume(scrolls == 0)
    assert words_of("\n".join(cues), "srt") == said(rows)
