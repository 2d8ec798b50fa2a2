"""Times and speakers as JSON files write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tidytranscript.transcript import Times

SECOND: Final = 1000.0
MILLISECOND: Final = 1.0
_NANO: Final = 1 / 1_000_000
TICK: Final = 1 / 10_000  # of Microsoft: 100 ns
_LONGEST_MS: Final = 10**11  # three years: no recording is longer, and a number that says so is not a time
_CLOCK: Final = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:[.,]\d*)?)")
_LASTING: Final = re.compile(r"PT?(?:(\d+)D)?T?(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?")
_STARTS: Final = ("start", "startTime", "start_time", "begin", "from", "time", "ts", "offset")
_ENDS: Final = ("end", "endTime", "end_time", "stop", "to", "end_ts", "endTs")
_LENGTHS: Final = ("duration", "dur")
_NAMES: Final = ("name", "speaker", "label", "displayName", "display_name", "id", "@id")


def ms(value: Any, unit: float = SECOND) -> int | None:
    """The whole milliseconds of a number of `unit`, given in any of the ways that files have; None if it is no time.

    A string may have a number, with an `s` or without, or a clock, or a duration of ISO 8601; an object `seconds` and
    `nanos`.

    >>> [ms(5.2799997), ms("1.200s"), ms("00:00:01,5"), ms("PT1M0.5S"), ms({"seconds": "2", "nanos": 5000000}), ms("x")]
    [5280, 1200, 1500, 60500, 2005, None]
    """
    if isinstance(value, Mapping):
        seconds, nanos = _counted(value.get("seconds", 0), SECOND), _counted(value.get("nanos", 0), _NANO)
        return None if seconds is None or nanos is None else seconds + nanos
    return _counted(value, unit)


def _counted(value: Any, unit: float) -> int | None:
    if isinstance(value, str):
        return _written(value.strip(), unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not -_LONGEST_MS < value < _LONGEST_MS:  # nor is NaN between them
        return None
    found = value * unit
    return round(found) if -_LONGEST_MS < found < _LONGEST_MS else None


def _written(value: str, unit: float) -> int | None:
    clock = _CLOCK.fullmatch(value)
    if clock:
        hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in clock.groups())
        return ms(hours * 3600 + minutes * 60 + seconds)
    lasting = _LASTING.fullmatch(value)
    if lasting:
        days, hours, minutes, seconds = (float(part or 0) for part in lasting.groups())
        return ms(days * 86_400 + hours * 3600 + minutes * 60 + seconds)
    try:
        return ms(float(value.removesuffix("s")), SECOND if value.endswith("s") else unit)
    except ValueError:
        return None


def times(item: Mapping[str, Any], unit: float = SECOND) -> Times:
    """The times of an object that has them under some of the usual keys."""
    start, end = _first(item, _STARTS, unit), _first(item, _ENDS, unit)
    return Times(start, end) if end is not None else lasting(start, _first(item, _LENGTHS, unit))


def _first(item: Mapping[str, Any], keys: Sequence[str], unit: float) -> int | None:
    for key in keys:
        if key in item and (found := ms(item[key], unit)) is not None:
            return found
    return None


def lasting(start: int | None, duration: int | None) -> Times:
    """The times of what starts and lasts so long."""
    return Times(start, None if start is None or duration is None else start + duration)


def speaker(value: Any) -> str | None:
    """The name of a speaker that a file gives as a name, a number, or an object; None where it gives none.

    >>> speaker(0), speaker("2"), speaker("spk_0"), speaker({"name": "Ann Lee"}), speaker(None)
    ('Speaker 0', 'Speaker 2', 'spk_0', 'Ann Lee', None)
    """
    if isinstance(value, Mapping):
        return next((name for key in _NAMES if (name := _plain(value.get(key)))), None)
    return _plain(value)


def channel(value: Any) -> str | None:
    """The name of a channel that a file gives as a number; None where it gives none.

    >>> channel(0), channel(None)
    ('Channel 0', None)
    """
    counts = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LONGEST_MS
    return f"Channel {value}" if counts else None


def _plain(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    name = " ".join(str(value).split()) if isinstance(value, str) or abs(value) < _LONGEST_MS else ""
    return f"Speaker {name}" if name.isdecimal() else name or None
