"""The commands about correction dictionaries: `tidy learn`, `tidy suggest` and `tidy dict`."""

from __future__ import annotations

import click

_OUTPUT = click.option("-o", "--output", metavar="FILE", help="Write to a file, not to standard output.")
_FORCE = click.option("--force", is_flag=True, help="Let --output replace a file that exists.")


@click.command(short_help="Make a dictionary of what a human put right.")
@click.argument("raw", metavar="RAW")
@click.argument("corrected", metavar="CORRECTED")
@_OUTPUT
@_FORCE
@click.option("--least", default=4, show_default=True, metavar="N", help="How often a form must be corrected alike.")
@click.option("--refused", is_flag=True, help="Say of each form that was refused, why.")
def learn(raw: str, corrected: str, output: str | None, force: bool, least: int, refused: bool) -> int:
    """Learn a dictionary from RAW, a machine's transcript, and CORRECTED, the same as a human put it right."""
    from tidytranscript.reports import dictionaries

    if least < 1:
        raise click.BadParameter("must be 1 or more", param_hint="--least")
    return dictionaries.learn(raw, corrected, output, least=least, force=force, refused=refused)


@click.command(short_help="Say what may be misheard.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--names", multiple=True, metavar="NAMES", help='People who are spoken of: "Ann Lee,Bo Ek".')
@click.option("--corrections", multiple=True, metavar="DICTIONARY", help="A correction dictionary in TOML.")
def suggest(files: tuple[str, ...], names: tuple[str, ...], corrections: tuple[str, ...]) -> int:
    """Say what may be misheard in a FILE, and which names it spells in more than one way; change nothing."""
    from tidytranscript.reports import dictionaries

    return dictionaries.suggest(files, dictionaries.joined(names), corrections)


@click.group(name="dict")
def dictionary() -> None:
    """Look after correction dictionaries."""


@dictionary.command()
@click.argument("files", nargs=-1, required=True, metavar="DICTIONARY...")
def lint(files: tuple[str, ...]) -> int:
    """Find entries that may do harm. Exit with 1 if there are any; `ai` and `general` are the shipped ones."""
    from tidytranscript.reports import dictionaries

    return dictionaries.check(files, examples=False)


@dictionary.command()
@click.argument("files", nargs=-1, required=True, metavar="DICTIONARY...")
def test(files: tuple[str, ...]) -> int:
    """Run the examples of each entry, `keeps` and `fixes`. Exit with 1 if one comes out otherwise."""
    from tidytranscript.reports import dictionaries

    return dictionaries.check(files, examples=True)


@dictionary.command()
@click.argument("files", nargs=-1, required=True, metavar="DICTIONARY...")
@_OUTPUT
@_FORCE
def merge(files: tuple[str, ...], output: str | None, force: bool) -> int:
    """Write dictionaries as one; where two hear the same form, the later one has it."""
    from tidytranscript.reports import dictionaries

    return dictionaries.merge(files, output, force=force)


_SHAPE = click.option("--shape", metavar="SHAPE", help="arrows, assemblyai, aws, codespell, csv or deepgram.")


@dictionary.command(name="import")
@click.argument("file", metavar="FILE")
@_SHAPE
@_OUTPUT
@_FORCE
def import_(file: str, shape: str | None, output: str | None, force: bool) -> int:
    """Write a list of corrections that another tool has as a dictionary."""
    from tidytranscript.reports import dictionaries

    return dictionaries.imported(file, shape, output, force=force)


@dictionary.command()
@click.argument("file", metavar="DICTIONARY")
@_SHAPE
@_OUTPUT
@_FORCE
def export(file: str, shape: str | None, output: str | None, force: bool) -> int:
    """Write a dictionary for another tool, and say what that can't hold; `ai` and `general` are the shipped ones."""
    from tidytranscript.reports import dictionaries

    return dictionaries.exported(file, shape, output, force=force)
