"""WebVTT (.vtt), by the parsing rules of the standard (https://www.w3.org/TR/webvtt1/, section 6), and a little looser.

Looser where files in the world are: a missing header, words that a blank line parts from their times, commas in the
times where the whole file has them. A cue that has no words left is dropped with its identifier, times and settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.edits import Patch
from tidytranscript.formats import cuetext
from tidytranscript.formats.clocks import clock
from tidytranscript.formats.cuebody import body
from tidytranscript.formats.cues import cues_of
from tidytranscript.formats.frames import Builder, placed, plain_cues, refills
from tidytranscript.formats.lineends import newline_of, with_line_feeds
from tidytranscript.formats.naming import leading_names
from tidytranscript.formats.shells import left
from tidytranscript.formats.voices import Voices
from tidytranscript.formats.vttcues import HEADER, TIMING, Place, end_of_block, places, voices_handed_on
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Transcript

_FACT: Final = re.compile(r"^(Kind|Language|Title)[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_SUSPECT: Final = ("<", "&", "\r", "\n ", "\n\t", " \n", "\t\n", "\ufffd")  # in a body: more than plain lines
_TRIED: Final = 20  # cues with times inside them, from which the rest are judged


def likeness(content: str) -> int:
    """2 if the text has WebVTT's first line, 1 if it has no first line but cues of that form, 0 otherwise."""
    head = with_line_feeds(content[:4000])
    if HEADER.match(head):
        return 2
    first = TIMING.search(head)
    if first is None or head[: first.start()].rstrip().rpartition("\n")[2].strip("\ufeff").isdigit():
        return 0
    return 2 if first[3].strip() else 1


def load(content: str) -> Transcript:
    """The cues of a WebVTT text, with their times, voices and timed words; everything else stays in the frame."""
    with collector_paused():
        return _loaded(content)


def scannable(content: str) -> str:
    """The text as the standard reads it, at the same positions: no lone carriage return, no NUL."""
    return with_line_feeds(content.replace("\0", "\ufffd") if "\0" in content else content)


def _loaded(content: str) -> Transcript:
    scan = scannable(content)
    builder = Builder("vtt", content)
    found = places(scan, builder)
    bodies = [scan[start:end] for _, (start, end), *_ in found]
    metadata = _facts(scan, found[0].shell.start if found else len(scan))
    joined = "\n".join(bodies)
    names = leading_names(bodies)
    if (
        names is None
        and all(bodies)
        and not any(sign in joined for sign in _SUSPECT)
        and joined == joined.strip()
        and not any(cue.adopted or cue.identifier for cue in found)
    ):
        return _plain(builder, found, joined, bodies, metadata)
    voices = Voices(builder)
    timed = cuetext.TIME.search(joined) is not None and _has_times(bodies, found)
    for i, (shell, payload, times, identifier, adopted) in enumerate(found):
        builder.glue("\n")
        at = builder.next
        if names and (name := names[i]):
            voices.opens(name[0])
            payload = Span(payload.start + len(name[1]), payload.end)
        cuetext.fill(builder, voices, scan, payload, times, whole=not adopted, timed=timed)
        for block in adopted:
            cuetext.fill(builder, voices, scan, block, times, whole=False)
        span = Span(min(at, builder.at), builder.at)
        builder.label("cue", span, times)
        if identifier:
            builder.label("identifier", span, identifier)
        builder.shell(*shell)
    voices.close()
    return builder.transcript(metadata)


def _plain(
    builder: Builder, found: Sequence[Place], joined: str, bodies: Sequence[str], metadata: dict[str, Any]
) -> Transcript:
    """The transcript of cues that have nothing but plain lines."""
    frame = Frame(
        builder.format,
        builder.raw,
        Spans.of([cue.payload for cue in found]) if found else Spans(),
        shells=Spans.of([cue.shell for cue in found]) if found else Spans(),
        extras=builder.extras,
        oddities=tuple(placed(builder.raw, builder.oddities)),
    )
    times = [cue.times.start_ms or 0 for cue in found], [cue.times.end_ms or 0 for cue in found]
    return plain_cues(frame, joined, bodies, times, metadata)


def _has_times(bodies: Sequence[str], cues: Sequence[Place]) -> bool:
    """Whether most cues that have times inside them have such as lie inside theirs."""
    found = (cuetext.has_times(payload, cue.times) for payload, cue in zip(bodies, cues, strict=True))
    tried = list(islice((inside for inside in found if inside is not None), _TRIED))
    return 2 * sum(tried) > len(tried)


def _facts(scan: str, end: int) -> dict[str, Any]:
    header = HEADER.match(scan)
    if header is None:
        return {}
    block = scan[header.end() : end_of_block(scan, header.end(), end, "\r" in scan)]
    facts = {key.lower(): value.rstrip() for key, value in _FACT.findall(block)}
    title = (header[1] or "").strip(" \t\r-")
    return {"title": title, **facts} if title else facts


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "vtt":
        newline = newline_of(frame.raw)
        written = partial(cuetext.written, newline=newline, careless=cuetext.is_careless(frame.raw))
        stays = partial(left, newline=newline, tag=cuetext.TAG)
        edits = refills(transcript, frame, written, cuetext.read, stays)
        if edits and "<v" in frame.raw:
            edits = voices_handed_on(scannable(frame.raw), frame.holes, edits)
        return Patch.cut(frame.raw, edits).apply(frame.raw)
    blocks = ["WEBVTT\n"]
    cues = cues_of(transcript, "vtt")
    for i, cue in enumerate(cues):
        following = cues[i + 1].voices[0].speaker if i + 1 < len(cues) else None
        name = cue.identifier or ""
        identifier = f"{name}\n" if name.strip() and "\n" not in name and "-->" not in name else ""
        times = f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}"
        said = body(transcript.text, cue, closed=i + 1 < len(cues) and not following)
        blocks.append(f"{identifier}{times}\n{said}\n")
    return "\n".join(blocks)
