"""Comments in a file that switch rules off for what follows: `NOTE tidy: off filler`, and on again.

Formats that have comments have these: WebVTT in a `NOTE`, Markdown and the XML formats in `<!-- tidy: off -->`,
SubStation Alpha after `;`. Without a name they are about every rule; several names are parted by commas.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from attrs import evolve

from tidytranscript.spans import Span
from tidytranscript.transcript import Frame, Label, Suppression, Transcript

_SAYS: Final = r"tidy:[ \t]*(?P<what>off|on)\b[ \t]*(?P<names>[\w \t,-]*?)[ \t]*"
_MARKUP: Final = re.compile(rf"(?P<comment><!--[ \t]*{_SAYS}-->)")
_PATTERNS: Final = {
    "vtt": re.compile(rf"^(?P<comment>NOTE(?:[ \t]+|\r?\n){_SAYS})\r?$", re.MULTILINE),
    "ass": re.compile(rf"^(?P<comment>;[ \t]*{_SAYS})\r?$", re.MULTILINE),
    "markdown": _MARKUP,
    "ttml": _MARKUP,
    "srv3": _MARKUP,
    "srv1": _MARKUP,
}


def with_comments(transcript: Transcript) -> Transcript:
    """The transcript with a `suppressed` label for each stretch of it that a comment in its file switches rules off."""
    frame = transcript.frame
    if frame is None or frame.format not in _PATTERNS or "tidy:" not in frame.raw:
        return transcript
    found = tuple(_suppressed(transcript, frame))
    return evolve(transcript, labels=(*transcript.labels, *found)) if found else transcript


def _suppressed(transcript: Transcript, frame: Frame) -> Iterator[Label]:
    opened: dict[str, tuple[int, str]] = {}  # by name, where and by which comment; "" is every rule
    for match in _PATTERNS[frame.format].finditer(frame.raw):
        at = _place(transcript, frame, match.start())
        names = [name for name in re.split(r"[,\s]+", match["names"]) if name]
        if match["what"] == "off":
            for name in names or [""]:
                opened.setdefault(name, (at, match["comment"].strip()))
        else:
            for name in names or list(opened):
                if name in opened:
                    yield _label(name, *opened.pop(name), at)
    for name, (start, by) in opened.items():
        yield _label(name, start, by, len(transcript.text))


def _label(name: str, start: int, by: str, end: int) -> Label:
    return Label(Span(start, end), "suppressed", Suppression((name,) if name else (), by))


def _place(transcript: Transcript, frame: Frame, at: int) -> int:
    """Where in the text the first stretch of speech behind a place of the file begins."""
    i = bisect_left(frame.holes.starts, at)
    holes = transcript.of_kind("hole")
    return holes[i].span.start if i < len(holes) else len(transcript.text)
