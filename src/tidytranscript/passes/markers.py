"""Discourse markers that only fill: `you know` and `like`, where commas set them off; `I mean` is suggested."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from tidytranscript.cuts import cut, opening, taken_out
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_word_pass
from tidytranscript.sentences import ends_sentence
from tidytranscript.wordlists import WordLists
from tidytranscript.words import Words, bare

DISCOURSE_MARKER: Final = Rule(
    "discourse-marker",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.EDITED,
    "A phrase such as you know, set off by commas, that only fills.",
    fixes=(
        ("It was, you know, a long day.", "It was a long day."),
        ("You know, we left early.", "We left early."),
        ("It was, like, cold. You know, we froze.", "It was cold. We froze."),
        ("and you know, it rained,\nyou know, all day", "and it rained\nall day"),
        ("It was late, you know-", "It was late-"),
    ),
    keeps=(
        "Do you know, Ann, what it was?",
        "You know it was cold.",
        "I know what you know, and more.",
        "things we like, and things we don't",
        "It was a day like, say, Monday.",
        "That is what I mean, you see.",
        "I mean, it was late.",
        "I want what you know-",
        "She was, like, What is it?",
    ),
)

_OTHERS: Final = 0.85  # a marker of the user's
_BREAKS_OFF: Final = 0.9
_QUOTES: Final = 0.45  # `like, All of a sudden ...`: a capital behind it tells of a quotation

# How sure it is that a marker only fills, by what stands before it: measured on podcasts, calls and conversations
# (docs/measured.md); editors keep more than half of all `I mean`, so it is only suggested.
_SURE: Final = {"you know": 0.97, "like": 0.85, "i mean": 0.45}


@as_word_pass("markers", DISCOURSE_MARKER, reach=12)
def markers(transcript: Transcript, lists: WordLists) -> Iterator[Finding]:
    """Each discourse marker with a comma behind it, and a comma or the start of a sentence before it."""
    words, done = transcript.words, -1
    for i in _places(words, lists.words("markers", "between")):
        if i <= done:
            continue
        last, sure = i - 1, 1.0
        while phrase := _set_off(words, last + 1, lists):  # `you know, like, you know,`: one run
            last += 1 + phrase.count(" ")
            sure = min(sure, _sureness(words, last, phrase, lists))
        if last >= i:
            yield _taken_out(words, i, last, sure)
        elif _breaks_off(words, i, lists):
            last, start, end = i + 1, words.start(i), words.end(i + 1)
            reason = f"{words.text[start:end]!r} leads to nothing"
            yield DISCOURSE_MARKER.at(start, end, reason, (words.end(i - 1), end, ""), confidence=_BREAKS_OFF)
        done = max(done, last)


def _places(words: Words, between: Collection[str]) -> list[int]:
    """Where a marker may start that has a comma behind it, or a break at the end of a line."""
    ends = {phrase.split()[-1] for phrase in between}
    hot = {token for token in words.vocabulary if "," in token and bare(token)[2] in ends}
    found = {i for last in words.among(hot) for i in (last - 1, last)}
    found.update(words.before(match.start()) - 1 for match in _BREAK.finditer(words.text))
    return sorted(i for i in found if i >= 0)


def _set_off(words: Words, i: int, lists: WordLists) -> str:
    """The marker that starts with word `i` and is set off from what is around it; or nothing."""
    between = lists.words("markers", "between")
    for last in (i, i + 1):
        if last + 1 < len(words):
            phrase = " ".join([words.key(k) for k in range(i, last + 1)])
            if phrase in between and _is_set_off(words, i, last, phrase, lists):
                return phrase
    return ""


def _sureness(words: Words, last: int, phrase: str, lists: WordLists) -> float:
    after = words.written(last + 1)
    opens = last == 0 or ends_sentence(words.key(last - 1), words.gap(last - 1))
    quotes = phrase == "like" and not opens and after[:1].isupper() and after[:1] != "I"
    return _QUOTES if quotes else _SURE.get(phrase, _OTHERS)


def _is_set_off(words: Words, first: int, last: int, phrase: str, lists: WordLists) -> bool:
    if last + 1 >= len(words):
        return False
    after = words.gap(last).replace("\n", " ")
    if after.rstrip() != "," or not after.endswith(" "):
        return False
    before = words.gap(first - 1).replace("\n", " ") if first else ""
    if not first or ends_sentence(words.key(first - 1), before):
        return True
    if before.strip() in (",", "—", "–", "--", "-"):
        return before != "-"
    return phrase == "you know" and before == " " and words.key(first - 1) in lists.words("markers", "links")


def _breaks_off(words: Words, i: int, lists: WordLists) -> bool:
    """`it was late, you know-` at the end of a turn: who speaks was cut off there."""
    if not 0 < i < len(words) - 1 or f"{words.key(i)} {words.key(i + 1)}" not in lists.words("markers", "between"):
        return False
    after = words.gap(i + 1)
    ends = i + 2 == len(words) or "\n" in after
    return ends and after.strip() in ("-", "—", "–", "--") and words.gap(i - 1) == ", " and words.gap(i).isspace()


def _taken_out(words: Words, first: int, last: int, sure: float) -> Finding:
    text, start, end = words.text, words.start(first), words.end(last)
    left = words.end(first - 1) if first else 0
    before = text[left:start]
    if first and "," in before and not before.strip(" \t\n,"):
        word = words.start(last + 1)
        stop = "," if _joins_clauses(words, first, last) else ""
        edits = cut(text, left, start, end, word - opening(text[end:word]), stop)
    else:
        edits = taken_out(words, first, last)
    reason = f"{text[start:end]!r} only fills"
    return DISCOURSE_MARKER.at(start, end, reason, *edits, confidence=sure)


def _joins_clauses(words: Words, first: int, last: int) -> bool:
    """Whether one of the two commas stays: a clause starts behind the marker, or what was said before it."""
    after = words.key(last + 1)
    if after in [words.key(i) for i in range(max(0, first - 4), first)]:
        return True  # `that, you know, that there is`: the comma tells of a false start
    return after in _CLAUSE and words.key(first - 1) not in _OPEN


_BREAK: Final = re.compile(r"[-—–][ \t]*(?:\n|\Z)")
_CLAUSE: Final = frozenset("and but so because which i we they he she it it's that's there's if when you".split())
_OPEN: Final = frozenset(
    "and but so because that which like then or if when as the a an of to in is are was were".split()
)
