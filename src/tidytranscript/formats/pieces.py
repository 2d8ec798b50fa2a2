"""Pieces of speech in one line of a file, with or without times, laid into holes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tidytranscript.formats.frames import Builder
from tidytranscript.formats.voices import Voices
from tidytranscript.spans import Span
from tidytranscript.transcript import Times

_WORD: Final = re.compile(r"\S+")


class Piece(NamedTuple):
    """Characters of a file that hold speech and nothing else, or one escape: `raw[start:end]` stands for `text`.

    `times` are those of its words, None where they have none; `voice` is who speaks, empty where unknown.
    """

    start: int
    end: int
    text: str
    times: Times | None = None
    voice: str = ""

    @property
    def plain(self) -> bool:
        """Whether its characters stand for themselves."""
        return self.end - self.start == len(self.text)


class Word(NamedTuple):
    """A word, parted from others by blanks: its place in the text, and its times."""

    start: int
    end: int
    times: Times | None


def broken(raw: str, start: int, end: int) -> list[tuple[int, int] | None]:
    """The stretches of `raw[start:end]` between line ends with the blanks around them; None for each of these.

    >>> broken("One\\n  two", 0, 9)
    [(0, 3), None, (6, 9)]
    """
    text = raw[start:end]
    if "\n" not in text and "\r" not in text:
        return [(start, end)]
    found: list[tuple[int, int] | None] = []
    at = 0
    for gap in re.finditer(r"\s+", text):
        if "\n" in gap[0] or "\r" in gap[0]:
            if gap.start() > at:
                found.append((start + at, start + gap.start()))
            found.append(None)
            at = gap.end()
    if at < len(text):
        found.append((start + at, end))
    return found


def lay(builder: Builder, line: Sequence[Piece | None], voices: Voices | None = None) -> list[Word]:
    """Put the pieces of a line into the text, without the blanks at its ends; its words.

    None is a blank that stands in no hole.
    """
    pieces = _trimmed(line)
    words: list[Word] = []
    builder.glue("\n")
    gap, behind = True, ""
    for piece in pieces:
        if piece is None:
            gap = True
            continue
        if gap and behind and not behind.isspace() and not piece.text[:1].isspace():
            builder.glue(" ")
        if voices is not None and piece.voice != voices.name:
            if piece.voice:
                voices.opens(piece.voice)
            else:
                voices.close()
        at = builder.hole(piece.start, piece.end, None if piece.plain else piece.text).start
        joined = not gap and behind != "" and not behind.isspace()
        for word in _WORD.finditer(piece.text):
            start, end = at + word.start(), at + word.end()
            if joined and word.start() == 0:
                before = words.pop()
                words.append(Word(before.start, end, _both(before.times, piece.times)))
            else:
                words.append(Word(start, end, piece.times))
        gap = gap and not piece.text
        behind = piece.text[-1:] or behind
    return words


def _trimmed(line: Sequence[Piece | None]) -> list[Piece | None]:
    """The pieces without those at the ends that are blank, and without the blanks at the ends of what is left."""
    full = [i for i, piece in enumerate(line) if piece and piece.text.strip()]
    kept = list(line[full[0] : full[-1] + 1]) if full else []
    last = kept[-1] if kept else None
    if last and last.plain:
        text = last.text.rstrip()
        kept[-1] = last._replace(end=last.start + len(text), text=text)
    first = kept[0] if kept else None
    if first and first.plain:
        text = first.text.lstrip()
        kept[0] = first._replace(start=first.end - len(text), text=text)
    return kept


def _both(first: Times | None, second: Times | None) -> Times | None:
    """The times of a word that two pieces make up."""
    if first is None or second is None:
        return first or second
    return Times(first.start_ms, second.end_ms)


def time_words(builder: Builder, words: Sequence[Word], end_ms: int | None) -> None:
    """A label for each word that has a time; where its end is unknown, it is the start of the next, or `end_ms`.

    Words of a cue whose times go back have none.
    """
    starts = [word.times.start_ms for word in words if word.times and word.times.start_ms is not None]
    if any(before > after for before, after in pairwise(starts)):
        builder.extra("times of words that go back")
        return
    after = end_ms
    found = []
    for start, end, times in reversed(words):
        if times is not None and times.start_ms is not None:
            until = times.end_ms if times.end_ms is not None else after
            if until is not None and until < times.start_ms:
                until = times.start_ms
            found.append((Span(start, end), Times(times.start_ms, until)))
            after = times.start_ms
    for span, value in reversed(found):
        builder.label("word", span, value)
