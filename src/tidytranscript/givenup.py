"""Words given up for those that follow: found one after another, until nothing more is given up in what is left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from tidytranscript.copies import View
from tidytranscript.cuts import taken_out
from tidytranscript.rules import Finding, Rule
from tidytranscript.words import Words

_AGAIN: Final = 16  # words on either side of what was given up that are looked at again


class GivenUp(NamedTuple):
    """The words from `first` up to `repair`, which stays, are given up."""

    first: int
    repair: int
    confidence: float
    why: str


def given_up(
    words: Words, hot: Collection[int], rule: Rule, find: Callable[[View, int], GivenUp | None]
) -> Iterator[Finding]:
    """A finding for each stretch of words that is given up.

    `find` is asked about each of the `hot` words, in order, and about all words near what has gone; what it says may
    only depend on the words that are left within the reach of `_AGAIN`.
    """
    view, gone = View(words), dict[int, GivenUp]()
    queue = deque(sorted(hot))
    while queue:
        at = queue.popleft()
        found = None if at in gone else find(view, at)
        if not found:
            continue
        i = found.first
        while i != found.repair:
            gone[i] = found
            i = view.next(i)
        before = view.previous(found.first)
        view.before[found.repair] = before
        if before >= 0:
            view.after[before] = found.repair
        queue.extendleft(_near(view, found.repair, before))
    yield from _findings(words, gone, rule)


def _near(view: View, repair: int, before: int) -> Iterator[int]:
    i = repair
    for _ in range(_AGAIN):
        if i >= len(view.words):
            break
        yield i
        i = view.next(i)
    i = before
    for _ in range(_AGAIN):
        if i < 0:
            break
        yield i
        i = view.previous(i)


def _findings(words: Words, gone: dict[int, GivenUp], rule: Rule) -> Iterator[Finding]:
    order = sorted(gone)
    k = 0
    while k < len(order):
        first = last = order[k]
        k += 1
        while k < len(order) and order[k] == last + 1:
            last = order[k]
            k += 1
        found = [gone[i] for i in range(first, last + 1)]
        sure = min(f.confidence for f in found)
        edits = taken_out(words, first, last)
        yield rule.at(words.start(first), words.end(last), found[-1].why, *edits, confidence=sure)
