"""The table of formats is true: what a format is said to hold comes back from it, for transcripts of every kind."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tidytranscript import CannotHold, Label, Span, Transcript, dumps, loads, tidy
from tidytranscript.formats import FORMATS, losses
from tidytranscript.transcript import Times

WORDS = ("so", "we", "went,", "R&D", "home.", "it's", "“yes”", "café", "No?", "2021", "a<b", "naïve", "rock-and-roll")
NAMES = ("Ann Lee", "Bo", "Dr. Cy Ek")
WRITTEN = [found.name for found in FORMATS.values() if found.writes]
TIMED = [name for name in WRITTEN if "cues" in FORMATS[name].holds]


@st.composite
def timed(draw: st.DrawFn, shortest: int = 1) -> Transcript:
    """Cues of one line each, in order, with speakers or without, with times of their words or without."""
    named, with_words = draw(st.booleans()), draw(st.booleans())
    text: list[str] = []
    labels: list[Label] = []
    at = ms = 0
    for _ in range(draw(st.integers(1, 7))):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=shortest, max_size=5))
        start = ms + draw(st.integers(0, 3)) * 500
        span = Span(at, at + len(" ".join(words)))
        ms = start + 400 * len(words) + draw(st.integers(0, 2)) * 100
        labels.append(Label(span, "cue", Times(start, ms)))
        if named:
            labels.append(Label(span, "speaker", draw(st.sampled_from(NAMES))))
        for i, word in enumerate(words):
            if with_words:
                until = start + 400 * (i + 1) if i + 1 < len(words) else ms
                labels.append(Label(Span(at, at + len(word)), "word", Times(start + 400 * i, until)))
            at += len(word) + 1
        text.append(" ".join(words))
    return Transcript("\n".join(text), tuple(labels))


def spoken(transcript: Transcript) -> list[tuple[str | None, list[str]]]:
    """Who says which words, by the labels or by the names in the text."""
    turns = tidy(transcript, "verbatim", select=["speaker-label"]).turns
    said = [(turn.speaker, turn.text.split()) for turn in turns] or [(None, transcript.text.split())]
    together = groupby(said, key=lambda turn: turn[0])
    return [(speaker, [word for _, words in group for word in words]) for speaker, group in together]


@pytest.mark.parametrize("name", WRITTEN)
@given(transcript=timed())
def test_words_and_who_says_them_come_back(name: str, transcript: Transcript) -> None:
    opened = Counter(speaker for speaker, _ in spoken(transcript) if speaker)
    assume(min(opened.values(), default=2) > 1)  # a name in a text that stands there once is not surely one
    again = loads(dumps(transcript, name), name)
    if "speakers" in FORMATS[name].holds:
        assert spoken(again) == spoken(transcript)
    else:
        assert again.text.split() == transcript.text.split()


@pytest.mark.parametrize("name", TIMED)
@given(transcript=timed())
def test_the_times_of_cues_come_back(name: str, transcript: Transcript) -> None:
    again = loads(dumps(transcript, name), name)
    assert [label.value for label in again.of_kind("cue")] == [label.value for label in transcript.of_kind("cue")]


@pytest.mark.parametrize("name", [name for name in TIMED if "words" in FORMATS[name].holds])
@given(transcript=timed(shortest=2))
def test_the_times_of_words_come_back(name: str, transcript: Transcript) -> None:
    """In lines of two words or more: what says that a line has word times is that times stand between its words."""
    again = loads(dumps(transcript, name), name)
    before, after = (
        [(label.span.of(made.text), label.value.start_ms) for label in made.of_kind("word")]
        for made in (transcript, again)
    )
    assert after == before


@pytest.mark.parametrize("name", TIMED)
@given(transcript=timed())
def test_identifiers_come_back_or_are_said_to_be_lost(name: str, transcript: Transcript) -> None:
    cues = transcript.of_kind("cue")
    ids = [Label(cue.span, "identifier", f"cue-{i}") for i, cue in enumerate(cues)]
    given_ids = evolve(transcript, labels=(*transcript.labels, *ids))
    again = loads(dumps(given_ids, name), name)
    if "ids" in FORMATS[name].holds:
        assert [label.value for label in again.of_kind("identifier")] == [label.value for label in ids]
    else:
        assert f"the identifiers of {len(ids)} cues" in losses(given_ids, name)


@pytest.mark.parametrize("name", [name for name in TIMED if name != "json"])
def test_without_times_there_is_an_error(name: str) -> None:
    with pytest.raises(CannotHold):
        dumps(Transcript("So we went home."), name)
    assert isinstance(dumps(Transcript(""), name), str)
