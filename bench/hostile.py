"""Texts made to be slow: copies of copies, nested near-repeats, commas alone. Twice the text takes twice the time."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Final

from tidytranscript import Pipeline

HEADINGS: Final = ("text", "words", "seconds", "twice", "four times", "growth")
_PIECES: Final = (
    *("word ", "a b a b a c ", ", ", "um, ", "the um, a ", "wor- ", "th- the ", "you know, "),
    *("the, they, ", "it is, it was, ", "if you, again, ", "i he ", "we no wait ", "or uh ", "up and down, "),
)


def rows(words: int, level: str) -> Iterator[list[str]]:
    """A row for each piece, said again until there are so many words (or commas), twice and four times as many."""
    pipeline = Pipeline.standard(level)
    pipeline("warm up, uh, the, that")
    for piece in _PIECES:
        size = max(1, len(piece.split()))
        times = [_seconds(pipeline, piece * (n * words // size)) for n in (1, 2, 4)]
        yield [repr(piece), f"{words:,}", *(f"{t:.2f}" for t in times), f"{times[2] / times[1]:.1f}"]


def _seconds(pipeline: Pipeline, text: str) -> float:
    start = perf_counter()
    pipeline(text)
    return perf_counter() - start
