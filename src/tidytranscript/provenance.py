"""From the log of a run to the changes it made, each in the coordinates of the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from attrs import frozen

from tidytranscript.edits import Edit, Patch
from tidytranscript.engine import BELOW, PROTECTED, SUPPRESSED, Step
from tidytranscript.rules import Finding
from tidytranscript.spans import Span
from tidytranscript.transcript import Label


class Change(NamedTuple):
    """One change, or one suggested change.

    Attributes:
        start: where it starts in the source's text, in code points.
        end: where it ends there (half-open).
        old: what stands there in the source.
        new: what stands in its place in the result.
        rule: the rule that made it; where two rules changed the same characters, the later one.
        reason: why, in words for a person.
        confidence: 0 to 1.
        start_ms: when what stands there was said, where the source has times.
        finding: changes with the same number belong together: one finding made them, or suggests them.
    """

    start: int
    end: int
    old: str
    new: str
    rule: str
    reason: str
    confidence: float
    start_ms: int | None = None
    finding: int = 0


def timed(changes: Sequence[Change], labels: Iterable[Label]) -> tuple[Change, ...]:
    """The same changes with their times: that of the word they start at, or, without one, of its cue.

    >>> from tidytranscript.transcript import Times
    >>> timed([Change(4, 6, "uh", "", "filler", "", 1.0)], [Label(Span(0, 9), "cue", Times(1500, 2500))])[0].start_ms
    1500
    """
    words: list[tuple[Span, int]] = []
    cues: list[tuple[Span, int]] = []
    for label in labels:
        if label.kind in ("word", "cue") and label.value.start_ms is not None:
            (words if label.kind == "word" else cues).append((label.span, label.value.start_ms))
    if not (words or cues):
        return tuple(changes)
    spans = [sorted(words), sorted(cues)]
    return tuple([change._replace(start_ms=_when(change, spans)) for change in changes])


def _when(change: Change, kinds: Sequence[Sequence[tuple[Span, int]]]) -> int | None:
    said = change.start + len(change.old) - len(change.old.lstrip(" \t\r\n,.;:-"))
    for spans in kinds:
        i = bisect_right(spans, said, key=lambda timed: timed[0].start) - 1
        if i >= 0 and said < spans[i][0].end:
            return spans[i][1]
    return None


_Owned: TypeAlias = tuple[Edit, Finding]


class Changes(NamedTuple):
    """What a run did, in the coordinates of its source.

    Attributes:
        made: disjoint and in order; made in the source's text, they give the result's.
        suggested: what was found and not applied, in order of place.
        noted: what was found and changes no character, with the finding, in order of place: `new` is `old`.
        held: what was found where it is protected or suppressed, in order of place.
    """

    made: tuple[Change, ...]
    suggested: tuple[Change, ...]
    noted: tuple[tuple[Change, Finding], ...]
    held: tuple[Change, ...]


def net_changes(source: str, steps: Sequence[Step]) -> Changes:
    """What the steps of a run did to `source`."""
    net: list[Change] = []
    suggested: list[Change] = []
    noted: list[tuple[Change, Finding]] = []
    held: list[Change] = []
    last = {step.name: step for step in steps}
    way = _Way(source, net)
    for step in steps:
        if not (step.taken or step.declined):
            continue
        if last[step.name] is step:  # what it found before, it has found again
            below = [finding for finding, why in step.declined if why == BELOW]
            edits = [(edit, finding) for finding in below for edit in finding.edits]
            suggested += [change for change, _ in way.placed(edits)]
            still = [finding for finding in step.taken if not finding.edits]
            still += [finding for finding, _ in step.declined if finding.guard]
            noted += [(change._replace(new=change.old), finding) for change, finding in way.whole(still)]
            kept = [finding for finding, why in step.declined if why in (PROTECTED, SUPPRESSED)]
            reached = [(Edit(finding.reach, ""), finding) for finding in kept]
            held += [change for change, _ in way.placed(reached)]
        owned = [(edit, finding) for finding in step.taken for edit in finding.edits]
        if owned:
            net = _composed(source, net, sorted(owned, key=itemgetter(0)))
            way = _Way(source, net)
    numbers: dict[int, int] = {}
    noted.sort(key=itemgetter(0))
    return Changes(
        _numbered(net, numbers),
        _numbered(sorted(suggested), numbers),
        tuple(zip(_numbered([change for change, _ in noted], numbers), [finding for _, finding in noted], strict=True)),
        _numbered(sorted(held), numbers),
    )


def _numbered(changes: Iterable[Change], numbers: dict[int, int]) -> tuple[Change, ...]:
    """The changes with numbers for their findings, in the order in which these appear, not their identities."""
    return tuple([Change(*c[:8], numbers.setdefault(c[8], len(numbers) + 1)) for c in changes])


@frozen
class _Way:
    """The way back to the source from the text that the changes `net` give."""

    source: str
    net: list[Change]

    def whole(self, findings: Iterable[Finding]) -> Iterator[tuple[Change, Finding]]:
        """Findings with the stretch that each is about, where it stands in the source."""
        return self.placed([(Edit(finding.span, ""), finding) for finding in findings])

    def placed(self, owned: Iterable[_Owned]) -> Iterator[tuple[Change, Finding]]:
        """Edits on the text, each where it would stand in the source."""
        size = len(self.source)
        for ((start, end), new), finding in owned:
            ends, grown = self._shifts
            a, b = start + grown[bisect_right(ends, start)], end + grown[bisect_right(ends, end)]
            a, b = min(a, size), min(max(a, b), size)
            yield _change(self.source, a, b, new, finding), finding

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """Where each change ends in the text, and how far what follows so many changes has moved."""
        grown = list(accumulate([end - start - len(new) for start, end, _, new, *_ in self.net], initial=0))
        return [c.start - shift + len(c.new) for c, shift in zip(self.net, grown, strict=False)], grown


def _composed(source: str, net: list[Change], owned: list[_Owned]) -> list[Change]:
    """The changes `net`, then the edits on the text that they give, as one list of changes to `source`.

    Both are walked in step. `shift` is the position in the source minus the position in the text that the edits
    are for. Changes and edits that share characters come together in a cluster; the rest pass as they are.
    """
    out: list[Change] = []
    i = j = shift = 0
    while j < len(owned):
        ((start, end), _), _ = owned[j]
        while i < len(net) and net[i].start - shift + len(net[i].new) <= start:
            out.append(net[i])
            shift += _shrunk(net[i])
            i += 1
        low, high = start, end
        if i < len(net) and net[i].start - shift < low and net[i].start - shift + len(net[i].new) > low:
            low = net[i].start - shift
        first_net, first_edit, first_shift = i, j, shift
        while True:
            if i < len(net) and net[i].start - shift < high:
                high = max(high, net[i].start - shift + len(net[i].new))
                shift += _shrunk(net[i])
                i += 1
            elif j < len(owned) and (j == first_edit or owned[j][0].span.start < high):
                high = max(high, owned[j][0].span.end)
                j += 1
            else:
                break
        if i == first_net and j == first_edit + 1:  # an edit alone, as nearly all are
            edit, finding = owned[first_edit]
            if edit.new or start < end:
                alone = _change(source, start + shift, end + shift, edit.new, finding)
                if alone.old != alone.new:
                    out.append(alone)
            continue
        out += _cluster(source, net[first_net:i], owned[first_edit:j], Span(low, high), first_shift)
    out += net[i:]
    return out


def _shrunk(change: Change) -> int:
    return change.end - change.start - len(change.new)


def _cluster(source: str, net: list[Change], owned: list[_Owned], over: Span, shift: int) -> Iterator[Change]:
    """Changes and edits that meet in `over`, a span of the text between them, as changes to the source."""
    finding = owned[-1][1]
    if len(owned) == 1 and not owned[0][0].new and not any(change.new for change in net):
        at = over.start + shift
        for change in net:
            if at < change.start:
                yield _change(source, at, change.start, "", finding)
            yield change
            at = change.end
        end = over.end + shift + sum(map(_shrunk, net))
        if at < end:
            yield _change(source, at, end, "", finding)
        return
    at = over.start + shift
    shown: list[str] = []
    for change in net:
        shown += (source[at : change.start], change.new)
        at = change.end
    end = over.end + shift + sum(map(_shrunk, net))
    shown.append(source[at:end])
    between = "".join(shown)
    here = [Edit(Span(a - over.start, b - over.start), new) for ((a, b), new), _ in owned]
    new = Patch.cut(between, here).apply(between)
    start = over.start + shift
    if source[start:end] != new:
        reason = "; then ".join(dict.fromkeys([*(c.reason for c in net), *(f.reason for _, f in owned)]))
        yield _change(source, start, end, new, finding)._replace(reason=reason)


def _change(source: str, start: int, end: int, new: str, finding: Finding) -> Change:
    old = source[start:end]
    return Change(start, end, old, new, finding.rule, finding.reason, finding.confidence, None, id(finding))
