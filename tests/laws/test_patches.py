"""The laws of a patch: it applies to one text, can be taken back, and carries what stands over that text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tidytranscript import Edit, Patch, Span

TEXTS = st.text(alphabet="abc \n", max_size=24)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Sorted, disjoint edits of a text; neighbours may touch, and insertions stand at the borders of others."""
    edits: list[Edit] = []
    at = 0
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        if start == end and edits and edits[-1].span == (start, end):
            continue
        edits.append(Edit(Span(start, end), draw(st.text(alphabet="xyz", max_size=3))))
        at = end
    return edits


@st.composite
def patched(draw: st.DrawFn) -> tuple[str, Patch]:
    text = draw(TEXTS)
    return text, Patch.cut(text, draw(edits_of(text)))


@st.composite
def patched_with_spans(draw: st.DrawFn) -> tuple[str, Patch, list[Span]]:
    text, patch = draw(patched())
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places).map(sorted).map(lambda pair: Span(*pair)), max_size=8))
    return text, patch, spans


def slowly(text: str, edits: tuple[Edit, ...]) -> str:
    for (start, end), new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


@given(patched())
def test_patch_does_what_its_edits_say(made: tuple[str, Patch]) -> None:
    text, patch = made
    assert patch.apply(text) == slowly(text, patch.edits)
    assert patch.old == tuple(edit.span.of(text) for edit in patch.edits)


@given(patched())
def test_inverse_restores_the_text(made: tuple[str, Patch]) -> None:
    text, patch = made
    assert patch.inverse().apply(patch.apply(text)) == text


@given(patched())
def test_inverse_of_the_inverse_is_the_patch(made: tuple[str, Patch]) -> None:
    assert made[1].inverse().inverse() == made[1]


@given(patched())
def test_inverse_quotes_the_text_it_is_for(made: tuple[str, Patch]) -> None:
    text, patch = made
    after, inverse = patch.apply(text), patch.inverse()
    assert inverse.old == tuple(edit.span.of(after) for edit in inverse.edits)


@given(TEXTS)
def test_patch_of_nothing_changes_nothing(text: str) -> None:
    patch = Patch.cut(text, [])
    assert (patch.apply(text), patch.inverse()) == (text, patch)
    assert patch.carry([Span(0, len(text))]) == [Span(0, len(text))]


@given(patched_with_spans())
def test_carry_keeps_a_span_inside_the_text(made: tuple[str, Patch, list[Span]]) -> None:
    text, patch, spans = made
    size = len(patch.apply(text))
    carried = patch.carry(spans)
    assert len(carried) == len(spans)
    assert all(0 <= span.start <= span.end <= size for span in carried)


@given(patched_with_spans())
def test_carry_covers_what_is_left_of_a_span_and_what_was_put_in(made: tuple[str, Patch, list[Span]]) -> None:
    text, patch, spans = made
    shift = 0
    kept: dict[int, int] = {}  # where each character that is left stands afterwards
    inserted = []  # where each edit stood, and where its new text stands
    at = 0
    for (start, end), new in patch.edits:
        kept.update((i, i + shift) for i in range(at, start))
        inserted.append((Span(start, end), Span(start + shift, start + shift + len(new))))
        shift += len(new) - (end - start)
        at = end
    kept.update((i, i + shift) for i in range(at, len(text)))
    for span, now in zip(spans, patch.carry(spans), strict=True):
        assert all(now.start <= kept[i] < now.end for i in range(span.start, span.end) if i in kept)
        for was, put in inserted:
            if span.start < was.end and was.start < span.end:  # they share characters
                assert now.start <= put.start <= put.end <= now.end


@given(patched_with_spans())
def test_carry_takes_in_nothing_that_was_outside(made: tuple[str, Patch, list[Span]]) -> None:
    text, patch, spans = made
    back = patch.inverse()
    for span, now in zip(spans, patch.carry(spans), strict=True):
        if any(edit.span.start <= span.end and span.start <= edit.span.end for edit in patch.edits):
            continue
        assert now.of(patch.apply(text)) == span.of(text)
        assert back.carry([now]) == [span]


@given(patched_with_spans())
def test_carry_is_monotone(made: tuple[str, Patch, list[Span]]) -> None:
    _, patch, spans = made
    carried = patch.carry(spans)
    for a, moved_a in zip(spans, carried, strict=True):
        for b, moved_b in zip(spans, carried, strict=True):
            if a.start <= b.start:
                assert moved_a.start <= moved_b.start
            if a.end <= b.end:
                assert moved_a.end <= moved_b.end


@given(patched_with_spans())
def test_carry_of_many_is_carry_of_each(made: tuple[str, Patch, list[Span]]) -> None:
    _, patch, spans = made
    assert patch.carry(spans) == [patch.carry([span])[0] for span in spans]


@given(patched())
def test_carry_of_the_whole_text_is_the_whole_text(made: tuple[str, Patch]) -> None:
    text, patch = made
    assume(text)
    assert patch.carry([Span(0, len(text))]) == [Span(0, len(patch.apply(text)))]


