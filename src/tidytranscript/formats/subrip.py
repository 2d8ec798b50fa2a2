"""SubRip (.srt), as loosely as the world writes it: cut at its timing lines, wherever they stand.

A cue that has no words left is dropped with its number and times. The numbers of the others stay as they are, and so
does every byte that is not speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import add
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.formats.clocks import clock, in_bulk, milliseconds
from tidytranscript.formats.cues import cues_of
from tidytranscript.formats.frames import Builder, placed, plain_cues, refilled
from tidytranscript.formats.lineends import line_end_before, newline_of, plain, with_line_feeds
from tidytranscript.formats.shells import left
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Times, Transcript

_CLOCK: Final = r"\d{1,9}:\d{1,2}(?::\d{1,2})?[,.:]\d{1,3}"
_TIMING: Final = re.compile(
    rf"^(?:[ \t\ufeff]*(\d+)[ \t]*\r?\n)?[ \t\ufeff]*({_CLOCK})[ \t]*-->[ \t]*({_CLOCK})([^\n]*)\n?", re.MULTILINE
)
# Of a cue whose times cannot be read, or that has none: its number stands below a blank line.
_HEAD: Final = re.compile(
    r"(?:\n(?:[ \t\r]*\n)+|^)(?:[ \t]*\d+[ \t]*\r?\n)?[ \t]*(\d+:(?:[^\n>]*--|[\d:,. \t]*-)>[^\n]*)(?:\n|\Z)"
    r"|\n(?:[ \t\r]*\n)+[ \t]*(\d+)[ \t]*\r?\n(?=[ \t]*\S)",
    re.MULTILINE,
)
_MARKUP: Final = re.compile(r"<(/?)([bius]|font)(?:\s[^<>\n]*)?>|\{\\[^{}\n]*\}", re.IGNORECASE)
_SUSPECT: Final = ("<", "{", ">", "\n\n", "\n ", "\n\t")  # markup, or lines that need a closer look
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_LINE: Final = re.compile(r"[^\n]+")
_REGULAR: Final = 12  # characters of 00:00:00,000
_DIGITS: Final = 18  # of a number that are looked at: no file has as many cues


def likeness(content: str) -> int:
    """2 if the text is surely SubRip, 1 if it may be, 0 if it is not."""
    head = with_line_feeds(content[:4000])
    first = _TIMING.search(head)
    if first is None or head.lstrip("\ufeff \t\r\n").startswith("WEBVTT"):
        return 0
    if not first[1] and first[4].strip():
        return 0  # with settings behind the times: WebVTT
    return 2 if first[1] or "," in first[2] else 1


def load(content: str) -> Transcript:
    """The cues of a SubRip text, each with its times; markup stays in the frame."""
    with collector_paused():
        return _loaded(content, with_line_feeds(content))


def _loaded(content: str, scan: str) -> Transcript:
    found = list(_TIMING.finditer(scan))
    if not found:
        builder = Builder("srt", content)
        if content.strip("\ufeff \t\r\n"):
            builder.odd(0, "no line has the times of a cue", "left them as they are")
        return builder.transcript()
    heads, payloads = [match.start() for match in found], [match.end() for match in found]
    numbers: list[str | None] = [match[1] for match in found]
    first, second = [match[2] for match in found], [match[3] for match in found]
    behind = [(match.end(3), match[4]) for match in found if len(match[4]) > 1]
    if heads[0] == 0 and content.startswith("\ufeff"):
        heads[0] = 1
    stops = [*heads[1:], len(scan)]
    bodies = [scan[start:stop].rstrip() for start, stop in zip(payloads, stops, strict=True)]
    ends = list(map(add, payloads, map(len, bodies)))
    shells = Spans(heads, stops)
    for i in _tight(scan, payloads, ends, heads):
        number, before = numbers[i + 1], numbers[i]
        if number and not (before and int(number[-_DIGITS:]) == int(before[-_DIGITS:]) + 1):
            numbers[i + 1] = None  # digits right below the words, and not the next number: they are words
            heads[i + 1] = scan.index("\n", heads[i + 1]) + 1
            bodies[i] = scan[payloads[i] : heads[i + 1]].rstrip()
            ends[i] = payloads[i] + len(bodies[i])
        shells.ends[i] = shells.starts[i + 1] = line_end_before(scan, heads[i + 1])
    times = _times(first), _times(second)
    odd = list(_oddities(scan, heads, numbers, first, behind))
    texts = [body.replace("\r\n", "\n") for body in bodies] if "\r" in scan else bodies
    joined = "\n".join(texts)
    if all(texts) and not any(sign in joined for sign in _SUSPECT):
        frame = Frame("srt", content, Spans(payloads, ends), shells=shells, oddities=tuple(placed(content, odd)))
        return plain_cues(frame, joined, texts, times, {})
    builder = Builder("srt", content)
    builder.oddities += odd
    for i, (start, end, shell) in enumerate(zip(payloads, ends, shells, strict=True)):
        builder.glue("\n")
        at = builder.next
        builder.shell(*shell)
        _fill(builder, scan, Span(start, end), shell.end, numbers[i])
        builder.label("cue", Span(min(at, builder.at), builder.at), Times(times[0][i], times[1][i]))
    return builder.transcript()


def _tight(scan: str, payloads: Sequence[int], ends: Sequence[int], heads: Sequence[int]) -> list[int]:
    """The cues that have the next one right below their words, or their times, without a blank line between."""
    gaps = zip(payloads, ends, heads[1:], strict=False)
    return [i for i, (start, end, head) in enumerate(gaps) if scan.count("\n", end, head) < 1 + (end > start)]


def _times(clocks: Sequence[str]) -> list[int]:
    if set(map(len, clocks)) <= {_REGULAR}:
        return in_bulk(clocks)
    return [milliseconds(_pointed(one)) for one in clocks]


def _pointed(one: str) -> str:
    """A clock with a point before the milliseconds, for one with a colon there, or without any.

    >>> _pointed("00:01:02:500"), _pointed("01:02:500"), _pointed("00:01:02")
    ('00:01:02.500', '01:02.500', '00:01:02')
    """
    whole, _, fraction = one.rpartition(":")
    seconds = "," in one or "." in one or (whole.count(":") == 1 and len(fraction) < 3)
    return one if seconds else f"{whole}.{fraction}"


def _oddities(
    scan: str,
    heads: Sequence[int],
    numbers: Sequence[str | None],
    first: Sequence[str],
    behind: Sequence[tuple[int, str]],
) -> Iterator[tuple[int, str, str]]:
    if scan[: heads[0]].strip("\ufeff \t\r\n"):
        yield 0, "words before any cue", "left them as they are"
    for at, rest in behind:
        if rest.strip():
            yield at, f"{rest.strip()[:40]!r} behind the times", "left it as it is"
    expected = int((numbers[0] or "1")[-_DIGITS:])
    if any(numbers) and numbers != [str(i) for i in range(expected, expected + len(numbers))]:
        for at, number in zip(heads, numbers, strict=True):
            if number is None:
                yield at, "a cue without a number", "read it all the same"
            elif int(number[-_DIGITS:]) != expected:
                yield at, f"number {number[-_DIGITS:]} where {expected} should be", "left it as it is"
                expected = int(number[-_DIGITS:])
            expected += 1
    if "".join(first).count(",") < len(first):
        pointed = [at for at, one in zip(heads, first, strict=True) if "," not in one]
        yield pointed[0], f"no comma before the milliseconds, in {len(pointed)} cues", "read them all the same"


def _fill(builder: Builder, scan: str, body: Span, stop: int, number: str | None) -> None:
    """The holes of one payload: its blocks between blank lines, each line cut at its markup."""
    found = _heads(scan, body, int((number or "0")[-_DIGITS:]))
    text = body.of(scan)
    if not found and not _MARKUP.search(text) and not _BLANK_LINE.search(text):
        start = body.end - len(text.lstrip())
        builder.hole(start, body.end, plain(scan[start : body.end]))
        return
    at = body.start
    firsts = [head.end() - len(head[0].lstrip()) for head in found]
    cuts = [line_end_before(scan, scan.rfind("\n", 0, first) + 1) for first in firsts]
    for head, cut, end in zip(found, cuts, [*cuts[1:], stop], strict=False):
        _fill_lines(builder, scan, Span(at, max(at, cut)))
        if head[1]:
            builder.odd(head.start(1), f"times that cannot be read: {head[1].strip()[:60]!r}", "left them as they are")
        else:
            builder.odd(head.start(2), "a cue without times", "read its words with the cue before")
        at = head.end()
        blank = _BLANK_LINE.search(scan, at - 1, end)
        builder.shell(cut, blank.start() + 1 if blank else end)
    _fill_lines(builder, scan, Span(at, stop))


def _heads(scan: str, body: Span, number: int) -> list[re.Match[str]]:
    """The heads inside the payload of the cue of a number; a number alone is one only if it is the next."""
    if body.start == body.end:
        return []
    found = []
    for head in _HEAD.finditer(scan, body.start - 1, body.end):
        if head[1] or int(head[2][-_DIGITS:]) == number + 1:
            found.append(head)
            number += 1
    return found


def _fill_lines(builder: Builder, scan: str, block: Span) -> None:
    lines = [Span(*line.span()) for line in _LINE.finditer(scan, *block) if line[0].strip()]
    said = block.end
    for line in lines:
        if _BLANK_LINE.search(scan, said, line.start):
            problem = "a blank line inside a cue, or words without times"
            builder.odd(line.start, problem, "read them with the cue before")
        said = line.end
        _fill_line(builder, scan, line, block.end)


def _fill_line(builder: Builder, scan: str, line: Span, stop: int) -> None:
    """The holes of one line, with a shell around it, and around each pair of tags in it."""
    end = line.start + len(line.of(scan).rstrip())
    lead = line.start
    pieces: list[Span] = []
    opened: list[tuple[str, int]] = []
    pairs: list[Span] = []
    for mark in _MARKUP.finditer(scan, lead, end):
        pieces.append(Span(lead, mark.start()))
        lead = mark.end()
        builder.extra("tags")
        if mark[1] == "":
            opened.append((mark[2].lower(), mark.start()))
        elif mark[1] and opened and opened[-1][0] == mark[2].lower():
            pairs.append(Span(opened.pop()[1], lead))
    pieces.append(Span(lead, end))
    kept = [piece for piece in pieces if piece.end > piece.start]
    if any(piece.of(scan).strip() for piece in kept):
        builder.glue("\n")
        for piece in kept:
            builder.hole(*piece)
        for shell in (Span(line.start, min(line.end + 1, stop)), *pairs):
            builder.shell(*shell)


def _written(newline: str, text: str) -> str:
    if "\n" not in text:
        return text
    return newline.join([line for line in text.split("\n") if line.strip()])


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "srt":
        newline = newline_of(frame.raw)
        return refilled(transcript, partial(_written, newline), plain, partial(left, newline=newline, tag=_MARKUP))
    blocks = []
    for i, cue in enumerate(cues_of(transcript, "srt"), 1):
        lines = []
        for speaker, span, opens, _ in cue.voices:
            name = f"{speaker}: " if opens and speaker else ""
            lines.append(name + _written("\n", span.of(transcript.text)))
        body = "\n".join(lines)
        blocks.append(f"{i}\n{clock(cue.start_ms, ',')} --> {clock(cue.end_ms, ',')}\n{body}\n")
    return "\n".join(blocks)
