"""The odds that a talk's sentences give for who speaks, and the likeliest way through them.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) of two states: the one who asks, and the
one who answers. Its weights are log-odds by feature, made by tools/train_turns.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from math import exp, inf, log, sqrt
from typing import Any, Final

from attrs import frozen

from tidytranscript.speakers.facts import PIECES, Facts, Gap, Said, role_features

_TABLE_SIZE: Final = 5_000  # of what comes again; nearly all of a talk comes once
_TIE: Final = 1e-9
_MOST: Final = 30.0  # log-odds that no evidence goes beyond

# Chosen on conversations that the weights were not trained on.
_OWN, _OWN_MOST = 0.5, 2.0
_ENOUGH: Final = 200  # words that each must have said for that
_OFTEN: Final = 4
_SMOOTH: Final = 50
PACES: Final = ("quick", "slow")
_QUICK: Final = 10.5  # words of a mean sentence below which a talk is quick, as consultations are
_LEAN: Final = -0.2  # how much rather a sentence of a slow talk is an answer than the weights say


@frozen
class Model:
    """Log-odds by feature, of one way of writing.

    `change` has two for a gap: of a new speaker, and how much more so if the one who asks has spoken before it (and
    less if the other has). `asks` and `words` are of the one who asks in a sentence, by its features and its words, for
    each pace of talk: a doctor who asks says `um` and a guest who answers does.
    """

    change: Mapping[str, tuple[float, float]]
    asks: Mapping[str, Mapping[str, float]]
    words: Mapping[str, Mapping[str, float]]

    @cached_property
    def pieces(self) -> tuple[_Weighed, ...]:
        """The weights of what a gap shows, by its pieces."""
        return tuple([_Weighed(self.change, names) for names in PIECES])

    @cached_property
    def shown(self) -> Mapping[str, _Shown]:
        """The weights of what a sentence shows, for each pace."""
        return {pace: _Shown(weights) for pace, weights in self.asks.items()}


@frozen
class Weights:
    """What is known of talk between two, written with stops or without, and of talk in a group.

    `ends` and `questions` tell where sentences end in a text without stops, and which ask; `group` has the log-odds of
    a new speaker at a gap in a group, `grouped` those that a talk is one.
    """

    written: Model
    unmarked: Model
    ends: Mapping[str, float]
    questions: Mapping[str, float]
    group: Mapping[str, float]
    grouped: Mapping[str, float]

    @cached_property
    def of_group(self) -> Model:
        """The model of a talk in a group: it knows of changes alone."""
        return Model({name: (weight, 0.0) for name, weight in self.group.items()}, NOTHING, NOTHING)


NOTHING: Final[Mapping[str, Mapping[str, float]]] = {pace: {} for pace in PACES}


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the library; the file says what they were trained on."""
    import json
    from importlib import resources

    data = json.loads(resources.files(__package__).joinpath("data", "turns.json").read_text(encoding="utf-8"))
    return Weights(
        _model(data["written"]),
        _model(data["unmarked"]),
        data["ends"],
        data["questions"],
        data["group"],
        data["grouped"],
    )


def _model(data: Mapping[str, Any]) -> Model:
    return Model({name: (both, leans) for name, (both, leans) in data["change"].items()}, data["asks"], data["words"])


class Odds:
    """The log-odds of a talk: `to_answer[i]` and `to_ask[i]` of each change at the gap before a sentence, `asks[i]`."""

    def __init__(self, model: Model, gaps: Sequence[Gap | None], talk: Sequence[Said], facts: Sequence[Facts]) -> None:
        self.talk, self.gaps = talk, gaps
        self.to_answer, self.to_ask = [], []
        self.pieces = model.pieces
        for gap in gaps:
            both = leans = 0.0
            for weighed, piece in zip(self.pieces, gap or (), strict=False):
                more, leaning, _ = weighed[piece]
                both += more
                leans += leaning
            self.to_answer.append(_bounded(both + leans))
            self.to_ask.append(_bounded(both - leans))
        pace = pace_of(talk)
        role, words = model.shown[pace], model.words[pace]
        lean = _LEAN if pace == "slow" else 0.0
        self.asks = []
        for now, sentence in zip(facts, talk, strict=False):  # no facts: nobody asks
            shown = lean + role[now]
            self.asks.append(
                _bounded(shown + sum([words[one] for one in dict.fromkeys(sentence.words) if one in words]))
            )

    def evidence(self, i: int, asks: bool) -> list[tuple[str, float]]:
        """What speaks for and against a change before a sentence, which `asks` or not: log-odds by feature."""
        found = [
            (name, asking if asks else answering)
            for weighed, piece in zip(self.pieces, self.gaps[i] or (), strict=False)
            for name, answering, asking in weighed[piece][2]
            if (asking if asks else answering)
        ]
        found.sort(key=_strength)
        return found


def _strength(told: tuple[str, float]) -> float:
    return -abs(told[1])


