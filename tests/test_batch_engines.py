"""`tidy batch` by Ray and by Spark: byte for byte what it makes itself, also where a worker is killed half-way.

They need `tidytranscript[engines]`, and Spark needs Java. TIDY_DOCUMENTS says of how many texts: 1 200 if not given.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import skip_without

DOCUMENTS = int(os.environ.get("TIDY_DOCUMENTS", "1200"))
MODULES = {"ray": "ray", "spark": "pyspark"}  # by engine
BUSY = {"ray": "ray::MapBatches", "spark": "pyspark.daemon"}
SAID = "Um, so we, we left {} times, you know. Did you? Yes. And then it's, it's, uh, house {} in the long street."


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the texts, half in Parquet and half in lines of JSON, and what `tidy batch` makes of them."""
    folder = tmp_path_factory.mktemp("talks")
    texts = [None if i % 100 == 7 else SAID.format(i, i * 3) for i in range(DOCUMENTS)]
    half = DOCUMENTS // 2
    pq.write_table(pa.table({"id": range(half), "text": texts[:half]}), folder / "a.parquet", row_group_size=half // 2)
    lines = [json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts[half:], half)]
    (folder / "b.jsonl").write_text("".join(lines), encoding="utf-8")
    assert subprocess.run(command("local", "local"), cwd=folder, timeout=900).returncode == 0
    return folder


def command(engine: str, output: str) -> list[str]:
    rows = str(max(20, DOCUMENTS // 100))
    what = ["a.parquet", "b.jsonl", output, "--engine", engine, "--rows", rows, "--jobs", "2", "-q", "--isolated"]
    return [sys.executable, "-m", "tidytranscript", "batch", *what]


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("[!.]*-part-*"))}


def descendants(pid: int) -> Iterator[tuple[int, int, str]]:
    """The processes that came of a process: number, that of the one before, and command line."""
    known = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            known[int(entry.name)] = int(stat.rpartition(")")[2].split()[1]), line
    for child, (parent, line) in known.items():
        above = parent
        while above in known and above != pid:
            above = known[above][0]
        if above == pid:
            yield child, parent, line


def worker(pid: int, engine: str) -> int | None:
    """A worker of an engine that a process has started, while it works on something."""
    found = {child: parent for child, parent, line in descendants(pid) if BUSY[engine] in line}
    if engine == "ray":
        return next(iter(found), None)
    return next((child for child, parent in found.items() if parent in found), None)  # the first only makes others


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for workers in /proc")
@pytest.mark.parametrize("engine", MODULES)
def test_a_killed_worker_loses_nothing(talks: Path, engine: str) -> None:
    skip_without(MODULES[engine])
    with subprocess.Popen(command(engine, engine), cwd=talks, stderr=subprocess.PIPE) as run:
        until = time.monotonic() + 300
        killed = None
        while killed is None and run.poll() is None and time.monotonic() < until:
            if len(parts(talks / engine)) >= 3 and (found := worker(run.pid, engine)):
                os.kill(found, signal.SIGKILL)
                killed = found
            time.sleep(0.01)
        assert killed, "no worker was found while it worked"
        assert len(parts(talks / engine)) < len(parts(talks / "local"))
        _, said = run.communicate(timeout=900)
    assert run.returncode == 0, said.decode()[-3000:]
    assert parts(talks / engine) == parts(talks / "local")


@pytest.mark.parametrize("engine", MODULES)
def test_a_run_of_another_engine_is_gone_on_with(talks: Path, engine: str) -> None:
    skip_without(MODULES[engine])
    shutil.copytree(talks / "local", talks / f"rest-{engine}")
    whole = parts(talks / f"rest-{engine}")
    for name in list(whole)[::2]:
        (talks / f"rest-{engine}" / name).unlink()
    done = subprocess.run(command(engine, f"rest-{engine}"), cwd=talks, capture_output=True, timeout=900)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    assert parts(talks / f"rest-{engine}") == whole


@pytest.mark.parametrize("engine", MODULES)
def test_an_engine_that_is_not_there_is_named(engine: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Um, so."}\n', encoding="utf-8")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    module = MODULES[engine]
    (hidden / f"{module}.py").write_text(f"raise ModuleNotFoundError('no', name={module!r})\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tidytranscript", "batch", "a.jsonl", "out", "--engine", engine],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(hidden)},
    )
    assert done.returncode == 2
    assert f"{module} is not installed. Install tidytranscript[{engine}]" in done.stderr


def test_spark_without_java_is_said(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    (tmp_path / "a.jsonl").write_text('{"text": "Um, so."}\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tidytranscript", "batch", "a.jsonl", "out", "--engine", "spark"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "JAVA_HOME": str(tmp_path)},
        timeout=300,
    )
    assert done.returncode == 2
    assert "Spark can't be started: " in done.stderr
    assert "It needs Java 17 or newer" in done.stderr
    assert "Traceback" not in done.stderr
