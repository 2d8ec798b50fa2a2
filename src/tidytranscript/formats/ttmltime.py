"""Time expressions of TTML (https://www.w3.org/TR/ttml1/, 10.3.1), and the parameters they depend on (6.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import frozen

_CLOCK: Final = re.compile(
    r"(?:(\d{1,6}):)?(\d{1,4}):(\d{1,4})(?:[.,](\d{1,9})|[:;](\d{1,4})(?:\.(\d{1,4}))?)?", re.ASCII
)
_OFFSET: Final = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)?", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_UNITS: Final = {"h": 3_600_000.0, "m": 60_000.0, "s": 1000.0, "ms": 1.0}
_FRAMES: Final = 30  # a second, where a file names no rate: 6.2.4
_DROPPED: Final = 2  # frame numbers in each minute but every tenth: 6.2.3


@frozen
class Rates:
    """How many frames, ticks and parts of a frame a file counts.

    Attributes:
        counted: frames in a second of a clock.
        frames: frames in a real second: the same, or with a multiplier such as 1000/1001.
        parts: sub-frames in a frame.
        ticks: ticks in a second.
        smpte: whether clocks count frames, as SMPTE time codes do, and not seconds.
        drops: whether such clocks leave out numbers, to stay near real time.
    """

    counted: int = _FRAMES
    frames: float = _FRAMES
    parts: int = 1
    ticks: float = 1
    smpte: bool = False
    drops: bool = False


def rates(attributes: Mapping[str, str]) -> Rates:
    """The rates that the attributes of the root element say."""
    counted = (_numbers(attributes, "frameRate") or [_FRAMES])[0] or _FRAMES
    parts = (_numbers(attributes, "subFrameRate") or [1])[0] or 1
    times = _numbers(attributes, "frameRateMultiplier")
    over, under = times if len(times) == 2 and all(times) else (1, 1)
    frames = counted * over / under
    ticks = (_numbers(attributes, "tickRate") or [0])[0]
    smpte = attributes.get("timeBase") == "smpte"
    drops = attributes.get("dropMode") == "dropNTSC"
    return Rates(counted, frames, parts, ticks or (frames * parts if "frameRate" in attributes else 1), smpte, drops)


def _numbers(attributes: Mapping[str, str], name: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(attributes.get(name, ""))]


def milliseconds(expression: str, by: Rates) -> int | None:
    """The time, or the length, that an expression says, rounded to milliseconds; None if it is none.

    A number without a unit is in seconds, as Apple writes it; so is a clock without hours.

    >>> [milliseconds(text, Rates()) for text in ("00:01:02.5", "1:02:15", "12.5s", "3f", "soon")]
    [62500, 3735000, 12500, 100, None]
    """
    clock = _CLOCK.fullmatch(expression.strip())
    if clock:
        seconds = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
        frames = int(clock[5] or 0) + int(clock[6] or 0) / by.parts
        if by.smpte:
            minutes = seconds // 60
            dropped = _DROPPED * (minutes - minutes // 10) if by.drops else 0
            return round((seconds * by.counted - dropped + frames) * 1000 / by.frames)
        return seconds * 1000 + round(float(f"0.{clock[4] or 0}") * 1000 + frames * 1000 / by.frames)
    offset = _OFFSET.fullmatch(expression.strip())
    if not offset:
        return None
    unit = offset[2] or "s"
    scale = 1000 / by.frames if unit == "f" else 1000 / by.ticks if unit == "t" else _UNITS[unit]
    return round(float(offset[1]) * scale)
