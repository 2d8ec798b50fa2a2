"""The command `tidy batch`, for many texts in Parquet or JSON lines."""

from __future__ import annotations

from typing import Any, Final

import click

from tidytranscript.cli.asked import checked, settings_of, workers
from tidytranscript.cli.options import (
    QUIET,
    Command,
    jobs_option,
    level_and_choice,
    option,
    rule_options,
)

_EXTRAS: Final = {"fsspec": "fsspec", "ray": "ray", "pyspark": "spark"}


@click.command(cls=Command, short_help="Tidy the texts in Parquet or JSON lines, in parts.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(), metavar="IN...")
@click.argument("output", type=click.Path(), metavar="OUT")
@option("--text", default="text", metavar="COLUMN", show_default=True, help="The column, or key, that holds the texts.")
@option("--rows", type=click.IntRange(1), default=1000, metavar="N", show_default=True, help="Rows of a part.")
@option(
    "--engine",
    type=click.Choice(("local", "ray", "spark")),
    default="local",
    show_default=True,
    metavar="ENGINE",
    help="Who works on the parts: local, ray or spark.",
)
@option("--cache", metavar="FILE", type=click.Path(), help="Keep what came of each text, and do not tidy it twice.")
@option("--force", is_flag=True, help="Replace the parts of another run.")
@level_and_choice
@rule_options
@jobs_option
@QUIET
def batch(
    inputs: tuple[str, ...],
    output: str,
    text: str,
    rows: int,
    engine: str,
    cache: str | None,
    force: bool,
    jobs: int,
    quiet: bool,
    **rules: Any,
) -> int:
    """Tidy the texts in IN, files of Parquet or JSON lines or patterns of such, into parts in the folder OUT.

    Each row gets the columns tidied, turns, edits, suggestions, words_in, words_out and error; one bad row is an error
    in that row. A run that was ended goes on where it was when the same is asked for again: a part is there whole, or
    it is not.
    """
    from tidytranscript.reports.terminal import Trouble

    try:
        from tidytranscript.reports import batching
    except ImportError:
        raise Trouble("tidy batch needs Apache Arrow. Install tidytranscript[arrow]") from None
    if cache and engine != "local":
        raise Trouble("--cache is a file of this machine, which the workers of an engine do not share. Leave it out")
    settings = checked(settings_of(**rules), inputs)
    work = batching.Batch(settings, text, rows, engine, workers(jobs), cache, force, quiet)
    try:
        return work.run(inputs, output)
    except ImportError as error:
        if error.name not in _EXTRAS:  # such as s3fs, of which fsspec says itself what to do
            raise Trouble(f"{error}") from None
        raise Trouble(f"{error.name} is not installed. Install tidytranscript[{_EXTRAS[error.name]}]") from None
