"""Turns where the text says nothing of who speaks: questions and answers, greetings, thanks, each one's own words.

Each gap between two sentences has features that a person can read (`? then opens with yeah`, `you then I`), and each
sentence some of its own (`long`, `ends with ?`). Their weights give the odds of a change of speaker, from the one who
asks or from the one who answers, and of who says a sentence. The likeliest sequence for the whole conversation is then
found at once, so that one missed change does not turn all that follows around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import exp, log
from typing import Final, NamedTuple

from tidytranscript.sentences import sentences
from tidytranscript.speakers.facts import Facts, Said, facts_of, plain, said
from tidytranscript.speakers.model import Odds, Weights, decoded, marginals, own_words, shipped_weights
from tidytranscript.speakers.unmarked import is_unmarked, sentences_of

LEAST: Final = 0.25
"""How sure a change of speaker must be at least, unless asked otherwise: of those below, one in five is right."""

_SUREST: Final = 0.99  # 1.0 is for what the source itself says
_SAYS: Final = re.compile(r"[^\W_]")

# Chosen on conversations that the weights were not trained on.
_EAGER, _EAGER_UNMARKED = 0.4, 0.6  # decoding joins stretches, so that more changes must be offered than will be kept
_MANY: Final = 30  # sentences that it takes to tell a group
_IN_A_GROUP: Final = -0.85  # log-odds from which the speaker changes in a group
_OPENING: Final = re.compile(
    r"[Ww]elcome\s+(?:back\s+)?to\b|\b[Mm]y\s+guest\b|\b(?:conversation|talk|interview)\s+with\s+[A-Z]"
    r"|\b(?:I['’]m|I\s+am|[Mm]y\s+name(?:\s+is|['’]s))\s+[A-Z]"
)
_MOST_OPENING: Final = 40  # sentences
_OPENS: Final = 3.0

# How far the odds are to be believed, fitted to how often they were right (docs/passes.md).
_TEMPER, _TEMPER_UNMARKED = 0.75, 0.6
_DOUBT: Final = 0.1
_NEVER: Final = 1e-9
_ANYBODY: Final = 0.5  # how sure it is at most who speaks, where several do


class Stretch(NamedTuple):
    """A guessed turn: `text[start:end]`, whether the one who asks speaks, and how sure its start is (0 to 1).

    `why` has what spoke for and against a change of speaker there: log-odds by feature, most first. In a talk of
    several, `asks` only tells a turn from those beside it.
    """

    start: int
    end: int
    asks: bool
    confidence: float
    why: tuple[tuple[str, float], ...] = ()


def guess(text: str, least: float = LEAST, weights: Weights | None = None) -> list[Stretch]:
    """The guessed turns of a text, in order, all of it covered; one where nothing shows a change.

    No turn but the first starts where a change is less sure than `least`.
    """
    found = weights or shipped_weights()
    lowered = plain(text)
    talk = [said(lowered, start, end) for start, end in sentences(text) if _says(text, start, end)]
    if not talk:
        return []
    marked = not is_unmarked(text, len(talk))
    if not marked:
        talk = list(sentences_of(lowered, found.ends, found.questions))
    facts = facts_of(lowered, talk)
    if marked and len(talk) >= _MANY and is_a_group(facts, found):
        return list(_in_a_group(text, talk, facts, least, found))
    odds = Odds(found.written if marked else found.unmarked, talk, facts)
    for i in _openings(text, talk):
        odds.asks[i] += _OPENS
    who, changes = marginals(odds)
    own = own_words(talk, who)
    if own:
        odds.asks = [shown + more for shown, more in zip(odds.asks, own, strict=True)]
        _, changes = marginals(odds)
    sure = [believed(share, _TEMPER if marked else _TEMPER_UNMARKED) for share in changes]
    states = decoded(odds, _EAGER if marked else _EAGER_UNMARKED, [one >= least for one in sure])
    return list(_stretches(text, talk, states, sure, odds))


def _says(text: str, start: int, end: int) -> bool:
    return text[start].isalnum() or _SAYS.search(text, start, end) is not None


def believed(share: float, temper: float) -> float:
    """How sure a change is that the model gives this share: its odds tempered to how often such a change is right."""
    return 1 / (1 + exp(-(temper * log(max(share, _NEVER) / max(1 - share, _NEVER)) - _DOUBT)))


def is_a_group(facts: Facts, weights: Weights) -> bool:
    """Whether more than two seem to talk across each other, as in a meeting."""
    shown = group_features(facts)
    return weights.grouped["base"] + sum([weights.grouped[name] * value for name, value in shown.items()]) > 0


def group_features(facts: Facts) -> dict[str, float]:
    """The shares of a talk's sentences that tell a meeting from a conversation of two."""
    many = len(facts.mark)
    return {
        "short": (facts.size.count("1 word") + facts.size.count("2 words")) / many,
        "long": facts.size.count("long") / many,
        "questions": facts.mark.count("?") / many,
        "you": facts.address.count("you") / many,
        "yeah": facts.first.count("yeah") / many,
    }


def _in_a_group(text: str, talk: Sequence[Said], facts: Facts, least: float, weights: Weights) -> Iterator[Stretch]:
    """The turns of a talk of several: only that the speaker changes is known, not who speaks."""
    odds = Odds(weights.of_group, talk, facts, roles=False)
    sure = [1 / (1 + exp(-one)) for one in odds.to_ask]
    states, asks = [], True
    for i, (one, share) in enumerate(zip(odds.to_ask, sure, strict=True)):
        asks = asks != (i > 0 and one > _IN_A_GROUP and share >= least)
        states.append(asks)
    yield from _stretches(text, talk, states, [_ANYBODY * share for share in sure], odds)


def _stretches(
    text: str, talk: Sequence[Said], states: Sequence[bool], sure: Sequence[float], odds: Odds
) -> Iterator[Stretch]:
    changes = [i for i in range(1, len(talk)) if states[i] != states[i - 1]]
    starts = [*[talk[i].start for i in changes], len(text)]
    yield Stretch(0, starts[0], states[0], _SUREST)
    for i, start, end in zip(changes, starts, starts[1:], strict=False):
        why = tuple(odds.evidence(i, states[i]))
        yield Stretch(start, end, states[i], round(min(_SUREST, sure[i]), 2), why)


def _openings(text: str, talk: Sequence[Said]) -> Iterator[int]:
    """The sentences before the first question with which the one who asks opens the talk."""
    for i, sentence in enumerate(talk[:_MOST_OPENING]):
        if sentence.mark == "?":
            return
        if _OPENING.search(text, sentence.start, sentence.end):
            yield i
