"""What a word, a sentence end and a number are: the only place that says so; and the words view.

A word is what stands between blanks and dashes, without the punctuation around it: `(um,` holds the word `um`,
`it’s` and `pre-training` are one word each, `10–20` and `so—um` are two, and `--` is none.

>>> view = Words.of("It’s, it's fine -- uh, fine.")
>>> [view.key(i) for i in range(len(view))]
["it's", "it's", 'fine', 'uh', 'fine']
>>> view.gap(2)
' -- '
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import accumulate, compress, count
from operator import add
from typing import Final
from unicodedata import category
from zlib import crc32

from attrs import frozen

# Each stands for one character, so that replacing it by a blank moves nothing. Dashes part words; hyphens don't.
_PARTING: Final = ("\n", "\t", "\r", "\v", "\f", "—", "–", "…")
_PARTING_WIDE: Final = (
    *"\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000",
    *map(chr, range(0x2000, 0x200B)),
)
_CHUNK: Final = 1 << 16  # characters looked at together: small enough for the processor's cache
_LONGEST_KEPT: Final = 48  # tokens longer than this are looked at anew each time, so that the tables stay small
_TABLE_SIZE: Final = 200_000

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_STOP: Final = frozenset(".?!…。？！")
SENTENCE_END: Final = re.compile(r"[.?!…]+[\"'”’)\]]*(?=\s|$)|[。？！]+")
_NOT_AN_END: Final = frozenset(
    "mr mrs ms dr prof st jr sr vs etc e.g i.e fig no vol inc ltd co dept approx est cf al".split()
)
_NUMBER_WORDS: Final = frozenset(
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion trillion double triple".split()
)


def word_list(text: str) -> list[str]:
    """Every run of letters and digits with its inner apostrophes, as the engine counts words.

    >>> word_list("Pre-training, it’s 5.2")
    ['Pre', 'training', 'it’s', '5', '2']
    """
    return _WORD.findall(text)


def is_number(key: str) -> bool:
    """Whether a word is a number or a part of one: `7`, `3rd`, `five`.

    >>> is_number("five"), is_number("2021"), is_number("fine")
    (True, True, False)
    """
    return key in _NUMBER_WORDS or any(map(str.isdigit, key))


def ends_sentence(before: str, gap: str) -> bool:
    """Whether a sentence ends in the `gap` that follows the word `before` (its key).

    >>> ends_sentence("fine", ". "), ends_sentence("dr", ". "), ends_sentence("fine", ", ")
    (True, False, False)
    """
    return not _SENTENCE_STOP.isdisjoint(gap) and not (before in _NOT_AN_END and "." in gap)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as (start, end), blanks around them left out.

    >>> text = "Dr. Lee is in. Is she? Yes"
    >>> [text[a:b] for a, b in sentences(text)]
    ['Dr. Lee is in.', 'Is she?', 'Yes']
    """
    stop = len(text) if end is None else end
    at = _skip_blanks(text, start, stop)
    for match in SENTENCE_END.finditer(text, start, stop):
        if match.end() <= at:
            continue
        if match[0] == ".":
            head = max(at, match.start() - 12)
            if bare(text[head : match.start()].rpartition(" ")[2])[2] in _NOT_AN_END:
                continue
        yield at, match.end()
        at = _skip_blanks(text, match.end(), stop)
    last = len(text[at:stop].rstrip()) + at
    if last > at:
        yield at, last


def _skip_blanks(text: str, at: int, stop: int) -> int:
    while at < stop and text[at].isspace():
        at += 1
    return at


class _Bare(dict[str, tuple[int, int, str]]):
    """Token -> (characters before its word, characters after it, the word's key); a bounded memo."""

    def __missing__(self, token: str) -> tuple[int, int, str]:
        lead, end = 0, len(token)
        while lead < end and not _is_word_character(token[lead]):
            lead += 1
        while end > lead and not _is_word_character(token[end - 1]):
            end -= 1
        found = (lead, len(token) - end, sys.intern(token[lead:end].casefold().replace("’", "'")))
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _TABLE_SIZE:
                self.clear()
            self[token] = found
        return found


