"""The line styles of transcripts: how programs and people write, at a line's start, when and by whom something is said.

One table, `STYLES`. Each row has a pattern for the head of a line, where it is seen, a text that is of this style, and
one that only looks like it. A row alone proves nothing: `tidytranscript.formats.heads` asks for several lines of the
same form, clocks that rise, and names that come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from attrs import frozen

from tidytranscript.formats.clocks import milliseconds

_DIGITS: Final = r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?(?!:?\d)"
_CLOCK: Final = rf"{_DIGITS}(?![ ]?[ap]\.?m\b)"
_URL: Final = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
_LINKED: Final = r"(?:\d{1,3}[.:])?\d{1,3}\.[0-5]\d(?=\]\()"  # a dot for the colon: only in a link
_NAME: Final = r"[^\W\d_](?:[^\n\r:*\[\]()\t]{0,60}?[^\n\r:*\[\]()\t ])??(?:[ ]\([^()\n\r]{1,40}\))?"
BOLD_NAME: Final = r"[^*\n: ](?:[^*\n:]{0,58}?[^*\n: ])??"
"""What stands between two stars on either side, where that is a name."""
_EMPH: Final = r"[*_`]{0,3}"
_END: Final = r"[ \t]*(?=\r?$)"
_TO: Final = r"[ \t]*(?:-->|[-–—])[ \t]*"
_LEAD: Final = r"[ \t]*(?:[-*+][ \t]+)?"
ANY_CLOCK: Final = re.compile(r"\d[:.][0-5]\d")
"""What every clock has in it: a cheap test of a line."""


def _bracketed(n: str) -> str:
    """A clock in brackets, in a link or not, escaped or not; with its end, where a recogniser wrote both."""
    return rf"\\?[\[(]\[?(?P<c{n}>{_CLOCK}|{_LINKED})(?:{_TO}(?P<e{n}>{_CLOCK}))?\\?[\])](?:{_URL})?\]?"


@frozen
class Style:
    """One line style.

    Attributes:
        name: what it is called.
        pattern: the head, from the start of the line; groups `c`, `e` and `n` with a figure are clock, end and name.
        why: who writes so.
        fix: lines of this style.
        keep: lines that look like it, and are none.
        named: whether its names must come back.
    """

    name: str
    pattern: re.Pattern[str]
    why: str
    fix: str
    keep: str
    named: bool = False


def _style(name: str, pattern: str, why: str, fix: str, keep: str, named: bool = False) -> Style:
    return Style(name, re.compile(pattern, re.VERBOSE | re.MULTILINE), why, fix, keep, named)


STYLES: Final = (
    _style(
        "name-clock",
        rf"""{_LEAD}{_EMPH}
        (?: \[(?P<n1>{_NAME})[ \t]+(?P<c1>{_CLOCK})\]:?                             # [SPEAKER_0 0:05] text
          | \[(?P<n2>[^\]\n\r]{{1,80}})\][ \t]+(?P<c2>{_CLOCK}){_END}                # [Ann Lee] 10:05:09
          | (?P<n3>{_NAME}):?{_EMPH}[ \t]+{_EMPH}{_bracketed("3")}{_EMPH}(?::{_EMPH}|{_END})  # Ann Lee (0:05):
          | (?P<n4>{_NAME}):?{_EMPH}:?[ \t]*{_EMPH}\[(?P<c4>{_CLOCK}|{_LINKED})\](?:{_URL})?{_EMPH}:? # Ann: [0:05] text
          | {_bracketed("5")}{_EMPH}:{_EMPH}(?=\s)                                  # (0:05): the same speaker goes on
          | (?P<n6>{_NAME}){_EMPH}(?::|[ \t]*[-–—|,·])?{_EMPH}[ \t]+{_EMPH}(?P<c6>{_CLOCK}){_EMPH}:?{_END}  # Ann  0:05
        )[ \t]*""",
        "Rev, Otter, Teams and Zoom (saved captions), tstbtc, and most people who transcribe interviews",
        "Ann Lee (00:00:01):\nGood morning.\n\nBo (00:00:04):\nHello.\n\n(00:00:07):\nSo.\n\nAnn Lee (00:00:09):\nYes.",
        "Lunch (12:30): soup.\nThe talk (13:00): whales.\nTea (15:45): cake.",
        named=True,
    ),
    _style(
        "bracketed-clock",
        rf"{_LEAD}{_EMPH}{_bracketed('1')}{_EMPH}:?{_EMPH}[ \t]*(?:[-–—:][ \t]+)?",
        "Whisper's console, Happy Scribe, Sonix, Trint; people who link their notes to a video",
        "[0:01] Good morning to you all.\n[0:04] Hello, and thank you.\n[0:06] Let us begin with the ice.",
        "[10:30] is when the train leaves.\nWe took the next one.\n[sic]",
    ),
    _style(
        "clock",
        rf"{_LEAD}{_EMPH}(?P<c1>{_CLOCK})(?:{_TO}(?P<e1>{_CLOCK}))?{_EMPH}(?:[ \t]*[-–—|:][ \t]+|[ \t]+|(?=\r?$))",
        "YouTube's transcript panel, podcasts' caption dumps, Zoom's chat",
        "0:01\nGood morning to you all.\n0:04\nHello, and thank you.\n0:06\nLet us begin with the ice.",
        "0:00 Opening\n4:10 The ice\n19:20 Whales in the north\n41:00 Questions",
    ),
    _style(
        "clock-behind",
        rf"{_LEAD}(?=\S)(?P<said>[^\n]*?)[ \t]{{0,8}}\[\[?(?P<c1>{_CLOCK}|{_LINKED})\]{_URL}\]?{_END}",
        "pages made from Whisper's segments, each line with a link to its place behind it",
        "* Good morning to you all. [[00:00:01](https://example.org/v?t=1)]\n"
        "* Hello, and thank you. [[00:00:04](https://example.org/v?t=4)]\n"
        "* Let us begin with ice. [[00:00:06](https://example.org/v?t=6)]",
        "The song is at its best at [4:10](https://example.org/v?t=250)\nand then it stops.",
    ),
    _style(
        "bold-line",
        rf"[ \t]*\*\*[ ]*(?P<n1>{BOLD_NAME})[ ]*\*\*[ \t]*(?:\r?\n[ \t]*{_bracketed('1')}{_END}|(?=\r?$))",
        "minutes of meetings: a name in bold alone on its line, perhaps a clock, and what was said below",
        "**Ann**\n\nGood morning.\n\n**Bo**\n\nHello.\n\n**Ann**\n\nSo.\n\n**Bo**\n\nYes.",
        "**Opening**\n\nWe met.\n\n**The ice**\n\nIt is thin.\n\n**Questions**\n\nNone.",
        named=True,
    ),
)
"""All styles, the most telling first: where as many lines are of one as of another, the first is tried first."""

CLOCKED: Final = STYLES[:4]
"""Those that have a clock on the line."""

BRACKETED: Final = STYLES[1]
BOLD_LINE: Final = STYLES[4]


class Head(NamedTuple):
    """The head of a line: `start` is the line's, `said` where the speech begins, `stop` where it ends on this line.

    `stop` is None where the speech goes on to the next head; times are whole milliseconds.
    """

    start: int
    said: int
    stop: int | None
    start_ms: int | None
    end_ms: int | None
    name: str | None


def lines_with_clocks(content: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The lines of a stretch of a file that have anything like a clock in them, each looked at once."""
    end = len(content) if end is None else end
    found = ANY_CLOCK.search(content, start, end)
    while found:
        line = max(content.rfind("\n", start, found.start()) + 1, start)
        stop = content.find("\n", found.end(), end)
        stop = end if stop < 0 else stop
        yield line, stop
        found = ANY_CLOCK.search(content, stop, end)


def head_of(content: str, line: int, stop: int, style: Style) -> Head | None:
    """The head that a line has in a style, if it has one."""
    if style.name == "clock-behind" and not content[line:stop].rstrip().endswith((")", "]")):
        return None  # by far most lines
    match = style.pattern.match(content, line)
    if match is None or (match.end() > stop and style.name != "bold-line"):
        return None
    groups = {name[0]: value for name, value in match.groupdict().items() if value is not None and name != "said"}
    name = (groups.get("n") or "").strip(" *_`|,-–—") or None
    clock, until = groups.get("c"), groups.get("e")
    start_ms = _time(clock) if clock else None
    end_ms = _time(until) if until else None
    if end_ms is not None and start_ms is not None and end_ms < start_ms:
        end_ms = None
    if style.name == "clock-behind":
        return Head(line, *match.span("said"), start_ms, end_ms, name)
    return Head(line, match.end(), None, start_ms, end_ms, name)


def _time(clock: str) -> int:
    """The time of a clock, also of one with dots for its colons."""
    return milliseconds(clock if ":" in clock else clock.replace(".", ":"))
