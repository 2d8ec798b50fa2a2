"""A rule, what it finds, and a pass; and the small helpers to write one.

>>> import re
>>> SHOUT = Rule("shout", Power.PUNCTUATION, Level.CLEAN, "More than one exclamation mark.")
>>> @as_pass("shouts", SHOUT)
... def shouts(transcript):
...     for match in re.finditer("!!+", transcript.text):
...         yield SHOUT.at(match.start(), match.end(), "one is enough", (match.start(), match.end(), "!"))
>>> [finding.reason for finding in shouts.find(Transcript("Hi!!!"))]
['one is enough']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, runtime_checkable

from attrs import frozen

from tidytranscript import wordlists
from tidytranscript.edits import Edit
from tidytranscript.powers import Level, Power
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Metadata, Transcript
from tidytranscript.wordlists import WordLists

__all__ = [
    "Edit",
    "Finding",
    "FunctionPass",
    "Label",
    "Level",
    "Metadata",
    "Pass",
    "Power",
    "Rule",
    "Span",
    "Transcript",
    "WordLists",
    "WordPass",
    "as_pass",
    "as_word_pass",
]


@frozen
class Finding:
    """All that a rule proposes about one thing: taken whole or declined whole.

    Attributes:
        rule: the name of the rule.
        span: what the finding is about, in the text that the pass was given.
        reason: why, in words for a person.
        edits: what to change, sorted and disjoint.
        labels: facts to add, in the coordinates of the text that the pass was given.
        metadata: facts about the recording to add.
        confidence: 0 to 1; below what the level asks for, the finding is a suggestion.
        guard: the name of the guard that keeps the text as it is; the finding is there for the log alone.
    """

    rule: str
    span: Span
    reason: str
    edits: tuple[Edit, ...] = ()
    labels: tuple[Label, ...] = ()
    metadata: Metadata | None = None
    confidence: float = 1.0
    guard: str = ""

    @property
    def reach(self) -> Span:
        """The stretch that what it is about and all its edits cover."""
        start, end = self.span
        for edit in self.edits:
            start, end = min(start, edit.span.start), max(end, edit.span.end)
        return Span(start, end)


@frozen
class Rule:
    """An entry of the catalogue: what one rule is named for, may do, and belongs to.

    Attributes:
        name: the problem, so that "ignore <name>" reads as English.
        power: what its edits may do; the engine declines what goes further.
        level: the first level at which it runs.
        summary: one line: what it finds.
        fixes: (before, after) pairs.
        keeps: texts that look like the problem and must stay.
        guards: (name, why, example) of what keeps a text that looks like the problem; the log names the guard.
    """

    name: str
    power: Power
    level: Level
    summary: str
    fixes: tuple[tuple[str, str], ...] = ()
    keeps: tuple[str, ...] = ()
    guards: tuple[tuple[str, str, str], ...] = ()

    def at(self, start: int, end: int, reason: str, *edits: tuple[int, int, str], confidence: float = 1.0) -> Finding:
        """A finding of this rule about `text[start:end]`, with edits given as (start, end, new)."""
        made = tuple([Edit(Span(a, b), new) for a, b, new in edits])
        return Finding(self.name, Span(start, end), reason, made, (), None, confidence)


@runtime_checkable
class Pass(Protocol):
    """Anything with a name, rules and `find` is a pass; it reads and proposes, and never writes."""

    @property
    def name(self) -> str:
        """What `select` and `ignore` call it."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its part of the catalogue."""

    def find(self, transcript: Transcript) -> Iterable[Finding]:
        """What the pass finds in a transcript; the same each time."""


@frozen
class FunctionPass:
    """A pass made of a function; see `as_pass`, also for what `reach` is."""

    name: str
    rules: tuple[Rule, ...]
    find: Callable[[Transcript], Iterable[Finding]]
    reach: int | None = None

    def __reduce__(self) -> str:
        # The decorator put this object where the function's own name stands, so the name is how to pickle it.
        return self.find.__qualname__

    @property
    def __module__(self) -> str:  # type: ignore[override]
        return self.find.__module__


def as_pass(
    name: str, *rules: Rule, reach: int | None = None
) -> Callable[[Callable[[Transcript], Iterable[Finding]]], FunctionPass]:
    """Make a pass of a function that takes a transcript and yields findings.

    `reach` is how many words beyond what it is about a finding may depend on, the rest of the line always among them;
    None where it may depend on the whole text. Only passes with a reach can run in a stream.
    """
    return lambda find: FunctionPass(name, rules, find, reach)


@frozen
class WordPass:
    """A pass made of a function that asks the word lists of the transcript's language; see `as_word_pass`.

    Without lists for the language it finds nothing. `given` lists add to those of the language. `reach` is as for
    `as_pass`.
    """

    name: str
    rules: tuple[Rule, ...]
    search: Callable[[Transcript, WordLists], Iterable[Finding]]
    reach: int | None = None
    given: WordLists | None = None
    base: WordPass | None = None

    def find(self, transcript: Transcript) -> Iterable[Finding]:
        """What the pass finds with the lists of the language."""
        language = transcript.language
        lists = wordlists.of(language) if self.given is None else wordlists.with_given(language, self.given)
        return () if lists is None else self.search(transcript, lists)

    def plus(self, given: WordLists) -> WordPass:
        """The same pass with more words."""
        return WordPass(self.name, self.rules, self.search, self.reach, given, self.base or self)

    def __reduce__(self) -> str | tuple[Any, ...]:
        # As for a FunctionPass; and with a user's words, the shipped pass and these.
        return self.search.__qualname__ if self.base is None else (WordPass.plus, (self.base, self.given))

    @property
    def __module__(self) -> str:  # type: ignore[override]
        return self.search.__module__


def as_word_pass(
    name: str, *rules: Rule, reach: int | None = None
) -> Callable[[Callable[[Transcript, WordLists], Iterable[Finding]]], WordPass]:
    """Make a pass of a function that takes a transcript and the word lists of its language, and yields findings.

    `reach` is as for `as_pass`.
    """
    return lambda search: WordPass(name, rules, search, reach)
