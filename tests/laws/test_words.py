"""The words view: the same words as a slow, obvious reading gives, however the text is cut or edited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import category

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tidytranscript import Edit, Patch, Span, Transcript, words
from tidytranscript.memo import Memo
from tidytranscript.sentences import ends_sentence, is_number, sentences
from tidytranscript.testing import texts
from tidytranscript.words import Words, bare, keys, word_list

BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2007\u200a\u2028\u2029\u202f\u205f\u3000"
PIECES = (
    *(
        "it's",
        "It’s",
        "the",
        "The",
        "pre-training",
        "CAFÉ",
        "cafe\u0301",
        "naïve",
        "x",
        "5.2",
        "Straße",
        "नमस्ते",
        "ﬁx",
        "I",
    ),
    *(
        "um",
        "(um,",
        "“No.”",
        "Dr.",
        "10–20",
        "'tis",
        "dogs'",
        "#5",
        "...",
        "..",
        "....",
        "…",
        "--",
        "---",
        "-",
        "—",
        "–",
    ),
    *(",", ". ", "?!", "'", "_", "a_b", "\u200b", "İ", "ǅ", "🙂", "\ud800"),
    *BLANKS,
    *(" ", " ", " ", " ", " "),
)
PLAIN = [piece for piece in PIECES if "." not in piece and "-" not in piece]
TALK = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
PARTING = re.compile(rf"--|\.\.\.|[—–…{BLANKS}]")
Seen = list[tuple[str, int, int]]


def is_word_character(c: str) -> bool:
    return c.isalnum() or (not c.isascii() and category(c).startswith("M"))


def slowly(text: str) -> Seen:
    """Each word's key, start and end."""
    found = []
    at = 0
    for stop in [*(match.span() for match in PARTING.finditer(text)), (len(text), len(text))]:
        inside = [i for i in range(at, stop[0]) if is_word_character(text[i])]
        if inside:
            start, end = inside[0], inside[-1] + 1
            found.append((text[start:end].casefold().replace("’", "'"), start, end))
        at = stop[1]
    return found


def seen(view: Words) -> Seen:
    return [(view.key(i), view.start(i), view.end(i)) for i in range(len(view))]


