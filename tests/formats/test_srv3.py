"""YouTube's timed text, of the third version and the older ones."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.formats.srv1 import read, written
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

AUTOMATIC = """<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">
<head>
<ws id="0"/><wp id="1" ap="6"/>
</head>
<body>
<w t="0" id="1" wp="1" ws="1"/>
<p t="1000" d="4000" w="1"><s ac="255">um</s><s t="400" ac="255"> the</s><s t="700"> bees</s></p>
<p t="2500" d="2500" w="1" a="1">
</p>
<p t="2510" d="3000" w="1"><s ac="0">are</s><s t="300"> R&amp;D</s></p>
<p t="6000" d="500" w="1"><s>[Music]</s></p>
</body>
</timedtext>
"""
HUMAN = (
    '<timedtext format="3"><head><pen id="1" b="1"/></head><body>\n'
    '<p t="0" d="1500" p="1">It&#39;s two\nlines</p>\n<p t="1500" d="700"><s p="1">Bold</s> &amp;amp; plain</p>\n'
    "<p>No time</p>\n<p t='x' d='9'> </p></body></timedtext>"
)
OLDER = """<?xml version="1.0" encoding="utf-8" ?><transcript>
  <text start="0" dur="1.54">Um, it&amp;#39;s &lt;i>not&lt;/i&gt; mine</text>
  <text start="1.54" dur="0.5"></text>
  <text start="2"/>
  <text start="2.0406" dur="3">R&amp;amp;D &amp; one
