"""WebVTT (.vtt), by the parsing rules of the standard (https://www.w3.org/TR/webvtt1/, section 6), and a little looser.

Looser where files in the world are: a missing header, words that a blank line parts from their times, commas in the
times where the whole file has them. A cue that has no words left is dropped with its identifier, times and settings.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import add
from typing import Any, Final

from attrs import frozen

from tidytranscript.formats import cuetext
from tidytranscript.formats.clocks import clock, milliseconds
from tidytranscript.formats.cues import Cue, cues_of
from tidytranscript.formats.frames import Builder, collector_paused, placed, plain_cues, refilled
from tidytranscript.formats.naming import leading_names
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Label, Times, Transcript

_CLOCK: Final = r"(?:[0-9]+:)?[0-5][0-9]:[0-5][0-9]{mark}[0-9]{{3}}(?![0-9])"
_LINE: Final = r"^[ \t\f\ufeff]*({clock})[ \t\f]*-->[ \t\f]*({clock})([^\n]*)\n?"
_TIMING: Final = re.compile(_LINE.format(clock=_CLOCK.format(mark=r"\.")), re.MULTILINE)
_COMMAS: Final = re.compile(_LINE.format(clock=_CLOCK.format(mark=r"[.,]")), re.MULTILINE)
_HEADER: Final = re.compile(r"\ufeff?WEBVTT(?:[ \t]([^\n]*?))?\r?(?:\n|\Z)")
_FACT: Final = re.compile(r"^(Kind|Language|Title)[ \t]*:[ \t]*(\S[^\n]*?)[ \t\r]*$", re.MULTILINE)
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_BLOCK: Final = re.compile(r"[^\n]*\S[^\n]*(?:\n(?!\r?(?:\n|\Z))[^\n]*)*")
_BROKEN: Final = re.compile(r"\A[ \t]*\d*:\d.*[->].*|^.*-->.*$", re.MULTILINE)
_SUSPECT: Final = ("<", "&", "\r", "\n ", "\n\t", "\x00")  # in a body: more than plain lines
_TRIED: Final = 20  # cues with times inside them, from which the rest are judged
_CONTROL: Final = {"NOTE": "notes", "STYLE": "style blocks", "REGION": "regions", "WEBVTT": "headers"}


@frozen
class _Cue:
    """Where the parts of a cue are in the file."""

    head: int  # its identifier, or its times
    payload: Span
    times: Times
    identifier: str
    adopted: tuple[Span, ...]  # blocks of words below it


def likeness(content: str) -> int:
    """2 if the text has WebVTT's first line, 1 if it has no first line but cues of that form, 0 otherwise."""
    head = content[:4000].replace("\r\n", "\n").replace("\r", "\n")
    if _HEADER.match(head):
        return 2
    first = _TIMING.search(head)
    if first is None or head[: first.start()].rstrip().rpartition("\n")[2].strip("\ufeff").isdigit():
        return 0
    return 2 if first[3].strip() else 1


def load(content: str) -> Transcript:
    """The cues of a WebVTT text, with their times, voices and timed words; everything else stays in the frame."""
    with collector_paused():
        return _loaded(content)


def scannable(content: str) -> str:
    """The text as the standard reads it, at the same positions: no lone carriage return, no NUL."""
    if "\0" in content:
        content = content.replace("\0", "\ufffd")
    return _LONE_RETURN.sub("\n", content) if "\r" in content else content


