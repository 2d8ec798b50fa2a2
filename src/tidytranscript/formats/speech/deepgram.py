"""The JSON of Deepgram (https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.shapes import each, first
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has channels of results."""
    return shapes.likeness(content, "deepgram")


def load(content: str) -> Transcript:
    """The punctuated words of all channels, with times and speakers; without words, the utterances or the text."""
    tree = jsontree.values(content)
    channels = list(each(tree.root, "results", "channels"))
    segments: list[Segment] = []
    for i, channel in enumerate(channels):
        name = f"Channel {i}" if len(channels) > 1 else ""
        segments += joining.cut(joining.joined(_words(first(channel, "alternatives"), name)))
    if len(channels) > 1:
        segments = joining.in_time(segments)
    utterances = list(each(tree.root, "results", "utterances"))
    if not segments:
        segments = [Segment([unit], times.times(item)) for item in utterances if (unit := _unit(item))]
    if not segments:
        segments = [Segment([unit]) for channel in channels if (unit := _unit(first(channel, "alternatives")))]
    language = next((channel["detected_language"] for channel in channels if "detected_language" in channel), None)
    metadata = {"language": language} if isinstance(language, str) else {}
    return only_read("deepgram", content, tree, segments, bool(channels or utterances), metadata)


def _words(best: Any, channel: str) -> Iterator[joining.Word]:
    for word in each(best, "words"):
        speaker = " ".join(filter(None, (channel, times.speaker(word.get("speaker")))))
        yield joining.Word(word.get("punctuated_word") or word.get("word"), times.times(word), speaker or None)


def _unit(item: Any) -> Unit | None:
    text = first(item, "transcript")
    if not isinstance(text, str) or not text.strip():
        return None
    return Unit(text.strip(), speaker=times.speaker(first(item, "speaker")))
