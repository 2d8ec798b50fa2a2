"""What the page of `tidy review` shows: rows of the source, each of one turn, and findings in their places."""

from __future__ import annotations

import os
from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from tidytranscript.decisions import SCHEMA, Decisions, hash_of
from tidytranscript.pipeline import Result
from tidytranscript.places import Places
from tidytranscript.provenance import Change
from tidytranscript.reports.account import turn_starts

EDIT, SUGGESTION, REMARK = "edit", "suggestion", "remark"
_LONG: Final = 420  # characters of a row: more, and source and result stand far apart
_STOPS: Final = (".", "!", "?", "…")


def page_data(name: str, result: Result, decisions: Sequence[Decisions] = ()) -> dict[str, Any]:
    """What the page shows, for its script.

    `items` are findings, with all their changes; `rows` are stretches of the source, as texts and, where something was
    found, `[item, change]`: the change is done in the place of its text; or, with -1 for it, a mark in the text.
    """
    text = result.source.text
    items = _items(result)
    decided = {
        (one.rule, one.start, one.end): "accept" if one.take else "reject" for made in decisions for one in made.made
    }
    rows = list(_rows(result, items))
    turns = result.turns
    speakers = list(dict.fromkeys(turn.speaker or "" for turn in turns))
    rules = {rule.name: rule.summary for rule in result.pipeline.rules}
    names = [rule for rule in rules if any(item.first.rule == rule for item in items)]
    times = [row.ms for row in rows if row.ms is not None]
    ends = [label.value.end_ms for label in result.source.labels if label.kind in ("word", "cue")]
    return {
        "schema": SCHEMA,
        "file": os.path.basename(name),
        "text": hash_of(text),
        "level": result.pipeline.level.value,
        "length": len(text),
        "duration": max((end for end in ends if end is not None), default=0) if times else 0,
        "speakers": speakers,
        "rules": [{"name": rule, "about": rules[rule]} for rule in names],
        "items": [
            {
                "rule": names.index(item.first.rule),
                "kind": item.kind,
                "reason": item.first.reason,
                "sure": round(item.first.confidence, 3),
                "ms": item.first.start_ms,
                "place": item.place,
                "state": _state(item, decided),
                "changes": [[c.start, c.end, c.old, c.new] for c in item.changes],
            }
            for item in items
        ],
        "rows": [
            [row.ms, None if row.turn is None else speakers.index(turns[row.turn].speaker or ""), row.start, row.parts]
            for row in rows
        ],
    }


@frozen
class _Item:
    """One finding: what it is, all its changes, and where in the file it stands."""

    kind: str
    changes: tuple[Change, ...]
    place: tuple[int, int]

    @property
    def first(self) -> Change:
        return self.changes[0]


def _items(result: Result) -> list[_Item]:
    places = Places(result.source)
    found: list[_Item] = []
    for kind, changes in ((EDIT, result.edits), (SUGGESTION, result.suggestions)):
        by_finding: dict[int, list[Change]] = {}
        for change in changes:
            by_finding.setdefault(change.finding, []).append(change)
        found += [_Item(kind, tuple(group), places.of(group[0].start)) for group in by_finding.values()]
    found += [_Item(REMARK, (remark,), places.of(remark.start)) for remark in result.remarks]
    return sorted(found, key=lambda item: item.first[:2])


def _state(item: _Item, decided: Mapping[tuple[str, int, int], str]) -> str:
    """What was decided on a finding before: "accept", "reject" or ""."""
    found = (decided.get((change.rule, change.start, change.end)) for change in item.changes)
    return next((state for state in found if state), "")


@frozen
class _Row:
    ms: int | None
    turn: int | None
    start: int
    parts: list[Any]


