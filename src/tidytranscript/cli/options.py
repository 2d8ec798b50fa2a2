"""The options that several commands have, and help that shows them in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


_Command = TypeVar("_Command", bound=Callable[..., Any])
_Decorator = Callable[[_Command], _Command]


class Option(click.Option):
    """An option that the help shows under a heading."""

    def __init__(self, *names: Any, section: str = "", **rest: Any) -> None:
        super().__init__(*names, **rest)
        self.section = section


class Command(click.Command):
    """A command whose help shows its options in groups, in the order in which their headings first stand."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write all options under their headings; the others last."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = isinstance(param, click.Option) and param.get_help_record(ctx)
            if record:
                sections.setdefault(getattr(param, "section", "") or "Options", []).append(record)
        plain = sections.pop("Options", [])
        for heading, records in (*sections.items(), ("Options" if not sections else "Others", plain)):
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


def option(*names: str, section: str = "", **rest: Any) -> _Decorator[Any]:
    """An option of a command, under a heading of its help."""
    return click.option(*names, cls=Option, section=section, **rest)


def _among(names: Callable[[], Iterable[str]]) -> Callable[..., list[CompletionItem]]:
    """A completion of the last of the names in a value that are separated by commas."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        before, comma, last = typed.rpartition(",")
        return [CompletionItem(before + comma + name) for name in names() if name.startswith(last)]

    return complete


def _rule_names() -> list[str]:
    from tidytranscript.pipeline import Pipeline

    pipeline = Pipeline.standard()
    return sorted({pass_.name for pass_ in pipeline.passes} | pipeline.rule_names)


def _format_names() -> list[str]:
    from tidytranscript.formats import FORMATS

    return list(FORMATS)


def _level_names() -> list[str]:
    from tidytranscript.powers import Level

    return [level.value for level in Level]


rule_names, format_names = _among(_rule_names), _among(_format_names)

OUT: Final = "What comes out"
_WHAT: Final = "What is changed"
_WHO: Final = "Names and words"
_FILES: Final = "Files"

_READING: Final = (
    option(
        "--from",
        "from_",
        metavar="FORMAT",
        section=_FILES,
        shell_complete=format_names,
        help="Read srt, vtt, text, ... whatever the content looks like.",
    ),
    option(
        "--encoding",
        metavar="NAME",
        section=_FILES,
        help="What the files are encoded in; UTF-8, or UTF-16 with its mark, if not given.",
    ),
)
_LEVEL: Final = (
    option(
        "--level",
        metavar="LEVEL",
        section=_WHAT,
        shell_complete=_among(_level_names),
        help="verbatim, clean (the default) or edited.",
    ),
    option(
        "--select",
        multiple=True,
        metavar="NAMES",
        section=_WHAT,
        shell_complete=rule_names,
        help="Run only these passes and rules.",
    ),
    option(
        "--ignore",
        multiple=True,
        metavar="NAMES",
        section=_WHAT,
        shell_complete=rule_names,
        help="Do not run these passes and rules.",
    ),
    option(
        "--confidence",
        multiple=True,
        metavar="RULE=SHARE",
        section=_WHAT,
        help="Let a rule act only where it is this sure, 0 to 1.",
    ),
)
_RULES: Final = (
    option(
        "--protect",
        multiple=True,
        metavar="REGEX",
        section=_WHAT,
        help="What this regular expression matches does not change.",
    ),
    option(
        "--decisions",
        multiple=True,
        metavar="FILE",
        type=click.Path(),
        section=_WHAT,
        help="Obey what was decided on the page that `tidy review` writes.",
    ),
    option(
        "--sure",
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        section=_WHAT,
        help="How sure a guessed change of speaker must be: 0 to 1 (0.25).",
    ),
    option(
        "--fold",
        is_flag=True,
        default=None,
        section=_WHAT,
        help="Make guessed turns of Right or Yeah alone a part of the turn around them.",
    ),
    option(
        "--plugin",
        multiple=True,
        metavar="NAME",
        section=_WHAT,
        help="Run a pass that another package brings.",
    ),
    option(
        "--names",
        multiple=True,
        metavar="NAMES",
        section=_WHO,
        help='People who may speak: "Ann Lee,Bo Ek".',
    ),
    option(
        "--corrections",
        multiple=True,
        metavar="FILE",
        type=click.Path(),
        section=_WHO,
        help="A correction dictionary in TOML.",
    ),
    option(
        "--words",
        metavar="FILE",
        type=click.Path(),
        section=_WHO,
        help="Word lists in TOML, beside those of the language.",
    ),
    option(
        "--config",
        metavar="FILE",
        type=click.Path(),
        section=_FILES,
        help="Use this configuration, not the nearest tidytranscript.toml or pyproject.toml.",
    ),
    option("--isolated", is_flag=True, section=_FILES, help="Use no configuration."),
)
_JOBS: Final = (
    option(
        "-j",
        "--jobs",
        type=click.IntRange(0),
        default=1,
        metavar="N",
        section=_FILES,
        help="Work on N files at a time; 0 for as many as there are processors.",
    ),
)


def _all(options: Iterable[_Decorator[_Command]]) -> _Decorator[_Command]:
    def decorate(command: _Command) -> _Command:
        for decorator in reversed(tuple(options)):
            command = decorator(command)
        return command

    return decorate


reading: Final[_Decorator[Any]] = _all(_READING)
level_and_choice: Final[_Decorator[Any]] = _all(_LEVEL)
rule_options: Final[_Decorator[Any]] = _all(_RULES)
jobs_option: Final[_Decorator[Any]] = _all(_JOBS)
files_argument: Final[_Decorator[Any]] = click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")


def output_format(*names: str) -> _Decorator[Any]:
    """The option that says in which of some formats a report is written."""
    listed = ", ".join(names[:-1]) + f" or {names[-1]}"
    return option(
        "--output-format",
        type=click.Choice(names),
        default="text",
        metavar="FORMAT",
        help=f"Write the report as {listed}.",
    )


QUIET: Final = option("-q", "--quiet", is_flag=True, help="Give no account of what was done.")
FORCE: Final = option("--force", is_flag=True, section=OUT, help="Let files that exist be replaced.")
