"""YouTube's older timed text (.srv1, .srv2): `<text start="1.5" dur="2">`, or `t` and `d` in milliseconds.

What an element holds is HTML, escaped once more for XML: `&amp;#39;` is an apostrophe, `&lt;i&gt;` a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import xmltree
from tidytranscript.formats.cues import cues_of
from tidytranscript.formats.frames import Builder, refilled
from tidytranscript.formats.pieces import Piece, lay
from tidytranscript.formats.xmltree import Token
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

_ENTITY: Final = r"(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
_PART: Final = re.compile(
    rf"(?P<tag>&lt;/?[a-zA-Z][^<>&\n]*(?:&quot;[^<>&\n]*)*(?:&gt;|>))|&amp;{_ENTITY}|&{_ENTITY}|<!\[CDATA\[.*?\]\]>|(?P<end>\r?\n)",
    re.DOTALL,
)
_TWICE: Final = re.compile(rf"&amp;{_ENTITY}")
_SECONDS: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)


def likeness(content: str) -> int:
    """2 if the root element is that of timed text with `text` elements."""
    name, _ = xmltree.root(content)
    return 2 if name in ("transcript", "timedtext") and "<text " in content[:20_000] else 0


def load(content: str) -> Transcript:
    """The `text` elements as cues; UnreadableInput if there is none."""
    with collector_paused():
        xml = xmltree.parsed(content)
        builder = Builder("srv1", content)
        xml.report(builder)
        begun: Token | None = None
        n = 0
        for token in xml.tokens:
            if token.kind == "start" and token.value == "text":
                begun = token
                n += 1
            elif token.kind == "end" and token.value == "text" and begun:
                _read(builder, begun, token)
                begun = None
        if not n:
            raise UnreadableInput("<srv1>", "timed text without a text element", "Is it the whole file?")
        return builder.transcript()


def _read(builder: Builder, first: Token, last: Token) -> None:
    times = _times(first)
    lines: list[list[Piece | None]] = [[]]
    for piece in _pieces(builder, first.end, last.start):
        if piece is None:
            lines.append([])
        else:
            lines[-1].append(piece)
    if not any(piece and piece.text.strip() for line in lines for piece in line):
        return
    builder.glue("\n")
    at = builder.next
    for line in lines:
        if any(piece and piece.text.strip() for piece in line):
            lay(builder, line)
    if times.start_ms is None:
        builder.odd(first.start, "a text element without a time", "read its words")
    else:
        builder.label("cue", Span(at, builder.at), times)
    raw = builder.raw
    above = raw.rfind("\n", 0, first.start) + 1
    start = above if not raw[above : first.start].strip() else first.start
    end = last.end + (2 if raw.startswith("\r\n", last.end) else 1 if raw.startswith("\n", last.end) else 0)
    builder.shell(start if end > last.end else first.start, end)


def _pieces(builder: Builder, start: int, end: int) -> Iterator[Piece | None]:
    """What is said in a stretch of the file; None for a line end."""
    raw, at = builder.raw, start
    for part in _PART.finditer(raw, start, end):
        if part.start() > at:
            yield Piece(at, part.start(), raw[at : part.start()])
        at = part.end()
        if part["tag"]:
            builder.extra("tags")
        elif part["end"]:
            yield None
        else:
            yield Piece(*part.span(), read(part[0]))
    if end > at:
        yield Piece(at, end, raw[at:end])


def _times(token: Token) -> Times:
    """The times of an element: `start` and `dur` in seconds, or `t` and `d` in milliseconds."""
    found = []
    for second, millisecond in (("start", "t"), ("dur", "d")):
        name, scale = (second, 1000) if second in token.attributes else (millisecond, 1)
        value = token.attributes.get(name, "").strip()
        found.append(round(float(value) * scale) if _SECONDS.fullmatch(value) else None)
    begin, length = found
    return Times(begin, None if begin is None or length is None else begin + length)


def read(piece: str) -> str:
    """What a piece of the file stands for: characters, or one escape, which may be escaped itself.

    >>> read("&amp;#39;"), read("&amp;"), read("it")
    ("'", '&', 'it')
    """
    return html.unescape(html.unescape(piece)) if _TWICE.fullmatch(piece) else xmltree.read(piece)


def written(text: str) -> str:
    """A text as it is written in the file: escaped for HTML, and once more for XML."""
    return xmltree.written(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "srv1":
        return refilled(transcript, written, read)
    rows = []
    for cue in cues_of(transcript, "srv1"):
        names = [f"{voice.speaker}: " if voice.opens and voice.speaker else "" for voice in cue.voices]
        lines = [name + voice.span.of(transcript.text) for name, voice in zip(names, cue.voices, strict=True)]
        start, length = cue.start_ms / 1000, max(0, cue.end_ms - cue.start_ms) / 1000
        rows.append(f'<text start="{start:.3f}" dur="{length:.3f}">{written(chr(10).join(lines))}</text>\n')
    return "".join(['<?xml version="1.0" encoding="utf-8" ?><transcript>\n', *rows, "</transcript>\n"])
