"""Names that are given, and the forms in which they were misheard: found by sound and by spelling.

A likeness alone changes nothing: it takes an anchor in the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Final

from attrs import frozen

from tidytranscript.corrections import people
from tidytranscript.corrections.dictionary import Dictionary
from tidytranscript.corrections.entries import Entry
from tidytranscript.corrections.likeness import LEAST_ALONE, likeness, plain
from tidytranscript.corrections.matches import Match
from tidytranscript.sentences import ends_sentence
from tidytranscript.words import Words, bare
from tidytranscript.words import keys as keys_of

_LONGEST: Final = 8  # words of a name
_WITHIN: Final = 60  # words: people of a field are spoken of where the field is
_SURE, _UNSURE = 0.9, 0.5
_FIELD: Final = tuple(
    f" {word} " for word in "ai agi openai deepmind anthropic gpt neural model models learning intelligence".split()
)
REACH: Final = _WITHIN + 2 * _LONGEST
"""Words on either side that may decide whether a whole name is misheard."""

_INTRODUCES: Final = frozenset(("i'm", "welcome"))
_TWICE: Final = 2  # times that the text must spell a name right elsewhere


@frozen
class Name:
    """A name as it is written right, and what is known of it.

    Attributes:
        parts: its words.
        near: " words " of which one must stand near where the name is not `given`.
        given: whether the user, or the source, says that this person is meant.
    """

    parts: tuple[str, ...]
    near: tuple[str, ...] = ()
    given: bool = True


def given_names(names: Iterable[str], metadata: Mapping[str, Any], speakers: Iterable[str]) -> list[Name]:
    """The names that the user gives, and those that the metadata and the labels of speakers hold.

    >>> [name.parts for name in given_names(["Ann Lee"], {"title": "Bo Ek – How Whales Sing"}, ["Speaker 1"])]
    [('Ann', 'Lee'), ('Bo', 'Ek')]
    """
    found = [*names, *people.noted(metadata)]
    found += [name for name in speakers if people.is_like_a_name(name) and not any(map(str.isdigit, name))]
    return list(dict.fromkeys([Name(tuple(name.split())) for name in found if name.strip()]))


def known_names(dictionary: Dictionary) -> list[Name]:
    """The people of a dictionary."""
    entries = [entry for entry in dictionary.entries if entry.section == "people"]
    return [Name(tuple(entry.right.split()), _near(entry), given=False) for entry in entries]


def _near(entry: Entry) -> tuple[str, ...]:
    return tuple([f" {' '.join(keys_of(text))} " for text in entry.near]) or _FIELD


def misheard(words: Words, names: Sequence[Name], *, lone: bool = True) -> list[Match]:
    """The words of a text that may be one of some names misheard, in order, none over another.

    Where two whole names overlap nothing tells which is meant. A part of a name that stands alone is judged by the
    whole text, and left out without `lone`; the others by at most `REACH` words on either side.
    """
    like = _Likenesses.of(words, names)
    if not like.tokens:
        return []
    places = list(words.among(like.tokens))
    found = dict(_apart([(i, *whole) for i in places if (whole := _whole(words, i, like))]))
    covered = {k for first, (last, _) in found.items() for k in range(first, last + 1)}
    alone = [i for i in places if i not in covered] if lone else []
    meant = _meant(words, places, names, found.values()) if alone else ()
    if parts := _lone(words, alone, like, meant):
        rights = Counter([_stem(words, i) for i in alone])
        rights.update(key for _, match in found.values() for key in keys_of(match.new))
        found |= {i: (i, _alone(words, i, part, rights)) for i, part in parts.items()}
    return [found[i][1] for i in sorted(found)]


def _apart(found: Sequence[tuple[int, int, Match]]) -> Iterator[tuple[int, tuple[int, Match]]]:
    """The matches from a first to a last word, in order, that no other overlaps."""
    end = -1
    for (first, last, match), after in zip(found, [*found[1:], None], strict=False):
        if end < first and (after is None or last < after[0]):
            yield first, (last, match)
        end = max(end, last)


def _stem(words: Words, i: int) -> str:
    return words.key(i).removesuffix("'s")


@frozen
class _Likenesses:
    """Which words with a capital are like parts of names, and how."""

    of_token: Mapping[str, Mapping[str, str]]
    tokens: Set[str]
    by_first: Mapping[str, Sequence[Name]]  # names of more than one part

    @classmethod
    def of(cls, words: Words, names: Sequence[Name]) -> _Likenesses:
        of_token = likeness(tuple([part for name in names for part in name.parts]))
        by_first: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if 1 < len(name.parts) <= _LONGEST:
                by_first[name.parts[0]].append(name)
        return cls(of_token, {token for token in words.vocabulary if of_token[token]}, by_first)


def _whole(words: Words, i: int, like: _Likenesses) -> tuple[int, Match] | None:
    """A whole name that starts with word `i`, of which a part is misheard; with its last word."""
    tokens = words.tokens
    if i + 1 >= len(words) or tokens[i + 1] not in like.tokens:
        return None
    firsts = like.of_token[tokens[i]].keys() & like.by_first.keys()
    for name in [name for first in sorted(firsts) for name in like.by_first[first]]:
        last = i + len(name.parts) - 1
        if last >= len(words) or any(not words.gap(k).isspace() for k in range(i, last)):
            continue
        degrees = [
            like.of_token[token].get(part, "") for token, part in zip(tokens[i : last + 1], name.parts, strict=True)
        ]
        beside = next((part for part, degree in zip(name.parts, degrees, strict=True) if degree == "equal"), "")
        if not all(degrees) or all(degree == "equal" for degree in degrees):
            continue
        if not beside and not {"sound", "both"}.issuperset(degrees):
            continue
        if not name.given and ("likeness" in degrees or not _is_near(words, i, last, name.near)):
            continue
        end = words.end(last) - (2 if words.key(last).endswith("'s") else 0)
        heard, new = words.text[words.start(i) : end], " ".join(name.parts)
        why = f"{beside!r} stands beside it" if beside else "all of it sounds like that"
        return last, Match(words.start(i), end, new, f"{heard!r} is like {new!r}, and {why}", _SURE, is_name=True)
    return None


def _meant(
    words: Words, places: Iterable[int], names: Sequence[Name], found: Iterable[tuple[int, Match]]
) -> list[Name]:
    """The names that are given, and those that stand somewhere whole."""
    written = {match.new for _, match in found}
    first: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        first[plain(name.parts[0])].append(name)
    whole = {name for i in places for name in first.get(words.key(i), ()) if _is_whole(words, i, name)}
    return [name for name in names if name.given or name in whole or " ".join(name.parts) in written]


def _is_whole(words: Words, i: int, name: Name) -> bool:
    """Whether the whole name stands at word `i`, spelled right."""
    last = i + len(name.parts) - 1
    if last == i or last >= len(words) or any(not words.gap(k).isspace() for k in range(i, last)):
        return False
    return all(_stem(words, i + k) == plain(part) for k, part in enumerate(name.parts))


def _lone(words: Words, places: Iterable[int], like: _Likenesses, meant: Iterable[Name]) -> dict[int, str]:
    """Words that may be a part of the name of somebody who is meant, and stand alone; each with that part."""
    given = {part for name in meant for part in name.parts if len(part) >= LEAST_ALONE}
    found = {}
    for i in places if given else ():
        degrees = like.of_token[words.tokens[i]]
        parts = [part for part in degrees.keys() & given if degrees[part] in ("both", "spelling")]
        if len(parts) != 1 or "equal" in degrees.values() or len(_stem(words, i)) < LEAST_ALONE:
            continue
        if not _is_half_a_name(words, i):
            found[i] = parts[0]
    lower = _lower(words, {_stem(words, i) for i in found})
    return {i: part for i, part in found.items() if _stem(words, i) not in lower}


def _lower(words: Words, keys: Set[str]) -> set[str]:
    """Those of some words that stand somewhere without a capital."""
    found = [(token, bare(token)) for token in words.vocabulary if bare(token)[2] in keys] if keys else ()
    return {key for token, (head, _, key) in found if not token[head].isupper()}


def _alone(words: Words, i: int, part: str, rights: Counter[str]) -> Match:
    end = words.end(i) - (2 if words.key(i).endswith("'s") else 0)
    heard = words.text[words.start(i) : end]
    before = words.key(i - 1) if i and words.gap(i - 1).isspace() else ""
    if rights[" ".join(keys_of(part))] >= _TWICE:
        sure, why = _SURE, f"the text spells it {part!r} elsewhere"
    elif before in _INTRODUCES:
        sure, why = _SURE, "a speaker is named so"
    else:
        sure, why = _UNSURE, "nothing else tells"
    return Match(words.start(i), end, part, f"{heard!r} is like {part!r}: {why}", sure, is_name=True)


def _is_half_a_name(words: Words, i: int) -> bool:
    after = i + 1 < len(words) and words.gap(i).isspace() and words.written(i + 1)[:1].isupper()
    return _has_capital(words, i - 1) or (after and not _is_i(words.key(i + 1)))


def _is_i(key: str) -> bool:
    """Whether a word is `I`, `I'm` and the like, which have their capital everywhere."""
    return key == "i" or key.startswith("i'")


def _has_capital(words: Words, i: int) -> bool:
    if i < 0 or not words.written(i)[:1].isupper() or _is_i(words.key(i)):
        return False
    after = words.gap(i)
    opens = i == 0 or ends_sentence(words.key(i - 1), words.gap(i - 1))
    return after.isspace() and not opens


def _is_near(words: Words, first: int, last: int, near: Sequence[str]) -> bool:
    around = range(max(0, first - _WITHIN), min(len(words), last + _WITHIN))
    here = f" {' '.join([words.key(i) for i in around if not first <= i <= last])} "
    return any(word in here for word in near)
