"""The run of `tidy batch`: Parquet and JSON lines in, the same with tidied columns out, in parts, whole or absent."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from tidytranscript.batch import check_column
from tidytranscript.config import Settings
from tidytranscript.reports.account import counted
from tidytranscript.reports.engines import ENGINES
from tidytranscript.reports.jobs import explained_fault
from tidytranscript.reports.machine import version
from tidytranscript.reports.parts import LINES, PARQUET, Count, Part, Work, kind_of, parts_of, stem_of
from tidytranscript.reports.stores import joined, store_of, whole
from tidytranscript.reports.terminal import Bar, Trouble, say

SCHEMA: Final = "tidytranscript.batch/1"
_RUN: Final = "_tidy.json"  # beside the parts: what they are the parts of


@frozen
class Batch:
    """What is asked for: what is in force, the column, or key, of the texts, the rows of a part, and who does it."""

    settings: Settings
    text: str
    rows: int
    engine: str
    workers: int
    cache: str | None
    force: bool
    quiet: bool

    def run(self, inputs: Sequence[str], output: str) -> int:
        """Tidy files into a folder of parts; parts that are there already are left as they are. The exit code."""
        try:
            files = _files(inputs)
            for file in files:
                _check(file, self.text)
            self._claim(output, files)
            sizes = [store_of(file).stamp(file)[0] for file in files]
        except OSError as error:
            raise Trouble(explained_fault(error, str(error.filename or output))) from None
        return self._account(output, self._done(files, output, sum(sizes)))

    def _done(self, files: Sequence[str], output: str, size: int) -> list[Count]:
        pipelines = [self.settings.pipeline(file) for file in files]
        different = {id(pipeline): pipeline for pipeline in pipelines}  # one for all files with the same settings
        numbers = [list(different).index(id(pipeline)) for pipeline in pipelines]
        parts = self._parts(list(zip(map(whole, files), numbers, strict=True)), whole(output))
        done = []
        with Bar(size, shown=not self.quiet and sys.stderr is not None and sys.stderr.isatty()) as bar:
            for count in ENGINES[self.engine](
                Work(tuple(different.values()), self.text, self.cache and whole(self.cache)), parts, self.workers
            ):
                if count.fault:
                    raise Trouble(count.fault)
                bar.ends(count.size)
                done.append(count)
        return done

    def _parts(self, files: Sequence[tuple[str, int]], folder: str) -> Iterator[Part]:
        for file, number in files:
            yield from parts_of(file, folder, self.rows, number)

    def _account(self, output: str, done: Sequence[Count]) -> int:
        if not self.quiet:
            kept = sum(count.kept for count in done)
            before = f" ({kept:,} of them from before)" if kept else ""
            words = f"{sum(c.words_in for c in done):,} words in, {sum(c.words_out for c in done):,} out"
            rows = counted(sum(count.rows for count in done), "row")
            errors = counted(sum(count.errors for count in done), "error")
            say(f"{output}: {counted(len(done), 'part')}{before}; {rows}, {words}; {errors}")
        return 0

    def _claim(self, folder: str, files: Sequence[str]) -> None:
        """Make the folder this run's own; Trouble where it holds the parts of another, which `force` clears away."""
        run = {
            "schema": SCHEMA,
            "version": version(),
            "inputs": [[whole(file), *store_of(file).stamp(file)] for file in files],
            "settings": [{key: setting.value for key, setting in self.settings.of(file).items()} for file in files],
            "decisions": [json.loads(one.dumps()) for one in self.settings.decisions],
            "text": self.text,
            "rows": self.rows,
        }
        said = (json.dumps(run, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8")
        store, claim = store_of(folder), joined(folder, _RUN)
        names = store.names(folder)
        if _RUN in names:
            with store.opened(claim) as file:
                if file.read() == said:
                    return
        if names:
            if not self.force or _RUN not in names:
                raise Trouble(
                    f"{folder}: holds something else, such as the parts of another run. Name another folder, or use "
                    "--force, which replaces the parts of another run"
                )
            for name in names:
                if "-part-" in name:
                    store.remove(joined(folder, name))
        store.put(claim, said)


def _files(inputs: Sequence[str]) -> list[str]:
    """The files that paths and patterns stand for; Trouble where there is none, or one of another kind."""
    found: list[str] = []
    for given in inputs:
        files = store_of(given).matches(given)
        if not files:
            raise Trouble(f"{given}: no such file. Check the path, or the pattern")
        found += files
    for file in found:
        if kind_of(file) not in (PARQUET, *LINES):
            raise Trouble(f"{file}: is neither Parquet ({PARQUET}) nor JSON lines ({', '.join(LINES)})")
    names = [stem_of(file) for file in found]
    for name in names:
        if names.count(name) > 1:
            raise Trouble(f"{name}: two inputs have this name, and so would their parts. Tidy them apart")
    return found


def _check(file: str, text: str) -> None:
    """Trouble where a file is no Parquet, or has no column of texts; lines of JSON are each told by themselves."""
    if kind_of(file) in LINES:
        return
    try:
        with store_of(file).opened(file) as opened:
            check_column(pq.read_schema(opened), text)
    except pa.ArrowInvalid as error:
        raise Trouble(f"{file}: is no Parquet file: {error}") from None
    except (KeyError, TypeError) as error:
        raise Trouble(f"{file}: {error.args[0]}. Say which with --text") from None