two &#233;</text>
</transcript>
"""
SECOND = (
    '<timedtext><window t="0" id="1"/><text t="40" d="1960" w="1">bees</text>'
    '<text t="2000" append="1">\n</text></timedtext>'
)


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(c.span.of(transcript.text), *c.value) for c in transcript.of_kind("cue")]


def words(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(w.span.of(transcript.text), *w.value) for w in transcript.of_kind("word")]


def test_automatic_captions() -> None:
    found = loads(AUTOMATIC)
    assert cues(found) == [("um the bees", 1000, 5000), ("are R&D", 2510, 5510), ("[Music]", 6000, 6500)]
    assert words(found) == [
        ("um", 1000, 1400),
        ("the", 1400, 1700),
        ("bees", 1700, 2510),
        ("are", 2510, 2810),
        ("R&D", 2810, 5510),
        ("[Music]", 6000, 6500),
    ]
    assert found.frame is not None
    assert found.frame.extras == {"styles": 2}
    assert found.frame.oddities == ()


def test_captions_by_people() -> None:
    found = loads(HUMAN)
    assert found.text == "It's two\nlines\nBold &amp; plain\nNo time"
    assert cues(found) == [("It's two\nlines", 0, 1500), ("Bold &amp; plain", 1500, 2200)]
    assert words(found) == []
    assert found.frame is not None
    assert [odd.problem for odd in found.frame.oddities] == ["a paragraph without a time"]


def test_older_captions_are_escaped_twice() -> None:
    found = loads(OLDER)
    assert found.frame is not None
    assert found.frame.format == "srv1"
    assert cues(found) == [("Um, it's not mine", 0, 1540), ("R&D & one\ntwo é", 2041, 5041)]
    assert found.frame.extras == {"tags": 2}
    assert cues(loads(SECOND)) == [("bees", 40, 2000)]


@pytest.mark.parametrize("text", [AUTOMATIC, HUMAN, OLDER, SECOND])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_untouched_comes_back(text: str, end: str) -> None:
    document = "\ufeff" + text.replace("\n", end)
    assert dumps(loads(document)) == document
    assert loads(document).text == loads(text).text


def test_only_what_is_edited_changes() -> None:
    tidied = dumps(tt.tidy(loads(AUTOMATIC)).transcript)
    um, the = '<s ac="255">um</s>', '<s t="400" ac="255"> the</s>'
    assert tidied == AUTOMATIC.replace(um + the, '<s t="400" ac="255">the</s>')
    assert words(loads(tidied)) == words(loads(AUTOMATIC))[1:]
    assert dumps(tt.tidy(loads(OLDER)).transcript) == OLDER.replace("Um, it&amp;#39;s", "It&amp;#39;s")


def test_empty_paragraph_goes() -> None:
    left = "".join(line + "\n" for line in AUTOMATIC.split("\n")[:-1] if "[Music]" not in line)
    found = loads(AUTOMATIC)
    start = found.text.index("\n[Music]")
    kept = [Label(Span(min(x.span.start, start), min(x.span.end, start)), x.kind, x.value) for x in found.labels]
    assert dumps(Transcript(found.text[:start], tuple(kept), {}, found.frame)) == left
    um = OLDER.replace("Um, it&amp;#39;s &lt;i>not&lt;/i&gt; mine", "Um.")
    assert dumps(tt.tidy(loads(um)).transcript) == um.replace('  <text start="0" dur="1.54">Um.</text>\n', "")


@pytest.mark.parametrize("text", ["a & b", "&amp;", "<i>x</i>", 'it\'s "so" &#39;', "&amp;#39;"])
def test_escapes_of_the_older_form(text: str) -> None:
    row = f'<transcript><text start="1" dur="1">{written(text)}</text></transcript>'
    assert loads(row).text == text
    ET.fromstring(row)


def test_reading_one_piece() -> None:
    assert [read(piece) for piece in ("&amp;quot;", "&quot;", "&amp;", "plain & so")] == ['"', '"', "&", "plain & so"]


@pytest.mark.parametrize("text", [AUTOMATIC, HUMAN, OLDER, SECOND])
def test_truncated_anywhere(text: str) -> None:
    name = loads(text).frame.format  # type: ignore[union-attr]
    for end in range(0, len(text), 2):
        read_or_refused(text[:end], name)


def read_or_refused(document: str, name: str) -> None:
    try:
        found = loads(document, name)
    except UnreadableInput:
        return
    assert dumps(found) == document


@given(st.text(alphabet="<>/&;=\"'ps tbr![]-#x\n\r\ud8000é", max_size=60))
def test_no_text_raises(inside: str) -> None:
    read_or_refused(f'<timedtext format="3"><p t="0" d="1">{inside}</p></timedtext>', "srv3")
    read_or_refused(f'<transcript><text start="0">{inside}</text></transcript>', "srv1")
    read_or_refused(inside, "srv3")


@pytest.mark.parametrize("time", ["-5", "1e9", "NaN", "9" * 400, "", "1.5", "١"])
def test_odd_times(time: str) -> None:
    for document in (
        f'<timedtext format="3"><body><p t="{time}" d="{time}">x <s t="{time}">y</s></p></body></timedtext>',
        f'<transcript><text start="{time}" dur="{time}">x y</text></transcript>',
    ):
        assert loads(document).text == "x y"


def test_likeness() -> None:
    third, older = FORMATS["srv3"].part, FORMATS["srv1"].part
    texts = [AUTOMATIC, HUMAN, OLDER, SECOND, "<timedtext/>", "<transcript/>", "<tt><text x='1'/></tt>", "WEBVTT", ""]
    assert [third.likeness(text) for text in texts] == [2, 2, 0, 0, 0, 0, 0, 0, 0]
    assert [older.likeness(text) for text in texts] == [0, 0, 2, 2, 0, 0, 0, 0, 0]
    for text, name in (('<timedtext format="3"/>', "srv3"), ("<transcript></transcript>", "srv1")):
        with pytest.raises(UnreadableInput):
            loads(text, name)


@st.composite
def timed(draw: st.DrawFn) -> Transcript:
    """Cues that follow one another, sometimes with words that follow one another."""
    text, labels, ms = "", [], draw(st.integers(0, 5000))
    timed = draw(st.booleans())
    for i in range(draw(st.integers(1, 4))):
        text += "\n" if i else ""
        start, begin = len(text), ms
        said = draw(
            st.lists(st.sampled_from(["bees", "R&D", "<b>", "it's", "café", "&amp;", '"']), min_size=1, max_size=4)
        )
        for j, word in enumerate(said):
            text += draw(st.sampled_from([" ", "\n", "  "])) if j else ""
            until = ms + draw(st.integers(0, 900))
            if timed:
                labels.append(Label(Span(len(text), len(text) + len(word)), "word", Times(ms, until)))
            text += word
            ms = until
        labels.append(Label(Span(start, len(text)), "cue", Times(begin, ms)))
    return Transcript(text, tuple(labels))


@given(timed())
def test_what_is_written_is_read_again(transcript: Transcript) -> None:
    for name, kinds in (("srv3", ("cue", "word")), ("srv1", ("cue",))):
        document = dumps(transcript, name)
        ET.fromstring(document)
        again = loads(document)
        assert again.text == transcript.text
        assert all(again.of_kind(kind) == transcript.of_kind(kind) for kind in kinds)
        assert dumps(again) == document


def test_names_stand_before_what_is_new() -> None:
    found = loads("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.\n\n00:02.000 --> 00:03.000\n<v Ann>Oh.")
    assert loads(dumps(found, "srv3")).text == loads(dumps(found, "srv1")).text == "Ann: Yes.\nOh."
