"""Configurations in files: `tidytranscript.toml`, or [tool.tidytranscript] in `pyproject.toml`; the nearest wins."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from attrs import frozen

from tidytranscript.config.keys import KEYS, OVERRIDES
from tidytranscript.config.readers import Reading
from tidytranscript.errors import BadConfig

OWN: Final = "tidytranscript.toml"
_PROJECT: Final = "pyproject.toml"


@frozen
class Override:
    """Other values for the files that fit one of the patterns."""

    files: tuple[str, ...]
    values: Mapping[str, Any]

    def fits(self, path: str) -> bool:
        """Whether a path, relative to the configuration and with /, fits; a pattern without / fits a name anywhere."""
        name = path.rpartition("/")[2]
        return any(fnmatchcase(path if "/" in pattern else name, pattern) for pattern in self.files)


@frozen
class Config:
    """A configuration.

    Attributes:
        path: its file.
        values: what it sets, by key.
        overrides: what it sets for some files, in order.
    """

    path: str
    values: Mapping[str, Any]
    overrides: tuple[Override, ...] = ()

    @classmethod
    def read(cls, path: str) -> Config:
        """The configuration in a file; BadConfig with all that is wrong in it, or OSError."""
        table = _table(path, _loaded(path))
        if table is None:
            raise BadConfig(path, ("holds no table [tool.tidytranscript]",))
        reading = Reading(os.path.dirname(os.path.abspath(path)))
        values = _values(table, "", reading, (OVERRIDES,))
        overrides = tuple(_overrides(table.get(OVERRIDES, []), reading))
        if reading.problems:
            raise BadConfig(path, tuple(reading.problems))
        return cls(path, values, overrides)

    def fitting(self, file: str) -> Iterator[int]:
        """The numbers, from 0, of the overrides that a file fits."""
        folder = os.path.dirname(os.path.abspath(self.path))
        try:
            path = os.path.relpath(os.path.abspath(file), folder).replace(os.sep, "/")
        except ValueError:  # on another drive
            return
        for number, override in enumerate(self.overrides):
            if override.fits(path):
                yield number


def nearest(folder: str) -> str | None:
    """The file with the configuration for what is in a folder: in it, or in the nearest folder above that has one."""
    own, project = os.path.join(folder, OWN), os.path.join(folder, _PROJECT)
    if os.path.isfile(own):
        return own
    if os.path.isfile(project) and _table(project, _loaded(project)) is not None:
        return project
    above = os.path.dirname(folder)
    return nearest(above) if above != folder else None


def _loaded(path: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    with open(path, "rb") as file:
        try:
            return tomllib.load(file)
        except ValueError as error:  # a UnicodeDecodeError is one, too
            raise BadConfig(path, (f"no TOML in UTF-8: {error}",)) from None


def _table(path: str, data: dict[str, Any]) -> dict[str, Any] | None:
    if os.path.basename(path) != _PROJECT:
        return data
    tools = data.get("tool")
    table = tools.get("tidytranscript") if isinstance(tools, dict) else None
    return table if isinstance(table, dict) else None


def _values(table: Mapping[str, Any], at: str, reading: Reading, others: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        if name in KEYS:
            found[name] = KEYS[name].read(value, f"{at}{name}", reading)
        elif name not in others:
            reading.unknown(f"{at}{name}", name, [*KEYS, *others])
    return found


def _overrides(tables: Any, reading: Reading) -> Iterator[Override]:
    if not isinstance(tables, list):
        reading.wrong(OVERRIDES, "must be an array of tables: [[overrides]]")
        return
    for number, table in enumerate(tables):
        at = f"{OVERRIDES}[{number}]"
        if not isinstance(table, dict):
            reading.wrong(at, "must be a table")
            continue
        files = table.get("files")
        if not isinstance(files, list) or not files or not all(isinstance(item, str) for item in files):
            reading.wrong(f"{at}.files", "must be an array of patterns of paths, and is needed")
            files = []
        yield Override(tuple(files), _values(table, f"{at}.", reading, ("files",)))
