"""What the options of a command line ask for: settings, inputs and numbers that are sure to be usable."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tidytranscript.config import Settings


def listed(values: Iterable[str]) -> list[str]:
    """The names in options that may be given more than once, and hold several, separated by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def settings_of(
    *,
    level: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    confidence: Iterable[str] = (),
    names: Iterable[str],
    corrections: Iterable[str],
    words: str | None,
    protect: Iterable[str],
    decisions: Iterable[str],
    sure: float | None,
    fold: bool | None,
    plugin: Iterable[str],
    config: str | None,
    isolated: bool,
    max_change: str | None = None,
    checks: bool = False,
    forced: dict[str, Any] | None = None,
) -> Settings:
    """What the options ask for, with what a command asks for itself in `forced`; Trouble where that can't be."""
    from tidytranscript.config import Settings
    from tidytranscript.decisions import Decisions
    from tidytranscript.marks import pattern
    from tidytranscript.reports.jobs import explained_fault
    from tidytranscript.reports.terminal import Trouble

    if config and isolated:
        raise Trouble("--isolated is for no configuration, and --config names one. Leave out one of them")
    given: dict[str, Any] = {
        "level": level,
        "select": tuple(listed(select)) if tuple(select) else None,
        "ignore": tuple(listed(ignore)) or None,
        "names": tuple(listed(names)) or None,
        "corrections": tuple(corrections) or None,
        "words": words,
        "protect": tuple(protect) or None,
        "sure": sure,
        "fold": fold,
        "plugins": tuple(listed(plugin)) or None,
        "rules": dict(_confidence(value) for value in confidence) or None,
        "max-change": None if max_change is None else _share("--max-change", max_change),
    }
    try:
        for source in protect:
            pattern(source)
    except ValueError as error:
        raise Trouble(f"--protect: {error}") from None
    try:
        decided = tuple([Decisions.of(path) for path in decisions])
    except OSError as error:
        raise Trouble(explained_fault(error, str(error.filename))) from None
    said = {name: value for name, value in given.items() if value is not None}
    return Settings({**said, **(forced or {})}, config, isolated, decided, checks)


def _confidence(value: str) -> tuple[str, float]:
    name, equals, number = value.partition("=")
    if not equals:
        from tidytranscript.reports.terminal import Trouble

        raise Trouble(f"--confidence: {value!r} does not say for which rule. Write --confidence stutter=0.9")
    return name.strip(), _share("--confidence", number)


def _share(name: str, value: str) -> float:
    from tidytranscript.config import share
    from tidytranscript.reports.terminal import Trouble

    try:
        return share(value)
    except ValueError as error:
        raise Trouble(f"{name}: {error}") from None


def checked(settings: Settings, files: Iterable[str]) -> Settings:
    """The same settings, once it is sure that they can be used for the files. Trouble, or what `Settings` raises."""
    from tidytranscript.reports.jobs import explained_fault
    from tidytranscript.reports.terminal import Trouble

    try:
        for file in files:
            settings.pipeline(file)
    except OSError as error:
        raise Trouble(explained_fault(error, str(error.filename))) from None
    return settings


def inputs(context: click.Context, files: tuple[str, ...]) -> tuple[str, ...]:
    """The files, or standard input if there are none and nobody types there; else the help is shown, and all ends."""
    if files:
        return files
    if sys.stdin is None or sys.stdin.isatty():
        click.echo(context.get_help(), err=True)
        context.exit(2)
    return ("-",)


def workers(jobs: int) -> int:
    """How many processes `--jobs` asks for."""
    from tidytranscript.reports.running import processors

    return jobs or processors()


def check_reading(files: tuple[str, ...], from_: str | None, encoding: str | None) -> None:
    """Trouble where these files cannot be read so; UnknownName for a format."""
    from tidytranscript.formats import format_named
    from tidytranscript.reports.terminal import Trouble

    if files.count("-") > 1:
        raise Trouble("-: standard input can be read only once. Give - once")
    if from_:
        format_named(from_)
    try:
        b"-".decode(encoding or "utf-8")
    except LookupError:
        raise Trouble(f"no encoding is named {encoding!r}. Try utf-8, utf-16 or cp1252") from None
    except UnicodeError:
        pass
