"""A heard form of a dictionary as its words, and where it applies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import frozen

from tidytranscript.corrections.matches import Match
from tidytranscript.words import Words
from tidytranscript.words import keys as keys_of

if TYPE_CHECKING:
    from tidytranscript.corrections.entries import Entry

Keys: TypeAlias = tuple[str, ...]

SIMPLE: Final = re.compile(r"[a-z]+(?: [a-z]+)*")
"""Words that are their own keys, one blank between them."""

_CHOICE: Final = 0.5  # where more than one entry may be meant
_ACRONYM: Final = re.compile(r"\b[A-Z]{2,5}\b")  # that may be spelled out: `G P T`


@frozen
class Phrase:
    """A heard form as its words, what to write for it, and where it applies."""

    keys: Keys
    exact: Keys | None  # the words as written, for a form that matches in its own case only
    right: str
    entry: Entry
    near: tuple[str, ...]  # " words with a blank around "
    not_near: tuple[str, ...]


class Surroundings(NamedTuple):
    """What is known beside the words: the metadata as " words with a blank around ", and who speaks at a place."""

    metadata: str = ""
    speaker: Callable[[int], str | None] | None = None


def singular(key: str) -> tuple[str, ...]:
    """What a word may be the possessive or the plural of.

    >>> singular("gpts"), singular("gpt's"), singular("gpt")
    (('gpt',), ('gpt',), ())
    """
    if key.endswith("'s"):
        return (key[:-2],)
    return (key[:-1],) if key.endswith("s") and len(key) > 2 else ()


def chosen(
    words: Words, first: int, last: int, tail: str, phrases: Sequence[Phrase], around: Surroundings | None
) -> Match | None:
    """The form that applies to some words; where several do, or only one of its entry's choice might, the options."""
    text = words.text
    start, end = words.start(first), words.end(last) - len(tail)
    said = text[start:end]
    if tail == "s":  # `chat gpts`; but not `tensor flows`, nor `Demis Hassabis`
        phrases = [p for p in phrases if p.right[-1:].isupper() or p.right[-1:].isdigit()]
    if not phrases:
        return None
    written = said.split() if last > first else said.split("-") if len(phrases[0].keys) > 1 else [said]
    fitting = [p for p in phrases if p.exact is None or written == list(p.exact)]
    fitting = [p for p in fitting if p.exact is not None] or fitting
    if around is not None:
        fitting = [p for p in fitting if _applies(words, first, last, p, around)]
    if not fitting or any(said == p.right for p in fitting):
        return None
    opened = [p for p in fitting if not p.entry.choice or p.near or p.not_near] if around else fitting
    phrase = (opened or fitting)[0]
    new, why = _cased(phrase, said), phrase.entry.why
    if (len(opened) == 1 and len(fitting) == 1) or len({p.right for p in opened}) == 1:
        reason = f"{said!r} is heard for {phrase.right!r}"
        return Match(start, end, new, f"{reason}: {why}" if why else reason)
    options = " or ".join([repr(right) for right in dict.fromkeys(p.right for p in fitting)])
    return Match(start, end, new, f"{said!r} may be {options}", _CHOICE)


def _cased(phrase: Phrase, said: str) -> str:
    if phrase.entry.case != "adapt":
        return phrase.right
    if len(said) > 1 and said.isupper():
        return phrase.right.upper()
    return phrase.right[:1].upper() + phrase.right[1:] if said[:1].isupper() else phrase.right


def _applies(words: Words, first: int, last: int, phrase: Phrase, around: Surroundings) -> bool:
    entry = phrase.entry
    if entry.speaker and (around.speaker is None or around.speaker(words.start(first)) not in entry.speaker):
        return False
    if not (phrase.near or phrase.not_near):
        return True
    if phrase.not_near:
        here = _beside(words, first, last, entry.not_within)
        if any(near in here for near in phrase.not_near):
            return False
    here = _beside(words, first, last, entry.within) if phrase.near else ""
    return not phrase.near or any(near in here or near in around.metadata for near in phrase.near)


def _beside(words: Words, first: int, last: int, reach: int) -> str:
    sides = (range(max(0, first - reach), first), range(last + 1, min(len(words), last + 1 + reach)))
    return "".join([f" {' '.join([words.key(i) for i in side])} " for side in sides])


def phrases_of(entry: Entry) -> Iterator[Phrase]:
    """The heard forms of an entry, and those that its acronyms add."""
    near = _around(entry.near) if entry.near else ()
    not_near = _around(entry.not_near) if entry.not_near else ()
    acronyms = {word.lower() for word in _ACRONYM.findall(entry.right)}
    for form in entry.heard:
        if not acronyms and SIMPLE.fullmatch(form):
            yield Phrase(tuple(form.split()), None, entry.right, entry, near, not_near)
            continue
        exact = form != form.lower()
        for written in _spellings(form, acronyms) if acronyms and not exact else (form,):
            keys = _keys(written)
            if keys:
                yield Phrase(keys, tuple(written.split()) if exact else None, entry.right, entry, near, not_near)


def _around(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple([f" {' '.join(keys_of(text))} " for text in texts])


def _keys(form: str) -> Keys:
    """The words of a form as keys; a hyphen parts them, as in `open-ai`."""
    keys = keys_of(form)
    return tuple(keys[0].split("-")) if len(keys) == 1 and "-" in keys[0] else keys


def _spellings(form: str, acronyms: set[str]) -> Iterator[str]:
    """The form, and with its acronyms spelled out: `g p t 4`, `g.p.t 4`."""
    yield form
    words = form.split()
    if any(word in acronyms for word in words):
        for between in (" ", "."):
            yield " ".join([between.join(word) if word in acronyms else word for word in words])
