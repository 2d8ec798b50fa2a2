"""Bare words found again in the text that has them with stops: which stretch of it each word is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tidytranscript.spans import Span

_BETWEEN: Final = re.compile(r"[\W_]*")
_FURTHEST: Final = 64  # characters of stops between two words


def found(text: str, words: Sequence[str], at: int = 0) -> list[Span]:
    """Where the words stand in the text, one after the other from `at` on, with nothing but stops between them.

    Ends at the first word that does not stand there, so that fewer come back than were asked for.

    >>> text = "Well, it's... fine."
    >>> [text[start:end] for start, end in found(text, ["Well", "it's", "bad"])]
    ['Well', "it's"]
    """
    spans: list[Span] = []
    for word in words:
        if not text.startswith(word, at):
            start = text.find(word, at, at + _FURTHEST + len(word))
            if start < 0 or not _BETWEEN.fullmatch(text, at, start):
                break
            at = start
        spans.append(Span(at, at + len(word)))
        at += len(word)
    return spans


def is_rest(text: str, at: int) -> bool:
    """Whether nothing but stops and blanks is left from `at` on."""
    between = _BETWEEN.match(text, at)
    return between is None or between.end() == len(text)


def tiled(text: str, spans: Sequence[Span], at: int = 0) -> list[Span]:
    """The stretches from `at` on, grown over the stops around them, so that only blanks are left between.

    >>> text = '"Well, it is - fine."'
    >>> [text[start:end] for start, end in tiled(text, found(text, ["Well", "it", "is", "fine"]))]
    ['"Well,', 'it', 'is -', 'fine."']
    """
    if not spans:
        return []
    lead = text[at : spans[0].start]
    starts = [at + len(lead) - len(lead.lstrip())]
    ends: list[int] = []
    for (_, end), (start, _) in pairwise(spans):
        between = text[end:start]
        opening = "" if not between or between[-1].isspace() else between.rsplit(None, 1)[-1]
        if len(opening) == len(between):
            opening = ""  # no blank there: what stands between belongs to the word before
        starts.append(start - len(opening))
        ends.append(end + len(between[: len(between) - len(opening)].rstrip()))
    return list(map(Span, starts, [*ends, max(spans[-1].end, len(text.rstrip()))]))
