"""LRC (.lrc), lines of words with the time at which each begins: `[mm:ss.xx]Words`. Only read.

A line ends when the next one begins; one with a time and no words is a pause. Tags such as `[ti:Title]` stand above.
"""

from __future__ import annotations

import re
from typing import Final

from tidytranscript.errors import UnreadableInput
from tidytranscript.formats.clocks import milliseconds
from tidytranscript.formats.frames import Builder
from tidytranscript.formats.pieces import Piece, lay, time_words
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

_STAMP: Final = r"\d{1,4}:\d{2}(?:[.:]\d{2,3})?"
_LINE: Final = re.compile(rf"^[ \t\ufeff]*\[({_STAMP})\]((?:\[{_STAMP}\])*)([^\r\n]*)", re.MULTILINE | re.ASCII)
_TAG: Final = re.compile(
    r"^[ \t\ufeff]*\[(ar|al|ti|au|by|re|ve|length|offset|la):([^\]\n]*)\]", re.MULTILINE | re.IGNORECASE
)
_INNER: Final = re.compile(rf"<({_STAMP})>", re.ASCII)
_TIGHT: Final = re.compile(r"\d{1,4}:\d{2}\.\d{2}", re.ASCII)


def likeness(content: str) -> int:
    """2 if there are lines with times, below tags, or in hundredths with the words right behind; 1 if it may be LRC."""
    head = content[:4000]
    lines = list(_LINE.finditer(head))
    said = [line for line in head.split("\n")[: None if len(content) < 4000 else -1] if line.strip("\ufeff \t\r")]
    tags = sum(1 for _ in _TAG.finditer(head))
    if not lines or len(lines) + tags < len(said):
        return 0
    tight = all(_TIGHT.fullmatch(line[1]) and not line[3].startswith((" ", "\t")) for line in lines)
    return 2 if tags or (tight and len(lines) > 1) else int(all(_TIGHT.fullmatch(line[1]) for line in lines))


def load(content: str) -> Transcript:
    """The lines of an LRC text as cues, and the words that have times of their own; UnreadableInput if it has no line.

    Words that come again at several times are read once, at the first.
    """
    builder = Builder("lrc", content)
    lines = list(_LINE.finditer(content))
    if not lines:
        raise UnreadableInput("<lrc>", "no line has a time", "LRC has [mm:ss.xx] before the words")
    tags = {tag[1].lower(): tag[2].strip() for tag in _TAG.finditer(content)}
    shift = int(tags["offset"]) if re.fullmatch(r"[+-]?[0-9]{1,6}", tags.get("offset", "")) else 0
    starts = [_milliseconds(line[1], shift) for line in lines]
    for line, start, after in zip(lines, starts, [*starts[1:], None], strict=True):
        builder.extra("times of words that come again", line[2].count("["))
        pieces = list(_pieces(builder.raw, line, shift))
        if any(piece.text.strip() for piece in pieces):
            builder.glue("\n")
            at = builder.next
            words = lay(builder, pieces)
            end = after if after is not None and after >= start else None
            builder.label("cue", Span(at, builder.at), Times(start, end))
            time_words(builder, words, end)
    facts = {"title": tags.get("ti"), "language": tags.get("la")}
    return builder.transcript({key: value for key, value in facts.items() if value})


def _milliseconds(stamp: str, shift: int) -> int:
    """The time of a stamp; a positive `[offset:]` lets all lines come earlier."""
    minutes, second, *rest = re.split("[:.]", stamp)
    return max(0, milliseconds(f"{minutes}:{second}.{rest[0] if rest else 0}") - shift)


def _pieces(raw: str, line: re.Match[str], shift: int) -> list[Piece]:
    found = []
    at, times = line.start(3), None
    for stamp in [*_INNER.finditer(raw, *line.span(3)), None]:
        stop = stamp.start() if stamp else line.end(3)
        if stop > at:
            found.append(Piece(at, stop, raw[at:stop], times))
        if stamp:
            at, times = stamp.end(), Times(_milliseconds(stamp[1], shift), None)
    return found
