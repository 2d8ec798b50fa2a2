"""Blanks where nobody writes one: the places, for the passes that take them out and for the writer that joins lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["hyphen", "decimal", "percent", "stop", "doubled"]
"""What the blank stands before, or that there are several."""


class Fault(NamedTuple):
    """`text[start:end]` is blanks; `new` belongs in their place."""

    kind: Kind
    start: int
    end: int
    new: str
    mark: str


# All start with a blank, so that one search finds the places where anything can be wrong.
_PLACES: Final = re.compile(r" (?:[ \t]+|[-.,;:?!%])|\t[ \t]+")
_FLAG_LIKE: Final = re.compile(r"[^\W\d_]{1,2}\b")  # `ls -la`: what follows the hyphen is an option, not a word
_SHORT_WORDS: Final = frozenset(("on", "up", "in", "op", "to", "by", "ed"))


def faults(text: str, *, french: bool = False) -> Iterator[Fault]:
    """The faulty blanks of a text, in order. French puts a blank before ? ! : ; and %, and is left to.

    >>> [(f.kind, f.start, f.end) for f in faults("a well -known 95 % , yes")]
    [('hyphen', 6, 7), ('percent', 16, 17), ('stop', 18, 19)]
    """
    for match in _PLACES.finditer(text):
        start, end = match.span()
        mark = text[end - 1]
        before, after = text[start - 1 : start] if start else "\n", text[end : end + 1]
        if before in "\n :>":  # behind a label, too: `ANNA: ...`
            continue
        if mark in " \t":
            if after and after not in "\r\n":
                stop = after in ",.?!;:" and _stands_alone(after, text[end + 1 : end + 2], french)
                yield Fault("stop" if stop else "doubled", start, end, "" if stop else " ", after)
        elif mark == "-":
            if before.isalpha() and after.isalpha() and not _is_option(text, start, end):
                yield Fault("hyphen", start, start + 1, "", mark)
        elif mark == "." and before.isdigit() and after.isdigit():
            yield Fault("decimal", start, start + 1, "", mark)
        elif mark == "%":
            if before.isdigit() and not after.isalnum() and not french:
                yield Fault("percent", start, start + 1, "", mark)
        elif _stands_alone(mark, after, french):
            yield Fault("stop", start, start + 1, "", mark)


def closed(text: str) -> str:
    """The text without its faulty blanks.

    >>> closed("in a pre -training corpus , yes")
    'in a pre-training corpus, yes'
    """
    out, at = [], 0
    for fault in faults(text):
        out += [text[at : fault.start], fault.new]
        at = fault.end
    return "".join([*out, text[at:]]) if out else text


def _stands_alone(mark: str, after: str, french: bool) -> bool:
    """Whether a stop ends what stands before it, and begins nothing: not `.com`, `...` or `:)`."""
    if french and mark in "?!:;":
        return False
    if mark == "," and after and after in ",.?!;:":
        return True
    return not after or after.isspace() or (after in "\"'”’)" and mark in ",.?!")


def _is_option(text: str, start: int, end: int) -> bool:
    match = _FLAG_LIKE.match(text, end)
    if not match or match[0].lower() in _SHORT_WORDS:
        return False
    return not (match[0].isupper() and text[max(0, start - 2) : start].isupper())
