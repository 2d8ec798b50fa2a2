"""A first, honest guess at turns where the text says nothing of who speaks: questions and answers, greetings, thanks.

Each gap between two sentences has features that a person can read (`? then opens with yeah`, `you then I`), and each
sentence some of its own (`long`, `ends with ?`). Their weights (`data/turns.json`: two logistic regressions) give the
odds of a change of speaker, and of the one who asks against the one who answers. The likeliest sequence for the whole
conversation is then found at once, so that one missed change does not turn all that follows around; and found again
with the words that each of the two uses more than the other.

On conversations that it was not trained on, more than half of its changes are right in interviews (54 %, of 59 % found)
and five of six in consultations (83 %, of 87 %); its confidence is that of the gap alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import exp, log, sqrt
from typing import Final, NamedTuple

from attrs import frozen

from tidytranscript.sentences import sentences

_SUREST: Final = 0.99  # 1.0 is for what the source itself says
_TEMPER: Final = 0.72  # how far the odds are to be believed, fitted to how often they were right (docs/passes.md)
_SAYS: Final = re.compile(r"[^\W_]")
_WELCOMED: Final = re.compile(
    r"thank(?: you|s)\b.{0,30}\b(?:for|to)\b.{0,12}\b(?:coming|having|joining|being|inviting|doing|taking)\b"
    r"|welcome to\b|great to have you\b|good to see you\b",
    re.IGNORECASE,
)
_WELCOMES: Final = ("hank", "elcome to", "reat to have you", "ood to see you")  # without the letter that has a case
_AROUND: Final = "\"'“”‘’.,?!…:;—–-()[] "
_I: Final = ("i ", "i'", "my ")
_SIZES: Final = ((1, "1 word"), (2, "2 words"), (5, "3 to 5"), (10, "6 to 10"), (24, "11 to 24"))
_SHORT: Final = 3  # words of a sentence that is known as a whole
_ASKED: Final = 4  # sentences since a question, at most

# Chosen on conversations that the weights were not trained on.
_SENTENCE: Final = (9.0, 13.0)  # words of a mean sentence, in consultations and in interviews
_LEAN: Final = -0.5
_OWN, _OWN_MOST = 0.3, 1.0  # what the two speakers' own words add
_OPENING: Final = re.compile(
    r"[Ww]elcome (?:back )?to\b|\b[Mm]y guest\b|\b(?:conversation|talk|interview) with [A-Z]"
    r"|\b(?:I['’]m|I am|[Mm]y name(?: is|['’]s)) [A-Z]"
)
_MOST_OPENING: Final = 40  # sentences
_OPENS: Final = 3.0
_ENOUGH: Final = 200  # words that each must have said for that
_OFTEN: Final = 4


class Stretch(NamedTuple):
    """A guessed turn: `text[start:end]`, whether the one who asks speaks, and how sure its start is (0 to 1)."""

    start: int
    end: int
    asks: bool
    confidence: float


class Facts(NamedTuple):
    """What a sentence shows."""

    end: str  # its last mark: "?", "." or another
    first: str  # its first word
    opening: str  # its first two words
    last: str  # its last word
    whole: str  # all of it, if it is short
    size: str
    address: str  # "I", "you", both or neither
    welcomed: bool  # someone was welcomed or thanked for coming just before
    asked: int  # sentences since the last question, 0 if that was one just before


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
    lean = _lean(text, spans)
    evidence = [found.roles * (odds + lean) for odds in evidence]
    for i in _openings(text, spans):
        evidence[i] += _OPENS
    offered = [odds + found.eager for odds in gaps]
    states = _decoded(offered, evidence)
    own = _own_words(text, spans, states)
    if own:
        states = _decoded(offered, [odds + more for odds, more in zip(evidence, own, strict=True)])
    out = []
    first, start = 0, 0
    for i in range(1, len(spans) + 1):
        if i == len(spans) or states[i] != states[first]:
            sure = min(_SUREST, 1 / (1 + exp(-_TEMPER * gaps[first]))) if first else _SUREST
            end = len(text) if i == len(spans) else spans[i][0]
            out.append(Stretch(start, end, states[first], round(sure, 2)))
            first, start = i, end
    return out


def facts_of(text: str, spans: list[tuple[int, int]]) -> Iterator[Facts]:
    """What each sentence shows of who says it."""
    welcomed = _after_welcomes(text, spans)
    asked = _ASKED
    lowered = _lowered(text)
    for i, (start, end) in enumerate(spans):
        sentence = lowered[start:end]
        words = [word.strip(_AROUND) for word in sentence.split(None, _SHORT)[:_SHORT]]
        count = sentence.count(" ") + 1
        me = sentence.startswith(_I) or " i " in sentence or " i'" in sentence or " my " in sentence
        you = "you" in sentence
        yield Facts(
            sentence[-1:] if sentence[-1:] in ".?!…," else "other",
            words[0],
            " ".join(words[:2]),
            sentence.rsplit(None, 1)[-1].strip(_AROUND),
            " ".join(words) if count <= _SHORT else "",
            next((size for most, size in _SIZES if count <= most), "long"),
            "I and you" if me and you else "I" if me else "you" if you else "neither",
            i in welcomed,
            asked,
        )
        asked = 0 if sentence[-1:] == "?" else min(asked + 1, _ASKED)


def gap_features(before: Facts, now: Facts, after: Facts | None) -> list[str]:
    """The features of the gap between two sentences; `after` is the one behind them."""
    names = [
        "base",
        f"{before.end} then {now.end}",
        f"opens with {now.first}",
        f"opens with {now.opening}",
        f"{before.end} then opens with {now.first}",
        f"opens with {now.first}, ends with {now.end}",
        f"before ends in {before.last}",
        f"before opens with {before.first}",
        f"{before.size} then {now.size}",
        f"{before.address} then {now.address}",
        f"{before.end} then {now.size}",
        f"asked {now.asked} before, {now.size}",
        f"before {before.size}",
        now.size,
    ]
    if now.whole:
        names.append(f"says {now.whole}{now.end}")
    if before.whole:
        names.append(f"said {before.whole}{before.end}")
    if now.welcomed:
        names.append("welcomed")
    if after:
        names += (f"afterwards opens with {after.first}", f"{now.size} then {after.size} {after.end}")
    return names


def sentence_features(now: Facts) -> list[str]:
    """The features of a sentence that tell the one who asks from the one who answers."""
    names = [
        "base",
        now.size,
        f"ends with {now.end}",
        f"{now.size}, ends with {now.end}",
        f"opens with {now.first}",
        f"opens with {now.opening}",
        f"{now.address}, ends with {now.end}",
        f"{now.address}, {now.size}",
        f"ends in {now.last}",
    ]
    if now.whole:
        names.append(f"says {now.whole}{now.end}")
    if now.welcomed:
        names.append("welcomed")
    return names


def _odds(facts: list[Facts], weights: Weights) -> tuple[list[float], list[float]]:
    """Log-odds of a change before each sentence, and of the one who asks in it."""
    change, asks = weights.change, weights.asks
    known: dict[Facts, float] = {}
    gaps, evidence = [0.0], []
    for before, now, after in zip(facts, facts[1:], [*facts[2:], None], strict=False):
        gaps.append(sum([change.get(name, 0.0) for name in gap_features(before, now, after)]))
    for now in facts:
        shown = known.get(now)
        if shown is None:
            shown = known[now] = sum([asks.get(name, 0.0) for name in sentence_features(now)])
        evidence.append(shown)
    return gaps, evidence


def _lowered(text: str) -> str:
    """The text in lower case, with straight apostrophes; each character where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join([c.lower() if len(c.lower()) == 1 else c for c in text])
    return lower.replace("’", "'")


