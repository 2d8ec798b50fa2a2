"""What is misheard in a text: matches, and two lists of them, one after the other, as one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

_SURE: Final = 0.9
_START: Final = attrgetter("start")


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
    """The matches `before`, and then `after` on what those give that apply, as one list of matches in the text as it
    stood: in order, none over another. What may only be gives way to what applies, and to what may be `after`.

    >>> heard = [Match(0, 2, "we three", "")]
    >>> [(m.start, m.end, m.new) for m in composed(heard, [Match(3, 8, "3", "")])]
    [(0, 2, 'we 3')]
    """
    made = [match for match in before if match.applies]
    out: list[Match] = []
    unsure: list[Match] = []
    i = j = shift = 0  # position before minus position after
    while j < len(after):
        match = after[j]
        while i < len(made) and made[i].start - shift + len(made[i].new) <= match.start:
            shift += _shrunk(made[i])
            out.append(made[i])
            i += 1
        low = match.start if i == len(made) else min(match.start, made[i].start - shift)
        if not match.applies:
            if i == len(made) or match.end <= made[i].start - shift:
                unsure.append(match._replace(start=match.start + shift, end=match.end + shift))
            j += 1
            continue
        high, start = match.end, low + shift
        old: list[tuple[int, Match]] = []  # what meets it, with its place after
        new = [match]
        j += 1
        while True:
            if i < len(made) and made[i].start - shift < high:
                old.append((made[i].start - shift, made[i]))
                high = max(high, old[-1][0] + len(made[i].new))
                shift += _shrunk(made[i])
                i += 1
            elif j < len(after) and after[j].start < high:
                if after[j].applies:
                    new.append(after[j])
                    high = max(high, after[j].end)
                j += 1
            else:
                break
        reason = "; then ".join([*(one.reason for _, one in old), *(one.reason for one in new)])
        out.append(match._replace(start=start, end=high + shift, new=_joined(low, high, old, new), reason=reason))
    out += made[i:]
    for match in [*unsure, *(match for match in before if not match.applies)]:
        at = bisect_left(out, match.start, key=_START)
        if (not at or out[at - 1].end <= match.start) and (at == len(out) or match.end <= out[at].start):
            out.insert(at, match)
    return out


def _shrunk(match: Match) -> int:
    return match.end - match.start - len(match.new)


def _joined(low: int, high: int, old: Sequence[tuple[int, Match]], new: Sequence[Match]) -> str:
    """What stands from `low` to `high` when the matches `new` are made in what the matches `old` have put there."""
    out, at = [], low
    for match in [*new, Match(high, high, "", "")]:
        out += [other.new[max(0, at - start) : max(0, match.start - start)] for start, other in old]
        out.append(match.new)
        at = match.end
    return "".join(out)
