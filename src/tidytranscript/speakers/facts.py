"""What the sentences of a talk show of who says them, as features that a person can read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from tidytranscript.memo import Memo

_AROUND: Final = "\"'“”‘’.,?!…:;—–-()[] "
_I: Final = frozenset(("i", "i'm", "i've", "i'd", "i'll", "my"))
_YOU: Final = frozenset(("you", "your", "you're", "you've", "you'd", "you'll", "yours", "yourself"))
_UP_TO_10: Final = (*["1 word"] * 2, "2 words", *["3 to 5"] * 3, *["6 to 10"] * 5)  # by their number
_SIZES: Final = (*_UP_TO_10, *["11 to 24"] * 14)
_STRETCHES: Final = (*_UP_TO_10, *["11 to 16"] * 6, *["17 to 24"] * 8, *["25 to 40"] * 16)
_SHORT: Final = 3  # words of a sentence that is known as a whole
_MARKS: Final = ".?!…,"
_ADDRESSED: Final = {  # by whether no word is of the first person, and none of the second
    (False, False): "I and you",
    (False, True): "I",
    (True, False): "you",
    (True, True): "neither",
}
_TABLE_SIZE: Final = 50_000
_WELCOMED: Final = re.compile(
    r"thank(?: you|s)\b.{0,30}\b(?:for|to)\b.{0,12}\b(?:coming|having|joining|being|inviting|doing|taking)\b"
    r"|welcome to\b|great to have you\b|good to see you\b"
)
_WELCOMES: Final = ("thank", "welcome to", "great to have you", "good to see you")


class Said(NamedTuple):
    """A sentence: where it stands in the text, its words in lower case, and the mark it ends with.

    `sure` is how likely it is that a sentence ends before it, in rounded log-odds; None where its writer says so.
    """

    start: int
    end: int
    words: list[str]
    mark: str
    sure: int | None = None


class Facts(NamedTuple):
    """What the sentences of a talk show: a column for each fact, a row for each sentence."""

    mark: Sequence[str]  # its last mark: "?", "." or another
    first: Sequence[str]  # its first word
    opening: Sequence[str]  # its first two words
    last: Sequence[str]  # its last word
    whole: Sequence[str]  # all of it, if it is short
    size: Sequence[str]
    address: Sequence[str]  # "I", "you", both or neither
    welcomed: Sequence[bool]  # someone was welcomed or thanked for coming just before


def plain(text: str) -> str:
    """The text in lower case, with straight apostrophes; each character where it was.

    >>> plain("I’M Here")
    "i'm here"
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join([c.lower() if len(c.lower()) == 1 else c for c in text])
    return lower.replace("’", "'")


def _stripped(part: str) -> str:
    return part.strip(_AROUND)


_STRIPPED: Final = Memo(_stripped, _TABLE_SIZE)


def said(lowered: str, start: int, end: int) -> Said:
    """The sentence `lowered[start:end]` of a text in lower case, as written."""
    sentence = lowered[start:end]
    words = list(map(_STRIPPED.__getitem__, sentence.split()))
    if "" in words:
        words = list(filter(None, words))
    return Said(start, end, words, sentence[-1:] if sentence[-1:] in _MARKS else "other")


def facts_of(lowered: str, talk: Sequence[Said]) -> Facts:
    """What each sentence of a talk shows."""
    talked = [sentence.words for sentence in talk]
    welcomed = _after_welcomes(lowered, [sentence.start for sentence in talk])
    nobody, nobody_else = map(_I.isdisjoint, talked), map(_YOU.isdisjoint, talked)
    return Facts(
        [sentence.mark for sentence in talk],
        [words[0] if words else "" for words in talked],
        [" ".join(words[:2]) for words in talked],
        [words[-1] if words else "" for words in talked],
        [" ".join(words) if len(words) <= _SHORT else "" for words in talked],
        [_SIZES[len(words)] if len(words) < len(_SIZES) else "long" for words in talked],
        list(map(_ADDRESSED.__getitem__, zip(nobody, nobody_else, strict=True))),
        [i in welcomed for i in range(len(talk))],
    )


def role_features(row: tuple[Any, ...]) -> list[str]:
    """The features of a sentence, of which `Facts` has this row, beside its words: they tell the one who asks."""
    mark, first, opening, last, whole, size, address, welcomed = row
    names = [
        "base",
        size,
        f"ends with {mark}",
        f"{size}, ends with {mark}",
        f"opens with {first}",
        f"opens with {opening}",
        f"{address}, ends with {mark}",
        f"{address}, {size}",
        f"ends in {last}",
    ]
    if whole:
        names.append(f"says {whole}{mark}")
    if welcomed:
        names.append("welcomed")
    return names


def length_of(words: int) -> str:
    """How long a stretch of so many words is, in words for a person.

    >>> length_of(4), length_of(30), length_of(100)
    ('3 to 5', '25 to 40', 'long')
    """
    return _STRETCHES[words] if words < len(_STRETCHES) else "long"


def _after_welcomes(lowered: str, starts: list[int]) -> set[int]:
    """The sentences before which someone was welcomed, or thanked for coming."""
    found = set()
    for word in _WELCOMES:
        at = lowered.find(word)
        while at >= 0:
            if _WELCOMED.match(lowered, at):
                found.add(bisect_right(starts, at))
            at = lowered.find(word, at + 1)
    return found
