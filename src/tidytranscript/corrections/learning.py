"""Dictionaries learned from what a human corrected: entries that would have done no harm, and why not the others."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from attrs import evolve

from tidytranscript import wordlists
from tidytranscript.corrections.dictionary import Dictionary, shipped
from tidytranscript.corrections.entries import Entry
from tidytranscript.words import Words
from tidytranscript.words import keys as keys_of

_LONGEST: Final = 5  # words of a form
_SECTION: Final = "learned"
_AGREES: Final = 19  # times that a form is corrected alike for each time that it is not
LEAST: Final = 4  # times that a form must be corrected alike; measured, see docs/dictionaries.md
_EDGES: Final = " \t\r\n.,?!;:…\"“”‘’'()[]"
_STOPS: Final = re.compile(r"[.,?!;:…\"“”()\[\]]+(?:\s|$)|(?:^|\s)[\"“(\[]|\s[-–—]\s")


class Lesson(NamedTuple):
    """A form and what it was corrected to.

    Attributes:
        heard: as the recogniser wrote it.
        right: as the human wrote it.
        fixed: how often the one became the other.
        other: how often the same form became something else.
        stays: how often it stands in the corrected text.
        refused: why no entry was made of it; empty if one was.
        context: the words around, once.
    """

    heard: str
    right: str
    fixed: int
    other: int
    stays: int
    refused: str
    context: str


def learned(
    raw: str, corrected: str, least: int = LEAST, language: str = "en"
) -> tuple[Dictionary, tuple[Lesson, ...]]:
    """The dictionary of what was corrected between two versions of a text, and all that was looked at.

    An entry is made of a form that was corrected alike wherever it stood, `least` times or more, and holds no mark; a
    form of ordinary words, or of the same letters as the right spelling, must have been corrected twice as often.

    >>> raw, corrected = "We met Haldis Brecco.\\nIt is to late.", "We met Halldis Brekkemo.\\nIt is too late."
    >>> dictionary, lessons = learned(raw, corrected, least=1)
    >>> [(entry.right, entry.heard) for entry in dictionary.entries]
    [('Halldis Brekkemo', ('Haldis Brecco',))]
    >>> [(lesson.heard, lesson.refused) for lesson in lessons if lesson.refused]
    [('to', 'made of ordinary words, and corrected only once: 2 times are needed')]
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for heard, right, context in _corrections(raw, corrected):
        found[heard, right].append(context)
    stays = _occurrences(Words.of(corrected), {heard for heard, _ in found})
    became = Counter({pair: len(contexts) for pair, contexts in found.items()})
    of_form: Counter[str] = Counter()
    for (heard, _), count in became.items():
        of_form[_known(heard)] += count
    ordinary = wordlists.ordinary(language)
    lessons = []
    for (heard, right), contexts in found.items():
        fixed = became[heard, right]
        counts = (fixed, of_form[_known(heard)] - fixed, stays[heard])
        why = _unfit(heard, right) or _refused(heard, right, counts, least, ordinary)
        lessons.append(Lesson(heard, right, *counts, why, contexts[0]))
    lessons.sort(key=lambda lesson: (-lesson.fixed, lesson.right, lesson.heard))
    return _dictionary(lessons)


def _known(heard: str) -> str:
    return heard.casefold()


def _corrections(raw: str, corrected: str) -> Iterator[tuple[str, str, str]]:
    """(What was written, what it was corrected to, the words around) for each place that was corrected."""
    for before, after in _paired(raw, corrected):
        said, meant = before.split(), after.split()
        plain = [[word.strip(_EDGES) for word in side] for side in (said, meant)]
        matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "replace":
                around = " ".join([*said[max(0, a - 4) : a], f"[{' '.join(said[a:b])}]", *said[b : b + 4]])
                for heard, right in _split(said[a:b], meant[c:d]):
                    yield heard, right, around


