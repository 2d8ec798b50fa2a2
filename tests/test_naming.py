"""Guessed speakers are called by name only where the text tells."""

from __future__ import annotations

import pytest

from tidytranscript import Transcript, tidy

TALK = (
    "{} How did you get into physics? Well, I had a good teacher. I was lucky. And what came then? "
    "Then I went north, and I stayed there for ten years, because the ice was good."
)


def speakers(opening: str, *names: str, **metadata: object) -> list[str]:
    said = Transcript(TALK.format(opening), metadata=metadata)
    return [str(turn.speaker) for turn in tidy(said, "verbatim", select=["turns"], names=names).turns]


@pytest.mark.parametrize(
    ("opening", "names", "expected"),
    [
        ("Welcome to the show.", (), ["Speaker 1", "Speaker 2"]),
        ("Welcome to the show.", ("Ann Lee", "Bo Ek"), ["Speaker 1", "Speaker 2"]),
        ("I'm Ann Lee.", (), ["Ann Lee", "Speaker 2"]),
        ("My name is Ann Lee.", ("Ann Lee", "Bo Ek"), ["Ann Lee", "Bo Ek"]),
        ("I'm Ann, your host.", ("Ann Lee", "Bo Ek"), ["Ann Lee", "Bo Ek"]),
        ("This is a talk with Bo Ek, and my guest is Bo Ek.", ("Ann Lee", "Bo Ek"), ["Ann Lee", "Bo Ek"]),
        ("Bo, welcome to the show. Thanks for coming, Bo.", ("Bo Ek",), ["Speaker 1", "Bo Ek"]),
        ("We spoke about Bo Ek.", ("Ann Lee", "Bo Ek"), ["Speaker 1", "Speaker 2"]),
        ("I'm late.", (), ["Speaker 1", "Speaker 2"]),
    ],
)
def test_names_are_bound_on_evidence(opening: str, names: tuple[str, ...], expected: list[str]) -> None:
    assert speakers(opening, *names)[:2] == expected


def test_names_of_the_metadata_are_looked_for() -> None:
    assert speakers("I'm Ann.", speakers=["Ann Lee", "Bo Ek"])[:2] == ["Ann Lee", "Bo Ek"]


def test_host_and_guest_of_the_metadata_are_bound_by_that() -> None:
    assert speakers("", host="Ann Lee", guests=["Bo Ek"])[:2] == ["Ann Lee", "Bo Ek"]
    assert speakers("", guest="Bo Ek")[:2] == ["Speaker 1", "Bo Ek"]


def test_names_that_are_given_are_found_in_channel_and_title() -> None:
    page = {"title": "Bo Ek – How Whales Sing", "channel": "Ann Lee"}
    assert speakers("", "Bo Ek", "Ann Lee", **page)[:2] == ["Ann Lee", "Bo Ek"]
    assert speakers("", **page)[:2] == ["Speaker 1", "Speaker 2"]


def test_where_text_and_metadata_contradict_each_other_nobody_is_named() -> None:
    said = "My name is Bo Ek, and today, Ann, thank you for coming. Welcome, Ann."
    assert speakers(said, host="Ann Lee", guest="Bo Ek")[:2] == ["Speaker 1", "Speaker 2"]


def test_a_show_is_no_speaker() -> None:
    said = (
        "The following is a conversation with Bo Ek, and my guest is Bo Ek. This is the Ann Lee Podcast. I'm Ann Lee."
    )
    assert speakers(said, title="Ann Lee Podcast - Bo Ek: How Whales Sing")[:2] == ["Ann Lee", "Bo Ek"]


def test_first_name_of_two_people_binds_neither() -> None:
    assert speakers("I'm Ann.", "Ann Lee", "Ann Ek")[:2] == ["Speaker 1", "Speaker 2"]


def test_words_stay_as_they_are() -> None:
    said = TALK.format("I'm Ann Lee.")
    assert tidy(said, "verbatim", select=["turns"]).text == said
