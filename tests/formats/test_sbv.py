"""SBV: what is read, what is written back, and what is written anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

LOOSE = """
0:00:01.000,0:00:02.500
>> ANN: Um, the bees[br]are busy.

 0:00:02.5 , 0:00:04.000
Two lines,
  the second.

behind a blank
0:00:05.000,0:00:04.000

0:00:06.000,0:00:07.000

below a blank
10:00:00.000,10:00:01.000
last"""


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(c.span.of(transcript.text), *c.value) for c in transcript.of_kind("cue")]


def test_cues_are_read() -> None:
    found = loads(LOOSE)
    assert [cue for cue in cues(found) if cue[0]] == [
        (">> ANN: Um, the bees\nare busy.", 1000, 2500),
        ("Two lines,\nthe second.\nbehind a blank", 2500, 4000),
        ("below a blank", 6000, 7000),
        ("last", 36000000, 36001000),
    ]
    assert found.frame is not None
    assert found.frame.oddities == (
        (9, "a blank line inside a cue, or words without times", "read them with the cue before"),
    )


@pytest.mark.parametrize("start", ["", "\ufeff", "words before\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_untouched_comes_back(start: str, end: str) -> None:
    document = start + LOOSE.replace("\n", end)
    assert dumps(loads(document, "sbv")) == document
    assert loads(document, "sbv").text == loads(LOOSE).text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_what_is_edited_changes(end: str) -> None:
    document = LOOSE.replace("\n", end)
    assert dumps(tt.tidy(loads(document)).transcript) == document.replace("Um, the", "The")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0:00:01.000,0:00:02.000\nUm.\n\n0:00:02.000,0:00:03.000\nYes.\n", "0:00:02.000,0:00:03.000\nYes.\n"),
        ("0:00:01.000,0:00:02.000\nUm,\nYes.\n", "0:00:01.000,0:00:02.000\nYes.\n"),
        ("0:00:01.000,0:00:02.000\nUm,[br]Yes.\n", "0:00:01.000,0:00:02.000\nYes.\n"),
        ("0:00:01.000,0:00:02.000\nYes,\num.\n", "0:00:01.000,0:00:02.000\nYes.\n"),
    ],
)
def test_what_is_empty_goes(before: str, after: str) -> None:
    assert dumps(tt.tidy(loads(before)).transcript) == after


def test_truncated_anywhere() -> None:
    for end in range(len(LOOSE)):
        if "\n" not in LOOSE[1:end].strip(" "):
            continue
        found = loads(LOOSE[:end], "sbv")
        assert dumps(found) == LOOSE[:end]
        assert loads(LOOSE).text.startswith(found.text[:20])


@given(st.text(alphabet="0123:.,\n\r br[]", max_size=80))
def test_no_text_raises(text: str) -> None:
    document = "0:00:01.000,0:00:02.000\n" + text
    assert dumps(loads(document, "sbv")) == document


def test_likeness() -> None:
    part = FORMATS["sbv"].part
    others = ["", "some text", "1\n00:00:01,000 --> 00:00:02,000\nYes", "WEBVTT\n\n00:01.000 --> 00:02.000\nYes"]
    others += ["It was 0:00:01.000,0:00:02.000 then", "[00:01.00]Yes", "0:01,0:02\nYes"]
    assert [part.likeness(text) for text in others] == [0] * len(others)
    assert part.likeness(LOOSE) == 2
    with pytest.raises(UnreadableInput):
        loads("some text", "sbv")


@st.composite
def timed(draw: st.DrawFn) -> Transcript:
    text, labels = "", []
    for i in range(draw(st.integers(1, 4))):
        text += "\n" if i else ""
        start = len(text)
        text += "\n".join(
            draw(st.lists(st.sampled_from(["bees", "R&D  x", "<b>", "it's, so"]), min_size=1, max_size=3))
        )
        times = Times(draw(st.integers(0, 10**8)), draw(st.integers(0, 10**8)))
        labels.append(Label(Span(start, len(text)), "cue", times))
    return Transcript(text, tuple(labels))


@given(timed())
def test_what_is_written_is_read_again(transcript: Transcript) -> None:
    again = loads(dumps(transcript, "sbv"))
    assert (again.text, again.of_kind("cue")) == (transcript.text, transcript.of_kind("cue"))


def test_names_stand_as_youtube_asks() -> None:
    found = loads("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.\n\n00:02.000 --> 00:03.000\n<v Bo>Oh.")
    assert dumps(found, "sbv") == "0:00:01.000,0:00:02.000\n>> Ann: Yes.\n\n0:00:02.000,0:00:03.000\n>> Bo: Oh.\n"
