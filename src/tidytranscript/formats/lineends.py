"""Line ends as files have them: LF, CRLF, the lone CR of old Macs, or all of them in one file."""

from __future__ import annotations

import re
from typing import Final

_LONE_RETURN: Final = re.compile(r"\r(?!\n)")


def with_line_feeds(content: str) -> str:
    """The text with a line feed for each lone carriage return: every character stays at its place.

    >>> with_line_feeds("one\\rtwo\\r\\nthree")
    'one\\ntwo\\r\\nthree'
    """
    lone = "\r" in content and content.count("\r") != content.count("\r\n")
    return _LONE_RETURN.sub("\n", content) if lone else content


def newline_of(content: str) -> str:
    """The line end that new lines of a file should have.

    >>> newline_of("one\\r\\ntwo"), newline_of("one\\rtwo"), newline_of("one")
    ('\\r\\n', '\\r', '\\n')
    """
    if "\r\n" in content:
        return "\r\n"
    return "\r" if "\r" in content and "\n" not in content else "\n"


def plain(piece: str) -> str:
    """A piece of a file with line feeds alone.

    >>> plain("one\\r\\ntwo\\rthree")
    'one\\ntwo\\nthree'
    """
    return piece.replace("\r\n", "\n").replace("\r", "\n") if "\r" in piece else piece


def line_end_before(content: str, at: int) -> int:
    """Where the line end begins that stands right before a place; the place itself if there is none.

    >>> line_end_before("one\\r\\ntwo", 5), line_end_before("one", 2)
    (3, 2)
    """
    if not content.endswith("\n", 0, at):
        return at
    return at - 2 if content.endswith("\r\n", 0, at) else at - 1
