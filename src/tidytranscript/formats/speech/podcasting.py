"""The JSON transcripts of Podcasting 2.0.

The shape: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import jsontree
from tidytranscript.formats.jsontree import Array, Object, Text
from tidytranscript.formats.speech import joining, shapes, times, writing
from tidytranscript.formats.speech.rewriting import rewritten
from tidytranscript.formats.speech.spoken import Place, Recording, Segment, Unit, faults, transcribed, unsaid
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has segments of this shape."""
    return shapes.likeness(content, "podcasting")


def load(content: str) -> Transcript:
    """The segments of such a file, with times and speakers; single words are put together into cues."""
    return transcribed("podcasting", content, _read(content))


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "podcasting":
        return rewritten(transcript, frame, _read(frame.raw))
    return writing.podcasting(transcript)


def _read(content: str) -> Recording:
    with collector_paused():
        tree = jsontree.parsed(content)
        found = tree.root.get("segments") if isinstance(tree.root, Object) else None
        if not isinstance(found, Array):
            raise UnreadableInput("<json>", "it has no segments", "Name its format with --from")
        segments = [
            Segment(
                [Unit(body.strip(), speaker=times.speaker(item.get("speaker")))],
                times.times(item),
                (Place(body, found, i),),
            )
            for i, item in enumerate(found)
            if isinstance(item, Object) and isinstance(body := item.get("body"), Text) and body.strip()
        ]
        recording = Recording(segments, oddities=[*faults(tree), *unsaid(found, "body")])
        if joining.are_words([segment.units[0].text for segment in segments]):
            recording.segments = joining.cut(_words(segments, recording))
        return recording


def _words(segments: list[Segment], recording: Recording) -> list[Unit]:
    """The units of segments that are words."""
    bodies = [segment.places[0].text or "" for segment in segments]
    units = [segment.units[0] for segment in segments]
    recording.blanks = any(body != unit.text for body, unit in zip(bodies[1:], units[1:], strict=True))
    said = ["", *(unit.text for unit in units)]
    gaps = joining.own_gaps(bodies) if recording.blanks else list(map(joining.gap, said, said[1:]))
    return [
        Unit(unit.text, segment.times, gap, unit.speaker, segment.places)
        for unit, segment, gap in zip(units, segments, gaps, strict=True)
    ]
