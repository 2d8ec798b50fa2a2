"""The text of a WebVTT cue: its tags, escapes, voices, and the times inside it."""

from __future__ import annotations

import html
import re
from typing import Final

from tidytranscript.formats.clocks import milliseconds
from tidytranscript.formats.frames import Builder
from tidytranscript.formats.lineends import plain
from tidytranscript.formats.voices import Voices
from tidytranscript.scrolling import HOLD_MS
from tidytranscript.spans import Span
from tidytranscript.transcript import Times

_REFERENCE: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?"
_ESCAPE: Final = re.compile(_REFERENCE)
_CLOCK: Final = r"(?:[0-9]{1,9}:)?[0-9]{2}:[0-9]{2}[.,][0-9]{3}"
_TOKEN: Final = re.compile(
    rf"<(?P<time>{_CLOCK})>"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z]+|(?=[>.]))(?P<class>\.[^\s<>]*)?(?:(?P<rest>\s[^<>]*)?>|\Z)"
    rf"|{_REFERENCE}"
)
TIME: Final = re.compile(rf"<{_CLOCK}>")
GUESS: Final = "guess"
"""The class of the tag of a voice that only the words give away; it names no speaker."""
_SIMPLE: Final = re.compile(rf"(?:<v(?!\.{GUESS}\b)(?:\.[^\s<>&]*)?[ \t]+([^\s<>&][^<>&\n]*)>)?([^<&]*)(</v>)?")
_BARE: Final = re.compile(rf"&(?!#?\w+;)|<(?!{_CLOCK}>|/?(?:[a-zA-Z.][^<>]*)?>)")
TAG: Final = re.compile(r"<(/?)([a-zA-Z]+)[^<>]*>")


class _Piece:
    """Characters between two tags, in one line; or one escape."""

    __slots__ = ("end", "ms", "start", "text", "voice")

    def __init__(self, start: int, end: int, text: str, ms: int | None, voice: str | None) -> None:
        self.start, self.end, self.text, self.ms, self.voice = start, end, text, ms, voice


class _Line:
    """One line of a cue: its pieces, where it starts, and where the next one does. A tag over two lines ends none."""

    __slots__ = ("pieces", "start", "stop")

    def __init__(self, start: int) -> None:
        self.start = self.stop = start
        self.pieces: list[_Piece] = []


def has_times(payload: str, times: Times) -> bool | None:
    """Whether the times in a payload lie inside those of its cue; None if there are none."""
    found = [milliseconds(time[0][1:-1]) for time in TIME.finditer(payload)]
    start_ms, end_ms = times
    return (start_ms or 0) <= min(found) and max(found) <= (end_ms or 0) if found else None


def fill(
    builder: Builder, voices: Voices, scan: str, payload: Span, times: Times, *, whole: bool = True, timed: bool = False
) -> None:
    """Put the words of a payload into the text, line by line, with their voices and times.

    `whole` says that it is all of its cue, `timed` that the file is one with times inside its cues.
    """
    if not (whole and _fill_simple(builder, voices, scan, payload, timed)):
        fill_any(builder, voices, scan, payload, times, whole=whole, timed=timed)


def _fill_simple(builder: Builder, voices: Voices, scan: str, payload: Span, timed: bool) -> bool:
    """Do what `fill_any` does for a payload of plain lines, with at most one voice around them; whether it is that."""
    simple = _SIMPLE.fullmatch(scan, *payload)
    if simple is None:
        return False
    voice, text, closed = simple.groups()
    said = text.strip()
    lines = said.replace("\r\n", "\n").split("\n") if "\n" in said else [said]
    if not said or (len(lines) > 1 and (list(map(str.strip, lines)) != lines or "" in lines)):
        return False
    if timed and len(lines) > 1 and not any(map(str.isspace, lines[-1])):
        return False  # a single word below a line may be new in it
    if voice:
        voices.opens(" ".join(voice.split()))
    start = simple.start(2) + len(text) - len(text.lstrip())
    builder.hole(start, start + len(said), "\n".join(lines))
    if closed:
        voices.close()
    return True


