"""Self-corrections with an edit term: `to Boston, uh, I mean to Denver`, `what is the, no wait, who is`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tidytranscript.copies import View
from tidytranscript.givenup import GivenUp, given_up
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_word_pass
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.wordlists import WordLists
from tidytranscript.words import code

SELF_CORRECTION: Final = Rule(
    "self-correction",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.EDITED,
    "Words taken back with an edit term, such as no wait or I mean.",
    fixes=(
        ("We flew to Boston, uh, I mean, to Denver.", "We flew to Denver."),
        ("What is the, no wait, who is the chair?", "Who is the chair?"),
        ("She lives in Oslo or rather Bergen.", "She lives in Bergen."),
        ("It took five no sorry six days.", "It took six days."),
    ),
    keeps=(
        "There is no way to know.",
        "I mean what I say.",
        "No, no, no.",
        "He said no, and we left.",
        "Sorry, I can't.",
        "two or three of them",
    ),
)

_BACK: Final = 12  # words of a reparandum, at most
_LONGEST: Final = 5  # words of an edit term
_NEAR: Final = 4  # words back to the copy that a weak edit term needs
_ANSWERS: Final = frozenset("yes no yeah say said says like okay well".split())  # `yes or no`, `he said, no, wait`
_SOUNDS: Final = frozenset(("uh", "um", "er", "oh", "well"))


@as_word_pass("retractions", SELF_CORRECTION, reach=40)
def retractions(transcript: Transcript, given: WordLists) -> Iterator[Finding]:
    """Each reparandum with the edit term that takes it back."""
    lists = _lists(given)
    words = transcript.words
    hot = [match.start() for match in lists.terms.finditer(words.codes)]
    yield from given_up(words, hot, SELF_CORRECTION, lambda view, at: _taken_back(view, at, lists))


def _taken_back(view: View, at: int, lists: _Lists) -> GivenUp | None:
    """What an edit term that starts with a word takes back, and the term."""
    term, strong = _edit_term(view, at, lists)
    first = _reparandum(view, term, strong, lists) if term else None
    if first is None:
        return None
    said, last = view.words.text[view.words.start(first) : view.words.start(at)], term[-1]
    reason = f"{said.strip(' ,')!r} is taken back with {view.words.text[view.words.start(at) : view.words.end(last)]!r}"
    return GivenUp(first, view.next(last), 0.85 if strong else 0.8, reason)


class _Lists(NamedTuple):
    strong: frozenset[str]
    unbroken: frozenset[str]
    weak: frozenset[str]
    terms: re.Pattern[bytes]  # of the codes of the words that an edit term starts with
    inner: frozenset[str]
    denied: frozenset[str]
    classes: tuple[frozenset[str], ...]
    questions: frozenset[str]
    function: frozenset[str]


@lru_cache(maxsize=8)
def _lists(lists: WordLists) -> _Lists:
    kinds = [lists.words("retractions", name) for name in ("strong", "unbroken", "weak")]
    names = ("determiners", "subjects", "prepositions", "auxiliaries", "questions")
    classes = tuple(lists.words("repairs", name) for name in names)
    function: frozenset[str] = frozenset().union(
        *classes, lists.words("repairs", "conjunctions"), lists.words("repeats", "function")
    )
    phrases: frozenset[str] = frozenset().union(*kinds)
    terms = [phrase.split() for phrase in phrases]
    openers = _SOUNDS | {term[0] for term in terms}
    starts = {(term[0], term[1] if term[1:] else "") for term in terms}
    starts |= {(sound, opener) for sound in _SOUNDS for opener in openers}
    starts |= {(term[0], sound) for term in terms for sound in _SOUNDS}
    inner = frozenset(word for term in terms for word in term) | {"uh", "um", "er", "well", "just", "let's", "say"}
    denied = lists.words("retractions", "denied")
    return _Lists(kinds[0], kinds[1], kinds[2], _either(starts), inner, denied, classes, classes[4], function)


def _either(starts: Iterable[tuple[str, str]]) -> re.Pattern[bytes]:
    """A pattern for the code of a word that another follows, for each of some pairs; "" is any word."""
    behind: dict[str, list[str]] = {}
    for first, second in sorted(starts):
        behind.setdefault(first, []).append(second)
    branches = []
    for first, others in behind.items():
        follows = b"" if "" in others else b"(?=[" + b"".join([re.escape(code(key)) for key in others]) + b"])"
        branches.append(re.escape(code(first)) + follows)
    return re.compile(b"|".join(branches), re.DOTALL)


def _edit_term(view: View, at: int, lists: _Lists) -> tuple[list[int], bool]:
    """The words of the edit term that starts at a word, and whether it is a strong one; none where there is none."""
    words, end, term = view.words, at, list[int]()
    while end < len(words) and len(term) < _LONGEST and words.key(end) in lists.inner:
        term.append(end)
        if ends_sentence(words.key(end), view.gap(end)):
            return [], False
        end = view.next(end)
    keys = [words.key(i) for i in term]
    for size in range(len(keys), 0, -1):
        said = " ".join(keys[:size])
        plain = all(view.gap(i) == " " for i in term[:size])
        bare = " ".join([key for key in keys[:size] if key not in _SOUNDS])
        if said in lists.strong or bare in lists.strong or (plain and said in lists.unbroken):
            return term[:size], True
        if said in lists.weak or (bare in lists.weak and not _SOUNDS.isdisjoint(keys[:size])):
            return term[:size], False
    return [], False


def _reparandum(view: View, term: list[int], strong: bool, lists: _Lists) -> int | None:
    """The first word of what an edit term takes back; None where that is nothing."""
    words, repair = view.words, view.next(term[-1])
    if repair >= len(words):
        return None
    back: list[int] = []
    i = view.previous(term[0])
    while i >= 0 and len(back) < _BACK and not ends_sentence(words.key(i), view.gap(i)):
        back.append(i)
        i = view.previous(i)
    opens = i < 0 or ends_sentence(words.key(i), view.gap(i))
    anew = words.key(repair)
    denies = words.key(term[0]) == "no" and len(term) == 1 and anew in lists.denied
    if not back or denies or words.key(back[0]) in _ANSWERS:
        return None
    if anew in lists.questions:
        asked = [i for i in back if words.key(i) in lists.questions]
        if asked:
            return asked[-1] if opens else asked[0]
        return back[-1] if opens and strong and words.written(repair)[:1].isupper() else None
    set_off = view.gap(back[0])[:1] == ",", view.gap(term[-1])[:1] == ","
    if not strong and set_off[0] != set_off[1]:
        return None  # `and no, they have`: an answer
    same = next((n for n, i in enumerate(back) if words.key(i) == anew), None)
    if same is not None and (strong or anew in lists.function):
        return back[same] if strong or same < _NEAR else None
    if not strong:
        return None
    for kind in lists.classes[:4]:
        if anew in kind:
            return next((i for i in back[:5] if words.key(i) in kind), None)
    if words.key(back[0]) in lists.function:
        return None
    first = _whole_name(view, back, lists)
    return first if is_number(words.key(first)) == is_number(anew) else None


def _whole_name(view: View, back: list[int], lists: _Lists) -> int:
    """The first word of the name that ends with `back[0]`, or that word."""
    words, first = view.words, back[0]
    for i in back[1:4]:
        capitals = words.written(i)[:1].isupper() and words.written(first)[:1].isupper() and i > 0
        if not capitals or view.gap(i) != " " or words.key(i) in lists.function:
            break
        first = i
    return first
