"""Putting back into a file what became of its words: in every place where it has them, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tidytranscript.edits import Edit, Patch
from tidytranscript.formats.frames import held_spans
from tidytranscript.formats.jsontree import Array, Text, cut, escaped
from tidytranscript.formats.speech.spoken import Place, Recording, Segment, Unit
from tidytranscript.spans import Span
from tidytranscript.transcript import Frame, Transcript

_LETTER: Final = re.compile(r"[^\W_]")


def rewritten(transcript: Transcript, frame: Frame, recording: Recording) -> str:
    """The file that a transcript was read from, as `recording`, with what has changed since.

    The string of each word, of each segment and of the whole is rewritten where its words changed; elements that have
    no words left are cut out of their lists. Every unit of the recording has a hole.
    """
    units = [unit for segment in recording.segments for unit in segment.units]
    spans = _handed_on(transcript.text, units, held_spans(transcript, frame))
    work = _Work(frame.raw, transcript.text, recording.blanks)
    at = 0
    said: list[str] = []
    for segment in recording.segments:
        until = at + len(segment.units)
        said.append(work.segment(segment, spans[at:until]))
        at = until
    if recording.top is not None and said != list(map(spoken, recording.segments)):
        work.top(recording.top, recording.segments, said)
    edits = list(work.edits())
    return Patch.cut(frame.raw, edits).apply(frame.raw) if edits else frame.raw


def _handed_on(text: str, units: Iterable[Unit], spans: Iterable[Span]) -> list[Span]:
    """The spans, but for words of which only stops are left: these go to the word that they stand at now."""
    found: list[Span] = []
    last = -1
    for unit, span in zip(units, spans, strict=True):
        if span.start == span.end:
            found.append(span)
            continue
        bare = last >= 0 and found[last].end == span.start and not _LETTER.search(text, *span)
        if bare and _LETTER.search(unit.text):
            found[last] = Span(found[last].start, span.end)
            found.append(Span(span.end, span.end))
        else:
            last = len(found)
            found.append(span)
    return found


def spoken(segment: Segment) -> str:
    """All that is said in a segment."""
    return "".join([unit.gap + unit.text if i else unit.text for i, unit in enumerate(segment.units)])


def gaps_within(top: str, segments: Iterable[Segment]) -> list[str] | None:
    """The blanks in `top` before each segment, if it has all of them and nothing else; None if it says other things."""
    gaps: list[str] = []
    at = 0
    for segment in segments:
        said = spoken(segment)
        start = top.find(said, at) if said else at
        if start < 0 or top[at:start].strip():
            return None
        gaps.append(top[at:start])
        at = start + len(said)
    return None if top[at:].strip() else gaps


class _Work:
    """The edits of a file, collected."""

    def __init__(self, raw: str, text: str, blanks: bool) -> None:
        self.raw = raw
        self.ascii, self.slashes = raw.isascii(), "\\/" in raw
        self.text = text
        self.blanks = blanks
        self.found: list[Edit] = []
        self.gone: dict[int, tuple[Array, list[int]]] = {}

    def segment(self, segment: Segment, spans: Sequence[Span]) -> str:
        """Rewrite all that the file has of a segment; what is said in it now."""
        held = [span.of(self.text).strip() for span in spans]
        full = [span for span, new in zip(spans, held, strict=True) if new]
        said = self.text[full[0].start : full[-1].end].strip() if full else ""
        if said == spoken(segment) and held == [unit.text for unit in segment.units]:
            return said
        for place in segment.places:
            self._put(place, said)
        lead = _lead(segment)
        before: Span | None = None
        for i, (unit, span, new) in enumerate(zip(segment.units, spans, held, strict=True)):
            old = unit.gap if i else lead
            gap = old
            if new:
                gap = lead if before is None else self.text[before.end : span.start]
                before = span
            if new != unit.text or (self.blanks and gap != old):
                for place in unit.places:
                    self._put(place, new, gap if self.blanks and gap != old else None)
        return said

    def _put(self, place: Place, new: str, gap: str | None = None) -> None:
        if not new:
            self.gone.setdefault(id(place.array), (place.array, []))[1].append(place.at)
        elif place.text is not None:
            self.string(place.text, new.removeprefix(place.before).removesuffix(place.after) or new, gap)

    def string(self, old: Text, new: str, gap: str | None = None) -> None:
        """Put other words into a string; the blanks around them stay, but for `gap`, the one before."""
        lead = old[: len(old) - len(old.lstrip())] if gap is None else gap
        tail = old[len(old.rstrip()) :]
        written = escaped(f"{lead}{new}{tail}", ascii=self.ascii, slashes=self.slashes)
        self.found.append(Edit(Span(old.start, old.end), written))

    def top(self, top: Text, segments: Iterable[Segment], said: Iterable[str]) -> None:
        """Put what is said now into the string that has everything."""
        out: list[str] = []
        for gap, new in zip(gaps_within(top, segments) or (), said, strict=True):
            if new:
                out += (gap if out else "", new)
        self.string(top, "".join(out))

    def edits(self) -> Iterator[Edit]:
        """All of them, in order, without those inside of what is cut out."""
        for array, at in self.gone.values():
            self.found += cut(self.raw, array, at)
        end = -1
        for edit in sorted(self.found, key=lambda edit: (edit.span.start, -edit.span.end)):
            if edit.span.start >= end:
                yield edit
                end = edit.span.end


def _lead(segment: Segment) -> str:
    """The blank in the string of a segment's first word."""
    places = segment.units[0].places if segment.units else ()
    text = places[0].text if places else None
    return text[: len(text) - len(text.lstrip())] if text is not None else ""
