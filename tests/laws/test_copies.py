"""The laws of merging copies: what is left holds no copy that would be taken, and the work is linear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tidytranscript.copies import Judge, Run, Taken, merged
from tidytranscript.words import Words

Keys = tuple[str, ...]


def always(run: Run) -> float:
    return 1.0


def never(run: Run) -> float:
    return 0.0


def twice(lag: int) -> int:
    return 2


def thrice(lag: int) -> int:
    return 3


def merges(keys: Keys, longest: int, judge: Judge = always, least: Callable[[int], int] = twice) -> list[Taken]:
    return merged(Words.of(" ".join(keys)), longest, least, judge)


def left(keys: Keys, taken: list[Taken]) -> Keys:
    gone = {i for take in taken for i in range(take.first, take.last + 1)}
    return tuple(key for i, key in enumerate(keys) if i not in gone)


def copy_in(keys: Keys, longest: int, least: int = 2) -> tuple[int, int] | None:
    """The place and length of a phrase that stands `least` times in a row, by looking everywhere."""
    for n in range(1, longest + 1):
        for at in range(len(keys) - n * least + 1):
            if keys[at : at + n] * least == keys[at : at + n * least]:
                return at, n
    return None


def rests(keys: Keys, longest: int) -> set[Keys]:
    """All that can be left when copies are taken out one by one in any order until none is left."""
    seen, todo, found = {keys}, [keys], set()
    while todo:
        now = todo.pop()
        after = {
            now[: at + n] + now[at + 2 * n :]
            for n in range(1, longest + 1)
            for at in range(len(now) - 2 * n + 1)
            if now[at : at + n] == now[at + n : at + 2 * n]
        }
        if not after:
            found.add(now)
        todo += after - seen
        seen |= after
    return found


KEYS = st.one_of(
    st.lists(st.sampled_from("ab"), max_size=14),
    st.lists(st.sampled_from("abc"), max_size=24),
    st.lists(st.sampled_from(["a", "b a", "a b", "b a b", "a b b a b c", "c", "c c"]), max_size=10).map(
        lambda parts: " ".join(parts).split()
    ),
).map(tuple)
LONGEST = st.integers(1, 8)


# -- what is taken -------------------------------------------------------------------------------------------


@given(KEYS, LONGEST)
def test_no_phrase_stands_twice_in_a_row_in_what_is_left(keys: Keys, longest: int) -> None:
    assert copy_in(left(keys, merges(keys, longest)), longest) is None


@given(st.lists(st.sampled_from("ab"), max_size=9).map(tuple), LONGEST)
def test_what_is_left_can_be_reached_by_taking_copies_out_one_by_one(keys: Keys, longest: int) -> None:
    assert left(keys, merges(keys, longest)) in rests(keys, longest)


@given(KEYS, LONGEST)
def test_merging_what_is_left_takes_nothing(keys: Keys, longest: int) -> None:
    assert merges(left(keys, merges(keys, longest)), longest) == []


@given(KEYS, LONGEST)
def test_merging_takes_nothing_where_nothing_stands_twice(keys: Keys, longest: int) -> None:
    assert bool(merges(keys, longest)) == (copy_in(keys, longest) is not None)


@given(KEYS, LONGEST, st.sampled_from([twice, thrice]))
def test_what_is_taken_is_disjoint_and_in_order(keys: Keys, longest: int, least: Callable[[int], int]) -> None:
    at = -1
    for take in merges(keys, longest, least=least):
        assert at < take.kept < take.first <= take.last < len(keys)
        assert take.kept == take.first - 1
        assert take.confidence == 1.0
        assert take.copies >= least(1)
        at = take.last


@given(KEYS, LONGEST)
def test_what_is_taken_keeps_the_first_copy(keys: Keys, longest: int) -> None:
    taken = merges(keys, longest)
    gone = {i for take in taken for i in range(take.first, take.last + 1)}
    for take in taken:
        assert take.kept not in gone
        assert take.phrase[-1] == take.kept
        assert gone.isdisjoint(take.phrase) or len(take.phrase) > 1
    assert left(keys, taken)[:1] == keys[:1]
    assert set(left(keys, taken)) == set(keys)


@given(KEYS, LONGEST, st.sampled_from([twice, thrice]))
def test_a_judge_of_nothing_takes_nothing(keys: Keys, longest: int, least: Callable[[int], int]) -> None:
    assert merges(keys, longest, never, least) == []


@given(KEYS, LONGEST)
def test_a_judge_sees_copies_with_their_gaps(keys: Keys, longest: int) -> None:
    def judge(run: Run) -> float:
        assert run.copies >= 2
        assert len(run.gaps) == run.copies - 1
        assert 1 <= len(run.words) == len(run.keys) <= longest
        assert tuple(run.view.words.key(i) for i in run.words) == run.keys
        at = run.words[0]
        for _ in range(run.copies):
            for key in run.keys:
                assert run.view.words.key(at) == key
                at = run.view.next(at)
        return 1.0

    merges(keys, longest, judge)


@given(KEYS, LONGEST, st.sampled_from("abc"))
def test_a_judge_that_keeps_one_word_takes_all_else(keys: Keys, longest: int, kept: str) -> None:
    def judge(run: Run) -> float:
        return 0.0 if run.keys == (kept,) else 1.0

    rest = left(keys, merges(keys, longest, judge))
    assert merges(rest, longest, judge) == []
    found = copy_in(rest, 1)
    assert found is None or rest[found[0]] == kept


@given(KEYS, LONGEST)
@example(tuple("ababab"), 2)
def test_no_phrase_stands_three_times_where_three_are_asked_for(keys: Keys, longest: int) -> None:
    taken = merges(keys, longest, least=thrice)
    rest = left(keys, taken)
    assert bool(taken) == (copy_in(keys, longest, 3) is not None)
    assert copy_in(rest, longest, 3) is None


@given(KEYS, LONGEST)
def test_punctuation_and_case_do_not_matter(keys: Keys, longest: int) -> None:
    text = "".join(f"({key.upper()}),\n" if i % 3 else f"{key} " for i, key in enumerate(keys))
    assert merged(Words.of(text), longest, twice, always) == merges(keys, longest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("", ""),
        ("a", "a"),
        ("a a", "a"),
        ("a b a b", "a b"),
        ("a b b a b", "a b"),
        ("a b b a b c", "a b c"),
        ("a a b a b", "a b"),
        ("a b c a b c c a b c", "a b c"),
        ("x a b a a b y", "x a b y"),
        ("a b c d", "a b c d"),
        ("a b a", "a b a"),
    ],
)
def test_copies_that_come_together_are_merged(text: str, rest: str) -> None:
    keys = tuple(text.split())
    assert left(keys, merges(keys, 8)) == tuple(rest.split())


@given(st.lists(st.sampled_from("abcdefghi"), min_size=9, max_size=9, unique=True))
def test_a_phrase_longer_than_the_longest_stays(phrase: list[str]) -> None:
    keys = tuple(phrase * 2)
    assert merges(keys, 8) == []
    assert left(keys, merges(keys, 9)) == tuple(phrase)


# -- the work ------------------------------------------------------------------------------------------------


class Counted:
    """A judge that counts how often it was asked."""

    def __init__(self, answer: float = 1.0) -> None:
        self.answer, self.calls, self.copies = answer, 0, 0

    def __call__(self, run: Run) -> float:
        self.calls += 1
        self.copies += run.copies
        return self.answer


SHAPES: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "no " * n,
    "two words": lambda n: "no yes " * (n // 2),
    "nested": lambda n: " ".join(f"a b b a b c w{i}" for i in range(n // 7)),
    "nested without end": lambda n: "a b b a b c " * (n // 6),
    "halves": lambda n: "a a b a a b b " * (n // 7),
    "pairs": lambda n: " ".join(f"w{i} w{i}" for i in range(n // 2)),
    "long phrases": lambda n: "a b c d e f g h " * (n // 8),
    "a square free word": lambda n: " ".join(square_free(n)),
    "all different": lambda n: " ".join(f"w{i}" for i in range(n)),
}


def square_free(n: int) -> str:
    """A word over three letters in which no phrase stands twice in a row, but many nearly do."""
    word = "a"
    while len(word) < n:
        word = "".join({"a": "abc", "b": "ac", "c": "b"}[c] for c in word)
    return word[:n]


@pytest.mark.parametrize("answer", [0.0, 1.0])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_work_is_linear(shape: Callable[[int], str], answer: float) -> None:
    asked = []
    for n in (2_000, 8_000):
        judge = Counted(answer)
        merged(Words.of(shape(n)), 8, twice, judge)
        assert judge.calls <= 2 * n
        asked.append(judge.copies)
    assert asked[1] <= 4.5 * asked[0] + 50


def test_one_word_a_hundred_thousand_times_is_one_question() -> None:
    judge = Counted()
    (take,) = merged(Words.of("no " * 100_000), 8, twice, judge)
    assert (take.kept, take.first, take.last, take.copies) == (0, 1, 99_999, 100_000)
    assert judge.calls <= 8


def test_two_hundred_thousand_different_words_are_no_question() -> None:
    judge = Counted()
    assert merged(Words.of(" ".join(f"w{i}" for i in range(200_000))), 8, twice, judge) == []
    assert judge.calls == 0


def test_a_square_free_text_is_no_question() -> None:
    judge = Counted()
    assert merged(Words.of(" ".join(square_free(50_000))), 8, twice, judge) == []
    assert judge.calls == 0
