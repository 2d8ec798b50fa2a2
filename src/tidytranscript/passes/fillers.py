"""The sounds that fill a pause: uh, um, er and how they are spelled. A language without word lists runs none.

`mhm` and `uh-huh` are answers, `hm?` is a question, and `um` is a word in German and Portuguese.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final, NamedTuple

from tidytranscript.cuts import cut, opening
from tidytranscript.memo import Memo
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_word_pass
from tidytranscript.sentences import ends_sentence
from tidytranscript.wordlists import WordLists
from tidytranscript.words import Words, bare

FILLER: Final = Rule(
    "filler",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.CLEAN,
    "A sound that fills a pause, such as uh or um.",
    fixes=(
        ("Um, so we left.", "So we left."),
        ("do we have, uh, data for it", "do we have data for it"),
        ("It is, uh, um, fine, uh.", "It is fine."),
        ("Yes. Uh. I think so.", "Yes. I think so."),
        ("it failed, uh, and then it worked", "it failed, and then it worked"),
        ("we went through, uh,\nwhat we have", "we went through\nwhat we have"),
        ("Ummm, it is uhhh fine, errr, I think.", "It is fine, I think."),
    ),
    keeps=(
        "Uh-huh. Mhm. Uh huh.",
        "uh oh, it broke",
        "the word “um” is short",
        "the ER was full",
        "a layer of 5 um",
        "the hum of the drum",
        "to err is human",
        "“Um?” he asked.",
    ),
)

_PLAIN_GAPS: Final = frozenset((" ", ", "))  # on both sides: the filler stands in mid-sentence, as nearly all do
_TOO_LONG: Final = 20  # letters: nobody hums so long
_TABLE_SIZE: Final = 50_000
_OPENING: Final = frozenset("\"'“‘(")


class _Lists(NamedTuple):
    """What the pass knows of a language."""

    sounds: Memo[str, bool]  # whether a word is a sound, or the lengthening of one
    answers: frozenset[str]
    markers: frozenset[str]
    no_comma_after: frozenset[str]
    comma_before: frozenset[str]
    articles: frozenset[str]
    subjects: frozenset[str]
    prepositions: frozenset[str]
    nominative: frozenset[str]


@lru_cache(maxsize=8)
def _lists(lists: WordLists) -> _Lists:
    names = (
        "answers",
        "markers",
        "no_comma_after",
        "comma_before",
        "articles",
        "subjects",
        "prepositions",
        "nominative",
    )
    sounds = lists.words("fillers", "sounds")
    starts = tuple({sound[:1] for sound in sounds})
    return _Lists(
        Memo(partial(_is_sound, sounds, starts), _TABLE_SIZE), *(lists.words("fillers", name) for name in names)
    )


def _is_sound(sounds: frozenset[str], starts: tuple[str, ...], key: str) -> bool:
    if key in sounds or not (2 < len(key) < _TOO_LONG and key.startswith(starts)):
        return key in sounds
    return "".join([c for c, before in zip(key, " " + key, strict=False) if c != before]) in sounds


@as_word_pass("fillers", FILLER, reach=24)
def fillers(transcript: Transcript, given: WordLists) -> Iterator[Finding]:
    """Each run of fillers, taken out with the punctuation that set it off."""
    lists = _lists(given)
    words = transcript.words
    last = -1
    for i in words.among({token for token in words.vocabulary if lists.sounds[bare(token)[2]]}):
        if i <= last or not _is_filler(words, i, lists):
            continue
        last = i
        while last + 1 < len(words) and lists.sounds[words.key(last + 1)] and _joined(words, last, lists):
            last += 1
        yield _taken_out(words, i, last, lists)


def _joined(words: Words, i: int, lists: _Lists) -> bool:
    return not words.gap(i).strip(" \t\r\n,.?!:;…-—–") and _is_filler(words, i + 1, lists)


def _is_filler(words: Words, i: int, lists: _Lists) -> bool:
    start, end = words.start(i), words.end(i)
    written = words.text[start:end]
    before, after = words.text[start - 1 : start], words.text[end : end + 1]
    if before in _OPENING and before and after and not after.isspace() and after != ",":
        return False  # quoted: the word is spoken of
    if after in ("?", "'"):
        return False
    if i + 1 < len(words) and words.key(i + 1) in lists.answers and words.gap(i).strip() in ("", "-"):
        return False
    if i and words.key(i - 1) in lists.answers and words.gap(i - 1).isspace() and words.key(i - 1) != "oh":
        return False
    if words.key(i) == "err" and i and words.key(i - 1) in ("to", "we", "they", "i", "you"):
        return False
    if i and words.key(i - 1)[-1].isdigit() and words.gap(i - 1).isspace() and written == "um" and after != ",":
        return False  # micrometres
    return not (len(written) > 1 and written.isupper() and not _shouted(words, i, lists))


def _shouted(words: Words, i: int, lists: _Lists) -> bool:
    """Whether the words around are in capitals too; other fillers don't count."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(words) and lists.sounds[words.key(j)] and abs(j - i) < 20:
            j += step
        if 0 <= j < len(words) and len(word := words.written(j)) > 2 and word.isalpha() and word.isupper():
            return True
    return False


