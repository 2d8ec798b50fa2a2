"""The heard forms of a dictionary, indexed for one simultaneous longest-match sweep over a words view.

The sweep is idempotent by construction: it is taken again over what it would write, until it finds nothing more, and
what comes out is one set of changes to the text as it stood. An entry whose right spelling is itself heard for
something else could go round for ever; it is a problem, said when loading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from attrs import field, frozen

from tidytranscript.words import Words
from tidytranscript.words import keys as keys_of

if TYPE_CHECKING:
    from tidytranscript.corrections.dictionary import Entry

Keys: TypeAlias = tuple[str, ...]

_SURE: Final = 0.9
_CHOICE: Final = 0.5  # where more than one entry may be meant
_ROUNDS: Final = 4  # of sweeps; a dictionary whose forms still meet after them is not settled
_LETTERS: Final = range(2, 6)  # of an acronym that may be spelled out: `G P T`

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


class Match(NamedTuple):
    """`text[start:end]` is misheard for `new`, or, with a confidence below 0.9, only may be."""

    start: int
    end: int
    new: str
    reason: str
    confidence: float = 1.0
    is_name: bool = False  # found by likeness to a name, not in a dictionary

    @property
    def applies(self) -> bool:
        """Whether it is sure enough to be written."""
        return self.confidence >= _SURE


Also: TypeAlias = Callable[[Words], "list[Match]"]
"""Finds more in a text that is misheard; in order, none over another."""


class Surroundings(NamedTuple):
    """What is known beside the words: the metadata as " words with a blank around ", and who speaks at a place."""

    metadata: str = ""
    speaker: Callable[[int], str | None] | None = None


@frozen
class Phrases:
    """The index: anchor word -> (place of the anchor, words in the form) -> the words -> the forms."""

    anchors: dict[str, dict[tuple[int, int], dict[Keys, list[Phrase]]]]
    problems: list[str] = field(factory=list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Phrases:
        """The index of some entries, with what is wrong with them together."""
        phrases = list({(p.keys, p.exact, p.right): p for entry in entries for p in _of_entry(entry)}.values())
        shared = Counter(key for phrase in phrases for key in phrase.keys)
        anchors: dict[str, dict[tuple[int, int], dict[Keys, list[Phrase]]]] = {}
        for phrase in phrases:
            keys = phrase.keys
            place = 0
            if len(keys) > 1:
                ranks = [(key not in _COMMON, -shared[key], len(key)) for key in keys]
                place = ranks.index(max(ranks))
            by_shape = anchors.setdefault(keys[place], {})
            by_shape.setdefault((place, len(keys)), {}).setdefault(keys, []).append(phrase)
        index = cls(anchors)
        index.problems.extend(index._loops(phrases))
        return index

    def _loops(self, phrases: Iterable[Phrase]) -> Iterator[str]:
        rights = sorted({phrase.right for phrase in phrases})
        together = Words.of(" . ".join(rights))  # no form reaches over a stop
        starts = list(accumulate((len(right) + 3 for right in rights), initial=0))
        for match in self._sweep(together, None):
            right = rights[bisect_right(starts, match.start) - 1]
            heard = together.text[match.start : match.end]
            if match.applies:
                yield f"{right!r} is right for one entry, but {heard!r} in it is heard for {match.new!r}: drop one"

    def sweep(self, words: Words, around: Surroundings | None = None, also: Also | None = None) -> list[Match]:
        """Every heard form in a text, longest first where they overlap, in order; settled.

        `also` finds more in a text, such as names; it is asked about what each sweep would write.
        """
        around = around or Surroundings()
        settled: list[Match] = []
        for _ in range(_ROUNDS):
            found = self._sweep(words, around)
            if also and not any(match.applies for match in found):
                found = _composed(found, also(words))
            settled = _composed(settled, found)
            made = [match for match in found if match.applies]
            if not made:
                break
            edits = [((match.start, match.end), match.new) for match in made]
            text = _applied(words.text, edits)
            words = words.patched(edits, text) or Words.of(text)
            around = around._replace(speaker=None)
        return settled

    def _sweep(self, words: Words, around: Surroundings | None) -> list[Match]:
        """The forms of one sweep whose entries apply; all of them where nothing is asked of what is around."""
        if not self.anchors:
            return []
        found = [hit for at in words.where(_Anchors(self.anchors)) for hit in self._at(words, at, around)]
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
            for (place, n), forms in self.anchors.get(anchor, {}).items():
                first, last = at - place, at - place + n - 1
                if first < 0 or last >= size or any(not words.gap(i).isspace() for i in range(first, last)):
                    continue
                said = [words.key(i) for i in range(first, last + 1)]
                for ending in (said[-1], *_singular(said[-1])):
                    tail = said[-1][len(ending) :]
                    phrases = forms.get((*said[:-1], ending))
                    if phrases and (tail != "s" or n > 1):
                        match = _chosen(words, first, last, tail, phrases, around)
                        if match:
                            yield first, last, match
                            break


class _Anchors:
    """The keys of words at which a form may stand, with what possessives and plurals add."""

    def __init__(self, anchors: dict[str, dict[tuple[int, int], dict[Keys, list[Phrase]]]]) -> None:
        self._anchors = anchors

    def __contains__(self, key: object) -> bool:
        return key in self._anchors or any(k in self._anchors for k in _singular(str(key)))


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
    fitting = [p for p in phrases if p.exact is None or said.split() == list(p.exact)]
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


def _applied(text: str, edits: Sequence[tuple[tuple[int, int], str]]) -> str:
    out: list[str] = []
    at = 0
    for (start, end), new in edits:
        out += (text[at:start], new)
        at = end
    out.append(text[at:])
    return "".join(out)


def _composed(before: Sequence[Match], after: Sequence[Match]) -> list[Match]:
    """The changes `before`, and then `after` on what they give, as one list of changes to the text as it stood."""
    made = [match for match in before if match.applies]
    out: list[Match] = []
    i = shift = 0  # position before minus position after
    for match in after:
        while i < len(made) and made[i].start - shift + len(made[i].new) <= match.start:
            shift += made[i].end - made[i].start - len(made[i].new)
            out.append(made[i])
            i += 1
        start, end, head, tail = match.start + shift, match.end + shift, "", ""
        first = i
        while i < len(made) and made[i].start - shift < match.end:
            other, at = made[i], made[i].start - shift
            if at < match.start:
                start, head = other.start, other.new[: match.start - at]
            shift += other.end - other.start - len(other.new)
            end = match.end + shift
            if at + len(other.new) > match.end:
                end, tail = other.end, other.new[match.end - at :]
            i += 1
        if match.applies:
            reason = "; then ".join([*(other.reason for other in made[first:i]), match.reason])
            out.append(match._replace(start=start, end=end, new=head + match.new + tail, reason=reason))
        else:
            out += made[first:i]
            if first == i:
                out.append(match._replace(start=start, end=end))
    out += made[i:]
    taken = {at for match in out for at in (match.start, match.end)}
    waiting = [m for m in before if not m.applies and not {m.start, m.end} & taken and not _is_covered(m, out)]
    return sorted([*out, *waiting], key=lambda match: match[:2])


def _is_covered(match: Match, others: Sequence[Match]) -> bool:
    return any(other.start < match.end and match.start < other.end for other in others)


def _of_entry(entry: Entry) -> Iterator[Phrase]:
    near, not_near = (
        tuple([f" {' '.join(keys_of(text))} " for text in texts]) for texts in (entry.near, entry.not_near)
    )
    acronyms = {word.lower() for word in entry.right.replace("-", " ").split() if word.isupper() and word.isalpha()}
    for form in entry.heard:
        exact = form != form.lower()
        for written in _spellings(form, acronyms, exact):
            keys = keys_of(written)
            if keys:
                yield Phrase(keys, tuple(written.split()) if exact else None, entry.right, entry, near, not_near)


def _around(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple([f" {' '.join(keys_of(text))} " for text in texts])


def _spellings(form: str, acronyms: set[str], exact: bool) -> Iterator[str]:
    """The form, and other ways to write it: `open-ai`, `g p t 4`, `g.p.t 4`."""
    yield form
    words = form.split()
    if len(words) > 1:
        yield "-".join(words)
    if not exact and any(word in acronyms and len(word) in _LETTERS for word in words):
        for between in (" ", "."):
            yield " ".join([between.join(word) if word in acronyms else word for word in words])
