"""What a format cannot hold is said, in words; what it can hold is not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import tidytranscript as tt
from tidytranscript.formats import FORMATS, dumps, loads, losses

FILE = (
    "WEBVTT - Bees\n\nNOTE of ours\n\nNOTE and more\n\n00:00:01.000 --> 00:00:03.000 align:start\n"
    "<v Ann>So <00:00:01.500><c>we <i>went</i></c>\n\n00:00:03.000 --> 00:00:04.000\nHome.\n"
)


@pytest.mark.parametrize(
    ("format_", "lost"),
    [
        ("vtt", ()),
        ("srt", ("the times of 3 words", "what is known of the recording (title)")),
        ("text", ("the times of 3 words", "the times of 2 cues")),
        ("markdown", ("the times of 3 words", "the times of 2 cues")),
        ("json", ()),
    ],
)
def test_what_is_lost(format_: str, lost: tuple[str, ...]) -> None:
    extras = () if format_ == "vtt" else ("2 notes", "1 cue settings", "1 tags")
    assert losses(loads(FILE), format_) == (*lost, *extras)


@pytest.mark.parametrize("name", [name for name, found in FORMATS.items() if found.writes])
def test_what_is_not_said_to_be_lost_is_there(name: str) -> None:
    read = loads(FILE)
    lost = " ".join(losses(read, name))
    again = loads(dumps(read, name), name)
    for kind, words in (("cue", "cues"), ("word", "words")):
        if f" {words}" not in lost.partition(" notes")[0]:
            assert len(again.of_kind(kind)) >= len(read.of_kind(kind))
    if "who speaks" not in lost:
        assert "Ann" in [label.value for label in again.of_kind("speaker")] or "Ann" in again.text


def test_the_own_format_loses_nothing() -> None:
    for content in (FILE, "1\n00:00:01,000 --> 00:00:02,000\n<i>So.</i>\n", "So we went.\n"):
        read = loads(content)
        assert read.frame is not None
        assert losses(read, read.frame.format) == ()
        assert losses(tt.tidy(read).transcript, read.frame.format) == ()


def test_large_numbers() -> None:
    """Counts above a thousand have commas."""
    many = "WEBVTT\n\n" + "".join(f"00:{i // 60:02d}:{i % 60:02d}.000 --> 00:59:59.000\nSo.\n\n" for i in range(1200))
    assert losses(loads(many), "text") == ("the times of 1,200 cues",)


def test_write_says_what_was_lost(tmp_path: Path) -> None:
    read = loads(FILE)
    for suffix, n in ((".vtt", 0), (".srt", 5)):
        lost = tt.write(read, tmp_path / f"talk{suffix}")
        assert len(lost) == n, lost
    assert (tmp_path / "talk.vtt").read_bytes() == FILE.encode()
    assert all(before != after for before, after in pairwise(losses(read, "srt")))
