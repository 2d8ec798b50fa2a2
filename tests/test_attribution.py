"""Doubts about who is said to speak, and `Result.remarks`, through which they are told."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Pipeline, Transcript, loads
from tidytranscript.speakers.attribution import Claim, doubts
from tidytranscript.testing import check_result, transcripts

TALK = (
    ("So what did you do there?", "I was a cook on a ship. I had told them that I was older. My brother was with me."),
    ("And how old were you then?", "I was sixteen, I think. I had never seen the sea. I was afraid of it, too."),
    ("What did you cook for them?", "Well, I had beans. When I was lucky, I had an onion. I never wasted one of mine."),
    ("Did you ever get used to it?", "I did, yeah. I knew my pots. I knew my brother would eat what I made."),
    ("Do you remember the storm?", "I tied my pots to the stove. I cried, I think. My brother held me."),
    ("What did you think of?", "I thought of my mother. I had left my mother a note. I had not said where I was."),
    (
        "Could you tell us about the day you came home?",
        "My mother stood at the gate. I couldn't speak. I gave her my pay.",
    ),
    ("What did she say to you?", "I don't remember. I know that I slept. I think that I slept for two days in my bed."),
    ("And did you ever cook again?", "I cooked for my children. I made my soup. I never made beans, I can tell you."),
    ("Why is that, do you think?", "I couldn't smell them. I would think of my brother, and I would have to go out."),
)


def claimed(swapped: range, people: tuple[str, str] = ("Ann", "Bo")) -> tuple[str, list[Claim]]:
    text, claims = "", []
    for i, pair in enumerate(TALK):
        for who, said in zip(people if i not in swapped else people[::-1], pair, strict=True):
            claims.append(Claim(who, len(text), len(text) + len(said)))
            text += said + " "
    return text, claims


@pytest.mark.parametrize("swapped", [range(1, 5), range(3, 7), range(5, 9)])
def test_labels_that_are_swapped_for_a_stretch(swapped: range) -> None:
    text, claims = claimed(swapped)
    (doubt,) = doubts(text, claims)
    assert doubt.check == "swapped-speakers"
    inside = claims[2 * swapped.start].start, claims[2 * swapped.stop - 1].end
    assert min(inside[1], doubt.end) - max(inside[0], doubt.start) > (doubt.end - doubt.start) / 2


@pytest.mark.parametrize("people", [("Ann", "Bo"), ("Bo", "Ann")])
def test_right_labels_raise_no_doubt(people: tuple[str, str]) -> None:
    assert doubts(*claimed(range(0), people)) == []


def test_all_labels_swapped_is_no_contradiction() -> None:
    assert doubts(*claimed(range(10))) == []


def test_a_speaker_inside_a_word() -> None:
    text = "We went down to the harbour. Then we came back."
    (doubt,) = doubts(text, [Claim("Ann", 0, 22), Claim("Bo", 22, len(text))])
    assert (doubt.check, doubt.why) == ("split-sentence", "Ann and Bo share a word")


def test_voices_of_cues_are_checked_in_the_sentences_that_they_share() -> None:
    cues = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>We went down to the\n\n"
        "00:02.000 --> 00:03.000\n<v Ann>river.\n\n00:03.000 --> 00:04.000\n<v Bo>Well, Bo, thank you.\n"
    )
    remarks = Pipeline.standard(checks=True)(loads(cues)).remarks
    assert [(r.rule, r.old, r.new, r.start_ms) for r in remarks] == [
        ("wrong-speaker", "Well, Bo, ", "Well, Bo, ", 3000)
    ]


def test_without_checks_there_are_no_remarks() -> None:
    said = "Ann: Well, Ann, thank you for coming.\nBo: It is good to be here.\nAnn: So.\nBo: Yes."
    assert Pipeline.standard()(said).remarks == ()
    assert len(Pipeline.standard(checks=True)(said).remarks) == 1


@given(transcripts(), st.sampled_from(["verbatim", "clean", "edited"]))
def test_checks_change_nothing(transcript: Transcript, level: str) -> None:
    checked = Pipeline.standard(level, checks=True)(transcript)
    check_result(checked)
    plain = Pipeline.standard(level)(transcript)
    assert (checked.text, checked.turns, checked.edits) == (plain.text, plain.turns, plain.edits)
    for remark in checked.remarks:
        assert remark.new == remark.old == transcript.text[remark.start : remark.end]


@given(st.text(max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_no_claims_raise(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    claims = [Claim(["Ann", "Bo", None][i % 3], a, b) for i, (a, b) in enumerate(itertools.pairwise(places))]
    for doubt in doubts(text, claims):
        assert 0 <= doubt.start <= doubt.end <= len(text)
