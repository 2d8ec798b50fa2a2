"""The speech below the heads of a file: how its pieces become holes, with cues, speakers and shells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from tidytranscript.formats.frames import Builder
from tidytranscript.formats.styles import Head
from tidytranscript.spans import Span
from tidytranscript.transcript import Times

_BLANK: Final = re.compile(r"\s*")
_PARAGRAPHS: Final = re.compile(r"\n(?:[ \t\r]*\n)+")


class Piece(NamedTuple):
    """A paragraph of speech: `raw[said:end]`, of a stretch of lines `raw[start:stop]`.

    `head` is the one that it begins with; `glue` stands before it in the text; `follows` says that nothing but white
    space parts it from the piece before.
    """

    start: int
    said: int
    end: int
    stop: int
    head: Head | None
    glue: str = "\n"
    follows: bool = True
    section: int = -1


Fill = Callable[[Builder, Piece], None]
"""Puts the holes of a piece into the text."""


def assemble(builder: Builder, pieces: Sequence[Piece], ends: Sequence[int | None], fill: Fill) -> dict[int, Span]:
    """The pieces as text, with a cue for each head that has a time, and its speaker until there is another.

    `ends` is when the cue of each head ends, in the order of the heads. An emptied piece goes; with its head, once all
    that directly follows the head is gone. Gives back where the text of each section stands.
    """
    sections: dict[int, Span] = {}
    cue: tuple[int, Times] | None = None
    voice: tuple[int, str] | None = None
    until = iter(ends)
    last = 0  # where the last word so far ends
    for piece in pieces:
        builder.glue(piece.glue)
        at = builder.next
        head = piece.head
        if head is not None:
            end_ms = next(until)
            if cue and last > cue[0]:
                builder.label("cue", Span(cue[0], last), cue[1])
            cue = (at, Times(head.start_ms, end_ms)) if head.start_ms is not None else None
            if head.name is not None and (voice is None or voice[1] != head.name):
                if voice and last > voice[0]:
                    builder.label("speaker", Span(voice[0], last), voice[1])
                voice = (at, head.name)
        if piece.end > piece.said:
            fill(builder, piece)
            last = builder.at
            if piece.section >= 0:
                sections[piece.section] = Span(sections.get(piece.section, Span(at, last)).start, last)
    if cue and last > cue[0]:
        builder.label("cue", Span(cue[0], last), cue[1])
    if voice and last > voice[0]:
        builder.label("speaker", Span(voice[0], last), voice[1])
    _shells(builder, pieces)
    return sections


def _shells(builder: Builder, pieces: Sequence[Piece]) -> None:
    """A shell for each piece, and one for each head with all the pieces that directly follow it."""
    group: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is None or piece.head is not None or not piece.follows:
            if group:
                builder.shell(group[0].start, _next_line(builder.raw, group[-1].stop))
                for inner in group[1:]:
                    builder.shell(inner.start, _next_line(builder.raw, inner.stop))
            group = []
        if piece is not None:
            group.append(piece)


def _next_line(raw: str, at: int) -> int:
    """Where the next line that is not blank begins."""
    match = _BLANK.match(raw, at)
    after = match.end() if match else at
    return len(raw) if after == len(raw) else max(raw.rfind("\n", at, after) + 1, at)


def stretches(raw: str, start: int, end: int) -> list[Span]:
    """The paragraphs of a stretch of a file, without the blanks around them."""
    found: list[Span] = []
    for cut in [*_PARAGRAPHS.finditer(raw, start, end), None]:
        stop = end if cut is None else cut.start()
        span = trimmed(raw, start, stop)
        if span.end > span.start:
            found.append(span)
        start = stop if cut is None else cut.end()
    return found


def trimmed(raw: str, start: int, end: int) -> Span:
    """A stretch of a file without the blanks around it; empty at its end where there is nothing else."""
    piece = raw[start:end]
    end = start + len(piece.rstrip())
    return Span(min(end, start + len(piece) - len(piece.lstrip())), end)


def read(piece: str) -> str:
    """The text of a hole, given the characters in the file."""
    return piece.replace("\r\n", "\n")


def written(text: str, newline: str) -> str:
    """A text as it is written in a hole: without the lines that nothing is left of."""
    if "\n" not in text:
        return text
    return newline.join([line.rstrip("\r") for line in text.split("\n") if line.strip()])
