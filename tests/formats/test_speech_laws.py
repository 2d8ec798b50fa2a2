"""What holds for Whisper, Podcasting 2.0 and json3 after any edit, and on the way there and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_specimens import WRITTEN as SPECIMENS
from speech_views import cues, voices, words

from tidytranscript.edits import Edit, Patch
from tidytranscript.formats import dumps, loads
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript


@pytest.mark.parametrize("name", SPECIMENS)
@given(data=st.data())
def test_whatever_leaves_the_rest_agrees(name: str, data: st.DataObject) -> None:
    transcript = loads(json.dumps(SPECIMENS[name][1]))
    places = data.draw(st.lists(st.integers(0, len(transcript.text)), max_size=8, unique=True).map(sorted))
    news = data.draw(st.lists(st.sampled_from(["", "", "So", " a \u201cb\u201d ", ","]), min_size=4, max_size=4))
    edits = [Edit(Span(a, b), new) for a, b, new in zip(places[::2], places[1::2], news, strict=False)]
    edited = transcript.edited(Patch.cut(transcript.text, edits), transcript.labels, {})
    raw = dumps(edited)
    again = loads(raw, transcript.frame.format if transcript.frame else None)
    assert json.loads(raw) is not None
    assert again.text.split() == edited.text.split() or "".join(again.text.split()) == "".join(edited.text.split())
    assert again.frame is not None
    assert again.frame.oddities == ()
    assert again.frame.extras == {}
    for one, other in COPIES.get(name, ()):
        assert one(json.loads(raw)) == other(json.loads(raw))


def said(value: Any, *keys: str) -> str:
    """What is said under the last key, by all objects in the lists under those before, without blanks."""
    items = [value]
    for key in keys[:-1]:
        items = [inner for item in items for inner in item[key]]
    return "".join(word for item in items for word in item[keys[-1]].split())


COPIES: dict[str, list[tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    "openai": [(lambda value: said(value, "text"), lambda value: said(value, "segments", "text"))],
    "whisperx": [
        (lambda value: said(value, "segments", "words", "word"), lambda value: said(value, "word_segments", "word")),
        (lambda value: said(value, "segments", "words", "word"), lambda value: said(value, "segments", "text")),
    ],
    "bare words": [(lambda value: said(value, "text"), lambda value: said(value, "segments", "text"))],
    "chunks": [
        (lambda value: said(value, "chunks", "text"), lambda value: said(value, "speakers", "text")),
        (lambda value: said(value, "chunks", "text"), lambda value: said(value, "text")),
    ],
}
"""What must say the same after any edit."""


@pytest.mark.parametrize("name", SPECIMENS)
@given(data=st.data())
def test_words_that_are_left_keep_their_times(name: str, data: st.DataObject) -> None:
    transcript = loads(json.dumps(SPECIMENS[name][1]))
    spans = [Span(found.start(), found.end()) for found in re.finditer(r"\S+\s?", transcript.text)]
    gone = data.draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    edits = [Edit(span, "") for span, goes in zip(spans, gone, strict=True) if goes]
    edited = transcript.edited(Patch.cut(transcript.text, edits), transcript.labels, {})
    raw = dumps(edited)
    again = loads(raw, SPECIMENS[name][0])
    if name in ("triples", "podcast words") and sum(not goes for goes in gone) < 8:
        return  # too few to be surely single words, and no cues
    if name == "json3" and "tOffsetMs" not in raw:
        return  # each is a line of its own, and has its time
    assert [word[:2] for word in words(again)] == [word[:2] for word in words(edited)]
    if SPECIMENS[name][0] != "json3":  # where a word ends when the next one in its line starts
        assert words(again) == words(edited)
    if name not in ("triples", "podcast words", "paper"):  # which are cut into cues anew
        assert [cue[0].split() for cue in cues(again)] == [cue[0].split() for cue in cues(edited)]
        assert [cue[1:] for cue in cues(again)] == [cue[1:] for cue in cues(edited)]


TEXTS = st.lists(
    st.sampled_from(["um,", "so", "R&D", "caf\u00e9", '"yes"', "back\\slash", "</v>", "it's."]), min_size=2, max_size=5
)
VOICES = st.sampled_from([None, "Ann Lee", "Speaker 1"])


@st.composite
def transcripts(draw: st.DrawFn, timed: bool, named: bool) -> Transcript:
    """Cues in order, with words that run from one to the next, and speakers."""
    pieces: list[str] = []
    labels: list[Label] = []
    at = ms = 0
    voice: list[tuple[str | None, int, int]] = []
    for _ in range(draw(st.integers(1, 4))):
        said = draw(TEXTS)
        start, begin = ms, at
        for i, word in enumerate(said):
            end = ms + draw(st.integers(1, 900)) if timed else ms + 500
            if timed:
                labels.append(Label(Span(at, at + len(word)), "word", Times(ms, end)))
            at += len(word) + (i + 1 < len(said))
            ms = end
        labels.append(Label(Span(begin, at), "cue", Times(start, ms)))
        name = draw(VOICES) if named else None
        if voice and voice[-1][0] == name:
            voice[-1] = (name, voice[-1][1], at)
        else:
            voice.append((name, begin, at))
        pieces.append(" ".join(said))
        at += 1
    labels += [Label(Span(start, end), "speaker", name) for name, start, end in voice if name]
    language = draw(st.sampled_from([None, "en", "pt-BR"]))
    return Transcript("\n".join(pieces), tuple(labels), {"language": language} if language else {})


def facts(transcript: Transcript) -> tuple[Any, ...]:
    return (transcript.text, cues(transcript), words(transcript), voices(transcript))


@settings(max_examples=40)
@given(transcripts(timed=True, named=True))
def test_whisper_holds_cues_words_and_speakers(transcript: Transcript) -> None:
    again = loads(dumps(transcript, "whisper"))
    assert facts(again) == facts(transcript)
    assert again.metadata == transcript.metadata


@settings(max_examples=40)
@given(transcripts(timed=False, named=True))
def test_podcasting_holds_cues_and_speakers(transcript: Transcript) -> None:
    assert facts(loads(dumps(transcript, "podcasting"))) == facts(transcript)


@settings(max_examples=40)
@given(transcripts(timed=True, named=False))
def test_json3_holds_cues_and_words(transcript: Transcript) -> None:
    assert facts(loads(dumps(transcript, "json3"))) == facts(transcript)
