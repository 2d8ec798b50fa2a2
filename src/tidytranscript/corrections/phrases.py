"""The heard forms of a dictionary, indexed for one simultaneous longest-match sweep over a words view.

The sweep is idempotent by construction: it is taken again over what it would write, until it finds nothing more, and
what comes out is one set of changes to the text as it stood. An entry whose right spelling is itself heard for
something else could go round for ever; it is a problem, said when loading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import field, frozen

from tidytranscript.corrections.matches import Match, applied, composed
from tidytranscript.words import Words, bare
from tidytranscript.words import keys as keys_of

if TYPE_CHECKING:
    from tidytranscript.corrections.entries import Entry

Keys: TypeAlias = tuple[str, ...]

SIMPLE: Final = re.compile(r"[a-z]+(?: [a-z]+)*")
"""Words that are their own keys, one blank between them."""

_CHOICE: Final = 0.5  # where more than one entry may be meant
_ROUNDS: Final = 4  # of sweeps; a dictionary whose forms still meet after them is not settled
_PLAIN: Final = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_ACRONYM: Final = re.compile(r"\b[A-Z]{2,5}\b")  # that may be spelled out: `G P T`

# Words that make a poor anchor, because they stand everywhere; of the others, that in the fewest forms is looked for.
_COMMON: Final = frozenset(
    "a an and are as at be but by can code do for from go good have he i if in is it just know like me mind my no not "
    "of on one open or so that the they this time to two up was we what with you your".split()
)


@frozen
class Phrase:
    """A heard form as its words, what to write for it, and where it applies."""

    keys: Keys
    exact: Keys | None  # the words as written, for a form that matches in its own case only
    right: str
    entry: Entry
    near: tuple[str, ...]  # " words with a blank around "
    not_near: tuple[str, ...]


Also: TypeAlias = Callable[[Words], "list[Match]"]
"""Finds more in a text that is misheard; in order, none over another."""


class Surroundings(NamedTuple):
    """What is known beside the words: the metadata as " words with a blank around ", and who speaks at a place."""

    metadata: str = ""
    speaker: Callable[[int], str | None] | None = None


@frozen
class Phrases:
    """The index: the forms by their words, and for a word, at which place of how long a form it is looked for."""

    forms: dict[Keys, list[Phrase]]
    anchors: dict[str, tuple[tuple[int, int], ...]]
    problems: list[str] = field(factory=list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Phrases:
        """The index of some entries, with what is wrong with them together."""
        forms: dict[Keys, list[Phrase]] = {}
        for entry in entries:
            for phrase in _of_entry(entry):
                same = forms.get(phrase.keys)
                if same is None:
                    forms[phrase.keys] = [phrase]
                elif not any(other.right == phrase.right and other.exact == phrase.exact for other in same):
                    same.append(phrase)
        shared = Counter(chain.from_iterable(forms))
        worth = {key: (key not in _COMMON, -count, len(key)) for key, count in shared.items()}
        anchors: dict[str, tuple[tuple[int, int], ...]] = {}
        for keys in forms:
            ranks = [worth[key] for key in keys]
            place = ranks.index(max(ranks))
            shape = (place, len(keys))
            shapes = anchors.get(keys[place], ())
            if shape not in shapes:
                anchors[keys[place]] = (*shapes, shape)
        index = cls(forms, anchors)
        index.problems.extend(index._loops())
        return index

    def _loops(self) -> Iterator[str]:
        rights = {phrase.right for phrases in self.forms.values() for phrase in phrases}
        for right, heard, other in self.heard_in(rights):
            yield f"{right!r} is right for one entry, but {heard!r} in it is heard for {other!r}: drop one"

    def heard_in(self, rights: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """(A right spelling, the form that is heard in it, for what) for each of some right spellings."""
        hot = self._hot
        found = sorted([right for right in set(rights) if any(map(hot.__contains__, _roughly(right)))])
        together = Words.of(" . ".join(found))  # no form reaches over a stop
        starts = list(accumulate((len(right) + 3 for right in found), initial=0))
        for match in self._sweep(together, None):
            if match.applies:
                right = found[bisect_right(starts, match.start) - 1]
                yield right, together.text[match.start : match.end], match.new

    def sweep(self, words: Words, around: Surroundings | None = None, also: Also | None = None) -> list[Match]:
        """Every heard form in a text, longest first where they overlap, in order; settled.

        `also` finds more in a text, such as names; it is asked about what each sweep would write.
        """
        around = around or Surroundings()
        settled: list[Match] = []
        for _ in range(_ROUNDS):
            found = self._sweep(words, around)
            if also and not any(match.applies for match in found):
                found = composed(found, also(words))
            settled = composed(settled, found)
            made = [match for match in found if match.applies]
            if not made:
                break
            edits = [((match.start, match.end), match.new) for match in made]
            text = applied(words.text, edits)
            words = words.patched(edits, text) or Words.of(text)
            around = around._replace(speaker=None)
        return settled

    @property
    def _hot(self) -> _Anchors:
        return _Anchors(self.anchors)

    def _sweep(self, words: Words, around: Surroundings | None) -> list[Match]:
        """The forms of one sweep whose entries apply; all of them where nothing is asked of what is around."""
        if not self.anchors:
            return []
        anchors, hot = self.anchors, self._hot
        tokens = set()
        for token in set(words.tokens):
            key = bare(token)[2]
            if key in anchors or ((key[-1:] == "s" or "-" in key) and key in hot):
                tokens.add(token)
        found = [hit for at in words.among(tokens) for hit in self._at(words, at, around)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        out, end = [], -1
        for first, last, match in found:
            if first > end:
                out.append(match)
                end = last
        return out

    def _at(self, words: Words, at: int, around: Surroundings | None) -> Iterator[tuple[int, int, Match]]:
        key, size = words.key(at), len(words)
        for anchor in (key, *_singular(key)):
            for place, n in self.anchors.get(anchor, ()):
                first, last = at - place, at - place + n - 1
                if first >= 0 and last < size:
                    said = [words.key(i) for i in range(first, last + 1)] if n > 1 else [key]
                    yield from self._match(words, first, last, said, around)
        if "-" in key:  # `open-ai` is one word
            yield from self._match(words, at, at, key.split("-"), around)

    def _match(
        self, words: Words, first: int, last: int, said: list[str], around: Surroundings | None
    ) -> Iterator[tuple[int, int, Match]]:
        for ending in (said[-1], *_singular(said[-1])):
            phrases = self.forms.get((*said[:-1], ending))
            if not phrases or any(not words.gap(i).isspace() for i in range(first, last)):
                continue
            tail = said[-1][len(ending) :]
            if tail != "s" or len(said) > 1:
                match = _chosen(words, first, last, tail, phrases, around)
                if match:
                    yield first, last, match
                    return


class _Anchors:
    """The keys of words at which a form may stand, with what possessives, plurals and hyphens add."""

    def __init__(self, anchors: Container[str]) -> None:
        self._anchors = anchors

    def __contains__(self, key: object) -> bool:
        if key in self._anchors:
            return True
        text = str(key)
        if "-" in text:
            return any(part in self for part in text.split("-")) or any(s in self._anchors for s in _singular(text))
        return any(stem in self._anchors for stem in _singular(text))


def _singular(key: str) -> tuple[str, ...]:
    if key.endswith("'s"):
        return (key[:-2],)
    return (key[:-1],) if key.endswith("s") and len(key) > 2 else ()


def _chosen(
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


def _of_entry(entry: Entry) -> Iterator[Phrase]:
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


def _roughly(text: str) -> list[str]:
    """The words of a text, fast; or, where that is not so simple, its keys."""
    return text.lower().split() if _PLAIN.fullmatch(text) else [*keys_of(text)]


def _spellings(form: str, acronyms: set[str]) -> Iterator[str]:
    """The form, and with its acronyms spelled out: `g p t 4`, `g.p.t 4`."""
    yield form
    words = form.split()
    if any(word in acronyms for word in words):
        for between in (" ", "."):
            yield " ".join([between.join(word) if word in acronyms else word for word in words])
