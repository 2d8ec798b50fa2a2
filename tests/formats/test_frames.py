"""A file as a frame with holes: edits over the borders of holes lose and double nothing, and leave nothing empty."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript.edits import Edit, Patch
from tidytranscript.formats import dumps, loads
from tidytranscript.formats.frames import Builder, held_spans, placed, refilled
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\nSo <i>we went</i>\nhome late.\n\n2\n00:00:02,000 --> 00:00:03,000\nIt was\n\n"
    "3\n00:00:03,000 --> 00:00:04,000\n<b>very</b> <i>dark</i> there.\n"
)
VTT = (
    "WEBVTT\n\none\n00:00:01.000 --> 00:00:02.000 align:start\n<v Ann>So <i>we went</i>\nhome &amp; back.</v>\n\n"
    "NOTE ours\n\n00:00:02.000 --> 00:00:04.000\n<v Bo>It<00:00:02.500><c> was</c><00:00:03.000><c> very</c>\n"
    "<00:00:03.250>dark<00:00:03.500><c> there.</c>\n\n00:00:04.000 --> 00:00:05.000\nRight.\n"
)


def edited(transcript: Transcript, *edits: tuple[int, int, str]) -> Transcript:
    patch = Patch.cut(transcript.text, [Edit(Span(start, end), new) for start, end, new in edits])
    return transcript.edited(patch, transcript.labels, transcript.metadata)


def of(transcript: Transcript, old: str, new: str) -> Transcript:
    """The transcript with one thing in its text put in the place of another."""
    start = transcript.text.index(old)
    return edited(transcript, (start, start + len(old), new))


@st.composite
def edits_of(draw: st.DrawFn, text: str, *, whole_words: bool) -> list[tuple[int, int, str]]:
    borders = [0, *(i for i in range(1, len(text)) if text[i].isspace() != text[i - 1].isspace()), len(text)]
    places = borders if whole_words else range(len(text) + 1)
    found: list[tuple[int, int, str]] = []
    chosen = sorted(draw(st.sets(st.sampled_from(list(places)), min_size=2, max_size=6)))
    for start, end in zip(chosen[::2], chosen[1::2], strict=False):
        new = draw(st.sampled_from(("", "", " ", "new", "two words", " x ", "a\nb", "R&D <3")))
        if whole_words and new:
            new = f" {new} "
        found.append((start, end, new))
    return found


@pytest.mark.parametrize("content", [SRT, VTT, SRT.replace("\n", "\r\n"), VTT.replace("\n", "\r\n")])
@given(data=st.data())
def test_edits_of_words_come_back(content: str, data: st.DataObject) -> None:
    transcript = loads(content)
    changed = edited(transcript, *data.draw(edits_of(transcript.text, whole_words=True)))
    written = dumps(changed)
    again = loads(written)
    assert again.text.split() == changed.text.split()
    assert dumps(again) == written
    newline = "\r\n" if "\r\n" in content else "\n"
    assert "\n" not in written.replace("\r\n", "") or newline == "\n"
    for cue in again.of_kind("cue"):
        assert cue.span.of(again.text).strip()
    assert "<c></c>" not in written
    assert newline * 3 not in written
    for tag in ("i", "b", "c"):
        assert written.count(f"<{tag}>") == written.count(f"</{tag}>")
        assert f"<{tag}></{tag}>" not in written


@pytest.mark.parametrize("content", [SRT, VTT])
@given(data=st.data())
def test_any_edit_keeps_the_letters(content: str, data: st.DataObject) -> None:
    transcript = loads(content)
    changed = edited(transcript, *data.draw(edits_of(transcript.text, whole_words=False)))
    again = loads(dumps(changed))
    assert "".join(again.text.split()) == "".join(changed.text.split())


@pytest.mark.parametrize("content", [SRT, VTT])
@given(data=st.data())
def test_holes_hold_every_word_once(content: str, data: st.DataObject) -> None:
    transcript = loads(content)
    changed = edited(transcript, *data.draw(edits_of(transcript.text, whole_words=False)))
    assert changed.frame is not None
    spans = held_spans(changed, changed.frame)
    assert len(spans) == len(changed.frame.holes)
    full = [span for span in spans if span.start < span.end]
    assert all(before.end <= after.start for before, after in pairwise(full))
    held = "".join("".join(span.of(changed.text).split()) for span in spans)
    assert held == "".join(changed.text.split())


@given(data=st.data())
def test_words_that_stay_keep_their_times(data: st.DataObject) -> None:
    transcript = loads(VTT)
    changed = edited(transcript, *[(s, e, " ") for s, e, _ in data.draw(edits_of(transcript.text, whole_words=True))])
    before = {label.value.start_ms: label.span.of(transcript.text) for label in transcript.of_kind("word")}
    after = {label.value.start_ms: label.span.of(changed.text).strip() for label in changed.of_kind("word")}
    after = {ms: word for ms, word in after.items() if word}
    assert after.items() <= before.items()
    again = loads(dumps(changed))
    read = {label.value.start_ms: label.span.of(again.text) for label in again.of_kind("word")}
    # The first words of a line have the start of the cue: they lose their own times if no later one has any.
    assert all(before.get(ms, word) == word for ms, word in read.items() if ms != 2000)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("So ", "", "So <i>we went</i>", "<i>we went</i>"),
        ("we went", "", "So <i>we went</i>\n", "So \n"),
        ("So we went\n", "", "So <i>we went</i>\n", ""),
        ("home late.", "", "home late.\n", ""),
        ("went\nhome", "came", "went</i>\nhome late", "came</i>\n late"),
        ("It was", "", "2\n00:00:02,000 --> 00:00:03,000\nIt was\n\n", ""),
        ("was\nvery", "is not", "It was", "It is not"),
        ("very dark", "black", "<b>very</b> <i>dark</i> there", "<b>black</b> there"),
        ("late.", "late,\nvery late.", "home late.", "home late,\nvery late."),
    ],
)
def test_what_an_edit_does_to_the_file(old: str, new: str, before: str, after: str) -> None:
    transcript = loads(SRT)
    changed = of(transcript, old, new)
    written = dumps(changed)
    assert loads(written).text.split() == changed.text.split()
    assert before in SRT
    assert after in written
    assert written.splitlines()[0] == "1"


def test_all_gone() -> None:
    for content, left in ((SRT, ""), (VTT, "WEBVTT\n\nNOTE ours\n\n")):
        transcript = loads(content)
        assert dumps(edited(transcript, (0, len(transcript.text), ""))) == left


def test_nothing_read() -> None:
    frame = Builder("srt", "no cue at all").transcript().frame
    assert frame is not None
    assert held_spans(Transcript("", (), {}, frame), frame) == []
    assert refilled(Transcript("", (), {}, frame), str) == "no cue at all"


def test_the_builder() -> None:
    raw = "[1] Hello. [2] Bye &amp; so."
    builder = Builder("text", raw)
    builder.glue("\n")  # nothing to part yet
    first = builder.hole(4, 10)
    builder.glue(" ")
    builder.glue("\n")
    assert builder.next == 7
    second = builder.hole(15, 28, "Bye & so.")
    builder.label("cue", second, Times(2, None))
    builder.extra("notes", 0)
    builder.extra("notes", 2)
    builder.extra("notes")
    builder.shell(15, 28)
    builder.shell(11, 28)
    read = builder.transcript({"title": "x"})
    assert read.text == "Hello.\nBye & so."
    assert first.of(read.text) == "Hello."
    assert read.frame is not None
    assert read.frame.extras == {"notes": 3}
    assert list(read.frame.shells) == [Span(11, 28), Span(15, 28)]
    assert bytes(read.frame.parted) == b"\0\1"
    gone = of(read, "Bye & so.", "")
    assert refilled(gone, str, lambda piece: piece.replace("&amp;", "&")) == "[1] Hello. "


def test_oddities_have_lines() -> None:
    raw = "a\nb\r\nc\n"
    found = [(5, "y", ""), (0, "x", ""), (7, "z", ""), (5, "w", "")]
    assert [oddity.line for oddity in placed(raw, found)] == [1, 3, 3, 4]
