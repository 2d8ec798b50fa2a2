"""Self-corrections with an edit term: `to Boston, uh, I mean to Denver`, `what is the, no wait, who is`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tidytranscript import wordlists
from tidytranscript.cuts import taken_out
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.words import Words

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
_SOUNDS: Final = frozenset(("uh", "um", "er", "oh", "well"))


@as_pass("retractions", SELF_CORRECTION)
def retractions(transcript: Transcript) -> Iterator[Finding]:
    """Each reparandum with the edit term that takes it back."""
    lists = _lists(transcript.language)
    if lists is None:
        return
    words, done = transcript.words, 0
    for at in words.where(lists.openers):
        if at < done or not at or at + 1 >= len(words):
            continue
        end, strong = _edit_term(words, at, lists)
        first = _reparandum(words, at, end, strong, done, lists) if end else None
        if first is not None:
            done = end
            said, term = _written(words, first, at), _written(words, at, end)
            edits = taken_out(words, first, end - 1)
            reason = f"{said!r} is taken back with {term!r}"
            sure = 0.85 if strong else 0.8
            yield SELF_CORRECTION.at(words.start(first), words.end(end - 1), reason, *edits, confidence=sure)


class _Lists(NamedTuple):
    strong: frozenset[str]
    unbroken: frozenset[str]
    weak: frozenset[str]
    openers: frozenset[str]
    inner: frozenset[str]
    denied: frozenset[str]
    classes: tuple[frozenset[str], ...]
    questions: frozenset[str]
    function: frozenset[str]


@lru_cache(maxsize=8)
def _lists(language: str) -> _Lists | None:
    lists = wordlists.of(language)
    if lists is None:
        return None
    kinds = [lists.words("retractions", name) for name in ("strong", "unbroken", "weak")]
    names = ("determiners", "subjects", "prepositions", "auxiliaries", "questions")
    classes = tuple(lists.words("repairs", name) for name in names)
    function = frozenset().union(*classes, lists.words("repairs", "conjunctions"), lists.words("repeats", "function"))
    terms = [phrase.split() for phrase in frozenset().union(*kinds)]
    openers = frozenset(term[0] for term in terms) | {"uh", "um", "er"}
    inner = frozenset(word for term in terms for word in term) | {"uh", "um", "er", "well", "just", "let's", "say"}
    denied = lists.words("retractions", "denied")
    return _Lists(*kinds, openers, inner, denied, classes, classes[4], function)


def _edit_term(words: Words, at: int, lists: _Lists) -> tuple[int, bool]:
    """Where the edit term that starts at a word ends, and whether it is a strong one; 0 where there is none."""
    end, keys = at, []
    while end < len(words) and end - at < _LONGEST and words.key(end) in lists.inner:
        keys.append(words.key(end))
        end += 1
        if ends_sentence(keys[-1], words.gap(end - 1)):
            return 0, False
    for size in range(len(keys), 0, -1):
        said = " ".join(keys[:size])
        plain = all(words.gap(i) == " " for i in range(at, at + size))
        bare = " ".join([key for key in keys[:size] if key not in _SOUNDS])
        if said in lists.strong or bare in lists.strong or (plain and said in lists.unbroken):
            return at + size, True
        if said in lists.weak or (bare in lists.weak and not _SOUNDS.isdisjoint(keys[:size])):
            return at + size, False
    return 0, False


def _reparandum(words: Words, at: int, end: int, strong: bool, least: int, lists: _Lists) -> int | None:
    """The first word of what is taken back; None where nothing is."""
    if end >= len(words):
        return None
    back, i = [], at - 1
    while i >= least and len(back) < _BACK and not ends_sentence(words.key(i), words.gap(i)):
        back.append(i)
        i -= 1
    opens = i < 0 or ends_sentence(words.key(i), words.gap(i))
    anew = words.key(end)
    if not back or (words.key(at) == "no" and end == at + 1 and anew in lists.denied) or words.key(back[0]) == "yes":
        return None
    if anew in lists.questions:
        asked = [i for i in back if words.key(i) in lists.questions]
        if asked:
            return asked[-1] if opens else asked[0]
        return back[-1] if opens and strong and words.written(end)[:1].isupper() else None
    same = [i for i in back if words.key(i) == anew]
    if same and (strong or anew in lists.function):
        return same[0] if strong or at - same[0] <= 4 else None
    if not strong:
        return None
    for kind in lists.classes[:4]:
        if anew in kind:
            like = [i for i in back[:5] if words.key(i) in kind]
            return like[0] if like else None
    if words.key(back[0]) in lists.function:
        return None
    first = back[0]
    for i in back[1:4]:
        both = words.written(i)[:1].isupper() and words.written(first)[:1].isupper() and i > 0
        if not both or words.gap(i) != " " or words.key(i) in lists.function:
            break
        first = i
    return first if is_number(words.key(first)) == is_number(anew) else None


def _written(words: Words, first: int, end: int) -> str:
    return words.text[words.start(first) : words.end(end - 1)]
