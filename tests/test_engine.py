"""The engine: what it refuses and says of it, and what it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Edit, Finding, Label, Level, Patch, Pipeline, Power, Rule, Span, Transcript, tidy
from tidytranscript.engine import BELOW, Step, run
from tidytranscript.powers import within
from tidytranscript.rules import FunctionPass, Metadata

CUT = Rule("cut", Power.DELETE | Power.SPACE, Level.VERBATIM, "Words.")
BLANK = Rule("blank", Power.SPACE, Level.VERBATIM, "Blanks.")
STOP = Rule("stop", Power.PUNCTUATION, Level.VERBATIM, "Stops.")
CAPITAL = Rule("capital", Power.CASE, Level.VERBATIM, "Capitals.")
SWAP = Rule("swap", Power.REPLACE, Level.VERBATIM, "Other words.")
LATER = Rule("later", Power.DELETE | Power.SPACE, Level.EDITED, "Words, at the last level.")
MARK = Rule("mark", Power(0), Level.VERBATIM, "Nothing.")
RULES = {rule.name: rule for rule in (CUT, BLANK, STOP, CAPITAL, SWAP, LATER, MARK)}

Change = tuple[int, int, str]


def finding(rule: Rule, *edits: Change, confidence: float = 1.0) -> Finding:
    return rule.at(edits[0][0], edits[-1][1], "for the test", *edits, confidence=confidence)


def stated(*findings: Finding, name: str = "test") -> FunctionPass:
    """A pass that finds just these."""
    return FunctionPass(name, tuple(RULES.values()), lambda _: findings)


def ran(
    source: str | Transcript,
    *findings: Finding,
    level: Level = Level.CLEAN,
    off: frozenset[str] = frozenset(),
) -> tuple[Transcript, Step]:
    transcript = Transcript(source) if isinstance(source, str) else source
    return run(stated(*findings), transcript, level, off)


def refusal(source: str | Transcript, found: Finding, level: Level = Level.CLEAN, off: str = "") -> str:
    """Why a finding alone is declined; it must change nothing."""
    before = Transcript(source) if isinstance(source, str) else source
    after, step = ran(before, found, level=level, off=frozenset([off]))
    assert (after, step.taken, step.patch.edits) == (before, (), ())
    ((declined, why),) = step.declined
    assert declined is found
    return why


# -- what is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "later"),
    [
        ([(0, 4, "")], [(2, 7, "")]),
        ([(0, 4, "")], [(0, 4, "")]),
        ([(0, 4, "")], [(0, 8, "")]),
        ([(0, 4, ""), (12, 16, "")], [(4, 8, ""), (12, 13, "")]),
        ([(0, 4, ""), (12, 16, "")], [(8, 16, "")]),
    ],
)
def test_engine_declines_a_finding_that_overlaps_an_earlier_one(edits: list[Change], later: list[Change]) -> None:
    first, second = finding(SWAP, *edits), finding(SWAP, *later)
    after, step = ran("one two six ten won", first, second)
    assert step.declined == ((second, "overlaps an earlier finding"),)
    assert step.taken == (first,)
    assert after == ran("one two six ten won", first)[0]


def test_engine_declines_a_second_insertion_at_the_same_place() -> None:
    first, second = finding(STOP, (3, 3, ",")), finding(STOP, (3, 3, "."))
    after, step = ran("yes no", first, second)
    assert after.text == "yes, no"
    assert step.declined == ((second, "overlaps an earlier finding"),)


def test_engine_takes_a_finding_that_fits_between_the_edits_of_an_earlier_one() -> None:
    outer, inner = finding(CUT, (0, 4, ""), (12, 16, "")), finding(CUT, (4, 8, ""))
    after, step = ran("one two six ten won", outer, inner)
    assert after.text == "six won"
    assert step.taken == (outer, inner)


@pytest.mark.parametrize(("start", "end"), [(0, 8), (4, 7), (5, 6), (6, 9)])
def test_engine_declines_an_edit_that_touches_a_protected_span(start: int, end: int) -> None:
    kept = Transcript("one two six", (Label(Span(4, 7), "protected", "kept"),))
    assert refusal(kept, finding(SWAP, (start, end, ""))) == "touches a protected span"


@pytest.mark.parametrize(("start", "end", "after"), [(0, 4, "two six"), (7, 11, "one two"), (7, 8, "one twosix")])
def test_engine_takes_an_edit_beside_a_protected_span(start: int, end: int, after: str) -> None:
    kept = Transcript("one two six", (Label(Span(4, 7), "protected", "kept"),))
    assert ran(kept, finding(SWAP, (start, end, "")))[0].text == after


def test_engine_declines_an_insertion_inside_a_protected_span() -> None:
    kept = Transcript("one two six", (Label(Span(4, 7), "protected", "kept"),))
    assert refusal(kept, finding(SWAP, (5, 5, "x"))) == "touches a protected span"


def test_engine_declines_an_edit_inside_a_long_protected_span_behind_short_ones() -> None:
    spans = (Span(0, 19), Span(1, 2), Span(2, 3), Span(3, 4))
    kept = Transcript("one two six ten won", tuple(Label(span, "protected", "kept") for span in spans))
    assert refusal(kept, finding(CUT, (8, 12, ""))) == "touches a protected span"


@pytest.mark.parametrize(
    ("rule", "text", "edit"),
    [
        pytest.param(CUT, "one two", (0, 3, "two"), id="another word"),
        pytest.param(CUT, "one two", (0, 7, "two one"), id="another order"),
        pytest.param(CUT, "one two", (0, 1, ""), id="cuts the head off a word"),
        pytest.param(CUT, "one two", (2, 3, ""), id="cuts the tail off a word"),
        pytest.param(CUT, "one two", (1, 2, ""), id="cuts the middle out of a word"),
        pytest.param(CUT, "one two", (3, 4, ""), id="joins two words"),
        pytest.param(CUT, "one two six", (3, 8, ""), id="joins two words over a third"),
        pytest.param(CUT, "don't", (3, 5, ""), id="cuts at an apostrophe"),
        pytest.param(CUT, "don't", (0, 4, ""), id="leaves what follows an apostrophe"),
        pytest.param(CUT, "one, two", (0, 4, "one;"), id="deleting brings in no stop"),
        pytest.param(BLANK, "one two", (3, 4, ""), id="a blank joins two words"),
        pytest.param(BLANK, "onetwo", (3, 3, " "), id="a blank cuts a word in two"),
        pytest.param(BLANK, "one two", (0, 4, ""), id="a word for a blank"),
        pytest.param(BLANK, "one, two", (3, 4, ""), id="a stop for a blank"),
        pytest.param(STOP, "one, two", (4, 5, ""), id="a blank for a stop"),
        pytest.param(STOP, "on-to", (2, 3, ""), id="a hyphen joins two words"),
        pytest.param(CAPITAL, "one", (0, 1, "U"), id="another letter"),
        pytest.param(CAPITAL, "one.", (3, 4, "!"), id="a stop for a capital"),
        pytest.param(MARK, "one two", (3, 4, ""), id="no power at all"),
    ],
)
def test_engine_declines_an_edit_beyond_the_power_of_its_rule(rule: Rule, text: str, edit: Change) -> None:
    assert refusal(text, finding(rule, edit)) == f"goes further than {rule.name} may"


@pytest.mark.parametrize(
    ("rule", "text", "edit", "after"),
    [
        (CUT, "one two", (0, 4, ""), "two"),
        (CUT, "one two six", (3, 7, ""), "one six"),
        (BLANK, "one  two", (3, 5, " "), "one two"),
        (BLANK, "pre -trained", (3, 4, ""), "pre-trained"),
        (STOP, "one two", (3, 3, ","), "one, two"),
        (STOP, "one,, two", (3, 4, ""), "one, two"),
        (CAPITAL, "one two", (0, 1, "O"), "One two"),
        (CAPITAL, "iPhone", (0, 2, "Ip"), "Iphone"),
        (SWAP, "one two", (0, 3, "six"), "six two"),
        (SWAP, "one two", (1, 2, ""), "oe two"),
    ],
)
def test_engine_takes_an_edit_within_the_power_of_its_rule(rule: Rule, text: str, edit: Change, after: str) -> None:
    found, step = ran(text, finding(rule, edit))
    assert (found.text, step.declined) == (after, ())


def test_engine_declines_edits_of_one_finding_that_together_join_two_words() -> None:
    assert refusal("one, two", finding(CUT, (3, 4, ""), (4, 5, ""))) == "goes further than cut may"


def test_engine_declines_a_finding_that_joins_two_words_together_with_an_earlier_one() -> None:
    after, step = ran("one, two", finding(STOP, (3, 4, "")), finding(BLANK, (4, 5, "")))
    assert after.text == "one two"
    assert len(step.declined) == 1


@given(
    st.text(alphabet="ab' -,", max_size=12),
    st.data(),
    st.sampled_from([CUT, BLANK, STOP, CAPITAL, MARK]),
    st.text(alphabet="abA' -,", max_size=3),
)
def test_engine_never_lets_a_rule_do_to_the_whole_text_what_it_may_not_do(
    text: str, data: st.DataObject, rule: Rule, new: str
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after, _ = ran(text, finding(rule, (start, end, new)))
    assert within(rule.power, text, after.text)


@pytest.mark.parametrize("level", list(Level))
def test_engine_declines_what_is_less_sure_than_the_level_asks(level: Level) -> None:
    text = "one two"
    assert refusal(text, finding(CUT, (0, 4, ""), confidence=level.confidence - 0.01), level) == BELOW
    assert ran(text, finding(CUT, (0, 4, ""), confidence=level.confidence), level=level)[0].text == "two"


@pytest.mark.parametrize(
    "edits",
    [
        [(0, 8, "")],
        [(8, 9, "")],
        [(-1, 3, "")],
        [(4, 2, "")],
        [(4, 7, ""), (0, 4, "")],
        [(0, 4, ""), (2, 7, "")],
    ],
)
def test_engine_declines_edits_out_of_bounds_or_out_of_order(edits: list[Change]) -> None:
    found = CUT.at(0, 7, "for the test", *edits)
    assert refusal("one two", found) == "lies outside the text, or its edits are out of order"


def test_engine_declines_two_insertions_of_one_finding_at_the_same_place() -> None:
    found = finding(STOP, (3, 3, ","), (3, 3, "."))
    assert refusal("yes no", found) == "lies outside the text, or its edits are out of order"


def test_engine_declines_a_rule_that_its_pass_does_not_have() -> None:
    stranger = Rule("stranger", Power.DELETE, Level.VERBATIM, "From elsewhere.")
    assert refusal("one two", finding(stranger, (0, 3, ""))) == "names 'stranger', which is no rule of this pass"


def test_engine_declines_a_rule_that_is_switched_off() -> None:
    assert refusal("one two", finding(CUT, (0, 4, "")), off="cut") == "switched off"


@pytest.mark.parametrize("level", [Level.VERBATIM, Level.CLEAN])
def test_engine_declines_a_rule_above_the_level(level: Level) -> None:
    assert refusal("one two", finding(LATER, (0, 4, "")), level) == "belongs to the level edited"
    assert ran("one two", finding(LATER, (0, 4, "")), level=Level.EDITED)[0].text == "two"


def test_engine_adds_neither_labels_nor_metadata_of_a_declined_finding() -> None:
    found = Finding(
        "cut",
        Span(0, 3),
        "for the test",
        (Edit(Span(0, 1), ""),),
        (Label(Span(0, 3), "section", "x"),),
        {"title": "y"},
    )
    assert refusal("one two", found) == "goes further than cut may"


# -- what is taken -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [(8, 9, ""), (8, 12, "ten"), (16, 99, "")])
def test_engine_takes_a_finding_whole_or_not_at_all(bad: Change) -> None:
    why = refusal("one two six ten won", finding(CUT, (0, 4, ""), bad))
    assert why in ("goes further than cut may", "lies outside the text, or its edits are out of order")


def test_engine_applies_all_edits_of_a_finding() -> None:
    after, step = ran("one two six ten won", finding(CUT, (0, 4, ""), (8, 12, ""), (15, 19, "")))
    assert after.text == "two ten"
    assert len(step.patch.edits) == 3


def test_engine_sorts_findings_by_where_they_stand() -> None:
    late, early = finding(CUT, (8, 12, "")), finding(CUT, (0, 4, ""))
    after, step = ran("one two six ten won", late, early)
    assert (after.text, step.taken) == ("two ten won", (early, late))


@st.composite
def many_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text(alphabet="ab ,\n", max_size=30))
    places = st.integers(-1, len(text) + 1)
    edits = st.lists(st.tuples(places, places, st.sampled_from(["", " ", ",", "b"])), max_size=3)
    found = [
        RULES[name].at(0, len(text), "for the test", *sorted(changes), confidence=confidence)
        for name, changes, confidence in draw(
            st.lists(
                st.tuples(st.sampled_from(sorted(RULES)), edits, st.sampled_from([0.5, 0.85, 1.0])),
                max_size=8,
            )
        )
    ]
    return text, found


@given(many_findings(), st.sampled_from(list(Level)))
def test_findings_are_those_taken_and_those_declined(made: tuple[str, list[Finding]], level: Level) -> None:
    text, findings = made
    after, step = ran(text, *findings, level=level)
    logged = [*step.taken, *(found for found, _ in step.declined)]
    assert sorted(map(id, logged)) == sorted(map(id, findings))
    assert all(why for _, why in step.declined)
    assert sorted(step.patch.edits) == sorted(edit for found in step.taken for edit in found.edits)
    assert after.text == step.patch.apply(text)
    assert step.patch.inverse().apply(after.text) == text
    assert Patch.cut(text, step.patch.edits) == step.patch


def test_engine_carries_labels_over_edits() -> None:
    labels = tuple(Label(span, "word", span) for span in (Span(0, 3), Span(4, 7), Span(8, 11)))
    after, _ = ran(Transcript("one two six", labels), finding(CUT, (0, 4, "")))
    assert [(label.span.of(after.text), label.value) for label in after.labels] == [
        ("two", Span(4, 7)),
        ("six", Span(8, 11)),
    ]


def test_engine_carries_the_labels_of_a_finding_over_the_edits_of_all() -> None:
    marked = Finding("mark", Span(8, 11), "for the test", labels=(Label(Span(8, 11), "section", "Six"),))
    after, step = ran("one two six", finding(CUT, (0, 4, "")), marked)
    assert step.declined == ()
    assert [(label.span.of(after.text), label.value) for label in after.labels] == [("six", "Six")]


def test_engine_keeps_labels_in_order() -> None:
    marked = Finding("mark", Span(0, 3), "for the test", labels=(Label(Span(0, 3), "section", "One"),))
    after, _ = ran(Transcript("one two six", (Label(Span(4, 7), "section", "Two"),)), marked)
    assert [label.value for label in after.labels] == ["One", "Two"]


def test_engine_merges_metadata_and_leaves_the_source_alone() -> None:
    source = Transcript("one", metadata={"title": "Old", "language": "en"})
    facts: list[Metadata] = [{"title": "New"}, {"a": 1}]
    found = [Finding("mark", Span(i, i), "for the test", metadata=fact) for i, fact in enumerate(facts)]
    after, _ = ran(source, *found)
    assert after.metadata == {"title": "New", "language": "en", "a": 1}
    assert source.metadata == {"title": "Old", "language": "en"}


def test_engine_gives_the_same_transcript_where_nothing_is_found() -> None:
    source = Transcript("one two")
    assert ran(source)[0] is source


def test_engine_leaves_no_stale_words_view() -> None:
    source = Transcript("one two six")
    assert len(source.words) == 3
    after, _ = ran(source, finding(CUT, (0, 4, "")))
    assert [after.words.key(i) for i in range(len(after.words))] == ["two", "six"]


# -- suggestions ---------------------------------------------------------------------------------------------


def test_suggestions_stand_in_source_coordinates() -> None:
    first = stated(finding(CUT, (0, 4, "")), finding(SWAP, (8, 11, "seven")), name="first")
    unsure = stated(finding(SWAP, (10, 13, "eleven"), confidence=0.5), name="unsure")
    result = Pipeline((first, unsure))("one two six ten won")
    assert result.text == "two seven ten won"
    assert [(s.start, s.end, s.old, s.new, s.rule, s.confidence) for s in result.suggestions] == [
        (12, 15, "ten", "eleven", "swap", 0.5)
    ]


def test_suggestions_on_changed_words_stand_on_what_was_changed() -> None:
    first = stated(finding(SWAP, (4, 7, "seven")), name="first")
    unsure = stated(finding(SWAP, (4, 9, "eight"), confidence=0.5), name="unsure")
    (suggestion,) = Pipeline((first, unsure))("one two six").suggestions
    assert (suggestion.start, suggestion.end, suggestion.old, suggestion.new) == (4, 7, "two", "eight")


def test_declined_for_other_reasons_is_no_suggestion() -> None:
    result = Pipeline((stated(finding(CUT, (0, 1, "")), finding(LATER, (4, 7, ""))),))("one two six")
    assert (result.suggestions, result.edits) == ((), ())


def test_standard_rules_suggest_what_they_are_not_sure_of() -> None:
    result = tidy("It was a long dog dog tale.")
    assert result.text == "It was a long dog dog tale."
    assert [(s.old, s.new, s.rule) for s in result.suggestions] == [(" dog", "", "stutter")]
