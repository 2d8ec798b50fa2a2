"""The commands about the program itself: rules, formats, and how it is configured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from tidytranscript.cli.asked import check_reading, checked, listed, settings_of
from tidytranscript.cli.options import (
    Command,
    level_and_choice,
    option,
    output_format,
    reading,
    rule_names,
    rule_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def _show(kind: str, key: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], output_format: str) -> None:
    """A table; or the same as a document, or an object to a line."""
    from tidytranscript.reports import machine
    from tidytranscript.reports.terminal import put, show_table

    if output_format == "text":
        show_table(headings, rows)
        return
    items = [dict(zip(headings, row, strict=True)) for row in rows]
    put(machine.lines(items, []) if output_format == "jsonl" else machine.document(kind, key, items, []))


@click.command(cls=Command, short_help="List all passes and rules.")
@output_format("text", "json", "jsonl")
def rules(output_format: str) -> None:
    """List all passes and rules, in the order in which they run."""
    from tidytranscript.pipeline import Pipeline
    from tidytranscript.reports.catalogue import HEADINGS, table

    _show("rules", "rules", HEADINGS, table(Pipeline.standard()), output_format)


@click.command(cls=Command, short_help="Say what a rule does, or what it finds in a file.")
@click.argument("name", metavar="RULE", shell_complete=rule_names)
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
        show(explained(Pipeline.standard(plugins=listed(rules["plugin"])), name))
        return 0
    check_reading(files, from_, encoding)
    every = {"level": "edited", "select": None, "ignore": ()}  # whatever a configuration says: the rule was asked for
    settings = checked(settings_of(forced=every, checks=True, **rules), files)
    settings.pipeline(files[0]).rules_of([name])
    work = Evidence(name, settings, from_, encoding)
    return work.all([Job(file, None, None) for file in files])


@click.command(cls=Command, short_help="List the formats, and what each can hold.")
@output_format("text", "json", "jsonl")
def formats(output_format: str) -> None:
    """List the formats that are read and written, and what each can hold."""
    from tidytranscript.formats.table import HEADINGS, rows

    _show("formats", "formats", HEADINGS, rows(), output_format)


@click.command(cls=Command, short_help="Say what is in force, and where each value comes from.")
@click.argument("file", type=click.Path(), default="-", metavar="[FILE]")
@option("--schema", is_flag=True, help="Write the JSON schema of tidytranscript.toml, for editors.")
@output_format("text", "json")
@level_and_choice
@rule_options
def config(file: str, schema: bool, output_format: str, **rules: Any) -> int:
    """Say what is in force for FILE, or for standard input here, and where each value comes from."""
    from tidytranscript import config as configuration
    from tidytranscript.config.keys import written
    from tidytranscript.reports.terminal import put

    if schema:
        put(json.dumps(configuration.schema(), indent=2) + "\n")
        return 0
    settings = checked(settings_of(**rules), (file,)).of(file)
    shown = written if output_format == "text" else lambda value: value
    rows = [(name, shown(setting.value), setting.origin) for name, setting in settings.items()]
    _show("config", "settings", ("key", "value", "from"), rows, output_format)
    return 0


@click.command(cls=Command, short_help="Write a configuration to begin with.")
@option("--force", is_flag=True, help="Replace one that exists.")
@click.argument("path", type=click.Path(), default="tidytranscript.toml", metavar="[PATH]")
def init(path: str, force: bool) -> int:
    """Write tidytranscript.toml here (or PATH; - for standard output): all that can be configured, commented out."""
    from pathlib import Path

    from tidytranscript.config import commented
    from tidytranscript.reports.terminal import put, say
    from tidytranscript.reports.tidying import save

    if path == "-":
        put(commented())
        return 0
    save(Path(path), commented(), force=force)
    say(f"{path}: written. Take away the # before what you want; `tidy config` says what is in force")
    return 0


@click.command(cls=Command, short_help="Write the script by which a shell completes commands.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Write the script by which a shell completes commands, options, rules and formats.

    \b
        eval "$(tidy completion bash)"           in ~/.bashrc
        eval "$(tidy completion zsh)"            in ~/.zshrc
        tidy completion fish | source            in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from tidytranscript.cli import COMPLETES, everything
    from tidytranscript.reports.terminal import put

    made = get_completion_class(shell)
    assert made is not None
    put(made(everything(), {}, "tidy", COMPLETES).source())
    return 0
