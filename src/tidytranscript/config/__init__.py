"""What is in force for a file: the command line, before the configuration nearest to it, before the defaults.

>>> Settings({"level": "edited"}, isolated=True).of("talk.txt")["level"]
Setting(value='edited', origin='command line')
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple

from attrs import frozen

from tidytranscript.config.files import Config, nearest
from tidytranscript.config.keys import KEYS, commented, schema
from tidytranscript.config.readers import share, shown
from tidytranscript.decisions import Decisions
from tidytranscript.pipeline import Pipeline

__all__ = ["KEYS", "Config", "Setting", "Settings", "commented", "nearest", "schema", "share"]

_COMMAND_LINE: Final = "command line"


class Setting(NamedTuple):
    """A value, and where it comes from: "default", "command line", or a file and the key path in it."""

    value: Any
    origin: str


@frozen
class Settings:
    """What was asked for, and how to find what is in force for each file.

    Attributes:
        given: by key, what the command line says.
        config: a file that is the configuration of all files; None for the nearest to each.
        isolated: whether there is no configuration at all.
        decisions: on single findings.
        checks: whether the passes run that only remark.
    """

    given: Mapping[str, Any]
    config: str | None = None
    isolated: bool = False
    decisions: tuple[Decisions, ...] = ()
    checks: bool = False

    def of(self, file: str) -> dict[str, Setting]:
        """What is in force for a file ("-" for standard input, which is taken to be in the working directory).

        Raises BadConfig, or OSError where the configuration that was named can't be read.
        """
        found = {key.name: Setting(key.default, "default") for key in KEYS.values()}
        config, numbers = self._for(file)
        if config:
            tables = [("", config.values)]
            tables += [(f"overrides[{number}].", config.overrides[number].values) for number in numbers]
            for at, values in tables:
                for name, value in values.items():
                    found[name] = Setting(_over(found[name].value, value), f"{shown(config.path)}: {at}{name}")
        for name, value in self.given.items():
            found[name] = Setting(_over(found[name].value, value), _COMMAND_LINE)
        return found

    def pipeline(self, file: str) -> Pipeline:
        """The pipeline for a file; one for all files for which the same is in force.

        Raises what `of` and `Pipeline.standard` raise.
        """
        config, numbers = self._for(file)
        at = (config.path if config else "", numbers)
        if at not in self._made:
            self._made[at] = pipeline_of(
                {name: setting.value for name, setting in self.of(file).items()},
                decisions=self.decisions,
                checks=self.checks,
            )
        return self._made[at]

    def _for(self, file: str) -> tuple[Config | None, tuple[int, ...]]:
        if self.isolated:
            return None, ()
        folder = os.path.dirname(os.path.abspath(file)) if file != "-" else os.getcwd()
        if folder not in self._nearest:
            self._nearest[folder] = self.config or nearest(folder)
        path = self._nearest[folder]
        if path is None:
            return None, ()
        if path not in self._read:
            self._read[path] = Config.read(path)
        config = self._read[path]
        return config, () if file == "-" else tuple(config.fitting(file))

    @cached_property
    def _nearest(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _read(self) -> dict[str, Config]:
        return {}

    @cached_property
    def _made(self) -> dict[tuple[str, tuple[int, ...]], Pipeline]:
        return {}


def _over(before: Any, value: Any) -> Any:
    """A table of rules adds to the one before; any other value takes its place."""
    return {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value


def pipeline_of(values: Mapping[str, Any], *, decisions: tuple[Decisions, ...] = (), checks: bool = False) -> Pipeline:
    """The pipeline that the values of all keys ask for."""
    return Pipeline.standard(
        values["level"],
        select=values["select"],
        ignore=values["ignore"],
        corrections=values["corrections"],
        names=values["names"],
        words=values["words"],
        sure=values["sure"],
        fold=values["fold"],
        confidence=values["rules"],
        protect=values["protect"],
        plugins=values["plugins"],
        decisions=decisions,
        checks=checks,
    )
