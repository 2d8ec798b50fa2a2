"""What the tests of plain text and of Markdown share: what is said in them, and the laws of a file written in place."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

import tidytranscript as tt

SAID = ("Um, good morning to you all.", "Hello, and thank you.", "Let us begin with the ice.", "It is thin.")
NAMES = ("Ann Lee", "Bo Fox", "Ann Lee", "Bo Fox")
STARTS = (1000, 4000, 6000, 69_000)
TANGLED = ("Um, so, so good morning.", "Uh, hello.", "Let us, let us begin.", "Um.", "Well, the the ice.", "Yes.")

_ENDS = (
    "whales came in.",
    "seals lay there.",
    "bears went off.",
    "boats ran home.",
    "snow fell down.",
    "winds blew up.",
)


def seconds(said: tuple[str, ...]) -> list[int]:
    """When each thing is said: as many starts as it takes."""
    return [ms // 1000 for ms in (*STARTS, *range(71_000, 71_000 + 3000 * len(said), 3000))]


def anything_said(words: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Lines of such words. A single line at most may lose all of them: two lines with clocks prove nothing any more."""
    starts = st.lists(st.sampled_from(list(words)), min_size=2, max_size=12).map(" ".join)
    kept = st.tuples(*(starts for _ in _ENDS)).map(
        lambda found: tuple(f"{start} {end}" for start, end in zip(found, _ENDS, strict=True))
    )
    return st.builds(lambda lines, at: (*lines[:at], "Um.", *lines[at:]), kept, st.integers(0, len(_ENDS)))


def times(transcript: tt.Transcript) -> list[tuple[int | None, int | None]]:
    return [tuple(label.value) for label in transcript.of_kind("cue")]


def speakers(transcript: tt.Transcript) -> list[tuple[str, str]]:
    return [(label.value, label.span.of(transcript.text)) for label in transcript.of_kind("speaker")]


def comes_back(content: str, form: str) -> tt.Transcript:
    """What is read; untouched, it is written back as it was."""
    transcript = tt.loads(content, form)
    assert tt.dumps(transcript) == content
    return transcript


def loses_one_filler(content: str, form: str) -> None:
    """The only filler goes, with what set it off; nothing else changes."""
    result = tt.tidy(tt.loads(content, form))
    assert tt.dumps(result.transcript) == content.replace("Um, good", "Good")
    assert times(result.transcript) == times(tt.loads(content, form))


def settles(content: str, form: str) -> None:
    """The file that tidying leaves is one that comes back, and that tidying leaves alone."""
    once = tt.dumps(tt.tidy(comes_back(content, form)).transcript)
    assert tt.dumps(tt.tidy(comes_back(once, form)).transcript) == once
