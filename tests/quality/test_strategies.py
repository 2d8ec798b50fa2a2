"""The strategies reach the hard cases: a law that is never tried on one says nothing about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from tidytranscript import Label, Pipeline, Transcript
from tidytranscript.passes.echo import echo
from tidytranscript.testing import texts, transcripts, windows

SEEDS = Path(__file__).parents[2] / "seeds"
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.*"))]
ECHO = Pipeline((echo,))
STRATEGIES: dict[str, tuple[st.SearchStrategy[Any], int]] = {
    "texts": (texts(), 3000),
    "windows": (windows(SOURCES), 600),
    "transcripts": (transcripts(), 1000),
    "transcripts of windows": (transcripts(windows(SOURCES)), 50),
}


@cache
def sample(name: str) -> list[Any]:
    """What a strategy gives first: the same each time, and no more than a night's run sees many times over."""
    strategy, size = STRATEGIES[name]
    found: list[Any] = []

    def wanted(example: Any) -> bool:
        found.append(example)
        return len(found) >= size

    enough = settings(max_examples=2 * size, database=None, deadline=None, phases=[Phase.generate], derandomize=True)
    find(strategy, wanted, settings=enough, random=Random(0))
    return found


def reached(name: str, wanted: Callable[[Any], bool]) -> bool:
    return any(map(wanted, sample(name)))


def like(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.search(text) is not None


FILLER = r"\b(?:u[hm]|er)\b"
WORD = r"(?!u[hm]\b|er\b)([^\W\d_]+(?:['’][^\W\d_]+)?)"
MOJIBAKE = r"\w*(?:â€™|Ã©)\w*"
SEAM = r"(\S.{28,}\S)[ ]?\n\1"

CASES = {
    "a filler before a stop": rf"\w,? {FILLER}[.?!]",
    "a filler before a comma": rf"{FILLER},",
    "a filler at a line end": rf"{FILLER},?\n",
    "a stutter": rf"\b{WORD},? \1\b",
    "a stutter across a line break": rf"\b{WORD},? ?\n\1\b",
    "a stutter in three copies": rf"\b{WORD}, \1, \1\b",
    "an echo seam": SEAM,
    "a doubled word across a sentence end": rf"\b{WORD}[.?!]\s+\1\b",
    "a stutter with a filler inside": rf"\b{WORD}\W+{FILLER}\W+\1\b",
    "a stutter of fillers": r"\b(u[hm])\W+\1\b",
    "a label followed by a filler": rf"(?:\b[A-Z]+:|>>|\]|:\*\*) {FILLER}",
    "a label followed by a stutter": rf"(?:\b[A-Z]+:|>>|\]|:\*\*) {WORD},? \1\b",
    "mojibake beside a stutter": rf"\b{WORD},? \1\W{{1,2}}{MOJIBAKE}|{MOJIBAKE}\W{{1,2}}{WORD},? \2\b",
    "a number said twice": r"\b(five|2021|95|5)\b\W+\1\b",
    "a misheard name beside a stutter": rf"\b{WORD},? \1\W{{1,2}}(?:open AI|chat GPT)\b",
    "a misheard name beside a filler": rf"{FILLER}\W+(?:open AI|chat GPT|Jerry Twerk)",
    "a broken-off word": r"\ba-a-actually\b",
    "a spaced hyphen": r"\w -\w",
    "a heading above": r"\ATranscript\n\w",
    "page furniture below": r"\w.*\nLoading video\.\.\.\n?\Z",
}


@pytest.mark.parametrize("pattern", CASES.values(), ids=CASES.keys())
def test_texts_reach(pattern: str) -> None:
    assert reached("texts", like(pattern))


WINDOW_CASES = {
    "a cut inside a word, said again": r"\b(\w\w+)(\w{2,})\2\b",
    "a phrase said again": r"\b(\w+ \w+ \w+)[ ,]+\1\b",
    "a stutter across a line break": r"\b(\w+),?\n\1\b",
    "a doubled word across a sentence end": r"\b(\w+)[.?!]\s+\1\b",
    "an echo seam": SEAM,
}


@pytest.mark.parametrize("pattern", WINDOW_CASES.values(), ids=WINDOW_CASES.keys())
def test_windows_reach(pattern: str) -> None:
    assert reached("windows", like(pattern))


def echo_parts_a_stutter(text: str) -> bool:
    """Once the echo is out, the same word stands on both sides of where it was."""
    for edit in ECHO(text).edits if "\n" in text else ():
        before = re.findall(r"\w+", text[: edit.start])[-1:]
        after = re.findall(r"\w+", text[edit.end :])[:1]
        if before and [word.casefold() for word in before] == [word.casefold() for word in after]:
            return True
    return False


def echo_beside_a_stutter(text: str) -> bool:
    """A word stands twice right before the echo, or right behind it."""
    for edit in ECHO(text).edits if "\n" in text else ():
        if re.search(r"\b(\w+),? \1\W*\Z", text[: edit.start]) or re.match(r"\W*(\w+),? \1\b", text[edit.end :]):
            return True
    return False


def two_echoes(text: str) -> bool:
    return "\n" in text and len(ECHO(text).edits) > 1


@pytest.mark.parametrize(
    "wanted",
    [
        echo_parts_a_stutter,
        echo_beside_a_stutter,
        two_echoes,
    ],
)
def test_texts_reach_an_echo_where(wanted: Callable[[Any], bool]) -> None:
    assert reached("texts", wanted)


def stutters(transcript: Transcript) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?i)\b{WORD}\W+\1\b", transcript.text)]


def has(kind: str, where: Callable[[Label, tuple[int, int]], bool]) -> Callable[[Any], bool]:
    """Whether a label of a kind stands so to a stutter."""

    def wanted(found: Transcript) -> bool:
        labels = found.of_kind(kind)
        return bool(labels) and any(where(label, place) for place in stutters(found) for label in labels)

    return wanted


LABELLED = {
    "a protected span inside a stutter": has("protected", lambda p, at: at[0] <= p.span.start < p.span.end <= at[1]),
    "a protected span across the start of a stutter": has("protected", lambda p, at: p.span.start < at[0] < p.span.end),
    "a protected span around a stutter": has("protected", lambda p, at: p.span.start <= at[0] < at[1] <= p.span.end),
    "a stutter across a cue border": has("cue", lambda cue, at: at[0] < cue.span.end < at[1]),
    "a stutter of timed words": has("word", lambda word, at: word.span.start == at[0]),
}


@pytest.mark.parametrize("wanted", LABELLED.values(), ids=LABELLED.keys())
def test_transcripts_reach(wanted: Callable[[Any], bool]) -> None:
    assert reached("transcripts", wanted)


def test_transcripts_have_texts_of_any_strategy() -> None:
    assert reached("transcripts of windows", lambda t: bool(t.of_kind("word")))


def test_what_no_strategy_makes_is_not_reached() -> None:
    assert not reached("texts", like("xylophone"))
