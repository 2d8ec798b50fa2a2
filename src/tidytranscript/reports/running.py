"""The run of jobs, one after another or several at a time: what comes of each, in their order."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Final, NoReturn

from attrs import evolve, field, frozen

from tidytranscript.config import Settings
from tidytranscript.decisions import Decisions
from tidytranscript.pipeline import Result, Watch
from tidytranscript.reports.jobs import Job, explained_fault
from tidytranscript.reports.terminal import Bar, Line, Trouble, put, say, show

_BYTES, _FILES = 1_000_000, 20  # a smaller run is over before a progress bar says much
_AHEAD: Final = 2  # jobs that a worker has at a time, so that it need not wait for the next
_PATIENCE: Final = 10  # seconds for a worker to take away what it has half written


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
    """The outcomes in the order of the jobs, from processes that each have a pipe of their own.

    The executors of the standard library share queues among their processes, and wait for ever on one that was ended
    while it held a lock.
    """
    context = multiprocessing.get_context("spawn")  # a fork would take along the threads of the progress bar
    waiting = iter(enumerate(jobs))
    done: dict[int, Outcome] = {}
    pipes: dict[Connection, BaseProcess] = {}
    try:
        for _ in range(workers):
            pipe, other = context.Pipe()
            process = context.Process(target=_worker, args=(other, do), daemon=True)
            process.start()
            other.close()
            pipes[pipe] = process
            for job in islice(waiting, _AHEAD):
                pipe.send(job)
        for number in range(len(jobs)):
            while number not in done:
                for ready in wait(list(pipes)):
                    assert isinstance(ready, Connection)
                    done.update([ready.recv()])
                    for job in islice(waiting, 1):
                        ready.send(job)
            yield done.pop(number)
        for pipe in pipes:
            pipe.close()  # which ends the process
    except (EOFError, ConnectionError):
        raise Trouble("a process that tidied files has ended, perhaps for want of memory. Try fewer --jobs") from None
    except BaseException:
        for running in pipes.values():
            running.terminate()
        raise
    finally:
        for running in pipes.values():
            running.join(_PATIENCE)
            running.kill()


def _worker(pipe: Connection, do: _Do) -> None:
    """Do the jobs that come through a pipe, and send back what came of each, until it is closed."""
    # Ctrl-C reaches the whole group of processes; it is for the first to end the others. An exit, unlike the end that a
    # signal makes, lets a worker take away the file that it has half written.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _ended)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            number, job = pipe.recv()
            pipe.send((number, _attempt(do, job)))


def _ended(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def processors() -> int:
    """How many processes can run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
