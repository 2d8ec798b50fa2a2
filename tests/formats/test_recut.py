"""Cues cut anew: the same words in the same order, in cues that can be read."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import CannotHold
from tidytranscript.formats import dumps, loads
from tidytranscript.formats.recut import Layout, recut
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

LAYOUT = Layout()
WORDS = (
    "so",
    "we",
    "went,",
    "home.",
    "No?",
    "and",
    "naïve",
    "understanding",
    "a",
    "I",
    "x" * 43,
    "y" * 90,
    "—",
    "“yes.”",
)


@st.composite
def talks(draw: st.DrawFn) -> Transcript:
    """Cues of any length, with pauses between them, words with times or without, lines, speakers."""
    text, labels, at = "", [], draw(st.integers(0, 9000))
    for _ in range(draw(st.integers(0, 6))):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
        each = draw(st.sampled_from((0, 20, 300, 300, 300, 900, 8000)))
        start = len(text) + bool(text)
        body = words[0]
        spans = [Span(start, start + len(words[0]))]
        for word in words[1:]:
            body += draw(st.sampled_from((" ", " ", " ", "\n"))) + word
            spans.append(Span(start + len(body) - len(word), start + len(body)))
        text += ("\n" if text else "") + body
        labels.append(Label(Span(start, len(text)), "cue", Times(at, at + each * len(words))))
        if draw(st.booleans()):
            labels += [Label(s, "word", Times(at + each * i, at + each * (i + 1))) for i, s in enumerate(spans)]
        if draw(st.booleans()):
            labels.append(Label(Span(start, len(text)), "speaker", draw(st.sampled_from(("Ann", "Bo")))))
        at += each * len(words) + draw(st.sampled_from((0, 0, 10, 3000)))
    return Transcript(text, tuple(labels))


def said_by(transcript: Transcript) -> list[tuple[str, str | None]]:
    """Each word, with who says it."""
    speakers = transcript.of_kind("speaker")
    found = []
    for word in spans_of(transcript.text):
        names = [s.value for s in speakers if s.span.start <= word.start and word.end <= s.span.end]
        found.append((word.of(transcript.text), names[0] if names else None))
    return found


def spans_of(text: str) -> list[Span]:
    at, found = 0, []
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return found


def word_times(transcript: Transcript) -> list[tuple[str, Times]]:
    return [(label.span.of(transcript.text), label.value) for label in transcript.of_kind("word")]


@given(talks())
def test_words_are_kept(talk: Transcript) -> None:
    again = recut(talk)
    assert said_by(again) == said_by(talk)
    assert word_times(again) == word_times(talk)


@given(talks())
def test_cues_can_be_read(talk: Transcript) -> None:
    again = recut(talk)
    cues = again.of_kind("cue")
    for cue in cues:
        lines = cue.span.of(again.text).split("\n")
        assert len(lines) <= LAYOUT.lines
        assert all(len(line) <= LAYOUT.columns or " " not in line for line in lines)
        assert all(line == line.strip() != "" for line in lines)
        one_word = len(cue.span.of(again.text).split()) == 1
        assert cue.value.end_ms - cue.value.start_ms <= LAYOUT.longest_ms or one_word
        over = [s for s in again.of_kind("speaker") if s.span.start < cue.span.end and cue.span.start < s.span.end]
        assert len({label.value for label in over}) <= 1
        assert all(s.span.start <= cue.span.start and cue.span.end <= s.span.end for s in over)
    assert "\n".join(cue.span.of(again.text) for cue in cues) == again.text


@given(talks())
def test_times_are_in_order(talk: Transcript) -> None:
    times = [cue.value for cue in recut(talk).of_kind("cue")]
    assert all(start_ms <= end_ms for start_ms, end_ms in times)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(times))
    spoken = [label.value for label in talk.of_kind("cue")]
    if times:
        assert times[0].start_ms == spoken[0].start_ms


@given(talks())
def test_cut_twice_is_cut_once(talk: Transcript) -> None:
    """With times of all words there is one best way to cut; the words say it, not the cues there were."""
    again = recut(talk)
    if len(talk.of_kind("word")) == len(talk.text.split()):
        assert recut(again).text == again.text


@pytest.mark.parametrize("format_", ["vtt", "srt", "ttml", "json"])
def test_the_new_cues_are_written(format_: str) -> None:
    file = "1\n00:00:01,000 --> 00:00:09,000\nSo we went home. It was late, and nobody was there to open the door.\n"
    again = recut(loads(file))
    written = loads(dumps(again, format_), format_)
    assert written.text.split() == again.text.split()
    assert [c.value for c in written.of_kind("cue")] == [c.value for c in again.of_kind("cue")]
    assert len(again.of_kind("cue")) > 1


def test_breaks_where_the_sense_breaks() -> None:
    file = "1\n00:00:00,000 --> 00:00:08,000\nWe went home. It was late, and nobody was there to open the door.\n"
    assert recut(loads(file)).text.split("\n")[0] == "We went home."


def test_nothing() -> None:
    assert recut(Transcript("")).text == ""
    assert recut(loads("WEBVTT\n")).of_kind("cue") == ()
    assert recut(loads("1\n00:00:01,000 --> 00:00:02,000\n\n")).text == ""


def test_one_huge_word() -> None:
    word = "z" * 5000
    again = recut(loads(f"1\n00:00:01,000 --> 00:01:02,000\n{word}\n"))
    assert [(c.span.of(again.text), *c.value) for c in again.of_kind("cue")] == [(word, 1000, 62000)]


def test_without_times() -> None:
    with pytest.raises(CannotHold):
        recut(Transcript("So we went home."))
    half = Transcript("So we went home.", (Label(Span(0, 16), "cue", Times(None, None)),))
    assert recut(half).text == half.text
    started = Transcript(
        "So we\nwent home.",
        (Label(Span(0, 5), "cue", Times(500, None)), Label(Span(6, 16), "cue", Times(2500, None))),
    )
    assert recut(started).text.split() == started.text.split()


def test_another_layout() -> None:
    file = "1\n00:00:00,000 --> 00:00:30,000\n" + "so we went home and " * 20
    again = recut(loads(file), Layout(columns=20, lines=3, longest_ms=3000))
    for cue in again.of_kind("cue"):
        lines = cue.span.of(again.text).split("\n")
        assert len(lines) <= 3
        assert max(map(len, lines)) <= 20
        assert cue.value.end_ms - cue.value.start_ms <= 3000


def test_new_cues_are_written_afresh() -> None:
    """What is cut anew is no longer the file that it was read from: it is written afresh."""
    file = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:start\nSo <i>we</i> went.\n"
    again = recut(loads(file))
    assert dumps(again, "vtt") == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nSo we went.\n"


def test_what_was_cut_anew_is_written_in_any_format(tmp_path: Path) -> None:
    """It is no longer that file: without a name for a format it is text to read."""
    made = tt.recut(tt.loads("1\n00:00:01,000 --> 00:00:03,000\nSo we\nwent home.\n", "srt"))
    assert tt.dumps(made) == "So we went home.\n"
    tt.write(made, tmp_path / "talk.srt")
    assert (tmp_path / "talk.srt").read_text() == "1\n00:00:01,000 --> 00:00:03,000\nSo we went home.\n"
