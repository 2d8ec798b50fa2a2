"""What somebody says is to stay stays, and what somebody decided is done: by comment, pattern or decision."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve
from conftest import SEEDS
from hypothesis import assume, given
from hypothesis import strategies as st

from tidytranscript import Change, Decision, Decisions, Label, Pipeline, Span, Transcript, dumps, loads
from tidytranscript.decisions import hash_of
from tidytranscript.rulings import meet
from tidytranscript.testing import check_result, texts, windows
from tidytranscript.transcript import Suppression

SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.[tm]*"))]
EDITED = Pipeline.standard("edited")
SAID = st.one_of(texts(), windows(SOURCES, size=900))


@st.composite
def suppressed(draw: st.DrawFn) -> Transcript:
    """A text in which some stretches are marked, each for some rules or for all."""
    text = draw(SAID)
    labels = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 60)))
        names = draw(st.sampled_from([(), ("filler",), ("repeats", "fillers"), ("rolling-echo", "stutter")]))
        labels.append(Label(Span(start, end), "suppressed", Suppression(names, f"NOTE tidy: off {' '.join(names)}")))
    return Transcript(text, tuple(labels))


def near(changes: Iterable[Change], span: Span) -> list[Change]:
    return [change for change in changes if meet(Span(change.start, change.end), span)]


def decided(text: str, changes: Iterable[Change], *, take: bool) -> Decisions:
    made = tuple([Decision(take, c.rule, c.start, c.end, c.old, c.new) for c in changes])
    return Decisions(hash_of(text), made)


@given(suppressed())
def test_nothing_changes_where_all_rules_are_switched_off(transcript: Transcript) -> None:
    result = EDITED(transcript)
    check_result(result)
    for span, kind, value in transcript.labels:
        if kind == "suppressed" and not value.names:
            assert near(result.edits, span) == []


@given(suppressed())
def test_suppression_outlives_a_run_and_a_file(transcript: Transcript) -> None:
    once = EDITED(transcript)
    written = dumps(once.transcript, "json", changes=once.edits)
    assert EDITED(loads(written, "json")).text == EDITED(once.transcript).text


@given(SAID, st.integers(0, 30))
def test_what_is_rejected_is_not_done(text: str, at: int) -> None:
    before = EDITED(text)
    assume(before.edits)
    number = before.edits[at % len(before.edits)].finding
    rejected = [change for change in before.edits if change.finding == number]
    after = evolve(EDITED, decisions=(decided(text, rejected, take=False),))(text)
    check_result(after)
    for change in rejected:
        again = [c for c in near(after.edits, Span(change.start, change.end)) if c.rule == change.rule]
        assert all((c.start, c.end, c.new) != (change.start, change.end, change.new) for c in again)


@given(SAID)
def test_decisions_in_a_file_are_those_that_were_made(text: str) -> None:
    made = decided(text, EDITED(text).edits, take=False)
    assert Decisions.loads(made.dumps()) == made


@given(SAID)
def test_what_is_accepted_is_no_longer_only_suggested(text: str) -> None:
    before = EDITED(text)
    assume(before.suggestions)
    number = before.suggestions[0].finding
    accepted = [change for change in before.suggestions if change.finding == number]
    after = evolve(EDITED, decisions=(decided(text, accepted, take=True),))(text)
    check_result(after)
    assert [c for c in after.suggestions if c[:5] == accepted[0][:5]] == []


@given(SAID, st.sampled_from([r"\bum\b", r"\d+", "it's,? it's", r"[A-Z]\w+", "\\s-", "the whole .*?end"]))
def test_what_a_pattern_protects_does_not_change(text: str, source: str) -> None:
    result = Pipeline.standard("edited", protect=[source])(text)
    check_result(result)
    for match in re.finditer(source, text):
        assert [c for c in result.edits if c.start < match.end() and match.start() < c.end] == []
