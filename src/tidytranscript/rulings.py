"""Where somebody has ruled on what is found: comments that switch rules off, and decisions on single findings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from tidytranscript.rules import Finding
from tidytranscript.spans import Span
from tidytranscript.transcript import Label

_EVERY: Final = ""
_ByRule: TypeAlias = Mapping[str, Sequence[Span]]


class Rulings:
    """The labels `suppressed`, `accepted` and `rejected` of a text, asked by one pass.

    A suppression is about all that its stretch touches; a decision only about findings whose edits meet those that it
    was taken on.
    """

    def __init__(self, labels: Iterable[Label], pass_name: str) -> None:
        self._pass_name = pass_name
        suppressed: dict[str, list[Span]] = {}
        decided: dict[str, dict[str, list[Span]]] = {"accepted": {}, "rejected": {}}
        for span, kind, value in labels:
            if kind == "suppressed":
                for name in value.names or (_EVERY,):
                    suppressed.setdefault(name, []).append(span)
            elif kind in decided:
                decided[kind].setdefault(value, []).append(span)
        self._suppressed = _by_rule(suppressed)
        self._accepted = _by_rule(decided["accepted"])
        self._rejected = _by_rule(decided["rejected"])

    def suppress(self, finding: Finding) -> bool:
        """Whether a finding is switched off where it stands, or was rejected."""
        about = (finding.reach,)
        names = (finding.rule, self._pass_name, _EVERY)
        return any(_met(self._suppressed.get(name, ()), about) for name in names) or _met(
            self._rejected.get(finding.rule, ()), [edit.span for edit in finding.edits] or about
        )

    def accept(self, finding: Finding) -> bool:
        """Whether somebody has accepted a finding that would only be suggested."""
        return _met(self._accepted.get(finding.rule, ()), [edit.span for edit in finding.edits])


def united(spans: Iterable[Span]) -> list[Span]:
    """The stretches that some spans cover together, in order.

    >>> united([Span(4, 6), Span(0, 2), Span(1, 3)])
    [Span(start=0, end=3), Span(start=4, end=6)]
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a character; or touch, where one of them is empty.

    >>> meet(Span(0, 2), Span(2, 4)), meet(Span(0, 2), Span(2, 2))
    (False, True)
    """
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _by_rule(spans: Mapping[str, Iterable[Span]]) -> _ByRule:
    return {name: united(found) for name, found in spans.items()}


def _met(places: Sequence[Span], spans: Iterable[Span]) -> bool:
    """Whether one of the spans meets a place; places are disjoint and in order."""
    for span in spans if places else ():
        i = max(0, bisect_left(places, span) - 1)
        while i < len(places) and places[i].start <= span.end:
            if meet(places[i], span):
                return True
            i += 1
    return False
