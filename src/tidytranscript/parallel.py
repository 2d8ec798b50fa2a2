"""Work done by several processes, lazily and in order."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Final, NoReturn, TypeVar

from tidytranscript.errors import WorkerEnded

_SLOW: Final = 64  # outcomes that may wait, for each worker, for one that is slow
_PATIENCE: Final = 10  # seconds for a worker to take away what it has half written

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def in_order(do: Callable[[_In], _Out], items: Iterable[_In], workers: int) -> Iterator[_Out]:
    """What `do` makes of each item, in the order of the items; they are taken a little ahead of what is asked for.

    `do` and the items are pickled; what `do` raises ends its process. Raises WorkerEnded where a process ends.

    >>> list(in_order(abs, iter([-1, 2]), workers=2))
    [1, 2]
    """
    # The executors of the standard library share queues among their processes, and wait for ever on one that was ended
    # while it held a lock. A fork would take along the threads of whoever calls.
    context = multiprocessing.get_context("spawn")
    waiting = iter(enumerate(items))
    done: dict[int, _Out] = {}
    pipes: dict[Connection, BaseProcess] = {}
    # A worker has one item at a time: it could not take the next while it sends what came of the last, and if both ends
    # of a pipe sent something long, neither would ever read.
    idle: list[Connection] = []
    given = number = 0
    try:
        while True:
            while len(done) < _SLOW * workers and (idle or len(pipes) < workers):
                item = next(waiting, None)
                if item is None:
                    break
                if not idle:
                    pipe, process = _started(context, do)
                    pipes[pipe] = process
                    idle.append(pipe)
                _send(idle.pop(), item)
                given += 1
            if number in done:
                yield done.pop(number)
                number += 1
                continue
            if number == given:
                break
            for ready in wait([pipe for pipe in pipes if pipe not in idle]):
                assert isinstance(ready, Connection)
                done.update([_received(ready)])
                idle.append(ready)
        for pipe in pipes:
            pipe.close()  # which ends the process
    except BaseException:
        for running in pipes.values():
            running.terminate()
        raise
    finally:
        for running in pipes.values():
            running.join(_PATIENCE)
            running.kill()


def _send(pipe: Connection, item: Any) -> None:
    try:
        pipe.send(item)
    except ConnectionError:
        raise WorkerEnded from None


def _received(pipe: Connection) -> Any:
    try:
        return pipe.recv()
    except (EOFError, ConnectionError):
        raise WorkerEnded from None


def _started(context: Any, do: Callable[[Any], Any]) -> tuple[Connection, BaseProcess]:
    pipe, other = context.Pipe()
    process = context.Process(target=_worker, args=(other, do), daemon=True)
    process.start()
    other.close()
    return pipe, process


def _worker(pipe: Connection, do: Callable[[Any], Any]) -> None:
    """Do what comes through a pipe, and send back what came of it, until it is closed."""
    # Ctrl-C reaches the whole group of processes; it is for the first to end the others. An exit, unlike the end that a
    # signal makes, lets a worker take away the file that it has half written.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _ended)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            number, item = pipe.recv()
            pipe.send((number, do(item)))


def _ended(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)
