"""What a rule may do to a text, and how far from the spoken words a run may go.

>>> within(Power.DELETE, "um, the", "the")
True
>>> within(Power.DELETE, "the", "a")
False
"""

from __future__ import annotations

import enum
from functools import lru_cache

from tidytranscript.words import word_list


class Power(enum.Flag):
    """What a rule may do; the engine declines every edit that goes further.

    SPACE, PUNCTUATION and CASE let those characters change and nothing else. DELETE lets whole words go.
    REPLACE and ENCODING let words change, and are the only two that can bring a new word in.
    """

    ENCODING = enum.auto()
    SPACE = enum.auto()
    PUNCTUATION = enum.auto()
    CASE = enum.auto()
    DELETE = enum.auto()
    REPLACE = enum.auto()


class Level(enum.Enum):
    """How far from the spoken words the output may go, in the terms of the transcription trade.

    `verbatim` takes out only what nobody said; `clean` (clean verbatim) also fillers, stutters, repetitions and
    abandoned fragments; `edited` (intelligent verbatim) also discourse markers and false starts.
    """

    VERBATIM = "verbatim"
    CLEAN = "clean"
    EDITED = "edited"

    @property
    def rank(self) -> int:
        """0 for verbatim, 1 for clean, 2 for edited."""
        return _RANK[self]

    @property
    def confidence(self) -> float:
        """The confidence from which a finding is applied at this level; below it is a suggestion."""
        return _CONFIDENCE[self]


_RANK = {Level.VERBATIM: 0, Level.CLEAN: 1, Level.EDITED: 2}
_CONFIDENCE = {Level.VERBATIM: 0.9, Level.CLEAN: 0.8, Level.EDITED: 0.7}


_DELETING = frozenset(Power(bits) for bits in range(64) if Power.DELETE in Power(bits))


def within(power: Power, old: str, new: str) -> bool:
    """Whether turning `old` into `new` stays inside `power`."""
    return (new == "" and power in _DELETING) or _within(power, old, new)


@lru_cache(maxsize=4096)
def _within(power: Power, old: str, new: str) -> bool:
    if Power.REPLACE in power or Power.ENCODING in power:
        return True
    old_words, new_words = word_list(old), word_list(new)
    old_rest, new_rest = _rest(old, power), _rest(new, power)
    if Power.CASE in power:
        old_words, new_words = [w.casefold() for w in old_words], [w.casefold() for w in new_words]
    if Power.DELETE in power:
        return _subsequence(new_words, old_words) and _subsequence(new_rest, old_rest)
    return new_words == old_words and new_rest == old_rest


def _rest(text: str, power: Power) -> list[str]:
    """The characters of `text` outside words that `power` does not let change."""
    return [
        c
        for c in text
        if not c.isalnum()
        and not (Power.SPACE in power and c.isspace())
        and not (Power.PUNCTUATION in power and not c.isspace())
    ]


def _subsequence(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(item in rest for item in part)
