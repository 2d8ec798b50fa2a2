"""TTML: what is read, what is written back, and what is written anew."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads, xmltree
from tidytranscript.formats.ttmltime import Rates, milliseconds, rates
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

PLAIN = """<?xml version="1.0" encoding="utf-16"?>
<!DOCTYPE tt [ <!ENTITY a "ha"> <!ENTITY b "&a;&a;&a;"> ]>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en-GB">
  <head>
    <metadata><ttm:title>Bees &amp; hives</ttm:title>
      <ttm:agent xml:id="a1" type="person"><ttm:name type="alias">Annie</ttm:name>
      <ttm:name type="full">Ann Lee</ttm:name></ttm:agent>
      <ttm:agent xml:id="a2"/>
    </metadata>
    <styling><style xml:id="s" tts:color="red"/></styling>
    <layout><region xml:id="r"/></layout>
  </head>
  <body>
    <div>
      <!-- the first -->
      <p xml:id="c1" begin="00:00:01.5" end="3s" ttm:agent="a1">
        Um, the caf&#233;'s bees<br/>
        are  busy,
        all of them.
      </p>
      <p xml:id="c1" begin="4s" dur="1s" ttm:agent="a1">R&amp;D <span tts:color="blue">goes <span>on</span></span>.</p>
    </div>
    <div begin="10s">
      <p begin="500ms" end="2s" ttm:agent="a2"><![CDATA[I <think> so & so.]]></p>
      <p begin="3s" end="4s">   </p>
      <p>No time.</p>
    </div>
  </body>
