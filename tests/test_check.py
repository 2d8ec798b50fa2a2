"""`tidy check` and `tidy explain RULE FILE`: what is found, and where in its file it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import Run, run  # noqa: F401 - a fixture

from tidytranscript import Pipeline, Transcript, loads
from tidytranscript.places import Places
from tidytranscript.reports.findings import at_its_level

pytestmark = pytest.mark.usefixtures("_here")

LABELLED = "Ann: Well, Ann, thank you for, um, this.\nBo: It's, it's good to be here.\nAnn: So.\nBo: Yes.\n"
CUES = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>We, um, left &amp; they,\n\n00:02.000 --> 00:03.000\nthey stayed.\n"


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.txt").write_text(LABELLED, encoding="utf-8")
    Path("talk.vtt").write_text(CUES, encoding="utf-8")
    Path("fine.txt").write_text("So we left.\n", encoding="utf-8")


def test_each_finding_is_a_line_with_its_place(run: Run) -> None:  # noqa: F811
    ran = run("check", "talk.txt", "fine.txt")
    assert ran.text == (
        "talk.txt:1:6 wrong-speaker Ann is said to say 'Well, Ann,'\n"
        "talk.txt:1:32 filler 'um' fills a pause\n"
        'talk.txt:2:11 stutter "It\'s" stands 2 times\n'
    )
    assert ran.err == (
        "talk.txt: 3 findings (wrong-speaker 1, filler 1, stutter 1), 0 suggestions\n"
        "fine.txt: 0 findings, 0 suggestions\n"
    )
    assert ran.code == 1
    assert Path("talk.txt").read_text(encoding="utf-8") == LABELLED


def test_places_are_those_of_the_file(run: Run) -> None:  # noqa: F811
    assert [line.split()[:2] for line in run("check", "-q", "talk.vtt").text.splitlines()] == [
        ["talk.vtt:4:12", "filler"],
        ["talk.vtt:4:31", "stutter"],
    ]


def test_nothing_found_is_code_0(run: Run) -> None:  # noqa: F811
    assert run("check", "-q", "fine.txt") == (0, b"", "")


def test_rules_are_chosen_as_for_tidy(run: Run) -> None:  # noqa: F811
    assert run("check", "-q", "--ignore", "attribution,stutter", "talk.txt").text.count("\n") == 1
    assert run("check", "-q", "--select", "wrong-speaker", "talk.txt").text.count("\n") == 1
    assert run("check", "--select", "qqq", "talk.txt").code == 2


def test_suggestions_are_listed_where_they_are_asked_for(run: Run) -> None:  # noqa: F811
    said = "It was a very, very long way, I mean, for all of us."
    arguments = ("check", "--level", "edited", "-")
    assert run(*arguments, stdin=said.encode()) == (0, b"", "<stdin>: 0 findings, 1 suggestion\n")
    listed = run("check", "-q", "--suggestions", "--level", "edited", "-", stdin=said.encode())
    assert listed.code == 0
    assert listed.text.startswith("<stdin>:1:31 discourse-marker suggestion: ")


def test_one_bad_file_does_not_stop_the_others(run: Run) -> None:  # noqa: F811
    ran = run("check", "-q", "no.txt", "talk.txt")
    assert ran.code == 2
    assert ran.err == "tidy: no.txt: no such file. Check the path\n"
    assert ran.text.count("\n") == 3


def test_explain_shows_what_a_rule_finds_in_a_file(run: Run) -> None:  # noqa: F811
    ran = run("explain", "stutter", "talk.txt")
    assert (ran.code, ran.err) == (0, "")
    place, shown = ran.text.splitlines()
    assert place == 'talk.txt:2:11 stutter 0.97 "It\'s" stands 2 times'
    assert shown.endswith("Bo: It's, | it's good to be here. Ann: So. Bo: Yes.")
    assert run("explain", "filler", "fine.txt").text == "fine.txt: nothing is found\n"


def test_explain_shows_what_a_guard_kept_and_what_is_suggested(run: Run) -> None:  # noqa: F811
    kept = run("explain", "repeats", "-", stdin=b"It was a very, very long way.")
    assert "; kept by the guard intensifier\n" in kept.text
    said = b"It was a long way, I mean, for all of us."
    assert "; not sure enough to be changed\n" in run("explain", "markers", "-", stdin=said).text


@pytest.mark.parametrize(("name", "level"), [("stutter", "clean"), ("repeats", "clean"), ("false-start", "edited")])
def test_explain_is_as_sure_as_tidy_is(name: str, level: str) -> None:
    every = Pipeline.standard("edited", checks=True)
    pipeline = at_its_level(every, every.rules_of([name]))
    assert pipeline.level.value == level
    assert "discourse-marker" in pipeline.off
    assert name not in pipeline.off


def test_explain_shows_the_evidence_for_a_guess(run: Run) -> None:  # noqa: F811
    ran = run("explain", "guessed-turn", "-", stdin=b"How did you get into this? Well, I had a good teacher.")
    first, _, second, _ = ran.text.splitlines()
    assert first.endswith(" Speaker 1 speaks: the talk begins")
    assert "opens with well (+" in second
    assert 0 < float(second.split()[2]) < 1


@pytest.mark.parametrize(
    ("raw", "word", "place"),
    [
        ("So we left.\nThen it rained.\n", "rained", (2, 9)),
        ("\ufeffSo we left.\n", "we", (1, 5)),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nSo we left.\r\n", "left", (3, 7)),
        ('{"segments": [{"start": 0, "end": 1, "text": " So we left."}]}', "we", (1, 51)),
        ("# Talk\n\n## Transcript\n\n[0:05](https://example.org/t=5) So we left.\n", "left", (5, 39)),
    ],
)
def test_places_in_each_kind_of_file(raw: str, word: str, place: tuple[int, int]) -> None:
    transcript = loads(raw)
    line, column = Places(transcript).of(transcript.text.index(word))
    assert raw.split("\n")[line - 1][column - 1 :].startswith(word)
    assert (line, column) == place


def test_places_without_a_file_are_those_of_the_text() -> None:
    assert Places(Transcript("So we left.\nThen it rained.")).of(17) == (2, 6)
