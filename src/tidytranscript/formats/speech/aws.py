"""The JSON of Amazon Transcribe (https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html#how-output).

Its times are strings of seconds; stops are items without times; who speaks stands with the items, or apart from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.shapes import each, first
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has results of theirs, or is a list of their items."""
    return shapes.likeness(content, "aws")


def load(content: str) -> Transcript:
    """The items, with times and speakers; of each channel, where there are several; or else the text."""
    tree = jsontree.values(content)
    results: Any = tree.root.get("results") if isinstance(tree.root, dict) else {"items": tree.root}
    results = results if isinstance(results, dict) else {}
    channels = list(each(results, "channel_labels", "channels"))
    segments: list[Segment] = []
    for channel in channels:
        segments += joining.cut(joining.joined(_words(channel, times.speaker(channel.get("channel_label")))))
    if channels:
        segments = joining.in_time(segments)
    else:
        units = joining.joined(_words(results, None))
        voices = list(_voices(results))
        if voices and not any(unit.speaker for unit in units):
            joining.by_time(units, voices)
        segments = joining.cut(units)
    text = first(results, "transcripts", "transcript")
    if not segments and isinstance(text, str) and text.strip():
        segments = [Segment([Unit(text.strip())])]
    language = results.get("language_code")
    metadata = {"language": language} if isinstance(language, str) else {}
    return only_read(
        "aws", content, tree, segments, isinstance(tree.root, dict) and isinstance(results.get("items"), list), metadata
    )


def _words(holder: Any, channel: str | None) -> Iterator[joining.Word]:
    last: str | None = None
    for item in each(holder, "items"):
        stop = item.get("type") == "punctuation"
        last = channel or times.speaker(item.get("speaker_label")) or (last if stop else None)
        yield joining.Word(first(item, "alternatives", "content"), times.times(item), last, attached=stop)


def _voices(results: Any) -> Iterator[joining.Voice]:
    for segment in each(results, "speaker_labels", "segments"):
        for item in (segment, *each(segment, "items")):
            start = times.times(item).start_ms
            if start is not None:
                yield joining.Voice(start, times.speaker(item.get("speaker_label", segment.get("speaker_label"))))
