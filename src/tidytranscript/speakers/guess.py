"""A first, honest guess at turns where the text says nothing of who speaks: questions and answers, greetings, thanks.

Each gap between two sentences has a few features that a person can read (`asked you`, `opens with yeah`), and each
sentence a few of its own (`asks you`, `long`). Their weights (`data/turns.json`: two logistic regressions) give the
odds of a change of speaker, and of the one who asks against the one who answers. The likeliest sequence for the whole
conversation is then found at once, so that one missed change does not turn all that follows around.

It is right about half the time on hour-long interviews; its confidence is that of the gap alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple

from attrs import frozen

from tidytranscript.sentences import sentences

_SUREST: Final = 0.99  # 1.0 is for what the source itself says
_OPENERS: Final = frozenset(
    "yeah mm-hmm yes yep okay exactly sure absolutely no right thanks wow hmm interesting amazing "
    "awesome great well um uh i so it's and but because then like they or also he she it you what how "
    "do is thank".split()
)
_I: Final = ("I ", "My", "I,")
_TAGS: Final = ("right?", "okay?", "ok?", "know?")
_SAYS: Final = re.compile(r"[^\W_]")
_FIRST: Final = re.compile(r"[\w'’-]+")
_WELCOMED: Final = re.compile(
    r"thank(?: you|s)\b.{0,30}\b(?:for|to)\b.{0,12}\b(?:coming|having|joining|being|inviting|doing|taking)\b"
    r"|welcome to\b|great to have you\b|good to see you\b",
    re.IGNORECASE,
)
_WELCOMES: Final = ("hank", "elcome to", "reat to have you", "ood to see you")  # without the letter that has a case


class Stretch(NamedTuple):
    """A guessed turn: `text[start:end]`, whether the one who asks speaks, and how sure its start is (0 to 1)."""

    start: int
    end: int
    asks: bool
    confidence: float


class Facts(NamedTuple):
    """What a sentence shows: few enough values that sentences alike have the same."""

    asks: bool
    tag: bool  # ends with `right?` or the like
    you: bool
    me: bool
    opener: str  # its first word, if that is one that tells something
    size: str  # "word", "short", "middle" or "long"
    welcomed: bool  # someone was welcomed or thanked for coming just before


@frozen
class Weights:
    """Log-odds by feature: `change` of a new speaker at a gap, `asks` of the one who asks in a sentence.

    `roles` is how much the second counts beside the first, `eager` what is added to every gap before decoding.
    """

    change: Mapping[str, float]
    asks: Mapping[str, float]
    roles: float
    eager: float


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the library; the file says what they were trained on."""
    import json
    from importlib import resources

    data = json.loads(resources.files(__package__).joinpath("data", "turns.json").read_text(encoding="utf-8"))
    return Weights(data["change"], data["asks"], data["roles"], data["eager"])


def guess(text: str, weights: Weights | None = None) -> list[Stretch]:
    """The guessed turns of a text, in order, all of it covered; one where nothing shows a change."""
    spans = [span for span in sentences(text) if _SAYS.search(text, *span)]
    if not spans:
        return []
    found = weights or shipped_weights()
    facts = list(facts_of(text, spans))
    gaps, evidence = _odds(facts, found)
    states = _decoded([odds + found.eager for odds in gaps], evidence)
    out = []
    first, start = 0, 0
    for i in range(1, len(spans) + 1):
        if i == len(spans) or states[i] != states[first]:
            sure = min(_SUREST, 1 / (1 + exp(-gaps[first]))) if first else _SUREST
            end = len(text) if i == len(spans) else spans[i][0]
            out.append(Stretch(start, end, states[first], round(sure, 2)))
            first, start = i, end
    return out