class _Weighed(dict[Any, tuple[float, float, list[tuple[str, float, float]]]]):
    """Piece of a gap -> the two log-odds of all its features, and, of each that can be shown as a reason, how much it
    says for a change to who answers, and to who asks; a bounded memo."""

    def __init__(self, change: Mapping[str, tuple[float, float]], names: Callable[[Any], tuple[str, ...]]) -> None:
        self.change, self.names = change, names

    def __missing__(self, piece: Any) -> tuple[float, float, list[tuple[str, float, float]]]:
        found = [(name, *self.change[name]) for name in self.names(piece) if name in self.change]
        both, leans = sum([pair[1] for pair in found]), sum([pair[2] for pair in found])
        told = [(name, round(one + more, 2), round(one - more, 2)) for name, one, more in found if name != "base"]
        weighed = both, leans, told
        if len(self) >= _TABLE_SIZE:
            self.clear()
        self[piece] = weighed
        return weighed


class _Shown(dict[Facts, float]):
    """What a sentence shows -> the log-odds of all its features; a bounded memo."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def __missing__(self, facts: Facts) -> float:
        if len(self) >= _TABLE_SIZE:
            self.clear()
        found = self[facts] = sum([self.weights.get(name, 0.0) for name in role_features(facts)])
        return found


def pace_of(talk: Sequence[Said]) -> str:
    """Whether a talk is `quick`, as consultations are, or `slow`, as interviews are: by its likely sentences."""
    words = sum([len(sentence.words) for sentence in talk])
    return PACES[words >= _QUICK * sum([sentence.sure is None or sentence.sure >= 0 for sentence in talk])]


def _bounded(odds: float) -> float:
    return max(-_MOST, min(_MOST, odds))


def marginals(odds: Odds) -> tuple[list[float], list[float]]:
    """How likely it is, for each sentence, that the one who asks says it, and that the speaker changes before it.

    Forward-backward (Rabiner 1989), each step made to sum to 1.
    """
    to_answer, to_ask = [exp(x) for x in odds.to_answer], [exp(x) for x in odds.to_ask]
    asks = [exp(x) for x in odds.asks]
    ask = asks[0] / (1 + asks[0])
    forward = [ask]
    for down, up, shown in zip(to_answer[1:], to_ask[1:], asks[1:], strict=True):
        asking = (ask + (1 - ask) * up) * shown
        ask = asking / (asking + 1 - ask + ask * down)
        forward.append(ask)
    back = 0.5
    who, changes = [forward[-1]], []
    for i in range(len(asks) - 1, 0, -1):
        was, down, up = forward[i - 1], to_answer[i], to_ask[i]
        asking, answering = asks[i] * back, 1 - back
        changed = was * down * answering + (1 - was) * up * asking
        changes.append(changed / (changed + was * asking + (1 - was) * answering))
        before_asking, before_answering = asking + down * answering, answering + up * asking
        back = before_asking / (before_asking + before_answering)
        who.append(was * back / (was * back + (1 - was) * (1 - back)))
    return who[::-1], [0.0, *reversed(changes)]


def decoded(odds: Odds, eager: float, may_change: Sequence[bool]) -> list[bool]:
    """Whether the one who asks speaks, sentence by sentence: the likeliest sequence (Viterbi 1967).

    A change of state costs what the odds of a change at that gap say, less `eager`; to stay costs nothing. There is
    none at a gap where it may not be.
    """
    ask, answer = odds.asks[0] / 2, -odds.asks[0] / 2
    back: list[tuple[bool, bool]] = []
    steps = zip(odds.to_answer[1:], odds.to_ask[1:], odds.asks[1:], may_change[1:], strict=True)
    for down, up, shown, may in steps:
        offered = eager if may else -inf
        from_asking, from_answering = ask + down + offered, answer + up + offered
        # Weights have two decimals, so that two ways are often as likely; which is then not for rounding to say.
        stays_asking, stays_answering = ask >= from_answering - _TIE, answer >= from_asking - _TIE
        back.append((stays_asking, not stays_answering))
        ask, answer = (
            (ask if stays_asking else from_answering) + shown / 2,
            (answer if stays_answering else from_asking) - shown / 2,
        )
    out = [ask >= answer - _TIE]
    for before_asking, before_answering in reversed(back):
        out.append(before_asking if out[-1] else before_answering)
    return out[::-1]


def own_words(talk: Sequence[Said], who: Sequence[float]) -> list[float]:
    """How far each sentence is in the words that one of the two uses more than the other, as far as is known yet.

    `who` is how likely the one who asks says each sentence. Nothing where one of them says too little. The odds of a
    word are those of a unigram model of each, smoothed by the words of both.
    """
    counts = Counter(chain.from_iterable([sentence.words for sentence in talk]))
    total = sum(counts.values())
    asked = sum([share * len(sentence.words) for sentence, share in zip(talk, who, strict=True)])
    if min(asked, total - asked) < _ENOUGH:
        return []
    asking = {word: 0.0 for word, count in counts.items() if count >= _OFTEN}
    for sentence, share in zip(talk, who, strict=True):
        for word in sentence.words:
            if word in asking:
                asking[word] += share
    odds = {}
    for word, said in asking.items():
        count = counts[word]
        usual = _SMOOTH * count / total
        mine, others = (said + usual) / (asked + _SMOOTH), (count - said + usual) / (total - asked + _SMOOTH)
        odds[word] = log(mine) - log(others)
    told = [sum([odds[word] for word in s.words if word in odds]) / sqrt(len(s.words) or 1) for s in talk]
    return [max(-_OWN_MOST, min(_OWN_MOST, _OWN * one)) for one in told]