def _openings(text: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """The sentences before the first question with which the one who asks opens the talk."""
    for i, (start, end) in enumerate(spans[:_MOST_OPENING]):
        if text[end - 1] == "?":
            return
        if _OPENING.search(text, start, end):
            yield i


def _lean(text: str, spans: list[tuple[int, int]]) -> float:
    """How much a sentence that tells nothing is rather an answer: in an interview, whose sentences are long, much."""
    mean = sum([text.count(" ", start, end) + 1 for start, end in spans]) / len(spans)
    low, high = _SENTENCE
    return _LEAN * min(1.0, max(0.0, (mean - low) / (high - low)))


def _own_words(text: str, spans: list[tuple[int, int]], states: list[bool]) -> list[float]:
    """How far each sentence is in the words that one of the two uses more than the other, as first decoded.

    Nothing where one of them says too little. The odds of a word are those of a unigram model of each, smoothed.
    """
    plain = _lowered(text).replace(",", " ")
    said = [plain[start : end - 1].split() for start, end in spans]
    counts = {True: Counter[str](), False: Counter[str]()}
    for words, asks in zip(said, states, strict=True):
        counts[asks].update(words)
    sums = {asks: sum(counts[asks].values()) for asks in counts}
    if min(sums.values()) < _ENOUGH:
        return []
    often = [word for word in counts[True] | counts[False] if counts[True][word] + counts[False][word] >= _OFTEN]
    odds = {word: _rate(counts[True][word], sums[True]) - _rate(counts[False][word], sums[False]) for word in often}
    found = []
    for words in said:
        told = sum([odds.get(word, 0.0) for word in words]) / sqrt(len(words) or 1)
        found.append(max(-_OWN_MOST, min(_OWN_MOST, _OWN * told)))
    return found


def _rate(count: int, total: int) -> float:
    return log((count + 1) / (total + 50))


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
