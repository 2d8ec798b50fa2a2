"""Small formats that are only read: LRC, and the tables of Whisper; and those that are refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.transcript import Transcript

LYRICS = """\ufeff[ti:Bees]
[ar:The Hives]
[offset:+100]

[00:01.10]Um, the bees
[00:02.10]<00:02.10>are <00:02.60>bu<00:02.90>sy
[00:04.00]
[00:05.10][01:00.00]again
[00:03.00] late, that is
"""
TABLE = 'start\tend\ttext\n0\t1500\tUm, the bees\n1500\t2000\t are, busy. \n2000\t2100\t\n2100\t3000\t5"\n'
QUOTED = 'start,end,text\r\n0.0,1.5," the ""bees"",\nso"\r\n1.5,2.25,are busy\r\nbroken\r\n'


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(c.span.of(transcript.text), *c.value) for c in transcript.of_kind("cue")]


def test_lrc() -> None:
    found = loads(LYRICS)
    assert cues(found) == [
        ("Um, the bees", 1000, 2000),
        ("are busy", 2000, 3900),
        ("again", 5000, None),
        ("late, that is", 2900, None),
    ]
    words = [(w.span.of(found.text), *w.value) for w in found.of_kind("word")]
    assert words == [("are", 2000, 2500), ("busy", 2500, 3900)]
    assert found.metadata == {"title": "Bees"}
    assert found.frame is not None
    assert found.frame.extras == {"times of words that come again": 1}
    assert "00:00:01.000 --> 00:00:02.000\nThe bees" in dumps(tt.tidy(found).transcript, "vtt")


def test_tables() -> None:
    assert cues(loads(TABLE)) == [("Um, the bees", 0, 1500), ("are, busy.", 1500, 2000), ('5"', 2100, 3000)]
    assert cues(loads(QUOTED)) == [('the "bees",\nso', 0, 1500), ("are busy", 1500, 2250)]


@pytest.mark.parametrize("text", [LYRICS, TABLE, QUOTED])
def test_truncated_anywhere(text: str) -> None:
    name = loads(text).frame.format  # type: ignore[union-attr]
    for end in range(len(text)):
        read_or_refused(text[:end], name)


def read_or_refused(text: str, name: str) -> None:
    try:
        loads(text, name)
    except UnreadableInput:
        return


@given(st.text(alphabet='[]<>0123:.\n\r\t, "a', max_size=60))
def test_no_text_raises(text: str) -> None:
    read_or_refused("[00:01.00]" + text, "lrc")
    read_or_refused("start\tend\ttext\n1\t2\t" + text, "tsv")
    read_or_refused(text, "tsv")


def test_likeness() -> None:
    lrc, tsv = FORMATS["lrc"].part, FORMATS["tsv"].part
    texts = [LYRICS, "[00:01.00]One\n[00:02.00]two", "[00:01.00] One\n[00:02.00] two", "[ti:x]\n[00:01]One"]
    assert [lrc.likeness(text) for text in texts] == [2, 2, 1, 2]
    keeps = [
        "",
        "[00:01] Ann: Hi.",
        "[Ann] 00:01",
        "[00:01.00]One\nand prose",
        "[Script Info]\n",
        '["00:01.00"]',
        TABLE,
    ]
    assert [lrc.likeness(text) for text in keeps] == [0] * len(keeps)
    assert [tsv.likeness(text) for text in (TABLE, QUOTED, "Start,End,Text\n")] == [2, 2, 2]
    keeps = [
        "",
        "start end text\n",
        "start,end,text is what we said",
        "start\tend\n",
        "Starting, ending, text\n",
        LYRICS,
    ]
    assert [tsv.likeness(text) for text in keeps] == [0] * len(keeps)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('File type = "ooTextFile"\nObject class = "TextGrid"\n', "TextGrid"),
        ("//Font select\n$FontName       = Arial\n00:00:01:00 , 00:00:02:00 , Yes\n", "STL"),
        ("850STL25.01    ", "STL"),
        ("{1}{25}Yes.", "MicroDVD"),
    ],
)
def test_others_are_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(UnreadableInput, match=name):
        loads(text)
    assert loads("File type is what we call it. $FontName = no.\n").text
