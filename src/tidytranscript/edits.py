"""An edit, and a patch: sorted edits together with what they replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from attrs import frozen

from tidytranscript.spans import Span


class Edit(NamedTuple):
    """Put `new` where the text of `span` stands: an empty span inserts, an empty `new` deletes."""

    span: Span
    new: str


@frozen
class Patch:
    """Sorted, disjoint edits and what they replaced; it applies to one text and can be taken back.

    >>> patch = Patch.cut("um, fine", [Edit(Span(0, 4), "")])
    >>> patch.apply("um, fine")
    'fine'
    >>> patch.inverse().apply("fine")
    'um, fine'
    """

    edits: tuple[Edit, ...]
    old: tuple[str, ...]

    @classmethod
    def cut(cls, text: str, edits: Iterable[Edit]) -> Patch:
        """The patch for `text`; ValueError if the edits are out of order, overlap, or lie outside it."""
        kept = tuple(edits)
        at, was_insertion_at = 0, -1
        for (start, end), _ in kept:
            if start < at or end < start or end > len(text) or start == end == was_insertion_at:
                raise ValueError(f"edit out of order or out of bounds: {start}..{end}")
            at, was_insertion_at = end, end if start == end else -1
        return cls(kept, tuple([text[start:end] for (start, end), _ in kept]))

    def apply(self, text: str) -> str:
        """The edited text; ValueError if `text` is not the one that the patch was cut for."""
        out: list[str] = []
        at = 0
        for ((start, end), new), old in zip(self.edits, self.old, strict=True):
            if text[start:end] != old or end > len(text):
                raise ValueError(f"the patch does not fit this text at {start}..{end}")
            out += (text[at:start], new)
            at = end
        out.append(text[at:])
        return "".join(out)

    def inverse(self) -> Patch:
        """The patch that takes this one back."""
        back: list[Edit] = []
        for ((start, _), new), shift in zip(self.edits, self._shifts(), strict=False):
            back.append(Edit(Span(start + shift, start + shift + len(new)), self.old[len(back)]))
        return Patch(tuple(back), tuple([edit.new for edit in self.edits]))

    def carry(self, spans: Sequence[Span]) -> list[Span]:
        """Where spans of the text before stand in the text after: in one sweep over both.

        A span keeps what an edit at its border puts in; a span that lies inside an edit grows to what replaced it,
        and one whose text is deleted becomes empty.
        """
        if not self.edits:
            return list(spans)
        left = self._moved_left(sorted({span.start for span in spans}))
        right = self._moved_right(sorted({span.end for span in spans}))
        return [Span(left[start], right[end]) for start, end in spans]

    def _moved_left(self, points: list[int]) -> dict[int, int]:
        moved, edits, shifts = {}, self.edits, self._shifts()
        i = 0
        for at in points:
            # An edit that ends just here lies before us, unless it is an insertion.
            while i < len(edits) and ((end := edits[i].span.end) < at or edits[i].span.start < end == at):
                i += 1
            covered = i < len(edits) and edits[i].span.start <= at
            moved[at] = (edits[i].span.start if covered else at) + shifts[i]
        return moved

    def _moved_right(self, points: list[int]) -> dict[int, int]:
        moved, edits, shifts = {}, self.edits, self._shifts()
        i = 0
        for at in points:
            # An edit that starts just here lies behind us, unless it is an insertion.
            while i < len(edits) and ((start := edits[i].span.start) < at or start == at == edits[i].span.end):
                i += 1
            covered = i and edits[i - 1].span.end >= at
            moved[at] = (edits[i - 1].span.end if covered else at) + shifts[i]
        return moved

    def _shifts(self) -> list[int]:
        grown = (len(new) - len(old) for (_, new), old in zip(self.edits, self.old, strict=True))
        return list(accumulate(grown, initial=0))