def facts_of(text: str, spans: list[tuple[int, int]]) -> Iterator[Facts]:
    """What each sentence shows of who says it."""
    welcomed = _after_welcomes(text, spans)
    for i, (start, end) in enumerate(spans):
        sentence = text[start:end]
        match = _FIRST.match(sentence)
        first = match[0].lower().replace("’", "'") if match else ""
        asks, size = sentence[-1] == "?", end - start
        yield Facts(
            asks,
            asks and size > 12 and sentence[-7:].lower().endswith(_TAGS),
            " you" in sentence or "You" in sentence,
            " I " in sentence or sentence[:2] in _I or "I'" in sentence or "I’" in sentence or " my " in sentence,
            first if first in _OPENERS else "",
            "word"
            if size < 24 and " " not in sentence
            else "short"
            if size < 25
            else "long"
            if size > 140
            else "middle",
            i in welcomed,
        )


def gap_features(before: Facts | None, now: Facts) -> list[str]:
    """The features of the gap between two sentences."""
    names = ["base"]
    if before and before.asks:
        names.append("question after question" if now.asks else "asked you" if before.you else "asked")
        if before.tag:
            names.append("asked for assent")
        if now.opener:
            names.append(f"asked, opens with {now.opener}")
    elif now.asks:
        names.append("asks you" if now.you else "asks")
    if now.opener:
        names.append(f"opens with {now.opener}")
    alone = before is not None and before.size == "word"
    if now.size == "word":
        names.append("one word after one" if alone else "one word")
    elif alone:
        names.append("after one word")
    if now.me:
        names.append("I after I" if before and before.me else "I after you" if before and before.you else "I")
    elif now.you:
        names.append("you after I" if before and before.me else "you")
    if now.size == "long":
        names.append("long")
    if now.welcomed:
        names.append("welcomed")
    return names


def sentence_features(now: Facts) -> list[str]:
    """The features of a sentence that tell the one who asks from the one who answers."""
    names = ["base", now.size]
    if now.asks:
        names.append("asks you" if now.you else "asks")
    elif now.you:
        names.append("you and I" if now.me else "you")
    elif now.me:
        names.append("I")
    return names


def _odds(facts: list[Facts], weights: Weights) -> tuple[list[float], list[float]]:
    """Log-odds of a change before each sentence, and of the one who asks in it; each combination is summed up once."""
    change, asks = weights.change, weights.asks
    known_gaps: dict[tuple[Facts | None, Facts], float] = {}
    known: dict[Facts, float] = {}
    gaps, evidence = [], []
    before = None
    for now in facts:
        pair = (before, now)
        odds = known_gaps.get(pair)
        if odds is None:
            odds = known_gaps[pair] = sum(change.get(name, 0.0) for name in gap_features(before, now))
        gaps.append(odds)
        shown = known.get(now)
        if shown is None:
            shown = known[now] = weights.roles * sum(asks.get(name, 0.0) for name in sentence_features(now))
        evidence.append(shown)
        before = now
    return gaps, evidence


def _after_welcomes(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """The sentences before which someone was welcomed, or thanked for coming."""
    starts = [start for start, _ in spans]
    found = set()
    for word in _WELCOMES:
        at = text.find(word)
        while at >= 0:
            if _WELCOMED.match(text, max(0, at - 1)):
                found.add(bisect_right(starts, at))
            at = text.find(word, at + 1)
    return found


def _decoded(gaps: list[float], evidence: list[float]) -> list[bool]:
    """Whether the one who asks speaks, sentence by sentence: the likeliest sequence (Viterbi 1967, two states).

    A change of state costs what the odds of a change at that gap say; to stay costs nothing.
    """
    ask, answer = evidence[0] / 2, -evidence[0] / 2
    back: list[tuple[bool, bool]] = []
    for odds, shown in zip(gaps[1:], evidence[1:], strict=True):
        stays_asking, stays_answering = ask >= answer + odds, answer >= ask + odds
        back.append((stays_asking, not stays_answering))
        ask, answer = (
            (ask if stays_asking else answer + odds) + shown / 2,
            (answer if stays_answering else ask + odds) - shown / 2,
        )
    out = [ask >= answer]
    for from_asking, was_asking in reversed(back):
        out.append(from_asking if out[-1] else was_asking)
    return out[::-1]
