"""What of a cue file stays where a cue, a line or a timed word goes: the tags that reach beyond it."""

from __future__ import annotations

import re


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
