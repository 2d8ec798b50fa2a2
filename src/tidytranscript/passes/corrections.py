"""Misheard words and names put right through correction dictionaries: one simultaneous sweep over the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from tidytranscript.corrections import AI, Dictionary
from tidytranscript.corrections.phrases import Surroundings
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript
from tidytranscript.words import keys

_CHOICE: Final = 0.5  # what more than one entry hears is only suggested

MISHEARD: Final = Rule(
    "misheard",
    Power.REPLACE,
    Level.VERBATIM,
    "A name or term that a correction dictionary knows the recogniser to mishear.",
    fixes=(
        ("He left open AI in May.", "He left OpenAI in May."),
        ("I'm Jacob Efron, and this is Jerry Twerk.", "I'm Jacob Effron, and this is Jerry Tworek."),
        ("We asked chat GPT's authors.", "We asked ChatGPT's authors."),
    ),
    keeps=(
        "The door was open, AI or not.",
        "They twerk at every party.",
        "Zac Efron is an actor.",
        "OpenAI and ChatGPT are written right.",
    ),
)


@frozen
class Corrections:
    """The pass, with the dictionary that it applies; the shipped one if it is given none."""

    dictionary: Dictionary | None = None
    name: str = field(default="corrections", init=False)
    rules: tuple[Rule, ...] = field(default=(MISHEARD,), init=False, repr=False)

    def find(self, transcript: Transcript) -> Iterator[Finding]:
        """Every heard form in the transcript, with its right spelling."""
        text = transcript.text
        for match in (self.dictionary or AI()).phrases.sweep(transcript.words, _surroundings(transcript)):
            heard, why = text[match.start : match.end], match.phrase.entry.why
            reason = f"{heard!r} is heard for {match.phrase.right!r}"
            sure = 1.0
            if match.options:
                reason = f"{heard!r} may be {' or '.join(map(repr, match.options))}"
                sure = _CHOICE
            edit = (match.start, match.end, match.new)
            yield MISHEARD.at(match.start, match.end, f"{reason}: {why}" if why else reason, edit, confidence=sure)


def _surroundings(transcript: Transcript) -> Surroundings:
    known = [value for value in transcript.metadata.values() if isinstance(value, (str, list, tuple))]
    said = " . ".join([value if isinstance(value, str) else " . ".join(map(str, value)) for value in known])
    starts = [label.span.start for label in transcript.of_kind("speaker")]
    names = [str(label.value) for label in transcript.of_kind("speaker")]

    def speaker(at: int) -> str | None:
        i = bisect_right(starts, at) - 1
        return names[i] if i >= 0 else None

    return Surroundings(f" {' '.join(keys(said))} ", speaker)
