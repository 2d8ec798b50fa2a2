"""The options that several commands have: which rules run, and how files are read; and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from tidytranscript.pipeline import Pipeline

_Command = TypeVar("_Command", bound=Callable[..., Any])

_READING: Final = (
    click.option("--from", "from_", metavar="FORMAT", help="Read srt, vtt, text, ... whatever the content looks like."),
    click.option(
        "--encoding",
        metavar="NAME",
        help="What the files are encoded in; UTF-8, or UTF-16 with its mark, if not given.",
    ),
)
_LEVEL: Final = click.option(
    "--level", default="clean", metavar="LEVEL", help="verbatim, clean (the default) or edited."
)
_CHOICE: Final = (
    click.option("--select", multiple=True, metavar="NAMES", help="Run only these passes and rules."),
    click.option("--ignore", multiple=True, metavar="NAMES", help="Do not run these passes and rules."),
)
_RULES: Final = (
    click.option("--names", multiple=True, metavar="NAMES", help='People who may speak: "Ann Lee,Bo Ek".'),
    click.option("--corrections", multiple=True, metavar="FILE", help="A correction dictionary in TOML."),
    click.option("--words", metavar="FILE", help="Word lists in TOML, beside those of the language."),
    click.option(
        "--sure",
        type=click.FloatRange(0, 1),
        default=0.25,
        metavar="SHARE",
        help="How sure a guessed change of speaker must be: 0 to 1 (0.25).",
    ),
    click.option(
        "--fold", is_flag=True, help="Make guessed turns of Right or Yeah alone a part of the turn around them."
    ),
)


def _all(options: Iterable[Callable[[_Command], _Command]]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(tuple(options)):
            command = option(command)
        return command

    return decorate


reading = _all(_READING)
level_and_choice = _all((_LEVEL, *_CHOICE))
rule_options = _all(_RULES)


def listed(values: Iterable[str]) -> list[str]:
    """The names in options that may be given more than once, and hold several, separated by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def pipeline_of(
    level: str,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    names: Iterable[str],
    corrections: Iterable[str],
    words: str | None,
    sure: float,
    fold: bool,
    checks: bool = False,
) -> Pipeline:
    """The pipeline that the options ask for; Trouble where one of their files cannot be read."""
    from tidytranscript.pipeline import Pipeline
    from tidytranscript.reports.jobs import explained_fault
    from tidytranscript.reports.terminal import Trouble

    chosen = listed(select)
    try:
        return Pipeline.standard(
            level,
            select=chosen if chosen or tuple(select) else None,
            ignore=listed(ignore),
            corrections=corrections,
            words=words,
            names=listed(names),
            sure=sure,
            fold=fold,
            checks=checks,
        )
    except OSError as error:
        raise Trouble(explained_fault(error, str(error.filename))) from None


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
