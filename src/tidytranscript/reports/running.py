"""The run of jobs, one after another or several at a time: what comes of each, in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType
from typing import Any, Final, NoReturn

from attrs import field, frozen

from tidytranscript.config import Settings
from tidytranscript.decisions import Decisions
from tidytranscript.pipeline import Result, Watch
from tidytranscript.reports.jobs import Job, explained_fault
from tidytranscript.reports.terminal import Bar, Line, Trouble, put, say, show

_BYTES, _FILES = 1_000_000, 20  # a smaller run is over before a progress bar says much
_STRIDES: Final = 8  # how often a worker comes back for jobs: seldom enough to be cheap, often enough to be even


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

    def report(self) -> None:
        """Write it to where it belongs."""
        if self.text:
            put(self.text)
        if self.lines:
            show(self.lines)
        for line in self.said:
            say(line)


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
        outcomes = _in_processes(jobs, do, min(workers, len(jobs))) if several else _here(jobs, do, bar)
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


def _in_processes(jobs: Sequence[Job], do: _Do, workers: int) -> Iterator[Outcome]:
    context = multiprocessing.get_context("spawn")  # a fork would take along the threads of the progress bar
    stride = max(1, len(jobs) // (workers * _STRIDES))
    pool = ProcessPoolExecutor(workers, context, _started, (do,))
    try:
        yield from pool.map(_one, jobs, chunksize=stride)
    except BrokenProcessPool:
        raise Trouble("a process that tidied files has ended, perhaps for want of memory. Try fewer --jobs") from None
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_work: list[_Do] = []  # of a worker: what it does, which is sent to it once


def _started(do: _Do) -> None:
    # Ctrl-C reaches the whole group of processes; it is for the first to end the others. An exit, unlike the end that a
    # signal makes, lets a worker take away the file that it has half written.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _ended)
    _work[:] = [do]


def _ended(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def _one(job: Job) -> Outcome:
    return _attempt(_work[0], job)


def processors() -> int:
    """How many processes can run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
