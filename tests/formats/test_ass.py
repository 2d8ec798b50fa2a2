"""SubStation Alpha: what is read, what is written back, and what is written anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

SCRIPT = r"""[Script Info]
; made by hand
Title: Bees, and more
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not said
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ann,0,0,0,,{\an8}Um, the {\i1}bees{\i0},\Nare\hbusy\nand {not said}so on.
Dialogue: 0,0:00:03.00,0:00:04.00,Default,Ann,0,0,0,,{\p1}m 0 0 l 1 1{\p0}Shown{\pos(1,2)}
Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\p2}m 0 0 l 5 5
Dialogue: broken
Dialogue: 0,0:00:02.00,1:00:00.25,Default,Bo,0,0,0,,\{Yes\}, sir.
"""
ORDER = "[Events]\nFormat: Start, Actor, End, Text\nDialogue: 00:00:01.00, Ann ,00:00:02.00,Yes, Bo.\n"


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(c.span.of(transcript.text), *c.value) for c in transcript.of_kind("cue")]


def test_dialogue_is_read() -> None:
    found = loads(SCRIPT)
    assert cues(found) == [
        ("Um, the bees,\nare\u00a0busy and so on.", 1000, 2500),
        ("Shown", 3000, 4000),
        ("{Yes}, sir.", 2000, 3600250),
    ]
    said = [(label.value, label.span.of(found.text)) for label in found.of_kind("speaker")]
    assert said == [("Ann", "Um, the bees,\nare\u00a0busy and so on.\nShown"), ("Bo", "{Yes}, sir.")]
    assert found.metadata == {"title": "Bees, and more"}
    assert found.frame is not None
    assert found.frame.extras == {"styles": 1, "comments": 1, "override tags": 8, "drawings": 2}
    assert [odd.line for odd in found.frame.oddities] == [16, 17]


def test_fields_in_any_order() -> None:
    found = loads(ORDER)
    assert cues(found) == [("Yes, Bo.", 1000, 2000)]
    assert [label.value for label in found.of_kind("speaker")] == ["Ann"]


def test_fields_of_older_scripts_without_their_names() -> None:
    row = "Dialogue: Marked=0,0:00:01.00,0:00:02:50,Default,,0,0,0,,Yes, so.\n"
    older = f"[Script Info]\nTitle: <untitled>\n[Events]\n{row}"
    assert cues(loads(older)) == [("Yes, so.", 1000, 2500)]
    assert loads(older).metadata == {}


@pytest.mark.parametrize("text", [SCRIPT, ORDER, SCRIPT.strip()])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_untouched_comes_back(text: str, end: str) -> None:
    document = "\ufeff" + text.replace("\n", end)
    assert dumps(loads(document)) == document
    assert loads(document).text == loads(text).text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_what_is_edited_changes(end: str) -> None:
    document = SCRIPT.replace("\n", end)
    assert dumps(tt.tidy(loads(document)).transcript) == document.replace("Um, the", "The")


def test_empty_line_goes() -> None:
    document = ORDER + "Dialogue: 0:00:03.00,,0:00:04.00,{\\i1}Um.{\\i0}\n"
    assert dumps(tt.tidy(loads(document)).transcript) == ORDER
    both = ORDER.replace("Bo.", "\\Num, sir.")
    assert dumps(tt.tidy(loads(both)).transcript) == ORDER.replace(", Bo.", " \\Nsir.")


def test_truncated_anywhere() -> None:
    first = SCRIPT.index("Dialogue:") + len("Dialogue:")
    for end in range(first, len(SCRIPT)):
        assert dumps(loads(SCRIPT[:end])) == SCRIPT[:end]
    with pytest.raises(UnreadableInput):
        loads(SCRIPT[: first - 1])


@given(st.text(alphabet="{}\\pNnh1,:. \n\r[]aD", max_size=80))
def test_no_text_raises(text: str) -> None:
    for document in (SCRIPT + text, ORDER.strip() + text, ORDER.replace("Actor", text)):
        assert dumps(loads(document, "ass")) == document


def test_likeness() -> None:
    part = FORMATS["ass"].part
    assert [part.likeness(text) for text in (SCRIPT, ORDER, "; one\n[script info]\n")] == [2, 2, 2]
    others = ["", "[00:01.00]Yes", "[Ann] Events", "Dialogue: we talked", "WEBVTT", "[Scripted]"]
    assert [part.likeness(text) for text in others] == [0] * len(others)


@st.composite
def spoken(draw: st.DrawFn) -> Transcript:
    text, labels = "", []
    for i in range(draw(st.integers(1, 4))):
        text += "\n" if i else ""
        start = len(text)
        text += "\n".join(
            draw(st.lists(st.sampled_from(["bees", "R,  x", "{b}", "it's\u00a0so"]), min_size=1, max_size=3))
        )
        times = Times(10 * draw(st.integers(0, 10**7)), 10 * draw(st.integers(0, 10**7)))
        labels.append(Label(Span(start, len(text)), "cue", times))
        if name := draw(st.sampled_from(["", f"Ann {i}", f"Bo {i}"])):
            labels.append(Label(Span(start, len(text)), "speaker", name))
    return Transcript(text, tuple(labels), draw(st.sampled_from([{}, {"title": "Bees {x}"}])))


@given(spoken())
def test_what_is_written_is_read_again(transcript: Transcript) -> None:
    again = loads(dumps(transcript, "ass"))
    assert (again.text, again.metadata) == (transcript.text, transcript.metadata)
    for kind in ("cue", "speaker"):
        assert again.of_kind(kind) == transcript.of_kind(kind)


def test_times_are_rounded_to_hundredths() -> None:
    found = Transcript("Yes", (Label(Span(0, 3), "cue", Times(1996, 35_999_999)),))
    assert "Dialogue: 0,0:00:02.00,10:00:00.00," in dumps(found, "ass")
