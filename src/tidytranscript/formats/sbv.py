"""SubViewer as YouTube takes and gives it (.sbv): https://support.google.com/youtube/answer/2734698.

Cut at its lines of times, wherever they stand. `[br]` is a line end, as in SubViewer proper. A cue or a line that has
no words left goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats.clocks import clock, milliseconds
from tidytranscript.formats.cues import cues_of
from tidytranscript.formats.frames import Builder, refilled
from tidytranscript.formats.pieces import Piece, lay
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

_CLOCK: Final = r"(?:\d{1,6}:)?\d{1,2}:\d{1,2}\.\d{1,3}"
_TIMING: Final = re.compile(
    rf"^[ \t\ufeff]*({_CLOCK})[ \t]*,[ \t]*({_CLOCK})[ \t]*\r?(?:\n|\Z)", re.MULTILINE | re.ASCII
)
_BREAK: Final = re.compile(r"\r?\n|\[br\]", re.IGNORECASE)


def likeness(content: str) -> int:
    """2 if there is a line of times as in SBV near the start."""
    return 2 if _TIMING.search(content, 0, 4000) else 0


def load(content: str) -> Transcript:
    """The cues of an SBV text with their times; UnreadableInput if there is none."""
    with collector_paused():
        builder = Builder("sbv", content)
        found = list(_TIMING.finditer(content))
        if not found:
            raise UnreadableInput(
                "<sbv>", "no line has the times of a cue", "SBV has 0:00:01.000,0:00:02.000 above them"
            )
        if content[: found[0].start()].strip("\ufeff \t\r\n"):
            builder.odd(0, "words before any cue", "left them as they are")
        stops = [*(line.start() for line in found[1:]), len(content)]
        for line, stop in zip(found, stops, strict=True):
            builder.glue("\n")
            at = builder.next
            _fill(builder, line.end(), stop)
            times = Times(milliseconds(line[1]), milliseconds(line[2]))
            builder.label("cue", Span(min(at, builder.at), builder.at), times)
            builder.shell(line.start(), stop)
        return builder.transcript()


def _fill(builder: Builder, start: int, stop: int) -> None:
    """The lines of one cue: a hole and a shell each."""
    raw, at, blank = builder.raw, start, False
    ends = [(end.start(), end.end()) for end in _BREAK.finditer(raw, start, stop)]
    lead = True
    for end, after in [*ends, (stop, stop)]:
        text = raw[at:end]
        if text.strip():
            if blank and not lead:
                builder.odd(at, "a blank line inside a cue, or words without times", "read them with the cue before")
            lay(builder, [Piece(at, end, text)])
            builder.shell(at, after)
            lead = False
        blank = not text.strip()
        at = after


def _written(text: str) -> str:
    return "\n".join([line for line in text.split("\n") if line.strip()]) if "\n" in text else text


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one.

    A name stands as YouTube asks for: `>> Ann: Yes.`
    """
    frame = transcript.frame
    if frame and frame.format == "sbv":
        return refilled(transcript, _written)
    blocks = []
    for cue in cues_of(transcript, "sbv"):
        names = [f">> {voice.speaker}: " if voice.opens and voice.speaker else "" for voice in cue.voices]
        lines = [name + _written(voice.span.of(transcript.text)) for name, voice in zip(names, cue.voices, strict=True)]
        body = "\n".join(lines)
        blocks.append(f"{_short(cue.start_ms)},{_short(cue.end_ms)}\n{body}\n")
    return "\n".join(blocks)


def _short(ms: int) -> str:
    """A time without a zero before its hours."""
    full = clock(ms)
    return full[1:] if full.startswith("0") else full
