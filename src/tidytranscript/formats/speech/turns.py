"""JSON of any other shape that says who says what, or when: objects with words, and a speaker or times beside them.

Speakers may stand further out than the words, for all that is inside. Where a file has several such lists, the one with
the most words counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.spoken import UNKNOWN, Recording, Segment, Unit, faults, transcribed
from tidytranscript.transcript import Transcript

_TEXTS: Final = ("text", "content", "body", "utterance", "transcript", "sentence")
_SPEAKERS: Final = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speaker_label",
    "speakerLabel",
    "speaker_id",
    "speakerId",
)
_DEEPEST: Final = 12


def likeness(content: str) -> int:
    """1 if the text is JSON with such objects, and of no shape that is known better."""
    return shapes.likeness(content, "turns")


def load(content: str) -> Transcript:
    """The turns, lines or words in such a file; UnreadableInput where there are none."""
    tree = jsontree.values(content)
    units = said(tree.root)
    if not units:
        raise UnreadableInput("<json>", "nothing in it says who speaks, or when", "Name its format with --from")
    if joining.are_words([unit.text for unit in units]):
        for before, unit in pairwise(units):
            unit.gap = joining.gap(before.text, unit.text)
        segments = joining.cut(units)
    else:
        segments = [Segment([unit], unit.times) for unit in units]
        for unit in units:
            unit.times = UNKNOWN  # they are those of the line, not of each word
    return transcribed("turns", content, Recording(segments, oddities=faults(tree)))


def said(root: Any) -> list[Unit]:
    """What such a file says."""
    found: dict[tuple[str, ...], list[Unit]] = {}
    waiting: list[tuple[Any, tuple[str, ...], str | None]] = [(root, (), None)]
    while waiting:
        value, path, speaker = waiting.pop()
        if isinstance(value, Mapping):
            own = next((name for key in _SPEAKERS if (name := times.speaker(value.get(key)))), None)
            text = next((value[key] for key in _TEXTS if isinstance(value.get(key), str) and value[key].strip()), None)
            known = times.times(value)
            if text is not None and (own or speaker or None not in known):
                found.setdefault(path, []).append(Unit(text.strip(), known, speaker=own or speaker))
                continue
            inner = [(item, (*path, key), own or speaker) for key, item in value.items()]
        elif isinstance(value, list):
            inner = [(item, path, speaker) for item in value]
        else:
            continue
        if len(path) < _DEEPEST:
            waiting += [one for one in reversed(inner) if isinstance(one[0], Mapping | list)]
    return max(found.values(), key=lambda units: sum(len(unit.text) for unit in units), default=[])
