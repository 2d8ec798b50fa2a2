"""What a word is: the only place that says so; and the words view.

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
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from struct import pack
from typing import Final, TypeAlias
from unicodedata import category
from zlib import crc32

from attrs import define, field, frozen

from tidytranscript.memo import Memo

# Each stands for one character, so that replacing it by a blank moves nothing. Dashes part words; hyphens don't.
_PARTING: Final = (*" \t\r\v\f\x1c\x1d\x1e\x1f",)
_LONG_PARTING: Final = "-."  # the last character of `--` and `...`
_PARTING_WIDE: Final = (*"—–…\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B)))
_PARTED: Final = dict.fromkeys(map(ord, _PARTING + _PARTING_WIDE), "\n")
_SHORT: Final = 200  # characters: below, a table is faster than a search for each mark
_DENSE: Final = 16  # words for each edit: with fewer, a view is made anew
_CHUNK: Final = 1 << 16  # characters looked at together: small enough for the processor's cache
_TABLE_SIZE: Final = 200_000  # of tokens
_WIDE: Final = 4  # bytes of a place in a text
_BIAS: Final = 1 << 30  # characters: texts are shorter

_Edits: TypeAlias = Sequence[tuple[tuple[int, int], str]]
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def word_list(text: str) -> list[str]:
    """Every run of letters and digits with its inner apostrophes, as the engine counts words.

    >>> word_list("Pre-training, it’s 5.2")
    ['Pre', 'training', 'it’s', '5', '2']
    """
    return _WORD.findall(text)


def words_at(text: str) -> list[tuple[int, int]]:
    """Where those words stand.

    >>> words_at("It’s 5.2")
    [(0, 4), (5, 6), (7, 8)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def _bared(token: str) -> tuple[int, int, str]:
    """The characters before the word in a token, those after it, and its key."""
    lead, end = 0, len(token)
    while lead < end and not _is_word_character(token[lead]):
        lead += 1
    while end > lead and not _is_word_character(token[end - 1]):
        end -= 1
    return lead, len(token) - end, sys.intern(token[lead:end].casefold().replace("’", "'"))


def _coded(token: str) -> int:
    """A byte that is 0 where the token holds no word, and equal for equal words."""
    key = _BARE[token][2]
    return 1 + crc32(key.encode("utf-8", "surrogatepass")) % 255 if key else 0


_BARE: Final = Memo(_bared, _TABLE_SIZE)
_CODES: Final = Memo(_coded, _TABLE_SIZE)


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
    tokens: list[str]  # each word with the punctuation around it, and what ends it
    ends: array[int]  # where each token ends
    codes: bytes

    @classmethod
    def of(cls, text: str) -> Words:
        """The view of `text`, in time linear in its length; ValueError where it has 2**30 characters or more."""
        if len(text) >= _BIAS:
            raise ValueError(f"a text of {len(text)} characters is too long: cut it in pieces")
        made = _Maker()
        for at, piece in _pieces(text):
            tokens, codes, ends = _tokens(piece)
            made.add(tokens, codes, _packed(ends), at)
        return made.view(text)

    def patched(self, edits: _Edits, text: str) -> Words | None:
        """The view of `text`, which sorted edits ((start, end), new) have made of this view's text.

        The same words as `of(text)` gives; None where the edits are so many that making a new view costs less.
        """
        if len(edits) * _DENSE > len(self.tokens):
            return None
        # All that is new is cut into tokens at once: each stretch begins and ends where a token does.
        stretches = list(self._touched(edits, len(text)))
        tokens, codes, ends = _tokens("".join([text[start:stop] for _, _, start, stop, _ in stretches]))
        packed, old = _packed(ends), memoryview(self.ends).cast("B")
        made = _Maker()
        low = seen = done = shift = 0
        for first, after, start, stop, grown in stretches:
            made.add(self.tokens[done:first], self.codes[done:first], old[done * _WIDE : first * _WIDE], shift)
            high = bisect_right(ends, seen + stop - start, low)
            made.add(tokens[low:high], codes[low:high], packed[low * _WIDE : high * _WIDE], start - seen)
            low, seen, done, shift = high, seen + stop - start, after, grown
        made.add(self.tokens[done:], self.codes[done:], old[done * _WIDE :], shift)
        return made.view(text)

    def _touched(self, edits: _Edits, size: int) -> Iterator[tuple[int, int, int, int, int]]:
        """The stretches of whole tokens that edits touch: the first token and the first behind it; where the stretch
        starts and ends in the new text, of that size; and how far what follows has moved."""
        text, ends, count = self.text, self.ends, len(self.tokens)
        done = shift = k = 0
        while k < len(edits):
            first = bisect_right(ends, edits[k][0][0], done)
            while first > done and (ends[first - 1] == len(text) or text[ends[first - 1] - 1] in _LONG_PARTING):
                first -= 1
            start = ends[first - 1] if first else 0
            stop, moved = start, shift
            while k < len(edits) and (edits[k][0][0] <= stop or stop == start):
                (a, b), new = edits[k]
                shift += len(new) - (b - a)
                done = min(bisect_right(ends, b, done), count - 1) + 1
                while done < count and text[ends[done - 1] - 1] in _LONG_PARTING:
                    done += 1
                stop = ends[done - 1] if done < count else len(text)
                k += 1
            yield first, done, start + moved, size if done >= count else stop + shift, shift

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different tokens."""
        return frozenset(self.tokens)

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
        end = self.ends[i] - _BARE[self.tokens[i]][1]
        if i + 1 == len(self.tokens):
            return self.text[end:]
        token = self.tokens[i + 1]
        return self.text[end : self.ends[i + 1] - len(token) + _BARE[token][0]]

    def before(self, mark: int) -> int:
        """The index of the word that ends last before a place in the text, or -1."""
        i = bisect_right(self.ends, mark)
        while i >= len(self.tokens) or self.end(i) > mark:
            i -= 1
            if i < 0:
                break
        return i

    def where(self, keys: Container[str]) -> Iterator[int]:
        """The indices of the words whose key is one of `keys`, in order."""
        return self.among({token for token in self.vocabulary if _BARE[token][2] in keys})

    def among(self, tokens: Container[str]) -> Iterator[int]:
        """The indices of the words whose token is one of `tokens`, in order."""
        return compress(count(), map(tokens.__contains__, self.tokens))


def code(key: str) -> bytes:
    """The code of a word, as it stands in `Words.codes`."""
    return bytes((_CODES[key],))


@define
class _Maker:
    """The arrays of a view in the making."""

    tokens: list[str] = field(factory=list)
    codes: bytearray = field(factory=bytearray)
    ends: list[bytes | memoryview] = field(factory=list)  # in stretches...
    shifts: list[bytes] = field(factory=list)  # ...and how far further on each of them belongs

    def add(self, tokens: list[str], codes: bytes, ends: bytes | memoryview, shift: int) -> None:
        """Words with their codes, and where they end, which is `shift` characters further on."""
        self.tokens += tokens
        self.codes += codes
        self.ends.append(ends)
        self.shifts.append((_BIAS + shift).to_bytes(_WIDE, sys.byteorder) * len(tokens))

    def view(self, text: str) -> Words:
        """The view that has been made, of a text."""
        # All numbers in one sum, so that none of them costs a step of Python: a bias keeps each within its bytes.
        ends, shifts = (int.from_bytes(b"".join(part), sys.byteorder) for part in (self.ends, self.shifts))
        size = len(self.tokens) * _WIDE
        bias = int.from_bytes(_BIAS.to_bytes(_WIDE, sys.byteorder) * len(self.tokens), sys.byteorder)
        made = (ends + shifts - bias).to_bytes(size, sys.byteorder)
        return Words(text, self.tokens, array("I", made), bytes(self.codes))


def _packed(ends: list[int]) -> bytes:
    return pack(f"{len(ends)}I", *ends)


def _tokens(piece: str) -> tuple[list[str], bytes, list[int]]:
    """The tokens of a piece of text that hold a word, their codes, and where each ends in it."""
    parts = _parted(piece)
    codes, ends = bytes(map(_CODES.__getitem__, parts)), list(accumulate(map(len, parts)))
    if 0 in codes:
        parts, ends = list(compress(parts, codes)), list(compress(ends, codes))
        codes = codes.translate(None, b"\0")
    return list(map(sys.intern, parts)), codes, ends


def keys(text: str) -> tuple[str, ...]:
    """The keys of the words of a short text.

    >>> keys("Don’t, Ann!")
    ("don't", 'ann')
    """
    return tuple([key for token in _parted(text) if (key := _BARE[token][2])])


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """`text` in pieces, each with its place, cut behind blanks."""
    at = 0
    while at < len(text):
        cut = at + _CHUNK
        if cut < len(text):
            found = [i + 1 for i in (text.find(" ", cut), text.find("\n", cut, cut + _CHUNK)) if i >= 0]
            cut = min(found, default=len(text))
        yield at, text[at:cut]
        at = cut


def _parted(piece: str) -> list[str]:
    """The tokens of a piece, each with the one blank or dash that ends it, so that nothing is left out."""
    if len(piece) < _SHORT:
        piece = piece.translate(_PARTED)
        if "--" in piece or "..." in piece:
            piece = piece.replace("--", "\n\n").replace("...", "\n\n\n")
        return piece.splitlines(keepends=True)
    for mark in _PARTING:
        piece = piece.replace(mark, "\n")
    piece = piece.replace("--", "\n\n").replace("...", "\n\n\n")
    if not piece.isascii():
        for mark in _PARTING_WIDE:
            piece = piece.replace(mark, "\n")
    return piece.splitlines(keepends=True)
