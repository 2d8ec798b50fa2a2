"""The command `tidy`: transcripts in, tidied transcripts out, and an account of what was done.

Data goes to standard output and everything else to standard error. The exit code is 0; 1 if `--check` or `tidy check`
found something to change; 2 if the command was wrong or an input could not be read; 130 after Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import click

from tidytranscript.cli.about import completion, config, explain, formats, init, rules
from tidytranscript.cli.batching import batch
from tidytranscript.cli.dictionaries import dictionary, learn, suggest
from tidytranscript.cli.looking import check, review, stats
from tidytranscript.cli.options import Command
from tidytranscript.cli.tidying import convert, revert, tidy

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tidytranscript.errors import UnknownName

COMPLETES: Final = "_TIDY_COMPLETE"  # what the scripts of `tidy completion` ask in
_BROKEN_PIPE: Final = 141  # what a shell reports of a program that a closed pipe ended
_INTERRUPTED: Final = 130
_WIDE: Final = 100  # columns of help
_SHORT: Final = 8  # names that an error can list and still be one line
_COMMANDS: Final[dict[str, click.Command]] = {
    "check": check,
    "review": review,
    "stats": stats,
    "convert": convert,
    "revert": revert,
    "batch": batch,
    "rules": rules,
    "explain": explain,
    "formats": formats,
    "learn": learn,
    "suggest": suggest,
    "dict": dictionary,
    "config": config,
    "init": init,
    "completion": completion,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with `arguments`, or with those of the process, and exit with its code."""
    if COMPLETES in os.environ:
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(everything(), {}, "tidy", COMPLETES, os.environ[COMPLETES]))
    if arguments is None:
        import signal

        # An end by a signal would leave what is half written, such as the file that is to take the place of another.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    from tidytranscript.errors import TidyError
    from tidytranscript.reports.terminal import OutputFailed, Trouble, discard_output, say

    command = _COMMANDS.get(arguments[0]) if arguments else None
    try:
        try:
            if command:
                context = command.make_context(f"tidy {arguments[0]}", arguments[1:], max_content_width=_WIDE)
            else:
                context = _Tidy.of(tidy).make_context("tidy", arguments)
            with context:
                return int(context.command.invoke(context) or 0)
        except click.exceptions.Exit as stop:
            return stop.exit_code
        except (click.ClickException, Trouble, TidyError) as error:
            lines = list(_explained(error, arguments[0] if command else ""))
            for line in lines:
                say(f"tidy: {line}")
            _for_machines(arguments, "; ".join(lines))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return _BROKEN_PIPE
    except (OutputFailed, OSError) as error:
        discard_output()
        say(f"tidy: <stdout>: {getattr(error, 'strerror', None) or error}. Write elsewhere")
    return 2


def _explained(error: Exception, command: str) -> Iterator[str]:
    from tidytranscript.errors import BadFile, UnknownName

    if isinstance(error, click.ClickException):
        other = f", or write ./{command} for the file of that name" if command else ""
        said = error.format_message().rstrip(".")
        yield f"{said}{'' if said.endswith('?') else '.'} See tidy {command + ' ' if command else ''}--help{other}"
    elif isinstance(error, BadFile):
        yield from (f"{error.name}: {problem}" for problem in error.problems)
    else:
        yield _unknown(error) if isinstance(error, UnknownName) else str(error)


def _unknown(error: UnknownName) -> str:
    near = get_close_matches(error.name, error.known, n=1)
    many = len(error.known) > _SHORT
    listed = "See `tidy formats`" if error.kind == "format" else "See `tidy rules`"
    known = listed if many else f"There are: {', '.join(error.known) or 'none'}"
    return f"no {error.kind} is named {error.name!r}. " + (f"Did you mean {near[0]!r}?" if near else known)


def _for_machines(arguments: Sequence[str], message: str) -> None:
    """Write the document that says that all failed, where one was asked for."""
    from tidytranscript.reports.machine import DOCUMENTS, failed

    for before, argument in zip(["", *arguments], arguments, strict=False):
        option, _, value = argument.partition("=")
        asked = argument if before == "--output-format" else value if option == "--output-format" else ""
        if asked in DOCUMENTS:
            failed(asked, message)
            return


class _Tidy(Command):
    """`tidy` itself, whose help lists the other commands as well."""

    @classmethod
    def of(cls, command: click.Command) -> _Tidy:
        return cls(
            command.name,
            {"help_option_names": ["-h", "--help"], "max_content_width": _WIDE},
            command.callback,
            command.params,
            command.help,
        )

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Other commands"):
            formatter.write_dl([(f"tidy {name}", made.get_short_help_str(80)) for name, made in _COMMANDS.items()])
        formatter.write_paragraph()
        formatter.write_text("`tidy check --help` and so on say more. A file with such a name is written ./check.")


class _Everything(click.Group):
    """All commands as one; where no command begins with what was typed, that is a file."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return super().shell_complete(ctx, incomplete) or [CompletionItem(incomplete, type="file")]


def everything() -> click.Group:
    """All commands as one, for what reads the tree, such as the completion of shells."""
    options = [param for param in tidy.params if isinstance(param, click.Option)]
    return _Everything("tidy", dict(_COMMANDS), params=options, help=tidy.help, invoke_without_command=True)
