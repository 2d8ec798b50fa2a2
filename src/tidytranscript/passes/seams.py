"""The seam between two lines: its words decoded twice, at the end of one and again at the start of the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tidytranscript.cuts import opening
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, WordLists, as_word_pass
from tidytranscript.sentences import ends_sentence
from tidytranscript.words import Words

DECODED_TWICE: Final = Rule(
    "decoded-twice",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION,
    Level.CLEAN,
    "The end of a line that the next line says again and goes on from.",
    fixes=(
        ("The sea would drop.\nThe sea would drop down at night.", "The sea would drop\ndown at night."),
        ("It almost feels that the.\nIt almost feels that the sea is near.", "It almost feels that the\nsea is near."),
        ("It feels like it's.\nIt's a story.", "It feels like it's\na story."),
    ),
    keeps=(
        "Let's go now.\nLet's go now.",
        "I think that is so.\nI think that we can.",
        "We know what it is.\nIt is a start.",
        "which one of these two.\nWhich one is better?",
        "They said that this is all we need.\nAll we need is time.",
        "It is late. It is late in the day.",
    ),
)

_LINE_END: Final = re.compile(r"[.?!…。？！][^\w\n]*\n")
_LONGEST: Final = 12  # words that are decoded twice, at most
_TAIL: Final = 6  # words that a recogniser invents behind them, at most
_LEAST: Final = 3  # words of a whole sentence that no chance brings again
_LEAST_TAILED: Final = 4
_SENTENCE, _HANGING, _CHANCE, _INVENTED = 0.9, 0.85, 0.6, 0.5


@as_word_pass("seams", DECODED_TWICE, reach=24)
def seams(transcript: Transcript, lists: WordLists) -> Iterator[Finding]:
    """Each line's end with a stop whose words the next line begins with, and goes on."""
    words, codes = transcript.words, transcript.words.codes
    hanging = lists.words("repairs", "hanging")
    found: list[Finding] = []
    mended: set[int] = set()  # words whose stop is gone: the next line goes on from them
    for match in reversed(list(_LINE_END.finditer(transcript.text))):
        i = words.before(match.start())
        near = codes[max(0, i - _LONGEST - _TAIL + 1) : i + 1]
        if 0 <= i < len(words) - 2 and (codes[i] == codes[i + 1] or codes[i + 1 : i + 3] in near):
            finding = _seam(words, i, hanging, mended)
            if finding:
                found.append(finding)
    yield from reversed(found)


def _seam(words: Words, i: int, hanging: frozenset[str], mended: set[int]) -> Finding | None:
    """What is decoded twice around the stop behind word `i`, which ends a line."""
    if not ends_sentence(words.key(i), words.gap(i)):
        return None
    again = words.codes[i + 1]
    for first in range(max(0, i - _LONGEST - _TAIL + 1), i + 1):
        n = _copied(words, first, i) if words.codes[first] == again else 0
        tail = i - first - n + 1
        if not n or tail > _TAIL or not _goes_on(words, i, n, mended):
            continue
        sure = _sureness(words, i, n, hanging) if not tail else _INVENTED if n >= _LEAST_TAILED else 0.0
        if sure >= _HANGING:
            mended.add(i)
        if sure:
            return _second_copy(words, i - tail, i, n, sure)
    return None


def _copied(words: Words, first: int, i: int) -> int:
    """How many words, from `first` up to `i`, come again behind `i`."""
    longest = min(_LONGEST, i + 1 - first, len(words) - i - 2)
    return next((n for n in range(longest) if words.key(first + n) != words.key(i + 1 + n)), longest)


def _goes_on(words: Words, i: int, n: int, mended: set[int]) -> bool:
    copy = range(i + 1, i + n + 1)
    return not any(ends_sentence(words.key(k), words.gap(k)) for k in copy if k not in mended)


def _sureness(words: Words, i: int, n: int, hanging: frozenset[str]) -> float:
    """How sure it is that the `n` words that end with word `i` were decoded twice; 0 where they may well be meant."""
    opens = i - n + 1 == 0 or ends_sentence(words.key(i - n), words.gap(i - n))
    if n >= _LEAST and opens:
        return _SENTENCE
    if words.key(i) in hanging and (n > 1 or "'" in words.key(i)):
        return _HANGING
    return _CHANCE if n >= _LEAST else 0.0


def _second_copy(words: Words, kept: int, i: int, n: int, sure: float) -> Finding:
    """The second copy goes, and what stands behind the word `kept` in the line before."""
    text, start, end = words.text, words.end(kept), words.end(i + n)
    line_end, after = text.index("\n", words.end(i)), words.start(i + n + 1)
    stop = words.gap(i + n).replace("\n", " ").strip(" \"“‘'([")
    right = after - opening(text[end:after])
    second = (words.start(i + 1) - opening(text[line_end : words.start(i + 1)]), right, "")
    reason = f"the next line begins with the same {n} words and goes on"
    if kept < i:
        reason += "; what stands between may be invented, and speech may be missing here"
    edits = [(start, line_end, stop), second]
    return DECODED_TWICE.at(words.start(kept - n + 1), end, reason, *edits, confidence=sure)
