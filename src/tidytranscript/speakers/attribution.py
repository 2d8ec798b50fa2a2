"""Where labels contradict what is said: who speaks, by the words, cannot be who the label says.

Each check says why; none changes anything. What a doubt is worth was measured on conversations whose labels are known
(docs/passes.md).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tidytranscript.sentences import sentences
from tidytranscript.speakers.facts import facts_of, plain, said
from tidytranscript.speakers.labels import is_an_id
from tidytranscript.speakers.model import Odds, own_words, shipped_weights
from tidytranscript.speakers.unmarked import is_unmarked

_NAME: Final = r"[A-Z][\w'’-]+"
_ADDRESS: Final = re.compile(
    rf"(?:(?:^|[.?!]\s+)(?:(?:[Ww]ell|[Ss]o|[Oo]kay|[Aa]nd|[Yy]eah),?\s+)?(?P<a>{_NAME}),\s+"
    rf"(?=(?:thank|welcome|what|how|why|you|your|can|could|do|did|are|tell)\b)"
    rf"|\b(?:[Tt]hank\s+you(?:\s+so\s+much|\s+very\s+much)?|[Tt]hanks(?:\s+so\s+much|\s+a\s+lot)?|[Ww]elcome)"
    rf",?\s+(?P<b>{_NAME})(?=[.,!?]))"
)
_INTRODUCTION: Final = re.compile(
    rf"(?:^|[.?!,]\s+)(?:I['’]m|I\s+am|[Mm]y\s+name(?:\s+is|['’]s))\s+(?P<a>{_NAME}\s+{_NAME})\b"
)
_STOPPED: Final = re.compile(r"[.?!…:;—–-][\"'”’)\]*♪]*\s*\Z")
_FEW: Final = 3  # questions that one must ask
_ANSWERED: Final = 1.4  # log-odds of a change from which an answer seems another's
_HALF: Final = 0.5
_RUN: Final = 4  # turns of a stretch in which two labels may be swapped
_MANY: Final = 12  # turns that it takes to know the two
_SWAPPED: Final = 7.0  # log-odds


class Claim(NamedTuple):
    """Who is said to say `text[start:end]`; None where nobody is named."""

    speaker: str | None
    start: int
    end: int


class Doubt(NamedTuple):
    """A contradiction: where it shows, which it is, and why in words for a person.

    The checks: `own-name` (a speaker thanks himself by name, or says that he is somebody else who speaks), `own-answer`
    (he seems to answer most of his own questions), `swapped-speakers` (for a stretch each of two speaks like the
    other), `split-sentence` (the speaker changes inside a sentence or a word).
    """

    start: int
    end: int
    check: str
    why: str


def doubts(text: str, claims: Sequence[Claim]) -> list[Doubt]:
    """The contradictions between what is said and who is said to say it, in order of place.

    >>> said = "Well, Ann, thank you for coming. It is good to be here."
    >>> [(d.check, d.why) for d in doubts(said, [Claim("Ann", 0, 32), Claim("Bo", 33, 55)])]
    [('own-name', "Ann is said to say 'Well, Ann,'")]
    """
    found = [*_names(text, claims), *_borders(text, claims)]
    if len(claims) > 1:
        found += _by_the_words(text, claims)
    return sorted(found)


def _names(text: str, claims: Sequence[Claim]) -> Iterator[Doubt]:
    people = {claim.speaker for claim in claims if claim.speaker and not is_an_id(claim.speaker)}
    firsts: dict[str, set[str]] = defaultdict(set)
    for person in people:
        firsts[person.split()[0].casefold()].add(person)
    for claim in claims:
        if claim.speaker not in people:
            continue
        inside = text[claim.start : claim.end]
        for match in _ADDRESS.finditer(inside):
            name = (match["a"] or match["b"]).casefold()
            if firsts.get(name) == {claim.speaker}:
                yield _own_name(claim, match)
        for match in _INTRODUCTION.finditer(inside):
            name = " ".join(match["a"].split()).casefold()
            others = {person for person in people if person.casefold() == name}
            if others and claim.speaker not in others:
                yield _own_name(claim, match)


def _own_name(claim: Claim, match: re.Match[str]) -> Doubt:
    quoted = " ".join(match[0].lstrip(".?!, \n").split())
    why = f"{claim.speaker} is said to say {quoted!r}"
    return Doubt(claim.start + match.start(), claim.start + match.end(), "own-name", why)


def _borders(text: str, claims: Sequence[Claim]) -> Iterator[Doubt]:
    """Where one speaker ends and the next begins inside a word, or inside a sentence of a text with stops."""
    marked = not is_unmarked(text, len(sentences(text)))
    for before, now in pairwise(claims):
        if (before.speaker == now.speaker is not None) or not text[before.start : before.end].strip():
            continue
        last, first = text[before.end - 1], text[now.start : now.start + 1]
        if before.end == now.start and last.isalnum() and first.isalnum():
            yield Doubt(now.start, now.start + 1, "split-sentence", f"{_who(before)} and {_who(now)} share a word")
        elif marked and first.islower() and not _STOPPED.search(text, max(0, before.end - 6), before.end):
            word = text[now.start : now.end].split()[0]
            yield Doubt(
                now.start, now.start + len(word), "split-sentence", f"{_who(now)} goes on where {_who(before)} stops"
            )


def _who(claim: Claim) -> str:
    return claim.speaker or "somebody"


def _by_the_words(text: str, claims: Sequence[Claim]) -> Iterator[Doubt]:
    """Who answers himself, and which labels are swapped, by the odds that guess at turns."""
    lowered = plain(text)
    talk, of, turns = [], [], list[str | None]()  # each sentence, its turn, and who speaks in each turn
    for claim in claims:
        if not turns or claim.speaker is None or claim.speaker != turns[-1]:
            turns.append(claim.speaker)
        for start, end in sentences(text[claim.start : claim.end]):
            talk.append(said(lowered, claim.start + start, claim.start + end))
            of.append(len(turns) - 1)
    if not talk or is_unmarked(text, len(talk)):
        return
    facts = facts_of(lowered, talk)
    odds = Odds(shipped_weights().written, talk, facts)
    speakers = [turns[i] for i in of]
    yield from _own_answers(speakers, of, odds)
    yield from _swapped(speakers, of, odds)


def _own_answers(speakers: Sequence[str | None], of: Sequence[int], odds: Odds) -> Iterator[Doubt]:
    questions: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for i, sentence in enumerate(odds.talk[:-1]):
        speaker = speakers[i]
        if speaker and sentence.mark == "?":
            questions[speaker].append((i, of[i] == of[i + 1] and odds.to_answer[i + 1] > _ANSWERED))
    for speaker, asked in questions.items():
        answered = [i for i, own in asked if own]
        if len(answered) >= _FEW and len(answered) > _HALF * len(asked):
            why = f"{speaker} seems to answer {len(answered)} of {len(asked)} own questions"
            yield Doubt(odds.talk[answered[0]].start, odds.talk[answered[0] + 1].end, "own-answer", why)


def _swapped(speakers: Sequence[str | None], of: Sequence[int], odds: Odds) -> Iterator[Doubt]:
    """The stretch of turns of two people in which each speaks like the other, if there is one."""
    people = list(dict.fromkeys(speakers))
    if len(people) != 2 or None in people or len(set(of)) < _MANY:
        return
    asks: dict[str | None, float] = defaultdict(float)
    for speaker, one in zip(speakers, odds.asks, strict=True):
        asks[speaker] += one
    asker = max(people, key=lambda who: asks[who])
    told: dict[int, float] = defaultdict(float)
    own = own_words(odds.talk, [float(speaker == asker) for speaker in speakers]) or [0.0] * len(of)
    for i, speaker, one, more in zip(of, speakers, odds.asks, own, strict=True):
        told[i] += (one + more) * (1 if speaker == asker else -1)
    best, total, first, found = 0.0, 0.0, 0, (0, 0)
    turns = sorted(told)
    for j, i in enumerate(turns):  # the stretch with the most against its labels (Kadane's method)
        if total <= 0:
            total, first = 0.0, j
        total -= told[i]
        if total > best:
            best, found = total, (first, j)
    run = turns[found[0] : found[1] + 1]
    if best >= _SWAPPED and _RUN <= len(run) <= len(turns) // 2:
        why = f"{people[0]} and {people[1]} seem swapped for {len(run)} turns (log-odds {best:.1f})"
        last = bisect_right(of, run[-1]) - 1
        yield Doubt(odds.talk[of.index(run[0])].start, odds.talk[last].end, "swapped-speakers", why)