def fill_any(
    builder: Builder, voices: Voices, scan: str, payload: Span, times: Times, *, whole: bool, timed: bool
) -> None:
    """Do the same for any payload: a hole for each stretch without tags, a shell for each line and pair of tags."""
    lines, tags, closed = _lines(builder, scan, payload, voices.name)
    painted = timed and whole and _is_painted([line.pieces for line in lines], times)
    filled = [line for line in lines if any(piece.text.strip() for piece in line.pieces)]
    for line in filled:
        pieces = _trimmed(line.pieces)
        builder.glue("\n")
        spans = []
        for piece in pieces:
            if piece.voice is not None and piece.voice != voices.name:
                voices.close()
                if piece.voice:
                    voices.opens(piece.voice)
            spans.append(builder.hole(piece.start, piece.end, piece.text))
        if any(piece.ms is not None for piece in pieces) or (painted and line is lines[-1]):
            _time_words(builder, pieces, spans, times)
        if len(filled) > 1 or not whole:
            builder.shell(line.start, line.stop)
    if closed:
        voices.close()
    for start, end in tags:
        builder.shell(start, end)


def _lines(builder: Builder, scan: str, payload: Span, voice: str) -> tuple[list[_Line], list[Span], bool]:
    """The lines; the places of pairs of tags in one line, each with its time; whether the voice ended."""
    lines = [_Line(payload.start)]
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
            continue
        if token["end"] is None:
            lines[-1].pieces.append(_Piece(start, end, html.unescape(token[0]), ms, now))
        elif token["end"]:
            name = token["tag"]
            if "\n" in token[0]:
                opened.clear()
            if name == "v":
                now, closed = "", True
            elif opened and opened[-1][0] == name:
                tags.append(Span(opened.pop()[1], end))
        else:
            name, rest = token["tag"], (token["rest"] or "").strip()
            if "\n" in token[0]:
                opened.clear()
            elif name != "v":
                opened.append((name, stamp if stamp >= 0 else start))
            if name == "v" and rest:
                closed = token["class"] == f".{GUESS}"
                now = "" if closed else html.unescape(" ".join(rest.split()))
            elif name != "v" and not (name == "c" and not token["class"]):
                builder.extra("tags")
        stamp = -1
    if at < payload.end:
        _split(lines, opened, scan, at, payload.end, ms, now)
    lines[-1].stop = min(payload.end + 1, len(scan))
    return lines, [_without_shared_time(scan, pair, payload.end) for pair in tags], closed


def _without_shared_time(scan: str, pair: Span, stop: int) -> Span:
    """A pair of tags, without the time before it where words behind the pair have the same time."""
    if not scan[pair.start + 1].isdigit():
        return pair
    following = TIME.search(scan, pair.end, stop)
    between = scan[pair.end : following.start() if following else stop]
    return Span(scan.index(">", *pair) + 1, pair.end) if between and TAG.sub("", between).strip() else pair


def _split(
    lines: list[_Line], opened: list[tuple[str, int]], scan: str, start: int, end: int, ms: int | None, voice: str
) -> None:
    for i, text in enumerate(scan[start:end].split("\n")):
        if i:
            lines[-1].stop = start
            lines.append(_Line(start))
            opened.clear()  # a pair over two lines is no shell: it would cross those of the lines
        if text:
            lines[-1].pieces.append(_Piece(start, start + len(text), text, ms, voice))
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
    lasting = start_ms is not None and end_ms is not None and end_ms - start_ms > HOLD_MS
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
    if piece.startswith("&") and _ESCAPE.fullmatch(piece):
        return html.unescape(piece)
    return plain(piece.replace("\0", "\ufffd"))


def is_careless(content: str) -> bool:
    """Whether a file has characters bare that should be escaped: then it can do with few escapes.

    >>> is_careless("R&D"), is_careless("R&amp;D <i>")
    (True, False)
    """
    return _BARE.search(content) is not None


def _escaped(sign: re.Match[str]) -> str:
    return ("&lt;" if sign[0][0] == "<" else "&amp;") + sign[0][1:]


def written(text: str, newline: str, *, careless: bool = False) -> str:
    """A text as it is written in a cue: escaped, and without blank lines, which would end it.

    `careless` leaves characters bare that nothing can take for markup.

    >>> written("R&D <3", "\\n")
    'R&amp;D &lt;3'
    """
    if "&" in text or "<" in text:
        if careless:
            text = re.sub(r"[<&][/#]?\Z", _escaped, _TOKEN.sub(_escaped, text))  # the last with what may follow
        else:
            text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = text.replace("-->", "--&gt;")
    return newline.join([line for line in text.split("\n") if line.strip()]) if "\n" in text else text
