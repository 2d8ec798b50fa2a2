"""Where in its file a position of a transcript's text stands: line and column."""

from __future__ import annotations

import re
from bisect import bisect_right

from tidytranscript.spans import Span
from tidytranscript.transcript import Transcript


class Places:
    """The lines and columns, counted from 1, of positions in a transcript's text.

    They are those of the file it was read from; of the text itself where there was no file, or where its format has no
    place for edits. Lines end at line feeds, columns are code points. Where a file writes a word otherwise than the
    text has it, the place is that of the stretch of speech that holds it.

    >>> from tidytranscript.formats import loads
    >>> talk = loads("WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Ann>So, we left.\\n")
    >>> Places(talk).of(talk.text.index("we"))
    (4, 12)
    """

    def __init__(self, transcript: Transcript) -> None:
        self._text = transcript.text
        self._frame = frame = transcript.frame
        raw = frame.raw if frame else transcript.text
        self._lines = [0, *(match.end() for match in re.finditer("\n", raw))]
        self._holes = transcript.of_kind("hole") if frame else ()
        self._starts = [label.span.start for label in self._holes]

    def of(self, at: int) -> tuple[int, int]:
        """The line and the column of the position `at` of the text."""
        place = self._in_file(at)
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def _in_file(self, at: int) -> int:
        i = bisect_right(self._starts, at) - 1
        if i < 0 or self._frame is None:
            return at
        span, _, value = self._holes[i]
        hole, inside = Span(*self._frame.holes[value]), at - span.start
        raw = hole.of(self._frame.raw)
        blank = self._text[span.start : span.start + 1].isspace()
        start = hole.start if blank else hole.start + len(raw) - len(raw.lstrip())
        same = self._frame.raw.startswith(self._text[span.start : at], start, hole.end)
        return start + inside if same else start
