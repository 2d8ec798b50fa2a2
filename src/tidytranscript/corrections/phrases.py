"""The heard forms of a dictionary, indexed for one simultaneous longest-match sweep over a words view.

The sweep is idempotent by construction: it is taken again over what it would write, until it finds nothing more, and
what comes out is one set of changes to the text as it stood. An entry whose right spelling is itself heard for
something else could go round for ever; it is a problem, said when loading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Set
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from tidytranscript.corrections.forms import Keys, Phrase, Surroundings, chosen, phrases_of, singular
from tidytranscript.corrections.matches import Match, applied, composed
from tidytranscript.corrections.overlaps import longest_overlap
from tidytranscript.memo import Memo
from tidytranscript.words import Words, bare
from tidytranscript.words import keys as keys_of

if TYPE_CHECKING:
    from tidytranscript.corrections.entries import Entry

ROUNDS: Final = 4
"""Sweeps at most; a dictionary whose forms still meet after them is not settled."""

_TABLE_SIZE: Final = 50_000
_PLAIN: Final = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")

# Words that make a poor anchor, because they stand everywhere; of the others, that in the fewest forms is looked for.
_COMMON: Final = frozenset(
    "a an and are as at be but by can code do for from go good have he i if in is it just know like me mind my no not "
    "of on one open or so that the they this time to two up was we what with you your".split()
)

Shape: TypeAlias = tuple[int, int]
"""The place of a word in a form, and how many words that has."""

Places: TypeAlias = tuple[tuple[int, int, Set[str]], ...]
"""The shapes of the forms around a token, each with the words beside it; (0, 0, none) for one with a hyphen."""

Also: TypeAlias = Callable[[Words], "list[Match]"]
"""Finds more in a text that is misheard; in order, none over another."""


@frozen
class Phrases:
    """The index: the forms by their words, and for a word that anchors some, at which place of how long a form it is
    looked for, and the words that stand beside it there."""

    forms: dict[Keys, list[Phrase]]
    anchors: dict[str, dict[Shape, set[str]]]
    problems: list[str] = field(factory=list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Phrases:
        """The index of some entries, with what is wrong with them together."""
        forms: dict[Keys, list[Phrase]] = {}
        for entry in entries:
            for phrase in phrases_of(entry):
                same = forms.get(phrase.keys)
                if same is None:
                    forms[phrase.keys] = [phrase]
                elif not any(other.right == phrase.right and other.exact == phrase.exact for other in same):
                    same.append(phrase)
        shared = Counter(chain.from_iterable(forms))
        worth = {key: (key not in _COMMON, -count, len(key)) for key, count in shared.items()}
        anchors: dict[str, dict[Shape, set[str]]] = {}
        for keys in forms:
            ranks = [worth[key] for key in keys]
            place = ranks.index(max(ranks))
            beside = anchors.setdefault(keys[place], {}).setdefault((place, len(keys)), set())
            if len(keys) > 1:
                beside.add(keys[place - 1 if place else 1])
        index = cls(forms, anchors)
        index.problems.extend(index._loops())
        return index

    def _loops(self) -> Iterator[str]:
        rights = {phrase.right for phrases in self.forms.values() for phrase in phrases}
        for right, heard, other in self.heard_in(rights):
            yield f"{right!r} is right for one entry, but {heard!r} in it is heard for {other!r}: drop one"

    def heard_in(self, rights: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """(A right spelling, the form that is heard in it, for what) for each of some right spellings."""
        hot = _Anchors(self.anchors)
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
        for _ in range(ROUNDS):
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

    @cached_property
    def _hot(self) -> Memo[str, Places]:
        """Where forms may stand around a token."""
        return Memo(self._places, _TABLE_SIZE)

    @cached_property
    def reach(self) -> int | None:
        """How many words on either side decide in one sweep whether a form is written; None if there is no end to it.

        There is none where entries ask who speaks, or forms overlap in a circle, as `a b` and `b a` do.
        """
        entries = [phrase.entry for phrases in self.forms.values() for phrase in phrases]
        covered = longest_overlap(self.forms)
        if covered is None or any(entry.speaker for entry in entries):
            return None
        return covered + max([max(e.within, e.not_within) for e in entries if e.near or e.not_near], default=0)

    def _places(self, token: str) -> Places:
        key = bare(token)[2]
        found: list[tuple[int, int, Set[str]]] = []
        for anchor in (key, *singular(key)):
            found += [(*shape, beside) for shape, beside in self.anchors.get(anchor, {}).items()]
        if "-" in key and key in _Anchors(self.anchors):
            found.append((0, 0, set()))
        return tuple(found)

    def _sweep(self, words: Words, around: Surroundings | None) -> list[Match]:
        """The forms of one sweep whose entries apply; all of them where nothing is asked of what is around."""
        found = [hit for place in self._likely(words) for hit in self._match(words, *place, around)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        out, end = [], -1
        for first, last, match in found:
            if first > end:
                out.append(match)
                end = last
        return out

    def _likely(self, words: Words) -> Iterator[tuple[int, int, list[str]]]:
        """Where a form may stand: the first word, the last, and the keys of all of them."""
        hot, size, key = self._hot, len(words), words.key
        tokens = {token for token in words.vocabulary if hot[token]} if self.anchors else ()
        for at in words.among(tokens):
            for place, n, beside in hot[words.tokens[at]]:
                if n == 0:  # `open-ai` is one word
                    yield at, at, key(at).split("-")
                elif n == 1:
                    yield at, at, [key(at)]
                elif (first := at - place) >= 0 and (last := first + n - 1) < size:
                    near = key(at - 1 if place else at + 1)
                    if near in beside or any(stem in beside for stem in singular(near)):
                        yield first, last, [key(i) for i in range(first, last + 1)]

    def _match(
        self, words: Words, first: int, last: int, said: list[str], around: Surroundings | None
    ) -> Iterator[tuple[int, int, Match]]:
        for ending in (said[-1], *singular(said[-1])):
            phrases = self.forms.get((*said[:-1], ending))
            if not phrases or any(not words.gap(i).isspace() for i in range(first, last)):
                continue
            tail = said[-1][len(ending) :]
            if tail != "s" or len(said) > 1:
                match = chosen(words, first, last, tail, phrases, around)
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
            return any(part in self for part in text.split("-")) or any(s in self._anchors for s in singular(text))
        return any(stem in self._anchors for stem in singular(text))


def _roughly(text: str) -> list[str]:
    """The words of a text, fast; or, where that is not so simple, its keys."""
    return text.lower().split() if _PLAIN.fullmatch(text) else [*keys_of(text)]
