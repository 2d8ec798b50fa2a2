"""Advanced SubStation Alpha (.ass, .ssa): http://www.tcax.org/docs/ass-specs.htm.

What is said stands in the last field of each `Dialogue:` line, between override tags `{...}`. Styles, comments and
drawings stay in the frame. A line that has no words left goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats.clocks import clock, milliseconds
from tidytranscript.formats.cues import cues_of
from tidytranscript.formats.frames import Builder, refilled
from tidytranscript.formats.pieces import Piece, lay
from tidytranscript.formats.voices import Voices
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

_HEAD: Final = re.compile(r"\ufeff?(?:\s|;[^\n]*\n)*\[(?:Script Info|V4\+? Styles|Events)\]", re.IGNORECASE)
_FORMAT: Final = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_LINE: Final = re.compile(r"^[ \t]*(\[[^\]\n]*\]|[A-Za-z][A-Za-z ]*:)[ \t]*([^\r\n]*)\r?\n?", re.MULTILINE)
_CLOCK: Final = re.compile(r"\d{1,6}:\d{1,2}:\d{1,2}(?:[.:,]\d{1,3})?", re.ASCII)
_PART: Final = re.compile(r"(?P<tags>\{[^{}]*\})|(?P<end>\\N)|(?P<soft>\\n)|\\[h{}]")
_DRAWING: Final = re.compile(r"\\p(\d)")
_UNTITLED: Final = frozenset(("", "<untitled>", "default aegisub file", "untitled"))
_START: Final = (
    "[Script Info]\nTitle: {title}\nScriptType: v4.00+\nWrapStyle: 0\n\n[V4+ Styles]\nFormat: Name, Fontname, "
    "Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, "
    "ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
    "Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1\n\n"
    "[Events]\nFormat: "
)


def likeness(content: str) -> int:
    """2 if the text begins with a section of a script."""
    return 2 if _HEAD.match(content) else 0


def load(content: str) -> Transcript:
    """The dialogue of a script as cues, in the order of the file; UnreadableInput if it has no dialogue.

    The name of an actor is that of the speaker.
    """
    with collector_paused():
        builder = Builder("ass", content)
        voices = Voices(builder)
        metadata: dict[str, Any] = {}
        fields, section, dialogues, last_ms = _names(_FORMAT), "[events]", 0, 0
        for line in _LINE.finditer(content):
            key = line[1].lower()
            if key.startswith("["):
                section = key
            elif key == "format:" and section == "[events]":
                fields = _names(line[2])
            elif key == "title:" and section == "[script info]" and line[2].strip().lower() not in _UNTITLED:
                metadata["title"] = line[2].strip()
            elif key in ("style:", "comment:"):
                builder.extra(f"{key[:-1]}s")
            elif key == "dialogue:":
                dialogues += 1
                last_ms = _dialogue(builder, voices, fields, line, last_ms)
        voices.close()
        if not dialogues:
            raise UnreadableInput("<ass>", "a script without dialogue", "Is it the whole file?")
        return builder.transcript(metadata)


def _names(line: str) -> list[str]:
    """The names of the fields, lower case; what is said is in the last one."""
    return [name.strip().lower() for name in line.split(",")]


def _dialogue(builder: Builder, voices: Voices, fields: list[str], line: re.Match[str], last_ms: int) -> int:
    """Read one line of dialogue; when it begins, or what was said last began."""
    values = line[2].split(",", len(fields) - 1)
    found = dict(zip(fields, values, strict=False))
    start, end = (found.get(name, "").strip() for name in ("start", "end"))
    if len(values) < len(fields) or not _CLOCK.fullmatch(start) or not _CLOCK.fullmatch(end):
        builder.odd(line.start(), f"dialogue that cannot be read: {line[0].strip()[:60]!r}", "left it as it is")
        return last_ms
    times = Times(_milliseconds(start), _milliseconds(end))
    speaker = (found.get("name") or found.get("actor") or "").strip()
    lines: list[list[Piece | None]] = [[]]
    for piece in _pieces(builder, line.end(2) - len(values[-1]), line.end(2), speaker):
        if piece == "\n":
            lines.append([])
        else:
            lines[-1].append(None if isinstance(piece, str) else piece)
    said = [row for row in lines if any(piece and piece.text.strip() for piece in row)]
    if not said:
        return last_ms
    builder.glue("\n")
    at = builder.next
    for row in said:
        lay(builder, row, voices)
    builder.label("cue", Span(at, builder.at), times)
    builder.shell(*line.span())
    begin = times.start_ms or 0
    if begin < last_ms:
        builder.odd(line.start(), "dialogue that begins before the line above", "left it in its place")
    return begin


def _milliseconds(one: str) -> int:
    """The time of a clock, whose fraction may stand behind a colon."""
    whole, _, fraction = one.rpartition(":")
    return milliseconds(f"{whole}.{fraction}" if one.count(":") == 3 else one)


def _pieces(builder: Builder, start: int, end: int, voice: str) -> Iterator[Piece | str]:
    """What is said in a field, and the line ends and blanks that stand in no hole."""
    raw, at, drawing = builder.raw, start, False
    for part in [*_PART.finditer(raw, start, end), None]:
        stop = part.start() if part else end
        if stop > at and not drawing:
            yield Piece(at, stop, raw[at:stop], None, voice)
        if part is None:
            return
        at = part.end()
        if part["tags"]:
            builder.extra("override tags")
            for mode in _DRAWING.finditer(part["tags"]):
                builder.extra("drawings", int(mode[1] != "0" and not drawing))
                drawing = mode[1] != "0"
        elif part["end"] or part["soft"]:
            yield "\n" if part["end"] else " "
        elif not drawing:
            yield Piece(*part.span(), _read(part[0]), None, voice)


def _read(piece: str) -> str:
    """What a piece of a field stands for: characters, or one escape."""
    return {"\\h": "\u00a0", "\\{": "{", "\\}": "}"}.get(piece, piece)


def _written(text: str) -> str:
    r"""A text as it is written in a field.

    >>> print(_written("One\ntwo"))
    One\Ntwo
    """
    text = text.replace("{", "\\{").replace("}", "\\}").replace("\u00a0", "\\h")
    return "\\N".join([line for line in text.replace("\r", "").split("\n") if line.strip()]) if "\n" in text else text


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one.

    Times are written as the format has them, in hundredths of a second; each voice has a line of its own.
    """
    frame = transcript.frame
    if frame and frame.format == "ass":
        return refilled(transcript, _written, _read)
    rows = [_START.format(title=" ".join(str(transcript.metadata.get("title") or "").split())), _FORMAT, "\n"]
    for cue in cues_of(transcript, "ass"):
        start, end = _clock(cue.start_ms), _clock(cue.end_ms)
        for voice in cue.voices:
            name = " ".join((voice.speaker or "").replace(",", ";").split())
            said = _written(voice.span.of(transcript.text))
            rows.append(f"Dialogue: 0,{start},{end},Default,{name},0,0,0,,{said}\n")
    return "".join(rows)


def _clock(ms: int) -> str:
    """A time in hundredths of a second, without a zero before its hours."""
    full = clock(round(ms / 10) * 10)[:-1]
    return full[1:] if full.startswith("0") else full
