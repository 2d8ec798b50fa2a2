"""Files of JSON that are written back: untouched, or with the edits alone; Podcasting 2.0 and json3 in particular."""

from __future__ import annotations

import json

import pytest
from speech_specimens import (
    JSON3,
    PODCAST,
    PODCAST_WORDS,
    STYLED,
)
from speech_specimens import WRITTEN as SPECIMENS
from speech_views import LAYOUTS, cues, tidied, voices, without, words

import tidytranscript as tt
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_untouched_file_comes_back_as_it_was(name: str, layout: str) -> None:
    format, value = SPECIMENS[name]  # noqa: A001
    raw = LAYOUTS[layout](value)
    transcript = loads(raw)
    assert transcript.frame is not None
    assert (transcript.frame.format, transcript.frame.oddities) == (format, ())
    assert dumps(transcript) == raw


@pytest.mark.parametrize("name", SPECIMENS)
def test_only_the_one_format_is_surely_it(name: str) -> None:
    format, value = SPECIMENS[name]  # noqa: A001
    raw = json.dumps(value)
    assert [one.name for one in FORMATS.values() if not one.magic and one.part.likeness(raw) == 2] == [format]


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edit_keeps_the_layout(name: str, layout: str) -> None:
    raw = LAYOUTS[layout](SPECIMENS[name][1])
    after = dumps(tt.tidy(loads(raw)).transcript)
    assert json.loads(after.removeprefix("\ufeff")) == tidied(SPECIMENS[name][1])
    assert after.startswith("\ufeff") == raw.startswith("\ufeff")
    assert after.count("\n") - after.count("\r\n") <= raw.count("\n") - raw.count("\r\n")
    assert after.isascii() or not raw.isascii()


@pytest.mark.parametrize("gone", [[], [0], [2], [0, 1], [1, 2]])
def test_objects_one_below_the_other_are_a_list(gone: list[int]) -> None:
    lines = [{"id": i, "start": i, "end": i + 1, "text": f" Line {word}."} for i, word in enumerate("abc")]
    transcript = loads("".join(json.dumps(line) + "\n" for line in lines))
    assert cues(transcript)[1] == ("Line b.", 1000, 2000)
    after = dumps(without(transcript, *(cues(transcript)[i][0] for i in gone)))
    assert [json.loads(line) for line in after.split("\n") if line] == [
        line for i, line in enumerate(lines) if i not in gone
    ]


def test_slashes_are_escaped_where_the_file_does_so() -> None:
    raw = json.dumps([{"start": 0, "end": 1, "text": "um, and/or caf\u00e9"}]).replace("/", "\\/")
    assert "and\\/or caf\\u00e9" in dumps(without(loads(raw), "um, "))


def test_podcasting_has_speakers_and_times() -> None:
    transcript = loads(json.dumps(PODCAST))
    assert cues(transcript)[0] == ("Um, hello to all.", 500, 750)
    assert voices(transcript) == [("Ann", "Um, hello to all."), ("Bo", "Hi. Hi there.")]
    after = tidied(PODCAST)
    assert [segment["body"] for segment in after["segments"]] == ["Hello to all.", "Hi. Hi there.", "No name."]
    assert after["segments"][1:] == PODCAST["segments"][1:3]


def test_podcasting_of_single_words() -> None:
    transcript = loads(json.dumps(PODCAST_WORDS))
    assert transcript.text == "Um, we went to the sea today.\nDid you swim there?"
    assert words(transcript)[1] == ("we", 500, 900)
    after = tidied(PODCAST_WORDS)
    assert [segment["body"] for segment in after["segments"]][:2] == ["We", "went"]
    assert after["segments"][1:] == PODCAST_WORDS["segments"][2:]


def test_json3_has_words_that_end_where_the_next_one_starts() -> None:
    transcript = loads(json.dumps(JSON3))
    assert transcript.text == "um so we\nuh\nleft early"
    assert cues(transcript)[0] == ("um so we", 1000, 5000)
    assert words(transcript) == [
        ("um", 1000, 1320),
        ("so", 1320, 1600),
        ("we", 1600, 3000),
        ("uh", 3000, 5000),
        ("left", 5000, 5500),
        ("early", 5500, 7000),
    ]


def test_a_line_that_leaves_json3_takes_its_line_break_with_it() -> None:
    after = json.loads(dumps(without(loads(json.dumps(JSON3)), "um ", "\nuh")))
    assert after["events"] == [
        JSON3["events"][0],
        {**JSON3["events"][1], "segs": [{"utf8": "so", "tOffsetMs": 320}, {"utf8": " we", "tOffsetMs": 600}]},
        JSON3["events"][2],
        JSON3["events"][5],
    ]


def test_captions_by_people_have_no_words_with_times() -> None:
    transcript = loads(json.dumps(STYLED))
    assert (transcript.text, words(transcript)) == ("One line\nor two", [])


@pytest.mark.parametrize("name", SPECIMENS)
def test_tidying_twice_changes_nothing_more(name: str) -> None:
    once = dumps(tt.tidy(loads(json.dumps(SPECIMENS[name][1]))).transcript)
    assert dumps(tt.tidy(loads(once)).transcript) == once


def test_words_without_times_are_written_without() -> None:
    text = "So \u201cyes\u201d, twenty-five."
    word = Label(Span(text.index("twenty"), text.index("five")), "word", Times(500, 900))
    written = json.loads(dumps(Transcript(text, (Label(Span(0, len(text)), "cue", Times(0, 1000)), word)), "whisper"))
    assert written["segments"][0]["words"] == [
        {"word": " So"},
        {"word": " \u201cyes\u201d,"},
        {"word": " twenty-", "start": 0.5, "end": 0.9},
        {"word": "five."},
    ]
    assert loads(json.dumps(written)).text == text


def test_two_voices_in_a_cue_are_two_segments() -> None:
    text = "Yes. No."
    labels = (
        Label(Span(0, 8), "cue", Times(0, 2000)),
        Label(Span(0, 4), "speaker", "Ann"),
        Label(Span(5, 8), "speaker", "Bo"),
    )
    written = json.loads(dumps(Transcript(text, labels), "podcasting"))
    assert written["segments"] == [
        {"speaker": "Ann", "startTime": 0.0, "endTime": 2.0, "body": "Yes."},
        {"speaker": "Bo", "startTime": 0.0, "endTime": 2.0, "body": "No."},
    ]
