"""The only writer: runs one pass, refuses or takes each of its findings, applies what was taken, and logs both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from attrs import frozen

from tidytranscript.edits import Edit, Patch
from tidytranscript.powers import Level, Power, within
from tidytranscript.rules import Finding, Pass, Rule
from tidytranscript.rulings import Rulings, united
from tidytranscript.spans import Span
from tidytranscript.transcript import Transcript

BELOW = "not sure enough at this level"
SUPPRESSED = "suppressed here"
PROTECTED = "touches a protected span"
_ANY_POWER = Power.SPACE | Power.PUNCTUATION | Power.CASE | Power.DELETE  # of those that bring in no word
_FAR = 200  # characters: no word is longer, and no check may be
_NOTHING: Final = Patch((), ())
_NONE: Final[Mapping[str, float]] = MappingProxyType({})
_RULING: Final = frozenset({"protected", "suppressed", "accepted", "rejected"})


@frozen
class Step:
    """What one pass did: the patch, the findings that were taken, and those that were declined, each with why."""

    name: str
    patch: Patch
    taken: tuple[Finding, ...]
    declined: tuple[tuple[Finding, str], ...]


def run(
    pass_: Pass,
    transcript: Transcript,
    level: Level,
    off: Collection[str] = (),
    least: Mapping[str, float] = _NONE,
) -> tuple[Transcript, Step]:
    """The transcript after one pass, and the log of it; rules named in `off`, or above `level`, change nothing.

    `least` is how sure the findings of a rule must be, where that is not for the level to say.
    """
    found = sorted(pass_.find(transcript), key=attrgetter("span"))
    if not found:
        return transcript, Step(pass_.name, _NOTHING, (), ())
    judge = _Judge(transcript, pass_, level, off, least)
    taken, declined = [], []
    for finding in found:
        why = judge.refuses(finding)
        if why:
            declined.append((finding, why))
        else:
            taken.append(finding)
    patch = Patch.cut(transcript.text, judge.edits)
    step = Step(pass_.name, patch, tuple(taken), tuple(declined))
    fresh = [label for finding in taken for label in finding.labels]
    facts = [finding.metadata for finding in taken if finding.metadata]
    if not (patch.edits or fresh or facts):
        return transcript, step
    metadata = dict(transcript.metadata)
    for fact in facts:
        metadata.update(fact)
    return transcript.edited(patch, (*transcript.labels, *fresh), metadata), step


class _Judge:
    """Says why a finding can't be taken, or takes its edits."""

    def __init__(
        self,
        transcript: Transcript,
        pass_: Pass,
        level: Level,
        off: Collection[str],
        least: Mapping[str, float],
    ) -> None:
        self.text = transcript.text
        self.rules = {rule.name: rule for rule in pass_.rules}
        self.closed = {rule.name: _why_closed(rule, level, off) for rule in self.rules.values()}
        self.least = {name: least.get(name, level.confidence) for name in self.rules}
        ruling = [label for label in transcript.labels if label.kind in _RULING]
        self.protected = united(label.span for label in ruling if label.kind == "protected")
        self.rulings = Rulings(ruling, pass_.name) if len(ruling) > len(self.protected) else None
        self.changes = transcript.speaker_changes()
        self.edits: list[Edit] = []
        self.end = -1  # where the last edit ends

    def refuses(self, finding: Finding) -> str:
        why = self.closed.get(finding.rule)
        if why is None:
            return f"names {finding.rule!r}, which is no rule of this pass"
        if why:
            return why
        if self.rulings and self.rulings.suppress(finding):
            return SUPPRESSED
        if finding.confidence < self.least[finding.rule] and not (self.rulings and self.rulings.accept(finding)):
            return BELOW
        if finding.guard:
            return f"kept by the guard {finding.guard}"
        if not finding.edits:
            return ""
        power = self.rules[finding.rule].power
        at, before = 0, None
        for edit in finding.edits:
            (start, end), new = edit
            if not at <= start <= end <= len(self.text) or (before and edit.span == before.span):
                return "lies outside the text, or its edits are out of order"
            if self.protected and self._is_protected(start, end):
                return PROTECTED
            if not _allowed(self.text, power, start, end, new) or (
                before and start == at and not _allowed(self.text, power, before.span.start, end, before.new + new)
            ):
                return f"goes further than {finding.rule} may"
            at, before = end, edit
        if self.changes and self._reaches_over_a_change(finding.edits[0].span.start, at):
            return "reaches over a change of speaker"
        if finding.edits[0].span.start <= self.end:
            return self._placed_among(finding.edits)
        self.edits += finding.edits
        self.end = at
        return ""

    def _placed_among(self, edits: tuple[Edit, ...]) -> str:
        places = []
        for edit in edits:
            i = bisect_left(self.edits, edit)
            before = self.edits[i - 1].span if i else Span(-1, -1)
            after = self.edits[i].span if i < len(self.edits) else None
            if before.end > edit.span.start or before == edit.span or (after and after.start < edit.span.end):
                return "overlaps an earlier finding"
            if after == edit.span:
                return "overlaps an earlier finding"
            start, end, new = edit.span.start, edit.span.end, edit.new
            if i and before.end == start:
                start, new = before.start, self.edits[i - 1].new + new
            if after and after.start == end:
                end, new = after.end, new + self.edits[i].new
            touches = (start, end) != edit.span
            if touches and not _allowed(self.text, _ANY_POWER, start, end, new):
                return "would join two words together with an earlier finding"
            places.append(i)
        for i, edit in zip(reversed(places), reversed(edits), strict=True):
            self.edits.insert(i, edit)
        self.end = max(self.end, edits[-1].span.end)
        return ""

    def _reaches_over_a_change(self, start: int, end: int) -> bool:
        i = bisect_right(self.changes, start)
        return i < len(self.changes) and self.changes[i] < end

    def _is_protected(self, start: int, end: int) -> bool:
        i = bisect_left(self.protected, Span(start, start))
        near = self.protected[max(0, i - 1) : i + 2]
        if start == end:  # what is put in at the border would grow the span
            return any(p.start <= start <= p.end for p in near)
        return any(p.start < end and start < p.end for p in near)


def _why_closed(rule: Rule, level: Level, off: Collection[str]) -> str:
    if rule.name in off:
        return "switched off"
    return f"belongs to the level {rule.level.value}" if rule.level.rank > level.rank else ""


def _allowed(text: str, power: Power, start: int, end: int, new: str) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if not (_inner(before) or _inner(after)):
        return within(power, text[start:end], new)
    old = text[start:end]
    # An edit that begins or ends inside a word, or that joins two, is judged by the whole words.
    if _inner(before) and (_inner((old + after)[:1]) or _inner((new + after)[:1])):
        head = text[_word_start(text, start) : start]
        old, new = head + old, head + new
    if _inner(after) and (_inner((before + old)[-1:]) or _inner((before + new)[-1:])):
        tail = text[end : _word_end(text, end)]
        old, new = old + tail, new + tail
    return within(power, old, new)


def _inner(c: str) -> bool:
    return c.isalnum() or (c != "" and c in "'’")


def _word_start(text: str, at: int) -> int:
    least = max(0, at - _FAR)
    while at > least and _inner(text[at - 1]):
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    most = min(len(text), at + _FAR)
    while at < most and _inner(text[at]):
        at += 1
    return at
