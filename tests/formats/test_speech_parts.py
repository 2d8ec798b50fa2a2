"""What the readers of JSON share: where cues are cut, how times are written, which word is which."""

from __future__ import annotations

from typing import Any

import pytest

from tidytranscript.formats.speech import aligning, joining, times
from tidytranscript.formats.speech.spoken import Unit
from tidytranscript.transcript import Times


def test_cues_are_cut_after_a_sentence_of_twelve_words_and_not_before() -> None:
    text = "One two three four five. Six seven eight nine ten eleven Dr. Lee said so. And on".split()
    cut = joining.cut([Unit(word) for word in text])
    assert [" ".join(unit.text for unit in cue.units) for cue in cut] == [
        "One two three four five. Six seven eight nine ten eleven Dr. Lee said so.",
        "And on",
    ]


def test_cues_are_cut_at_long_pauses_and_not_at_short_ones() -> None:
    units = [Unit("a", Times(0, 500)), Unit("b", Times(1500, 2000)), Unit("c", Times(3001, 3100)), Unit("d")]
    assert [len(cue.units) for cue in joining.cut(units)] == [2, 2]


@pytest.mark.parametrize(
    ("value", "unit", "found"),
    [
        (1, times.SECOND, 1000),
        (0.0005, times.SECOND, 0),
        ("13.03", times.SECOND, 13030),
        ("1:02:03.5", times.SECOND, 3723500),
        (15000000.0, times.TICK, 1500),
        ("PT1H", times.TICK, 3600000),
        ({"seconds": 1}, times.SECOND, 1000),
        ({}, times.SECOND, 0),
        (float("nan"), times.SECOND, None),
        (float("inf"), times.SECOND, None),
        (10**400, times.SECOND, None),
        ("1e400", times.SECOND, None),
        ("nan", times.SECOND, None),
        (True, times.SECOND, None),
        (None, times.SECOND, None),
        ([1], times.SECOND, None),
        ("soon", times.SECOND, None),
        ("", times.SECOND, None),
    ],
)
def test_times_in_all_their_forms(value: Any, unit: float, found: int | None) -> None:
    assert times.ms(value, unit) == found


def test_words_are_found_in_linear_time() -> None:
    text = ".!" * 100_000
    assert len(aligning.found(text, ["!"] * 100_000)) == 100_000
    assert aligning.found("." * 100_000 + "x", ["x"]) == []


def test_words_are_found_past_stops_only() -> None:
    text = "\u201cYes\u201d - he said, no more."
    spans = aligning.found(text, ["Yes", "he", "said", "no", "more"])
    assert [text[start:end] for start, end in aligning.tiled(text, spans)] == [
        "\u201cYes\u201d -",
        "he",
        "said,",
        "no",
        "more.",
    ]
    assert aligning.found(text, ["he"]) == []
    assert aligning.found(text, ["Yes", "said"]) == aligning.found(text, ["Yes"])
