"""The run of `tidy batch`: Parquet and JSON lines in, the same with tidied columns out, in parts, whole or absent."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve, frozen

from tidytranscript.batch import cells, check_column, tidy_table
from tidytranscript.config import Settings
from tidytranscript.formats.atomic import write_atomically
from tidytranscript.many import row_of
from tidytranscript.parallel import in_order
from tidytranscript.pipeline import Pipeline
from tidytranscript.reports.account import counted
from tidytranscript.reports.jobs import explained_fault
from tidytranscript.reports.machine import version
from tidytranscript.reports.terminal import Bar, Trouble, say

SCHEMA: Final = "tidytranscript.batch/1"
_RUN: Final = "_tidy.json"  # beside the parts: what they are the parts of
_LINES: Final = (".jsonl", ".ndjson")


@frozen
class Part:
    """Some rows of an input, and the file that they go to.

    `rows` is a record batch, or lines of JSON; `size` says how far into the input they bring us, in bytes.
    """

    source: str
    target: Path
    rows: Any
    size: int


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


@frozen
class Batch:
    """How the parts are made: what is in force, and the column, or key, of the texts."""

    settings: Settings
    text: str

    def __call__(self, part: Part) -> Count:
        """Tidy the rows of a part, and write them."""
        if part.rows is None:
            return Count(part.size, kept=True)
        try:
            return self._made(part)
        except OSError as error:
            return Count(part.size, fault=explained_fault(error, str(part.target)))

    def _made(self, part: Part) -> Count:
        pipeline = self.settings.pipeline(part.source)
        if isinstance(part.rows, pa.RecordBatch):
            made = tidy_table(part.rows, self.text, pipeline)
            _save_parquet(made, part.target)
            rows = made.select(["error", "words_in", "words_out"]).to_pylist()
        else:
            rows = [self._line(pipeline, line) for line in part.rows]
            content = "".join([json.dumps(row, ensure_ascii=False) + "\n" for row in rows])
            write_atomically(part.target, content.encode("utf-8", "backslashreplace"))
        return Count(
            part.size,
            len(rows),
            sum(row["error"] is not None for row in rows),
            sum(row["words_in"] or 0 for row in rows),
            sum(row["words_out"] or 0 for row in rows),
        )

    def _line(self, pipeline: Pipeline, line: bytes) -> dict[str, Any]:
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
        row = row_of(pipeline, data.get(self.text))
        return {**data, **cells(evolve(row, error=problem) if problem else row)}


def batch(inputs: Sequence[str], output: str, work: Batch, *, rows: int, workers: int, force: bool, quiet: bool) -> int:
    """Tidy files into a folder of parts; parts that are there already are left as they are. The exit code."""
    files = _files(inputs)
    for file in files:
        _check(file, work.text)
    folder = Path(output)
    _claim(folder, files, work, rows, force=force)
    size = sum(os.path.getsize(file) for file in files)
    done = []
    with Bar(size, shown=not quiet and _sees()) as bar:
        for count in _counts(_parts(files, folder, rows), work, workers):
            if count.fault:
                raise Trouble(count.fault)
            bar.ends(count.size)
            done.append(count)
    if not quiet:
        kept = sum(count.kept for count in done)
        before = f" ({kept:,} of them from before)" if kept else ""
        words = f"{sum(c.words_in for c in done):,} words in, {sum(c.words_out for c in done):,} out"
        rows_done, errors = (counted(sum(of), what) for of, what in _totals(done))
        say(f"{output}: {counted(len(done), 'part')}{before}; {rows_done}, {words}; {errors}")
    return 0


def _totals(done: Sequence[Count]) -> tuple[tuple[list[int], str], ...]:
    return ([count.rows for count in done], "row"), ([count.errors for count in done], "error")


def _counts(parts: Iterator[Part], work: Batch, workers: int) -> Iterator[Count]:
    return in_order(work, parts, workers) if workers > 1 else map(work, parts)


def _sees() -> bool:
    import sys

    return sys.stderr is not None and sys.stderr.isatty()


def _files(inputs: Sequence[str]) -> list[str]:
    """The files that paths and patterns stand for; Trouble where there is none, or one of another kind."""
    found: list[str] = []
    for given in inputs:
        files = [given] if os.path.isfile(given) else sorted(glob.glob(given, recursive=True))
        if not files:
            raise Trouble(f"{given}: no such file. Check the path, or the pattern")
        found += files
    for file in found:
        if Path(file).suffix.lower() not in (".parquet", *_LINES):
            raise Trouble(f"{file}: is neither Parquet (.parquet) nor JSON lines ({', '.join(_LINES)})")
    names = [Path(file).stem for file in found]
    for name in names:
        if names.count(name) > 1:
            raise Trouble(f"{name}: two inputs have this name, and so would their parts. Tidy them apart")
    return found


def _check(file: str, text: str) -> None:
    """Trouble where a file is no Parquet, or has no column of texts; lines of JSON are each told by themselves."""
    if Path(file).suffix.lower() in _LINES:
        return
    try:
        check_column(pq.read_schema(file), text)
    except pa.ArrowInvalid as error:
        raise Trouble(f"{file}: is no Parquet file: {error}") from None
    except (KeyError, TypeError) as error:
        raise Trouble(f"{file}: {error.args[0]}. Say which with --text") from None


def _claim(folder: Path, files: Sequence[str], work: Batch, rows: int, *, force: bool) -> None:
    """Make the folder this run's own; Trouble where it holds the parts of another, which `force` clears away."""
    stats = [os.stat(file) for file in files]
    run = {
        "schema": SCHEMA,
        "version": version(),
        "inputs": [[os.path.abspath(f), stat.st_size, stat.st_mtime_ns] for f, stat in zip(files, stats, strict=True)],
        "settings": [{key: setting.value for key, setting in work.settings.of(file).items()} for file in files],
        "decisions": [json.loads(one.dumps()) for one in work.settings.decisions],
        "text": work.text,
        "rows": rows,
    }
    said = json.dumps(run, ensure_ascii=False, indent=1, default=str) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        claim = folder / _RUN
        if claim.is_file() and claim.read_text(encoding="utf-8") == said:
            return
        if any(folder.iterdir()):
            if not force or not claim.is_file():
                raise Trouble(
                    f"{folder}: holds something else, such as the parts of another run. Name another folder, or use "
                    "--force, which replaces the parts of another run"
                )
            for part in folder.glob("*-part-*"):
                part.unlink()
        write_atomically(claim, said.encode("utf-8"))
    except OSError as error:
        raise Trouble(explained_fault(error, str(folder))) from None


def _parts(files: Sequence[str], folder: Path, rows: int) -> Iterator[Part]:
    for file in files:
        path = Path(file)
        lines = path.suffix.lower() in _LINES
        for number, (found, size) in enumerate(_lines(path, rows) if lines else _batches(path, rows)):
            target = folder / f"{path.stem}-part-{number:06}{path.suffix.lower()}"
            yield Part(file, target, None if target.is_file() else found, size)


def _lines(path: Path, rows: int) -> Iterator[tuple[list[bytes], int]]:
    with path.open("rb") as file:
        held: list[bytes] = []
        for line in file:
            if line.strip():
                held.append(line)
            if len(held) == rows:
                yield held, sum(map(len, held))
                held = []
        if held:
            yield held, sum(map(len, held))


def _batches(path: Path, rows: int) -> Iterator[tuple[pa.RecordBatch, int]]:
    file = pq.ParquetFile(path)
    size, every = path.stat().st_size, max(1, file.metadata.num_rows)
    for found in file.iter_batches(batch_size=rows):
        yield found, size * found.num_rows // every


def _save_parquet(made: pa.RecordBatch, target: Path) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_batches([made]), sink, compression="zstd")
    write_atomically(target, sink.getvalue().to_pybytes())
