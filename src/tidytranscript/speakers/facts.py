"""What the sentences of a talk show of who says them, as features that a person can read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, Final, NamedTuple

_AROUND: Final = "\"'“”‘’.,?!…:;—–-()[] "
_I: Final = frozenset(("i", "i'm", "i've", "i'd", "i'll", "my"))
_YOU: Final = frozenset(("you", "your", "you're", "you've", "you'd", "you'll", "yours", "yourself"))
_UP_TO_10: Final = (*["1 word"] * 2, "2 words", *["3 to 5"] * 3, *["6 to 10"] * 5)  # by their number
_SIZES: Final = (*_UP_TO_10, *["11 to 24"] * 14)
_STRETCHES: Final = (*_UP_TO_10, *["11 to 16"] * 6, *["17 to 24"] * 8, *["25 to 40"] * 16)
_SHORT: Final = 3  # words of a sentence that is known as a whole
_ASKED: Final = 4  # sentences since a question, at most
_LOOK_BACK, _LOOK_AHEAD = 6, 7  # sentences to a question, at most
_FAR: Final = 99
_MARKS: Final = ".?!…,"
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
    """What a sentence shows."""

    mark: str  # its last mark: "?", "." or another
    first: str  # its first word
    opening: str  # its first two words
    last: str  # its last word
    whole: str  # all of it, if it is short
    size: str
    address: str  # "I", "you", both or neither
    welcomed: bool  # someone was welcomed or thanked for coming just before


def plain(text: str) -> str:
    """The text in lower case, with straight apostrophes; each character where it was.

    >>> plain("I’M Here")
    "i'm here"
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join([c.lower() if len(c.lower()) == 1 else c for c in text])
    return lower.replace("’", "'")


def said(lowered: str, start: int, end: int) -> Said:
    """The sentence `lowered[start:end]` of a text in lower case, as written."""
    sentence = lowered[start:end]
    words = [word for word in [part.strip(_AROUND) for part in sentence.split()] if word]
    return Said(start, end, words, sentence[-1:] if sentence[-1:] in _MARKS else "other")


def facts_of(lowered: str, talk: Sequence[Said]) -> list[Facts]:
    """What each sentence of a talk shows, in order."""
    welcomed = _after_welcomes(lowered, [sentence.start for sentence in talk])
    found = []
    for i, (_, _, words, mark, _) in enumerate(talk):
        me, you = not _I.isdisjoint(words), not _YOU.isdisjoint(words)
        count = len(words)
        found.append(
            Facts(
                mark,
                words[0] if words else "",
                " ".join(words[:2]),
                words[-1] if words else "",
                " ".join(words) if count <= _SHORT else "",
                _size(count, _SIZES),
                "I and you" if me and you else "I" if me else "you" if you else "neither",
                i in welcomed,
            )
        )
    return found


class Gap(NamedTuple):
    """What the gap before a sentence shows, in pieces: each has some features, and comes again and again in a talk."""

    shape: tuple[str, ...]
    opening: tuple[str, ...]
    before: tuple[str, ...]
    questions: tuple[str | int, ...]
    whole: tuple[str | bool, ...]
    after: tuple[str, ...]
    ends: tuple[str, ...]


def gaps_of(talk: Sequence[Said], facts: Sequence[Facts]) -> list[Gap | None]:
    """The gap before each sentence of a talk; None before the first."""
    out: list[Gap | None] = [None] if talk else []
    ahead = _questions_ahead(talk)
    likely = _likely_ends(talk) if talk and talk[-1].sure is not None else []
    since, asked = 0, _FAR  # words since the last question ended, and sentences
    for i, (before, now, after) in enumerate(zip_longest(facts, facts[1:], facts[2:]), 1):
        if now is None:
            break
        mark = before.mark
        since, asked = (0, 0) if mark == "?" else (since + len(talk[i - 1].words), asked + 1)
        sentences, words = ahead[i]
        near = sentences <= _LOOK_AHEAD
        last = _size(since, _STRETCHES) if asked < _FAR else "never"
        until, within = (str(sentences), _size(words, _STRETCHES)) if near else ("none", "none")
        out.append(
            Gap(
                (mark, before.size, before.address, now.mark, now.size, now.address),
                (mark, now.first, now.opening, now.mark),
                (before.first, before.last),
                (asked if asked < _LOOK_BACK else _LOOK_BACK, last, until, within, mark, now.size),
                (now.whole, now.mark, before.whole, mark, now.welcomed),
                (now.size, after.first, after.size, after.mark) if after else (),
                tuple(_end_features(talk, facts, i, likely)) if likely else (),
            )
        )
    return out


def _of_shape(piece: tuple[str, ...]) -> tuple[str, ...]:
    mark, size, address, now_mark, now_size, now_address = piece
    return (
        "base",
        f"{mark} then {now_mark}",
        f"{size} then {now_size}",
        f"{address} then {now_address}",
        f"{mark} then {now_size}",
        f"before {size}",
        now_size,
    )


