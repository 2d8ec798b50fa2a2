"""The only writer: runs one pass, refuses or takes each of its findings, applies what was taken, and logs both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from operator import attrgetter

from attrs import evolve, frozen

from tidytranscript.edits import Edit, Patch
from tidytranscript.powers import Level, Power, within
from tidytranscript.rules import Finding, Pass, Rule
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Transcript

BELOW = "not sure enough at this level"
_FAR = 200  # characters: no word is longer, and no check may be


@frozen
class Step:
    """What one pass did: the patch, the findings that were taken, and those that were declined, each with why."""

    name: str
    patch: Patch
    taken: tuple[Finding, ...]
    declined: tuple[tuple[Finding, str], ...]


def run(pass_: Pass, transcript: Transcript, level: Level, off: Collection[str] = ()) -> tuple[Transcript, Step]:
    """The transcript after one pass, and the log of it; rules named in `off`, or above `level`, change nothing."""
    found = sorted(pass_.find(transcript), key=attrgetter("span"))
    rules = {rule.name: rule for rule in pass_.rules}
    judge = _Judge(transcript, rules, level, off)
    taken, declined = [], []
    for finding in found:
        why = judge.refuses(finding)
        if why:
            declined.append((finding, why))
        else:
            taken.append(finding)
    patch = Patch.cut(transcript.text, judge.edits)
    return _written(transcript, patch, taken), Step(pass_.name, patch, tuple(taken), tuple(declined))


def _written(transcript: Transcript, patch: Patch, taken: list[Finding]) -> Transcript:
    fresh = [label for finding in taken for label in finding.labels]
    facts = [finding.metadata for finding in taken if finding.metadata]
    if not (patch.edits or fresh or facts):
        return transcript
    labels = [*transcript.labels, *fresh]
    if patch.edits and labels:
        spans = patch.carry([label.span for label in labels])
        labels = [evolve(label, span=span) for label, span in zip(labels, spans, strict=True)]
    metadata = dict(transcript.metadata)
    for fact in facts:
        metadata.update(fact)
    return evolve(transcript, text=patch.apply(transcript.text), labels=tuple(labels), metadata=metadata)


class _Judge:
    """Says why a finding can't be taken, or takes its edits."""

    def __init__(
        self, transcript: Transcript, rules: Mapping[str, Rule], level: Level, off: Collection[str]
    ) -> None:
        self.text = transcript.text
        self.rules, self.level, self.off = rules, level, off
        self.protected = sorted(label.span for label in transcript.labels if label.kind == "protected")
        self.edits: list[Edit] = []

    def refuses(self, finding: Finding) -> str:
        rule = self.rules.get(finding.rule)
        if rule is None:
            return f"names {finding.rule!r}, which is no rule of this pass"
        if rule.name in self.off:
            return "switched off"
        if rule.level.rank > self.level.rank:
            return f"belongs to the level {rule.level.value}"
        if finding.confidence < self.level.confidence:
            return BELOW
        at = 0
        for (start, end), new in finding.edits:
            if not at <= start <= end <= len(self.text):
                return "lies outside the text, or its edits are out of order"
            at = end
            if self.protected and self._is_protected(start, end):
                return "touches a protected span"
            if not self._allowed(rule.power, start, end, new):
                return f"goes further than {rule.name} may"
        return self._place(finding.edits)

    def _place(self, edits: tuple[Edit, ...]) -> str:
        # Findings come in order, so nearly every edit goes to the end of the list.
        places = []
        for edit in edits:
            start, end = edit.span
            if not self.edits or start > self.edits[-1].span.end:
                places.append(len(self.edits))
                continue
            i = bisect_left(self.edits, edit)
            if (i and self.edits[i - 1].span.end > start) or (
                i < len(self.edits) and (self.edits[i].span.start < end or self.edits[i].span == edit.span)
            ):
                return "overlaps an earlier finding"
            if i and start == end and self.edits[i - 1].span == edit.span:
                return "overlaps an earlier finding"
            places.append(i)
        for i, edit in zip(reversed(places), reversed(edits), strict=True):
            self.edits.insert(i, edit)
        return ""

    def _is_protected(self, start: int, end: int) -> bool:
        i = bisect_left(self.protected, Span(start, start))
        near = self.protected[max(0, i - 1) : i + 1]
        return any(start < p.end and p.start < end or start == end and p.start < start < p.end for p in near) or (
            i + 1 < len(self.protected) and self.protected[i + 1].start < end
        )

    def _allowed(self, power: Power, start: int, end: int, new: str) -> bool:
        text = self.text
        old, before, after = text[start:end], text[start - 1 : start] if start else "", text[end : end + 1]
        # An edit that begins or ends inside a word, or that joins two, is judged by the whole words.
        if _inner(before) and (_inner((old + after)[:1]) or _inner((new + after)[:1])):
            head = text[_word_start(text, start) : start]
            old, new = head + old, head + new
        if _inner(after) and (_inner((before + old)[-1:]) or _inner((before + new)[-1:])):
            tail = text[end : _word_end(text, end)]
            old, new = old + tail, new + tail
        return (not new and Power.DELETE in power) or within(power, old, new)


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
