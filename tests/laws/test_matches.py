"""Two lists of matches, one after the other, give as one list what they give in turn."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from tidytranscript.corrections.matches import Match, applied, composed


def edits(matches: list[Match]) -> list[tuple[tuple[int, int], str]]:
    return [((match.start, match.end), match.new) for match in matches if match.applies]


@st.composite
def matches(draw: st.DrawFn, size: int) -> list[Match]:
    """Disjoint matches, in order, of a text of that size; none is empty."""
    places = sorted(draw(st.sets(st.integers(0, size), max_size=12)))
    found = []
    for start, end in list(pairwise(places))[:: draw(st.sampled_from([1, 2]))]:
        new = draw(st.text("xyz", min_size=1, max_size=6))
        found.append(Match(start, end, new, f"{new!r} is right", draw(st.sampled_from([0.5, 1.0]))))
    return found


@st.composite
def twice(draw: st.DrawFn) -> tuple[str, list[Match], list[Match]]:
    text = "abcdefghijklmnopqrst"[: draw(st.integers(0, 20))]
    before = draw(matches(len(text)))
    return text, before, draw(matches(len(applied(text, edits(before)))))


@given(twice())
@example(("ab", [Match(0, 1, "xyz", "")], [Match(0, 1, "p", ""), Match(2, 3, "q", "")]))
@example(("ab", [Match(0, 1, "xyz", "")], [Match(0, 1, "p", "", 0.5), Match(1, 3, "q", "")]))
def test_matches_one_after_the_other_are_one_list(given: tuple[str, list[Match], list[Match]]) -> None:
    text, before, after = given
    found = composed(before, after)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert applied(text, edits(found)) == applied(applied(text, edits(before)), edits(after))


@given(st.integers(0, 20).flatmap(matches))
def test_nothing_more_changes_nothing(before: list[Match]) -> None:
    assert composed(before, []) == composed([], before) == before


@given(twice())
def test_what_is_not_sure_is_kept_where_nothing_else_is_done(given: tuple[str, list[Match], list[Match]]) -> None:
    _, before, _ = given
    unsure = [match for match in before if not match.applies]
    assert composed(unsure, []) == unsure
