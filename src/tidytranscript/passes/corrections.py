"""Misheard words and names put right through correction dictionaries: one simultaneous sweep over the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import evolve, field, frozen

from tidytranscript.corrections import Dictionary, shipped
from tidytranscript.corrections.forms import Surroundings
from tidytranscript.corrections.matches import Match
from tidytranscript.corrections.names import REACH, Name, given_names, known_names, misheard
from tidytranscript.corrections.phrases import ROUNDS
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript
from tidytranscript.words import Words, keys

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


MISHEARD_NAME: Final = Rule(
    "misheard-name",
    Power.REPLACE,
    Level.VERBATIM,
    "A name that is given, or known from a dictionary, in a form that sounds or looks like it.",
    fixes=(
        ("I met Sam Altmun of OpenAI.", "I met Sam Altman of OpenAI."),
        ("OpenAI was led by Semm Altman then.", "OpenAI was led by Sam Altman then."),
        ("At DeepMind we asked Shayne Legg about AGI.", "At DeepMind we asked Shane Legg about AGI."),
    ),
    keeps=(
        "Sam Oldman is a baker.",
        "Shane Lake is cold in May.",
        "Sam Altman of OpenAI met Samuel Altmann.",
        "She is called Ilia.",
    ),
)


@frozen
class Corrections:
    """The pass, with the dictionary that it applies, the shipped one if it is given none; and with the names given.

    Without `lone` it leaves out what only the whole text can tell: parts of names that stand alone, and the names that
    the labels of speakers hold.
    """

    dictionary: Dictionary | None = None
    names: tuple[str, ...] = ()
    lone: bool = True
    name: str = field(default="corrections", init=False)
    rules: tuple[Rule, ...] = field(default=(MISHEARD, MISHEARD_NAME), init=False, repr=False)

    @cached_property
    def _known(self) -> list[Name]:
        return known_names(self.dictionary or shipped())

    @property
    def reach(self) -> int | None:
        """As for `as_pass`."""
        reach = None if self.lone else (self.dictionary or shipped()).phrases.reach
        return None if reach is None else ROUNDS * max(reach, REACH)

    def nearby(self) -> Corrections:
        """The same pass for live text."""
        return evolve(self, lone=False)

    def find(self, transcript: Transcript) -> Iterator[Finding]:
        """Every heard form in the transcript, with its right spelling."""
        dictionary = self.dictionary or shipped()
        speakers = [str(label.value) for label in transcript.of_kind("speaker")] if self.lone else []
        names = [*given_names(self.names, transcript.metadata, dict.fromkeys(speakers)), *self._known]

        def also(words: Words) -> list[Match]:
            return misheard(words, names, lone=self.lone)

        for match in dictionary.phrases.sweep(transcript.words, _surroundings(transcript), also if names else None):
            rule = MISHEARD_NAME if match.is_name else MISHEARD
            edit = (match.start, match.end, match.new)
            yield rule.at(match.start, match.end, match.reason, edit, confidence=match.confidence)


def _surroundings(transcript: Transcript) -> Surroundings:
    known = [value for value in transcript.metadata.values() if isinstance(value, (str, list, tuple))]
    said = " . ".join([value if isinstance(value, str) else " . ".join(map(str, value)) for value in known])
    starts = [label.span.start for label in transcript.of_kind("speaker")]
    names = [str(label.value) for label in transcript.of_kind("speaker")]

    def speaker(at: int) -> str | None:
        i = bisect_right(starts, at) - 1
        return names[i] if i >= 0 else None

    return Surroundings(f" {' '.join(keys(said))} ", speaker)
