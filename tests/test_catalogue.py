"""The catalogue of rules is true: each rule says what it does, and its examples hold."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import tidytranscript
from tidytranscript import Pass, Pipeline, Power, Rule
from tidytranscript.passes import CHECKS, ORDER

PACKAGE = Path(tidytranscript.__file__).parent
PASSES = {pass_.name: pass_ for pass_ in ORDER}
REMARKS = [rule for pass_ in CHECKS for rule in pass_.rules]
RULES = [rule for pass_ in PASSES.values() for rule in pass_.rules]
FIXES = [pytest.param(rule, *fix, id=f"{rule.name}-{i}") for rule in RULES for i, fix in enumerate(rule.fixes)]
KEEPS = [pytest.param(rule, keep, id=f"{rule.name}-{i}") for rule in RULES for i, keep in enumerate(rule.keeps)]
GUARDS = [pytest.param(rule, name, text, id=f"{rule.name}-{name}") for rule in RULES for name, _, text in rule.guards]


@cache
def only(name: str) -> Pipeline:
    return Pipeline.standard("edited", select=[name], checks=True)


def shown(rule: Rule, text: str) -> str:
    """What the rule makes of a text: the text itself; who speaks, or what it remarks, if it may change nothing."""
    result = only(rule.name)(text)
    if rule.power != Power(0):
        return result.text
    assert result.text == text
    if rule in REMARKS:
        return " | ".join(remark.reason for remark in result.remarks)
    return " | ".join(turn.speaker or "-" for turn in result.turns)


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)


def test_passes_of_one_name_are_one_pass() -> None:
    assert [pass_ for pass_ in ORDER if pass_ != PASSES[pass_.name]] == []


def test_rule_and_pass_names_differ() -> None:
    assert {rule.name for rule in RULES}.isdisjoint(PASSES)


def test_order_is_the_order_of_the_pipeline() -> None:
    assert [pass_.name for pass_ in Pipeline.standard().passes] == [pass_.name for pass_ in ORDER]
    assert Pipeline.standard().rules == tuple(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_name_is_lower_case_words_with_hyphens(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_summary_is_one_sentence_in_one_line(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[^\s.]\.", rule.summary)
    assert len(rule.summary) <= 100


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_has_three_fixes_and_three_keeps(rule: Rule) -> None:
    assert len(set(rule.fixes)) >= 3
    assert len(set(rule.keeps)) >= 3


@pytest.mark.parametrize(("rule", "before", "after"), FIXES)
def test_fix_turns_before_into_after(rule: Rule, before: str, after: str) -> None:
    assert before != after
    assert shown(rule, before) == after


@pytest.mark.parametrize(("rule", "before", "after"), FIXES)
def test_fix_is_a_fixed_point(rule: Rule, before: str, after: str) -> None:
    once = only(rule.name)(before)
    again = only(rule.name)(once.transcript)
    assert (again.text, again.turns) == (once.text, once.turns)
    assert again.edits == ()


@pytest.mark.parametrize(("rule", "before", "after"), FIXES)
def test_fix_is_accounted_to_its_rule(rule: Rule, before: str, after: str) -> None:
    result = only(rule.name)(before)
    assert {edit.rule for edit in result.edits} == ({rule.name} if rule.power != Power(0) else set())
    assert {finding.rule for step in result.steps for finding in step.taken} == {rule.name}
    assert result.undo() == before


@pytest.mark.parametrize(("rule", "text"), KEEPS)
def test_keep_stays_as_it_is(rule: Rule, text: str) -> None:
    result = only(rule.name)(text)
    assert result.text == text
    assert len(result.turns) <= 1
    assert result.remarks == ()


@pytest.mark.parametrize(("rule", "name", "text"), GUARDS)
def test_guard_keeps_its_example_and_is_named_in_the_log(rule: Rule, name: str, text: str) -> None:
    result = only(rule.name)(text)
    assert result.text == text
    assert f"kept by the guard {name}" in [why for step in result.steps for _, why in step.declined]


@pytest.mark.parametrize("pass_", PASSES.values(), ids=lambda pass_: pass_.name)
def test_pass_has_a_short_file_of_its_own_name(pass_: Pass) -> None:
    lines = (PACKAGE / "passes" / f"{pass_.name}.py").read_text(encoding="utf-8").count("\n")
    assert lines < 300
