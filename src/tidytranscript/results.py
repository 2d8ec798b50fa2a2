"""The result of a run, from which every report is derived."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tidytranscript import engine
from tidytranscript.collector import collector_paused
from tidytranscript.marks import SIC
from tidytranscript.provenance import Change, Changes, net_changes, timed
from tidytranscript.rules import Finding
from tidytranscript.rulings import meet
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Suppression, Transcript, Turn

if TYPE_CHECKING:
    from tidytranscript.pipeline import Pipeline


_RULINGS: Final = ("suppressed", "rejected", "accepted")
_BY_EDITORS: Final = Suppression((), SIC)


def _needed(label: Label, found: Sequence[tuple[Span, set[str]]]) -> bool:
    names = set(label.value.names) if label.kind == "suppressed" else {label.value}
    return any(meet(label.span, span) and (not names or names & rules) for span, rules in found)


@frozen(slots=True, hash=False)
class Result:
    """What came of a run: the source, the tidied transcript, and the log of every step.

    >>> from tidytranscript.pipeline import tidy
    >>> result = tidy("Um, it's, it's fine.")
    >>> result.text
    "It's fine."
    >>> [(edit.start, edit.end, edit.old, edit.new, edit.rule) for edit in result.edits]
    [(0, 4, 'Um, ', '', 'filler'), (4, 5, 'i', 'I', 'filler'), (8, 14, ", it's", '', 'stutter')]
    >>> result.undo()
    "Um, it's, it's fine."
    >>> result.undo("stutter")
    "It's, it's fine."
    """

    source: Transcript
    transcript: Transcript
    steps: tuple[engine.Step, ...]
    pipeline: Pipeline = field(repr=False)

    @property
    def text(self) -> str:
        """The tidied text."""
        return self.transcript.text

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Who says what, in order."""
        return self.transcript.turns

    @property
    def edits(self) -> tuple[Change, ...]:
        """What was changed, in source coordinates: made in the source's text, the edits give the result's text."""
        return self._changes.made

    @property
    def suggestions(self) -> tuple[Change, ...]:
        """What rules found and were not sure enough of to apply, in source coordinates."""
        return self._changes.suggested

    @property
    def remarks(self) -> tuple[Change, ...]:
        """What rules have to say of the text and change nothing about, in source coordinates; `new` is `old`.

        >>> from tidytranscript.pipeline import Pipeline
        >>> said = "Ann: Well, Ann, thank you for coming. And welcome.\\nBo: It is good to be here.\\nAnn: So."
        >>> [remark.reason for remark in Pipeline.standard(checks=True)(said).remarks]
        ["Ann is said to say 'Well, Ann,'"]
        """
        says = [change for change, finding in self.noted if not (finding.guard or finding.labels or finding.metadata)]
        return timed(says, self.source.labels)

    @property
    def unused(self) -> tuple[Label, ...]:
        """The comments and decisions that do nothing: `suppressed`, `rejected` and `accepted` labels of the source.

        Nothing was found there that they would have kept as it is, or taken.

        >>> talk = "WEBVTT\\n\\nNOTE tidy: off filler\\n\\n00:01.000 --> 00:02.000\\nWe left.\\n"
        >>> from tidytranscript.formats import loads
        >>> from tidytranscript.pipeline import tidy
        >>> [label.value.by for label in tidy(loads(talk)).unused]
        ['NOTE tidy: off filler']
        """
        asked = [label for label in self.source.labels if label.kind in _RULINGS and label.value != _BY_EDITORS]
        if not asked:
            return ()
        of = {rule.name: pass_.name for pass_ in self.pipeline.passes for rule in pass_.rules}
        held = [(Span(c.start, c.end), {c.rule, of[c.rule]}) for c in self._changes.held]
        taken = [(Span(c.start, c.end), {c.rule}) for c in self._changes.made]
        return tuple([label for label in asked if not _needed(label, taken if label.kind == "accepted" else held)])

    @property
    def noted(self) -> tuple[tuple[Change, Finding], ...]:
        """All that was found and changes no character, with the finding: remarks, labels, and what guards kept."""
        return self._changes.noted

    @cached_property
    def _changes(self) -> Changes:
        with collector_paused():
            made, suggested, noted, held = net_changes(self.source.text, self.steps)
        labels = self.source.labels
        return Changes(timed(made, labels), timed(suggested, labels), noted, held)

    def undo(self, *names: str) -> str:
        """The source's text again, exactly; or, with passes or rules named, the result of all but those.

        The second is a run of the same pipeline without them, which is exact because passes are deterministic.
        Raises UnknownName.
        """
        if names:
            return self.pipeline.without(*names)(self.source).text
        text = self.transcript.text
        for step in reversed(self.steps):
            text = step.patch.inverse().apply(text)
        return text
