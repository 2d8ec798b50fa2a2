"""A first, honest guess at turns where the text says nothing of who speaks: questions and answers, greetings, thanks.

Each gap between two sentences gets a score, a sum of weights that a person can read; what is likelier a change of
speaker than not opens a stretch. Then the whole conversation is decoded at once into the one who asks and the one who
answers, so that one missed change does not turn all that follows around. It is right about half the time on hour-long
interviews, and says so in its confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_ANSWERS: Final = {"yeah": 2.6, "yes": 2.3, "okay": 2.0, "no": 1.9, "right": 1.8, "yep": 2.3, "exactly": 2.0, "sure": 2.0}
_ANSWERS |= {"mm-hmm": 2.5, "thanks": 1.8, "absolutely": 2.0, "interesting": 1.6, "wow": 1.8, "hmm": 1.8, "amazing": 1.5}
_ANSWERS |= {"awesome": 1.5, "great": 1.2}
_HESITATES: Final = {"well": 1.0, "um": 1.3, "uh": 1.4, "i": 0.7, "so": 0.4, "it's": 0.4, "good": 0.6}
_GOES_ON: Final = frozenset("and but because then like they or also he she which it".split())
_ASKS_YOU: Final = 1.5
_THANKS: Final = 2.4
_BOTH_MINE: Final = -0.6
_ONE_WORD: Final = 0.5

_ME: Final = re.compile(r"\b(?:i|i'm|i've|i’m|i’ve|my|me)\b", re.IGNORECASE)
_YOU: Final = re.compile(r"\b(?:you|your|you've|you’ve|you're|you’re)\b", re.IGNORECASE)
_WELCOMED: Final = re.compile(
    r"\b(?:thank you|thanks)\b.{0,30}\b(?:for|to)\b.{0,12}\b(?:coming|having|joining|being|inviting|doing|taking)\b"
    r"|\b(?:welcome to|great to have you|good to see you)\b",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"[\w'’-]+")


class Stretch(NamedTuple):
    """A guessed turn: `text[start:end]`, whether the one who asks speaks, and how sure its start is (0 to 1)."""

    start: int
    end: int
    asks: bool
    confidence: float


def guess(text: str) -> list[Stretch]:
    """The guessed turns of a text, in order; one for all of it where nothing shows a change."""
    spans = list(sentences(text))
    if not spans:
        return []
    cuts = [(0, 1.0)]
    for i in _candidates(text, spans):
        odds = _score(text, spans, i)
        if odds > 0:
            cuts.append((i, 1 / (1 + exp(-odds))))
    bounds = [*(i for i, _ in cuts), len(spans)]
    asks = _decoded([_asking(text, spans, a, b) for a, b in zip(bounds, bounds[1:], strict=False)])
    out: list[Stretch] = []
    for (first, sure), last, who in zip(cuts, bounds[1:], asks, strict=True):
        end = spans[last - 1][1]
        if out and out[-1].asks == who:
            out[-1] = out[-1]._replace(end=end)
        else:
            out.append(Stretch(spans[first][0], end, who, round(sure, 2)))
    return out


def _candidates(text: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """Sentences that may open a turn: the others can't come to more than the base allows."""
    before_asks = False
    for i, (start, end) in enumerate(spans):
        asks = text[end - 1] == "?"
        if i and (before_asks or asks or _first(text, start) in _ANSWERS or _WELCOMED.search(text, *spans[i - 1])):
            yield i
        before_asks = asks


def _first(text: str, start: int) -> str:
    match = _FIRST.match(text, start)
    return match[0].lower().replace("’", "'") if match else ""


def _score(text: str, spans: list[tuple[int, int]], i: int) -> float:
    (a, b), (c, d) = spans[i - 1], spans[i]
    asked, asks = text[b - 1] == "?", text[d - 1] == "?"
    first = _first(text, c)
    odds = _BASE
    if asked:
        odds += _QUESTION_AFTER_QUESTION if asks else _AFTER_QUESTION
        odds += _HESITATES.get(first, 0.0)
        if text[max(a, b - 7) : b].lower().endswith(("right?", "okay?", "ok?", "know?")) and b - a > 12:
            odds += _AFTER_TAG
    elif asks and _YOU.search(text, c, d):
        odds += _ASKS_YOU
    odds += _ANSWERS.get(first, 0.0)
    if first in _GOES_ON:
        odds -= 1.2
    if _WELCOMED.search(text, a, b):
        odds += _THANKS
    if " " not in text[c:d]:
        odds += _ONE_WORD if " " in text[a:b] else -1.0
    if not asked and _ME.search(text, a, b) and _ME.search(text, c, d):
        odds += _BOTH_MINE
    return odds


def _asking(text: str, spans: list[tuple[int, int]], first: int, last: int) -> float:
    """Log-odds that the one who asks speaks these sentences."""
    questions = sum(text[end - 1] == "?" for _, end in spans[first:last])
    size = spans[last - 1][1] - spans[first][0]
    odds = 1.6 if text[spans[last - 1][1] - 1] == "?" else -0.3
    odds += min(questions, 3) * 0.4
    odds -= min(size / 400, 2.0)
    you, me = len(_YOU.findall(text, spans[first][0], spans[last - 1][1])), 0
    if you:
        me = len(_ME.findall(text, spans[first][0], spans[last - 1][1]))
        odds += log((1 + you) / (1 + me)) * 0.6
    return odds


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
