"""A stream gives what the whole text gives, however it is fed, for every pass with a finite reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Change, Dictionary, Entry, Label, Level, NoFiniteReach, Pipeline, Rule, Span, Transcript
from tidytranscript.passes.corrections import Corrections
from tidytranscript.rules import Finding, Pass, Power, as_pass
from tidytranscript.streaming import Settled, Stream, endless
from tidytranscript.testing import texts, windows
from tidytranscript.transcript import Times

SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.[tm]*"))]
NAMES = (
    "Sam Semm Altman Altmun Altman's Shane Shayne Legg Lake Jerry Twerk Tworek I So open AI OpenAI chat chad gpt GPTs "
    "2 two three would of deep mind DeepMind neural models the a said to . , uh"
).split()
SPOKEN_OF = st.lists(st.sampled_from([*NAMES, "\n"]), max_size=150).map(" ".join)
LONG = st.lists(st.one_of(texts(), windows(SOURCES, size=900), SPOKEN_OF), max_size=8).map("".join)
PIPELINES = {level: Pipeline.standard(level).live() for level in Level}
NEAR = list(dict.fromkeys(pass_.name for pass_ in PIPELINES[Level.EDITED].running))


def streamed(pipeline: Pipeline, pieces: Iterable[str | Transcript]) -> list[Settled]:
    stream = pipeline.stream()
    return [*map(stream.feed, pieces), stream.close()]


def cut(text: str, places: Sequence[int]) -> list[str]:
    at = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[a:b] for a, b in pairwise(at)]


def bare(edits: Iterable[Change]) -> list[tuple[int, int, str, str, str, str]]:
    return [edit[:6] for edit in edits]


def check(pipeline: Pipeline, pieces: Sequence[str]) -> None:
    whole = pipeline("".join(pieces))
    settled = streamed(pipeline, pieces)
    assert "".join(one.text for one in settled) == whole.text
    assert bare(edit for one in settled for edit in one.edits) == bare(whole.edits)


@given(LONG, st.sampled_from(Level))
def test_a_stream_of_lines_gives_what_the_whole_gives(text: str, level: Level) -> None:
    check(PIPELINES[level], text.splitlines(keepends=True))


@given(LONG, st.lists(st.integers(0, 10_000), max_size=40), st.sampled_from(Level))
def test_it_may_be_cut_anywhere(text: str, places: list[int], level: Level) -> None:
    check(PIPELINES[level], cut(text, places))


@given(LONG, st.lists(st.integers(0, 10_000), max_size=12), st.sampled_from(Level))
def test_what_is_given_and_what_is_pending_are_all_there_is_so_far(text: str, places: list[int], level: Level) -> None:
    stream = PIPELINES[level].stream()
    fed = said = ""
    for piece in cut(text, places):
        fed += piece
        said += stream.feed(piece).text
        assert said + stream.pending == PIPELINES[level](fed).text
    rest = stream.pending
    assert (stream.close().text, stream.pending) == (rest, "")


@given(st.text(max_size=200), st.lists(st.integers(0, 200), max_size=9), st.sampled_from(Level))
def test_no_text_is_an_exception(text: str, places: list[int], level: Level) -> None:
    check(PIPELINES[level], cut(text, places))


@pytest.mark.parametrize("name", NEAR)
@given(text=LONG)
def test_each_pass_alone(name: str, text: str) -> None:
    check(Pipeline.standard("edited", select=[name]).live(), re.split(r"(?<=\n)", text))


HEARD = st.lists(st.sampled_from(["ab", "abs", "cd", "ef"]), min_size=1, max_size=3).map(" ".join)
ENTRIES = st.builds(
    Entry,
    right=st.sampled_from(["Ab", "Cd ef", "ab Gh", "GH"]),
    heard=st.lists(HEARD, min_size=1, max_size=2, unique=True).map(tuple),
    near=st.lists(st.sampled_from(["ef", "Gh"]), max_size=1).map(tuple),
    within=st.integers(1, 4),
)
TALKS = st.lists(st.sampled_from(["ab ", "abs ", "cd ", "ef ", "Gh ", "so, ", "ab-cd ", "ab\n", "ef\n"]), max_size=400)


@given(st.lists(ENTRIES, min_size=1, max_size=4), TALKS.map(lambda said: "".join(said) * 5))
def test_any_dictionary_that_has_a_reach_says_enough(entries: list[Entry], text: str) -> None:
    pass_ = Corrections(Dictionary(tuple(entries))).nearby()
    if pass_.reach is None:
        with pytest.raises(NoFiniteReach, match="corrections"):
            Pipeline((pass_,)).stream()
    else:
        check(Pipeline((pass_,)), text.splitlines(keepends=True))


@given(LONG, st.sampled_from(Level))
def test_cues_keep_their_times(text: str, level: Level) -> None:
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:i])) for i in range(len(lines))]

    def cues(at: Sequence[int]) -> list[Label]:
        spans = [Span(start, start + len(line.rstrip())) for start, line in zip(at, lines, strict=True)]
        return [Label(span, "cue", Times(i, i + 1)) for i, span in enumerate(spans)]

    pieces = [Transcript(line, (label,)) for line, label in zip(lines, cues([0] * len(lines)), strict=True)]
    whole = PIPELINES[level](Transcript(text, tuple(cues(starts))))
    settled = streamed(PIPELINES[level], pieces)
    found = [(label.value, label.span.of(one.text)) for one in settled for label in one.transcript.labels]
    assert found == [(label.value, label.span.of(whole.text)) for label in whole.transcript.labels]
    assert [edit[:6] for one in settled for edit in one.edits] == bare(whole.edits)


@pytest.mark.parametrize(
    "word", ["no ", "I, ", "so we,\n", "um ", "Thanks for watching!\n", "a b c d e f g h i j k l ", "— "]
)
def test_a_repeat_without_end_settles_when_it_ends(word: str) -> None:
    pieces = ["It was late.\n", *[word] * 3000, "\n", *["And then we left for the old harbour.\n"] * 2, *SOURCES]
    check(PIPELINES[Level.CLEAN], pieces)


def test_text_settles_when_the_reach_has_been_heard_behind_it() -> None:
    stream = PIPELINES[Level.CLEAN].stream()
    behind: list[int] = []
    said = heard = 0
    for i in range(3000):
        line = f"We went to house {i} of the long street and saw its garden.\n"
        heard += len(line.split())
        said += len(stream.feed(line).text.split())
        behind.append(heard - said)
    assert max(behind) < 2 * stream.reach
    assert len(stream._text.split()) < 5 * stream.reach


def test_a_pass_without_reach_is_named() -> None:
    with pytest.raises(NoFiniteReach, match="the passes page, echo, corrections, turns need the whole text"):
        Pipeline.standard().stream()
    assert endless(PIPELINES[Level.EDITED]) == []


def test_live_leaves_out_what_needs_the_whole_text() -> None:
    whole = Pipeline.standard("edited", names=["Halldis Brekkemo"])
    with pytest.raises(NoFiniteReach, match=r"Leave them out: pipeline\.live\(\)"):
        whole.stream()
    live = whole.live()
    assert live.live() == live
    names = {pass_.name for pass_ in whole.running} - {pass_.name for pass_ in live.running}
    assert names == {"page", "echo", "turns"}
    check(live, ["Um, we, we met Haldis Brekkemo.\n", "And then Brekemo left.\n"] * 200)
    assert live("We met Haldis Brekkemo. Brekemo left.").text == "We met Halldis Brekkemo. Brekemo left."


def test_decisions_are_about_a_whole_text() -> None:
    from tidytranscript.decisions import Decisions

    pipeline = Pipeline.standard(select=["fillers"], decisions=[Decisions("", ())])
    with pytest.raises(NoFiniteReach, match="decisions are about one whole text"):
        pipeline.stream()


def test_a_pass_of_ones_own_says_its_reach() -> None:
    shout = Rule("shout", Power.PUNCTUATION, Level.CLEAN, "More than one exclamation mark.")

    def find(transcript: Transcript) -> Iterable[object]:
        for match in re.finditer("!!+", transcript.text):
            yield shout.at(*match.span(), "one is enough", (*match.span(), "!"))

    for reach in (None, 1):
        pipeline = Pipeline((as_pass("shouts", shout, reach=reach)(find),))  # type: ignore[arg-type]
        if reach is None:
            with pytest.raises(NoFiniteReach, match="shouts"):
                pipeline.stream()
        else:
            check(pipeline, ["Oh!!!\n"] * 50)


def test_a_pass_of_ones_own_may_have_a_narrower_one() -> None:
    shout = Rule("shout", Power.PUNCTUATION, Level.CLEAN, "More than one exclamation mark.")

    def found(transcript: Transcript) -> Iterable[Finding]:
        for match in re.finditer("!!+", transcript.text):
            yield shout.at(*match.span(), "one is enough", (*match.span(), "!"))

    class Whole:
        name = "shouts"
        rules = (shout,)
        find = staticmethod(found)

        def nearby(self) -> Pass:
            return as_pass("shouts", shout, reach=1)(found)

    with pytest.raises(NoFiniteReach, match="shouts"):
        Pipeline((Whole(),)).stream()
    check(Pipeline((Whole(),)).live(), ["Oh!!!\n"] * 50)


def test_a_closed_stream_takes_nothing_more() -> None:
    stream = Stream(PIPELINES[Level.CLEAN])
    stream.feed("Um, so.")
    assert stream.close().text == "So."
    assert stream.close().text == ""
    with pytest.raises(ValueError, match="closed"):
        stream.feed("more")
