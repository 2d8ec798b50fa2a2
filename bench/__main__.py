"""`python -m bench`: the whole pipeline beside `ftfy.fix_text` alone and a bare scan of words, in one run.

Every row is measured in a process of its own: wall time around the call only, the best of a few runs; memory
is the peak of that process, with the text itself in it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple

from bench import captions, dictionaries, hostile, peers, scale
from bench.texts import SHAPES, built

_MB: Final = 1_000_000
_RUNS: Final = ((1, 5), (10, 3))  # up to so many MB, so many runs; above, one
_STARTS: Final = 15
_ROOT: Final = Path(__file__).parent.parent
_NOTHING: Final = "the text alone"
_SCAN: Final = r're.findall(r"\S+")'
_FTFY: Final = "ftfy.fix_text"
_HEADINGS: Final = ("text", "MB", "what", "seconds", "MB/s", "x ftfy", "peak MB")


class Measured(NamedTuple):
    """The best wall time of the runs, in seconds, and the peak memory of the process, in MB."""

    seconds: float
    peak: float


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sizes", default="1,10,100", help="MB of text, separated by commas (%(default)s)")
    parser.add_argument("--shapes", default=",".join(SHAPES), help="of %(default)s")
    parser.add_argument("--level", default="clean", help="level of the pipeline (%(default)s)")
    parser.add_argument("--without", default="", metavar="NAMES", help="passes and rules to leave out")
    parser.add_argument("--captions", type=int, metavar="CUES", help="measure reading and writing of captions")
    parser.add_argument("--hostile", type=int, metavar="WORDS", help="measure texts made to be slow, at three sizes")
    parser.add_argument("--dictionaries", metavar="SIZES", help="measure correction dictionaries of so many entries")
    parser.add_argument("--peers", type=float, metavar="MB", help="measure what others clean text with")
    parser.add_argument("--peer", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--scale", type=int, metavar="HOURS", help="measure many documents, by one process and by two")
    parser.add_argument("--startup", action="store_true", help="measure how long a start takes")
    parser.add_argument("--markdown", action="store_true", help="print tables for docs/performance.md")
    parser.add_argument("--measure", nargs=3, metavar=("WHAT", "FILE", "RUNS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    without = [name for name in options.without.split(",") if name]
    if options.measure:
        what, file, runs = options.measure
        print(json.dumps(_measured(what, Path(file), int(runs), options.level, without)))
        return
    if options.peer:
        number, shape, size = options.peer
        print(json.dumps(peers.measured(int(number), shape, float(size))))
        return
    shapes = options.shapes.split(",")
    unknown = set(shapes) - set(SHAPES)
    if unknown:
        parser.error(f"no shape is named {', '.join(sorted(unknown))}; there are: {', '.join(SHAPES)}")
    print(_machine())
    print()
    show = _show_markdown if options.markdown else _show_columns
    if options.captions:
        show(captions.HEADINGS, captions.rows(options.captions))
    elif options.peers:
        show(peers.HEADINGS, peers.rows(options.peers, shapes))
    elif options.scale:
        show(scale.HEADINGS, scale.rows(options.scale))
    elif options.hostile:
        show(hostile.HEADINGS, hostile.rows(options.hostile, options.level))
    elif options.dictionaries:
        show(dictionaries.HEADINGS, dictionaries.rows([int(size) for size in options.dictionaries.split(",")]))
    elif options.startup:
        show(("what", "ms", "x bare python", "ms beyond bare python", "x ftfy"), _startup())
    else:
        sizes = [float(size) for size in options.sizes.split(",")]
        show(_HEADINGS, _throughput(sizes, shapes, options.level, without))


def _machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("tidytranscript", "ftfy"))
    return f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores, of which one is used"


# -- throughput --------------------------------------------------------------------------------------------


def _throughput(
    sizes: Sequence[float], shapes: Sequence[str], level: str, without: Sequence[str]
) -> Iterable[list[str]]:
    ours = f"tidytranscript, {level}" + (f", without {', '.join(without)}" if without else "")
    asked = ["--level", level, "--without", ",".join(without)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text")
        for size in sizes:
            runs = next((runs for most, runs in _RUNS if size <= most), 1)
            for shape in shapes:
                text = built(shape, int(size * _MB))
                file.write_bytes(text.encode())
                held = len(text.encode()) / _MB
                del text
                found = {what: _apart(what, file, runs, asked) for what in (_NOTHING, _SCAN, _FTFY, ours)}
                for what, (seconds, peak) in found.items():
                    if what == _NOTHING:
                        yield [shape, f"{held:.1f}", what, "", "", "", f"{peak:.0f}"]
                        continue
                    ratio = found[_FTFY].seconds / seconds
                    yield [
                        *(shape, f"{held:.1f}", what, f"{seconds:.3f}"),
                        *(f"{held / seconds:.1f}", f"{ratio:.2f}", f"{peak:.0f}"),
                    ]


def _apart(what: str, file: Path, runs: int, asked: Sequence[str]) -> Measured:
    """What a process of its own measures."""
    command = [sys.executable, "-m", "bench", "--measure", what, str(file), str(runs), *asked]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(*json.loads(done.stdout))


def _measured(what: str, file: Path, runs: int, level: str, without: Sequence[str]) -> Measured:
    call = _callable(what, level, without)
    text = file.read_bytes().decode()
    times = []
    for _ in range(runs):
        start = perf_counter()
        made = call(text)
        times.append(perf_counter() - start)
        del made
    return Measured(min(times), _peak())


def _callable(what: str, level: str, without: Sequence[str]) -> Callable[[str], Any]:
    if what == _NOTHING:
        return len
    if what == _SCAN:
        return re.compile(r"\S+").findall
    if what == _FTFY:
        import ftfy

        return ftfy.fix_text
    from tidytranscript import Pipeline

    return Pipeline.standard(level).without(*without)


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MB if sys.platform == "darwin" else peak * 1024 / _MB


# -- start-up ----------------------------------------------------------------------------------------------


def _startup() -> Iterable[list[str]]:
    commands = {
        "python -c pass": ["-c", "pass"],
        "import ftfy": ["-c", "import ftfy"],
        "import tidytranscript": ["-c", "import tidytranscript"],
        "from tidytranscript import tidy": ["-c", "from tidytranscript import tidy"],
        "tidy --version": ["-m", "tidytranscript", "--version"],
    }
    found = dict.fromkeys(commands, float("inf"))
    for _ in range(_STARTS):  # in turn, so that a slow moment falls on all alike
        for what, command in commands.items():
            found[what] = min(found[what], _once(command))
    bare = found["python -c pass"]
    for what, seconds in found.items():
        yield [
            *(what, f"{seconds * 1000:.0f}", f"{seconds / bare:.1f}", f"{(seconds - bare) * 1000:.0f}"),
            f"{seconds / found['import ftfy']:.2f}",
        ]


def _once(command: Sequence[str]) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


# -- tables ------------------------------------------------------------------------------------------------


def _show_columns(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One line for each row as soon as it is there."""
    widths = [max(len(heading), 9) for heading in headings]
    widths[headings.index("what")] = 60 if "job" in headings else 34
    if headings[0] == "text":
        widths[0] = 16
    _print_row(headings, widths)
    for row in rows:
        _print_row(row, widths)


def _print_row(row: Sequence[str], widths: Sequence[int]) -> None:
    print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True)


def _show_markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for row in (headings, ["---"] * len(headings)):
        print(f"| {' | '.join(row)} |", flush=True)
    for row in rows:
        cells = [f"`{cell}`" if cell in (_SCAN, _FTFY) else cell for cell in row]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
