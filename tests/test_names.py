"""Misheard names: what anchors one, and what a likeness alone does not change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Dictionary, Pipeline, Transcript, tidy
from tidytranscript.corrections.checking import spellings
from tidytranscript.passes.corrections import Corrections
from tidytranscript.testing import check_pass

NAMES = ("Halldis Brekkemo", "Tor Ilvik", "Berit Solmoen")
FIRST = "Halldis Brekkemo wrote it. "


def corrected(text: str, *names: str) -> str:
    return tidy(text, "verbatim", select=["corrections"], names=names or NAMES).text


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        ("I met Halldis Breckemo.", "I met Halldis Brekkemo."),
        ("I met Haldis Brekkemo's son.", "I met Halldis Brekkemo's son."),
        ("Then Haldis Breckemo left.", "Then Halldis Brekkemo left."),
        ("I'm Torr Ilvik.", "I'm Tor Ilvik."),
        ("We thank Berit Solmone.", "We thank Berit Solmoen."),
    ],
)
def test_half_of_a_name_or_the_sound_of_all_of_it_anchors_it(heard: str, right: str) -> None:
    assert corrected(heard) == right
    assert corrected(right) == right


@pytest.mark.parametrize(
    "text",
    [
        "I met Halldis Strand.",
        "I met Hildegard Brekkemo.",
        "We went to Tor, Ilvek and on.",
        "She keeps a halldis breckemo.",
        "The Tor. Ilvek was not there.",
        "Breckemo left.",
        "Halldis spoke.",
    ],
)
def test_likeness_alone_changes_nothing(text: str) -> None:
    assert corrected(text) == text


def test_name_that_the_text_spells_right_elsewhere_is_put_right_alone() -> None:
    text = f"{FIRST}Then Brekkemo left. Later Breckemo came back."
    assert corrected(text) == f"{FIRST}Then Brekkemo left. Later Brekkemo came back."
    assert corrected("Later Breckemo came back.") == "Later Breckemo came back."


def test_of_two_names_that_overlap_neither_is_put_right() -> None:
    names = ("Tor Ilvik", "Ilvik Solmoen")
    assert corrected("We met Torr Ilvik there.", *names) == "We met Tor Ilvik there."
    assert corrected("We met Ilvik Solmoenn there.", *names) == "We met Ilvik Solmoen there."
    assert corrected("We met Torr Ilvik Solmoenn there.", *names) == "We met Torr Ilvik Solmoenn there."


def test_a_part_without_a_capital_is_no_part_of_a_name() -> None:
    text = "Then Haldis brekkemo left. Brekkemo!"
    assert corrected(text) == text


def test_half_of_another_name_is_left() -> None:
    text = f"{FIRST}Brekkemo met Anna Breckemo and Breckemo Strand and Breckemo Ilves."
    assert corrected(text) == text


def test_word_that_also_stands_in_lower_case_is_left() -> None:
    text = f"{FIRST}Brekkemo has a brekemo. Brekemo is a word."
    assert corrected(text) == text


def test_introduction_anchors_a_name_and_what_does_not_is_suggested() -> None:
    assert corrected("I'm Beritt.", "Berit Solmoen") == "I'm Berit."
    result = tidy("We met Beritt.", "verbatim", select=["corrections"], names=["Berit Solmoen"])
    assert result.text == "We met Beritt."
    assert [(s.old, s.new, s.confidence) for s in result.suggestions] == [("Beritt", "Berit", 0.5)]
    assert result.suggestions[0].reason == "'Beritt' is like 'Berit': nothing else tells"


@pytest.mark.parametrize(
    "metadata",
    [{"speakers": ["Halldis Brekkemo"]}, {"guest": "Halldis Brekkemo"}, {"title": "Halldis Brekkemo – How Ice Sings"}],
)
def test_names_come_from_the_metadata(metadata: dict[str, object]) -> None:
    text = Transcript("I met Halldis Breckemo.", metadata=metadata)
    assert tidy(text, "verbatim", select=["corrections"]).text == "I met Halldis Brekkemo."
    assert tidy(text.text, "verbatim", select=["corrections"]).text == text.text


def test_people_of_a_dictionary_need_what_is_near_them() -> None:
    people = Dictionary.loads('[people."Tor Ilvik"]\nheard = ["tore ilvick"]\nnear = ["glacier"]')
    near = Pipeline((Corrections(people),))
    assert near("Torr Ilvik knows this glacier.").text == "Tor Ilvik knows this glacier."
    assert near("Torr Ilvik knows this city.").text == "Torr Ilvik knows this city."


def test_names_that_are_spelled_in_several_ways_are_counted() -> None:
    text = "Ask Berit. Then Berit, Beritt and Berit's son left. Berlin is far; Anna and Hannah know."
    assert spellings(text) == [(("Berit", 3), ("Beritt", 1))]


WORDS = st.sampled_from(
    [
        "Halldis",
        "Haldis",
        "Brekkemo",
        "Breckemo",
        "Brekemo",
        "Tor",
        "Torr",
        "Ilvik",
        "Ilvek",
        "I'm",
        "brekemo",
        "a",
        ".",
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_names_settle_in_one_run(text: str) -> None:
    once = corrected(text)
    assert corrected(once) == once


def test_pass_with_names_keeps_the_promises() -> None:
    check_pass(Corrections(names=NAMES), st.lists(WORDS, max_size=12).map(" ".join))
