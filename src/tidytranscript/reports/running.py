"""The run of jobs, one after another or several at a time: what comes of each, in their order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from attrs import evolve, field, frozen

from tidytranscript.config import Settings
from tidytranscript.decisions import Decisions
from tidytranscript.parallel import in_order
from tidytranscript.pipeline import Result, Watch
from tidytranscript.reports.jobs import Job, explained_fault
from tidytranscript.reports.terminal import Bar, Line, put, say, show

_BYTES, _FILES = 1_000_000, 20  # a smaller run is over before a progress bar says much


@frozen
class Outcome:
    """What came of one job.

    Attributes:
        text: what to write to standard output, as it is.
        lines: what to show there, coloured on a terminal.
        said: lines for standard error.
        found: whether there was something to change or to remark.
        data: the same for a machine.
        fits: the files of decisions that are for its text.
        fault: why it failed, in a line; empty if it did not.
    """

    text: str = ""
    lines: tuple[Line, ...] = ()
    said: tuple[str, ...] = ()
    found: bool = False
    data: Any = field(default=None, repr=False)
    fits: tuple[str, ...] = ()
    fault: str = ""

    def reported(self) -> Outcome:
        """Write it to where it belongs; what is left of it then, without the texts."""
        if self.text:
            put(self.text)
        if self.lines:
            show(self.lines)
        for line in self.said:
            say(line)
        return evolve(self, text="", lines=(), said=())


_Do = Callable[[Job, Watch], Outcome]


def each(jobs: Sequence[Job], do: _Do, *, quiet: bool, workers: int = 1) -> Iterator[tuple[Job, Outcome]]:
    """Each job with its outcome, in order, whatever became of the others; why one failed is said.

    `do` runs in as many processes as `workers` says. A bar shows long work. Ends early only for KeyboardInterrupt and
    what the caller raises; then no process goes on.
    """
    sizes = [job.size for job in jobs]
    large = sum(sizes) > _BYTES or len(jobs) > _FILES
    several = workers > 1 and len(jobs) > 1 and all(job.file != "-" for job in jobs)
    with Bar(sum(sizes), shown=large and not quiet and sys.stderr is not None and sys.stderr.isatty()) as bar:
        outcomes = in_order(partial(_attempt, do), jobs, workers) if several else _here(jobs, do, bar)
        for job, size, outcome in zip(jobs, sizes, outcomes, strict=True):
            bar.ends(size)
            with bar.hidden():
                if outcome.fault:
                    say(f"tidy: {outcome.fault}")
                yield job, outcome


def code(done: Sequence[Outcome], *, strict: bool = False) -> int:
    """The exit code: 2 if a job failed; with `strict` 1 if anything was found; else 0."""
    if any(outcome.fault for outcome in done):
        return 2
    return int(strict and any(outcome.found for outcome in done))


def fitting(settings: Settings, result: Result) -> tuple[str, ...]:
    """The files of decisions that are for the text of a result."""
    return tuple([one.name for one in settings.decisions if one.fit(result.source.text)])


def unfitting(decisions: Iterable[Decisions], done: Sequence[Outcome]) -> int:
    """Say which decisions are for none of the texts; the exit code 2 if any are."""
    fit = {name for outcome in done for name in outcome.fits}
    others = [one for one in decisions if one.name not in fit]
    for one in others:
        file = f" They were taken on {one.file}" if one.file else ""
        say(f"tidy: {one.name}: these decisions are for none of the texts, or for what one was before.{file}")
    return 2 if others else 0


def _unseen(_: str, __: float) -> None:
    """Watch nothing, as in a process that has no terminal of its own."""


def _attempt(do: _Do, job: Job, watch: Watch = _unseen) -> Outcome:
    try:
        return do(job, watch)
    except Exception as error:
        return Outcome(fault=explained_fault(error, job.name))


def _here(jobs: Sequence[Job], do: _Do, bar: Bar) -> Iterator[Outcome]:
    for job in jobs:
        yield _attempt(do, job, bar.watching(job.name, job.size))


def processors() -> int:
    """How many processes can run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
