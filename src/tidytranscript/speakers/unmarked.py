"""Where sentences end, and which of them ask, in a talk that is written without capitals and stops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tidytranscript.speakers.facts import Said

_WORD: Final = re.compile(r"\S+")
_AROUND: Final = "\"'“”‘’.,?!…:;—–-()[] "
_FEWEST: Final = 50  # words by the stop: a text with fewer stops than that is written without
# Log-odds in hundredths, as the weights are.
_AN_END: Final = -200  # from which a gap is looked at as the end of a sentence
_HOPELESS: Final = -500  # of a pair of words that what is around them does not make good
_A_QUESTION: Final = -30
_CERTAIN: Final = 10_000

_LOWEST, _HIGHEST = -3, 4  # rounded log-odds
_HEAD: Final = 12  # words of a sentence in which a question shows


def is_unmarked(text: str, sentences: int) -> bool:
    """Whether a text of so many sentences is written without stops, as speech recognisers write captions."""
    return text.count(" ") + text.count("\n") > _FEWEST * sentences


def words_of(lowered: str) -> list[tuple[int, int, str, str]]:
    """The words of a text in lower case: where each stands, without marks, and the stop behind it, if there is one."""
    found = []
    for match in _WORD.finditer(lowered):
        word = match[0].strip(_AROUND)
        if word:
            mark = match[0][-1]
            found.append((*match.span(), word, mark if mark in ".?!…" else ""))
    return found


def pair_features(last: str, now: str) -> list[str]:
    """The features of the gap between two words that they alone show."""
    return [f"{last} |", f"| {now}", f"{last} | {now}"]


def wide_features(words: Sequence[str], i: int) -> list[str]:
    """Those of the gap before a word that up to three words on both sides show; `words` has three more on each."""
    third, second, last = words[i - 3], words[i - 2], words[i - 1]
    now, after, later = words[i], words[i + 1], words[i + 2]
    before, behind = f"{second} {last} |", f"| {now} {after}"
    return [
        before,
        f"{third} {before}",
        behind,
        f"{behind} {later}",
        f"{before} {now}",
        f"{last} {behind}",
        f"{second} _ |",
        f"| _ {after}",
    ]


def question_features(words: Sequence[str]) -> list[str]:
    """The features of a sentence that tell a question from the rest: how it begins and ends, and its words."""
    return [
        "base",
        f"opens with {words[0]}",
        f"opens with {' '.join(words[:2])}",
        f"opens with {' '.join(words[:3])}",
        f"ends in {words[-1]}",
        f"ends in {' '.join(words[-2:])}",
        f"{min(len(words), 16)} words",
        f"{min(len(words), 16)} words, opens with {words[0]}",
        *{f"has {word}" for word in words[:_HEAD]},
    ]


def sentences_of(lowered: str, ends: Mapping[str, int], asks: Mapping[str, int]) -> Iterator[Said]:
    """The likely sentences of a text without stops, and some that are less likely: each says how sure its start is."""
    found = words_of(lowered)
    words = ["", "", "", *[word for _, _, word, _ in found], "", "", ""]
    first, sure = 0, _HIGHEST
    get = ends.get
    known: dict[tuple[str, str], int] = {}
    for i in range(1, len(found) + 1):
        mark = found[i - 1][3]
        if i == len(found) or mark:
            odds = _CERTAIN
        else:
            pair = (words[i + 2], words[i + 3])
            if pair not in known:
                known[pair] = ends["base"] + sum([get(name, 0) for name in pair_features(*pair)])
            odds = known[pair]
            if odds > _HOPELESS:
                odds += sum([get(name, 0) for name in wide_features(words, i + 3)])
        if odds > _AN_END:
            inside = words[first + 3 : i + 3]
            if not mark:
                mark = "?" if sum([asks.get(name, 0) for name in question_features(inside)]) > _A_QUESTION else "."
            yield Said(found[first][0], found[i - 1][1], inside, mark, sure)
            first, sure = i, round(min(_HIGHEST, max(_LOWEST, odds / 100)))
