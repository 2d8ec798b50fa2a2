"""Phrases that stand twice or more in a row, found on the bytes of a words view and merged until none is left.

One sweep of exclusive-or over the code bytes, shifted by n, shows every repeat of n words as a run of zeros; Python
looks only at those places. Merging can bring a new repeat together (`a b b a b`), so the neighbourhood of each merge
is looked at again, until nothing more is found: the words that are left hold no repeat that would be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from attrs import field, frozen

from tidytranscript.words import Words


class Run(NamedTuple):
    """Copies of a phrase in a row, as word indices: `words` is the first copy, `copies` how many there are."""

    view: View
    words: tuple[int, ...]
    copies: int
    gaps: tuple[str, ...]  # what stands between one copy and the next
    keys: tuple[str, ...]  # the phrase


class Taken(NamedTuple):
    """Words `first` to `last` (inclusive) go: they say again what ends with the word `kept`."""

    kept: int
    first: int
    last: int
    phrase: tuple[int, ...]
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


Joins: TypeAlias = Callable[[str], bool]
"""Whether two words with this gap between them are said in one breath."""


def _always(gap: str) -> bool:
    return True


def merged(
    words: Words, longest: int, least: Callable[[int], int], judge: Judge, joins: Joins = _always
) -> list[Taken]:
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
        refused: set[int] = set()  # words beside which a run was judged as meant: a merge there may change that
        for at, lag, zeros in _hits(codes, longest, least):
            for run, confidence in _judged(view, order, (at, lag, zeros), least(lag), joins, judge, gone, refused):
                merges.append(_merge(view, run, confidence, gone))
        taken += merges
        if not merges:
            return _whole(view, gone, taken)
        left = sorted({merge.kept for merge in merges} - gone)
        places = [kept for kept in left if kept in refused or _may_meet(view, kept, longest, gone)]
        order = _around(view, places, longest * max(map(least, range(1, longest + 1))))
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


def _judged(
    view: View,
    order: Sequence[int],
    hit: tuple[int, int, int],
    least: int,
    joins: Joins,
    judge: Judge,
    gone: set[int],
    refused: set[int],
) -> Iterator[tuple[Run, float]]:
    """The runs in a stretch of equal codes that were not meant; the caller merges each before asking for the next."""
    at, lag, zeros = hit
    end, turned_down = at + zeros, 0
    while end - at >= lag * (least - 1):
        if lag == 1:
            run = _run_of_one(view, order, at, end - at, joins, gone)
        else:
            run = _run(view, order, at, lag, end - at, joins, gone)
        confidence = 0.0
        if run is None or run.copies < least:
            at += 1  # codes may be equal where words are not
        elif confidence := judge(run):
            yield run, confidence
            at += lag * run.copies
        else:  # it may be meant only as it was cut into copies: `b a b a b` is also `b, a b, a b`
            refused.update((view.previous(order[at]), order[at + lag * run.copies - 1]))
            turned_down += 1
            at += 1 if turned_down % lag else lag * (run.copies - 1)


def _run(view: View, order: Sequence[int], at: int, lag: int, zeros: int, joins: Joins, gone: set[int]) -> Run | None:
    key = view.words.key
    words = order[at : at + lag]
    if min(words) < 0 or not gone.isdisjoint(words):
        return None
    keys = [key(i) for i in words]
    if any(lag % n == 0 and keys == keys[:n] * (lag // n) for n in range(1, lag // 2 + 1)):
        return None  # copies of a shorter phrase, which has been judged as such
    if not all(joins(view.gap(i)) for i in words[:-1]):
        return None
    gaps: list[str] = []
    for first in range(at + lag, at + lag + zeros - zeros % lag, lag):
        these = order[first : first + lag]
        if not gone.isdisjoint(these) or any(i < 0 or key(i) != k for i, k in zip(these, keys, strict=True)):
            break
        gap = view.gap(order[first - 1])
        if not joins(gap):
            break
        gaps.append(gap)
    return Run(view, tuple(words), len(gaps) + 1, tuple(gaps), tuple(keys)) if gaps else None


def _run_of_one(view: View, order: Sequence[int], at: int, zeros: int, joins: Joins, gone: set[int]) -> Run | None:
    key, first = view.words.key, order[at]
    if first < 0 or first in gone:
        return None
    word, gaps = key(first), []
    before = first
    for i in order[at + 1 : at + 1 + zeros]:
        if i in gone or i < 0 or key(i) != word:
            break
        gap = view.gap(before)
        if not joins(gap):
            break
        gaps.append(gap)
        before = i
    return Run(view, (first,), len(gaps) + 1, tuple(gaps), (word,)) if gaps else None


def _merge(view: View, run: Run, confidence: float, gone: set[int]) -> Taken:
    kept = run.words[-1]
    at = first = view.next(kept)
    last = kept
    for _ in range(len(run.words) * (run.copies - 1)):
        gone.add(at)
        last, at = at, view.next(at)
    view.after[kept], view.before[at] = at, kept
    view.tail[kept] = view.tail.get(last, last)
    return Taken(kept, first, last, run.words, run.copies, confidence)


def _may_meet(view: View, kept: int, longest: int, gone: set[int]) -> bool:
    """Whether a repeat can reach over the place of a merge: both words there must come again close by."""
    codes, at = view.words.codes, view.next(kept)
    if at >= len(codes):
        return False
    if gone.isdisjoint(range(kept - longest, kept)):
        near = codes[max(0, kept - longest) : kept]
    else:
        near = bytes([codes[i] for i in _walk(view.previous, kept, longest, len(codes))])
    if gone.isdisjoint(range(at + 1, at + longest + 1)):
        near += codes[at + 1 : at + 1 + longest]
    else:
        near += bytes([codes[i] for i in _walk(view.next, at, longest, len(codes))])
    return codes[kept] == codes[at] or (codes[kept] in near and codes[at] in near)


def _walk(step: Callable[[int], int], at: int, steps: int, size: int) -> Iterator[int]:
    for _ in range(steps):
        at = step(at)
        if not 0 <= at < size:
            return
        yield at


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
        out.append(take._replace(first=kept + 1, last=view.next(kept) - 1))
    return out
