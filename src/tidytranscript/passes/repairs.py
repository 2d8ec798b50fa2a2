"""False starts: what a speaker gave up and said anew, where the words themselves give it away."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tidytranscript import wordlists
from tidytranscript.copies import View
from tidytranscript.cuts import taken_out
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.words import Words

FALSE_START: Final = Rule(
    "false-start",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.EDITED,
    "Words given up for what follows them, which says the same anew.",
    fixes=(
        ("They, we left.", "We left."),
        ("We spoke about the, that house.", "We spoke about that house."),
        ("If we, if they win, it ends.", "If they win, it ends."),
        ("And it is, it's possible.", "And it's possible."),
        ("I want… I always want that.", "I always want that."),
        ("They said it it's over.", "They said it's over."),
    ),
    keeps=(
        "in Rome, in Paris",
        "to think, to act",
        "It is the, I think, best of them.",
        "I came, I saw, I left.",
        "the good, the bad",
        "What it is, we know.",
    ),
)

_BACK: Final = 6  # words of a reparandum, at most
_AGAIN: Final = 14  # words around a deletion that are looked at again


@as_pass("repairs", FALSE_START)
def repairs(transcript: Transcript) -> Iterator[Finding]:
    """Each reparandum before its repair; until none is left."""
    kinds = _kinds(transcript.language)
    if kinds is None:
        return
    words = transcript.words
    view = View(words)
    hot = set(words.where(kinds.hot))
    queue, gone = deque(sorted(hot)), {}
    while queue:
        at = queue.popleft()
        found = None if at in gone else _reparandum(view, at, kinds)
        if not found:
            continue
        repair = view.next(at)
        i = found.first
        while i != repair:
            gone[i] = found
            i = view.next(i)
        before = view.previous(found.first)
        view.before[repair] = before
        if before >= 0:
            view.after[before] = repair
        near, i = [], before
        while i >= 0 and len(near) < _AGAIN:
            near.append(i)
            i = view.previous(i)
        queue.extendleft([i for i in (repair, *near) if i in hot])
    yield from _findings(words, gone)


class _Found(NamedTuple):
    first: int
    confidence: float
    why: str


class _Kinds(NamedTuple):
    """The classes of function words that repairs are told by."""

    articles: frozenset[str]
    determiners: frozenset[str]
    subjects: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    parentheses: frozenset[str]
    function: frozenset[str]
    hot: frozenset[str]


@lru_cache(maxsize=8)
def _kinds(language: str) -> _Kinds | None:
    lists = wordlists.of(language)
    if lists is None:
        return None
    sets = [lists.words("repairs", name) for name in _Kinds._fields[:7]]
    function = lists.words("repeats", "function") | lists.words("repeats", "doubles")
    hot = frozenset().union(*sets[:6])
    return _Kinds(*sets, function, hot)


def _reparandum(view: View, at: int, kinds: _Kinds) -> _Found | None:
    """What is given up where word `at` stands last before a repair; None where nothing is."""
    words = view.words
    repair = view.next(at)
    if repair >= len(words):
        return None
    gap, key, anew = view.gap(at), words.key(at), words.key(repair)
    if gap == " ":
        return _unmarked(view, at, key, anew, kinds)
    mark = gap.replace("\n", " ").strip()
    if mark not in (",", "…", "...", "-", "—", "–", "--"):
        return None
    return _marked(view, at, repair, mark, kinds)


def _unmarked(view: View, at: int, key: str, anew: str, kinds: _Kinds) -> _Found | None:
    """`it it's`, `the a`: two words in a row that can't stand in a row."""
    words = view.words
    if key in kinds.articles and words.written(at).islower():
        if anew in kinds.articles and anew != key:
            return _Found(at, 0.85, f"{key!r} is given up for {anew!r}")
        if anew in kinds.subjects and "'" in anew:
            return _Found(at, 0.85, f"{key!r} is given up for {anew!r}")
    if key in kinds.subjects and "'" not in key and anew.startswith(key + "'"):
        return _Found(at, 0.9, f"{key!r} is said again in {anew!r}")
    return None


def _marked(view: View, at: int, repair: int, mark: str, kinds: _Kinds) -> _Found | None:
    words = view.words
    key, anew = words.key(at), words.key(repair)
    back = _clause(view, at)
    base = _base(anew)
    starts = [i for i in back if _base(words.key(i)) == base]
    if starts:
        first = starts[0]
        given_up = back[: back.index(first) + 1]
        if any(is_number(words.key(i)) for i in given_up):
            return None
        if key in kinds.function or key in kinds.subjects:
            if not _is_parenthesis(view, repair, kinds):
                return _Found(first, 0.9, f"{_shown(words, given_up)!r} is begun anew")
        elif mark != "," and len(given_up) <= 4 and anew in kinds.subjects:
            return _Found(first, 0.8, f"{_shown(words, given_up)!r} is begun anew")
        return None
    if _is_parenthesis(view, repair, kinds):
        return None
    if key in kinds.articles or (
        key in kinds.determiners and key not in ("this", "these", "those", "that", "her", "his", "some")
    ):
        if anew in kinds.determiners | kinds.subjects or mark == "…":
            return _Found(at, 0.85, f"{key!r} is given up for {anew!r}")
        return None
    opens = len(back) == 1 or words.key(back[1]) in kinds.conjunctions or view.gap(back[1]) != " "
    if key in kinds.subjects and key not in ("it", "you", "what's", "who's"):
        if opens and (
            anew in kinds.subjects or anew in kinds.conjunctions or anew in kinds.determiners or anew in ("it", "you")
        ):
            return _Found(at, 0.8, f"{key!r} is given up for {anew!r}")
    return None


def _clause(view: View, at: int) -> list[int]:
    """The words from `at` back to the start of its clause or the mark before it, at most `_BACK` of them."""
    words, back, i = view.words, [at], view.previous(at)
    while i >= 0 and len(back) < _BACK:
        gap = view.gap(i)
        if ends_sentence(words.key(i), gap) or gap.strip(" \n"):
            break
        back.append(i)
        i = view.previous(i)
    return back


def _is_parenthesis(view: View, repair: int, kinds: _Kinds) -> bool:
    words = view.words
    key = words.key(repair)
    after = view.next(repair)
    pair = f"{key} {words.key(after)}" if after < len(words) else key
    return key in kinds.parentheses or pair in kinds.parentheses


def _base(key: str) -> str:
    return key.partition("'")[0]


def _shown(words: Words, back: list[int]) -> str:
    return " ".join([words.written(i) for i in reversed(back)])


def _findings(words: Words, gone: dict[int, _Found]) -> Iterator[Finding]:
    """One finding for each stretch of words that go."""
    order = sorted(gone)
    k = 0
    while k < len(order):
        first = last = order[k]
        k += 1
        while k < len(order) and order[k] == last + 1:
            last = order[k]
            k += 1
        found = [gone[i] for i in range(first, last + 1)]
        sure = min(f.confidence for f in found)
        edits = taken_out(words, first, last)
        yield FALSE_START.at(words.start(first), words.end(last), found[-1].why, *edits, confidence=sure)
