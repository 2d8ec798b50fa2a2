"""Who the guessed speakers are, where the text says it: an introduction, an address, a guest who is named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Final

from tidytranscript.speakers.guess import Stretch

_INTRODUCED: Final = re.compile(
    r"\b(?:I['’]m|I\s+am|[Mm]y\s+name(?:\s+is|['’]s))\s+(?:your\s+host,?\s+)?(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
)
_ADDRESSED: Final = re.compile(
    r"(?:(?:^|[,.?!]\s+)(?P<a>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)(?=[,?!]|\s+thank)"
    r"|\b(?:[Tt]hank\s+you|[Tt]hanks|[Ww]elcome|[Hh]i|[Hh]ello|[Hh]ey),?\s+(?P<b>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?))"
)
_SPOKEN_OF: Final = re.compile(
    r"\b(?:with|to|guest(?:\s+today)?\s+is|is\s+my\s+guest,?|joined\s+by|interview(?:ed|ing)?)\s+"
    r"(?P<name>[A-Z][\w'’-]+\s+[A-Z][\w'’-]+)"
)
_SAYS: Final = 3  # what an introduction counts for its speaker; an address counts 1 for the other
_KNOWN: Final = 2  # what a role counts that the metadata give
_BEFORE, _BEHIND = 40, 60  # characters around a name in which its role shows
_OPENING: Final = 3000  # characters in which people introduce themselves
_ENOUGH: Final = 2  # by how much the likeliest must be ahead of the others


def named(
    text: str, stretches: Sequence[Stretch], names: Iterable[str], roles: Mapping[bool, str] | None = None
) -> dict[bool, str]:
    """The names of the one who asks (True) and of the one who answers, as far as the text tells; never one for both.

    `names` are people who may speak; who introduces himself with first and last name is one of them too. `roles` has
    who asks and who answers by what is known of the recording: each counts like two places of the text.

    >>> said = ["I'm Ann Lee, with Bo Ek. Bo, how are you?", " I'm fine."]
    >>> first = len(said[0])
    >>> asks, answers = Stretch(0, first, True, 0.99), Stretch(first, first + 10, False, 0.9)
    >>> named("".join(said), [asks, answers], ["Ann Lee", "Bo Ek"])
    {True: 'Ann Lee', False: 'Bo Ek'}
    """
    roles = roles or {}
    given = list(dict.fromkeys([*names, *roles.values()]))
    firsts = {name.split()[0] for name in given}
    people = [*given, *[name for name in _introduced(text) if name.split()[0] not in firsts]]
    known = _unique(people)
    scores: dict[str, dict[bool, int]] = {person: {True: 0, False: 0} for person in people}
    for asking, known_as in roles.items():
        scores[known_as][asking] += _KNOWN
    opening = text.find("?")  # before the first question the one who asks opens the talk, however it was decoded
    starts = [stretch.start for stretch in stretches]
    for at in _places(text, {person.split()[0] for person in people}):
        stretch = stretches[max(0, bisect_right(starts, at) - 1)]
        asks = stretch.asks or stretch.start < opening
        near = text[max(stretch.start, at - _BEFORE) : min(stretch.end, at + _BEHIND)]
        for pattern, who, count in ((_INTRODUCED, asks, _SAYS), (_ADDRESSED, not asks, 1), (_SPOKEN_OF, not asks, 1)):
            for match in pattern.finditer(near):
                name = " ".join(next(filter(None, match.groups())).split())
                person = known.get(name) or known.get(name.split()[0])
                if person and match.start(match.lastindex or 0) == at - max(stretch.start, at - _BEFORE):
                    scores[person][who] += count
    bound = _bound(scores)
    if len(given) == 2 and len(bound) == 1 and set(bound.values()) <= set(given):
        (taken,) = bound
        bound[not taken] = next(name for name in given if name != bound[taken])
    return bound


def _places(text: str, names: Iterable[str]) -> Iterator[int]:
    """Where one of some names begins, each place once."""
    for name in sorted(names):
        at = text.find(name)
        while at >= 0:
            yield at
            at = text.find(name, at + 1)


def _unique(people: Iterable[str]) -> dict[str, str]:
    """Whole names and first names, each with the person, where they are those of one alone."""
    persons: dict[str, set[str]] = defaultdict(set)
    for person in people:
        persons[person].add(person)
        persons[person.split()[0]].add(person)
    return {part: min(found) for part, found in persons.items() if len(found) == 1}


def _introduced(text: str) -> list[str]:
    """First and last names with which somebody introduces himself where people do, at the start."""
    end = max(_OPENING, len(text) // 10)
    names = [" ".join(match["name"].split()) for match in _INTRODUCED.finditer(text, 0, end)]
    return [name for name in names if " " in name]


def _bound(scores: dict[str, dict[bool, int]]) -> dict[bool, str]:
    """The likeliest names of the two; each only where it is ahead of any other reading by enough."""
    told = [person for person, score in scores.items() if abs(score[True] - score[False]) >= 1]
    best: dict[bool, str] = {}
    pairs = [(a, b) for a, b in permutations([*told[:8], ""], 2)] if told else []
    ranked = sorted(pairs, key=lambda pair: -_worth(scores, pair))
    if not ranked:
        return best
    for who, person in zip((True, False), ranked[0], strict=True):
        if person:
            rivals = [_worth(scores, pair) for pair in pairs if pair[0 if who else 1] != person]
            if _worth(scores, ranked[0]) - max(rivals, default=0) >= _ENOUGH:
                best[who] = person
    return best


def _worth(scores: dict[str, dict[bool, int]], pair: tuple[str, str]) -> int:
    """How much speaks for a name of the one who asks and one of the one who answers."""
    asks, answers = pair
    worth = 0
    if asks:
        worth += scores[asks][True] - scores[asks][False]
    if answers:
        worth += scores[answers][False] - scores[answers][True]
    return worth
