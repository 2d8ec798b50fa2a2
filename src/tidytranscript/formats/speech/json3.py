"""The JSON of YouTube's captions (`fmt=json3`), as its player and yt-dlp fetch it.

Nobody documents it; this is what the files have. An event is a line of captions, in milliseconds; in automatic ones,
each part of it is a word with an offset. A line break between two lines is an event of its own, with `aAppend`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import jsontree
from tidytranscript.formats.jsontree import Array, Object, Text
from tidytranscript.formats.speech import joining, shapes, writing
from tidytranscript.formats.speech.rewriting import rewritten
from tidytranscript.formats.speech.spoken import Place, Recording, Segment, Unit, faults, transcribed, unsaid
from tidytranscript.formats.speech.times import MILLISECOND, lasting, ms
from tidytranscript.transcript import Times, Transcript

_EMPTY: Final = "\u200b"  # a blank of no width, which stands for nothing in captions with styles


def likeness(content: str) -> int:
    """2 if the JSON in the text has events of this shape."""
    return shapes.likeness(content, "json3")


def load(content: str) -> Transcript:
    """The lines of such a file as cues, with the times of words where it has them."""
    return transcribed("json3", content, _read(content))


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "json3":
        return rewritten(transcript, frame, _read(frame.raw))
    return writing.json3(transcript)


def _read(content: str) -> Recording:
    with collector_paused():
        tree = jsontree.parsed(content)
        events = tree.root.get("events") if isinstance(tree.root, Object) else None
        if not isinstance(events, Array):
            raise UnreadableInput("<json>", "it has no events", "Name its format with --from")
        recording = Recording([], oddities=[*faults(tree), *unsaid(events)], blanks=True)
        automatic = any(isinstance(part, Object) and "tOffsetMs" in part for event in events for part in _parts(event))
        for i, event in enumerate(events):
            segment = _segment(events, i, event, automatic)
            if segment.units:
                recording.segments.append(segment)
        _end_words(recording.segments)
        return recording


def _parts(event: Any) -> Array:
    parts = event.get("segs") if isinstance(event, Object) else None
    return parts if isinstance(parts, Array) else Array()


def _segment(events: Array, i: int, event: Any, automatic: bool) -> Segment:
    parts = _parts(event)
    texts = [part.get("utf8") if isinstance(part, Object) else None for part in parts]
    gaps = joining.own_gaps([text.replace(_EMPTY, "") if isinstance(text, Text) else "" for text in texts])
    units = []
    for at, (text, gap) in enumerate(zip(texts, gaps, strict=True)):
        if isinstance(text, Text) and text.replace(_EMPTY, "").strip():
            start = _start(event, parts[at]) if automatic else None
            units.append(Unit(text.strip(), Times(start, None), gap, places=(Place(text, parts, at),)))
    if not units:
        return Segment([])
    places = [Place(None, events, i)]
    if i + 1 < len(events) and isinstance(events[i + 1], Object) and events[i + 1].get("aAppend"):
        broken = _parts(events[i + 1])
        if broken and all(isinstance(part, Object) and part.get("utf8") == "\n" for part in broken):
            places.append(Place(None, events, i + 1))  # its line break goes with it
    known = lasting(ms(event.get("tStartMs"), MILLISECOND), ms(event.get("dDurationMs"), MILLISECOND))
    return Segment(units, known, tuple(places))


def _start(event: Object, part: Object) -> int | None:
    start, offset = ms(event.get("tStartMs"), MILLISECOND), ms(part.get("tOffsetMs", 0), MILLISECOND)
    return None if start is None or offset is None else start + offset


def _end_words(segments: list[Segment]) -> None:
    """A word ends where the next one in its line starts; the last one with the line, or where the next line starts."""
    after: int | None = None
    for segment in reversed(segments):
        end = segment.times.end_ms
        if after is not None and end is not None and after > (segment.times.start_ms or 0):
            end = min(end, after)
        for unit in reversed(segment.units):
            start = unit.times.start_ms
            if start is not None:
                unit.times = Times(start, end if end is None else max(start, end))
                end = start
        after = segment.times.start_ms
