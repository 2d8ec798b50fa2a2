"""Who works on the parts of a batch: processes of this machine, or the workers of Ray or Spark.

An engine hands out descriptions of parts, a few numbers each; its workers read, tidy and write. So they need to reach
the files under the same paths. Which worker does what, and what happens when one is lost, is the engine's own affair.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pyarrow as pa

from tidytranscript.parallel import in_order
from tidytranscript.reports.parts import Count, Part, Work
from tidytranscript.reports.terminal import Trouble

_TASKS: Final = 10_000  # that an engine is given at most; each then has several parts
_COUNTS: Final = pa.schema([pa.field("count", pa.binary())])


def by_processes(work: Work, parts: Iterable[Part], workers: int) -> Iterator[Count]:
    """What came of each part, in order, done by processes of this machine."""
    return in_order(work, parts, workers) if workers > 1 else map(work, parts)


def by_ray(work: Work, parts: Iterable[Part], workers: int) -> Iterator[Count]:
    """What came of the parts, done by Ray Data: the cluster of RAY_ADDRESS, or one made for this machine."""
    import ray

    if not ray.is_initialized():
        address = os.environ.get("RAY_ADDRESS")
        with _starting("Ray", "Say where it is with RAY_ADDRESS, or take that away to start it here"):
            ray.init(
                address=address,
                num_cpus=None if address else workers,
                log_to_driver=False,
                logging_level=logging.WARNING,
            )
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    given = _as_table(parts)
    if not given.num_rows:
        return
    tasks = min(given.num_rows, _TASKS)
    size = -(-given.num_rows // tasks)
    blocks = [given.slice(at, size) for at in range(0, given.num_rows, size)]
    done = ray.data.from_arrow(blocks).map_batches(_Done(work), batch_format="pyarrow", batch_size=None)
    for batch in done.iter_batches(batch_format="pyarrow", batch_size=None, prefetch_batches=0):
        yield from _counts(batch)


def by_spark(work: Work, parts: Iterable[Part], workers: int) -> Iterator[Count]:
    """What came of the parts, done by Spark: the session that its configuration asks for, or one for this machine."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("tidy batch")
    if not any(name in os.environ for name in ("MASTER", "SPARK_REMOTE", "SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS")):
        # Spark gives up at once where a worker of its own machine is lost, unless it is told how often to try again.
        builder = builder.master(f"local[{workers},4]").config("spark.ui.enabled", "false")
    with _starting("Spark", "It needs Java 17 or newer, as `java` or in JAVA_HOME"):
        session = builder.getOrCreate()
    given = _as_table(parts)
    if not given.num_rows:
        return
    tasks = min(given.num_rows, _TASKS)
    done = _Done(work)

    def tidied(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from done(pa.Table.from_batches([batch])).to_batches()

    frame = session.createDataFrame(given).repartition(tasks).mapInArrow(tidied, "count binary")
    yield from _counts(frame.toArrow())


ENGINES: Final[dict[str, Callable[[Work, Iterable[Part], int], Iterator[Count]]]] = {
    "local": by_processes,
    "ray": by_ray,
    "spark": by_spark,
}
"""The engines by name."""


@contextmanager
def _starting(name: str, needs: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        problem = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise Trouble(f"{name} can't be started: {problem.rstrip('.')}. {needs}") from None


class _Done:
    """A table of parts in, a table of what came of them out."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def __call__(self, table: pa.Table) -> pa.Table:
        counts = [pickle.dumps(self.work(pickle.loads(part))) for part in table.column("part").to_pylist()]
        return pa.Table.from_arrays([pa.array(counts, pa.binary())], schema=_COUNTS)


def _as_table(parts: Iterable[Part]) -> pa.Table:
    return pa.table({"part": pa.array([pickle.dumps(part) for part in parts], pa.binary())})


def _counts(table: Any) -> Sequence[Count]:
    return [pickle.loads(count) for count in table.column("count").to_pylist()]
