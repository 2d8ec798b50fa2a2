"""Reading and writing captions beside the libraries that others use for it, in one run.

Each row is measured in a process of its own, on the same file: two lines in each cue, no markup. What a library makes
of a file is what it makes by default; ours keeps the whole file, so that it can be written back byte for byte.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple

from tidytranscript import dumps, loads
from tidytranscript.formats.clocks import clock

HEADINGS: Final = ("format", "cues", "what", "read, seconds", "write, seconds", "x fastest other, reading")
_ROOT: Final = Path(__file__).parent.parent
_OURS: Final = "tidytranscript"
_OTHERS: Final = {"srt": ("srt", "pysubs2", "webvtt-py"), "vtt": ("pysubs2", "webvtt-py")}
_RUNS: Final = 3


class Timed(NamedTuple):
    """The best of the runs, in seconds."""

    read: float
    write: float


def rows(cues: int) -> Iterable[list[str]]:
    """A row for each format and library that is installed."""
    with tempfile.TemporaryDirectory() as folder:
        for format_, others in _OTHERS.items():
            file = Path(folder, f"captions.{format_}")
            file.write_text(_file(format_, cues), encoding="utf-8")
            found = {what: _apart(what, file) for what in (*filter(_installed, others), _OURS)}
            fastest = min((timed.read for what, timed in found.items() if what != _OURS), default=None)
            for what, timed in found.items():
                ratio = f"{fastest / timed.read:.2f}" if fastest else ""
                name = f"{what} {version(what)}"
                yield [format_, f"{cues:,}", name, f"{timed.read:.3f}", f"{timed.write:.3f}", ratio]


def _installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def _file(format_: str, cues: int) -> str:
    mark = "," if format_ == "srt" else "."
    blocks = ["" if format_ == "srt" else "WEBVTT\n\n"]
    for i in range(cues):
        number = f"{i + 1}\n" if format_ == "srt" else ""
        times = f"{clock(i * 2500, mark)} --> {clock(i * 2500 + 2400, mark)}"
        blocks.append(f"{number}{times}\nHere is line {i} of the talk,\nand here is how it goes on.\n\n")
    return "".join(blocks)


def _apart(what: str, file: Path) -> Timed:
    command = [sys.executable, "-m", "bench.captions", what, str(file)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Timed(*json.loads(done.stdout))


def _measured(what: str, file: Path) -> Timed:
    text = file.read_text(encoding="utf-8")
    read, write = _calls(what, file.suffix.lstrip("."))
    best = Timed(float("inf"), float("inf"))
    for _ in range(_RUNS):
        start = perf_counter()
        made = read(text)
        between = perf_counter()
        write(made)
        best = Timed(min(best.read, between - start), min(best.write, perf_counter() - between))
        del made
    return best


def _calls(what: str, format_: str) -> tuple[Callable[[str], Any], Callable[[Any], Any]]:
    if what == _OURS:
        return (lambda text: loads(text, format_)), dumps
    if what == "srt":
        import srt

        return (lambda text: list(srt.parse(text))), srt.compose
    if what == "pysubs2":
        import pysubs2

        return pysubs2.SSAFile.from_string, lambda made: made.to_string(format_)
    import webvtt

    return (
        lambda text: webvtt.from_buffer(io.StringIO(text), format=format_),
        lambda made: made.write(io.StringIO(), format=format_),
    )


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]))))