def _of_opening(piece: tuple[str, ...]) -> tuple[str, ...]:
    before, first, opening, mark = piece
    return (
        f"opens with {first}",
        f"opens with {opening}",
        f"{before} then opens with {first}",
        f"opens with {first}, ends with {mark}",
    )


def _of_before(piece: tuple[str, ...]) -> tuple[str, ...]:
    first, last = piece
    return f"before ends in {last}", f"before opens with {first}"


def _of_questions(piece: tuple[str | int, ...]) -> tuple[str, ...]:
    asked, last, until, within, mark, size = piece
    return (
        f"asked {min(int(asked), _ASKED)} before, {size}",
        f"last question {last} before",
        f"next question in {until}",
        f"{mark} then question within {within}",
        f"asked {asked} before, next question in {until}",
    )


def _of_whole(piece: tuple[str | bool, ...]) -> tuple[str, ...]:
    whole, mark, before, before_mark, welcomed = piece
    names = [f"says {whole}{mark}"] if whole else []
    names += [f"said {before}{before_mark}"] if before else []
    return (*names, "welcomed") if welcomed else tuple(names)


def _of_after(piece: tuple[str, ...]) -> tuple[str, ...]:
    if not piece:
        return ()
    size, first, after, mark = piece
    return f"afterwards opens with {first}", f"{size} then {after} {mark}"


def _of_ends(piece: tuple[str, ...]) -> tuple[str, ...]:
    return piece


PIECES: Final[tuple[Callable[[Any], tuple[str, ...]], ...]] = (
    _of_shape,
    _of_opening,
    _of_before,
    _of_questions,
    _of_whole,
    _of_after,
    _of_ends,
)
"""The features of each piece of a gap."""


def features_of(gap: Gap | None) -> list[str]:
    """The features of a gap; none of that before the first sentence."""
    return [name for names, piece in zip(PIECES, gap, strict=True) for name in names(piece)] if gap else []


def gap_features(talk: Sequence[Said], facts: Sequence[Facts]) -> list[list[str]]:
    """The features of the gap before each sentence of a talk; none for the first."""
    return [features_of(gap) for gap in gaps_of(talk, facts)]


def role_features(facts: Facts) -> list[str]:
    """The features of a sentence, beside its words, that tell the one who asks from the one who answers."""
    names = [
        "base",
        facts.size,
        f"ends with {facts.mark}",
        f"{facts.size}, ends with {facts.mark}",
        f"opens with {facts.first}",
        f"opens with {facts.opening}",
        f"{facts.address}, ends with {facts.mark}",
        f"{facts.address}, {facts.size}",
        f"ends in {facts.last}",
    ]
    if facts.whole:
        names.append(f"says {facts.whole}{facts.mark}")
    if facts.welcomed:
        names.append("welcomed")
    return names


def _end_features(talk: Sequence[Said], facts: Sequence[Facts], i: int, likely: Sequence[tuple[int, int]]) -> list[str]:
    """What the odds of sentence ends around a gap add, where nobody wrote them."""
    sure, following = talk[i].sure, talk[i + 1].sure if i + 1 < len(talk) else "end"
    back, ahead = (_size(words, _STRETCHES) for words in likely[i])
    names = [
        f"end {sure}",
        f"end {sure} then {following}",
        f"end {sure}, opens with {facts[i].first}",
        f"end {sure}, before {facts[i - 1].mark}",
        f"end {sure}, likely one {ahead} ahead",
        f"end {sure}, likely one {back} back",
        f"likely ends {back} back and {ahead} ahead",
        f"likely end {ahead} ahead, opens with {facts[i].first}",
    ]
    if i > 1:
        names.append(f"end {talk[i - 1].sure} then {sure} then {following}")
    return names


def _likely_ends(talk: Sequence[Said]) -> list[tuple[int, int]]:
    """How many words lie between each gap and the likely ends of a sentence on both sides of it."""
    back, ahead = [], []
    words = _FAR
    for sentence in talk:
        back.append(words)
        words = (0 if sentence.sure is None or sentence.sure >= 0 else words) + len(sentence.words)
    words = _FAR
    for sentence in reversed(talk):
        words += len(sentence.words)
        ahead.append(words)
        words = 0 if sentence.sure is None or sentence.sure >= 0 else words
    return list(zip(back, reversed(ahead), strict=True))


def _questions_ahead(talk: Sequence[Said]) -> list[tuple[int, int]]:
    """How many sentences each is before the next that ends in a question mark, and the words up to its end."""
    sentences, words = _FAR, 0
    out = []
    for sentence in reversed(talk):
        sentences, words = (0, 0) if sentence.mark == "?" else (sentences + 1, words)
        words += len(sentence.words)
        out.append((sentences, words))
    return out[::-1]


def _size(count: int, sizes: Sequence[str]) -> str:
    return sizes[count] if count < len(sizes) else "long"


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
