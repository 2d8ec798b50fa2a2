"""What a million hours of speech cost: documents through `tidy_many` and through Parquet, by one process and by two.

An hour is taken for 9 000 words, which is 150 a minute; a short document for 50 words, as a message or a caption.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from bench.texts import built
from tidytranscript import Pipeline, tidy_many

HEADINGS: Final = ("what", "texts", "MB", "seconds", "MB/s", "x one", "core hours for a million hours")
_HOUR: Final = 9_000  # words
_SHORT: Final = 50


class Task(NamedTuple):
    """Texts of so many words, and who tidies them: a number of processes, and whether with turns."""

    name: str
    words: int
    workers: int
    turns: bool


_TASKS: Final = (
    Task("hours", _HOUR, 1, True),
    Task("hours", _HOUR, 2, True),
    Task("hours, without turns", _HOUR, 1, False),
    Task("short texts", _SHORT, 1, True),
    Task("short texts", _SHORT, 2, True),
)


def rows(hours: int) -> Iterable[list[str]]:
    """A row for each task, over so many hours of speech."""
    text = built("mixed", hours * _HOUR * 6)
    before: dict[str, float] = {}
    for task in _TASKS:
        texts = list(islice(_documents(text, task.words), hours * _HOUR // task.words))
        seconds = _seconds(task, texts)
        before.setdefault(task.name, seconds)
        yield _row(f"{task.name}, {_processes(task.workers)}", texts, seconds, before[task.name], task.workers)
    with tempfile.TemporaryDirectory() as folder:
        texts = list(islice(_documents(text, _HOUR), hours))
        for jobs in (1, 2):
            seconds = _by_batch(Path(folder), texts, jobs)
            before.setdefault("batch", seconds)
            yield _row(f"tidy batch, {_processes(jobs)}", texts, seconds, before["batch"], jobs)


def _row(what: str, texts: Sequence[str], seconds: float, one: float, workers: int) -> list[str]:
    held = sum(len(text.encode()) for text in texts) / 1e6
    said = sum(len(text.split()) for text in texts) / _HOUR
    cost = seconds * workers / said * 1_000_000 / 3600
    return [
        *(what, f"{len(texts):,}", f"{held:.1f}", f"{seconds:.1f}", f"{held / seconds:.2f}"),
        *(f"{one / seconds:.2f}", f"{cost:,.0f}"),
    ]


def _processes(number: int) -> str:
    return "one process" if number == 1 else f"{number} processes"


def _seconds(task: Task, texts: Sequence[str]) -> float:
    pipeline = Pipeline.standard("clean").without(*(() if task.turns else ("turns",)))
    for _ in tidy_many(texts[:1], pipeline):
        pass  # what is loaded at first use is loaded
    start = perf_counter()
    for _ in tidy_many(texts, pipeline, workers=task.workers):
        pass
    return perf_counter() - start


def _by_batch(folder: Path, texts: Sequence[str], jobs: int) -> float:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": texts}), folder / "talks.parquet")
    command = ["batch", "-q", str(folder / "talks.parquet"), str(folder / f"out{jobs}"), "--rows", "10"]
    start = perf_counter()
    subprocess.run([sys.executable, "-m", "tidytranscript", *command, "--jobs", str(jobs)], check=True)
    return perf_counter() - start


def _documents(text: str, words: int) -> Iterator[str]:
    """The text in documents of about so many words, cut at line ends."""
    held: list[str] = []
    count = 0
    for line in text.splitlines(keepends=True):
        held.append(line)
        count += len(line.split())
        if count >= words:
            yield "".join(held)
            held, count = [], 0
