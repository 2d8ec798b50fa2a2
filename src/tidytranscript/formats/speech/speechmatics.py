"""The JSON of Speechmatics, and its older form, where a word has a `name`, a `time` and a `duration`.

The shape: https://docs.speechmatics.com/speech-to-text/batch/output (json-v2). A speaker "UU" is an unknown one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.shapes import each, first
from tidytranscript.formats.speech.spoken import UNKNOWN, only_read
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has results, or words, of theirs."""
    return shapes.likeness(content, "speechmatics")


def load(content: str) -> Transcript:
    """The words, with the stops that belong to them, times and speakers."""
    tree = jsontree.values(content)
    root: Any = {"results": tree.root} if isinstance(tree.root, list) else tree.root
    root = root if isinstance(root, dict) else {}
    if isinstance(root.get("words"), list):
        words = [joining.Word(word.get("name"), times.times(word)) for word in each(root, "words")]
        units = joining.joined(words)
        voices = [
            joining.Voice(start, times.speaker(item.get("name")))
            for item in each(root, "speakers")
            if (start := times.ms(item.get("time"))) is not None
        ]
        joining.by_time(units, voices)
    else:
        units = joining.joined(_words(root))
    found = isinstance(tree.root, dict) and any(isinstance(root.get(key), list) for key in ("results", "words"))
    config = first(root, "metadata", "transcription_config", "language") or first(root, "job", "lang")
    metadata = {"language": config} if isinstance(config, str) else {}
    return only_read("speechmatics", content, tree, joining.cut(units), found, metadata)


def _words(root: Any) -> Iterator[joining.Word]:
    for result in each(root, "results"):
        best = first(result, "alternatives")
        stop = result.get("type") == "punctuation"
        side = result.get("attaches_to", "previous" if stop else None)
        voice = times.speaker(first(best, "speaker")) or times.speaker(result.get("channel"))
        known = UNKNOWN if stop else times.times(result)
        yield joining.Word(
            first(best, "content"),
            known,
            None if voice == "UU" else voice,
            attached=side in ("previous", "both"),
            opens=side in ("next", "both"),
        )