</tt>
"""
WORDS = (
    '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
    '<p begin="10s" end="12s"><span begin="0s" end="0.4s">Um,</span> <span begin="0.4s" end="0.8s">bees</span> '
    '<span begin="0.8s" end="1s">are bu</span><span begin="1s" end="1.5s">sy</span>.</p>'
    '<p begin="20s" end="22s"><span begin="0s">Well,</span> <span begin="1s">yes.</span></p>'
    '<p begin="30s" end="32s"><span begin="0s">this is a span of many words</span></p>'
    "</div></body></tt>"
)
NESTED = (
    '<tt xmlns="http://www.w3.org/ns/ttml"><body dur="40"><div begin="19.5" end="30">'
    '<p begin="19.5" end="21"><span begin="19.5" end="20.25">One</span> <span begin="20.25" end="21">two</span></p>'
    "</div></body></tt>"
)


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(c.span.of(transcript.text), *c.value) for c in transcript.of_kind("cue")]


def words(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(w.span.of(transcript.text), *w.value) for w in transcript.of_kind("word")]


def body(inside: str, attributes: str = "") -> str:
    return f'<tt xmlns="http://www.w3.org/ns/ttml" {attributes}><body><div>{inside}</div></body></tt>'


def test_text_cues_speakers_and_facts_are_read() -> None:
    found = loads(PLAIN)
    assert found.frame is not None
    assert found.text.split("\n") == [
        "Um, the café's bees",
        "are  busy, all of them.",
        "R&D goes on.",
        "I <think> so & so.",
        "No time.",
    ]
    assert [(start, end) for _, start, end in cues(found)] == [
        (1500, 3000),
        (4000, 5000),
        (10500, 12000),
        (10000, None),
    ]
    said = [(label.value, label.span.of(found.text)[:3]) for label in found.of_kind("speaker")]
    assert said == [("Ann Lee", "Um,"), ("a2", "I <")]
    assert found.metadata == {"title": "Bees & hives", "language": "en-GB"}
    assert found.frame.extras == {"styles": 1, "regions": 1, "comments": 1}
    assert [label.value for label in found.of_kind("identifier")] == ["c1", "c1"]
    assert [odd.line for odd in found.frame.oddities] == [21, 26]


def test_words_have_the_times_of_their_spans() -> None:
    assert words(loads(WORDS)) == [
        ("Um,", 10000, 10400),
        ("bees", 10400, 10800),
        ("are", 10800, 11000),
        ("busy.", 10800, 11500),
        ("Well,", 20000, 21000),
        ("yes.", 21000, 22000),
    ]


def test_times_inside_others_may_all_count_from_the_start() -> None:
    found = loads(NESTED)
    assert cues(found) == [("One two", 19500, 21000)]
    assert words(found) == [("One", 19500, 20250), ("two", 20250, 21000)]
    assert found.frame is not None
    assert len(found.frame.oddities) == 1


def test_times_inside_others_add_to_them_otherwise() -> None:
    inside = '<p begin="1s" end="3s">One</p><p begin="4s" end="5s">two</p>'
    document = f'<tt><body begin="2s"><div begin="3s" end="100s">{inside}</div></body></tt>'
    assert cues(loads(document)) == [("One", 6000, 8000), ("two", 9000, 10000)]


def test_sequence_follows_one_another() -> None:
    inside = '<p dur="2s">One</p><p begin="1s" dur="2s">two</p>'
    document = f'<tt><body><div timeContainer="seq" begin="1s">{inside}</div></body></tt>'
    assert cues(loads(document)) == [("One", 1000, 3000), ("two", 4000, 6000)]


def test_paragraph_without_times_takes_those_of_its_spans() -> None:
    found = loads(
        body('<p><span begin="1s" end="2s">One two three four five six</span> <span begin="3s" end="4s">yes</span></p>')
    )
    assert cues(found) == [("One two three four five six yes", 1000, 4000)]
    assert words(found) == [("yes", 3000, 4000)]


def test_preserved_line_ends_are_line_ends() -> None:
    document = body('<p begin="1s" end="2s" xml:space="preserve">One \n two</p><p begin="3s" end="4s">three\n four</p>')
    assert loads(document).text == "One\ntwo\nthree four"


def test_what_is_not_said_is_left_out() -> None:
    inside = (
        '<p begin="1s" end="2s"><metadata><ttm:desc>no</ttm:desc></metadata>Kanji'
        '<span tts:ruby="text">kana</span> stay<set tts:color="red"/></p>'
    )
    found = loads(body(inside))
    assert found.text == "Kanji stay"
    assert found.frame is not None
    assert found.frame.extras == {"ruby notes": 1}


@pytest.mark.parametrize(
    ("expression", "ms"),
    [
        ("00:00:01", 1000),
        ("01:02:03.4567", 3723457),
        ("00:00:01,5", 1500),
        ("3:58.640", 238640),
        ("00:00:01:12", 1500),
        ("00:00:01:12.1", 1521),
        ("12.5s", 12500),
        ("500ms", 500),
        ("1.5h", 5400000),
        ("2m", 120000),
        ("36f", 1500),
        ("50t", 500),
        ("19.764", 19764),
        ("1:2", 62000),
        ("wallclock(1)", None),
        ("-1s", None),
        ("1e9s", None),
        ("٣s", None),
        ("", None),
        ("9" * 400 + "s", None),
    ],
)
def test_time_expressions(expression: str, ms: int | None) -> None:
    by = rates({"frameRate": "24", "subFrameRate": "2", "tickRate": "100"})
    assert milliseconds(expression, by) == ms


def test_frame_rates() -> None:
    slow = rates({"frameRate": "30", "frameRateMultiplier": "1000 1001"})
    assert milliseconds("30f", slow) == 1001
    assert milliseconds("00:00:10:00", slow) == 10000
    smpte = rates({"frameRate": "30", "frameRateMultiplier": "1000:1001", "timeBase": "smpte"})
    assert milliseconds("01:00:00:00", smpte) == 3603600
    drops = rates({"frameRate": "30", "frameRateMultiplier": "1000 1001", "timeBase": "smpte", "dropMode": "dropNTSC"})
    assert milliseconds("01:00:00:00", drops) == 3599996
    assert rates({"frameRate": "0", "frameRateMultiplier": "1", "tickRate": "x"}) == Rates(ticks=30)


@pytest.mark.parametrize("document", [PLAIN, WORDS, NESTED, "\ufeff \n" + PLAIN, PLAIN.replace("\n", "\r\n")])
def test_untouched_comes_back(document: str) -> None:
    assert dumps(loads(document)) == document
    assert loads(document).text == loads(PLAIN).text or document in (WORDS, NESTED)


def test_only_what_is_edited_changes() -> None:
    tidied = dumps(tt.tidy(loads(PLAIN, "ttml")).transcript)
    assert tidied == PLAIN.replace("Um, the", "The").replace("are  busy", "are busy")


def test_timed_word_goes_with_its_span() -> None:
    result = tt.tidy(loads(WORDS)).transcript
    tidied = dumps(result)
    assert "Um" not in tidied
    assert tidied.count("<span") == WORDS.count("<span") - 1
    ET.fromstring(tidied)
    assert (
        words(loads(tidied)) == [w for w in words(loads(WORDS)) if w[0] != "Um,"]
        or words(loads(tidied))[0][0] == "Bees"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p begin="1s" end="2s">Um.</p><p begin="2s" end="3s">Yes.</p>', '<p begin="2s" end="3s">Yes.</p>'),
        ('\n <p begin="1s" end="2s">Um.</p>\n <p begin="2s" end="3s">Yes.</p>', '\n <p begin="2s" end="3s">Yes.</p>'),
        ('<p begin="1s" end="2s">Um,<br/>Yes.</p>', '<p begin="1s" end="2s">Yes.</p>'),
        ('<p begin="1s" end="2s">Yes,<br />um.</p>', '<p begin="1s" end="2s">Yes.</p>'),
        (
            '<p begin="1s" end="2s"><span>Um,</span><br/><span>Yes.</span></p>',
            '<p begin="1s" end="2s"><span>Yes.</span></p>',
        ),
        ('<p begin="1s" end="2s"><span>Um,<br/>Yes.</span></p>', '<p begin="1s" end="2s"><span>Yes.</span></p>'),
    ],
)
def test_what_is_empty_goes(before: str, after: str) -> None:
    tidied = dumps(tt.tidy(loads(body(before))).transcript)
    assert tidied == body(after)


def test_new_text_is_escaped() -> None:
    found = loads(body('<p begin="1s" end="2s">A and B</p>'))
    new = "A & B < C"
    changed = Transcript(new, tuple(Label(Span(0, len(new)), x.kind, x.value) for x in found.labels), {}, found.frame)
    assert "A &amp; B &lt; C" in dumps(changed)
    assert loads(dumps(changed)).text == new


def test_loose_ampersands_and_unknown_entities_are_read() -> None:
    found = loads(body('<p begin="1s" end="2s">R&D &nbsp;x&co; &#0; a\x00b</p>'))
    assert found.text == "R&D \u00a0x&co; &#0; a\x00b"
    assert found.frame is not None
    assert found.frame.oddities[0].problem == "an & that begins no escape, in 2 places"
    assert dumps(found) == found.frame.raw


def test_entities_are_never_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 50}">' for i in range(1, 20))
    document = f'<!DOCTYPE tt [<!ENTITY e0 "ha">{bomb}]>' + body('<p begin="1s" end="2s" x="&e19;">&e19;</p>')
    assert loads(document).text == "&e19;"


def test_wrong_nesting_keeps_what_stands_above() -> None:
    found = loads(
        body('<p begin="1s" end="2s">One</p><p begin="2s" end="3s">two</b></p><p begin="3s" end="4s">three</p>')
    )
    assert [cue[0] for cue in cues(found)] == ["One", "two"]
    assert found.frame is not None
    assert "mismatched tag" in found.frame.oddities[0].problem


def read_or_refused(document: str) -> Transcript | None:
    """The transcript, which is then written back unchanged; None where the file is refused, as it may be."""
    try:
        found = loads(document, "ttml")
    except UnreadableInput:
        return None
    assert dumps(found) == document
    return found


@pytest.mark.parametrize("document", [PLAIN, WORDS])
def test_truncated_anywhere(document: str) -> None:
    whole = loads(document).text
    first = document.index(">", document.index("<p"))
    for end in range(0, len(document), 3):
        found = read_or_refused(document[:end])
        assert (found is None) == (end <= first)
        assert found is None or end > len(document) - 30 or whole.startswith(found.text[:8])


@given(st.text(alphabet="<>/&;=\"'p bt![]-#x\n\r\ud800é", max_size=60))
def test_no_text_raises(inside: str) -> None:
    assert read_or_refused(body(f'<p begin="1s">{inside}</p>')) is not None
    read_or_refused(f"<tt>{inside}")
    read_or_refused(inside)


def test_deep_nesting_and_odd_attributes() -> None:
    deep = "<span>" * 5000 + "deep" + "</span>" * 5000
    assert loads(body(f'<p begin="1s" end="0s">{deep}</p>')).text == "deep"
    odd = '<p begin="soon" end="" dur="x" ttm:agent="" xml:space="?">Yes</p>'
    assert loads(body(odd)).text == "Yes"


def test_likeness() -> None:
    part = FORMATS["ttml"].part
    assert [part.likeness(text) for text in (PLAIN, WORDS, "<tt:tt x='1'>", "<tt/>")] == [2, 2, 2, 2]
    others = ["", "<ttml/>", "<html><tt>x</tt></html>", '<timedtext format="3"><body/></timedtext>', "WEBVTT", "tt"]
    assert [part.likeness(text) for text in others] == [0] * 6
    with pytest.raises(UnreadableInput):
        loads("<tt><body/></tt>")


def test_places_are_code_points() -> None:
    text = "<a>𝒳é<b>\U0001f41d&#x1F41D;</b>\r\nü</a>"
    for token in xmltree.parsed(text).tokens:
        piece = text[token.start : token.end]
        assert token.kind not in ("text", "escape") or xmltree.read(piece).replace("\r\n", "\n") == token.value


NAMES = st.sampled_from(["Ann Lee", "Bo & Co", 'Q"', None])
WORD = st.sampled_from(["bees", "café", "R&D", "<b>", "it's", "\U0001f41d", "x]]>", '"so"', "yes."])


@st.composite
def spoken(draw: st.DrawFn) -> Transcript:
    """A transcript as TTML holds it: cues of one line or two, sometimes with names, and with times of words."""
    text, labels, ms = "", [], draw(st.integers(0, 5000))
    opened: tuple[str, int] | None = None
    timed, named = draw(st.booleans()), draw(st.booleans())
    for i in range(draw(st.integers(1, 4))):
        text += "\n" if i else ""
        name, start, begin = draw(NAMES) if named else None, len(text), ms
        if opened and opened[0] != name:
            labels.append(Label(Span(opened[1], start - 1), "speaker", opened[0]))
            opened = None
        if name and not opened:
            opened = name, start
        for j, word in enumerate(draw(st.lists(WORD, min_size=1, max_size=4))):
            text += draw(st.sampled_from([" ", "\n", "  "])) if j else ""
            until = ms + draw(st.integers(0, 900))
            if timed:
                labels.append(Label(Span(len(text), len(text) + len(word)), "word", Times(ms, until)))
            text += word
            ms = until
        labels.append(Label(Span(start, len(text)), "cue", Times(begin, ms)))
        ms += draw(st.integers(0, 500))
    if opened:
        labels.append(Label(Span(opened[1], len(text)), "speaker", opened[0]))
    metadata = draw(st.sampled_from([{}, {"title": "Bees & <hives>"}, {"title": "T", "language": "de"}]))
    return Transcript(text, tuple(labels), metadata)


@given(spoken())
@settings(max_examples=60)
def test_what_is_written_is_read_again(transcript: Transcript) -> None:
    document = dumps(transcript, "ttml")
    ET.fromstring(document)
    again = loads(document)
    assert again.text == transcript.text
    assert again.metadata == transcript.metadata
    for kind in ("cue", "word", "speaker"):
        assert again.of_kind(kind) == transcript.of_kind(kind), kind
    assert again.frame is not None
    assert again.frame.oddities == ()
    assert dumps(again) == document


def test_several_voices_in_a_cue_and_identifiers() -> None:
    first = "c1\n00:01.000 --> 00:02.000\n<v Ann>Yes.</v>\n<v Bo>No.</v>"
    found = loads(f"WEBVTT\n\n{first}\n\n2\n00:02.000 --> 00:03.000\n<v Ann>Oh.")
    again = loads(dumps(found, "ttml"))
    assert (again.text, cues(again)) == (found.text, cues(found))
    assert again.of_kind("speaker") == found.of_kind("speaker")
    assert [label.value for label in again.of_kind("identifier")] == ["c1"]
