"""Whisper and the programs around it: what is read, and what a file is like when words have left it."""

from __future__ import annotations

import json

from speech_specimens import (
    BARE_WORDS,
    CHUNKS,
    CPP,
    LINES,
    OPENAI,
    PAPER,
    TRIPLES,
    WHISPERX,
    whisper_word,
)
from speech_views import LAYOUTS, cues, tidied, voices, without, words

from tidytranscript.formats import dumps, loads


def test_whisper_has_cues_words_and_a_language() -> None:
    transcript = loads(json.dumps(OPENAI))
    assert transcript.text == "Um, the kettle, the kettle is on.\nIs it?\nR&D \u201cwaits\u201d."
    assert cues(transcript)[1] == ("Is it?", 2500, 3000)
    assert words(transcript)[:3] == [("Um,", 0, 240), ("the", 300, 400), ("kettle,", 400, 800)]
    assert words(transcript)[6] == ("on.", 1600, 5280)
    assert len(words(transcript)) == 9
    assert transcript.metadata == {"language": "english"}
    assert transcript.language == "en"


def test_a_language_with_a_name_unlike_its_code_is_known() -> None:
    assert loads(json.dumps({**OPENAI, "language": "german"})).language == "de"


def test_a_word_that_leaves_whisper_leaves_all_three_places() -> None:
    after = tidied(OPENAI)
    assert after["text"] == " The kettle is on. Is it? R&D \u201cwaits\u201d."
    assert after["segments"][0]["text"] == " The kettle is on."
    assert [word["word"] for word in after["segments"][0]["words"]] == [" The", " kettle", " is", " on."]
    assert {key: after["segments"][0][key] for key in ("id", "tokens", "start", "end")} == {
        key: OPENAI["segments"][0][key] for key in ("id", "tokens", "start", "end")
    }
    assert after["segments"][1:] == OPENAI["segments"][1:]
    assert after["language"] == "english"


def test_the_times_stay_with_the_words_that_are_left() -> None:
    before = loads(json.dumps(OPENAI))
    after = loads(dumps(without(before, "Um, ", "kettle is ")))
    known = set(words(before))
    assert words(after) == [word for word in words(before) if word in set(words(after))]
    assert set(words(after)) < known


def test_nothing_but_what_changed_is_written_anew() -> None:
    raw = LAYOUTS["wide"](OPENAI).replace('"seek": 0,', '"seek":0 ,').replace("R&D", "R\\u0026D")
    after = dumps(without(loads(raw), "Is it?"))
    start = raw.index(',\n\t\t{\n\t\t\t"id": 1')
    end = raw.index(',\n\t\t{\n\t\t\t"id": 2')
    changed = raw[:start] + raw[end:]
    assert after[after.index("segments") :] == changed[changed.index("segments") :]


def test_a_segment_goes_when_nothing_is_left_of_it() -> None:
    after = json.loads(dumps(without(loads(json.dumps(OPENAI)), "\nR&D \u201cwaits\u201d.")))
    assert [segment["id"] for segment in after["segments"]] == [0, 1]
    assert after["text"] == " Um, the kettle, the kettle is on. Is it?"
    everything = loads(json.dumps(OPENAI))
    assert json.loads(dumps(without(everything, everything.text))) == {
        "text": " ",
        "segments": [],
        "language": "english",
    }


def test_stops_that_lost_their_word_go_to_the_one_before() -> None:
    after = json.loads(dumps(without(loads(json.dumps(OPENAI)), ", the kettle is on")))
    assert [word["word"] for word in after["segments"][0]["words"]] == [" Um,", " the", " kettle."]
    before = loads(json.dumps(OPENAI))
    after = json.loads(dumps(without(before, " is on.\nIs it")))
    assert [segment["text"] for segment in after["segments"]] == [
        " Um, the kettle, the kettle?",
        " R&D \u201cwaits\u201d.",
    ]


def test_whisperx_has_speakers_and_words_without_times() -> None:
    transcript = loads(json.dumps(WHISPERX))
    assert transcript.text == "No, no 42.\nFine."
    assert words(transcript) == [("No,", 1000, 1200), ("no", 1300, 1400), ("Fine.", 2000, 2500)]
    assert voices(transcript) == [("SPEAKER_01", "No, no 42."), ("SPEAKER_00", "Fine.")]


def test_whisperx_loses_a_word_in_its_second_list_too() -> None:
    after = json.loads(dumps(without(loads(json.dumps(WHISPERX)), "no ", "\nFine.")))
    assert [segment["text"] for segment in after["segments"]] == [" No, 42."]
    assert [word["word"] for word in after["segments"][0]["words"]] == ["No,", "42."]
    assert after["word_segments"] == [WHISPERX["word_segments"][0], WHISPERX["word_segments"][2]]


def test_bare_words_in_a_list_of_their_own_are_those_of_the_text() -> None:
    transcript = loads(json.dumps(BARE_WORDS))
    assert words(transcript)[:3] == [("So,", 0, 100), ("we", 100, 200), ("left.", 200, 300)]
    after = json.loads(dumps(without(transcript, "So, ", "-we")))
    assert after["text"] == "we left. Then we slept!"
    assert [segment["text"] for segment in after["segments"]] == [" we left.", " Then we slept!"]
    assert [word["word"] for word in after["words"]] == ["we", "left", "Then", "we", "slept"]


