"""How to take words out so that what is left reads as if they had never been there.

Line ends stay where they are as long as the line has words left, since they may be the border between two captions;
no edit puts characters in on one side of a line end for words on the other.
"""

from __future__ import annotations

import re
from typing import Final

from tidytranscript.sentences import ends_sentence
from tidytranscript.words import Words

_OPENING: Final = re.compile(r"(?<=[\s—–….-])(?:[^\w\s]*[“‘(\[{<\"'][^\w\s]*|>>+\s*)\Z")
_LINE_END: Final = re.compile(r"\s*\n\s*")


def trimmed(text: str, start: int, end: int, new: str) -> tuple[int, int, str] | None:
    """The edit without what it would put back as it was; None if it changes nothing.

    >>> trimmed("so, uh, we", 2, 8, ", ")
    (4, 8, '')
    """
    old = text[start:end]
    if old == new:
        return None
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, end - tail, new[head : len(new) - tail]


def opening(gap: str) -> int:
    """How many characters at the end of a gap between two words belong to the second: opening quotes, brackets, `>>`.

    >>> opening(', "'), opening('." ')
    (1, 0)
    """
    match = None if gap in (" ", ", ") else _OPENING.search(gap)
    return len(match[0]) if match else 0


def cut(text: str, left: int, start: int, end: int, right: int, stop: str) -> list[tuple[int, int, str]]:
    """The edits that take out the words `text[start:end]`.

    `left` is where the word before them ends, `right` where the word after them starts, its opening marks included.
    `stop` is the punctuation to leave behind the word before: what stands between the two words afterwards is `stop`
    and one blank or line end.

    >>> text = "we need, uh, data"
    >>> cut(text, 7, 9, 11, 13, "")
    [(7, 12, '')]
    """
    if text.find("\n", left, right) < 0:
        parted = right < len(text) and any(map(str.isspace, text[end:right] or " "))
        edit = trimmed(text, left, right, stop + " " if parted else stop)
        return [edit] if edit else []
    before, after = _LINE_END.search(text, left, start), _LINE_END.search(text, end, right)
    if "\n" in text[start:end] and not before and not after:
        before = _LINE_END.search(text, start, end)
    if after or not before or right >= len(text):
        # In the line of the word before, or the words fill lines of their own.
        blank = after[0] if after else " " if right < len(text) else ""
        blank_start = after.start() if after else right
        edit = trimmed(text, left, blank_start, stop if after else stop + blank)
        return [edit] if edit else []
    edits = [trimmed(text, left, before.start(), stop), (before.end(), right, "")]
    return [edit for edit in edits if edit and edit[:2] != (right, right)]


def taken_out(words: Words, first: int, last: int, heir: int = -1) -> list[tuple[int, int, str]]:
    """The edits that take out the words `first` to `last` (inclusive) with what sets them off from the next word.

    What stands before them stays. At the start of a sentence the word `heir` takes their capital: the next word, or
    the one after it that stays. There must be a next word.

    >>> words = Words.of("So I, we left.")
    >>> taken_out(words, 1, 1)
    [(3, 6, '')]
    """
    text, start, end, word = words.text, words.start(first), words.end(last), words.start(last + 1)
    right = word - opening(text[end:word])
    left = words.end(first - 1) if first else 0
    before = text[left:start]
    if first and not ends_sentence(words.key(first - 1), before) and not before.strip(" \t\n,"):
        if "\n" in text[left:right]:
            return cut(text, left, start, end, right, before.strip())
        return [(start, right, "")]
    line_end = text.rfind("\n", end, right)
    edits = [(start, right, "")] if line_end < 0 or before.endswith("\n") or not before else [(start, line_end, "")]
    heir = max(heir, last + 1)
    if text[start].isupper() and words.written(heir).islower():
        capital = words.start(heir)
        edits.append((capital, capital + 1, text[capital].upper()))
    return edits