def _loaded(content: str) -> Transcript:
    scan = scannable(content)
    builder = Builder("vtt", content)
    found = list(_cues(scan, builder))
    bodies = [cue.payload.of(scan) for cue in found]
    metadata = _facts(scan, found[0].head if found else len(scan))
    names = leading_names(bodies)
    shells = Spans([cue.head for cue in found], [*(cue.head for cue in found[1:]), len(content)][: len(found)])
    joined = "\n".join(bodies)
    plain = (
        names is None
        and all(bodies)
        and not any(sign in joined for sign in _SUSPECT)
        and not joined.startswith((" ", "\t"))
    )
    if plain and not any(cue.adopted or cue.identifier for cue in found):
        payloads = Spans.of([cue.payload for cue in found]) if found else Spans()
        frame = Frame(
            "vtt",
            content,
            payloads,
            shells=shells,
            extras=builder.extras,
            oddities=tuple(placed(content, builder.oddities)),
        )
        times = [cue.times.start_ms for cue in found], [cue.times.end_ms for cue in found]
        return plain_cues(frame, joined, bodies, times, metadata)
    voices = cuetext.Voices(builder)
    timed = _has_times(bodies, found)
    for i, (cue, shell) in enumerate(zip(found, shells, strict=True)):
        builder.glue("\n")
        at = builder.next
        name = names[i] if names else None
        if name:
            voices.opens(name[0])
        skipped = len(name[1]) if name else 0
        payload = Span(cue.payload.start + skipped, cue.payload.end)
        cuetext.fill(builder, voices, scan, payload, cue.times, whole=not cue.adopted, timed=timed)
        for block in cue.adopted:
            cuetext.fill(builder, voices, scan, block, cue.times, whole=False)
        span = Span(min(at, builder.at), builder.at)
        builder.label("cue", span, cue.times)
        if cue.identifier:
            builder.label("identifier", span, cue.identifier)
        builder.shell(*shell)
    voices.close()
    return builder.transcript(metadata)


def _has_times(bodies: Sequence[str], cues: Sequence[_Cue]) -> bool:
    """Whether most cues that have times inside them have such as lie inside theirs."""
    found = (cuetext.has_times(body, cue.times) for body, cue in zip(bodies, cues, strict=True))
    tried = list(islice((inside for inside in found if inside is not None), _TRIED))
    return 2 * sum(tried) > len(tried)


def _cues(scan: str, builder: Builder) -> Iterator[_Cue]:
    header = _HEADER.match(scan)
    pattern = _TIMING
    lines = list(pattern.finditer(scan))
    if "," in scan and not lines:
        lines = list(_COMMAS.finditer(scan))
        if len(lines) < scan.count("-->") / 2:
            lines = []
        elif lines:
            builder.odd(lines[0].start(), f"commas in the times of {len(lines)} cues", "read them all the same")
    first = lines[0].start() if lines else len(scan)
    if header is None and scan.strip("\ufeff \t\r\n"):
        builder.odd(0, "no WEBVTT in the first line", "read it all the same")
    returns = "\r" in scan
    begin = _end_of_block(scan, header.end(), first, returns) if header else 0
    identifier, head, _ = _between(scan, begin, first, builder, after=None)
    for i, line in enumerate(lines):
        start = line.end()
        stop = lines[i + 1].start() if i + 1 < len(lines) else len(scan)
        end = _end_of_block(scan, start, stop, returns)
        if scan.find("-->", start, end) >= 0:
            end = scan.rfind("\n", 0, scan.find("-->", start, end)) + 1
        times = Times(milliseconds(line[1]), milliseconds(line[2]))
        if line[3].strip():
            builder.extra("cue settings")
        below = _between(scan, end, stop, builder, after=end > start) if end < stop else ("", stop, ())
        payload = Span(start, max(start, end - (scan[start:end].endswith("\n"))))
        yield _Cue(head if identifier else line.start(), payload, times, identifier, below[2])
        identifier, head = below[0], below[1]


def _end_of_block(scan: str, start: int, stop: int, returns: bool) -> int:
    """Where the lines from `start` on end: before a blank line, or at `stop`."""
    if scan.startswith(("\n", "\r\n"), start) or start >= stop:
        return start
    found = scan.find("\n\n", start, stop)
    if returns:
        other = scan.find("\n\r\n", start, stop if found < 0 else found + 2)
        found = other if other >= 0 else found
    return stop if found < 0 else found + 1


