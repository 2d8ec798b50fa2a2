"""The heard forms of a dictionary, indexed for one simultaneous longest-match sweep over a words view.

The sweep is idempotent by construction. A form that holds another entry's right spelling, or would meet it half-way,
is also indexed with each form in which that spelling is heard, so that what two sweeps would do, one does. What can't
be settled so (an entry whose right spelling is itself heard for something else) is a problem, said when loading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from tidytranscript.words import Words
from tidytranscript.words import keys as keys_of

if TYPE_CHECKING:
    from tidytranscript.corrections.dictionary import Entry

Keys: TypeAlias = tuple[str, ...]

_REACH = 12  # words on either side in which a `near` word may stand
_MOST_JOINED = 20_000  # forms made by joining others; beyond it a dictionary is too tangled to trust

# Words that make a poor anchor, because they stand everywhere; of the others, that in the fewest forms is looked for.
_COMMON = frozenset(
    "a an and are as at be but by can code do for from go good have he i if in is it just know like me mind my no not "
    "of on one open or so that the they this time to two up was we what with you your".split()
)


@frozen
class Phrase:
    """A heard form as its words, and what to write for it."""

    keys: Keys
    exact: Keys | None  # the words as written, for a form that matches in its own case only
    right: str
    near: tuple[Keys, ...]
    why: str


@frozen
class Match:
    """Words `first` to `last` (inclusive) are a heard form."""

    first: int
    last: int
    start: int
    end: int
    phrase: Phrase


@frozen
class Phrases:
    """The index: anchor word -> (place of the anchor in the form, form), the longest form first."""

    anchors: dict[str, list[tuple[int, Phrase]]]
    problems: list[str] = field(factory=list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Phrases:
        """The index of some entries, with what is wrong with them together."""
        phrases = {(p.keys, p.exact): p for entry in entries for p in _of_entry(entry)}
        problems = _join(phrases)
        anchors: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        shared = Counter(key for phrase in phrases.values() for key in phrase.keys)
        for phrase in phrases.values():
            ranks = [(key not in _COMMON, -shared[key], len(key)) for key in phrase.keys]
            place = ranks.index(max(ranks))
            anchors[phrase.keys[place]].append((place, phrase))
        for found in anchors.values():
            found.sort(key=lambda pair: -len(pair[1].keys))
        index = cls(dict(anchors), problems)
        if not problems:
            problems += index._loops(phrases.values())
        return index

    def _loops(self, phrases: Iterable[Phrase]) -> Iterator[str]:
        rights = sorted({phrase.right for phrase in phrases})
        together = Words.of(" . ".join(rights))  # no form reaches over a stop
        starts = list(accumulate((len(right) + 3 for right in rights), initial=0))
        for match in self.sweep(together, gated=False):
            right = rights[bisect_right(starts, match.start) - 1]
            heard, other = together.text[match.start : match.end], match.phrase.right
            yield f"{right!r} is right for one entry, but {heard!r} in it is heard for {other!r}: drop one"

    def sweep(self, words: Words, *, gated: bool = True) -> list[Match]:
        """Every heard form in a text, longest first where they overlap, in order."""
        if not self.anchors:
            return []
        found = [match for at in words.where(_with_possessives(self.anchors)) for match in self._at(words, at)]
        if not found:
            return []
        found.sort(key=lambda m: (m.first, -m.last))
        taken: dict[int, Match] = {}  # each word of a form -> its match
        waiting = found
        while waiting:
            later = []
            for match in waiting:
                inside = range(match.first, match.last + 1)
                if not taken.keys().isdisjoint(inside):
                    continue
                if gated and match.phrase.near and not _is_near(words, match, taken):
                    later.append(match)
                    continue
                taken.update(dict.fromkeys(inside, match))
            if len(later) == len(waiting):
                break
            waiting = later
        return [match for i, match in sorted(taken.items()) if i == match.first]

    def _at(self, words: Words, at: int) -> Iterator[Match]:
        key = words.key(at)
        forms = self.anchors.get(key, [])
        if key.endswith("'s"):
            forms = [*forms, *self.anchors.get(key[:-2], [])]
        for place, phrase in forms:
            first = at - place
            last = first + len(phrase.keys) - 1
            if first < 0 or last >= len(words):
                continue
            if any(words.key(first + i) != phrase.keys[i] for i in range(len(phrase.keys) - 1)):
                continue
            tail = words.key(last)[len(phrase.keys[-1]) :]
            if not words.key(last).startswith(phrase.keys[-1]) or tail not in ("", "'s"):
                continue
            start, end = words.start(first), words.end(last) - len(tail)
            if any(not words.gap(i).isspace() for i in range(first, last)):
                continue
            if phrase.exact is not None and words.text[start:end].split() != list(phrase.exact):
                continue
            if words.text[start:end] != phrase.right:
                yield Match(first, last, start, end, phrase)


def _with_possessives(anchors: dict[str, list[tuple[int, Phrase]]]) -> set[str]:
    return anchors.keys() | {key + "'s" for key in anchors}


def _is_near(words: Words, match: Match, taken: dict[int, Match]) -> bool:
    """Whether a `near` word stands close by in the text as it will be, which a second sweep would see."""
    before: list[str] = []
    i = match.first - 1
    while i >= 0 and len(before) < _REACH:
        if i in taken:
            before += reversed(keys_of(taken[i].phrase.right))
            i = taken[i].first
        else:
            before.append(words.key(i))
        i -= 1
    before = before[:_REACH][::-1]
    after: list[str] = []
    i = match.last + 1
    while i < len(words) and len(after) < _REACH:
        if i in taken:
            after += keys_of(taken[i].phrase.right)
            i = taken[i].last
        else:
            after.append(words.key(i))
        i += 1
    around = [f" {' '.join(side)} " for side in (before, after[:_REACH])]
    return any(f" {' '.join(keys)} " in side for keys in match.phrase.near for side in around)


def _of_entry(entry: Entry) -> Iterator[Phrase]:
    near = tuple([keys_of(text) for text in entry.near])
    for form in entry.heard:
        keys = keys_of(form)
        if not keys:
            continue
        exact = tuple(form.split()) if form != form.lower() else None
        yield Phrase(keys, exact, entry.right, near, entry.why)
        if len(keys) > 1:  # `open-AI` is one word
            joined = "-".join(form.split())
            yield Phrase(keys_of(joined), (joined,) if exact else None, entry.right, near, entry.why)


def _join(phrases: dict[tuple[Keys, Keys | None], Phrase]) -> list[str]:
    """Add to `phrases` the forms that would only match once another entry had been applied."""
    fresh = list(phrases.values())
    everything = list(fresh)
    for _ in range(3):
        made = [new for new in _meetings(everything, fresh) if (new.keys, new.exact) not in phrases]
        if len(phrases) + len(made) > len(everything) + _MOST_JOINED:
            return [f"more than {_MOST_JOINED} forms run into each other; give longer or fewer heard forms"]
        for new in made:
            phrases.setdefault((new.keys, new.exact), new)
        if not made:
            return []
        fresh, everything = made, list(phrases.values())
    return []


def _meetings(everything: Sequence[Phrase], fresh: Sequence[Phrase]) -> Iterator[Phrase]:
    by_right: dict[Keys, list[Phrase]] = defaultdict(list)
    by_head: dict[Keys, list[Phrase]] = defaultdict(list)
    by_tail: dict[Keys, list[Phrase]] = defaultdict(list)
    for phrase in everything:
        right = _phrase_keys(phrase.right)
        by_right[right].append(phrase)
        for n in range(1, len(right)):
            by_head[right[:n]].append(phrase)
            by_tail[right[-n:]].append(phrase)
    for form in fresh:
        keys, n = form.keys, len(form.keys)
        for a in range(n):
            for b in range(a + 1, n + 1):
                if b - a < n:
                    for other in by_right.get(keys[a:b], ()):
                        if other.keys != keys[a:b]:
                            yield Phrase((*keys[:a], *other.keys, *keys[b:]), None, form.right, form.near, form.why)
        for k in range(1, n):
            for other in by_tail.get(keys[:k], ()):
                lead = other.right.split()[:-k]
                yield Phrase((*other.keys, *keys[k:]), None, " ".join([*lead, form.right]), form.near, form.why)
            for other in by_head.get(keys[-k:], ()):
                rest = other.right.split()[k:]
                yield Phrase((*keys[:-k], *other.keys), None, " ".join([form.right, *rest]), form.near, form.why)


def _phrase_keys(text: str) -> Keys:
    """The words of a right spelling that can be matched as one phrase; none if a comma or the like parts them."""
    if " " in text:
        words = Words.of(text)
        if any(not words.gap(i).isspace() for i in range(len(words) - 1)):
            return ()
    return keys_of(text)
