"""How far what was cut off at the ends of a text can be felt in what a pipeline makes of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from tidytranscript.edits import Patch
from tidytranscript.engine import Step
from tidytranscript.pipeline import Result
from tidytranscript.spans import Span

_WORD: Final = re.compile(r"\S*[^\W_]\S*")
_LETTERS: Final = 12  # of a word and its blank, generously: how far back to look for so many words at first


class Way:
    """The way of a text through the steps of a run, and how far what was cut off at its ends can be felt."""

    def __init__(self, result: Result) -> None:
        self.steps: Sequence[Step] = result.steps
        self.reaches = _reaches(result)
        self.texts = list(accumulate(self.steps, lambda text, step: step.patch.apply(text), initial=result.source.text))

    def place(self, at: int, *, settled: bool = False) -> int | None:
        """Where a place of the source is in the result; None where an edit touches it.

        At a place that has settled, an edit may start: what it changes was not there when the place settled.
        """
        for step in self.steps:
            moved = _moved(step.patch, at, settled)
            if moved is None:
                return None
            at = moved
        return at

    def certain_from(self, start: int) -> int:
        """The place in the result behind which nothing depends on what stands before `start` in the source."""
        at = start
        for text, step, reach in zip(self.texts, self.steps, self.reaches, strict=False):
            at = _line_end(text, _words_on(text, at, reach))
            for start, end in sorted(_spans(step)):
                if start <= at < end:
                    at = end
            at = _beyond(step.patch, at)
        return at

    def certain_up_to(self) -> int:
        """The place in the result before which nothing depends on what follows the source."""
        at = len(self.texts[0])
        for text, step, reach in zip(self.texts, self.steps, self.reaches, strict=False):
            at = text.rfind("\n", 0, words_back(text, at, reach)) + 1
            for start, end in sorted(_spans(step), key=_end, reverse=True):
                if start < at <= end:
                    at = start
            at = _before(step.patch, at)
        return at


def _reaches(result: Result) -> list[int]:
    of: dict[str, int] = {pass_.name: getattr(pass_, "reach", 0) for pass_ in result.pipeline.passes}
    return [of[step.name] for step in result.steps]


def _spans(step: Step) -> Iterator[Span]:
    yield from (finding.reach for finding in step.taken)
    yield from (finding.reach for finding, _ in step.declined)


def _end(span: Span) -> int:
    return span.end


def _moved(patch: Patch, at: int, may_start: bool) -> int | None:
    shift = 0
    for (start, end), new in patch.edits:
        if may_start and start == at:
            break
        if start <= at <= end:
            return None
        if start > at:
            break
        shift += len(new) - (end - start)
    return at + shift


def _beyond(patch: Patch, at: int) -> int:
    return at + sum(len(new) - (end - start) for (start, end), new in patch.edits if end <= at)


def _before(patch: Patch, at: int) -> int:
    return at + sum(len(new) - (end - start) for (start, end), new in patch.edits if end <= at and start < at)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _words_on(text: str, at: int, count: int) -> int:
    for match in _WORD.finditer(text, at) if count else ():
        count -= 1
        if not count:
            return match.end()
    return len(text) if count else at


def words_back(text: str, at: int, count: int) -> int:
    """The start of the word that stands `count` words before a place; 0 where there are not so many."""
    if not count:
        return at
    size = count * _LETTERS
    while True:
        first = max(0, at - size)
        starts = [match.start() for match in _WORD.finditer(text, first, at)]
        if len(starts) > count:  # the first may be the rest of a word
            return starts[-count]
        if not first:
            return starts[-count] if len(starts) == count else 0
        size *= 2
