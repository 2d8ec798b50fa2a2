"""Misheard words and names put right through correction dictionaries: one simultaneous sweep over the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from tidytranscript.corrections import AI, Dictionary
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript

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
        words = transcript.words
        for match in (self.dictionary or AI()).phrases.sweep(words):
            heard, phrase = words.text[match.start : match.end], match.phrase
            reason = f"{heard!r} is heard for {phrase.right!r}"
            yield MISHEARD.at(
                match.start,
                match.end,
                f"{reason}: {phrase.why}" if phrase.why else reason,
                (match.start, match.end, phrase.right),
            )
