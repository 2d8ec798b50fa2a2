"""The cache of rows: what it gives is what tidying would give, for the same text and the same rules alone."""

from __future__ import annotations

import gc
import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from hypothesis import HealthCheck, given, settings
from test_batch import lines, parts
from test_cli import Run, run  # noqa: F401 - a fixture

import tidytranscript as tt
from tidytranscript import many
from tidytranscript.caching import Cache
from tidytranscript.testing import texts

SAID = "Ann: Um, so we, we left {} times. Did you?\nBo: Yes, yes."


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are tidied."""
    made: list[str] = []
    tidied: Callable[..., tt.Row] = many._made

    def noting(pipeline: tt.Pipeline, text: str) -> tt.Row:
        made.append(text)
        return tidied(pipeline, text)

    monkeypatch.setattr(many, "_made", noting)
    return made


def test_a_text_is_tidied_once(tmp_path: Path, calls: list[str]) -> None:
    said = [SAID.format(n) for n in range(5)]
    wanted = list(tt.tidy_many(said))
    del calls[:]
    for _ in range(3):
        assert list(tt.tidy_many(said, cache=tmp_path / "rows")) == wanted
    assert calls == said
    assert list(tt.tidy_many([*said, "More, more."], cache=tmp_path / "rows"))[:-1] == wanted
    assert calls[5:] == ["More, more."]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts())
def test_a_row_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    cache = Cache(tmp_path / "rows", tt.Pipeline.standard("edited"))
    row = many._made(cache.pipeline, text)
    cache.put(text, row)
    assert cache.get(text) == row


def dictionary(folder: Path, heard: str) -> str:
    path = folder / "own.toml"
    path.write_text(f'[names]\n"Annabel" = ["{heard}"]\n', encoding="utf-8")
    return str(path)


def test_other_rules_give_other_rows(tmp_path: Path, calls: list[str]) -> None:
    pipelines = [
        tt.Pipeline.standard(),
        tt.Pipeline.standard("edited"),
        tt.Pipeline.standard().without("fillers"),
        tt.Pipeline.standard(protect=["um"]),
        tt.Pipeline.standard(names=["Ann Lee"]),
        tt.Pipeline.standard(words={"fillers": {"sounds": ["eeh"]}}),
        tt.Pipeline.standard(sure=0.5),
        tt.Pipeline.standard().acting_from({"stutter": 0.9}),
        tt.Pipeline.standard(corrections=[dictionary(tmp_path, "anna bell")]),
        tt.Pipeline.standard(corrections=[dictionary(tmp_path, "anna belle")]),
    ]
    for pipeline in pipelines * 2:
        list(tt.tidy_many(["Um, no."], pipeline, cache=tmp_path / "rows"))
    assert len(calls) == len(pipelines)


KEY = """
import sys, tidytranscript as tt
from tidytranscript.caching import Cache
own = tt.Pipeline.standard(ignore=["turns", "echo", "page"], words={"fillers": {"sounds": ["eeh", "ooh", "aah"]}})
print(Cache("rows", own)._key("Um, no.").hex())
"""


def test_processes_agree_on_keys() -> None:
    keys = {
        subprocess.run(
            [sys.executable, "-c", KEY], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "123"
    }
    assert len(keys) == 1


def test_a_pass_of_ones_own_is_keyed_by_its_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "import tidytranscript as tt\n"
        "SHOUT = tt.Rule('shout', tt.Power.PUNCTUATION, tt.Level.CLEAN, 'More than one mark.')\n"
        "@tt.as_pass('shouts', SHOUT)\n"
        "def shouts(transcript):\n    return []\n"
    )
    keys = set()
    for name, more in (("one_a", ""), ("one_b", ""), ("one_c", "# another rule\n")):
        (tmp_path / f"{name}.py").write_text(source + more, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        made = __import__(name)
        keys.add(Cache("rows", tt.Pipeline.standard().before("finish", made.shouts))._key("Um."))
    assert len(keys) == 3


def test_several_processes_share_one(tmp_path: Path, calls: list[str]) -> None:
    said = [SAID.format(n) for n in range(200)]
    wanted = list(tt.tidy_many(said))
    del calls[:]
    assert list(tt.tidy_many(said, workers=2, cache=tmp_path / "rows")) == wanted
    assert list(tt.tidy_many(said, cache=tmp_path / "rows")) == wanted
    assert calls == []


def test_one_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "rows", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    done = Timer(0.2, other.execute, ["COMMIT"])
    done.start()
    cache = Cache(tmp_path / "rows", tt.Pipeline.standard())
    cache.put("Um, no.", tt.Row("No."))
    assert cache.get("Um, no.") == tt.Row("No.")
    done.join()
    other.close()


def test_a_cache_that_nobody_holds_is_closed(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "rows", tt.Pipeline.standard())
    cache.put("Um, no.", tt.Row("No."))
    rows = cache._rows
    del cache
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        rows.execute("SELECT 1")


def test_threads_may_share_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "rows", tt.Pipeline.standard())
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: cache.put(SAID.format(n), tt.Row(str(n))), range(50)))
        found = list(threads.map(lambda n: cache.get(SAID.format(n)), range(50)))
    assert found == [tt.Row(str(n)) for n in range(50)]


def test_a_cache_can_be_pickled(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "rows", tt.Pipeline.standard())
    cache.put("Um, no.", tt.Row("No."))
    assert pickle.loads(pickle.dumps(cache)).get("Um, no.") == tt.Row("No.")


def test_what_is_no_cache_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine " * 200, encoding="utf-8")
    with pytest.raises(OSError, match=r"mine\.txt: file is not a database\. Name a file that is a cache"):
        list(tt.tidy_many(["Um."], cache=tmp_path / "mine.txt"))
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine " * 200


def test_what_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as short_of_memory:
        short_of_memory.setattr(many, "_made", lambda *_: tt.Row(error="MemoryError: "))
        [row] = tt.tidy_many(["Um, no."], cache=tmp_path / "rows")
        assert row.error
    assert [row.text for row in tt.tidy_many(["Um, no."], cache=tmp_path / "rows")] == ["No."]


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE rows (id INTEGER)")
    with pytest.raises(OSError, match=r"other\.db"):
        list(tt.tidy_many(["Um."], cache=tmp_path / "other.db"))


def test_the_command_keeps_rows_for_another_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.chdir(tmp_path)
    lines(20)
    assert run("batch", "-q", "talks.jsonl", "one", "--cache", "rows").code == 0
    with closing(sqlite3.connect("rows")) as rows:
        assert rows.execute("SELECT count(*) FROM rows").fetchone() == (20,)
    monkeypatch.setattr(many, "_made", lambda *_: pytest.fail("it is known already"))
    assert run("batch", "-q", "talks.jsonl", "two", "--cache", "rows").code == 0
    assert parts("one") == parts("two")
    ran = run("batch", "talks.jsonl", "three", "--cache", "rows", "--engine", "ray")
    assert (ran.code, Path("three").exists()) == (2, False)
    assert "--cache is a file of this machine" in ran.err