class _Codes(dict[str, int]):
    """Token -> a byte that is 0 where the token holds no word, and equal for equal words; a bounded memo."""

    def __missing__(self, token: str) -> int:
        key = _BARE[token][2]
        code = 1 + crc32(key.encode("utf-8", "surrogatepass")) % 255 if key else 0
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _TABLE_SIZE:
                self.clear()
            self[token] = code
        return code


_BARE: Final = _Bare()
_CODES: Final = _Codes()


def bare(token: str) -> tuple[int, int, str]:
    """How many characters stand before and after the word in `token`, and the word's key: case folded, one apostrophe.

    >>> bare("(It’s,")
    (1, 1, "it's")
    """
    return _BARE[token]


def _is_word_character(c: str) -> bool:
    return c.isalnum() or (c > "\x7f" and category(c)[0] == "M")


@frozen(eq=False)
class Words:
    """The words of one text, as arrays; made once per text and shared by the passes that think in words.

    `codes` holds one byte for each word: equal words have equal codes, and unequal words nearly always others.
    """

    text: str
    tokens: list[str]
    ends: array[int]  # where each token ends, its punctuation included
    codes: bytes

    @classmethod
    def of(cls, text: str) -> Words:
        """The view of `text`, in time linear in its length."""
        tokens: list[str] = []
        ends = array("q")
        codes = bytearray()
        intern, code_of = sys.intern, _CODES.__getitem__
        for at, piece in _pieces(text):
            parts = _parted(piece)
            found = bytes(map(code_of, parts))
            stops = map(add, accumulate(map(len, parts)), count(at))
            if 0 in found:
                tokens.extend(map(intern, compress(parts, found)))
                ends.extend(compress(stops, found))
                codes += found.translate(None, b"\0")
            else:
                tokens.extend(map(intern, parts))
                ends.extend(stops)
                codes += found
        return cls(text, tokens, ends, bytes(codes))

    def __len__(self) -> int:
        return len(self.tokens)

    def key(self, i: int) -> str:
        """Word `i` as words are compared: case folded, one kind of apostrophe."""
        return _BARE[self.tokens[i]][2]

    def start(self, i: int) -> int:
        """Where word `i` starts in the text, punctuation left out."""
        token = self.tokens[i]
        return self.ends[i] - len(token) + _BARE[token][0]

    def end(self, i: int) -> int:
        """Where word `i` ends in the text, punctuation left out."""
        return self.ends[i] - _BARE[self.tokens[i]][1]

    def written(self, i: int) -> str:
        """Word `i` as the text writes it."""
        return self.text[self.start(i) : self.end(i)]

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next word, or the end of the text."""
        return self.text[self.end(i) : self.start(i + 1) if i + 1 < len(self.tokens) else len(self.text)]

    def where(self, keys: AbstractSet[str]) -> Iterator[int]:
        """The indices of the words whose key is one of `keys`, in order."""
        hot = {token for token in set(self.tokens) if _BARE[token][2] in keys}
        return compress(count(), map(hot.__contains__, self.tokens))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """`text` in pieces, each with its place, cut at blanks; the blanks at the cuts belong to no piece."""
    at = 0
    while at < len(text):
        cut = at + _CHUNK
        if cut < len(text):
            found = [i for i in (text.find(" ", cut), text.find("\n", cut, cut + _CHUNK)) if i >= 0]
            cut = min(found, default=len(text))
        yield at, text[at:cut]
        at = cut + 1


def _parted(piece: str) -> list[str]:
    for mark in _PARTING:
        piece = piece.replace(mark, " ")
    piece = piece.replace("--", "  ").replace("...", "   ")
    if not piece.isascii():
        for mark in _PARTING_WIDE:
            piece = piece.replace(mark, " ")
    return piece.split(" ")
