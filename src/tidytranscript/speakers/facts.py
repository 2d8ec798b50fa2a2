"""What the sentences of a talk show of who says them, as features that a person can read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

_AROUND: Final = "\"'“”‘’.,?!…:;—–-()[] "
_I: Final = frozenset(("i", "i'm", "i've", "i'd", "i'll", "my"))
_YOU: Final = frozenset(("you", "your", "you're", "you've", "you'd", "you'll", "yours", "yourself"))
_SIZES: Final = ((1, "1 word"), (2, "2 words"), (5, "3 to 5"), (10, "6 to 10"), (24, "11 to 24"))
_STRETCHES: Final = (*_SIZES[:4], (16, "11 to 16"), (24, "17 to 24"), (40, "25 to 40"))
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


def gap_features(talk: Sequence[Said], facts: Sequence[Facts]) -> list[list[str]]:
    """The features of the gap before each sentence of a talk; none for the first."""
    out: list[list[str]] = [[]] if talk else []
    ahead = _questions_ahead(talk)
    likely = _likely_ends(talk) if talk and talk[-1].sure is not None else []
    since, asked = 0, _FAR  # words since the last question ended, and sentences
    for i in range(1, len(talk)):
        before, now = facts[i - 1], facts[i]
        since, asked = (0, 0) if before.mark == "?" else (since + len(talk[i - 1].words), asked + 1)
        sentences, words = ahead[i]
        until = str(sentences) if sentences <= _LOOK_AHEAD else "none"
        names = [
            "base",
            f"{before.mark} then {now.mark}",
            f"opens with {now.first}",
            f"opens with {now.opening}",
            f"{before.mark} then opens with {now.first}",
            f"opens with {now.first}, ends with {now.mark}",
            f"before ends in {before.last}",
            f"before opens with {before.first}",
            f"{before.size} then {now.size}",
            f"{before.address} then {now.address}",
            f"{before.mark} then {now.size}",
            f"asked {min(asked, _ASKED)} before, {now.size}",
            f"before {before.size}",
            now.size,
            f"last question {_size(since, _STRETCHES) if asked < _FAR else 'never'} before",
            f"next question in {until}",
            f"{before.mark} then question within {_size(words, _STRETCHES) if sentences <= _LOOK_AHEAD else 'none'}",
            f"asked {min(asked, _LOOK_BACK)} before, next question in {until}",
        ]
        if now.whole:
            names.append(f"says {now.whole}{now.mark}")
        if before.whole:
            names.append(f"said {before.whole}{before.mark}")
        if now.welcomed:
            names.append("welcomed")
        if i + 1 < len(talk):
            after = facts[i + 1]
            names += (f"afterwards opens with {after.first}", f"{now.size} then {after.size} {after.mark}")
        if likely:
            names += _end_features(talk, facts, i, likely)
        out.append(names)
    return out


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


def _size(count: int, sizes: Sequence[tuple[int, str]]) -> str:
    for most, name in sizes:
        if count <= most:
            return name
    return "long"


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
