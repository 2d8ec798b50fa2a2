"""The commands that look at transcripts and change nothing: `tidy check`, `tidy stats` and `tidy review`."""

from __future__ import annotations

from typing import Any

import click

from tidytranscript.cli.asked import check_reading, checked, inputs, settings_of, workers
from tidytranscript.cli.options import (
    FORCE,
    OUT,
    QUIET,
    Command,
    files_argument,
    jobs_option,
    level_and_choice,
    option,
    output_format,
    reading,
    rule_options,
)


@click.command(cls=Command, short_help="List what would change, and doubts about who speaks.")
@files_argument
@output_format("text", "json", "jsonl", "github", "sarif")
@option("--suggestions", is_flag=True, help="List what was found and is not sure enough to be changed as well.")
@level_and_choice
@rule_options
@reading
@jobs_option
@option("-q", "--quiet", is_flag=True, help="Do not count the findings.")
@click.pass_context
def check(
    context: click.Context,
    /,
    files: tuple[str, ...],
    output_format: str,
    suggestions: bool,
    from_: str | None,
    encoding: str | None,
    jobs: int,
    quiet: bool,
    **rules: Any,
) -> int:
    """List what `tidy` would change, and where what is said contradicts who is said to speak; change nothing.

    Each finding is a line on standard output: FILE:LINE:COLUMN RULE MESSAGE. A count by rule goes to standard error.
    The exit code is 1 if anything was found, suggestions aside.
    """
    from tidytranscript.reports.findings import Check
    from tidytranscript.reports.jobs import Job

    files = inputs(context, files)
    check_reading(files, from_, encoding)
    settings = checked(settings_of(checks=True, **rules), files)
    work = Check(settings, from_, encoding, suggestions, quiet, output_format)
    return work.all([Job(file, None, None) for file in files], workers(jobs))


@click.command(cls=Command, short_help="Say who spoke how much, with how many fillers.")
@files_argument
@output_format("text", "json", "jsonl")
@rule_options
@reading
@jobs_option
@click.pass_context
def stats(
    context: click.Context,
    /,
    files: tuple[str, ...],
    output_format: str,
    from_: str | None,
    encoding: str | None,
    jobs: int,
    **rules: Any,
) -> int:
    """Say who spoke how much: turns, words, talk time, and fillers and repeats for each 100 words; change nothing.

    Words are those that were said: with fillers and repeats, without echoes. Talk time needs times of cues or words.
    """
    from tidytranscript.reports.jobs import Job
    from tidytranscript.reports.stats import Stats

    files = inputs(context, files)
    check_reading(files, from_, encoding)
    whole = {"level": "clean", "select": None, "ignore": ()}  # whatever a configuration says: they are what is counted
    settings = checked(settings_of(forced=whole, **rules), files)
    return Stats(settings, from_, encoding, output_format).all([Job(file, None, None) for file in files], workers(jobs))


@click.command(cls=Command, short_help="Make a page on which to accept or reject each finding.")
@click.argument("file", type=click.Path(), metavar="FILE")
@option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(),
    section=OUT,
    help="Write the page there, not to FILE.html.",
)
@FORCE
@option("--media", metavar="MEDIA", section=OUT, help="The recording, a file or an address: a click plays the place.")
@level_and_choice
@rule_options
@reading
@QUIET
def review(
    file: str,
    output: str | None,
    force: bool,
    media: str | None,
    from_: str | None,
    encoding: str | None,
    quiet: bool,
    **rules: Any,
) -> int:
    """Write a page on which to see every edit and every suggestion in FILE, and to accept or reject each.

    The page is one file that needs no network. It exports what was decided, which `tidy --decisions` obeys; with
    --decisions it begins with what was decided before.
    """
    from tidytranscript.reports.review import review as write_page

    check_reading((file,), from_, encoding)
    settings = checked(settings_of(checks=True, **rules), (file,))
    return write_page(file, output, settings, from_, encoding, media=media, force=force, quiet=quiet)