def _rows(result: Result, items: Sequence[_Item]) -> Iterator[_Row]:
    """The source in stretches that can be read at a glance: each of one turn, none beginning inside a change."""
    text = result.source.text
    starts = _row_starts(result)
    inline, marks = _placed(items)
    timed = _times(result)
    at = used = marked = 0
    while at < len(text):
        turn = bisect_right(starts, at) - 1
        until = starts[turn + 1] if turn + 1 < len(starts) else len(text)
        until = _outside(_row_end(text, at, until), inline, len(text))
        parts: list[Any] = []
        here = at
        while used < len(inline) and inline[used][0].start < until:
            change, item, number = inline[used]
            while marked < len(marks) and marks[marked][0] <= change.start:
                here = _marked(text, here, *marks[marked], parts)
                marked += 1
            if change.start > here:
                parts.append(text[here : change.start])
            parts.append([item, number])
            here = max(here, change.end)
            used += 1
        while marked < len(marks) and marks[marked][0] < until:
            here = _marked(text, here, *marks[marked], parts)
            marked += 1
        if here < until:
            parts.append(text[here:until])
        if any(not isinstance(part, str) or part.strip() for part in parts):
            said = at + len(text[at:until]) - len(text[at:until].lstrip())
            yield _Row(_time_at(timed, said), turn if starts else None, at, parts)
        at = until


def _row_starts(result: Result) -> list[int]:
    """Where in the source each turn starts, with the label that stands before it."""
    text, starts = result.source.text, turn_starts(result)
    ends = [turn.span.end for turn in result.turns]
    if not ends or len(ends) != len(starts):
        return [0, *starts[1 : len(ends)]] if ends else []
    edits = iter(result.edits)
    edit = next(edits, None)
    grown = 0  # how much longer the result is than the source, up to here
    for i, end in enumerate(ends[:-1]):
        while edit and edit.start + grown <= end:
            grown += len(edit.new) - (edit.end - edit.start)
            edit = next(edits, None)
        at = end - grown
        while at < starts[i + 1] and text[at].isspace():
            at += 1
        starts[i + 1] = min(at, starts[i + 1])
    return [0, *starts[1:]]


def _marked(text: str, here: int, place: int, item: int, parts: list[Any]) -> int:
    if place > here:
        parts.append(text[here:place])
    parts.append([item, -1])
    return max(here, place)


def _placed(items: Sequence[_Item]) -> tuple[list[tuple[Change, int, int]], list[tuple[int, int]]]:
    """The changes that can be shown in the text, disjoint and in order; and the places of what overlaps them."""
    edits = [
        (change, number, i)
        for number, item in enumerate(items)
        if item.kind == EDIT
        for i, change in enumerate(item.changes)
    ]
    inline = sorted(edits)
    marks = []
    for number, item in enumerate(items):
        if item.kind == EDIT:
            continue
        mine = [(change, number, i) for i, change in enumerate(item.changes)]
        if item.kind == SUGGESTION and all(_is_free(change, inline) for change, _, _ in mine):
            for one in mine:
                insort(inline, one)
        else:
            marks.append((item.first.start, number))
    return inline, sorted(marks)


def _is_free(change: Change, inline: Sequence[tuple[Change, int, int]]) -> bool:
    i = bisect_right(inline, change.start, key=lambda one: one[0].start)
    near = [one for one, _, _ in inline[max(0, i - 1) : i + 1]]
    return all(change.end < one.start or one.end < change.start for one in near)


def _row_end(text: str, at: int, until: int) -> int:
    if until - at <= _LONG:
        return until
    piece = text[at : at + _LONG]
    sentence = max(piece.rfind(f"{stop}{blank}") for stop in _STOPS for blank in (" ", "\n")) + 2
    word = max(piece.rfind("\n"), piece.rfind(" ")) + 1
    return at + (sentence if sentence > _LONG // 3 else word or _LONG)


def _outside(at: int, inline: Sequence[tuple[Change, int, int]], last: int) -> int:
    """The place, or the end of the change that it stands inside."""
    i = bisect_right(inline, at, key=lambda one: one[0].start) - 1
    return max(at, inline[i][0].end) if i >= 0 and at < last else at


def _times(result: Result) -> list[tuple[int, int]]:
    for kind in ("word", "cue"):
        found = [(x.span.start, x.value.start_ms) for x in result.source.of_kind(kind) if x.value.start_ms is not None]
        if found:
            return found
    return []


def _time_at(timed: Sequence[tuple[int, int]], at: int) -> int | None:
    i = bisect_right(timed, at, key=lambda one: one[0]) - 1
    return timed[max(i, 0)][1] if timed else None
