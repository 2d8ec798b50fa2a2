"""How text reaches standard output and standard error; rich makes what only a terminal shows."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from tidytranscript.spans import Span

if TYPE_CHECKING:
    from rich.progress import Progress

_STYLES: Final = {
    "file": "bold",
    "hunk": "cyan",
    "removed": "red",
    "added": "green",
    "note": "dim",
    "name": "bold",
    "heading": "bold",
    "before": "red",
    "after": "green",
}


class Trouble(Exception):  # noqa: N818 - reads as what it says
    """One line for a person: what it is about, what is wrong, and what to do."""


class OutputFailed(Exception):  # noqa: N818 - reads as what it says
    """Standard output can't be written, as when the disk behind it is full; says why."""


def put(text: str) -> None:
    """Write `text` to standard output as UTF-8, byte for byte; BrokenPipeError or OutputFailed."""
    put_bytes(text.encode("utf-8"))


def put_bytes(content: bytes) -> None:
    """Write bytes to standard output; BrokenPipeError or OutputFailed."""
    if sys.stdout is None:  # as Python has it where a shell was told `>&-`
        raise OutputFailed("it is closed")
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(error.strerror or str(error)) from None


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def discard_output() -> None:
    """Drop what standard output still holds; Python would try to write it, and complain, as it ends."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(line: str) -> None:
    """Write one line to standard error."""
    shown = line.replace("\r", "\\r").replace("\n", "\\n")
    if sys.stderr is not None:
        sys.stderr.write(f"{shown}\n")
        sys.stderr.flush()


class Line(NamedTuple):
    """A line to show: its kind, its text with its line end, and the spans of the text that matter most."""

    kind: str
    text: str
    touched: tuple[Span, ...] = ()


def show(lines: Iterable[Line]) -> None:
    """Write lines to standard output; coloured by kind if it is a terminal."""
    if not _on_terminal():
        put("".join([line.text for line in lines]))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout)
    for kind, text, touched in lines:
        styled = Text(text.removesuffix("\n"), _STYLES.get(kind, ""))
        for start, end in touched:
            styled.stylize("bold reverse", start, end)
        console.print(styled, soft_wrap=True)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to standard output: one that fits the terminal, or else one line for each row."""
    found = [tuple(row) for row in rows]
    if _on_terminal():
        from rich import box
        from rich.console import Console
        from rich.table import Table

        made = Table(*headings, box=box.SIMPLE_HEAD)
        made.columns[1].no_wrap = True
        for row in found:
            made.add_row(*row)
        Console(file=sys.stdout, highlight=False).print(made)
        return
    widths = [max(map(len, column)) for column in zip(headings, *found, strict=True)]
    for row in (tuple(headings), *found):
        put("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


class Bar:
    """A progress bar on standard error over `total` bytes, or nothing unless `shown`; for use with `with`."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._progress: Progress | None = None
        self._done = 0
        if not shown:
            return
        from rich import progress
        from rich.console import Console

        self._progress = progress.Progress(
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("", total=max(1, total))

    def __enter__(self) -> Bar:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress:
            self._progress.stop()

    def watching(self, name: str, size: int) -> Callable[[str, float], None]:
        """What shows how far the work on a file of that size is."""
        if not self._progress:
            return lambda _, __: None
        progress, task, done = self._progress, self._task, self._done
        progress.update(task, description=name)

        def watch(what: str, share: float) -> None:
            progress.update(task, description=f"{name}: {what}", completed=done + share * size)

        return watch

    def ends(self, size: int) -> None:
        """Move on by the size of a file."""
        self._done += size
        if self._progress:
            self._progress.update(self._task, completed=self._done)

    @contextlib.contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the bar away while something is written."""
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()
