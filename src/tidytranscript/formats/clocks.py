"""Times as files write them, and whole milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_MARKS: Final = str.maketrans("", "", ":,.")


def milliseconds(clock: str) -> int:
    """The time of a clock with hours, minutes, seconds or just the last of these, and any fraction of a second.

    >>> milliseconds("1:02:03.5"), milliseconds("02:03,456"), milliseconds("7")
    (3723500, 123456, 7000)
    """
    whole, _, fraction = clock.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int((fraction + "000")[:3])


def in_bulk(clocks: Sequence[str]) -> list[int]:
    """The times of many clocks, each `H:MM:SS.mmm` or `MM:SS.mmm`, with any of `:,.` between the parts.

    >>> in_bulk(["100:02:03,456", "02:03.456"])
    [360123456, 123456]
    """
    if not clocks:
        return []
    out = []
    for digits in map(int, "\n".join(clocks).translate(_MARKS).split("\n")):
        minutes = digits // 100_000
        out.append(digits - minutes * 40_000 - minutes // 100 * 2_400_000)
    return out


def clock(ms: int, mark: str = ".") -> str:
    """A time as `HH:MM:SS.mmm`, with `mark` before the milliseconds.

    >>> clock(360_123_456, ",")
    '100:02:03,456'
    """
    seconds, ms = divmod(max(ms, 0), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{ms:03d}"
