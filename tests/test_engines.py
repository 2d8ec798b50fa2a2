"""The recipes of docs/batch.md for engines, each run for real, in a process of its own; what comes out is what comes
out here. They need `tidytranscript[engines]`, and Spark needs Java."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import skip_without

PAGE = (Path(__file__).parent.parent / "docs" / "batch.md").read_text(encoding="utf-8")
BEFORE = """
import pyarrow as pa
from tidytranscript.batch import FIELDS, tidy_batches, tidy_table
said = [None if i % 50 == 7 else f"Um, so we, we left {i} times. Did you? Yes." for i in range(500)]
table = pa.table({"id": list(range(500)), "text": said})
if __name__ == "__main__":
"""
AFTER = """
    wanted = tidy_table(table)
    made = made.sort_by("id").select(wanted.column_names)
    assert made.to_pylist() == wanted.to_pylist()
    print("the same")
"""


@pytest.mark.parametrize("engine", ["datasets", "ray", "pyspark"])
def test_the_recipe_gives_what_comes_out_here(engine: str, tmp_path: Path) -> None:
    skip_without(engine)
    recipe = re.search(rf"^```python {engine}-recipe\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert recipe
    indented = "".join(f"    {line}\n" if line else "\n" for line in recipe[1].splitlines())
    script = tmp_path / "recipe.py"
    script.write_text(BEFORE + indented + AFTER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=tmp_path,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
    )
    assert (done.returncode, done.stdout.strip().splitlines()[-1:]) == (0, ["the same"]), done.stderr[-3000:]
