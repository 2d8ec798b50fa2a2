"""Where something stands in a text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload


class Span(NamedTuple):
    """A half-open stretch of text, in code points: `text[start:end]`.

    >>> Span(0, 5).of("Hello, world")
    'Hello'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class Spans(Sequence[Span]):
    """Many spans in little room: two columns of numbers.

    >>> Spans([0, 7], [5, 12])[1].of("Hello, world")
    'world'
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int] = (), ends: Iterable[int] = ()) -> None:
        self.starts = array("q", starts)
        self.ends = array("q", ends)

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> Spans:
        """The same spans, held in this way."""
        columns = tuple(zip(*spans, strict=True))
        return cls(*columns)

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> Spans: ...
    def __getitem__(self, at: int | slice) -> Span | Spans:
        if isinstance(at, slice):
            return Spans(self.starts[at], self.ends[at])
        return Span(self.starts[at], self.ends[at])

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self.starts, self.ends)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spans):
            return NotImplemented
        return self.starts == other.starts and self.ends == other.ends

    def __hash__(self) -> int:
        return hash((self.starts.tobytes(), self.ends.tobytes()))

    def __reduce__(self) -> tuple[type[Spans], tuple[array[int], array[int]]]:
        return Spans, (self.starts, self.ends)

    def __repr__(self) -> str:
        return f"Spans({self.starts.tolist()}, {self.ends.tolist()})"
