"""A first, honest guess at turns where the text says nothing of who speaks: questions and answers, greetings, thanks.

Each gap between two sentences gets a score, a sum of weights that a person can read; what is likelier a change of
speaker than not opens a stretch. Then the whole conversation is decoded at once into the one who asks and the one who
answers, so that one missed change does not turn all that follows around. It is right about half the time on hour-long
interviews, and says so in its confidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from math import exp, log
from typing import Final, NamedTuple

from tidytranscript.words import sentences

# Weights in log-odds. The shares they come from: over English interviews and meetings, 22 % of statement-statement gaps
# change the speaker, 67 % of question-statement gaps, 17 % of question-question gaps; 78 to 88 % before Yeah, Yes, Okay
# and No; 4 to 13 % before And, But, Because, Then, Like, They.
_BASE: Final = -1.5
_AFTER_QUESTION: Final = 2.2
_QUESTION_AFTER_QUESTION: Final = -0.3
_AFTER_TAG: Final = -2.0
_ANSWERS: Final = {
    **{"yeah": 2.6, "mm-hmm": 2.5, "yes": 2.3, "yep": 2.3, "okay": 2.0, "exactly": 2.0, "sure": 2.0, "absolutely": 2.0},
    **{"no": 1.9, "right": 1.8, "thanks": 1.8, "wow": 1.8, "hmm": 1.8, "interesting": 1.6, "amazing": 1.5},
    **{"awesome": 1.5, "great": 1.2},
}
_HESITATES: Final = {"well": 1.0, "um": 1.3, "uh": 1.4, "i": 0.7, "so": 0.4, "it's": 0.4, "good": 0.6}
_GOES_ON: Final = frozenset("and but because then like they or also he she which it".split())
_ASKS_YOU: Final = 1.5
_THANKS: Final = 2.4
_BOTH_MINE: Final = -0.6
_ONE_WORD: Final = 0.5
_ONE_WORD_AFTER_ONE: Final = -1.0
_WENT_ON: Final = -1.2

# Cheap stand-ins for a search by words: `you` also finds `young`, which is rare enough.
_ME: Final = (" I ", "I'", "I’", " my ", " me ")
_YOU: Final = (" you", "You")

_WELCOMED: Final = re.compile(
    r"thank(?: you|s)\b.{0,30}\b(?:for|to)\b.{0,12}\b(?:coming|having|joining|being|inviting|doing|taking)\b"
    r"|welcome to\b|great to have you\b|good to see you\b",
    re.IGNORECASE,
)
_WELCOMES: Final = ("hank", "elcome to", "reat to have you", "ood to see you")  # each without the letter that has a case
_FIRST: Final = re.compile(r"[\w'’-]+")


class Stretch(NamedTuple):
    """A guessed turn: `text[start:end]`, whether the one who asks speaks, and how sure its start is (0 to 1)."""

    start: int
    end: int
    asks: bool
    confidence: float


def guess(text: str) -> list[Stretch]:
    """The guessed turns of a text, in order; one for all of it where nothing shows a change."""
    spans = sentences(text)
    if not spans:
        return []
    welcomed = _after_welcomes(text, spans)
    cuts = [(0, 1.0)]
    before, asked = "", False
    for i, (start, end) in enumerate(spans):
        asks = text[end - 1] == "?"
        first = _first(text, start)
        if i and (asked or asks or first in _ANSWERS or i in welcomed):
            before = text[spans[i - 1][0] : spans[i - 1][1]]
            odds = _score(before, text[start:end], first) + (_THANKS if i in welcomed else 0.0)
            if odds > 0:
                cuts.append((i, 1 / (1 + exp(-odds))))
        asked = asks
    bounds = [*(i for i, _ in cuts), len(spans)]
    asking = _decoded([_asking(text, spans, a, b) for a, b in pairwise(bounds)])
    out: list[Stretch] = []
    for (begins, sure), last, who in zip(cuts, bounds[1:], asking, strict=True):
        end = spans[last - 1][1]
        if out and out[-1].asks == who:
            out[-1] = out[-1]._replace(end=end)
        else:
            out.append(Stretch(spans[begins][0], end, who, round(sure, 2)))
    return out


def _after_welcomes(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """The sentences before which someone was welcomed, or thanked for coming."""
    starts = [start for start, _ in spans]
    found = set()
    for word in _WELCOMES:
        at = text.find(word)
        while at >= 0:
            if _WELCOMED.match(text, at - 1):
                found.add(bisect_right(starts, at))
            at = text.find(word, at + 1)
    return found


def _first(text: str, start: int) -> str:
    match = _FIRST.match(text, start)
    return match[0].lower().replace("’", "'") if match else ""


def _score(before: str, sentence: str, first: str) -> float:
    """Log-odds that the speaker changes between two sentences."""
    asked, asks = before[-1] == "?", sentence[-1] == "?"
    odds = _BASE + _ANSWERS.get(first, 0.0)
    if asked:
        odds += _QUESTION_AFTER_QUESTION if asks else _AFTER_QUESTION
        odds += _HESITATES.get(first, 0.0)
        if before[-7:].lower().endswith(("right?", "okay?", "ok?", "know?")) and len(before) > 12:
            odds += _AFTER_TAG
    elif asks and _says(sentence, _YOU):
        odds += _ASKS_YOU
    if first in _GOES_ON:
        odds += _WENT_ON
    if " " not in sentence:
        odds += _ONE_WORD if " " in before else _ONE_WORD_AFTER_ONE
    if not asked and _says(before, _ME) and _says(sentence, _ME):
        odds += _BOTH_MINE
    return odds


def _says(sentence: str, words: tuple[str, ...]) -> bool:
    return any(word in sentence for word in words)


def _asking(text: str, spans: list[tuple[int, int]], first: int, last: int) -> float:
    """Log-odds that the one who asks speaks these sentences."""
    start, end = spans[first][0], spans[last - 1][1]
    odds = 1.6 if text[end - 1] == "?" else -0.3
    odds += min(text.count("?", start, end), 3) * 0.4
    odds -= min((end - start) / 400, 2.0)
    you = sum(text.count(word, start, end) for word in _YOU)
    me = sum(text.count(word, start, end) for word in _ME)
    return odds + log((1 + you) / (1 + me)) * 0.6


def _decoded(evidence: list[float], stay: float = log(0.25), change: float = log(0.75)) -> list[bool]:
    """Whether the one who asks speaks, stretch by stretch: the likeliest sequence (Viterbi 1967, two states)."""
    score = (evidence[0] / 2 + 0.5, -evidence[0] / 2)
    back: list[tuple[bool, bool]] = []
    for odds in evidence[1:]:
        to_ask = (score[0] + stay, score[1] + change)
        to_answer = (score[0] + change, score[1] + stay)
        back.append((to_ask[0] >= to_ask[1], to_answer[0] >= to_answer[1]))
        score = (max(to_ask) + odds / 2, max(to_answer) - odds / 2)
    out = [score[0] >= score[1]]
    for from_ask, from_answer in reversed(back):
        out.append(from_ask if out[-1] else from_answer)
    return out[::-1]
