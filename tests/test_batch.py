"""`tidy batch`: Parquet and JSON lines in parts, also after a kill, and with several processes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_cli import Run, run  # noqa: F401 - a fixture

import tidytranscript as tt
from tidytranscript.batch import tidy_table

SAID = "Um, so we, we left {} times. Did you? Yes."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(count: int, path: str = "talks.jsonl", said: str = SAID) -> str:
    rows = [json.dumps({"id": number, "text": said.format(number)}) + "\n" for number in range(count)]
    Path(path).write_text("".join(rows), encoding="utf-8")
    return path


def table(count: int, path: str = "talks.parquet") -> str:
    pq.write_table(pa.table({"id": range(count), "text": [SAID.format(n) for n in range(count)]}), path)
    return path


def parts(folder: str) -> dict[str, bytes]:
    found = [path for path in sorted(Path(folder).glob("*-part-*")) if not path.name.startswith(".")]
    return {path.name: path.read_bytes() for path in found}


def test_rows_of_json_keep_their_keys_and_get_more(run: Run) -> None:  # noqa: F811
    ran = run("batch", lines(5), "out", "--rows", "2")
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == "out: 3 parts; 5 rows, 50 words in, 40 out; 0 errors\n"
    rows = [json.loads(line) for content in parts("out").values() for line in content.splitlines()]
    assert [row["id"] for row in rows] == list(range(5))
    result = tt.tidy(SAID.format(3))
    assert rows[3]["tidied"] == result.text
    assert [edit["rule"] for edit in rows[3]["edits"]] == [edit.rule for edit in result.edits]
    assert [turn["speaker"] for turn in rows[3]["turns"]] == [turn.speaker for turn in result.turns]


def test_parquet_has_the_columns_of_tidy_table(run: Run) -> None:  # noqa: F811
    run("batch", table(5), "out", "--rows", "2", "--level", "verbatim")
    found = pa.concat_tables([pq.read_table(path) for path in sorted(Path("out").glob("*.parquet"))])
    made = tidy_table(pq.read_table("talks.parquet"), pipeline=tt.Pipeline.standard("verbatim"))
    assert found.equals(made)


def test_one_bad_row_is_an_error_in_that_row(run: Run) -> None:  # noqa: F811
    Path("talks.jsonl").write_text('{"text": "Um, no."}\nno\n[]\n{"id": 1}\n{"text": 1}\n{"text": null}\n\n')
    ran = run("batch", "talks.jsonl", "out")
    assert (ran.code, ran.err) == (0, "out: 1 part; 6 rows, 2 words in, 1 out; 4 errors\n")
    rows = [json.loads(line) for line in parts("out")["talks-part-000000.jsonl"].splitlines()]
    assert [row["edits"] is None for row in rows] == [False, True, True, True, True, True]
    assert [row["tidied"] for row in rows] == ["No.", None, None, None, None, None]
    assert [row["error"] is None for row in rows] == [True, False, False, False, False, True]


def test_several_processes_write_the_same(run: Run) -> None:  # noqa: F811
    files = [lines(50), table(50, "others.parquet")]
    assert run("batch", "-q", *files, "one", "--rows", "7").code == 0
    assert run("batch", "-q", *files, "two", "--rows", "7", "--jobs", "2").code == 0
    assert parts("one") == parts("two")
    assert len(parts("one")) == 16


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_was_killed_goes_on(run: Run, workers: str) -> None:  # noqa: F811
    lines(60, said=SAID + " And it, it rained." * 300)
    arguments = ["batch", "-q", "talks.jsonl", "out", "--rows", "4", "--jobs", workers]
    with subprocess.Popen([sys.executable, "-m", "tidytranscript", *arguments]) as process:
        until = time.monotonic() + 60
        while len(parts("out")) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    time.sleep(1)  # a worker whose part is half made may still end it
    before = parts("out")
    assert 3 <= len(before) < 15
    ran = run(*[argument for argument in arguments if argument != "-q"])
    assert ran.err.startswith(f"out: 15 parts ({len(before)} of them from before); ")
    assert run("batch", "-q", "talks.jsonl", "whole", "--rows", "4").code == 0
    assert parts("out") == parts("whole")
    assert before.items() <= parts("out").items()


def test_the_parts_of_another_run_are_not_mixed(run: Run) -> None:  # noqa: F811
    lines(3)
    assert run("batch", "-q", "talks.jsonl", "out").code == 0
    for more in (["--level", "edited"], ["--rows", "1"], ["--ignore", "turns"]):
        assert "holds something else" in run("batch", "talks.jsonl", "out", *more).err
    assert run("batch", "-q", "talks.jsonl", "out", "--rows", "1", "--force").code == 0
    assert len(parts("out")) == 3
    lines(4)
    assert "holds something else" in run("batch", "talks.jsonl", "out", "--rows", "1").err


def test_a_folder_of_other_things_is_left_alone(run: Run) -> None:  # noqa: F811
    Path("out").mkdir()
    Path("out/mine.txt").write_text("mine", encoding="utf-8")
    ran = run("batch", lines(1), "out", "--force")
    assert ran.code == 2
    assert "holds something else" in ran.err
    assert [path.name for path in Path("out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("inputs", "problem"),
    [
        (["no.jsonl"], "no.jsonl: no such file"),
        (["*.csv"], "*.csv: no such file"),
        (["a.txt"], "a.txt: is neither Parquet"),
        (["a.jsonl", "deep/a.jsonl"], "a: two inputs have this name"),
        (["bad.parquet"], "bad.parquet: is no Parquet file"),
        (["talks.parquet", "--text", "talk"], "talks.parquet: there is no column 'talk' (there are: id, text). Say"),
        (["talks.parquet", "--text", "id"], "talks.parquet: the column 'id' is of int64, not of strings. Say"),
    ],
)
def test_what_cannot_be_read_is_said(run: Run, inputs: list[str], problem: str) -> None:  # noqa: F811
    Path("deep").mkdir()
    table(1)
    for path in ("a.txt", "a.jsonl", "deep/a.jsonl", "bad.parquet"):
        Path(path).write_text('{"text": "So."}', encoding="utf-8")
    ran = run("batch", *inputs, "out")
    assert ran.code == 2
    assert not Path("out").exists()
    assert ran.err.startswith(f"tidy: {problem}")


def test_patterns_stand_for_files(run: Run) -> None:  # noqa: F811
    lines(1, "a.jsonl")
    lines(1, "b.jsonl")
    assert run("batch", "-q", "*.jsonl", "out").code == 0
    assert sorted(parts("out")) == ["a-part-000000.jsonl", "b-part-000000.jsonl"]


@pytest.mark.parametrize("address", ["memory://talks", "file://{here}/talks"])
def test_addresses_are_read_and_written_with_fsspec(run: Run, address: str, tmp_path: Path) -> None:  # noqa: F811
    fsspec = pytest.importorskip("fsspec")
    at = address.format(here=tmp_path)
    lines(12, "a.jsonl")
    table(9, "b.parquet")
    for name in ("a.jsonl", "b.parquet"):
        with fsspec.open(f"{at}/in/{name}", "wb", auto_mkdir=True) as file:
            file.write(Path(name).read_bytes())
    assert run("batch", "-q", "a.jsonl", "b.parquet", "here", "--rows", "5").code == 0
    assert run("batch", f"{at}/in/*.jsonl", f"{at}/in/b.parquet", f"{at}/out", "--rows", "5").code == 0
    found = fsspec.open_files(f"{at}/out/*-part-*", "rb")
    made = {}
    for each in found:
        with each as file:
            made[each.path.rpartition("/")[2]] = file.read()
    assert made == parts("here")
    assert len(made) == 5
    again = run("batch", f"{at}/in/*.jsonl", f"{at}/in/b.parquet", f"{at}/out", "--rows", "5")
    assert again.err.startswith(f"{at}/out: 5 parts (5 of them from before); 0 rows")
    assert "holds something else" in run("batch", f"{at}/in/*.jsonl", f"{at}/out").err
    assert run("batch", "-q", f"{at}/in/*.jsonl", f"{at}/out", "--force").code == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("memory://nowhere/*.jsonl", "memory://nowhere/*.jsonl: no such file"),
        ("nosuch://a.jsonl", "Protocol not known: nosuch"),
    ],
)
def test_an_address_that_cannot_be_read_is_said(run: Run, given: str, says: str) -> None:  # noqa: F811
    pytest.importorskip("fsspec")
    ran = run("batch", given, "out")
    assert ran.code == 2
    assert says in ran.err
