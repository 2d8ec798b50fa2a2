"""Turns that only the words give away: what is found, how sure it is, what the options do, and how it is written."""

from __future__ import annotations

import random

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Pipeline, Transcript, dumps, loads, tidy, voiced
from tidytranscript.formats import losses
from tidytranscript.passes.turns import folded
from tidytranscript.speakers.guess import guess
from tidytranscript.speakers.model import Odds, decoded
from tidytranscript.testing import texts, windows

ASKED = (
    "How did you get into this? Well, I had a good teacher. He lived next door. And what did he teach you? "
    "He taught me to wait, I think. How long does it take? Yeah, I mean, it took me ten years."
)
QUICK = [
    "Yeah.",
    "Okay.",
    "Right.",
    "I think it is the left one.",
    "No, the other.",
    "We could do that.",
    "Mm.",
    "Hmm.",
]
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.[tm]*"))]


def speakers(text: str, **options: object) -> list[str | None]:
    return [turn.speaker for turn in Pipeline.standard("verbatim", **options)(text).turns]  # type: ignore[arg-type]


def unmarked(text: str) -> str:
    """The text in small letters and without stops, as some recognisers write it."""
    return " ".join(word.strip(".,?!").lower() for word in text.split())


# How sure


@given(st.one_of(texts(), windows(SOURCES, size=900)), st.floats(0, 1), st.floats(0, 1))
def test_no_guessed_change_is_less_sure_than_asked(text: str, one: float, other: float) -> None:
    least, most = sorted((one, other))
    for share in (least, most):
        stretches = guess(text, share)
        assert "".join(text[s.start : s.end] for s in stretches) == text[: len(text) if stretches else 0]
        assert all(stretch.confidence >= share - 0.005 for stretch in stretches[1:])


def test_nothing_is_sure_enough_for_one() -> None:
    assert speakers(ASKED, sure=1) == [None]
    assert len(speakers(ASKED)) == 6


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_beyond_all_is_an_error(share: float) -> None:
    with pytest.raises(ValueError, match="sure must be from 0 to 1"):
        tidy(ASKED, sure=share)


def test_evidence_stands_in_the_reason() -> None:
    result = Pipeline.standard("verbatim", select=["turns"])(ASKED)
    reasons = [finding.reason for finding in result.steps[0].taken]
    assert reasons[0] == "Speaker 1 speaks: the talk begins"
    assert reasons[1].startswith("Speaker 2 speaks: ")
    assert "opens with well (+" in reasons[1]


# Kinds of talk


def test_talk_without_stops_has_turns() -> None:
    text = unmarked(ASKED * 4)
    result = tidy(text, "verbatim")
    assert result.text == text
    starts = [turn.text.split()[:2] for turn in result.turns]
    assert ["well", "i"] in starts
    assert len(starts) >= 8


def test_in_a_meeting_of_many_a_number_only_marks_a_change() -> None:
    chance = random.Random(7)
    turns = Pipeline.standard("verbatim")(" ".join(chance.choice(QUICK) for _ in range(200))).turns
    assert len(turns) > 20
    assert max(turn.confidence for turn in turns[1:]) <= 0.5


def test_another_language_has_one_turn() -> None:
    spoken = "Wie kamen Sie dazu? Ja, ich hatte einen guten Lehrer. Und was war das? Nun ja, er wartete."
    assert len(tidy(spoken).turns) > 1
    assert [turn.speaker for turn in tidy(Transcript(spoken, metadata={"language": "de"})).turns] == [None]


# Back-channels


def test_folded_backchannels_are_part_of_the_turn_around_them() -> None:
    answer = "Well, I had a good teacher. Right. Yeah. He lived next door to me."
    text = f"How did you get into this? {answer} And then? I left."
    whole = guess(text)
    kept = folded(text, whole, {"right", "yeah"})
    assert [text[s.start : s.end].strip() for s in kept if s.asks] == ["How did you get into this?", "And then?"]
    assert "".join(text[s.start : s.end] for s in kept) == text
    assert len(speakers(text, fold=True)) == len(kept)
    assert folded(text, whole, set()) == whole


def test_words_of_ones_own_are_backchannels_too() -> None:
    text = "How did you get into this? Well, I had a good teacher. Yeah. And then? I left."
    own = {"turns": {"backchannels": ["and then"]}}
    assert len(speakers(text, fold=True, words=own)) < len(speakers(text, fold=True))


# Written


@given(windows(SOURCES, size=900), st.sampled_from(["verbatim", "clean"]))
def test_doubtful_speakers_are_still_doubtful_when_read_again(text: str, level: str) -> None:
    once = dumps(tidy(loads(text, "text"), level).transcript, "text")
    again = tidy(loads(once, "text"), level)
    assert dumps(again.transcript, "text") == once


def test_a_question_mark_stands_behind_a_speaker_who_is_rather_not_sure() -> None:
    text = (SEEDS / "caption-dump" / "source.txt").read_text(encoding="utf-8")
    result = tidy(loads(text), "clean")
    written = dumps(result.transcript, "text")
    doubtful = [turn for turn in result.turns if turn.confidence <= 0.5]
    assert written.count("?: ") == len(doubtful) > 0
    assert "?:" not in dumps(result.transcript, "markdown")
    read = tidy(loads(written, "text")).turns
    assert [turn.confidence < 1 for turn in read] == [turn.confidence <= 0.5 for turn in result.turns]


def test_guesses_are_voices_only_where_they_are_asked_for() -> None:
    cues = "".join(
        f"{i}\n00:00:{i:02},000 --> 00:00:{i:02},900\n{line}\n\n" for i, line in enumerate(ASKED.split(". "), 1)
    )
    transcript = tidy(loads(cues, "srt")).transcript
    assert "<v" not in dumps(transcript, "vtt")
    assert "guesses of who speaks" in losses(transcript, "vtt")
    spoken = voiced(transcript)
    written = dumps(spoken, "vtt")
    assert written.count("<v.guess Speaker 1>") == 3
    assert losses(spoken, "vtt") == ()
    assert "Speaker" not in dumps(spoken, "srt")
    assert "guesses of who speaks" in losses(spoken, "srt")
    read = loads(written)
    assert read.of_kind("speaker") == ()
    assert read.text.split() == transcript.text.split()
    assert dumps(read) == written


def test_a_voice_that_is_known_ends_where_a_guess_begins() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.\n\n00:03.000 --> 00:04.000\n<v.guess Bo>No.\n"
    assert [(label.value, label.span) for label in loads(cues).of_kind("speaker")] == [("Ann", (0, 4))]


@pytest.mark.parametrize("noise", [-1e-12, 0.0, 1e-12])
def test_where_two_ways_are_as_likely_nobody_changes(noise: float) -> None:
    odds = Odds.__new__(Odds)
    odds.to_answer, odds.to_ask, odds.asks = [0.0, -1.3 + noise], [0.0, -1.3 + noise], [0.3, -0.6]
    assert decoded(odds, 1.0, [True, True]) == [False, False]
    odds.to_answer[1] += 0.01
    assert decoded(odds, 1.0, [True, True]) == [True, False]
