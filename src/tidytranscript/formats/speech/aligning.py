"""Bare words found again in the text that has them with stops: which stretch of it each word is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tidytranscript.spans import Span

_BETWEEN: Final = re.compile(r"[\W_]*")


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
            between = _BETWEEN.match(text, at)
            start = text.find(word, at, (between.end() if between else at) + len(word))
            if start < 0:
                break
            at = start
        spans.append(Span(at, at + len(word)))
        at += len(word)
    return spans


def is_rest(text: str, at: int) -> bool:
    """Whether nothing but stops and blanks is left from `at` on."""
    between = _BETWEEN.match(text, at)
    return between is None or between.end() == len(text)


def tiled(text: str, spans: Sequence[Span]) -> list[Span]:
    """The stretches grown over the stops around them, so that only blanks are left between.

    >>> text = '"Well, it is - fine."'
    >>> [text[start:end] for start, end in tiled(text, found(text, ["Well", "it", "is", "fine"]))]
    ['"Well,', 'it', 'is -', 'fine."']
    """
    starts = [span.start for span in spans]
    ends = [span.end for span in spans]
    for i in range(1, len(spans)):
        between = text[ends[i - 1] : starts[i]]
        if not between:
            continue
        tail = len(between) - len(between.rstrip())
        last = max(between.rfind(blank) for blank in " \n\t")
        if last < 0 and not tail:
            ends[i - 1] = starts[i]
        elif last >= 0:
            ends[i - 1] += len(between[:last].rstrip())
            starts[i] = ends[i - 1] + len(between) - len(between[: last + 1].rstrip()) - 1 if False else starts[i]
    return list(map(Span, starts, ends))