def _taken_out(words: Words, first: int, last: int, lists: _Lists) -> Finding:
    text = words.text
    start, end = words.start(first), words.end(last)
    left = words.end(first - 1) if first else 0
    word = words.start(last + 1) if last + 1 < len(words) else len(text)
    right = word - opening(text[end:word])
    before, after = text[left:start], text[end:right]
    said = text[start:end]
    if first and last + 1 < len(words) and before in _PLAIN_GAPS and after in _PLAIN_GAPS:
        keeps_comma = before == ", " and _parts_clauses(words, first, last, lists)
        cut_out = (left + 1, right - 1, "") if keeps_comma else (left, right - 1, "")
        return FILLER.at(start, end, f"{said!r} fills a pause", cut_out)
    opens = not first or ends_sentence(words.key(first - 1), before) or before.strip(" \t\r\n,") != ""
    if opens:
        edits = _from_the_start(text, start, end, right)
        if text[start].isupper() and last + 1 < len(words) and _may_open(words, last + 1, lists):
            edits.append((word, word + 1, text[word].upper()))
    else:
        edits = cut(text, left, start, end, right, _stop(words, first, last, before, after, lists))
    return FILLER.at(start, end, f"{said!r} fills a pause", *edits)


def _may_open(words: Words, i: int, lists: _Lists) -> bool:
    """Whether word `i` takes a capital at the start of a sentence: not `iPhone`, nor a filler that goes too."""
    return words.written(i).islower() and not lists.sounds[words.key(i)]


def _parts_clauses(words: Words, first: int, last: int, lists: _Lists) -> bool:
    """Whether a comma stays: before a clause, beside `you know`, and where words are said again."""
    before, after = words.key(first - 1), words.key(last + 1)
    if after in lists.comma_before:
        if before not in lists.no_comma_after:
            return True
        if before in lists.articles | lists.subjects or (before in lists.prepositions and after in lists.nominative):
            return True  # they can't stand in a row, so the first was given up
    if before == "like" and (first < 2 or words.gap(first - 2).strip(" \n") != ""):
        return True
    if last + 2 < len(words) and f"{after} {words.key(last + 2)}" in lists.markers:
        return True
    if first > 1 and f"{words.key(first - 2)} {before}" in lists.markers:
        return True
    whole = before in ("and", "but", "or", "so", "because")  # a clause begins there, given up or not
    return any(
        all(words.key(first - n + i) == words.key(last + 1 + i) for i in range(n if whole else min(n, 2)))
        for n in range(1, min(5, first, len(words) - 1 - last) + 1)
    )


def _from_the_start(text: str, start: int, end: int, right: int) -> list[tuple[int, int, str]]:
    """At the start of a sentence: the fillers go with all that sets them off from the next word."""
    if text[max(0, start - 2) : start] in (" -", "\n-"):
        start -= 1  # a hyphen that hung on to the filler would hang on to the next word
    line_end = text.find("\n", end, right)
    if line_end < 0 and right < len(text):
        kept = text[end:right].lstrip(" \t\r,.;:!…-—–")
        return [(start, right - len(kept), "")]
    stop = line_end if line_end >= 0 else len(text)
    kept = text[end:stop].lstrip(" \t\r,.;:!…-—–")
    while start and text[start - 1] in " \t":
        start -= 1
    return [(start, stop - len(kept), "")]


def _stop(words: Words, first: int, last: int, before: str, after: str, lists: _Lists) -> str:
    """The punctuation that stays in place of the fillers in mid-sentence."""
    rest = after.replace("\n", " ").strip()
    if rest[:1] == "-" and rest[:2] != "--" and after[:1] == "-":
        rest = rest[1:].lstrip(" ,")  # `in, uh- 2016`: the hyphen says that the sound was broken off
    if rest and rest[0] not in ",":
        return rest
    if last + 1 == len(words):
        return before.strip() if rest else ""
    if "," in before and _parts_clauses(words, first, last, lists):
        return ","
    return rest[1:].lstrip() if rest else ""
