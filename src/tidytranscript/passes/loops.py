"""A recogniser's loop: it hears nothing, and writes what it wrote last, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.copies import Run, merged
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.sentences import is_number

_LONGEST: Final = 12  # words in the phrase that comes round
_COPIES: Final = 6  # nobody says a phrase six times in a row...
_COPIES_OF_ONE: Final = 12  # ...but a single word, in a cheer or a song, many times

RECOGNISER_LOOP: Final = Rule(
    "recogniser-loop",
    Power.DELETE,
    Level.VERBATIM,
    "The same words over and over, more often than anybody says them.",
    fixes=(
        ("It's big, " + "big, " * 20 + "and old.", "It's big, and old."),
        ("Thanks for watching!\n" * 9 + "Bye.", "Thanks for watching!\nBye."),
        ("so you know " + "what I mean " * 8 + "right", "so you know what I mean right"),
    ),
    keeps=(
        "No, no, no, no, no.",
        "USA! USA! USA! USA! USA!",
        "call five five five five five five",
        "I'm sorry. I'm sorry.",
    ),
)


@as_pass("loops", RECOGNISER_LOOP, reach=72)
def loops(transcript: Transcript) -> Iterator[Finding]:
    """Phrases that come round too often to have been said; the first copy is left."""
    words = transcript.words
    for take in merged(words, _LONGEST, _least, _judge):
        start, end = words.end(take.kept), words.end(take.last)
        phrase = " ".join([words.written(i) for i in take.phrase])
        reason = f"{phrase!r} stands {take.copies} times in a row; speech may be missing here"
        yield RECOGNISER_LOOP.at(start, end, reason, (start, end, ""), confidence=take.confidence)


def _least(lag: int) -> int:
    return _COPIES_OF_ONE if lag == 1 else _COPIES


def _judge(run: Run) -> float:
    spelled = all(is_number(key) or len(key) == 1 for key in run.keys)
    return 0.0 if spelled else 0.95
