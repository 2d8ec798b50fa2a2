"""What is misheard in a text: matches, and two lists of them, one after the other, as one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Final, NamedTuple

_SURE: Final = 0.9


class Match(NamedTuple):
    """`text[start:end]` is misheard for `new`, or, with a confidence below 0.9, only may be."""

    start: int
    end: int
    new: str
    reason: str
    confidence: float = 1.0
    is_name: bool = False  # found by likeness to a name, not in a dictionary

    @property
    def applies(self) -> bool:
        """Whether it is sure enough to be written."""
        return self.confidence >= _SURE


def applied(text: str, edits: Sequence[tuple[tuple[int, int], str]]) -> str:
    """The text with sorted edits ((start, end), new) made in it."""
    out: list[str] = []
    at = 0
    for (start, end), new in edits:
        out += (text[at:start], new)
        at = end
    out.append(text[at:])
    return "".join(out)


def composed(before: Sequence[Match], after: Sequence[Match]) -> list[Match]:
    """The changes `before`, and then `after` on what they give, as one list of changes to the text as it stood."""
    made = [match for match in before if match.applies]
    out: list[Match] = []
    i = shift = 0  # position before minus position after
    for match in after:
        while i < len(made) and made[i].start - shift + len(made[i].new) <= match.start:
            shift += made[i].end - made[i].start - len(made[i].new)
            out.append(made[i])
            i += 1
        start, end, head, tail = match.start + shift, match.end + shift, "", ""
        first = i
        while i < len(made) and made[i].start - shift < match.end:
            other, at = made[i], made[i].start - shift
            if at < match.start:
                start, head = other.start, other.new[: match.start - at]
            shift += other.end - other.start - len(other.new)
            end = match.end + shift
            if at + len(other.new) > match.end:
                end, tail = other.end, other.new[match.end - at :]
            i += 1
        if match.applies:
            reason = "; then ".join([*(other.reason for other in made[first:i]), match.reason])
            out.append(match._replace(start=start, end=end, new=head + match.new + tail, reason=reason))
        else:
            out += made[first:i]
            if first == i:
                out.append(match._replace(start=start, end=end))
    out += made[i:]
    waiting: list[Match] = []
    taken = {at for match in out for at in (match.start, match.end)}
    out.sort(key=itemgetter(0, 1))
    starts = [match.start for match in out]
    reach = list(accumulate([match.end for match in out], max))
    for match in before:
        if not match.applies and match.start not in taken and match.end not in taken:
            last = bisect_left(starts, match.end) - 1
            if last < 0 or reach[last] <= match.start:
                waiting.append(match)
    return sorted([*out, *waiting], key=itemgetter(0, 1))