@contextmanager
def tuned(**values: int) -> Iterator[None]:
    """Other sizes for a while, so that short texts reach what only long ones would."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setattr(words, name, value)
        yield


# -- the view ------------------------------------------------------------------------------------------------


@given(TALK)
def test_view_has_the_words_of_a_slow_reading(text: str) -> None:
    assert seen(Words.of(text)) == slowly(text)


@given(TALK)
def test_view_of_a_long_piece_is_that_of_a_short_one(text: str) -> None:
    with tuned(_SHORT=0):
        assert seen(Words.of(text)) == slowly(text)


@given(st.one_of(TALK, texts()), st.integers(1, 9))
def test_view_does_not_depend_on_where_chunks_end(text: str, size: int) -> None:
    whole = Words.of(text)
    with tuned(_CHUNK=size):
        view = Words.of(text)
    assert (view.tokens, view.ends, view.codes) == (whole.tokens, whole.ends, whole.codes)


@given(st.text(max_size=60))
def test_view_of_any_text_agrees_with_its_parts(text: str) -> None:
    view = Words.of(text)
    assert len(view) == len(view.tokens) == len(view.ends) == len(view.codes)
    for i in range(len(view)):
        assert view.written(i) == text[view.start(i) : view.end(i)]
        assert view.written(i).casefold().replace("’", "'") == view.key(i)
        lead, tail, key = bare(text[view.ends[i] - len(view.tokens[i]) : view.ends[i]])
        assert (view.start(i), view.end(i), view.key(i)) == (
            view.ends[i] - len(view.tokens[i]) + lead,
            view.ends[i] - tail,
            key,
        )


@given(TALK)
def test_words_stand_in_order(text: str) -> None:
    places = [place for _, start, end in seen(Words.of(text)) for place in (start, end)]
    assert places == sorted(places)
    assert all(start < end for _, start, end in seen(Words.of(text)))


@given(TALK)
def test_words_and_gaps_make_the_text(text: str) -> None:
    view = Words.of(text)
    first = view.start(0) if len(view) else len(text)
    assert not any(map(is_word_character, text[:first]))
    assert "".join(view.written(i) + view.gap(i) for i in range(len(view))) == text[first:]
    assert not any(is_word_character(c) for i in range(len(view)) for c in view.gap(i))


@given(TALK)
def test_equal_words_have_equal_codes_and_no_code_is_zero(text: str) -> None:
    view = Words.of(text)
    codes: dict[str, int] = {}
    for i in range(len(view)):
        assert view.codes[i] == codes.setdefault(view.key(i), view.codes[i]) != 0


def test_different_words_mostly_have_different_codes() -> None:
    view = Words.of(" ".join(f"word{i}" for i in range(1000)))
    assert len(set(view.codes)) > 200


@given(TALK, st.sets(st.sampled_from(["it's", "the", "um", "x", "no", "strasse"])))
def test_where_gives_the_places_of_some_keys(text: str, wanted: set[str]) -> None:
    view = Words.of(text)
    assert list(view.where(wanted)) == [i for i in range(len(view)) if view.key(i) in wanted]


@given(TALK)
def test_keys_are_the_keys_of_the_view(text: str) -> None:
    assert keys(text) == tuple(key for key, _, _ in slowly(text))


def test_long_tokens_are_words_too() -> None:
    text = "a" * 300 + " " + "A" * 300 + "."
    view = Words.of(text)
    assert seen(view) == [("a" * 300, 0, 300), ("a" * 300, 301, 601)]
    assert view.codes[0] == view.codes[1]


def test_small_tables_do_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_BARE", Memo(words._bared, 10))
    monkeypatch.setattr(words, "_CODES", Memo(words._coded, 10))
    text = " ".join(f"w{i}" for i in range(100))
    assert seen(Words.of(text)) == slowly(text)


def test_a_text_that_is_too_long_is_told_so() -> None:
    with tuned(_BIAS=100), pytest.raises(ValueError, match="a text of 100 characters is too long: cut it in pieces"):
        Words.of("words" * 20)


# -- the view of an edited text ------------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn, of: st.SearchStrategy[str] = TALK) -> tuple[str, Patch]:
    text = draw(of)
    new = st.one_of(st.just(""), of.map(lambda text: text[:8]))
    edits: list[Edit] = []
    at = 0
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        if not (edits and edits[-1].span == (start, end)):
            edits.append(Edit(Span(start, end), draw(new)))
        at = end
    return text, Patch.cut(text, edits)


DOTS = ("one...two", Patch.cut("one...two", [Edit(Span(4, 5), "")]))  # `..` parts nothing
DASHES = ("one--two", Patch.cut("one--two", [Edit(Span(3, 4), "")]))
JOINED = ("one- -two", Patch.cut("one- -two", [Edit(Span(4, 5), "")]))
APPENDED = ("one", Patch.cut("one", [Edit(Span(3, 3), "two")]))


@st.composite
def plainly_edited(draw: st.DrawFn) -> tuple[str, Patch]:
    """A text with no mark of several characters, edited before its last blank."""
    text, patch = draw(
        edited(st.lists(st.sampled_from(PLAIN), max_size=30).map(lambda parts: "".join([*parts, " x "])))
    )
    return text, Patch.cut(text, [edit for edit in patch.edits if edit.span.end < len(text) - 1])


@given(plainly_edited(), st.sampled_from([0, 200]))
def test_patched_view_is_the_view_of_the_new_text_without_long_marks(made: tuple[str, Patch], short: int) -> None:
    before, patch = made
    after = patch.apply(before)
    with tuned(_DENSE=0, _SHORT=short):
        view = Words.of(before).patched(patch.edits, after)
        fresh = Words.of(after)
    assert view is not None
    assert (seen(view), view.codes) == (seen(fresh), fresh.codes)


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(DOTS, id="dots"),
        pytest.param(DASHES, id="dashes"),
        pytest.param(JOINED, id="joined"),
        pytest.param(APPENDED, id="appended"),
    ],
)
def test_patched_view_sees_marks_that_an_edit_breaks_or_makes(made: tuple[str, Patch]) -> None:
    before, patch = made
    after = patch.apply(before)
    with tuned(_DENSE=0):
        view = Words.of(before).patched(patch.edits, after)
    assert view is not None
    assert seen(view) == slowly(after)


@example(DOTS, 0)
@given(edited(), st.sampled_from([0, 200]))
def test_patched_view_is_the_view_of_the_new_text(made: tuple[str, Patch], short: int) -> None:
    before, patch = made
    after = patch.apply(before)
    with tuned(_DENSE=0, _SHORT=short):
        view = Words.of(before).patched(patch.edits, after)
        fresh = Words.of(after)
    assert view is not None
    assert seen(view) == seen(fresh)
    assert view.codes == fresh.codes
    assert view.text == after
    assert [view.gap(i) for i in range(len(view))] == [fresh.gap(i) for i in range(len(fresh))]


@example(DOTS, ("", Patch((), ())))
@given(edited(), edited())
def test_patched_view_can_be_patched_again(made: tuple[str, Patch], other: tuple[str, Patch]) -> None:
    before, patch = made
    after = patch.apply(before)
    again = [edit for edit in other[1].edits if edit.span.end <= len(after)]
    last = Patch.cut(after, again).apply(after)
    with tuned(_DENSE=0):
        view = Words.of(before).patched(patch.edits, after)
        assert view is not None
        view = view.patched(again, last)
    assert view is not None
    assert seen(view) == slowly(last)


@given(TALK, st.integers(0, 400), st.integers(0, 6), st.sampled_from(["", "x", " ", "-", "--", ".", "\n", "um, "]))
def test_patched_view_of_a_long_text_needs_no_tuning(tail: str, start: int, size: int, new: str) -> None:
    before = "one two, three -- four\nfive " * 14 + tail
    patch = Patch.cut(before, [Edit(Span(start % len(before), min(len(before), start % len(before) + size)), new)])
    after = patch.apply(before)
    view = Words.of(before).patched(patch.edits, after)
    assert view is not None
    assert seen(view) == slowly(after)


def test_patched_view_is_none_where_edits_are_dense() -> None:
    assert Words.of("one two").patched([((0, 3), "six")], "six two") is None


@example(DOTS)
@given(edited())
def test_edited_transcript_has_the_words_of_its_text(made: tuple[str, Patch]) -> None:
    before, patch = made
    source = Transcript(before)
    assume(len(source.words) >= 0)
    with tuned(_DENSE=0):
        after = source.edited(patch, (), {})
    assert seen(after.words) == slowly(after.text)
    assert after.words.text is after.text


# -- sentences -----------------------------------------------------------------------------------------------


SPEECH = st.lists(
    st.sampled_from(
        (
            "Dr. Lee",
            "is in",
            "no",
            "e.g. this",
            "5.2",
            ". ",
            "? ",
            "! ",
            "...",
            "… ",
            ".” ",
            ".\n",
            "。",
            " ",
            "\n\n",
            ".)",
            "vs. ",
        )
    ),
    max_size=20,
).map("".join)


@given(st.one_of(SPEECH, TALK, st.text(max_size=40)).map(lambda text: re.sub("[。？！]", "!", text)))
def test_sentences_of_spaced_text_are_in_order_and_cover_all_but_blanks(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@example("好。是")
@given(st.one_of(SPEECH, TALK, st.text(max_size=40)))
def test_sentences_are_in_order_and_cover_all_but_blanks(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(SPEECH.map(lambda text: text.replace("。", "!")), st.integers(0, 40), st.integers(0, 40))
def test_sentences_of_a_part_stay_inside_it(text: str, start: int, size: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + size)
    found = sentences(text, start, end)
    assert all(start <= a < b <= end for a, b in found)
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text[start:end].split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n ", []),
        ("Yes", ["Yes"]),
        pytest.param("Dr. Lee is in. Is she? Yes", ["Dr. Lee is in.", "Is she?", "Yes"]),
        ("We saw Mr. and Mrs. Lee, e.g. here.", ["We saw Mr. and Mrs. Lee, e.g. here."]),
        ("It is 5.2 now. Good.", ["It is 5.2 now.", "Good."]),
        ("“Did he?” “No.” (So.) Well.", ["“Did he?”", "“No.”", "(So.)", "Well."]),
        ("What?! No... Yes…", ["What?!", "No...", "Yes…"]),
        ("One.\nTwo.\n\nThree", ["One.", "Two.", "Three"]),
        pytest.param("好。是吗？是！", ["好。", "是吗？", "是！"]),
        ("See example.org for more. Bye.", ["See example.org for more.", "Bye."]),
        pytest.param("Dr. Lee. Dr. Ng.", ["Dr. Lee.", "Dr. Ng."], id="an abbreviation at the start"),
        pytest.param("It was\nDr. Lee.", ["It was\nDr. Lee."], id="an abbreviation behind a line end"),
        pytest.param("(Dr. Lee)", ["(Dr. Lee)"], id="an abbreviation in brackets"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize(
    ("before", "gap", "ends"),
    [
        ("fine", ". ", True),
        ("fine", "? ", True),
        ("fine", "…", True),
        ("fine", ", ", False),
        ("dr", ". ", False),
        ("dr", "? ", True),
        ("fine", " ", False),
    ],
)
def test_sentence_ends_in_a_gap(before: str, gap: str, ends: bool) -> None:
    assert ends_sentence(before, gap) is ends


@pytest.mark.parametrize(
    ("key", "number"), [("five", True), ("3rd", True), ("2021", True), ("fine", False), ("", False)]
)
def test_number_words_and_digits_are_numbers(key: str, number: bool) -> None:
    assert is_number(key) is number


@given(TALK)
def test_word_list_finds_words_in_order(text: str) -> None:
    at = 0
    for word in word_list(text):
        at = text.index(word, at) + len(word)
        assert all(c.isalnum() or c in "'’" for c in word)
