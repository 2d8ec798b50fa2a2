"""The command `tidy`: transcripts in, tidied transcripts out, and an account of what was done.

Data goes to standard output and everything else to standard error. The exit code is 0; 1 if `--check` found
something to change; 2 if the command was wrong or an input could not be read; 130 after Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import click

from tidytranscript.cli_dict import dictionary, learn, suggest
from tidytranscript.cli_options import check_reading, level_and_choice, pipeline_of, reading, rule_options

if TYPE_CHECKING:
    from tidytranscript.errors import UnknownName

_BROKEN_PIPE: Final = 141  # what a shell reports of a program that a closed pipe ended
_INTERRUPTED: Final = 130
_SHORT: Final = 8  # names that an error can list and still be one line


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with `arguments`, or with those of the process, and exit with its code."""
    sys.exit(_run(sys.argv[1:] if arguments is None else list(arguments)))


def _run(arguments: list[str]) -> int:
    from tidytranscript.errors import BadDictionary, BadWordLists, TidyError, UnknownName
    from tidytranscript.reports.terminal import OutputFailed, Trouble, discard_output, say

    command = _COMMANDS.get(arguments[0]) if arguments else None
    try:
        if command:
            context = command.make_context(f"tidy {arguments[0]}", arguments[1:])
        else:
            context = tidy.make_context("tidy", arguments)
        with context:
            return int(context.command.invoke(context) or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        other = f", or write ./{arguments[0]} for the file of that name" if command else ""
        say(f"tidy: {error.format_message().rstrip('.')}. See tidy --help{other}")
    except (BadDictionary, BadWordLists) as error:
        for problem in error.problems:
            say(f"tidy: {error.name}: {problem}")
    except UnknownName as error:
        say(f"tidy: {_unknown(error)}")
    except (Trouble, TidyError) as error:
        say(f"tidy: {error}")
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return _BROKEN_PIPE
    except (OutputFailed, OSError) as error:
        discard_output()
        say(f"tidy: <stdout>: {getattr(error, 'strerror', None) or error}. Write elsewhere")
    return 2


def _unknown(error: UnknownName) -> str:
    near = get_close_matches(error.name, error.known, n=1)
    many = len(error.known) > _SHORT
    listed = "See `tidy formats`" if error.kind == "format" else "See `tidy rules`"
    known = listed if many else f"There are: {', '.join(error.known)}"
    return f"no {error.kind} is named {error.name!r}. " + (f"Did you mean {near[0]!r}?" if near else known)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from tidytranscript import __version__

        click.echo(f"tidy {__version__}")
        context.exit()


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Other commands: `tidy check` lists what it would change; `tidy stats` says who spoke how much; "
    "`tidy rules` lists all passes and rules; `tidy explain RULE` says what one does, and with a FILE what it finds "
    "there; `tidy formats` lists the formats; `tidy learn`, `tidy suggest` and `tidy dict` are about correction "
    "dictionaries. "
    "A file with such a name is written ./rules.",
)
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@click.option("-o", "--output", metavar="PATH", help="Write to a file or into a directory (existing, or PATH/).")
@click.option("--force", is_flag=True, help="Let --output replace files that exist.")
@click.option("--write", is_flag=True, help="Tidy the files in place.")
@click.option("--diff", is_flag=True, help="Show what changes in the words, as a unified diff.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@level_and_choice
@rule_options
@click.option("--to", metavar="FORMAT", help="Write srt, vtt, text, markdown, json, ... not the format of the input.")
@click.option("--recut", is_flag=True, help="Cut captions anew for reading: two lines of 42 characters, 7 seconds.")
@click.option("--voices", is_flag=True, help="Write WebVTT anew, with guessed speakers as well: <v.guess Speaker 1>.")
@reading
@click.option("-q", "--quiet", is_flag=True, help="Give no account of what was done.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def tidy(
    context: click.Context,
    /,
    files: tuple[str, ...],
    output: str | None,
    force: bool,
    write: bool,
    diff: bool,
    check: bool,
    to: str | None,
    from_: str | None,
    recut: bool,
    voices: bool,
    encoding: str | None,
    quiet: bool,
    **rules: Any,
) -> int:
    """Tidy transcripts: take out what nobody meant to say.

    The tidied text goes to standard output, and one line for each file to standard error. FILE may be - for
    standard input, which is also read if no FILE is given. NAMES are separated by commas.
    """
    from tidytranscript.formats import format_named
    from tidytranscript.reports.jobs import Job, Work, explained_fault, planned
    from tidytranscript.reports.terminal import Trouble

    files = _inputs(context, files)
    check_reading(files, from_, encoding)
    shown = " and ".join(name for name, given in (("--diff", diff), ("--check", check)) if given)
    for one, given in (("--write", write), ("--output", output is not None)):
        if given and shown:
            raise Trouble(f"{one} writes, and {shown} only shows what would change. Leave out one of them")
    if write and ("-" in files or output is not None or to is not None):
        raise Trouble("--write tidies files in place. Leave out -, --output and --to, or leave out --write")
    if force and output is None:
        raise Trouble("--force is about --output. Give that too, or leave out --force")
    if voices and recut:
        raise Trouble(
            "--recut cuts cues by the speakers that are known, --voices writes guesses. Leave out one of them"
        )
    if to and not format_named(to).writes:
        raise Trouble(f"{to} is only read, not written. Write text, markdown, json, srt or vtt")
    pipeline = pipeline_of(**rules)
    if output is None or output == "-":
        jobs = [Job(file, None, to) for file in files]
    else:
        try:
            jobs = planned(files, output, to, force=force)
        except OSError as error:
            raise Trouble(explained_fault(error, output)) from None
    work = Work(pipeline, from_, encoding, write=write, diff=diff, check=check, quiet=quiet, recut=recut, voices=voices)
    return work.all(jobs)


def _inputs(context: click.Context, files: tuple[str, ...]) -> tuple[str, ...]:
    """The files, or standard input if there are none and nobody types there; else the help is shown, and all ends."""
    if files:
        return files
    if sys.stdin is None or sys.stdin.isatty():
        click.echo(context.get_help(), err=True)
        context.exit(2)
    return ("-",)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@level_and_choice
@rule_options
@click.option("--suggestions", is_flag=True, help="List what was found and is not sure enough to be changed as well.")
@reading
@click.option("-q", "--quiet", is_flag=True, help="Do not count the findings.")
@click.pass_context
def check(
    context: click.Context,
    /,
    files: tuple[str, ...],
    suggestions: bool,
    from_: str | None,
    encoding: str | None,
    quiet: bool,
    **rules: Any,
) -> int:
    """List what `tidy` would change, and where what is said contradicts who is said to speak; change nothing.

    Each finding is a line on standard output: FILE:LINE:COLUMN RULE MESSAGE. A count by rule goes to standard error.
    The exit code is 1 if anything was found, suggestions aside.
    """
    from tidytranscript.reports.findings import Check
    from tidytranscript.reports.jobs import Job

    files = _inputs(context, files)
    check_reading(files, from_, encoding)
    work = Check(pipeline_of(checks=True, **rules), from_, encoding, suggestions=suggestions, quiet=quiet)
    return work.all([Job(file, None, None) for file in files])


@click.command()
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@rule_options
@reading
@click.pass_context
def stats(
    context: click.Context, /, files: tuple[str, ...], from_: str | None, encoding: str | None, **rules: Any
) -> int:
    """Say who spoke how much: turns, words, talk time, and fillers and repeats for each 100 words; change nothing.

    Words are those that were said: with fillers and repeats, without echoes. Talk time needs times of cues or words.
    """
    from tidytranscript.reports.jobs import Job
    from tidytranscript.reports.stats import Stats

    files = _inputs(context, files)
    check_reading(files, from_, encoding)
    return Stats(pipeline_of("clean", **rules), from_, encoding).all([Job(file, None, None) for file in files])


@click.command()
def rules() -> None:
    """List all passes and rules, in the order in which they run."""
    from tidytranscript.pipeline import Pipeline
    from tidytranscript.reports.catalogue import HEADINGS, table
    from tidytranscript.reports.terminal import show_table

    show_table(HEADINGS, table(Pipeline.standard()))


@click.command()
@click.argument("name", metavar="RULE")
@click.argument("files", nargs=-1, type=click.Path(), metavar="[FILE]...")
@rule_options
@reading
def explain(name: str, files: tuple[str, ...], from_: str | None, encoding: str | None, **rules: Any) -> int:
    """Say what a rule does, with examples; or what each rule of a pass does.

    With FILEs: what it finds there at the level clean, each with its place, how sure that is, and the evidence. A RULE
    of the level edited is run as well.
    """
    from tidytranscript.pipeline import Pipeline
    from tidytranscript.reports.catalogue import explained
    from tidytranscript.reports.findings import Evidence
    from tidytranscript.reports.jobs import Job
    from tidytranscript.reports.terminal import show

    if not files:
        show(explained(Pipeline.standard(), name))
        return 0
    check_reading(files, from_, encoding)
    work = Evidence.of(name, pipeline_of("edited", checks=True, **rules), from_, encoding)
    return work.all([Job(file, None, None) for file in files])


@click.command()
def formats() -> None:
    """List the formats that are read and written, and what each can hold."""
    from tidytranscript.formats.table import HEADINGS, rows
    from tidytranscript.reports.terminal import show_table

    show_table(HEADINGS, rows())


_COMMANDS: Final = {
    "check": check,
    "stats": stats,
    "rules": rules,
    "explain": explain,
    "formats": formats,
    "learn": learn,
    "suggest": suggest,
    "dict": dictionary,
}
