"""A memo gives what its function gives, and never knows more than it may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidytranscript.memo import Memo


@given(st.lists(st.text(alphabet="ab", max_size=60)), st.integers(1, 9))
def test_a_memo_gives_what_its_function_gives(words: list[str], size: int) -> None:
    memo = Memo(str.upper, size)
    for word in words:
        assert memo[word] == word.upper()
        assert len(memo) <= size


def test_what_is_known_is_not_asked_again_unless_it_is_long() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length, 10)
    assert [memo[word] for word in ("um", "um", "m" * 100, "m" * 100)] == [2, 2, 100, 100]
    assert asked == ["um", "m" * 100, "m" * 100]
