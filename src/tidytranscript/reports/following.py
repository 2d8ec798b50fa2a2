"""The run of `tidy --follow`: live text in, line by line, and what has settled out."""

from __future__ import annotations

import codecs
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, Final

from tidytranscript.pipeline import Pipeline
from tidytranscript.reports.jobs import explained_fault
from tidytranscript.reports.terminal import Trouble, put, say
from tidytranscript.streaming import Stream

_WAIT: Final = 0.2  # seconds between two looks at a file that may grow
_INTERRUPTED: Final = 130


def follow(file: str, pipeline: Pipeline, encoding: str | None, *, quiet: bool) -> int:
    """Write what has settled of standard input until it ends, or of a growing file until Ctrl-C. The exit code."""
    stream = Stream(pipeline.live())
    left = {pass_.name for pass_ in stream.pipeline.running}
    without = [name for name in dict.fromkeys(pass_.name for pass_ in pipeline.running) if name not in left]
    if not stream.pipeline.running:
        raise Trouble(f"--follow can run none of these passes: {', '.join(without)} need the whole text. Select others")
    shown = "<stdin>" if file == "-" else file
    if not quiet:
        narrower = {
            now.name for now, whole in zip(stream.pipeline.passes, pipeline.passes, strict=True) if now != whole
        }
        told = f"without {', '.join(without) or 'nothing'}"
        if narrower & left:
            told += f"; narrower {', '.join(sorted(narrower & left))}"
        say(f"{shown}: following, at least {stream.reach} words behind; {told}")
    code = number = 0
    decoder = codecs.getincrementaldecoder(encoding or "utf-8-sig")()
    try:
        with sys.stdin.buffer if file == "-" else open(file, "rb") as lines:
            for line in lines if file == "-" else _growing(lines):
                number += 1
                if settled := stream.feed(decoder.decode(line).replace("\r\n", "\n")).text:
                    put(settled)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except UnicodeError as error:
        put(stream.close().text)
        raise Trouble(f"{shown}: line {number}: {error}. Say what it is encoded in with --encoding") from None
    except OSError as error:
        if error.filename is None:
            raise
        raise Trouble(explained_fault(error, file)) from None
    put(stream.close().text)
    return code


def _growing(lines: BinaryIO) -> Iterator[bytes]:
    while True:
        if line := lines.readline():
            yield line
        else:
            time.sleep(_WAIT)
