"""The text of a WebVTT cue: its tags, escapes, voices, and the times inside it."""

from __future__ import annotations

import html
import re
from typing import Final

from tidytranscript.formats.clocks import milliseconds
from tidytranscript.formats.frames import Builder
from tidytranscript.spans import Span
from tidytranscript.transcript import Times

_TOKEN: Final = re.compile(
    r"<(?P<time>(?:[0-9]+:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})>"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z]+|(?=[>.]))(?P<class>\.[^\s<>]*)?(?P<rest>\s[^<>]*)?(?:>|\Z)"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?"
)
_TIME: Final = re.compile(r"<(?:[0-9]+:)?[0-9]{2}:[0-9]{2}\.[0-9]{3}>")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z]+)[^<>]*>")
_HELD_MS: Final = 15  # YouTube holds each line for 10 ms once it is painted: such a cue has nothing new


class Voices:
    """Who speaks, through all the cues of a file.

    A voice goes on into cues without one, as in files that name only who is new, unless an end tag has closed it.
    """

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.name = ""
        self.start = 0

    def opens(self, name: str) -> None:
        """Another voice, or the same again, begins at the end of the text so far."""
        if name != self.name:
            self.close()
            self.name, self.start = name, self.builder.next

    def close(self) -> None:
        """The voice ends here."""
        if self.name and self.builder.at > self.start:
            self.builder.label("speaker", Span(self.start, self.builder.at), self.name)
        self.name = ""


class _Piece:
    """Characters between two tags, in one line; or one escape."""

    __slots__ = ("end", "ms", "start", "text", "voice")

    def __init__(self, start: int, end: int, text: str, ms: int | None, voice: str | None) -> None:
        self.start, self.end, self.text, self.ms, self.voice = start, end, text, ms, voice


def has_times(payload: str, times: Times) -> bool | None:
    """Whether the times in a payload lie inside those of its cue; None if there are none."""
    found = [milliseconds(time[0][1:-1]) for time in _TIME.finditer(payload)]
    start_ms, end_ms = times
    return (start_ms or 0) <= min(found) and max(found) <= (end_ms or 0) if found else None


def fill(
    builder: Builder, voices: Voices, scan: str, payload: Span, times: Times, *, whole: bool = True, timed: bool = False
) -> None:
    """Put the words of a payload into the text, line by line, with their voices and times.

    `whole` says that it is all of its cue, `timed` that the file is one with times inside its cues.
    """
    lines, tags, closed = _lines(builder, scan, payload, voices.name)
    painted = timed and whole and _is_painted(lines, times)
    filled = [line for line in lines if any(piece.text.strip() for piece in line)]
    for line in lines:
        pieces = _trimmed(line)
        if not pieces:
            continue
        builder.glue("\n")
        spans = []
        for piece in pieces:
            if piece.voice is not None and piece.voice != voices.name:
                voices.close()
                if piece.voice:
                    voices.opens(piece.voice)
            spans.append(builder.hole(piece.start, piece.end, piece.text))
        if any(piece.ms is not None for piece in pieces) or (line is lines[-1] and painted):
            _time_words(builder, pieces, spans, times)
        if len(filled) > 1 or not whole:
            start = scan.rfind("\n", 0, pieces[0].start) + 1
            end = scan.find("\n", pieces[-1].end)
            builder.shell(max(start, payload.start), min(len(scan) if end < 0 else end + 1, payload.end + 1))
    if closed:
        voices.close()
    for start, end in tags:
        builder.shell(start, end)


def _lines(builder: Builder, scan: str, payload: Span, voice: str) -> tuple[list[list[_Piece]], list[Span], bool]:
    """The pieces of each line; the places of pairs of tags in one line, each with its time; whether the voice ended."""
    lines: list[list[_Piece]] = [[]]
    tags: list[Span] = []
    opened: list[tuple[str, int]] = []
    ms: int | None = None
    at, stamp = payload.start, -1
    now = voice
    closed = False
    for token in _TOKEN.finditer(scan, *payload):
        start, end = token.span()
        if start > at:
            _split(lines, opened, scan, at, start, ms, now)
            stamp = -1
        at = end
        if token["time"]:
            ms = milliseconds(token["time"])
            stamp = start
        elif token["end"] is None:
            text = html.unescape(token[0])
            lines[-1].append(_Piece(start, end, text, ms, now))
            stamp = -1
        elif token["end"]:
            name = token["tag"]
            if "\n" in token[0]:
                opened.clear()
            if name == "v":
                now, closed = "", True
            elif opened and opened[-1][0] == name:
                tags.append(Span(opened.pop()[1], end))
            stamp = -1
        else:
            name, rest = token["tag"], (token["rest"] or "").strip()
            if "\n" in token[0]:
                opened.clear()
            elif name != "v":
                opened.append((name, stamp if stamp >= 0 else start))
            if name == "v" and rest:
                now, closed = html.unescape(" ".join(rest.split())), False
            elif name != "v" and not (name == "c" and not token["class"]):
                builder.extra("tags")
            stamp = -1
    if at < payload.end:
        _split(lines, opened, scan, at, payload.end, ms, now)
    return lines, tags, closed


