"""The specimens under seeds/, at every level: what the tool makes of them is kept, and a change shows as a diff.

    python -m pytest tests/test_seeds.py --accept     # keep what it makes now; git shows the fallout

With TIDY_EXTRA naming a folder of further transcripts, those are held to the laws as well.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest
from conftest import SEEDS

from tidytranscript import Level, Pipeline, dumps, loads, read
from tidytranscript.testing import check_result

SPECIMENS = sorted(SEEDS.glob("*/source.*"))
EXTRA = (
    sorted(p for p in Path(os.environ["TIDY_EXTRA"]).glob("*") if p.is_file()) if os.environ.get("TIDY_EXTRA") else []
)
LEVELS = pytest.mark.parametrize("level", list(Level), ids=lambda level: level.value)


@LEVELS
@pytest.mark.parametrize("source", SPECIMENS, ids=lambda p: p.parent.name)
def test_specimen_comes_out_as_kept(source: Path, level: Level, request: pytest.FixtureRequest) -> None:
    kept = source.parent / "expected" / f"{level.value}{source.suffix}"
    result = Pipeline.standard(level)(read(source))
    made = dumps(result.transcript)
    if request.config.getoption("--accept"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(made, encoding="utf-8")
    before = kept.read_text(encoding="utf-8")
    diff = difflib.unified_diff(before.splitlines(), made.splitlines(), str(kept), "now", lineterm="", n=1)
    assert made == before, "\n".join(diff)


@LEVELS
@pytest.mark.parametrize("source", SPECIMENS + EXTRA, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_specimen_obeys_the_laws_and_is_settled_after_one_run(source: Path, level: Level) -> None:
    pipeline = Pipeline.standard(level)
    result = pipeline(read(source))
    check_result(result)
    once = dumps(result.transcript)
    assert dumps(pipeline(loads(once, name=source.name)).transcript) == once
    assert pipeline(result.text).text == result.text


@pytest.mark.parametrize("source", SPECIMENS + EXTRA, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_untouched_file_is_written_back_as_it_was(source: Path) -> None:
    content = source.read_text(encoding="utf-8")
    assert dumps(read(source)) == content
    assert dumps(Pipeline.standard(select=[])(read(source)).transcript) == content
