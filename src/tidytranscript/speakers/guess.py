"""A first, honest guess at turns where the text says nothing of who speaks: questions and answers, greetings, thanks.

Each gap between two sentences has a few features that a person can read (`asked you`, `opens with yeah`), and each
sentence a few of its own (`asks you`, `long`). Their weights (`data/turns.json`: two logistic regressions) give the
odds of a change of speaker, and of the one who asks against the one who answers. The likeliest sequence for the whole
conversation is then found at once, so that one missed change does not turn all that follows around.

It is right about half the time on hour-long interviews; its confidence is that of the gap alone.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from math import exp
from typing import Final, NamedTuple

from attrs import frozen

from tidytranscript.words import sentences

_OPENERS: Final = frozenset(
    "yeah mm-hmm yes yep okay exactly sure absolutely no right thanks wow hmm interesting amazing "
    "awesome great well um uh i so it's and but because then like they or also he she it you what how "
    "do is thank".split()
)
_ME: Final = (" I ", "I'", "I’", " my ", " me ")
_YOU: Final = (" you ", " you?", " your", "You", " you'", " you’")
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
    data = json.loads(resources.files(__package__).joinpath("data", "turns.json").read_text(encoding="utf-8"))
    return Weights(data["change"], data["asks"], data["roles"], data["eager"])


def guess(text: str, weights: Weights | None = None) -> list[Stretch]:
    """The guessed turns of a text, in order, all of it covered; one where nothing shows a change."""
    spans = [span for span in sentences(text) if _SAYS.search(text, *span)]
    if not spans:
        return []
    found = weights or shipped_weights()
    change, asks, roles = found.change, found.asks, found.roles
    gaps = [sum([change.get(name, 0.0) for name in names]) for names in gap_features(text, spans)]
    evidence = [roles * sum([asks.get(name, 0.0) for name in names]) for names in sentence_features(text, spans)]
    states = _decoded([odds + found.eager for odds in gaps], evidence)
    out = []
    first, start = 0, 0
    for i in range(1, len(spans) + 1):
        if i == len(spans) or states[i] != states[first]:
            sure = 1 / (1 + exp(-gaps[first])) if first else 1.0
            end = len(text) if i == len(spans) else spans[i][0]
            out.append(Stretch(start, end, states[first], round(sure, 2)))
            first, start = i, end
    return out


def gap_features(text: str, spans: list[tuple[int, int]]) -> Iterator[list[str]]:
    """The features of the gap before each sentence."""
    welcomed = _after_welcomes(text, spans)
    asked = asked_you = said_me = one_word = tag = False
    for i, (start, end) in enumerate(spans):
        sentence = text[start:end]
        asks = sentence[-1] == "?"
        you, me = _says(sentence, _YOU), _says(sentence, _ME)
        match = _FIRST.match(sentence)
        first = match[0].lower().replace("’", "'") if match else ""
        single = len(sentence) < 24 and " " not in sentence
        names = ["base"]
        if asked:
            names.append("question after question" if asks else "asked you" if asked_you else "asked")
            if tag:
                names.append("asked for assent")
        elif asks:
            names.append("asks you" if you else "asks")
        if first in _OPENERS:
            names.append(f"opens with {first}")
            if asked:
                names.append(f"asked, opens with {first}")
        if single:
            names.append("one word after one" if one_word else "one word")
        elif one_word:
            names.append("after one word")
        if me:
            names.append("I after I" if said_me else "I")
        elif you:
            names.append("you after I" if said_me else "you")
        if len(sentence) > 140:
            names.append("long")
        if i in welcomed:
            names.append("welcomed")
        yield names
        asked, asked_you, said_me, one_word = asks, asks and you, me, single
        tag = asks and len(sentence) > 12 and sentence[-7:].lower().endswith(_TAGS)


def sentence_features(text: str, spans: list[tuple[int, int]]) -> Iterator[list[str]]:
    """The features of each sentence that tell the one who asks from the one who answers."""
    for start, end in spans:
        sentence = text[start:end]
        you, me = _says(sentence, _YOU), _says(sentence, _ME)
        names = ["base"]
        if sentence[-1] == "?":
            names.append("asks you" if you else "asks")
        elif you:
            names.append("you and I" if me else "you")
        elif me:
            names.append("I")
        size = end - start
        names.append("short" if size < 25 else "long" if size > 140 else "middle")
        yield names


def _says(sentence: str, words: tuple[str, ...]) -> bool:
    return any(word in sentence for word in words)


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
