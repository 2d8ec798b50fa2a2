"""SubRip (.srt), as loosely as the world writes it: cut at its timing lines, wherever they stand.

A cue that has no words left is dropped with its number and times. The numbers of the others stay as they are, and so
does every byte that is not speech.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Any, Final

from tidytranscript.formats.clocks import clock, in_bulk, milliseconds
from tidytranscript.formats.cues import cues_of
from tidytranscript.formats.frames import Builder, collector_paused, placed, plain_cues, refilled
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Times, Transcript

_CLOCK: Final = r"(?:\d+:)?\d{1,2}:\d{1,2}[,.:]\d{1,3}"
_TIMING: Final = re.compile(
    rf"^(?:[ \t\ufeff]*(\d+)[ \t]*\r?\n)?[ \t\ufeff]*({_CLOCK})[ \t]*-->[ \t]*({_CLOCK})([^\n]*)\n?", re.MULTILINE
)
_MARKUP: Final = re.compile(r"</?(?:[bius]|font)(?:\s[^<>\n]*)?>|\{\\[^{}\n]*\}", re.IGNORECASE)
_SUSPECT: Final = ("<", "{", "\r", "\n\n", "\n ", "\n\t")  # markup, or lines that need a closer look
_BLANK_LINES: Final = re.compile(r"\n(?:[ \t\r]*\n)+")
_REGULAR: Final = 12  # characters of 00:00:00,000


def likeness(content: str) -> int:
    """2 if the text is surely SubRip, 1 if it may be, 0 if it is not."""
    first = _TIMING.search(content, 0, 4000)
    if first is None or content.lstrip("\ufeff \t\r\n").startswith("WEBVTT"):
        return 0
    if not first[1] and first[4].strip():
        return 0  # with settings behind the times: WebVTT
    return 2 if first[1] or "," in first[2] else 1


def load(content: str) -> Transcript:
    """The cues of a SubRip text, each with its times; markup stays in the frame."""
    with collector_paused():
        return _loaded(content)


def _loaded(content: str) -> Transcript:
    heads, payloads = array("q"), array("q")
    numbers: list[str | None] = []
    first: list[str] = []
    second: list[str] = []
    behind: list[tuple[int, str]] = []
    for match in _TIMING.finditer(content):
        head, payload = match.span()
        number, a, b, rest = match.groups()
        heads.append(head)
        payloads.append(payload)
        numbers.append(number)
        first.append(a)
        second.append(b)
        if rest and rest != "\r":
            behind.append((match.start(2), rest.strip()))
    stops = heads[1:]
    stops.append(len(content))
    bodies = [content[start:stop].rstrip() for start, stop in zip(payloads, stops, strict=True)]
    tight = [i for i, body in enumerate(bodies[:-1]) if body and payloads[i] + len(body) + 1 >= stops[i]]
    for i in tight:
        number, before = numbers[i + 1], numbers[i]
        if number and not (before and int(number[-18:]) == int(before[-18:]) + 1):
            numbers[i + 1] = None  # digits right below the words, and not the next number: they are words
            heads[i + 1] = stops[i] = content.index("\n", heads[i + 1]) + 1
            bodies[i] = content[payloads[i] : stops[i]].rstrip()
    times = _times(first), _times(second)
    shells = Spans(heads, stops)
    odd = list(_oddities(content, heads, numbers, first, behind))
    joined = "\n".join(bodies)
    if all(bodies) and not any(sign in joined for sign in _SUSPECT):
        holes = Spans(payloads, map(add, payloads, map(len, bodies)))
        frame = Frame("srt", content, holes, shells=shells, oddities=tuple(placed(content, odd)))
        return plain_cues(frame, joined, bodies, times, {})
    builder = Builder("srt", content)
    for oddity in odd:
        builder.odd(*oddity)
    for i, (body, start, shell) in enumerate(zip(bodies, payloads, shells, strict=True)):
        builder.glue("\n")
        at = builder.next
        _fill(builder, body, start)
        builder.label("cue", Span(min(at, builder.at), builder.at), Times(times[0][i], times[1][i]))
        builder.shell(*shell)
    return builder.transcript()


def _times(clocks: Sequence[str]) -> list[int]:
    if set(map(len, clocks)) <= {_REGULAR}:
        return in_bulk(clocks)
    return [milliseconds(_pointed(one)) for one in clocks]


def _pointed(one: str) -> str:
    """A clock with a point before the milliseconds, for one with a colon there."""
    if "," in one or "." in one:
        return one
    whole, _, fraction = one.rpartition(":")
    return f"{whole}.{fraction}"


def _oddities(
    content: str,
    heads: Sequence[int],
    numbers: Sequence[str | None],
    first: Sequence[str],
    behind: Sequence[tuple[int, str]],
) -> Iterator[tuple[int, str, str]]:
    above = content[: heads[0]] if heads else content
    if above.strip("\ufeff \t\r\n"):
        yield 0, "words before any cue" if heads else "no line has the times of a cue", "left them as they are"
    for at, rest in behind:
        yield at, f"{rest[:40]!r} behind the times", "left it as it is"
    expected = int((numbers[0] or "1")[-18:]) if numbers else 1
    if any(numbers) and numbers != [str(i) for i in range(expected, expected + len(numbers))]:
        for at, number in zip(heads, numbers, strict=True):
            if number is None:
                yield at, "a cue without a number", "read it all the same"
            elif int(number[-18:]) != expected:
                yield at, f"number {number[-18:]} where {expected} should be", "left it as it is"
                expected = int(number[-18:])
            expected += 1
    if not all("," in one for one in first):
        pointed = [at for at, one in zip(heads, first, strict=True) if "," not in one]
        yield pointed[0], f"no comma before the milliseconds, in {len(pointed)} cues", "read them all the same"


def _fill(builder: Builder, body: str, start: int) -> None:
    """The holes of one payload: its blocks between blank lines, each line cut at its markup."""
    lead = len(body) - len(body.lstrip())
    body, start = body[lead:], start + lead
    if not _MARKUP.search(body) and not _BLANK_LINES.search(body):
        builder.hole(start, start + len(body), body.replace("\r\n", "\n"))
        return
    at = start
    stray = False
    for line in body.split("\n"):
        end = at + len(line)
        if not line.strip():
            stray = True
        elif stray and line.strip().isdecimal():
            builder.odd(at, "a cue without times", "read its words with the cue before")
            stray = False
        else:
            if stray:
                builder.odd(at, "a blank line inside a cue, or words without times", "read them with the cue before")
            stray = False
            _fill_line(builder, line, at)
        at = end + 1


def _fill_line(builder: Builder, line: str, start: int) -> None:
    text = line.rstrip()
    lead = start
    pieces: list[Span] = []
    for mark in _MARKUP.finditer(text):
        pieces.append(Span(lead, start + mark.start()))
        lead = start + mark.end()
        builder.extra("tags")
    pieces.append(Span(lead, start + len(text)))
    kept = [piece for piece in pieces if piece.end > piece.start]
    if "".join([piece.of(builder.raw) for piece in kept]).strip():
        builder.glue("\n")
        for piece in kept:
            builder.hole(*piece)
        builder.shell(start, start + len(line) + 1)


def _written(newline: str, text: str) -> str:
    if "\n" not in text:
        return text
    return newline.join([line.rstrip("\r") for line in text.split("\n") if line.strip()])


def _read(piece: str) -> str:
    return piece.replace("\r\n", "\n")


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "srt":
        newline = "\r\n" if "\r\n" in frame.raw else "\n"
        return refilled(transcript, lambda text: _written(newline, text), _read)
    blocks = []
    for i, cue in enumerate(cues_of(transcript, "srt", guessed=False), 1):
        lines = []
        for speaker, span, opens in cue.voices:
            name = f"{speaker}: " if opens and speaker else ""
            lines.append(name + _written("\n", span.of(transcript.text)))
        body = "\n".join(lines)
        blocks.append(f"{i}\n{clock(cue.start_ms, ',')} --> {clock(cue.end_ms, ',')}\n{body}\n")
    return "\n".join(blocks)
