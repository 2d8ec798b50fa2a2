"""Caption files of many cues and of huge ones: time grows as the file does; and cues of plain lines, read in short."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from caption_laws import LEVELS
from caption_strategies import webvtt_files
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.formats import cuetext, dumps, loads
from tidytranscript.formats.clocks import clock
from tidytranscript.formats.recut import recut
from tidytranscript.transcript import Label, Transcript

CUES = 10_000  # and twice as many
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
    taken = []
    for _ in range(3):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("made", [subrip, marked_subrip, voices, youtube, emptied])
@pytest.mark.parametrize(
    "work",
    [lambda content: lambda: loads(content), written_after_edits, other_format, cut_anew],
    ids=["read", "written", "converted", "cut anew"],
)
def test_twice_the_cues_take_twice_the_time(
    made: Callable[[int], str], work: Callable[[str], Callable[[], object]]
) -> None:
    short = best(work(made(CUES)))
    if short < LEAST_S:
        pytest.skip("too short to be measured")
    assert best(work(made(2 * CUES))) < MOST * short


@pytest.mark.parametrize("format_", ["srt", "vtt"])
@pytest.mark.parametrize(
    "line", ["word um, and so on. ", "<i>word</i> um, ", "a & b < c, um, ", "one\n", "\n \n", "5\n\n"]
)
def test_one_huge_cue(format_: str, line: str) -> None:
    head = f"WEBVTT\n\n{timing(0, '.')}\n" if format_ == "vtt" else f"1\n{timing(0, ',')}\n"
    content = head + line * (1_000_000 // len(line))
    read = loads(content, format_)
    assert dumps(read) == content
    assert loads(dumps(read, "vtt"), "vtt").text.split() == read.text.split() or format_ == "srt"


def test_one_cue_of_five_megabytes() -> None:
    said = "all of it, um, in one cue " * 200_000
    read = loads(f"WEBVTT\n\n{timing(0, '.')}\n{said}")
    assert read.text == said.rstrip()
    written = dumps(tidied(read))
    assert written.count("um,") == 0
    assert loads(written).text.split() == said.replace("um, ", "").split()


def facts(transcript: Transcript) -> tuple[str, list[Label]]:
    """The text, and all labels but holes: these may be cut in different ways."""
    order = sorted(transcript.labels, key=lambda label: (label.span, label.kind))
    return transcript.text, [label for label in order if label.kind != "hole"]


@given(webvtt_files(), st.sampled_from(LEVELS))
def test_plain_lines_are_read_in_short_as_they_are_at_length(content: str, level: str) -> None:
    short = loads(content, "vtt")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cuetext, "_fill_simple", lambda *_: False)
        long = loads(content, "vtt")
    assert facts(short) == facts(long)
    results = [tt.tidy(transcript, level, ignore=["turns"]) for transcript in (short, long)]
    assert results[0].text == results[1].text
    read_again = [loads(dumps(result.transcript), "vtt").text.split() for result in results]
    assert read_again[0] == read_again[1]