def _split(said: Sequence[str], meant: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Word by word where as many words stand on both sides and a mark parts them; else as one."""
    sides = " ".join(said).strip(_EDGES), " ".join(meant).strip(_EDGES)
    if len(said) == len(meant) > 1 and _STOPS.search(sides[0]):
        yield from ((a.strip(_EDGES), b.strip(_EDGES)) for a, b in zip(said, meant, strict=True))
    else:
        yield sides


def _paired(raw: str, corrected: str) -> Iterator[tuple[str, str]]:
    """The parts of two texts that say the same: line by line if there are as many, else as lines can be matched."""
    before, after = ([line for line in text.splitlines() if line.strip()] for text in (raw, corrected))
    if len(before) == len(after):
        yield from zip(before, after, strict=True)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace":
            yield "\n".join(before[a:b]), "\n".join(after[c:d])


def _unfit(heard: str, right: str) -> str:
    """Why a form can't be an entry at all."""
    words = keys_of(heard)
    if not words or not keys_of(right):
        return "one side holds no word"
    if len(words) > _LONGEST:
        return f"more than {_LONGEST} words were corrected at once"
    if _STOPS.search(heard) or _STOPS.search(right):
        return "a mark stands inside"
    if heard == right or ("".join(words) == "".join(keys_of(right)) and heard.casefold() == right.casefold() == heard):
        return "only the case of its first letter differs" if heard != right else "nothing but marks was corrected"
    if all(word.isdigit() for word in words) or (len(words) == 1 and len(words[0]) < 2):
        return "a number or a letter may stand for anything"
    return ""


def _refused(heard: str, right: str, counts: tuple[int, int, int], least: int, ordinary: frozenset[str]) -> str:
    """Why a form is too dangerous to be an entry."""
    fixed, other, stays = counts
    if other * _AGREES > fixed:
        return f"corrected to something else {_times(other)}"
    if stays * _AGREES > fixed:
        return f"right as it is {_times(stays)}"
    plain = all(word in ordinary or word.isdigit() or len(word) < 2 for word in keys_of(heard.replace("-", " ")))
    for taste, what in ((plain, "made of ordinary words"), (_letters(heard) == _letters(right), "the same letters")):
        if taste and fixed < 2 * least:
            return f"{what}, and corrected only {_times(fixed)}: {_times(2 * least)} are needed"
    return f"corrected only {_times(fixed)}: {_times(least)} are needed" if fixed < least else ""


def _letters(text: str) -> str:
    """The letters alone: `SQL Alchemy` and `SQLAlchemy` are one name, of which people write now this, now that."""
    return "".join(filter(str.isalnum, text.casefold()))


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _occurrences(words: Words, forms: Iterable[str]) -> Counter[str]:
    """How often each form stands in a text, in any case if it is in lower case, as a dictionary would match it."""
    by_keys: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for form in forms:
        by_keys[keys_of(form)].append(form)
    lengths: dict[str, set[int]] = defaultdict(set)
    for keys in by_keys:
        if keys:
            lengths[keys[0]].add(len(keys))
    counts: Counter[str] = Counter()
    for i in words.where(lengths):
        for n in lengths[words.key(i)]:
            last = i + n - 1
            if last < len(words):
                for form in by_keys.get(tuple([words.key(k) for k in range(i, last + 1)]), ()):
                    said = words.text[words.start(i) : words.end(last)]
                    counts[form] += form == form.lower() or said.split() == form.split()
    return counts


def _dictionary(lessons: Sequence[Lesson]) -> tuple[Dictionary, tuple[Lesson, ...]]:
    """The entries of the lessons that are not refused; those that would undo each other are refused too."""
    rights = {lesson.right for lesson in lessons if not lesson.refused} | {entry.right for entry in shipped().entries}
    inside = _occurrences(Words.of(" . ".join(sorted(rights))), [lesson.heard for lesson in lessons])
    out = []
    taken: set[str] = set()
    for lesson in lessons:
        if not lesson.refused and (_known(lesson.heard) in taken or inside[lesson.heard]):
            lesson = lesson._replace(refused="stands in what is right for another entry")
        if not lesson.refused:
            taken.add(_known(lesson.heard))
        out.append(lesson)
    entries: dict[str, Entry] = {}
    for lesson in out:
        if not lesson.refused:
            entry = entries.get(lesson.right, Entry(lesson.right, (), section=_SECTION))
            entries[lesson.right] = evolve(entry, heard=(*entry.heard, lesson.heard))
    return Dictionary(tuple(entries.values()), "<learned>"), tuple(out)
