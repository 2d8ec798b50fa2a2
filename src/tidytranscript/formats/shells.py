"""What of a cue file stays where a cue, a line or a timed word goes: the tags that reach beyond it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from tidytranscript.edits import Edit
from tidytranscript.spans import Span

_LINE_END: Final = re.compile(r"[\r\n]")
_LAST_LINE_END: Final = re.compile(r"(?:\r\n|\n|\r)\Z")


def left(piece: str, *, newline: str, tag: re.Pattern[str]) -> str:
    """What stays of a piece of a cue file whose words are all gone.

    Of a cue nothing; or a blank line, where it stands right below other lines: a line end comes first in it then. Of a
    line, or part of one, the marks whose other halves lie outside. The first group of `tag` says whether one closes; it
    is None for marks that are no tags.

    >>> left("<i>um,</i> <b>uh\\n", newline="\\n", tag=re.compile("<(/?)([a-z]+)>"))
    '<b>'
    """
    if piece.startswith(("\n", "\r")):
        return newline * 2
    if "-->" in piece:
        return ""
    kept: list[str] = []
    opened: list[int] = []
    for mark in tag.finditer(piece):
        if mark[1] and opened:
            del kept[opened.pop() :]
            continue
        if mark[1] == "":
            opened.append(len(kept))
        kept.append(mark[0])
    return "".join(kept)


def cut_out(raw: str, cuts: Sequence[Span], holes: Sequence[int], left: Callable[[str], str]) -> Iterator[Edit]:
    """The edits that take shells out; what stays of them keeps its line end, unless speech follows that it can join."""
    stays = ""
    for cut, following in zip_longest(cuts, cuts[1:]):
        kept = left(cut.of(raw))
        stays += kept.strip()
        if kept and not kept.strip() and _LINE_END.match(raw, cut.end):
            kept = kept[: len(kept) // 2]  # of the two line ends of a blank line one is there
        if not following or following.start > cut.end:
            hole = bisect_left(holes, cut.end)
            joins = hole < len(holes) and not _LINE_END.search(raw, cut.end, holes[hole])
            kept += "" if joins or not stays else "".join(_LAST_LINE_END.findall(cut.of(raw)))
            stays = ""
        yield Edit(cut, kept)
