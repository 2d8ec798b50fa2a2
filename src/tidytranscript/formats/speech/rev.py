"""The JSON of Rev: of its API (https://docs.rev.ai/api/asynchronous/reference/), and of its editor, which has `spans`.

Stops and blanks are elements of their own.
"""

from __future__ import annotations

from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes, times
from tidytranscript.formats.speech.shapes import Facts, each
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text has monologues."""
    return shapes.likeness(content, "rev")


def load(content: str) -> Transcript:
    """The monologues, each by one speaker, with the times of the words."""
    tree = jsontree.values(content)
    root: Any = tree.root if isinstance(tree.root, dict) else {}
    names = {item.get("id"): times.speaker(item) for item in each(root, "speakers") if isinstance(item.get("id"), int)}
    segments: list[Segment] = []
    for item in each(root, "monologues"):
        who = item.get("speaker")
        voice = (names.get(who) if isinstance(who, int) else None) or times.speaker(item.get("speaker_info", who))
        segments += joining.cut(_units(item, voice))
    return only_read("rev", content, tree, segments, "monologues" in root)


def _units(monologue: Facts, voice: str | None) -> list[Unit]:
    elements = list(each(monologue, "elements")) or list(each(monologue, "spans"))
    values = [value if isinstance(value := element.get("value"), str) else "" for element in elements]
    units: list[Unit] = []
    for element, value, gap in zip(elements, values, joining.own_gaps(values), strict=True):
        said, known = value.strip(), times.times(element)
        if said and units and not gap and known.start_ms is None:
            units[-1].text += said
        elif said:
            units.append(Unit(said, known, gap, voice))
    return units
