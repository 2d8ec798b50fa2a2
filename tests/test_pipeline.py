"""The public surface as it is promised, and what a pipeline and its result can do."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.testing import check_pass, check_result
from tidytranscript.transcript import Times

SHOUT = tt.Rule("shout", tt.Power.PUNCTUATION, tt.Level.VERBATIM, "More than one exclamation mark.")
LOUD = "Um, it's, it's fine!!! We left open AI."


@tt.as_pass("shouts", SHOUT)
def my_pass(transcript: tt.Transcript) -> Iterator[tt.Finding]:
    for match in re.finditer("!!+", transcript.text):
        yield SHOUT.at(match.start(), match.end(), "one is enough", (match.start(), match.end(), "!"))


# -- the public surface --------------------------------------------------------------------------------------


def test_tidy_takes_a_string() -> None:
    assert tt.tidy("it's, it's, it's fine").text == "it's fine"


def test_tidy_takes_a_transcript() -> None:
    assert tt.tidy(tt.Transcript("it's, it's, it's fine")).text == "it's fine"


def test_tidy_does_not_sniff_a_string() -> None:
    text = "---\ntitle: x\n---\n\nHello."
    assert tt.tidy(text, select=[]).source == tt.Transcript(text)


def test_edits_have_place_texts_rule_reason_and_confidence() -> None:
    (edit,) = tt.tidy("it's, it's, it's fine").edits
    assert (edit.start, edit.end, edit.old, edit.new, edit.rule) == (4, 16, ", it's, it's", "", "stutter")
    assert "3 times" in edit.reason
    assert 0.8 <= edit.confidence <= 1.0


def test_suggestions_have_the_shape_of_edits() -> None:
    (suggestion,) = tt.tidy("It was a long dog dog tale.").suggestions
    assert isinstance(suggestion, tt.Change)
    assert (suggestion.old, suggestion.rule) == (" dog", "stutter")


def test_undo_gives_the_source_or_all_but_one_rule() -> None:
    result = tt.tidy(LOUD)
    assert result.text == "It's fine!!! We left OpenAI."
    assert result.undo() == LOUD
    assert result.undo("stutter") == "It's, it's fine!!! We left OpenAI."
    assert result.undo("misheard", "filler") == "Um, it's fine!!! We left open AI."


def test_turns_have_speaker_text_times_and_confidence() -> None:
    text = "ANNA: Did it work?\nBEN: It did.\nANNA: Good."
    cues = [(0, 18, 0, 900), (19, 30, 1000, 1900), (31, 42, 2000, 2900)]
    labels = tuple(tt.Label(tt.Span(a, b), "cue", Times(start, end)) for a, b, start, end in cues)
    turns = tt.tidy(tt.Transcript(text, labels)).turns
    assert [(turn.speaker, turn.text, turn.confidence) for turn in turns] == [
        ("ANNA", "Did it work?", 1.0),
        ("BEN", "It did.", 1.0),
        ("ANNA", "Good.", 1.0),
    ]
    assert [turn.end_ms for turn in turns] == [900, 1900, 2900]


def test_read_takes_a_path_a_path_object_and_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text("---\ntitle: Whales\n---\n\nHello.\n", encoding="utf-8")
    with path.open("rb") as raw, path.open(encoding="utf-8") as text:
        found = [tt.read(path), tt.read(str(path)), tt.read(raw), tt.read(text)]
    assert {transcript.metadata["title"] for transcript in found} == {"Whales"}
    assert len({transcript.text for transcript in found}) == 1


def test_read_takes_a_format_by_force(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text("**Hello.**\n", encoding="utf-8")
    assert tt.read(path, format="text").text == tt.loads("**Hello.**\n", format="text").text == "**Hello.**\n"


def test_loads_reads_a_string_as_a_file() -> None:
    assert tt.loads("---\ntitle: Whales\n---\n\nHello.").metadata["title"] == "Whales"


def test_tidy_takes_all_options(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text('[people]\n"Jerry Tworek" = ["gerry torek"]\n', encoding="utf-8")
    text = "Jerry Tworek: um, it's, it's gerry torek."
    result = tt.tidy(
        tt.Transcript(text),
        level="edited",
        select=["echo", "repeats", "misheard", "turns"],
        ignore=["filler"],
        corrections=[str(path), path, tt.Dictionary.of(path)],
        names=["Jerry Tworek", "Jacob Effron"],
    )
    assert result.text == "Jerry Tworek: um, it's Jerry Tworek."
    assert [turn.speaker for turn in result.turns] == ["Jerry Tworek"]


def test_write_and_dumps_write_a_transcript(tmp_path: Path) -> None:
    result = tt.tidy(tt.loads("it's, it's fine\n"))
    tt.write(result.transcript, tmp_path / "talk.md")
    assert "it's fine" in (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert json.loads(tt.dumps(result.transcript, format="json"))["text"] == result.text
    with pytest.raises(tt.WouldOverwrite, match="exists already"):
        tt.write(result.transcript, tmp_path / "talk.md")


def test_pipeline_is_built_and_called() -> None:
    pipeline = tt.Pipeline.standard(level="clean").without("fillers").after("repeats", my_pass)
    assert pipeline(LOUD).text == "Um, it's fine! We left OpenAI."


@pytest.mark.parametrize("level", ["verbatim", "clean", "edited"])
def test_selecting_nothing_changes_nothing(level: str, specimens: dict[str, str]) -> None:
    for text in specimens.values():
        result = tt.tidy(text, level=level, select=[])
        assert (result.text, result.edits, result.suggestions, result.turns) == (text, (), (), ())


def test_check_pass_holds_a_users_pass_to_the_laws() -> None:
    check_pass(my_pass)


def test_check_pass_finds_a_pass_that_is_not_idempotent() -> None:
    half = tt.Rule("half", tt.Power.PUNCTUATION, tt.Level.VERBATIM, "One mark of many.")

    @tt.as_pass("halves", half)
    def halves(transcript: tt.Transcript) -> Iterator[tt.Finding]:
        for match in re.finditer("!!", transcript.text):
            yield half.at(match.start(), match.end(), "one less", (match.start(), match.end(), "!"))

    with pytest.raises(AssertionError, match="not idempotent"):
        check_pass(halves, st.just("well!!!!"))


def test_public_names_are_there() -> None:
    assert sorted(tt.__all__) == list(tt.__all__)
    assert [name for name in tt.__all__ if not hasattr(tt, name)] == []
    assert {"tidy", "read", "loads", "write", "dumps", "Pipeline", "Transcript", "Turn"} <= set(tt.__all__)


# -- select and ignore ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "ignore", "after"),
    [
        (None, [], "It's fine!!! We left OpenAI."),
        (["repeats"], [], "Um, it's fine!!! We left open AI."),
        (["stutter"], [], "Um, it's fine!!! We left open AI."),
        (["repeats", "misheard"], [], "Um, it's fine!!! We left OpenAI."),
        (["repeats", "misheard"], ["corrections"], "Um, it's fine!!! We left open AI."),
        (["repeats"], ["stutter"], LOUD),
        (None, ["fillers", "stutter"], "Um, it's, it's fine!!! We left OpenAI."),
        ([], [], LOUD),
        ([], ["stutter"], LOUD),
    ],
)
def test_select_and_ignore_take_passes_and_rules(select: list[str] | None, ignore: list[str], after: str) -> None:
    assert tt.tidy(LOUD, select=select, ignore=ignore).text == after


def test_select_does_not_go_beyond_the_level() -> None:
    assert tt.tidy(LOUD, level="verbatim", select=["fillers", "stutter"]).text == LOUD


def test_select_takes_any_iterable() -> None:
    assert tt.tidy(LOUD, select=(name for name in ["filler"])).text == "It's, it's fine!!! We left open AI."


BUILDS: dict[str, Callable[[str], Any]] = {
    "select": lambda name: tt.tidy("", select=[name]),
    "ignore": lambda name: tt.tidy("", ignore=[name]),
    "without": lambda name: tt.Pipeline.standard().without(name),
    "undo": lambda name: tt.tidy("").undo(name),
    "before": lambda name: tt.Pipeline.standard().before(name, my_pass),
    "after": lambda name: tt.Pipeline.standard().after(name, my_pass),
}


@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS.keys())
def test_unknown_name_lists_what_exists_and_what_was_meant(build: Callable[[str], Any]) -> None:
    with pytest.raises(tt.UnknownName) as caught:
        build("filers")
    error = caught.value
    assert error.name == "filers"
    assert {"echo", "fillers", "repeats"} <= set(error.known)
    assert "'filers'; did you mean 'fillers'?" in str(error)
    assert all(name in str(error) for name in error.known)
    assert isinstance(error, tt.TidyError)


def test_unknown_rule_name_is_told_from_the_rules() -> None:
    with pytest.raises(tt.UnknownName, match="did you mean 'stutter'") as caught:
        tt.tidy("", ignore=["stuter"])
    assert {"stutter", "repeats"} <= set(caught.value.known)


def test_unknown_name_without_a_near_one_guesses_nothing() -> None:
    with pytest.raises(tt.UnknownName) as caught:
        tt.tidy("", select=["qqqq"])
    assert "did you mean" not in str(caught.value)


def test_unknown_level_lists_the_levels() -> None:
    with pytest.raises(tt.UnknownName, match="did you mean 'verbatim'") as caught:
        tt.tidy("", level="verbatm")
    assert caught.value.known == ("verbatim", "clean", "edited")


def test_unknown_format_lists_the_formats() -> None:
    with pytest.raises(tt.UnknownName, match="did you mean 'markdown'"):
        tt.dumps(tt.Transcript(""), format="markdwn")


# -- a user's own pass ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["encoding", "repeats", "turns"])
def test_before_and_after_put_a_pass_in_its_place(name: str) -> None:
    standard = tt.Pipeline.standard()
    names = [pass_.name for pass_ in standard.passes]
    at = names.index(name)
    before = [pass_.name for pass_ in standard.before(name, my_pass).passes]
    after = [pass_.name for pass_ in standard.after(name, my_pass).passes]
    assert before == [*names[:at], "shouts", *names[at:]]
    assert after == [*names[: at + 1], "shouts", *names[at + 1 :]]
    assert [pass_.name for pass_ in standard.passes] == names


def test_rules_of_a_users_pass_are_known_by_name() -> None:
    pipeline = tt.Pipeline.standard().after("repeats", my_pass)
    assert pipeline.without("shout")(LOUD).text == "It's fine!!! We left OpenAI."
    assert pipeline.without("shouts")(LOUD).text == "It's fine!!! We left OpenAI."
    assert pipeline(LOUD).undo("shout") == "It's fine!!! We left OpenAI."
    assert pipeline(LOUD).undo("stutter") == "It's, it's fine! We left OpenAI."
    assert pipeline(LOUD).undo() == LOUD
    assert "shout" in pipeline.rule_names


def test_without_can_be_repeated() -> None:
    pipeline = tt.Pipeline.standard().without("fillers").without("stutter").without("stutter", "misheard")
    assert pipeline(LOUD).text == LOUD


def test_a_pass_is_anything_with_its_three_names() -> None:
    assert isinstance(Scramble(1), tt.Pass)
    assert isinstance(my_pass, tt.Pass)


# -- pickling ------------------------------------------------------------------------------------------------

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
MADE: dict[str, Callable[[], Any]] = {
    "pipeline": lambda: tt.Pipeline.standard("edited", ignore=["filler"]).after("repeats", my_pass),
    "transcript": lambda: tt.loads("---\ntitle: Whales\n---\n\n**Ann:** Hello.\n"),
    "result": lambda: tt.Pipeline.standard().after("repeats", my_pass)(LOUD),
    "dictionary": lambda: tt.Dictionary.loads('[people]\n"Jerry Tworek" = ["Jerry Twerk"]'),
}


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("make", MADE.values(), ids=MADE.keys())
def test_object_comes_back_from_a_pickle_equal(make: Callable[[], Any], protocol: int) -> None:
    made = make()
    again = pickle.loads(pickle.dumps(made, protocol))
    assert again == made
    assert type(again) is type(made)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_pipeline_from_a_pickle_works(protocol: int) -> None:
    pipeline = MADE["pipeline"]()
    assert pickle.loads(pickle.dumps(pipeline, protocol))(LOUD).edits == pipeline(LOUD).edits


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_result_from_a_pickle_works(protocol: int) -> None:
    result = MADE["result"]()
    again = pickle.loads(pickle.dumps(result, protocol))
    assert (again.edits, again.suggestions, again.undo()) == (result.edits, result.suggestions, LOUD)
    assert again.undo("shout") == "It's fine!!! We left OpenAI."


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_used_result_can_be_pickled(protocol: int) -> None:
    result = MADE["result"]()
    assert result.edits
    assert len(result.transcript.words) == 5
    assert pickle.loads(pickle.dumps(result, protocol)).edits == result.edits


ERRORS = [
    tt.TidyError(),
    tt.UnknownName("level", "x", ("a", "b")),
    tt.UnreadableInput("<stdin>", "no text", "Try another"),
    tt.BadDictionary("names.toml", ("one", "two")),
    tt.WouldOverwrite("talk.md"),
]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_error_comes_back_from_a_pickle_with_its_data(error: tt.TidyError, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(error, protocol))
    assert (type(again), str(again), again.args) == (type(error), str(error), error.args)
    names = ("kind", "name", "known", "problem", "hint", "problems")
    assert [getattr(again, n, None) for n in names] == [getattr(error, n, None) for n in names]


def fail(name: str) -> None:
    tt.tidy("", ignore=[name])


def test_pipeline_and_errors_travel_between_processes() -> None:
    pipeline = tt.Pipeline.standard().after("repeats", my_pass)
    texts = [LOUD, "No!!", ""]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        results = list(pool.map(pipeline, texts))
        failed = pool.submit(fail, "filers").exception()
    assert results == [pipeline(text) for text in texts]
    assert isinstance(failed, tt.UnknownName)
    assert "did you mean 'fillers'" in str(failed)


# -- the log -------------------------------------------------------------------------------------------------

ANY = tt.Rule("any", tt.Power.REPLACE, tt.Level.VERBATIM, "Anything.")


@frozen
class Scramble:
    """A pass that makes edits at random places, the same ones each time for the same text."""

    seed: int
    name: str = "scramble"
    rules: tuple[tt.Rule, ...] = field(default=(ANY,), init=False)

    def find(self, transcript: tt.Transcript) -> Iterator[tt.Finding]:
        chance = Random(self.seed)
        at = 0
        while at < len(transcript.text):
            start = at + chance.randrange(3)
            end = min(len(transcript.text), start + chance.randrange(4))
            if start > end:
                return
            new = chance.choice(("", "", "x", "yz", "a"))
            sure = chance.choice((1.0, 1.0, 0.1))
            yield ANY.at(start, end, f"{self.seed}", (start, end, new), confidence=sure)
            at = end + 1


@given(st.text(alphabet="abc ", max_size=24), st.lists(st.integers(0, 10_000), max_size=5))
def test_edits_made_in_the_source_give_the_text(source: str, seeds: list[int]) -> None:
    result = tt.Pipeline(tuple([Scramble(seed) for seed in seeds]))(source)
    check_result(result)
    out, at = [], 0
    for edit in result.edits:
        assert edit.start >= at
        assert source[edit.start : edit.end] == edit.old != edit.new
        out += [source[at : edit.start], edit.new]
        at = edit.end
    assert "".join([*out, source[at:]]) == result.text
    assert result.undo() == source


@given(st.text(alphabet="abc ", max_size=24), st.lists(st.integers(0, 10_000), max_size=5))
def test_suggestions_quote_the_source(source: str, seeds: list[int]) -> None:
    result = tt.Pipeline(tuple([Scramble(seed) for seed in seeds]))(source)
    below = sum(len(found.edits) for step in result.steps for found, why in step.declined if "sure" in why)
    assert len(result.suggestions) == below
    for suggestion in result.suggestions:
        assert 0 <= suggestion.start <= suggestion.end <= len(source)
        assert source[suggestion.start : suggestion.end] == suggestion.old
    assert list(result.suggestions) == sorted(result.suggestions)


def test_edits_of_several_passes_on_the_same_words_become_one() -> None:
    swap = tt.Dictionary.loads('[x]\n"it\'s" = ["its"]')
    result = tt.tidy("So, um, its, its fine.", corrections=[swap])
    assert result.text == "So it's fine."
    rebuilt = "So, um, its, its fine."
    for edit in reversed(result.edits):
        rebuilt = rebuilt[: edit.start] + edit.new + rebuilt[edit.end :]
    assert rebuilt == "So it's fine."
    assert "stutter" in {edit.rule for edit in result.edits}


def test_steps_name_the_passes_that_ran() -> None:
    result = tt.tidy(LOUD, select=["repeats", "filler"])
    assert [step.name for step in result.steps] == ["fillers", "repeats"]


DETERMINISM = """
import sys, tidytranscript as tt
result = tt.tidy(tt.loads(sys.stdin.read()), "edited", names=["Ann", "Ben", "Cem"])
print(tt.dumps(result.transcript, "json", changes=[*result.edits, *result.suggestions]))
print(result.pipeline.off, result.transcript.metadata)
"""


def test_output_does_not_depend_on_the_hash_seed(specimens: dict[str, str]) -> None:
    source = "\n".join(text[:6000] for text in specimens.values()) + "\n" + LOUD
    outputs = []
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", DETERMINISM],
            input=source,
            capture_output=True,
            encoding="utf-8",
            env=env,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert '"rule"' in outputs[0]


def test_edits_tell_when_what_they_change_was_said() -> None:
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\nUm, it is fine.\n\n00:03.000 --> 00:04.000\nIt, it is.\n"
    result = tt.tidy(tt.loads(said))
    assert [(edit.rule, edit.start_ms) for edit in result.edits if edit.old.strip(", ")] == [
        ("filler", 1000),
        ("filler", 1000),
        ("stutter", 3000),
    ]
    assert [edit.start_ms for edit in tt.tidy("Um, fine.").edits] == [None, None]
