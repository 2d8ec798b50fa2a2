"""SubRip: what is read, what is written back, and what is written anew."""

from __future__ import annotations

import pytest
from caption_laws import LEVELS, comes_back, cues, is_tidied_once
from caption_strategies import cued, subrip_files
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.formats import dumps, loads
from tidytranscript.formats.subrip import likeness
from tidytranscript.transcript import Transcript

T = "00:00:01,000 --> 00:00:03,000"
U = "00:00:03,000 --> 00:00:05,000"


def tidied(file: str) -> str:
    return dumps(tt.tidy(loads(file, "srt"), ignore=["turns"]).transcript)


@given(subrip_files(), st.sampled_from(LEVELS))
def test_any_file(content: str, level: str) -> None:
    read = comes_back(content, "srt")
    if read is not None:
        is_tidied_once(read, "srt", level)


@given(st.text())
def test_any_text(content: str) -> None:
    comes_back(content, "srt")
    comes_back(f"1\n{T}\n{content}", "srt")
    assert likeness(content) in (0, 1, 2)


@given(cued(words=False))
def test_what_is_written_is_read(transcript: Transcript) -> None:
    written = dumps(transcript, "srt")
    again = loads(written, "srt")
    names = {label.value.split()[0] for label in transcript.of_kind("speaker")}
    assert [times for _, *times in cues(again)] == [times for _, *times in cues(transcript)]
    if not names:
        assert again.text.split() == transcript.text.replace("<i>", "").split()
    assert again.frame is not None
    assert not again.frame.oddities
    assert dumps(again) == written


BLANKS = " "  # a line of blanks, as converters leave it
LOOSE = f"""
1
{T}
<i>Um, the bees</i>

2
{U}
are {{\\an8}}<font color="red">busy</font>,
they say.
{BLANKS}
5
00:00:05.5 --> 00:00:07:25
Yes.


00:01:08,000 --> 00:01:09,000
No number.

7
100:00:01,000-->100:00:02,000 X1:1 X2:2
Last"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_loose_files_are_read(newline: str, bom: str) -> None:
    content = bom + LOOSE.replace("\n", newline)
    read = loads(content)
    assert cues(read) == [
        ("Um, the bees", 1000, 3000),
        ("are busy,\nthey say.", 3000, 5000),
        ("Yes.", 5500, 7250),
        ("No number.", 68000, 69000),
        ("Last", 360001000, 360002000),
    ]
    assert dumps(read) == content
    assert read.frame is not None
    if newline == "\n":
        assert [(o.line, o.problem) for o in read.frame.oddities] == [
            (11, "number 5 where 3 should be"),
            (11, "no comma before the milliseconds, in 1 cues"),
            (16, "a cue without a number"),
            (20, "'X1:1 X2:2' behind the times"),
        ]


@pytest.mark.parametrize(
    ("file", "read"),
    [
        (f"1\n{T}\nIn the year\n2021\n\n2\n{U}\nSo.\n", ["In the year\n2021", "So."]),
        (f"1\n{T}\n2021\n2\n{U}\nSo.\n", ["2021", "So."]),
        (f"1\n{T}\nSo.\n2\n{U}\nWe.\n", ["So.", "We."]),
        (f"1\n{T}\n\n2\n{U}\nWe.\n", ["", "We."]),
        (f"1\n{T}\n\nSo.\n \n2\n{U}\n\nWe.\n \n", ["So.", "We."]),
        (f"1\n{T}\nSo.\n\nwe.\n\n2\n{U}\nGo.\n", ["So.\nwe.", "Go."]),
        (f"1\n{T}\nSo.\n\n2\n00:00:0x,000 --> 00:00:03,000\nwe.\n\n3\n{U}\nGo.\n", ["So.\nwe.", "Go."]),
        (f"1\n{T}\n<i>So\nwe</i>.\n", ["So\nwe."]),
        (f"1\n{T}\na < b {{x}} &amp; <v Ann>\n", ["a < b {x} &amp; <v Ann>"]),
        (f"{T}\nSo.\n\n{U}\nWe.\n", ["So.", "We."]),
        (f"1\n{T}", [""]),
        (f"1\n{T}\n{T}\nSo.", ["", "So."]),
        ("1\n00:00:03,000 --> 00:00:01,000\nSo.", ["So."]),
    ],
)
def test_quirks(file: str, read: list[str]) -> None:
    for newline in ("\n", "\r\n", "\r"):
        content = file.replace("\n", newline)
        assert [text for text, _, _ in cues(loads(content, "srt"))] == read
        assert dumps(loads(content, "srt")) == content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"1\n{T}\nUm.\n\n2\n{U}\nYes.\n", f"2\n{U}\nYes.\n"),
        (f"1\n{T}\nYes.\n\n2\n{U}\nUm.\n", f"1\n{T}\nYes.\n\n"),
        (f"1\n{T}\nYes.\n2\n{U}\nUm.\n3\n{U}\nNo.\n", f"1\n{T}\nYes.\n\n3\n{U}\nNo.\n"),
        (f"1\n{T}\nUm,\nyes.\n", f"1\n{T}\nYes.\n"),
        (f"1\n{T}\nYes,\num.\n\n2\n{U}\nNo.\n", f"1\n{T}\nYes.\n\n2\n{U}\nNo.\n"),
        (f"1\n{T}\nYes.\n<i>Um.</i>\n\n2\n{U}\nNo.\n", f"1\n{T}\nYes.\n\n2\n{U}\nNo.\n"),
        (f"1\n{T}\nYes.\nUm. <i>\n\n2\n{U}\nNo.\n", f"1\n{T}\nYes.\n<i>\n\n2\n{U}\nNo.\n"),
        (f"1\n{T}\nYes.\n<i>Um.\nUm.\n\n2\n{U}\nNo.\n", f"1\n{T}\nYes.\n<i>\n\n2\n{U}\nNo.\n"),
        (f"1\n{T}\n<i>Um,\nyes.</i>\n", f"1\n{T}\n<i>Yes.</i>\n"),
        (f"1\n{T}\nso <b>um</b> yes\n", f"1\n{T}\nso yes\n"),
        (f"1\n{T}\n{{\\an8}}Um, yes\n", f"1\n{T}\n{{\\an8}}Yes\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_empty_goes(before: str, after: str, newline: str) -> None:
    assert tidied(before.replace("\n", newline)) == after.replace("\n", newline)


def test_truncated_anywhere() -> None:
    for end in range(len(LOOSE)):
        comes_back(LOOSE[:end], "srt")


@pytest.mark.parametrize("sep", ["\u2028", "\x85", "\v", "\x1c"])
def test_lines_end_at_line_ends_alone(sep: str) -> None:
    assert cues(loads(f"1\n{T}\nso{sep}we\n")) == [(f"so{sep}we", 1000, 3000)]


def test_long_files_are_read_in_linear_time() -> None:
    """Ten thousand of what may be looked for again and again: each is one step."""
    for piece in ("<", "<i", "{\\", "\n ", "\n\n1", "<i>", "-->", f"\n{T}", "00:", "1\n", "\n\n1\nx"):
        comes_back(f"1\n{T}\n" + piece * 10_000, "srt")


def test_huge_numbers() -> None:
    digits = "9" * 5000
    read = loads(f"{digits}\n{T}\nSo.\n\n{digits}\n{U}\nWe.\n", "srt")
    assert read.text == "So.\nWe."
    comes_back(f"1\n{digits}:00:01,000 --> {digits}:00:03,000\nSo.\n", "srt")
