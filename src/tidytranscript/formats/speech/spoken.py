"""What is said in a file, as its reader finds it, and the transcript of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from attrs import define, field

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats.frames import placed
from tidytranscript.formats.jsontree import Array, Object, Text, Tree
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Label, Oddity, Times, Transcript

UNKNOWN: Final = Times(None, None)
_IDEOGRAPH: Final = "\u2e80"  # the scripts from here on write words without blanks
_WORD: Final = re.compile(r"\S+")


class Place(NamedTuple):
    """Where a file says something: a string, if any, in the element `array[at]`, which goes when nothing is left of it.

    `before` and `after` stand around the words in the transcript, but not here: stops, where a file has bare words.
    """

    text: Text | None
    array: Array
    at: int
    before: str = ""
    after: str = ""


@define
class Unit:
    """A word, or whatever else a file holds as one piece: what `text` says, without blanks around it.

    Attributes:
        text: its words.
        times: when they are said, unknown where the file times only longer stretches.
        gap: the blank before it, where it does not open a segment; empty before a comma.
        speaker: who says it.
        places: where the file has it: several, where it says everything twice.
    """

    text: str
    times: Times = UNKNOWN
    gap: str = " "
    speaker: str | None = None
    places: tuple[Place, ...] = ()


@define
class Segment:
    """Some units in a row: a cue; `places` are those that the file has for all of it."""

    units: Sequence[Unit]
    times: Times = UNKNOWN
    places: tuple[Place, ...] = ()


@define
class Recording:
    """All of a file.

    Attributes:
        segments: in order.
        metadata: what the file says of the recording.
        top: the string that has everything once more, where there is one.
        blanks: whether a word's own string has the blank before it.
        oddities: what is wrong with the file: the place, what it is, and what was done.
        extras: what else there is that no label carries.
    """

    segments: list[Segment]
    metadata: Mapping[str, Any] = field(factory=dict)
    top: Text | None = None
    blanks: bool = False
    oddities: list[tuple[int, str, str]] = field(factory=list)
    extras: dict[str, int] = field(factory=dict)


def faults(tree: Tree) -> list[tuple[int, str, str]]:
    """What is wrong with the JSON of a file, as oddities."""
    return [(tree.end, tree.problem, "read what stands before")] if tree.problem else []


def unsaid(found: Array, *keys: str) -> list[tuple[int, str, str]]:
    """An oddity, if some elements of a list have no words where they should: they, or what is under the keys, are of
    another type."""
    others = sum(_is_unsaid(item, keys) for item in found)
    problem = f"{others} element{'s' if others > 1 else ''} of a list without words that can be read"
    return [(found.start, problem, "left as it is")] if others else []


def _is_unsaid(item: Any, keys: Sequence[str]) -> bool:
    if isinstance(item, Object):
        said = next((item[key] for key in keys if key in item), None)
        return said is not None and not isinstance(said, Text)
    return not (isinstance(item, Array) and len(item) >= 3 and isinstance(item[0], Text))  # a word and its times


def only_read(
    format: str,  # noqa: A002
    content: str,
    tree: Tree,
    segments: list[Segment],
    found: bool,
    metadata: Mapping[str, Any] | None = None,
) -> Transcript:
    """The transcript of a file that is not written back; UnreadableInput if it says nothing and is broken, or if what
    such a file must have was not `found`."""
    if not segments and (tree.problem or not found):
        problem = tree.problem or f"it has no words in the shape of {format}"
        raise UnreadableInput("<json>", problem, "Name its format with --from")
    return transcribed(format, content, Recording(segments, metadata or {}, oddities=faults(tree)))


def transcribed(format: str, content: str, recording: Recording) -> Transcript:  # noqa: A002
    """The transcript of a recording: segments on lines of their own, and labels for all that is known."""
    with collector_paused():
        return _transcribed(format, content, recording)


def _transcribed(format: str, content: str, recording: Recording) -> Transcript:  # noqa: A002
    pieces: list[str] = []
    labels: list[Label] = []
    holes = Spans()
    voice: list[tuple[str | None, int, int]] = []
    timed = any(segment.times != UNKNOWN or _spoken_at(segment) != UNKNOWN for segment in recording.segments)
    at = 0
    for segment in recording.segments:
        if not segment.units:
            continue
        if pieces:
            pieces.append("\n")
            at += 1
        begin = at
        spans = []
        for i, unit in enumerate(segment.units):
            if i:
                pieces.append(unit.gap)
                at += len(unit.gap)
            span = Span(at, at + len(unit.text))
            pieces.append(unit.text)
            at = span.end
            spans.append(span)
            place = next((place.text for place in (*unit.places, *segment.places) if place.text is not None), None)
            if place is not None:
                labels.append(Label(span, "hole", len(holes)))
                holes.starts.append(place.start)
                holes.ends.append(place.end)
            if voice and voice[-1][0] == unit.speaker:
                voice[-1] = (unit.speaker, voice[-1][1], at)
            else:
                voice.append((unit.speaker, span.start, at))
        labels += _words(segment.units, spans)
        if timed:
            labels.append(Label(Span(begin, at), "cue", _known(segment)))
    labels += [Label(Span(start, end), "speaker", name) for name, start, end in voice if name]
    odd: tuple[Oddity, ...] = tuple(placed(content, recording.oddities))
    frame = Frame(format, content, holes, extras=recording.extras, oddities=odd)
    return Transcript("".join(pieces), tuple(labels), recording.metadata, frame)


def _spoken_at(segment: Segment) -> Times:
    starts = [unit.times.start_ms for unit in segment.units if unit.times.start_ms is not None]
    ends = [unit.times.end_ms for unit in segment.units if unit.times.end_ms is not None]
    return Times(starts[0] if starts else None, ends[-1] if ends else None)


def _known(segment: Segment) -> Times:
    """The times of a segment, or else those of its words."""
    if segment.times.start_ms is not None and segment.times.end_ms is not None:
        return segment.times
    start, end = _spoken_at(segment)
    own = segment.times
    return Times(start if own.start_ms is None else own.start_ms, end if own.end_ms is None else own.end_ms)


def _words(units: Sequence[Unit], spans: Sequence[Span]) -> Iterator[Label]:
    """A label for each word between blanks that the file times; what a recogniser times together has the same times."""
    word = Span(0, 0)
    known = UNKNOWN
    last = ""
    for unit, (start, _) in zip(units, spans, strict=True):
        text = unit.text
        for found in _WORD.finditer(text):
            part = Span(start + found.start(), start + found.end())
            if last and part.start == word.end and not (found.start() == 0 and _are_words(last, text[0])):
                word, known = Span(word.start, part.end), _together(known, unit.times)
            else:
                if known != UNKNOWN:
                    yield Label(word, "word", known)
                word, known = part, unit.times
        last = text[-1:]
    if known != UNKNOWN:
        yield Label(word, "word", known)


def _are_words(before: str, after: str) -> bool:
    """Whether a word ends and another begins between two characters, with no blank there."""
    return min(before, after) >= _IDEOGRAPH and before.isalpha() and after.isalpha()


def _together(before: Times, after: Times) -> Times:
    return Times(
        after.start_ms if before.start_ms is None else before.start_ms,
        before.end_ms if after.end_ms is None else after.end_ms,
    )