def _between(
    scan: str, start: int, stop: int, builder: Builder, after: bool | None
) -> tuple[str, int, tuple[Span, ...]]:
    """What stands between two cues: the identifier of the second and its place, and blocks of words for the first.

    `after` says whether the cue before has words already; None that there is no cue before.
    """
    blocks = list(_BLOCK.finditer(scan, start, stop)) if scan[start:stop].strip() else []
    identifier, head = "", stop
    if blocks and stop < len(scan) and blocks[-1].end() >= stop - 2 and "\n\n" not in scan[blocks[-1].end() : stop]:
        lines = blocks[-1][0].rstrip("\r\n").count("\n") + 1
        if lines == 1 and "-->" not in blocks[-1][0] and not (after and start == blocks[-1].start()):
            identifier, head = blocks[-1][0].strip("\r\n"), blocks[-1].start()
            blocks.pop()
    adopted = []
    for block in blocks:
        text = block[0]
        kind = next((kind for kind in _CONTROL if re.match(rf"{kind}(?:\s|\Z)", text)), None)
        if kind:
            builder.extra(_CONTROL[kind])
            if kind == "WEBVTT":
                builder.odd(block.start(), "a second header, as of segments joined", "left it as it is")
        elif broken := _BROKEN.search(text):
            builder.odd(block.start(), f"times that cannot be read: {broken[0].strip()[:60]!r}", "left it as it is")
        elif after is None:
            builder.odd(block.start(), "words before any cue", "left them as they are")
        else:
            problem = "words without times" if after or adopted else "a blank line between times and words"
            builder.odd(block.start(), problem, "read them with the cue before")
            adopted.append(Span(block.start(), block.start() + len(text.rstrip())))
    return identifier, head, tuple(adopted)


def _facts(scan: str, end: int) -> dict[str, Any]:
    header = _HEADER.match(scan)
    if header is None:
        return {}
    block = scan[header.end() : _end_of_block(scan, header.end(), end, "\r" in scan)]
    facts = {key.lower(): value for key, value in _FACT.findall(block)}
    title = (header[1] or "").strip(" \t\r-")
    return {"title": title, **facts} if title else facts


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "vtt":
        newline = "\r\n" if "\r\n" in frame.raw else "\n"
        return refilled(transcript, lambda text: cuetext.written(text, newline), cuetext.read, cuetext.unbalanced)
    blocks = ["WEBVTT\n"]
    for cue in cues_of(transcript, "vtt"):
        identifier = f"{cue.identifier}\n" if cue.identifier else ""
        times = f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}"
        blocks.append(f"{identifier}{times}\n{_body(transcript.text, cue)}\n")
    return "\n".join(blocks)


def _body(text: str, cue: Cue) -> str:
    words = cue.words if _in_order(cue.words, cue) else ()
    parts = []
    for speaker, span, _ in cue.voices:
        said = (
            _timed(text, span, words, cue.start_ms, bare=not parts) if words else cuetext.written(span.of(text), "\n")
        )
        several = len(cue.voices) > 1
        name = cuetext.written((speaker or "").replace("\n", " "), "\n")
        parts.append(f"<v {name}>{said}" + ("</v>" if several else "") if name else said)
    return "\n".join(parts)


def _in_order(words: Sequence[Label], cue: Cue) -> bool:
    """Whether the starts of the words can stand inside the cue."""
    starts = [word.value.start_ms for word in words]
    if not starts or any(start is None for start in starts):
        return False
    return starts == sorted(starts) and cue.start_ms <= starts[0] and starts[-1] <= cue.end_ms


def _timed(text: str, span: Span, words: Sequence[Label], start_ms: int, *, bare: bool) -> str:
    """A stretch of text with a time before each timed word; a word at the cue's start needs none, if it is `bare`."""
    out: list[str] = []
    at = span.start
    inside = [word for word in words if span.start <= word.span.start < span.end]
    untimed = True  # the line has no time yet, without which its words would have none
    for i, word in enumerate(inside):
        if word.span.start < at:
            continue  # what replaced several words at once has the time of the first
        gap = text[at : word.span.start]
        untimed = untimed or "\n" in gap
        following = inside[i + 1] if i + 1 < len(inside) else None
        more = following is not None and "\n" not in text[word.span.start : following.span.start]
        lead = gap.rstrip(" ")
        out.append(cuetext.written(lead, "\n"))
        blank = gap[len(lead) :]
        said = cuetext.written(text[word.span.start : word.span.end], "\n")
        needless = untimed and bare and more and "\n" not in "".join(out) and word.value.start_ms == start_ms
        out.append(f"{blank}{said}" if needless else f"<{clock(word.value.start_ms)}><c>{blank}{said}</c>")
        untimed = needless
        at = word.span.end
    out.append(cuetext.written(text[at : span.end], "\n"))
    return "".join(out)
