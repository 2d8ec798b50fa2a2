"""Caption files of many cues and of huge ones: time grows as the file does."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

import tidytranscript as tt
from tidytranscript.formats import dumps, loads
from tidytranscript.formats.clocks import clock
from tidytranscript.formats.recut import recut
from tidytranscript.transcript import Transcript

MOST = 3.5  # times as long for twice as much: 2 and the noise of a busy machine; 4 and more if it were quadratic
LEAST_S = 0.02  # a shorter time says nothing


def timing(i: int, mark: str) -> str:
    return f"{clock(2000 * i, mark)} --> {clock(2000 * i + 1900, mark)}"


def subrip(n: int) -> str:
    return "".join(f"{i + 1}\n{timing(i, ',')}\nthis is, um, line {i} of it\nand a second one\n\n" for i in range(n))


def marked_subrip(n: int) -> str:
    return "".join(f"{i + 1}\r\n{timing(i, ',')}\r\n<i>um,\r\nline {i}</i> of it\r\n\r\n" for i in range(n))


def voices(n: int) -> str:
    return "WEBVTT\n\n" + "".join(f"{timing(i, '.')}\n<v Ann{i % 3}>this is, um, line {i}\n\n" for i in range(n))


def youtube(n: int) -> str:
    rows = (f"{timing(i, '.')}\nrow<{clock(2000 * i + 300)}><c> um,</c><c> {i}</c>\n\n" for i in range(n))
    return "WEBVTT\nKind: captions\n\n" + "".join(rows)


def emptied(n: int) -> str:
    return "WEBVTT\n\n" + "".join(f"id {i}\n{timing(i, '.')}\n<v Ann>um,\n\nNOTE {i}\n\n" for i in range(n))


def tidied(transcript: Transcript) -> Transcript:
    return tt.tidy(transcript, select=["fillers"]).transcript


def read(content: str) -> Callable[[], object]:
    return lambda: loads(content)


def written_after_edits(content: str) -> Callable[[], object]:
    transcript = tidied(loads(content))
    return lambda: dumps(transcript)


def cut_anew(content: str) -> Callable[[], object]:
    transcript = loads(content)
    return lambda: recut(transcript)


def other_format(content: str) -> Callable[[], object]:
    transcript = loads(content)
    other = "vtt" if transcript.frame and transcript.frame.format == "srt" else "srt"
    return lambda: dumps(transcript, other)


def best(run: Callable[[], object]) -> float:
    """The shortest of three times, in seconds; without the garbage collector, whose rounds come in steps."""
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            start = time.process_time()
            run()
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(taken)


@pytest.mark.parametrize("made", [subrip, marked_subrip, voices, youtube, emptied])
@pytest.mark.parametrize(
    ("work", "cues"),
    [(read, 10_000), (written_after_edits, 4_000), (other_format, 4_000), (cut_anew, 2_000)],
    ids=["read", "written", "converted", "cut anew"],
)
def test_twice_the_cues_take_twice_the_time(
    made: Callable[[int], str], work: Callable[[str], Callable[[], object]], cues: int
) -> None:
    short, long = work(made(cues)), work(made(2 * cues))
    if best(short) < LEAST_S:
        pytest.skip("too short to be measured")
    assert any(best(long) < MOST * best(short) for _ in range(3))  # another process may have had its share


@pytest.mark.parametrize("format_", ["srt", "vtt"])
@pytest.mark.parametrize(
    "line", ["word um, and so on. ", "<i>word</i> um, ", "a & b < c, um, ", "one\n", "\n \n", "5\n\n"]
)
def test_one_huge_cue(format_: str, line: str) -> None:
    head = f"WEBVTT\n\n{timing(0, '.')}\n" if format_ == "vtt" else f"1\n{timing(0, ',')}\n"
    content = head + line * (300_000 // len(line))
    huge = loads(content, format_)
    assert dumps(huge) == content
    assert loads(dumps(huge, "vtt"), "vtt").text.split() == huge.text.split() or format_ == "srt"


def test_one_cue_of_five_megabytes() -> None:
    said = "all of it, um, in one cue " * 200_000
    huge = loads(f"WEBVTT\n\n{timing(0, '.')}\n{said}")
    assert huge.text == said.rstrip()
    written = dumps(tidied(huge))
    assert "um" not in written
    assert len(loads(written).text.split()) == 6 * 200_000
