"""The odds that a talk's sentences give for who speaks, and the likeliest way through them.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) of two states: the one who asks, and the
one who answers. Its weights are log-odds by feature, made by tools/train_turns.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain
from math import exp, inf, log, sqrt
from operator import itemgetter
from typing import Any, Final, NamedTuple

from attrs import frozen

from tidytranscript.memo import Memo
from tidytranscript.speakers.facts import Facts, Said, role_features
from tidytranscript.speakers.gaps import PIECES, Piece, pieces_of

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
_LEAN: Final = -20  # hundredths: how much rather a sentence of a slow talk is an answer than the weights say


class Weighed(NamedTuple):
    """What a piece of a gap says: the log-odds of a change to who answers, and of one to who asks, in hundredths; and
    those of each of its features that can be shown as a reason."""

    answering: int
    asking: int
    told: tuple[tuple[str, int, int], ...]


@frozen
class Model:
    """Log-odds in hundredths by feature, of one way of writing.

    `change` has two for a gap: of a new speaker, and how much more so if the one who asks has spoken before it (and
    less if the other has). `asks` and `words` are of the one who asks in a sentence, by its features and its words, for
    each pace of talk: a doctor who asks says `um` and a guest who answers does.
    """

    change: Mapping[str, tuple[int, int]]
    asks: Mapping[str, Mapping[str, int]]
    words: Mapping[str, Mapping[str, int]]

    @cached_property
    def pieces(self) -> list[Memo[Piece, Weighed]]:
        """The weights of what a gap shows, by its pieces."""
        return [Memo(partial(self._weighed, names), _TABLE_SIZE) for names in PIECES]

    def _weighed(self, names: Callable[[Piece], tuple[str, ...]], piece: Piece) -> Weighed:
        found = [(name, *self.change[name]) for name in names(piece) if name in self.change]
        told = [(name, both + leans, both - leans) for name, both, leans in found]
        return Weighed(
            sum([one[1] for one in told]),
            sum([one[2] for one in told]),
            tuple([one for one in told if one[0] != "base"]),
        )

    @cached_property
    def shown(self) -> Mapping[str, Memo[tuple[Any, ...], int]]:
        """The weights of what a sentence shows, for each pace."""
        return {pace: Memo(partial(_shown, weights), _TABLE_SIZE) for pace, weights in self.asks.items()}


@frozen
class Weights:
    """What is known of talk between two, written with stops or without, and of talk in a group.

    `ends` and `questions` tell where sentences end in a text without stops, and which ask; `group` has the log-odds of
    a new speaker at a gap in a group, all of them in hundredths: sums of whole numbers are the same in any order.
    `grouped` has the log-odds that a talk is one in a group, by the share of its sentences.
    """

    written: Model
    unmarked: Model
    ends: Mapping[str, int]
    questions: Mapping[str, int]
    group: Mapping[str, int]
    grouped: Mapping[str, float]

    @cached_property
    def of_group(self) -> Model:
        """The model of a talk in a group: it knows of changes alone."""
        return Model({name: (weight, 0) for name, weight in self.group.items()}, NOTHING, NOTHING)


NOTHING: Final[Mapping[str, Mapping[str, int]]] = {pace: {} for pace in PACES}


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the library; the file says what they were trained on."""
    import json
    from importlib import resources

    data = json.loads(resources.files(__package__).joinpath("data", "turns.json").read_text(encoding="utf-8"))
    return Weights(
        _model(data["written"]),
        _model(data["unmarked"]),
        _hundredths(data["ends"]),
        _hundredths(data["questions"]),
        _hundredths(data["group"]),
        data["grouped"],
    )


def _model(data: Mapping[str, Any]) -> Model:
    return Model(
        {name: (round(100 * both), round(100 * leans)) for name, (both, leans) in data["change"].items()},
        {pace: _hundredths(weights) for pace, weights in data["asks"].items()},
        {pace: _hundredths(weights) for pace, weights in data["words"].items()},
    )


def _hundredths(weights: Mapping[str, float]) -> dict[str, int]:
    return {name: round(100 * weight) for name, weight in weights.items()}


class Odds:
    """The log-odds of a talk: `to_answer[i]` and `to_ask[i]` of each change at the gap before a sentence, `asks[i]`.

    Without `roles` nobody asks.
    """

    def __init__(self, model: Model, talk: Sequence[Said], facts: Facts, roles: bool = True) -> None:
        self.talk = talk
        columns = zip(model.pieces, pieces_of(talk, facts), strict=False)
        self.weighed = [list(map(table.__getitem__, column)) for table, column in columns]
        answering, asking = (zip(*[map(itemgetter(k), column) for column in self.weighed], strict=True) for k in (0, 1))
        self.to_answer = [0.0, *map(_bounded, map(sum, answering))]
        self.to_ask = [0.0, *map(_bounded, map(sum, asking))]
        self.asks = list(_roles(model, talk, facts)) if roles else []

    def evidence(self, i: int, asks: bool) -> list[tuple[str, float]]:
        """What speaks for and against a change before a sentence, not the first, which `asks` or not: log-odds by
        feature, most first."""
        told = chain.from_iterable([column[i - 1].told for column in self.weighed])
        found = [(name, (asking if asks else answering) / 100) for name, answering, asking in told]
        found.sort(key=_strength)
        return [one for one in found if one[1]]


def _shown(weights: Mapping[str, int], row: tuple[Any, ...]) -> int:
    return sum([weights.get(name, 0) for name in role_features(row)])


def _roles(model: Model, talk: Sequence[Said], facts: Facts) -> Iterator[float]:
    pace = pace_of(talk)
    role, words = model.shown[pace], model.words[pace]
    lean = _LEAN if pace == "slow" else 0
    for shown, sentence in zip(map(role.__getitem__, zip(*facts, strict=True)), talk, strict=True):
        yield _bounded(lean + shown + sum(map(words.__getitem__, words.keys() & sentence.words)))


def _strength(told: tuple[str, float]) -> float:
    return -abs(told[1])


def pace_of(talk: Sequence[Said]) -> str:
    """Whether a talk is `quick`, as consultations are, or `slow`, as interviews are: by its likely sentences."""
    words = sum([len(sentence.words) for sentence in talk])
    return PACES[words >= _QUICK * sum([sentence.sure is None or sentence.sure >= 0 for sentence in talk])]


def _bounded(hundredths: int) -> float:
    odds = hundredths / 100
    return odds if -_MOST < odds < _MOST else _MOST if odds > 0 else -_MOST


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
    asking = dict.fromkeys(counts, 0.0)
    for sentence, share in zip(talk, who, strict=True):
        for word in sentence.words:
            asking[word] += share
    odds = dict.fromkeys(counts, 0.0)
    for word, count in counts.items():
        if count >= _OFTEN:
            usual = _SMOOTH * count / total
            mine = (asking[word] + usual) / (asked + _SMOOTH)
            odds[word] = log(mine) - log((count - asking[word] + usual) / (total - asked + _SMOOTH))
    told = [sum(map(odds.__getitem__, s.words)) / sqrt(len(s.words) or 1) for s in talk]
    return [max(-_OWN_MOST, min(_OWN_MOST, _OWN * one)) for one in told]