def _split(
    lines: list[list[_Piece]],
    opened: list[tuple[str, int]],
    scan: str,
    start: int,
    end: int,
    ms: int | None,
    voice: str,
) -> None:
    for i, text in enumerate(scan[start:end].split("\n")):
        if i:
            lines.append([])
            opened.clear()  # a pair over two lines is no shell: it would cross those of the lines
        if text:
            lines[-1].append(_Piece(start, start + len(text), text, ms, voice))
        start += len(text) + 1


def _trimmed(line: list[_Piece]) -> list[_Piece]:
    """The pieces of a line without the blanks at its ends."""
    while line and not line[0].text.strip():
        line = line[1:]
    while line and not line[-1].text.strip():
        line = line[:-1]
    if line:
        first, last = line[0], line[-1]
        if first.end - first.start == len(first.text):
            first.start += len(first.text) - len(first.text.lstrip())
            first.text = first.text.lstrip()
        if last.end - last.start == len(last.text):
            last.text = last.text.rstrip()
            last.end = last.start + len(last.text)
    return line


def _is_painted(lines: list[list[_Piece]], times: Times) -> bool:
    """Whether the last line is new, though no time stands in it: a single word below the line that was there before.

    So YouTube writes it: the time of a line's first word is that of the cue.
    """
    start_ms, end_ms = times
    said = [" ".join("".join([piece.text for piece in line]).split()) for line in lines]
    untimed = all(piece.ms is None for line in lines for piece in line)
    lasting = start_ms is not None and end_ms is not None and end_ms - start_ms > _HELD_MS
    return len(said) > 1 and said[-1] != "" and " " not in said[-1] and untimed and lasting


def _time_words(builder: Builder, pieces: list[_Piece], spans: list[Span], times: Times) -> None:
    """A label for each word of a line that has times in it; the first words run from the start of the cue.

    A word ends where the next one starts, the last with the cue. Times that lie outside the cue, or go back, are those
    of another clock: then the words of the line have none.
    """
    start_ms, end_ms = times
    words: list[tuple[int, int, int]] = []
    joined = False
    now = start_ms or 0
    for piece, (start, _) in zip(pieces, spans, strict=True):
        ms = (start_ms or 0) if piece.ms is None else piece.ms
        if not now <= ms <= (end_ms or 0):
            builder.extra("times inside cues that lie outside them")
            return
        now = ms
        for word in re.finditer(r"\S+", piece.text):
            if joined and word.start() == 0:
                words[-1] = (words[-1][0], start + word.end(), words[-1][2])
            else:
                words.append((start + word.start(), start + word.end(), ms))
            joined = False
        joined = bool(piece.text) and not piece.text[-1].isspace()
    ends = [*(ms for _, _, ms in words[1:]), end_ms]
    for (start, end, ms), until in zip(words, ends, strict=True):
        builder.label("word", Span(start, end), Times(ms, until))


def read(piece: str) -> str:
    """What the text of a hole is, given the characters in the file: plain ones, or one escape."""
    return html.unescape(piece) if piece.startswith("&") else piece.replace("\0", "\ufffd").replace("\r", "\n")


def written(text: str, newline: str) -> str:
    """A text as it is written in a cue: escaped, and without blank lines, which would end it.

    >>> written("R&D <3", "\\n")
    'R&amp;D &lt;3'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" not in text:
        return text
    return newline.join([line for line in text.split("\n") if line.strip()])


def unbalanced(piece: str) -> str:
    """The tags in a piece of a cue whose other halves lie outside of it."""
    if "-->" in piece:
        return ""
    kept: list[str] = []
    opened: list[int] = []
    for tag in _TAG.finditer(piece):
        if not tag[1]:
            opened.append(len(kept))
            kept.append(tag[0])
        elif opened:
            del kept[opened.pop() :]
        else:
            kept.append(tag[0])
    return "".join(kept)
