"""Words that no guard is asked about are words that no guard would keep."""

from __future__ import annotations

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import Finding, Transcript, guards, wordlists
from tidytranscript.passes.repeats import repeats
from tidytranscript.testing import texts, windows

SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.[tm]*"))]
LISTS = wordlists.of("en")
assert LISTS
UNGUARDED = sorted(guards._unguarded(LISTS))
FRAMES = st.sampled_from(
    (
        "{0}, {0}",
        "What {0}, {0}.",
        "The {0} {0} {0}",
        "{1}, {1} that",
        "In {0}, {0} is.",
        "Whatever {0}- {0}-",
        "We {1} {1}!",
    )
)


def found(text: str) -> list[Finding]:
    return list(repeats.find(Transcript(text)))


def all_asked(text: str) -> list[Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guards, "_unguarded", lambda _: frozenset())
        return found(text)


@given(st.lists(st.tuples(FRAMES, st.sampled_from(UNGUARDED)), max_size=6))
def test_no_guard_holds_for_a_word_that_is_not_asked_about(said: list[tuple[str, str]]) -> None:
    text = " ".join([frame.format(word, word.capitalize()) for frame, word in said])
    assert found(text) == all_asked(text)


@given(st.one_of(texts(), windows(SOURCES)))
def test_nor_does_one_in_any_text(text: str) -> None:
    assert found(text) == all_asked(text)
