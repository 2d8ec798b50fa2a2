"""Transcripts from other formats as JSON that other programs read."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tidytranscript.formats.cues import Cue, Voice, cues_of
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript


class _Word(NamedTuple):
    gap: str  # the blank before it
    said: str
    times: Times | None


def whisper(transcript: Transcript) -> str:
    """The JSON that OpenAI's Whisper writes: seconds, a blank before each word; with `speaker`, as WhisperX has it."""
    segments: list[dict[str, Any]] = []
    for cue in cues_of(transcript, "whisper"):
        for voice, words in _parts(transcript.text, cue):
            start_ms, end_ms = _times(words, cue) if len(cue.voices) > 1 else (cue.start_ms, cue.end_ms)
            segment: dict[str, Any] = {"id": len(segments), "start": start_ms / 1000, "end": end_ms / 1000}
            segment["text"] = "".join(word.gap + word.said for word in words)
            if any(word.times for word in words):
                segment["words"] = list(map(_whisper_word, words))
            if voice.speaker:
                segment["speaker"] = voice.speaker
            segments.append(segment)
    whole: dict[str, Any] = {"text": "".join(segment["text"] for segment in segments), "segments": segments}
    if transcript.metadata.get("language"):
        whole["language"] = str(transcript.metadata["language"])
    return _written(whole)


def _whisper_word(word: _Word) -> dict[str, Any]:
    known: dict[str, Any] = {"word": word.gap + word.said}
    for key, ms in zip(("start", "end"), word.times or (None, None), strict=True):
        if ms is not None:
            known[key] = ms / 1000
    return known


def podcasting(transcript: Transcript) -> str:
    """The JSON of Podcasting 2.0: a segment for each stretch of a cue by one speaker."""
    segments = []
    for cue in cues_of(transcript, "podcasting"):
        for voice, words in _parts(transcript.text, cue):
            start_ms, end_ms = _times(words, cue) if len(cue.voices) > 1 else (cue.start_ms, cue.end_ms)
            segment: dict[str, Any] = {"speaker": voice.speaker} if voice.speaker else {}
            body = " ".join(voice.span.of(transcript.text).split())
            segments.append({**segment, "startTime": start_ms / 1000, "endTime": end_ms / 1000, "body": body})
    return _written({"version": "1.0.0", "segments": segments})


def json3(transcript: Transcript) -> str:
    """The JSON of YouTube's captions: an event for each cue, a part for each timed word."""
    events = []
    for cue in cues_of(transcript, "json3"):
        span = Span(cue.voices[0].span.start, cue.voices[-1].span.end)
        words = list(_words(transcript.text, span, cue.words))
        event: dict[str, Any] = {"tStartMs": cue.start_ms, "dDurationMs": max(0, cue.end_ms - cue.start_ms)}
        if any(word.times for word in words):
            event["segs"] = [_part(word, cue.start_ms, first=i == 0) for i, word in enumerate(words)]
        else:
            event["segs"] = [{"utf8": span.of(transcript.text)}]
        events.append(event)
    return _written({"wireMagic": "pb3", "events": events})


def _part(word: _Word, start_ms: int, first: bool) -> dict[str, Any]:
    known: dict[str, Any] = {"utf8": word.said if first else word.gap + word.said}
    ms = word.times.start_ms if word.times else None
    if ms is not None and ms > start_ms:
        known["tOffsetMs"] = ms - start_ms
    return known


def _parts(text: str, cue: Cue) -> Iterator[tuple[Voice, list[_Word]]]:
    """What each voice of a cue says."""
    starts = [label.span.start for label in cue.words]
    for voice in cue.voices:
        first = max(0, bisect_right(starts, voice.span.start) - 1)
        yield voice, list(_words(text, voice.span, cue.words[first : bisect_left(starts, voice.span.end)]))


def _words(text: str, span: Span, labels: Sequence[Label]) -> Iterator[_Word]:
    """The words of a stretch with the blank before each; those that labels time, and those between them."""
    at = span.start
    for label in labels:
        start, end = max(label.span.start, at), min(label.span.end, span.end)
        if start < end and text[start:end].strip():
            yield from _untimed(text, at, start)
            yield _Word(_gap(text, span, start), text[start:end], label.value)
            at = end
    yield from _untimed(text, at, span.end)


def _untimed(text: str, start: int, end: int) -> Iterator[_Word]:
    at = start
    for said in text[start:end].split():
        at = text.index(said, at)
        yield _Word(" " if at == 0 or text[at - 1].isspace() else "", said, None)
        at += len(said)


def _gap(text: str, span: Span, at: int) -> str:
    return " " if at == span.start or text[at - 1].isspace() else ""


def _times(words: list[_Word], cue: Cue) -> tuple[int, int]:
    """The times of a part of a cue: those of its words, or else the cue's."""
    starts = [word.times.start_ms for word in words if word.times and word.times.start_ms is not None]
    ends = [word.times.end_ms for word in words if word.times and word.times.end_ms is not None]
    return (starts[0] if starts else cue.start_ms, ends[-1] if ends else cue.end_ms)


def _written(whole: dict[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
