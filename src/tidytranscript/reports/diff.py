"""A unified diff of a transcript's text before and after, made from the edits of a run.

The edits say already what differs, so nothing is searched for, and the time is linear in the text.

>>> from tidytranscript.pipeline import tidy
>>> result = tidy("Um, so we left.\\nThen it rained.\\n")
>>> print("".join(line.text for line in unified(result.source.text, result.edits, "talk.txt")), end="")
--- talk.txt
+++ talk.txt
@@ -1,2 +1,2 @@
-Um, so we left.
+So we left.
 Then it rained.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from typing import Final, NamedTuple

from tidytranscript.provenance import Change
from tidytranscript.reports.terminal import Line
from tidytranscript.spans import Span

CONTEXT: Final = 2
_NO_NEWLINE: Final = "\\ No newline at end of file\n"


class _Block(NamedTuple):
    """Lines `first` to `last` (half-open) of the source, which become `new`; and what differs, by line."""

    first: int
    last: int
    new: list[str]
    taken: list[list[Span]]
    put: list[list[Span]]


def unified(source: str, changes: Sequence[Change], name: str) -> Iterator[Line]:
    """The unified diff from `source` to the text that `changes` make of it; nothing if they change nothing.

    The kinds of the lines are "file", "hunk", "context", "removed", "added" and "note". Their texts, with
    their marks and line ends, are a patch file together. `touched` is what the edits take out or put in.

    The changes are disjoint and in order, as `Result.edits` are. Lines end at line feeds and nowhere else.
    """
    lines = _lines(source)
    shift = 0  # how many lines more the text after has, up to here
    for number, blocks in enumerate(_grouped(_blocks(source, lines, changes))):
        if not number:
            yield Line("file", f"--- {name}\n")
            yield Line("file", f"+++ {name}\n")
        first = max(0, blocks[0].first - CONTEXT)
        last = min(len(lines), blocks[-1].last + CONTEXT)
        grown = sum(len(block.new) - (block.last - block.first) for block in blocks)
        yield _header(first, last - first, first + shift, last - first + grown)
        shift += grown
        at = first
        for block in blocks:
            yield from _marked("context", " ", lines[at : block.first])
            yield from _marked("removed", "-", lines[block.first : block.last], block.taken)
            yield from _marked("added", "+", block.new, block.put)
            at = block.last
        yield from _marked("context", " ", lines[at:last])


def _lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline="\n"))


def _header(first: int, count: int, new_first: int, new_count: int) -> Line:
    # A range of no lines is named by the line before it.
    old, new = first + (count > 0), new_first + (new_count > 0)
    return Line("hunk", f"@@ -{old},{count} +{new},{new_count} @@\n")


def _marked(kind: str, mark: str, lines: Iterable[str], touched: Iterable[list[Span]] = repeat([])) -> Iterator[Line]:
    for line, spans in zip(lines, touched, strict=False):
        shifted = tuple([Span(start + 1, end + 1) for start, end in spans])
        if line.endswith("\n"):
            yield Line(kind, mark + line, shifted)
        else:
            yield Line(kind, f"{mark}{line}\n", shifted)
            yield Line("note", _NO_NEWLINE)


def _by_line(spans: Iterable[Span], lines: Sequence[str], at: int) -> list[list[Span]]:
    """What of `spans` lies in each of `lines`, counted from the line's start; the first starts at `at`."""
    found: list[list[Span]] = [[] for _ in lines]
    i = 0
    for start, end in spans:
        while start < end and i < len(lines):
            stop = at + len(lines[i])
            if start < stop:
                found[i].append(Span(start - at, min(end, stop) - at))
            if end <= stop:
                break
            at, i, start = stop, i + 1, max(start, stop)
    return found


def _grouped(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """The blocks of each hunk: those whose context would meet belong together."""
    group: list[_Block] = []
    for block in blocks:
        if group and block.first - group[-1].last > 2 * CONTEXT:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _blocks(source: str, lines: list[str], changes: Sequence[Change]) -> Iterator[_Block]:
    """The changes as whole lines: those that share a line are one block."""
    starts = list(accumulate(map(len, lines), initial=0))
    open_end = bool(lines) and not lines[-1].endswith("\n")

    def line_at(at: int) -> int:
        line = bisect_right(starts, at) - 1
        return line - 1 if open_end and line == len(lines) else line

    i = 0
    while i < len(changes):
        first = last = line_at(changes[i].start)
        at, grown, whole = starts[first], 0, False
        pieces: list[str] = []
        taken: list[Span] = []
        put: list[Span] = []
        while i < len(changes) and (
            not pieces or line_at(changes[i].start) < last or (not whole and changes[i].start == at)
        ):
            change = changes[i]
            pieces += (source[at : change.start], change.new)
            taken.append(Span(change.start, change.end))
            put_at = change.start - starts[first] + grown
            put.append(Span(put_at, put_at + len(change.new)))
            grown += len(change.new) - (change.end - change.start)
            at = change.end
            ending = next((piece for piece in reversed(pieces) if piece), "\n")
            line = line_at(at)
            whole = at == starts[line] and ending.endswith("\n")
            last = line if whole else min(line + 1, len(lines))
            i += 1
        pieces.append(source[at : starts[last]])
        new = _lines("".join(pieces))
        old = lines[first:last]
        both = _by_line(taken, old, starts[first]), _by_line(put, new, 0)
        block = _trimmed(lines, _Block(first, last, new, *both))
        if block.new or block.first < block.last:
            yield block


def _trimmed(lines: list[str], block: _Block) -> _Block:
    """The block without the lines that it begins or ends with and does not change."""
    first, last, new, taken, put = block
    low, high = 0, len(new)
    while first < last and low < high and lines[first] == new[low]:
        first, low = first + 1, low + 1
    while first < last and low < high and lines[last - 1] == new[high - 1]:
        last, high = last - 1, high - 1
    kept = slice(first - block.first, last - block.first)
    return _Block(first, last, new[low:high], taken[kept], put[low:high])
