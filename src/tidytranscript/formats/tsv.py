"""Tables of start, end and text, as Whisper writes them: parted by tabs (.tsv), or by commas (.csv). Only read.

Times are whole milliseconds, or seconds where any has a point: https://github.com/openai/whisper/blob/main/whisper/utils.py.
"""

from __future__ import annotations

import re
from typing import Final

from tidytranscript.errors import UnreadableInput
from tidytranscript.formats.frames import Builder
from tidytranscript.formats.pieces import Piece, lay
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

_HEAD: Final = re.compile(r"\ufeff?start([\t,])end\1text[ \t]*\r?\n", re.IGNORECASE)
_ROW: Final = re.compile(
    r'^(\d{1,12}(?:\.\d{0,9})?)([\t,])(\d{1,12}(?:\.\d{0,9})?)\2(?:"((?:[^"]|"")*)"[ \t]*\r?$|([^\r\n]*))',
    re.MULTILINE | re.ASCII,
)


def likeness(content: str) -> int:
    """2 if the first line names the columns start, end and text."""
    return 2 if _HEAD.match(content) else 0


def load(content: str) -> Transcript:
    """The rows of such a table as cues; UnreadableInput if it has none."""
    builder = Builder("tsv", content)
    head = _HEAD.match(content)
    rows = list(_ROW.finditer(content, head.end() if head else 0))
    if not rows:
        raise UnreadableInput(
            "<tsv>", "no row has a start, an end and a text", "The columns must be start, end and text"
        )
    scale = 1000 if any("." in row[1] + row[3] for row in rows) else 1
    for row in rows:
        quoted = row[4] is not None
        start, end = row.span(4 if quoted else 5)
        text = row[4].replace('""', '"').strip() if quoted else content[start:end]
        if text.strip():
            builder.glue("\n")
            at = builder.next
            lay(builder, [Piece(start, end, text)])
            times = Times(round(float(row[1]) * scale), round(float(row[3]) * scale))
            builder.label("cue", Span(at, builder.at), times)
    return builder.transcript()
