"""Stutters and repeated phrases; and the guards that say when a repeat is meant.

The first copy stays, since it carries the capital and its own time; the punctuation is that of the last one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from attrs import evolve, frozen

from tidytranscript.copies import Run, Taken, merged
from tidytranscript.cuts import cut, opening
from tidytranscript.guards import OF_PHRASES, OF_WORDS, Guard, guard_of, is_broken_off, is_set_off, last_word
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_word_pass
from tidytranscript.wordlists import WordLists
from tidytranscript.words import Words

_TIDY: Final = Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE
_SURE: Final = 0.8  # what is less sure is a suggestion at every level, so that no other repeat is judged by it
_LONGEST: Final = 8  # words in a phrase that is said again in one breath

STUTTER: Final = Rule(
    "stutter",
    _TIDY,
    Level.CLEAN,
    "A word said twice or more in a row without meaning to.",
    fixes=(
        ("It's, it's, it's fine.", "It's fine."),
        ("there is the the question", "there is the question"),
        ("to the model. And, and, and that was bad.", "to the model. And that was bad."),
        ("we need more,\nmore, of of the\nthe data", "we need more,\nmore, of the\ndata"),
    ),
    keeps=(
        "It is very, very real, and really, really good.",
        "He had had enough, and said that that was it.",
        "No, no, no. Yeah, yeah.",
        "call five five one two",
        "Yeah. Yeah, I think so.",
        "more and more, over and over again",
        "They played Duran Duran.",
        "What it is, is you remove it.",
        "C plus plus",
    ),
    guards=tuple([guard[:3] for guard in OF_WORDS]),
)
REPEATED_PHRASE: Final = Rule(
    "repeated-phrase",
    _TIDY,
    Level.CLEAN,
    "A phrase of up to eight words said again in one breath.",
    fixes=(
        ("Is there, is there, is there more?", "Is there more?"),
        ("So if you, if you like, we can, we can go.", "So if you like, we can go."),
        ("It's a, it's a question of the, of the economics.", "It's a question of the economics."),
    ),
    keeps=(
        "It got better and better and better.",
        "It's a local optimum. It's a local optimum.",
        "Come on, come on, let's go, let's go.",
        "Thank you, thank you very much.",
        "day by day, again and again and again",
        "one two, one two",
        "Speaker 2: We do, we do.",
    ),
    guards=tuple([guard[:3] for guard in OF_PHRASES]),
)
_LIGHT: Final = re.compile(r"[\s,\-–—…]*")
_COMMON_GAPS: Final = frozenset((" ", ", ", "\n", ",\n", "\n\n", ",\n\n"))  # looked up before the pattern is tried
_ONE_BLANK: Final = re.compile(r"\s+")


@as_word_pass("repeats", STUTTER, REPEATED_PHRASE, reach=28)
def repeats(transcript: Transcript, lists: WordLists) -> Iterator[Finding]:
    """Each stretch of words that says again what was just said; and those that a guard says are meant."""
    words, meant = transcript.words, _Meant(lists, {})
    taken = merged(words, _LONGEST, lambda lag: 2, meant.judge, _joins)
    for take in taken:
        yield _finding(words, take)
    yield from meant.findings(words, taken)


def _joins(gap: str) -> bool:
    return gap in _COMMON_GAPS or _LIGHT.fullmatch(gap) is not None


@frozen
class _Meant:
    """Judges runs, and keeps those that are not merged: a guard says that they are meant, or it is not sure enough."""

    lists: WordLists
    runs: dict[tuple[int, int], tuple[Run, Guard | float]]  # by the first and the last word

    def judge(self, run: Run) -> float:
        kept: Guard | float | None = guard_of(run, self.lists)
        if kept is None:
            sure = _confidence(run, self.lists)
            if sure >= _SURE:
                return sure
            kept = sure
        self.runs[run.words[0], last_word(run)] = run, kept
        return 0.0

    def findings(self, words: Words, taken: list[Taken]) -> Iterator[Finding]:
        """What was kept, but for what other merges have changed since."""
        starts = [take.first for take in taken]
        for (first, last), (run, kept) in self.runs.items():
            at = bisect_left(starts, first)
            before = taken[at - 1].last if at else -1
            if before < first and (at == len(taken) or taken[at].first > last):
                if isinstance(kept, float):
                    again = Taken(run.words[-1], run.words[-1] + 1, last, run.words, run.copies, kept)
                    yield _finding(words, again)
                else:
                    rule = STUTTER if len(run.keys) == 1 else REPEATED_PHRASE
                    yield evolve(rule.at(words.start(first), words.end(last), kept.why), guard=kept.name)


def _confidence(run: Run, lists: WordLists) -> float:
    """How sure it is that the copies were not meant, where no guard says that they were."""
    keys, function, set_off = run.keys, lists.words("repeats", "function"), is_set_off(run)
    if len(keys) > 1:
        if set_off:
            return 0.92
        if keys[0] in function:
            return 0.85
        grammar = function | lists.words("repeats", "doubles")
        return 0.82 if len(keys) > 2 or all(key in grammar for key in keys) else 0.65
    if keys[0] in function:
        return 0.97 if set_off else 0.95
    if keys[0] in lists.words("repeats", "doubles") or is_broken_off(run):
        return 0.97
    if keys[0] in lists.words("repeats", "intensifiers"):
        return 0.9
    if run.copies > 2:
        return 0.5  # three of a verb or noun are told to be seen going on
    return 0.82 if run.gaps[0][:1] == "," else 0.65 if set_off else 0.5


def _finding(words: Words, take: Taken) -> Finding:
    text = words.text
    left, start, end = words.end(take.kept), words.start(take.first), words.end(take.last)
    edits = [(left, end, "")]
    if text.find("\n", left, end) >= 0:
        right = words.start(take.last + 1) if take.last + 1 < len(words) else len(text)
        right -= opening(text[end:right]) or text.endswith((" -", "\n-"), end, right)
        edits = cut(text, left, start, end, right, _ONE_BLANK.sub(" ", text[end:right]).strip())
    rule = STUTTER if len(take.phrase) == 1 else REPEATED_PHRASE
    phrase = " ".join([words.written(i) for i in take.phrase])
    return rule.at(start, end, f"{phrase!r} stands {take.copies} times", *edits, confidence=take.confidence)
