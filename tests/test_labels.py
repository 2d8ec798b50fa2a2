"""Written speaker labels: names as they really are, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest

import tidytranscript as tt
from tidytranscript.speakers.labels import find_labels, looks_like_a_name

NAMES = (
    "ANNA",
    "Dr. Lee",
    "J.R. O’Neil",
    "Ana de la Cruz",
    "Ann-Marie O'Hara",
    "Bo Fox (Harbour Board)",
    "Tim | Harbour (Porto)",
    "Tim | Harbour Board (New Porto)",
    "Kai | Obol",
    "Speaker 0",
    "Speaker #2",
    "SPEAKER_00",
    "Audience Member 1",
    "Fox, Bo",
)
NO_LABELS = (
    "Note: it worked.\nWe went on.\nThen we slept.",
    "And then: yes.\nSo we left.\nAnd then: no.",
    "We left at 10:30 and ate.\nAt 12:30 we slept.\nAt 18:00 we ate.",
    "There were two: one old, one new.\nThere were two: one red, one blue.",
    "See https://example.org for more.\nAnd http: is old.\nSo is it.",
    "Slides: here.\nRecording: there.\nSlides: gone.\nThat was all.",
    "Q - what is that?\nIt is a letter.\nQ - and that?",
    "A - the first.\nB - the second.\nA - the third.",
    "He said what he (always: you know) says.\nHe did.",
    "note: it worked.\nyes: it did.\nnote: it broke.\nAnd we left.",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["{}: ", "**{}:** ", "**{}**: ", ">> {}: "])
def test_name_is_found(name: str, form: str) -> None:
    text = (
        f"{form.format(name)}Good morning.\n{form.format('Cem')}Hello.\n{form.format(name)}So.\nWe wait.\nIt is cold."
    )
    assert [label.name for label in find_labels(text) if label.name != "Cem"] == [name, name]
    assert text[find_labels(text)[0].end :].startswith("Good")


@pytest.mark.parametrize("text", NO_LABELS)
def test_what_only_looks_like_a_label_is_none(text: str) -> None:
    assert find_labels(text) == []


def test_questions_and_answers_with_dashes() -> None:
    text = "Q - Is it thin?\n\nA - It is.\n\nQ – And cold?\n\nA – Yes."
    assert [(label.name, text[label.end]) for label in find_labels(text)] == [
        ("Q", "I"),
        ("A", "I"),
        ("Q", "A"),
        ("A", "Y"),
    ]


def test_a_name_in_small_letters_counts_among_others() -> None:
    text = "nixo: gm\nAnn: Good morning.\nBo: Hello.\nAnn: So.\nnixo: yes\nBo: Right."
    assert [label.name for label in find_labels(text)] == ["nixo", "Ann", "Bo", "Ann", "nixo", "Bo"]


@pytest.mark.parametrize("name", NAMES)
def test_looks_like_a_name(name: str) -> None:
    assert looks_like_a_name(name)


@pytest.mark.parametrize("name", ["And then", "Note", "Bo Fox (Harbour", "http", "", "one", "A B C D E F G H I"])
def test_does_not_look_like_a_name(name: str) -> None:
    assert not looks_like_a_name(name)


def test_what_no_label_covers_is_a_turn_of_nobody_known() -> None:
    text = "Good morning. Hello. So we left. That was all."
    spans = [(14, 20, "Ann"), (14, 20, "Ann"), (21, 21, "Bo"), (21, 32, "Bo")]
    labels = tuple(tt.Label(tt.Span(start, end), "speaker", name) for start, end, name in spans)
    turns = tt.tidy(tt.Transcript(text, labels), select=["turns"]).turns
    assert [(turn.speaker, turn.text, turn.confidence) for turn in turns] == [
        (None, "Good morning.", 0.5),
        ("Ann", "Hello.", 1.0),
        ("Bo", "So we left.", 1.0),
        (None, "That was all.", 0.5),
    ]


@pytest.mark.parametrize("piece", ["Aa Bb ", "A ", "a", ">> ", "Aa Bb Cc Dd Ee Ff Gg Hh\n", "[A ", "(", "Aa | ", "** "])
def test_long_texts_are_read_all_the_same(piece: str) -> None:
    """A pattern that tries a text again at each place would take minutes."""
    text = piece * (200_000 // len(piece)) + ": A -"
    found = find_labels(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert not found or found[-1].end <= len(text)
