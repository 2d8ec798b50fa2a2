"""`tidy stats`: who spoke how much, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEEDS
from hypothesis import given
from test_cli import Run, run  # noqa: F401 - a fixture

from tidytranscript import Transcript, dumps, loads, tidy
from tidytranscript.reports.stats import shares
from tidytranscript.testing import transcripts
from tidytranscript.words import word_list

CUES = (
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Um, when, when did you leave?\n\n"
    "00:03.000 --> 00:05.000\n<v Bo>We left.\n<v Ann>And then\n"
)


def test_each_speaker_has_words_times_fillers_and_repeats() -> None:
    ann, bo = shares(tidy(loads(CUES)))
    assert (ann.speaker, ann.turns, ann.words, ann.fillers, ann.repeats) == ("Ann", 2, 8, 1, 1)
    assert (bo.speaker, bo.turns, bo.words, bo.fillers, bo.repeats) == ("Bo", 1, 2, 0, 0)
    assert ann.ms + bo.ms == pytest.approx(4000, rel=0.05)
    assert bo.ms == pytest.approx(1000, rel=0.1)


def test_turns_that_the_file_has_already_are_counted_alike() -> None:
    read = tidy(loads(CUES), select=["turns"]).transcript
    again = loads(dumps(read, "json"))
    assert [(s.speaker, s.words, s.fillers, s.repeats) for s in shares(tidy(again))] == [
        ("Ann", 8, 1, 1),
        ("Bo", 2, 0, 0),
    ]


def test_an_echo_is_not_counted() -> None:
    text = (SEEDS / "rolling-captions" / "source.vtt").read_text(encoding="utf-8")
    assert sum(share.words for share in shares(tidy(loads(text)))) == len(word_list(tidy(loads(text), "verbatim").text))


@given(transcripts())
def test_no_word_that_stays_is_without_a_speaker(transcript: Transcript) -> None:
    result = tidy(transcript)
    found = shares(result)
    assert all(share.words >= 0 and share.turns > 0 for share in found)
    assert sum(share.words for share in found) >= sum(len(word_list(turn.text)) for turn in result.turns)


def test_the_table_has_a_row_for_each_speaker_of_each_file(
    run: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.vtt").write_text(CUES, encoding="utf-8")
    Path("b.txt").write_text("So we left.\n", encoding="utf-8")
    ran = run("stats", "a.vtt", "b.txt")
    assert (ran.code, ran.err) == (0, "")
    heading, *rows = [line.split() for line in ran.text.splitlines()]
    assert heading[:4] == ["file", "speaker", "turns", "words"]
    assert [row[:4] for row in rows] == [
        ["a.vtt", "Ann", "2", "8"],
        ["a.vtt", "Bo", "1", "2"],
        ["b.txt", "-", "1", "3"],
    ]
    assert rows[0][4:] == ["80", "%", "0:00:02", "12.5", "12.5"]
    missing = run("stats", "no.txt", "b.txt")
    assert (missing.code, missing.text.count("\n")) == (2, 2)
    assert missing.err == "tidy: no.txt: no such file. Check the path\n"
