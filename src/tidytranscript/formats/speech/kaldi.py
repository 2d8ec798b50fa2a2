"""JSON in the manner of Kaldi: words with times, as Vosk (https://alphacephei.com/vosk), Gentle and BBC Kaldi have it.

Words that were not recognised stay `<unk>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.shapes import Facts, each
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has words in this manner."""
    return shapes.likeness(content, "kaldi")


def load(content: str) -> Transcript:
    """The words, with times, and speakers where the file has them; or else the text."""
    tree = jsontree.values(content)
    several = isinstance(tree.root, list) and any("result" in item for item in tree.root if isinstance(item, dict))
    results: Any = tree.root if several else [{"words": tree.root} if isinstance(tree.root, list) else tree.root]
    segments: list[Segment] = []
    found = False
    for result in results:
        outer: Any = result if isinstance(result, dict) else {}
        inner = outer.get("retval")
        facts: Facts = inner if isinstance(inner, dict) else outer
        found = found or (
            isinstance(tree.root, dict) and any(isinstance(facts.get(key), list) for key in ("words", "result"))
        )
        units = joining.joined(_words(facts))
        joining.by_time(units, _voices(facts))
        text = next((facts[key] for key in ("punct", "text", "transcript") if isinstance(facts.get(key), str)), "")
        segments += joining.cut(units) if units else [Segment([Unit(text.strip())])] if text.strip() else []
    return only_read("kaldi", content, tree, segments, found)


def _words(facts: Facts) -> Iterator[joining.Word]:
    for word in (*each(facts, "words"), *each(facts, "result")):
        said = word.get("punct") or word.get("word") or word.get("text")
        yield joining.Word(said, times.times(word), times.speaker(word.get("speaker")))


def _voices(facts: Facts) -> Iterator[joining.Voice]:
    for holder in (facts, facts.get("segments"), facts.get("segmentation")):
        for segment in each(holder, "segments"):
            start, voice = times.times(segment).start_ms, times.speaker(segment.get("speaker"))
            if start is not None and voice:
                yield joining.Voice(start, voice)
