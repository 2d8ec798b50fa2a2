"""Every pass, at every level, under every law; and the same for the whole pipeline."""

from __future__ import annotations

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Level, Pass, Pipeline, Transcript, dumps, loads
from tidytranscript.passes import ORDER
from tidytranscript.testing import check_pass, check_result, texts, transcripts, windows

SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.[tm]*"))]
LEVELS = st.sampled_from(list(Level))
PIPELINES = {level: Pipeline.standard(level) for level in Level}


@pytest.mark.parametrize("pass_", ORDER, ids=lambda p: p.name)
def test_each_pass_on_fragments(pass_: Pass) -> None:
    check_pass(pass_)


@pytest.mark.parametrize("pass_", ORDER, ids=lambda p: p.name)
def test_each_pass_on_windows_of_specimens(pass_: Pass) -> None:
    check_pass(pass_, windows(SOURCES))


@given(transcripts(), LEVELS)
def test_pipeline_on_fragments(transcript: Transcript, level: Level) -> None:
    result = PIPELINES[level](transcript)
    check_result(result)
    assert PIPELINES[level](result.transcript).text == result.text


@given(st.one_of(texts(), windows(SOURCES)), LEVELS)
def test_pipeline_twice_on_plain_text(text: str, level: Level) -> None:
    once = PIPELINES[level](text).text
    assert PIPELINES[level](once).text == once


@given(st.one_of(texts(), windows(SOURCES, size=900)), LEVELS, st.sampled_from(["text", "markdown", "json"]))
def test_pipeline_twice_through_each_format(text: str, level: Level, form: str) -> None:
    first = PIPELINES[level](loads(text, "text"))
    once = dumps(first.transcript, form, changes=first.edits)
    second = PIPELINES[level](loads(once, form))
    assert dumps(second.transcript, form, changes=second.edits) == once


@given(st.one_of(texts(), windows(SOURCES)), LEVELS)
def test_undoing_one_rule_is_running_without_it(text: str, level: Level) -> None:
    result = PIPELINES[level](text)
    for name in {edit.rule for edit in result.edits}:
        assert result.undo(name) == PIPELINES[level].without(name)(text).text


@given(st.text(max_size=200), LEVELS)
def test_no_text_raises(text: str, level: Level) -> None:
    check_result(PIPELINES[level](text))


@given(st.one_of(texts(), windows(SOURCES)))
def test_selecting_nothing_changes_nothing(text: str) -> None:
    assert Pipeline.standard(select=[])(text).text == text
    transcript = loads(text, "text")
    assert dumps(Pipeline.standard(select=[])(transcript).transcript) == text


@given(st.one_of(texts(), windows(SOURCES)))
def test_turns_change_no_word(text: str) -> None:
    result = Pipeline.standard("verbatim", select=["turns"])(text)
    assert result.text == text
    for a, b in zip(result.turns, result.turns[1:], strict=False):
        assert a.span.end <= b.span.start


@given(texts(), LEVELS)
def test_nothing_merges_across_a_known_change_of_speaker(third: str, level: Level) -> None:
    """Two people who say the same, one after the other, both keep it."""
    body = "**Ann:** yes, I think so\n\n**Ben:** yes, I think so\n\n**Ann:** " + " ".join(third.split())
    turns = PIPELINES[level](loads("# Talk\n\n" + body)).turns
    assert [turn.text for turn in turns[:2]] == ["yes, I think so", "yes, I think so"]
