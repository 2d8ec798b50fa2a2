"""Big files come out right; how long they take is for the bench, which measures beside others."""

from __future__ import annotations

import pytest

from tidytranscript import dumps, loads, tidy
from tidytranscript.formats.clocks import clock


@pytest.mark.parametrize(("name", "head", "mark"), [("srt", "1\n", ","), ("vtt", "WEBVTT\n\n", ".")])
def test_one_huge_cue(name: str, head: str, mark: str) -> None:
    times = f"{clock(0, mark)} --> {clock(600_000, mark)}\n"
    content = f"{head}{times}{'so we went, um, <i>down</i> to it and on' * 5_000}\n"
    transcript = loads(content, name)
    assert dumps(transcript) == content
    result = tidy(transcript, ignore=["turns"])
    assert "um" not in result.text
    assert loads(dumps(result.transcript), name).text.split() == result.text.split()


def test_many_cues_without_length_out_of_order_and_beyond_a_hundred_hours() -> None:
    times = [(400_000_000 - i * 7) // 7 * 7 for i in range(5_000)]
    blocks = [f"{i}\n{clock(ms, ',')} --> {clock(ms, ',')}\nword {i}\n" for i, ms in enumerate(times, 1)]
    content = "\n".join(blocks)
    transcript = loads(content, "srt")
    assert [label.value for label in transcript.of_kind("cue")] == [(ms, ms) for ms in times]
    assert transcript.text.split("\n") == [f"word {i}" for i in range(1, 5_001)]
    assert dumps(tidy(transcript, "verbatim", ignore=["turns"]).transcript) == content
