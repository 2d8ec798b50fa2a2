"""How the values of a configuration are read: each kind by a function that notes what is wrong, and where."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final

from tidytranscript import wordlists
from tidytranscript.errors import BadFile, UnknownName
from tidytranscript.marks import pattern
from tidytranscript.pipeline import Pipeline
from tidytranscript.plugins import offered
from tidytranscript.powers import Level

LEVELS: Final = [level.value for level in Level]
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")


class Reading:
    """One file as it is read: where relative paths begin, and the problems that were met, each with its key path."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.problems: list[str] = []

    def wrong(self, at: str, problem: str) -> None:
        """Note a problem at a key."""
        self.problems.append(f"{at}: {problem}")

    def unknown(self, at: str, name: str, known: list[str], what: str = "key") -> None:
        """Note a name that does not exist, with the nearest that does."""
        near = get_close_matches(name, known, n=1)
        meant = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}"
        self.wrong(at, f"no {what} is named {name!r}. {meant}")


def share(value: object) -> float:
    """A share: a number from 0 to 1, or a percentage such as "20%". ValueError for anything else.

    >>> share("20%"), share(0.5)
    (0.2, 0.5)
    """
    given = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    number = float(given[1]) / 100 if given else value
    if isinstance(number, str):
        try:
            number = float(number)
        except ValueError:
            number = -1
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1:
        raise ValueError(f'must be a share such as 0.2 or "20%", not {value!r}')
    return float(number)


def shown(path: str) -> str:
    """A path as people in the working directory would write it."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return path if near.startswith(os.pardir) else near


def read_share(value: Any, at: str, reading: Reading) -> float | None:
    """The value as a share; None where it is none."""
    try:
        return share(value)
    except ValueError as error:
        reading.wrong(at, str(error))
        return None


def read_level(value: Any, at: str, reading: Reading) -> str:
    """The value as the name of a level."""
    if value not in LEVELS:
        reading.unknown(at, str(value), LEVELS, "level")
    return str(value)


def read_flag(value: Any, at: str, reading: Reading) -> bool:
    """The value as true or false."""
    if not isinstance(value, bool):
        reading.wrong(at, f"must be true or false, not {value!r}")
    return bool(value)


def read_texts(value: Any, at: str, reading: Reading) -> tuple[str, ...]:
    """The value as strings."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        reading.wrong(at, f"must be an array of strings, not {value!r}")
        return ()
    return tuple(value)


def read_rules(value: Any, at: str, reading: Reading) -> tuple[str, ...]:
    """The value as names of passes and rules."""
    return tuple([name for name in read_texts(value, at, reading) if _is_rule(name, at, reading)])


@lru_cache(maxsize=1)
def _catalogue() -> Pipeline:
    return Pipeline.standard(checks=True)


def _is_rule(name: str, at: str, reading: Reading) -> bool:
    """Whether a pass or rule has this name; one that a package may bring is only known when it is loaded."""
    try:
        _catalogue().rules_of([name])
    except UnknownName as error:
        if not offered("passes"):
            reading.unknown(at, name, list(error.known), error.kind)
            return False
    return True


def read_paths(value: Any, at: str, reading: Reading) -> tuple[str, ...]:
    """The value as paths of files that exist, or names that packages offer."""
    return tuple([_path(path, f"{at}[{i}]", reading) for i, path in enumerate(read_texts(value, at, reading))])


def _path(value: str, at: str, reading: Reading) -> str:
    path = shown(os.path.normpath(os.path.join(reading.folder, os.path.expanduser(value))))
    if not os.path.isfile(path):
        if value in offered("corrections"):
            return value
        reading.wrong(at, f"{path}: no such file. Paths are relative to the folder of the configuration")
    return path


def read_words(value: Any, at: str, reading: Reading) -> str | Mapping[str, Any] | None:
    """The value as word lists, or the path of their file."""
    if isinstance(value, str):
        return _path(value, at, reading)
    if not isinstance(value, dict):
        reading.wrong(at, f"must be the path of a TOML file, or tables as such a file has them, not {value!r}")
        return None
    try:
        wordlists.given(value)
    except BadFile as error:
        reading.problems += [f"{at}.{problem}" for problem in error.problems]
    return value


def read_patterns(value: Any, at: str, reading: Reading) -> tuple[str, ...]:
    """The value as regular expressions."""
    found = read_texts(value, at, reading)
    for i, source in enumerate(found):
        _pattern(source, f"{at}[{i}]", reading)
    return found


def _pattern(value: str, at: str, reading: Reading) -> None:
    try:
        pattern(value)
    except ValueError as error:
        reading.wrong(at, str(error))


def read_by_rule(value: Any, at: str, reading: Reading) -> dict[str, float]:
    """The confidences of the tables of rules."""
    found: dict[str, float] = {}
    if not isinstance(value, dict):
        reading.wrong(at, f"must be tables, one for each rule: [{at}.stutter]")
        return found
    for name, options in value.items():
        here = f"{at}.{name}"
        if not _is_rule(name, here, reading):
            continue
        if not isinstance(options, dict):
            reading.wrong(here, f"must be a table with confidence, not {options!r}")
            continue
        for option, given in options.items():
            if option != "confidence":
                reading.unknown(f"{here}.{option}", option, ["confidence"])
            elif (least := read_share(given, f"{here}.{option}", reading)) is not None:
                found[name] = least
    return found