def test_words_that_are_not_those_of_the_text_are_left_alone() -> None:
    value = {"segments": [{"start": 0, "end": 1, "text": "Um, yes.", "words": [whisper_word("no", 0, 1)]}]}
    transcript = loads(json.dumps(value))
    assert (transcript.text, words(transcript)) == ("Um, yes.", [])
    assert transcript.frame is not None
    assert sum(transcript.frame.extras.values()) == 1
    after = json.loads(dumps(without(transcript, "Um, ")))
    assert after["segments"][0]["words"] == value["segments"][0]["words"]
    assert after["segments"][0]["text"] == "yes."


def test_a_text_at_the_top_that_says_something_else_is_odd_and_stays() -> None:
    transcript = loads(json.dumps({**OPENAI, "text": "In short: tea."}))
    assert transcript.frame is not None
    assert len(transcript.frame.oddities) == 1
    assert json.loads(dumps(without(transcript, "Um, ")))["text"] == "In short: tea."


def test_a_second_list_of_other_words_is_odd_and_stays() -> None:
    value = {**WHISPERX, "word_segments": WHISPERX["word_segments"][1:]}
    transcript = loads(json.dumps(value, indent=1))
    assert transcript.frame is not None
    line = transcript.frame.raw.split('"word_segments"')[0].count("\n") + 1
    assert transcript.frame.oddities == (
        (line, "'word_segments' has not the words of the segments", "left it as it is"),
    )
    after = json.loads(dumps(without(transcript, "no ")))
    assert after["word_segments"] == value["word_segments"]
    assert [word["word"] for word in after["segments"][0]["words"]] == ["No,", "42."]


def test_chunks_are_segments_and_speakers_a_copy_of_them() -> None:
    transcript = loads(json.dumps(CHUNKS))
    assert cues(transcript) == [("Good morning.", 0, 1500), ("Um, yes.", 1500, None)]
    assert voices(transcript) == [("SPEAKER_00", "Good morning."), ("SPEAKER_01", "Um, yes.")]
    after = tidied(CHUNKS)
    assert after["text"] == " Good morning. Yes."
    assert after["chunks"][1]["text"] == after["speakers"][1]["text"] == " Yes."


def test_parts_of_a_word_are_one_word() -> None:
    transcript = loads(json.dumps(CPP))
    assert words(transcript) == [("Rewinding", 0, 900), ("it.", 900, 1500)]
    assert cues(transcript)[1] == ("Done.", 1500, 2000)
    after = json.loads(dumps(without(transcript, " it")))
    assert after["transcription"][0]["text"] == " Rewinding."
    assert [token["text"] for token in after["transcription"][0]["tokens"]] == ["[_BEG_]", " Re", "winding", "."]


def test_a_list_of_lines_with_durations() -> None:
    assert cues(loads(json.dumps(LINES))) == [("One line.", 500, 2000), ("Um, another\none.", 2000, 3000)]
    assert tidied(LINES)[1]["text"] == "Another\none."


def test_single_words_are_put_together_into_cues() -> None:
    transcript = loads(json.dumps(TRIPLES))
    assert [text.count(" ") for text, _, _ in cues(transcript)] == [14, 14, 9]
    assert len(words(transcript)) == 40
    assert json.loads(dumps(without(transcript, "word1 ")))[:2] == [TRIPLES[0], TRIPLES[2]]


def test_paragraphs_apart_from_the_words_say_who_speaks() -> None:
    transcript = loads(json.dumps(PAPER))
    assert transcript.text == "Yes I do.\nAnd you?"
    assert voices(transcript) == [("ANN", "Yes I do."), ("BO", "And you?")]
    assert words(transcript)[2] == ("do.", 2000, 3500)


def test_pieces_that_are_only_blanks_are_no_words() -> None:
    pieces = [("So", 0.0), (" ", 0.4), ("um,", 0.5), (" ", 0.7), ("yes.", 0.8)]
    value = {
        "language_code": "eng",
        "text": "So um, yes.",
        "words": [
            {"text": text, "start": at, "end": at + 0.1, "type": "x", "speaker_id": "speaker_0"} for text, at in pieces
        ],
    }
    transcript = loads(json.dumps(value))
    assert words(transcript) == [("So", 0, 100), ("um,", 500, 600), ("yes.", 800, 900)]
    assert voices(transcript) == [("speaker_0", "So um, yes.")]
    after = tidied(value)
    assert (after["text"], [word["text"] for word in after["words"]]) == ("So yes.", ["So", " ", " ", "yes."])


def test_a_few_short_answers_are_no_single_words() -> None:
    value = [{"start": i, "end": i + 1, "text": text} for i, text in enumerate(["Yes.", "No.", "Never."])]
    assert [text for text, _, _ in cues(loads(json.dumps(value)))] == ["Yes.", "No.", "Never."]


def test_chinese_has_no_blanks_and_a_time_for_each_word() -> None:
    value = {
        "segments": [
            {
                "start": 0,
                "end": 1,
                "text": "\u4f60\u597d\u5417\uff1f",
                "words": [whisper_word("\u4f60\u597d", 0, 0.5), whisper_word("\u5417\uff1f", 0.5, 1)],
            }
        ]
    }
    transcript = loads(json.dumps(value))
    assert transcript.text == "\u4f60\u597d\u5417\uff1f"
    assert words(transcript) == [("\u4f60\u597d", 0, 500), ("\u5417\uff1f", 500, 1000)]


def test_words_timed_together_have_the_same_times() -> None:
    value = {
        "segments": [
            {"start": 0, "end": 1, "text": " Bravo !", "words": [{"text": "Bravo !", "start": 0.1, "end": 0.9}]}
        ]
    }
    assert words(loads(json.dumps(value))) == [("Bravo", 100, 900), ("!", 100, 900)]
