"""The commands that write transcripts: `tidy` itself, `tidy convert` and `tidy revert`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from tidytranscript.cli.asked import check_reading, checked, inputs, listed, settings_of, workers
from tidytranscript.cli.options import (
    FORCE,
    OUT,
    QUIET,
    Command,
    files_argument,
    format_names,
    jobs_option,
    level_and_choice,
    option,
    reading,
    rule_names,
    rule_options,
)

if TYPE_CHECKING:
    from tidytranscript.reports.jobs import Job
    from tidytranscript.reports.layout import Layout

_TO: Final = option(
    "--to",
    metavar="FORMAT",
    section=OUT,
    shell_complete=format_names,
    help="Write srt, vtt, text, markdown, json, ... not the format of the input.",
)
_OUTPUT: Final = option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(),
    section=OUT,
    help="Write to a file or into a directory (existing, or PATH/).",
)
_RECUT: Final = option(
    "--recut",
    is_flag=True,
    section=OUT,
    help="Cut captions anew for reading: two lines of 42 characters, 7 seconds.",
)
_VOICES: Final = option(
    "--voices",
    is_flag=True,
    section=OUT,
    help="Write WebVTT anew, with guessed speakers as well: <v.guess Speaker 1>.",
)
_MAX_CHANGE: Final = option(
    "--max-change",
    metavar="SHARE",
    section=OUT,
    help="Write nothing if more than this share of the words would go: 20%.",
)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from tidytranscript import __version__

        click.echo(f"tidy {__version__}")
        context.exit()


@click.command(cls=Command)
@files_argument
@_OUTPUT
@option("--write", is_flag=True, section=OUT, help="Tidy the files in place.")
@FORCE
@_TO
@option("--diff", is_flag=True, section=OUT, help="Show what changes in the words, as a unified diff.")
@option("--stat", is_flag=True, section=OUT, help="Show how much changes, as a table.")
@option("--check", is_flag=True, section=OUT, help="Write nothing; exit with 1 if a file would change.")
@_MAX_CHANGE
@option(
    "--log",
    metavar="PATH",
    type=click.Path(),
    section=OUT,
    help="Write a log as well, by which `tidy revert` takes edits back: a file, or PATH/.",
)
@_RECUT
@_VOICES
@option(
    "--follow", is_flag=True, section=OUT, help="Write live text as it settles: of standard input, or a growing file."
)
@level_and_choice
@rule_options
@reading
@jobs_option
@QUIET
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def tidy(
    context: click.Context,
    /,
    files: tuple[str, ...],
    output: str | None,
    force: bool,
    write: bool,
    diff: bool,
    stat: bool,
    check: bool,
    log: str | None,
    to: str | None,
    from_: str | None,
    recut: bool,
    voices: bool,
    follow: bool,
    encoding: str | None,
    jobs: int,
    quiet: bool,
    **rules: Any,
) -> int:
    """Tidy transcripts: take out what nobody meant to say.

    \b
        tidy talk.vtt                  print it tidied
        tidy talk.vtt -o tidied.vtt    write it to a file
        tidy --diff talk.vtt           show what would change
        tidy review talk.vtt           make a page on which to decide

    The tidied text goes to standard output, and one line for each file to standard error. FILE may be - for
    standard input, which is also read if no FILE is given. NAMES are separated by commas.
    """
    from tidytranscript.reports.jobs import explained_fault, logged
    from tidytranscript.reports.terminal import Trouble
    from tidytranscript.reports.tidying import Work

    files = inputs(context, files)
    check_reading(files, from_, encoding)
    shows = (("--diff", diff), ("--stat", stat), ("--check", check))
    shown = " and ".join(name for name, given in shows if given)
    for one, given in (("--write", write), ("--output", output is not None), ("--log", log is not None)):
        if given and shown:
            raise Trouble(f"{one} writes, and {shown} only shows what would change. Leave out one of them")
    if diff and stat:
        raise Trouble("--diff and --stat would be mixed up on standard output. Leave out one of them")
    if write and ("-" in files or output is not None or to is not None):
        raise Trouble("--write tidies files in place. Leave out -, --output and --to, or leave out --write")
    if force and output is None and log is None:
        raise Trouble("--force is about --output and --log. Give one of them too, or leave out --force")
    settings = checked(settings_of(**rules), files)
    if follow:
        _check_following(context, files, from_)
        from tidytranscript.reports.following import follow as follow_on

        return follow_on(files[0], settings.pipeline(files[0]), encoding, quiet=quiet)
    planned = _planned(files, output, to, force=force)
    try:
        planned = logged(planned, log, force=force) if log else planned
    except OSError as error:
        raise Trouble(explained_fault(error, str(log))) from None
    work = Work(settings, from_, encoding, write, diff, check, stat, quiet, _layout(recut, voices))
    return work.all(planned, workers(jobs))


_FOLLOWED: Final = frozenset("files follow from_ encoding quiet jobs".split())


def _check_following(context: click.Context, files: tuple[str, ...], from_: str | None) -> None:
    """Trouble where more is asked for than to write plain text as it settles."""
    from tidytranscript.reports.terminal import Trouble

    if len(files) > 1:
        raise Trouble("--follow follows one text. Give one file, or -")
    if from_ not in (None, "text"):
        raise Trouble(f"--follow reads plain text, line by line, not {from_}. Leave out --from")
    writing = [p for p in context.command.params if getattr(p, "section", None) == OUT and p.name not in _FOLLOWED]
    for param in writing:
        if param.name and context.get_parameter_source(param.name) == click.core.ParameterSource.COMMANDLINE:
            raise Trouble(f"--follow writes plain text to standard output as it settles. Leave out {param.opts[-1]}")


def _layout(recut: bool, voices: bool) -> Layout:
    from tidytranscript.reports.layout import Layout
    from tidytranscript.reports.terminal import Trouble

    if voices and recut:
        raise Trouble(
            "--recut cuts cues by the speakers that are known, --voices writes guesses. Leave out one of them"
        )
    return Layout(recut, voices)


def _planned(files: tuple[str, ...], output: str | None, to: str | None, *, force: bool) -> list[Job]:
    from tidytranscript.formats import format_named
    from tidytranscript.reports.jobs import Job, explained_fault, planned
    from tidytranscript.reports.terminal import Trouble

    if to and not format_named(to).writes:
        raise Trouble(f"{to} is only read, not written. Write text, markdown, json, srt or vtt")
    if output is None or output == "-":
        return [Job(file, None, to) for file in files]
    try:
        return planned(files, output, to, force=force)
    except OSError as error:
        raise Trouble(explained_fault(error, output)) from None


@click.command(cls=Command, short_help="Write another format, with every word as it is.")
@files_argument
@_OUTPUT
@FORCE
@_TO
@_RECUT
@_VOICES
@reading
@jobs_option
@QUIET
@click.pass_context
def convert(
    context: click.Context,
    /,
    files: tuple[str, ...],
    output: str | None,
    force: bool,
    to: str | None,
    recut: bool,
    voices: bool,
    from_: str | None,
    encoding: str | None,
    jobs: int,
    quiet: bool,
) -> int:
    """Write transcripts in another format, with every word as it is.

    Who speaks is read off the labels in the text. What the other format cannot hold is said.
    """
    from tidytranscript.config import Settings
    from tidytranscript.reports.terminal import Trouble
    from tidytranscript.reports.tidying import Work

    files = inputs(context, files)
    check_reading(files, from_, encoding)
    if not (to or recut or voices) and (output is None or output == "-" or output.endswith("/")):
        raise Trouble("say into which format: --to srt, or -o with the name of a file such as talk.srt")
    if force and output is None:
        raise Trouble("--force is about --output. Give that too, or leave out --force")
    settings = Settings({"level": "verbatim", "select": ("speaker-label",)}, isolated=True)
    work = Work(settings, from_, encoding, quiet=quiet, layout=_layout(recut, voices))
    return work.all(_planned(files, output, to, force=force), workers(jobs))


@click.command(cls=Command, short_help="Take edits back, all of them or by rule.")
@click.argument("file", type=click.Path(), metavar="OUTPUT")
@option("--log", metavar="LOG", type=click.Path(), required=True, help="The log that `tidy --log` wrote.")
@option(
    "--rule",
    "rules",
    multiple=True,
    metavar="NAMES",
    shell_complete=rule_names,
    help="Take back only what these passes and rules did.",
)
@option("-o", "--output", metavar="PATH", type=click.Path(), help="Write to a file.")
@option("--write", is_flag=True, help="Put it in the place of OUTPUT.")
@option("--force", is_flag=True, help="Go on where OUTPUT has changed since, and let --output replace a file.")
@QUIET
def revert(
    file: str, log: str, rules: tuple[str, ...], output: str | None, write: bool, force: bool, quiet: bool
) -> int:
    """Take edits back: from OUTPUT, which `tidy` wrote, and its log to the source again, byte for byte.

    With --rule: to what OUTPUT would be without those passes and rules.
    """
    from pathlib import Path

    from tidytranscript.reports.jobs import Job
    from tidytranscript.reports.reverting import revert as take_back
    from tidytranscript.reports.terminal import Trouble

    if write and (output is not None or file == "-"):
        raise Trouble("--write puts the outcome in the place of OUTPUT. Leave out --output and -, or leave out --write")
    target = None if output is None or output == "-" else Path(output)
    return take_back(Job(file, target, None, force), log, listed(rules), write=write, quiet=quiet)