@pytest.mark.parametrize(
    ("edit", "span", "now"),
    [
        pytest.param((2, 4, ""), (2, 4), (2, 2), id="deleted"),
        pytest.param((2, 4, ""), (0, 2), (0, 2), id="before a deletion"),
        pytest.param((2, 4, ""), (4, 6), (2, 4), id="behind a deletion"),
        pytest.param((2, 4, ""), (3, 6), (2, 4), id="into which a deletion reaches"),
        pytest.param((2, 4, "xyz"), (2, 4), (2, 5), id="replaced"),
        pytest.param((2, 4, "xyz"), (3, 4), (2, 5), id="inside an edit"),
        pytest.param((2, 4, "xyz"), (0, 2), (0, 2), id="before a replacement"),
        pytest.param((2, 4, "xyz"), (4, 6), (5, 7), id="behind a replacement"),
        pytest.param((2, 2, "xyz"), (0, 6), (0, 9), id="around an insertion"),
        pytest.param((2, 2, "xyz"), (0, 2), (0, 5), id="an insertion at its end"),
        pytest.param((2, 2, "xyz"), (2, 4), (2, 7), id="an insertion at its start"),
    ],
)
def test_carry_at_a_border(edit: tuple[int, int, str], span: tuple[int, int], now: tuple[int, int]) -> None:
    patch = Patch.cut("abcdef", [Edit(Span(*edit[:2]), edit[2])])
    assert patch.carry([Span(*span)]) == [Span(*now)]


@pytest.mark.parametrize(
    "places",
    [
        pytest.param([(0, 3), (2, 4)], id="overlap"),
        pytest.param([(0, 3), (0, 3)], id="twice the same"),
        pytest.param([(0, 3), (1, 1)], id="an insertion inside an edit"),
        pytest.param([(3, 4), (0, 1)], id="out of order"),
        pytest.param([(2, 2), (1, 2)], id="an insertion before an edit that ends there"),
        pytest.param([(4, 2)], id="from right to left"),
        pytest.param([(-1, 2)], id="before the text"),
        pytest.param([(0, 7)], id="behind the text"),
        pytest.param([(7, 7)], id="an insertion behind the text"),
        pytest.param([(2, 2), (2, 2)], id="two insertions at one place"),
        pytest.param([(0, 2), (2, 2), (2, 2)], id="two insertions at one place behind an edit"),
    ],
)
def test_cut_raises_on_edits_that_do_not_fit(places: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="out of order or out of bounds"):
        Patch.cut("abcdef", [Edit(Span(start, end), "x") for start, end in places])


@pytest.mark.parametrize("places", [[(0, 3), (3, 4)], [(2, 2), (2, 4)], [(0, 2), (2, 2), (2, 4)], [(6, 6)], [(0, 6)]])
def test_cut_takes_edits_that_touch(places: list[tuple[int, int]]) -> None:
    edits = tuple(Edit(Span(start, end), "x") for start, end in places)
    patch = Patch.cut("abcdef", edits)
    assert patch.inverse().apply(patch.apply("abcdef")) == "abcdef"


@given(TEXTS, st.lists(st.tuples(st.integers(-1, 26), st.integers(-1, 26)), min_size=1, max_size=3))
def test_cut_raises_or_gives_a_patch_that_can_be_taken_back(text: str, places: list[tuple[int, int]]) -> None:
    edits = [Edit(Span(start, end), "x") for start, end in places]
    try:
        patch = Patch.cut(text, edits)
    except ValueError:
        inside = all(0 <= start <= end <= len(text) for start, end in places)
        apart = all(edits[i - 1].span.end <= edits[i].span.start for i in range(1, len(edits)))
        same = any(edits[i - 1].span == edits[i].span for i in range(1, len(edits)))
        assert not inside or not apart or same
    else:
        assert patch.inverse().apply(patch.apply(text)) == text


@given(patched(), st.data())
def test_apply_raises_on_a_text_that_was_changed_where_an_edit_stands(
    made: tuple[str, Patch], data: st.DataObject
) -> None:
    text, patch = made
    places = [i for edit in patch.edits for i in range(*edit.span)]
    assume(places)
    at = data.draw(st.sampled_from(places))
    with pytest.raises(ValueError, match="does not fit"):
        patch.apply(text[:at] + "?" + text[at + 1 :])


@given(patched())
def test_apply_raises_on_a_text_that_is_too_short(made: tuple[str, Patch]) -> None:
    text, patch = made
    assume(any(patch.old))
    last = max(edit.span.end for edit in patch.edits if edit.span.start < edit.span.end)
    with pytest.raises(ValueError, match="does not fit"):
        patch.apply(text[: last - 1])


def test_apply_raises_on_an_insertion_behind_the_end_of_another_text() -> None:
    patch = Patch.cut("abcdef", [Edit(Span(6, 6), "x")])
    with pytest.raises(ValueError, match="does not fit"):
        patch.apply("abc")
