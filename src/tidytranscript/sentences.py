"""What a sentence and a number are: the only place that says so."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_STOP: Final = frozenset(".?!…。？！")
# A full stop after one of these ends no sentence.
_NOT_AN_END: Final = frozenset("mr mrs ms dr prof st jr sr vs e.g i.e fig vol inc ltd dept approx cf".split())
_SENTENCE_END: Final = re.compile(r"[.?!…。？！]+[\"'”’)\]]*(?:\s+|\Z|(?<=[。？！]))")
_LONGEST_ABBREVIATION: Final = max(map(len, _NOT_AN_END))
_NUMBER_WORDS: Final = frozenset(
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion trillion double triple".split()
)


def is_number(key: str) -> bool:
    """Whether a word is a number or a part of one: `7`, `3rd`, `five`.

    >>> is_number("five"), is_number("2021"), is_number("fine")
    (True, True, False)
    """
    return key in _NUMBER_WORDS or any(map(str.isdigit, key))


def ends_sentence(before: str, gap: str) -> bool:
    """Whether a sentence ends in the `gap` that follows the word `before` (its key).

    >>> ends_sentence("fine", ". "), ends_sentence("dr", ". "), ends_sentence("fine", ", ")
    (True, False, False)
    """
    return not _SENTENCE_STOP.isdisjoint(gap) and not (before in _NOT_AN_END and "." in gap)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as (start, end), blanks around them left out.

    >>> text = "Dr. Lee is in. Is she? Yes"
    >>> [text[a:b] for a, b in sentences(text)]
    ['Dr. Lee is in.', 'Is she?', 'Yes']
    """
    stop = len(text) if end is None else end
    at = stop - len(text[start:stop].lstrip())
    found = []
    for match in _SENTENCE_END.finditer(text, at, stop):
        dot, after = match.span()
        if text[dot] == "." and _is_abbreviated(text, dot):
            continue
        one_blank = text[after - 1].isspace() and not text[after - 2].isspace()
        found.append((at, after - 1 if one_blank else _blanks_off(text, after)))
        at = after
    last = at + len(text[at:stop].rstrip())
    if last > at:
        found.append((at, last))
    return found


def _is_abbreviated(text: str, dot: int) -> bool:
    start = max(0, dot - _LONGEST_ABBREVIATION - 2)
    head = text[start:dot]
    last = max(head.rfind(" "), head.rfind("\n"))
    return (last >= 0 or start == 0) and head[last + 1 :].lstrip("([\"'“‘").lower() in _NOT_AN_END


def _blanks_off(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end
