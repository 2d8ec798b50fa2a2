"""The JSON of recognisers that is only read: text, cues, words and speakers, from each shape with its oddities."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from speech_specimens import (
    ASSEMBLYAI,
    AWS,
    AWS_CHANNELS,
    AZURE,
    AZURE_FAST,
    BBC,
    CHANNELS,
    DEEPGRAM,
    GENTLE,
    GOOGLE,
    IBM,
    IBM_NESTED,
    LINES_IN_LINES,
    MEETING,
    OYEZ_LIKE,
    REV,
    REV_EDITOR,
    SPEECHMATICS,
    SPEECHMATICS_OLD,
    VOSK,
)
from speech_specimens import READ as SPECIMENS
from speech_views import cues, voices, words

from tidytranscript.errors import CannotHold, UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.transcript import Transcript


def read(value: Any) -> Transcript:
    return loads(json.dumps(value))


@pytest.mark.parametrize("name", SPECIMENS)
def test_it_is_told_by_its_keys_and_only_this_one(name: str) -> None:
    format, value = SPECIMENS[name]  # noqa: A001
    for raw in (json.dumps(value), "\ufeff" + json.dumps(value, indent=2).replace("\n", "\r\n")):
        transcript = loads(raw)
        assert transcript.frame is not None
        assert (transcript.frame.format, transcript.frame.oddities) == (format, ())
        fits = {
            one.name: likeness for one in FORMATS.values() if not one.magic and (likeness := one.part.likeness(raw))
        }
        assert fits == {format: 1 if format == "turns" else 2}


@pytest.mark.parametrize("name", SPECIMENS)
def test_it_is_written_as_readable_text_and_never_as_itself(name: str) -> None:
    format, value = SPECIMENS[name]  # noqa: A001
    transcript = read(value)
    written = "".join(dumps(transcript).split())
    assert all(word in written for word in transcript.text.split())
    with pytest.raises(CannotHold):
        dumps(transcript, format)


def test_deepgram_has_punctuated_words_and_speakers() -> None:
    transcript = read(DEEPGRAM)
    assert cues(transcript) == [
        ("Um, hello there.", 500, 5280),
        ("Who's", 5280, 5500),
        ("it", 7000, 7500),
    ]
    assert words(transcript)[:2] == [("Um,", 500, 900), ("hello", 1000, 1250)]
    assert voices(transcript) == [("Speaker 0", "Um, hello there."), ("Speaker 1", "Who's\nit")]
    assert transcript.language == "en"


def test_deepgram_channels_speak_in_turn() -> None:
    assert voices(read(CHANNELS)) == [("Channel 1", "Ready?"), ("Channel 0", "yes")]


def test_deepgram_without_words_has_utterances_or_text() -> None:
    value = copy.deepcopy(DEEPGRAM)
    del value["results"]["channels"][0]["alternatives"][0]["words"]
    assert cues(read(value)) == [("Um, hello there.", 500, 5280)]
    del value["results"]["utterances"]
    assert (read(value).text, cues(read(value))) == ("um hello there who is it", [])


def test_assemblyai_counts_milliseconds_and_names_letters() -> None:
    transcript = read(ASSEMBLYAI)
    assert cues(transcript) == [("Shall we?", 250, 900), ("We shall.", 1000, 1500)]
    assert words(transcript) == [("Shall", 250, 500), ("we?", 500, 900)]
    assert voices(transcript) == [("A", "Shall we?"), ("B", "We shall.")]
    del ASSEMBLYAI_WORDS["utterances"]
    assert (read(ASSEMBLYAI_WORDS).text, words(read(ASSEMBLYAI_WORDS))) == ("Shall", [("Shall", 250, 500)])


ASSEMBLYAI_WORDS = copy.deepcopy(ASSEMBLYAI)


def test_aws_joins_stops_and_finds_speakers_by_time() -> None:
    transcript = read(AWS)
    assert cues(transcript) == [("Well, no.", 500, 1500), ("Why?", 2000, 2500)]
    assert words(transcript) == [("Well,", 500, 800), ("no.", 900, 1500), ("Why?", 2000, 2500)]
    assert voices(transcript) == [("spk_0", "Well, no."), ("spk_1", "Why?")]
    assert transcript.language == "en"


def test_aws_has_speakers_with_items_or_channels() -> None:
    items = [{**item, "speaker_label": "spk_4"} for item in AWS["results"]["items"]]
    assert voices(read(items)) == [("spk_4", "Well, no. Why?")]
    assert voices(read(AWS_CHANNELS)) == [("ch_1", "First"), ("ch_0", "Later")]


def test_google_says_every_word_once() -> None:
    transcript = read(GOOGLE)
    assert words(transcript) == [("so", 0, 1200), ("it", 1200, 1500), ("begins", 1500, 2000)]
    assert voices(transcript) == [("Speaker 1", "so it"), ("Speaker 2", "begins")]


def test_google_without_speakers_keeps_all_results() -> None:
    value = {"results": [GOOGLE["results"][0], {"alternatives": [{"transcript": " and ends"}], "resultEndTime": "4s"}]}
    transcript = read(value)
    assert cues(transcript) == [("so it begins", 0, 2000), ("and ends", None, 4000)]
    assert words(transcript)[0] == ("so", 0, 1200)


def test_azure_reads_ticks_durations_and_the_words_that_are_displayed() -> None:
    transcript = read(AZURE)
    assert cues(transcript) == [("Twenty apples.", 1500, 2500), ("No, 2.", 3000, 64500)]
    assert words(transcript) == [("Twenty", 1500, 1900), ("apples.", 1900, 2500)]
    assert voices(transcript) == [("Speaker 1", "Twenty apples."), ("Speaker 2", "No, 2.")]
    assert words(read(AZURE_FAST)) == [("Good", 40, 340), ("day.", 400, 940)]


def test_azure_counts_bare_numbers_as_ticks() -> None:
    value = {"recognizedPhrases": [{"offset": 12_345_678, "duration": 10_000_000, "nBest": [{"display": "Yes."}]}]}
    assert cues(read(value)) == [("Yes.", 1235, 2235)]


def test_channels_are_speakers_where_there_are_several() -> None:
    azure = [{"channel": i, "offset": f"PT{3 - i}S", "nBest": [{"display": f"Part {i}."}]} for i in (0, 1)]
    assert voices(read({"recognizedPhrases": azure})) == [("Channel 1", "Part 1."), ("Channel 0", "Part 0.")]
    assert voices(read({"recognizedPhrases": azure[:1]})) == []
    words = [{"startTime": f"{3 - i}s", "endTime": "4s", "word": f"part{i}"} for i in (1, 2)]
    google = [{"channelTag": i, "alternatives": [{"words": [word]}]} for i, word in enumerate(words, 1)]
    assert voices(read({"results": google})) == [("Channel 2", "part2"), ("Channel 1", "part1")]
    assert voices(read({"results": google[:1]})) == []


def test_rev_keeps_the_blanks_of_its_stops() -> None:
    transcript = read(REV)
    assert transcript.text == 'Hello, you. "Quoted".\nRight.'
    assert words(transcript)[0] == ("Hello,", 1020, 1200)
    assert words(transcript)[2] == ('"Quoted".', 1800, 2000)
    assert voices(transcript) == [("Speaker 0", 'Hello, you. "Quoted".'), ("Speaker 1", "Right.")]


def test_rev_of_the_editor_names_its_speakers() -> None:
    transcript = read(REV_EDITOR)
    assert voices(transcript) == [("Ann Lee", "All good.")]
    assert words(transcript) == [("All", 750, 960)]


def test_speechmatics_attaches_stops_on_either_side() -> None:
    transcript = read(SPEECHMATICS)
    assert transcript.text == "Is it?\n\u00bfSi."
    assert words(transcript) == [("Is", 500, 700), ("it?", 700, 900), ("\u00bfSi.", 1000, 1500)]
    assert voices(transcript) == [("S1", "Is it?")]


def test_speechmatics_of_old_has_durations_and_speakers_by_time() -> None:
    transcript = read(SPEECHMATICS_OLD)
    assert transcript.text == "Hello.\nHi."
    assert voices(transcript) == [("F1", "Hello."), ("M2", "Hi.")]
    assert words(transcript)[0][:2] == ("Hello.", 500)


def test_kaldi_keeps_what_it_did_not_know() -> None:
    assert cues(read(VOSK)) == [("one <unk>", 500, 1000), ("three", 2500, 3000)]
    assert voices(read(BBC)) == [("S0", "Yes."), ("S1", "No.")]
    assert (read(GENTLE).text, words(read(GENTLE))) == ("No way", [("No", 100, 200)])
    assert read([VOSK, VOSK]).text.split() == read(VOSK).text.split() * 2


def test_ibm_has_lists_for_words_and_speakers_by_time() -> None:
    for value in (IBM, IBM_NESTED):
        transcript = read(value)
        assert words(transcript) == [("so", 100, 300), ("they", 300, 500), ("went", 500, 900)]
        assert voices(transcript) == [("Speaker 0", "so they"), ("Speaker 1", "went")]


def test_turns_inherit_their_speaker() -> None:
    transcript = read(OYEZ_LIKE)
    assert cues(transcript) == [
        ("May it please you.", 0, 2000),
        ("It does not.", 2000, 4500),
        ("[Laughter]", 5000, 6000),
    ]
    assert voices(transcript) == [("Ann Lee", "May it please you.\nIt does not.")]


def test_turns_without_times_are_those_of_the_longest_list() -> None:
    transcript = read(MEETING)
    assert transcript.text == "Tea , please .\nAt once ."
    assert voices(transcript) == [("Manager", "Tea , please ."), ("Speaker 3", "At once .")]
    assert cues(transcript) == []


def test_turns_of_single_words_are_put_together() -> None:
    assert read(LINES_IN_LINES).text == "We came. We saw. We had tea."


@pytest.mark.parametrize(
    "value",
    [
        {"name": "a-package", "version": "1.0.0", "scripts": {"test": "x"}},
        [{"role": "user", "content": "hello"}, {"role": "assistant", "content": "hello"}],
        {"posts": [{"id": 1, "text": "just a post"}, {"id": 2, "text": "another"}]},
        {"results": [{"id": 1}], "count": 1},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None}]},
        {"version": "1.0.0", "segments": [{"id": 4}]},
        {"words": ["a", "b"], "text": "a b"},
        [1, 2, 3],
        [[1, 2], [3, 4]],
        {},
    ],
)
def test_other_json_is_refused(value: Any) -> None:
    raw = json.dumps(value)
    assert [one.name for one in FORMATS.values() if not one.magic and one.part.likeness(raw)] == []


def test_the_refusal_names_the_keys() -> None:
    with pytest.raises(UnreadableInput, match=r"JSON of no shape known here \(it has 'name', 'posts'\)"):
        loads('{"name": "x", "posts": []}')
    with pytest.raises(UnreadableInput, match=r"the first item has 'id'"):
        loads('[{"id": 1}]')


@pytest.mark.parametrize(
    "raw", ["[0:05] Hello.", "[ANNA] Hello.", "[[0:05](u)] Hello.", "{laughs} Well.", "[1] A note.", "[Music]"]
)
def test_talk_in_brackets_is_no_json(raw: str) -> None:
    assert not any(one.part.likeness(raw) for one in FORMATS.values() if one.module.startswith("speech."))


def test_the_library_s_own_json_stays_its_own() -> None:
    transcript = loads(dumps(read(DEEPGRAM), "json"))
    assert transcript.frame is not None
    assert transcript.frame.format == "json"
