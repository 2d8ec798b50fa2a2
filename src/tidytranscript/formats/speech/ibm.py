"""The JSON of IBM Watson (https://cloud.ibm.com/docs/speech-to-text?topic=speech-to-text-basic-response).

A word is a list of itself, its start and its end; who speaks stands apart, by time. Results may lie in results.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.shapes import Facts, each, first
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.transcript import Times, Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has results of theirs."""
    return shapes.likeness(content, "ibm")


def load(content: str) -> Transcript:
    """The words of the best alternatives, with times and speakers, or else their text."""
    tree = jsontree.values(content)
    root: Any = {"results": tree.root} if isinstance(tree.root, list) else tree.root
    holders = [root, *each(root, "results")]
    results = [result for holder in holders for result in each(holder, "results") if "alternatives" in result]
    voices = [voice for holder in holders for voice in _voices(holder)]
    best = [first(result, "alternatives") for result in results if result.get("final") is not False]
    found = [joining.joined(_words(one)) for one in best]
    joining.by_time(chain.from_iterable(found), voices)
    segments: list[Segment] = []
    for one, units in zip(best, found, strict=True):
        text = first(one, "transcript")
        if units:
            segments += joining.cut(units)
        elif isinstance(text, str) and text.strip():
            segments.append(Segment([Unit(text.strip())]))
    return only_read("ibm", content, tree, segments, bool(results))


def _words(best: Any) -> Iterator[joining.Word]:
    stamps = best.get("timestamps") if isinstance(best, dict) else None
    for item in stamps if isinstance(stamps, list) else ():
        if isinstance(item, list) and len(item) >= 3:
            yield joining.Word(item[0], Times(times.ms(item[1]), times.ms(item[2])))


def _voices(holder: Facts) -> Iterator[joining.Voice]:
    for item in each(holder, "speaker_labels"):
        start = times.ms(item.get("from"))
        if start is not None:
            yield joining.Voice(start, times.speaker(item.get("speaker")))
