"""A part of a batch: some rows of a file, tidied, in a file of their own. Whoever works on a part reads it itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve, frozen

from tidytranscript.batch import cells, tidy_table
from tidytranscript.caching import Cache
from tidytranscript.many import cache_of, row_of
from tidytranscript.pipeline import Pipeline
from tidytranscript.reports.stores import joined, store_of

LINES: Final = (".jsonl", ".ndjson")
PARQUET: Final = ".parquet"


@frozen
class Part:
    """Some rows of a file.

    Attributes:
        source: the file.
        target: where they go.
        group: of Parquet, the row group; -1 of lines.
        first: the first row in its group; of lines, the byte at which they start.
        last: behind the last row; of lines, the byte at which they end.
        size: how far into the file they bring us, in bytes.
        pipeline: the number of the pipeline.
    """

    source: str
    target: str
    group: int
    first: int
    last: int
    size: int
    pipeline: int = 0


@frozen
class Count:
    """What came of a part: rows, rows that failed, words in and out; whether it was there before; why it failed."""

    size: int
    rows: int = 0
    errors: int = 0
    words_in: int = 0
    words_out: int = 0
    kept: bool = False
    fault: str = ""


def kind_of(file: str) -> str:
    """The suffix of a file, in lower case."""
    return PurePosixPath(file.replace("\\", "/")).suffix.lower()


def stem_of(file: str) -> str:
    """The name of a file without its suffix."""
    return PurePosixPath(file.replace("\\", "/")).stem


def parts_of(file: str, folder: str, rows: int, pipeline: int) -> Iterator[Part]:
    """The parts of a file, in order; OSError, or ArrowInvalid where it is no Parquet."""
    kind = kind_of(file)
    with store_of(file).opened(file) as opened:
        places = _of_lines(opened, rows) if kind in LINES else _of_groups(opened, store_of(file).stamp(file)[0], rows)
        for number, (group, first, last, size) in enumerate(places):
            target = joined(folder, f"{stem_of(file)}-part-{number:06}{kind}")
            yield Part(file, target, group, first, last, size, pipeline)


def _of_lines(file: IO[bytes], rows: int) -> Iterator[tuple[int, int, int, int]]:
    first = at = held = 0
    for line in file:
        at += len(line)
        held += bool(line.strip())
        if held == rows:
            yield -1, first, at, at - first
            first, held = at, 0
    if held:
        yield -1, first, at, at - first


def _of_groups(file: IO[bytes], size: int, rows: int) -> Iterator[tuple[int, int, int, int]]:
    known = pq.ParquetFile(file).metadata
    for group in range(known.num_row_groups):
        count = known.row_group(group).num_rows
        for first in range(0, count, rows):
            last = min(first + rows, count)
            yield group, first, last, size * (last - first) // known.num_rows


@frozen
class Work:
    """What is done with each part: the pipelines, the column, or key, of the texts, a cache. It can be pickled.

    A part that is there already is left as it is.
    """

    pipelines: tuple[Pipeline, ...]
    text: str
    cache: str | None = None

    def __call__(self, part: Part) -> Count:
        """Tidy the rows of a part, and write them."""
        try:
            if store_of(part.target).has(part.target):
                return Count(part.size, kept=True)
            return self._made(part)
        except OSError as error:
            return Count(part.size, fault=f"{error.filename or part.target}: {error.strerror or error}")

    def _made(self, part: Part) -> Count:
        pipeline = self.pipelines[part.pipeline]
        with store_of(part.source).opened(part.source) as file:
            if part.group >= 0:
                made = tidy_table(_rows(file, part), self.text, pipeline, cache=self.cache)
                content = _as_parquet(made)
                rows = made.select(["error", "words_in", "words_out"]).to_pylist()
            else:
                file.seek(part.first)
                lines = file.read(part.last - part.first).splitlines(keepends=True)
                known = cache_of(self.cache, pipeline)
                rows = [self._line(pipeline, known, line) for line in _whole_lines(lines) if line.strip()]
                said = "".join([json.dumps(row, ensure_ascii=False) + "\n" for row in rows])
                content = said.encode("utf-8", "backslashreplace")
        store_of(part.target).put(part.target, content)
        return Count(
            part.size,
            len(rows),
            sum(row["error"] is not None for row in rows),
            sum(row["words_in"] or 0 for row in rows),
            sum(row["words_out"] or 0 for row in rows),
        )

    def _line(self, pipeline: Pipeline, known: Cache | None, line: bytes) -> dict[str, Any]:
        data: dict[str, Any] = {}
        problem = None
        try:
            found = json.loads(line)
            if not isinstance(found, dict):
                problem = "the line is no JSON object"
            elif self.text not in found:
                data, problem = found, f"there is no key {self.text!r}"
            else:
                data = found
        except (ValueError, RecursionError) as error:
            problem = f"the line is no JSON: {error}"
        row = row_of(pipeline, data.get(self.text), known)
        return {**data, **cells(evolve(row, error=problem) if problem else row)}


def _whole_lines(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Lines as a file has them: `splitlines` also cuts at a lone carriage return."""
    held = b""
    for line in lines:
        held += line
        if held.endswith(b"\n"):
            yield held
            held = b""
    if held:
        yield held


def _rows(file: IO[bytes], part: Part) -> pa.Table:
    found, at = [], 0
    for batch in pq.ParquetFile(file).iter_batches(batch_size=part.last - part.first, row_groups=[part.group]):
        start, end = max(part.first, at), min(part.last, at + batch.num_rows)
        if start < end:
            found.append(batch.slice(start - at, end - start))
        at += batch.num_rows
        if at >= part.last:
            break
    return pa.Table.from_batches(found)


def _as_parquet(made: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(made, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content
