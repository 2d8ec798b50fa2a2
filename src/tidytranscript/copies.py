"""Phrases that stand twice or more in a row, found on the bytes of a words view and merged until none is left.

One sweep of exclusive-or over the code bytes, shifted by n, shows every repeat of n words as a run of zeros; Python
looks only at those places. Merging can bring a new repeat together (`a b b a b`), so the neighbourhood of each merge
is looked at again, until nothing more is found: the words that are left hold no repeat that would be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import field, frozen

from tidytranscript.words import Words


@frozen
class Run:
    """Copies of a phrase in a row, as word indices: `words` is the first copy, `copies` how many there are."""

    view: View
    words: tuple[int, ...]
    copies: int
    gaps: tuple[str, ...]  # what stands between one copy and the next

    @property
    def keys(self) -> tuple[str, ...]:
        """The phrase."""
        return tuple([self.view.words.key(i) for i in self.words])


@frozen
class Taken:
    """Words `first` to `last` (inclusive) go: they say again what ends with the word `kept`."""

    kept: int
    first: int
    last: int
    lag: int
    phrase: str
    copies: int
    confidence: float


Judge: TypeAlias = Callable[[Run], float]
"""How sure it is that all copies but the first were not meant: 0 keeps them."""


@frozen(eq=False)
class View:
    """A words view from which some words are already gone."""

    words: Words
    after: dict[int, int] = field(factory=dict)  # word -> next word that is left, where some are gone
    before: dict[int, int] = field(factory=dict)
    tail: dict[int, int] = field(factory=dict)  # word -> the gone word whose gap now follows it

    def next(self, i: int) -> int:
        """The next word that is left."""
        return self.after.get(i, i + 1)

    def previous(self, i: int) -> int:
        """The word before that is left, or -1."""
        return self.before.get(i, i - 1)

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next word that is left."""
        return self.words.gap(self.tail.get(i, i))


def merged(words: Words, longest: int, least: Callable[[int], int], judge: Judge) -> list[Taken]:
    """The repeats of phrases of up to `longest` words, of which `least(n)` copies or more stand in a row.

    What it gives is disjoint and in order, and each says which word it leaves.
    """
    view = View(words)
    gone: set[int] = set()
    taken: list[Taken] = []
    order: Sequence[int] = range(len(words))
    codes = words.codes
    while True:
        merges = []
        for at, lag, zeros in _hits(codes, longest, least):
            for shift in range(min(lag, zeros - lag + 1)):
                run = _run(view, order, at + shift, lag, zeros - shift, gone)
                if run is None or run.copies < least(lag):
                    continue
                confidence = judge(run)
                if confidence:
                    merges.append(_merge(view, run, confidence, gone))
                    break
        taken += merges
        if not merges:
            return _whole(view, gone, taken)
        order = _around(view, sorted({m.kept for m in merges} - gone), longest * 2)
        codes = bytes([words.codes[i] if i >= 0 else 0 for i in order])


def _hits(codes: bytes, longest: int, least: Callable[[int], int]) -> list[tuple[int, int, int]]:
    """(place, n, how many codes in a row equal those n before), for phrases of n words; the shortest phrase first."""
    size = len(codes)
    whole = int.from_bytes(codes, "big")
    hits = []
    for lag in range(1, min(longest, size // 2) + 1):
        need = b"\0" * (lag * (least(lag) - 1))
        same = (whole ^ (whole >> (8 * lag))).to_bytes(size, "big")
        at = same.find(need, lag)
        while at >= 0:
            end = at + len(need)
            while end < size and not same[end]:
                end += 1
            hits.append((at - lag, lag, end - at))
            at = same.find(need, end)
    hits.sort()
    return hits


def _run(view: View, order: Sequence[int], at: int, lag: int, zeros: int, gone: set[int]) -> Run | None:
    key = view.words.key
    words = order[at : at + lag]
    if min(words) < 0 or (gone and not gone.isdisjoint(words)):
        return None
    keys = [key(i) for i in words]
    if any(lag % n == 0 and keys == keys[:n] * (lag // n) for n in range(1, lag // 2 + 1)):
        return None  # copies of a shorter phrase, which has been judged as such
    gaps = []
    for copy in range(1, zeros // lag + 1):
        first = at + copy * lag
        these = order[first : first + lag]
        if (gone and not gone.isdisjoint(these)) or [key(i) if i >= 0 else "" for i in these] != keys:
            break
        gaps.append(view.gap(order[first - 1]))
    return Run(view, tuple(words), len(gaps) + 1, tuple(gaps)) if gaps else None


def _merge(view: View, run: Run, confidence: float, gone: set[int]) -> Taken:
    kept = run.words[-1]
    at = first = view.next(kept)
    last = kept
    for _ in range(len(run.words) * (run.copies - 1)):
        gone.add(at)
        last, at = at, view.next(at)
    view.after[kept], view.before[at] = at, kept
    view.tail[kept] = view.tail.get(last, last)
    phrase = " ".join(view.words.written(i) for i in run.words)
    return Taken(kept, first, last, len(run.words), phrase, run.copies, confidence)


def _around(view: View, kept: list[int], reach: int) -> list[int]:
    """The words left around each place of a merge, the stretches parted by -1."""
    order: list[int] = []
    end = -1  # the last word in the stretch before
    for place in kept:
        first, steps = place, 0
        while steps < reach and view.previous(first) > end and view.previous(first) >= 0:
            first, steps = view.previous(first), steps + 1
        if place <= end:
            first = view.next(end)
        elif order and view.previous(first) != end:
            order.append(-1)
        at, steps = first, 0
        while at < len(view.words) and steps < reach:
            order.append(at)
            end = at
            steps += at >= place
            at = view.next(at)
    return order


def _whole(view: View, gone: set[int], taken: list[Taken]) -> list[Taken]:
    """The merges as they came out: each stretch of gone words once, with the merge that took most of it."""
    widest: dict[int, Taken] = {}
    for take in taken:
        if take.kept not in gone:
            before = widest.get(take.kept)
            if before is None or take.last - take.first > before.last - before.first:
                widest[take.kept] = take
    out = []
    for kept in sorted(widest):
        take = widest[kept]
        out.append(Taken(kept, kept + 1, view.next(kept) - 1, take.lag, take.phrase, take.copies, take.confidence))
    return out

