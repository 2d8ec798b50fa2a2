"""The same text comes out the same in every process, whatever the order in which sets of strings are walked there."""

from __future__ import annotations

import os
import subprocess
import sys

from conftest import SEEDS

SCRIPT = """
import re
import sys
import tidytranscript as tt
sources = [tt.read(path) for path in sys.argv[1:]]
sources += [re.sub(r"[^\\w\\s'’]", "", source.text.lower()) for source in sources]
for level in ("verbatim", "clean", "edited"):
    pipeline = tt.Pipeline.standard(level, checks=True)
    for source in sources:
        for ignore in ((), ("stutter",)):
            result = pipeline.without(*ignore)(source)
            print(repr((result.text, result.edits, result.suggestions, result.noted, result.turns)).encode())
"""


def test_processes_agree() -> None:
    paths = [str(path) for path in sorted(SEEDS.glob("*/source.*"))] + [str(SEEDS.parent / "docs" / "example.txt")]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, *paths],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(1, 5)
    }
    assert len(outputs) == 1
