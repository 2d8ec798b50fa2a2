"""A file as a frame with holes: how a reader takes speech out of it, and how what became of that is put back.

A hole is a stretch of the file that holds speech and nothing else: no markup, no escape but a whole one. Between the
holes stands in the transcript's text only white space. When text leaves a cue, its holes get shorter; a cue, a line or
a timed word that has nothing left goes with its shell, so that no empty one is left behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, count, repeat
from operator import add
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from tidytranscript.edits import Edit, Patch
from tidytranscript.formats.shells import cut_out
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Label, Oddity, Times, Transcript

_T = TypeVar("_T")
_REST: Final = re.compile(r"(\S+)\s*")


class Builder:
    """Collects what a reader finds in a file, from its start to its end, and makes the transcript of it.

    >>> builder = Builder("text", "[0:05] Hello.")
    >>> builder.label("cue", builder.hole(7, 13), Times(5000, None))
    >>> builder.transcript().text
    'Hello.'
    """

    def __init__(self, format: str, raw: str) -> None:  # noqa: A002
        self.format = format
        self.raw = raw
        self.at = 0  # how long the text is
        self.extras: dict[str, int] = {}
        self._pieces: list[str] = []
        self._glue = ""
        self._labels: list[Label] = []
        self._holes = Spans()
        self._parted = bytearray()
        self._shells: list[Span] = []
        self.oddities: list[tuple[int, str, str]] = []

    def glue(self, text: str) -> None:
        """Part what follows from what there is, with white space that stands in no hole; the last one said counts."""
        self._glue = text if self.at else ""

    def hole(self, start: int, end: int, text: str | None = None) -> Span:
        """Put `raw[start:end]` into the text, or what it stands for; its place in the text."""
        self._parted.append(bool(self._glue))
        if self._glue:
            self._pieces.append(self._glue)
            self.at += len(self._glue)
            self._glue = ""
        text = self.raw[start:end] if text is None else text
        span = Span(self.at, self.at + len(text))
        self._labels.append(Label(span, "hole", len(self._holes)))
        self._holes.starts.append(start)
        self._holes.ends.append(end)
        self._pieces.append(text)
        self.at += len(text)
        return span

    @property
    def next(self) -> int:
        """Where the next hole will begin in the text."""
        return self.at + len(self._glue)

    def label(self, kind: str, span: Span, value: Any) -> None:
        """Say something of a stretch of the text."""
        self._labels.append(Label(span, kind, value))

    def shell(self, start: int, end: int) -> None:
        """Let `raw[start:end]` go when all its holes are emptied. Shells may lie in one another, never cross."""
        self._shells.append(Span(start, end))

    def extra(self, name: str, times: int = 1) -> None:
        """Count something that no label carries."""
        if times:
            self.extras[name] = self.extras.get(name, 0) + times

    def odd(self, at: int, problem: str, done: str) -> None:
        """Note what the format does not allow, at a place in the file."""
        self.oddities.append((at, problem, done))

    def transcript(
        self, metadata: Mapping[str, Any] | None = None, fields: Mapping[str, Span] | None = None
    ) -> Transcript:
        """The transcript of what was collected."""
        shells = Spans.of(sorted(self._shells, key=lambda span: (span[0], -span[1]))) if self._shells else Spans()
        frame = Frame(
            self.format,
            self.raw,
            self._holes,
            fields or {},
            shells=shells,
            parted=bytes(self._parted),
            extras=self.extras,
            oddities=tuple(placed(self.raw, self.oddities)),
        )
        return Transcript("".join(self._pieces), tuple(self._labels), metadata or {}, frame)


def placed(raw: str, found: list[tuple[int, str, str]]) -> Iterator[Oddity]:
    """Oddities, given by their places in the file, with their line numbers."""
    at, line = 0, 1
    for place, problem, done in sorted(found, key=lambda oddity: oddity[0]):
        line += raw.count("\n", at, place)
        at = max(at, place)
        yield Oddity(line, problem, done)


def plain_cues(
    frame: Frame,
    text: str,
    texts: Sequence[str],
    times: tuple[Sequence[int], Sequence[int]],
    metadata: Mapping[str, Any],
) -> Transcript:
    """The transcript of cues that have one hole each and no markup: in bulk, since files hold very many.

    `text` is `texts` in one, with a line end between each two.
    """
    starts = list(accumulate(map(add, map(len, texts), repeat(1)), initial=0))
    spans = list(_made(Span, starts, map(add, starts, map(len, texts))))
    cues = _made(Label, spans, repeat("cue"), _made(Times, *times))
    holes = _made(Label, spans, repeat("hole"), count())
    labels = tuple(chain.from_iterable(zip(cues, holes, strict=True)))
    return Transcript(text, labels, metadata, evolve(frame, parted=b"\1" * len(texts)))


def _made(kind: Callable[..., _T], *columns: Iterable[Any]) -> Iterator[_T]:
    """Named tuples of a kind, given by their columns: half the time of a call for each."""
    make = cast("Callable[[object, tuple[Any, ...]], _T]", tuple.__new__)
    return map(make, repeat(kind), zip(*columns, strict=False))


def refilled(
    transcript: Transcript,
    written: Callable[[str], str],
    read: Callable[[str], str] = str,
    left: Callable[[str], str] = lambda _: "",
) -> str:
    """The file that the transcript was read from, with what has changed: holes refilled, emptied shells gone.

    `read` says what text a piece of the file stands for, `written` how a text is written in the file, `left` what stays
    of a shell that goes.
    """
    frame = transcript.frame
    assert frame is not None
    return Patch.cut(frame.raw, refills(transcript, frame, written, read, left)).apply(frame.raw)


def refills(
    transcript: Transcript,
    frame: Frame,
    written: Callable[[str], str],
    read: Callable[[str], str] = str,
    left: Callable[[str], str] = lambda _: "",
) -> list[Edit]:
    """The edits of the file that `refilled` makes, in order."""
    raw = frame.raw
    held = _held(transcript, frame)
    changed: list[int] = []
    emptied: list[int] = []
    for i, (start, end, new) in enumerate(zip(frame.holes.starts, frame.holes.ends, held, strict=True)):
        old = read(raw[start:end])
        if new != old:
            changed.append(i)
            if old.strip() and not new.strip():
                emptied.append(i)
    if not changed:
        return []
    for i in emptied:
        _hand_on_blank(frame, held, i)
    cuts = _emptied_shells(frame, held, emptied, read)
    edits = list(cut_out(raw, cuts, frame.holes.starts, left))
    ends = [cut.end for cut in cuts]
    at = 0
    for i in dict.fromkeys(sorted([*changed, *(j + 1 for j in emptied if j + 1 < len(held))])):
        start, end = frame.holes[i]
        while at < len(ends) and ends[at] <= start:
            at += 1
        inside = at < len(ends) and cuts[at].start <= start
        if not inside and held[i] != read(raw[start:end]):
            edits.append(Edit(Span(start, end), written(held[i])))
    return sorted(edits)


def held_spans(transcript: Transcript, frame: Frame) -> list[Span]:
    """Where in the text stands what each hole holds now: disjoint, in order, and together every word.

    Where two holes share text, the first has it; so it has a word that reaches over from one hole into another which
    stood apart from it. A word in no hole goes to the one before it.
    """
    text = transcript.text
    spans: list[Span] = [Span(0, 0)] * len(frame.holes)
    for label in transcript.labels:
        if label.kind == "hole":
            spans[label.value] = label.span
    parted = frame.parted or bytes(len(spans))
    held: list[Span] = []
    at = full = 0
    since = False  # whether white space parted the holes that lie between the last word and this one
    for apart, (start, end) in zip(parted, spans, strict=True):
        if start > at and (lost := text[at:start]) and not lost.isspace():
            if held:
                full = len(held) - 1
                at += len(lost.rstrip())
                held[full] = Span(held[full].start, at)
            else:
                start = at + len(lost) - len(lost.lstrip())
        start = max(start, at)
        end = max(start, end)
        since = since or apart > 0
        if start < end:
            touches = since and 0 < start == at and not text[at - 1].isspace()
            since = False
            if touches and (word := _REST.match(text, at, end)):
                held[full] = Span(held[full].start, word.end(1))
                start = word.end()
                since = word.end(1) == end
            if start < end:
                full = len(held)
        held.append(Span(start, end))
        at = end
    if held and at < len(text) and not text[at:].isspace():
        held[-1] = Span(held[-1].start, len(text.rstrip()))
    return held


def _held(transcript: Transcript, frame: Frame) -> list[str]:
    return [span.of(transcript.text) for span in held_spans(transcript, frame)]


def _hand_on_blank(frame: Frame, held: list[str], i: int) -> None:
    """Let the blank that is left of an emptied hole part the words on either side, where both stand in one line."""
    blank = held[i]
    held[i] = ""
    if blank and i + 1 < len(held) and not held[i + 1][:1].isspace():
        between = frame.raw[frame.holes.ends[i] : frame.holes.starts[i + 1]]
        if not (frame.parted[i + 1] if frame.parted else "\n" in between):
            held[i + 1] = (" " if "\n" in blank else blank) + held[i + 1]


def _emptied_shells(frame: Frame, held: list[str], emptied: list[int], read: Callable[[str], str]) -> list[Span]:
    """The outermost shells all of whose speech is gone."""
    if not emptied:
        return []
    full = list(accumulate((bool(text.strip()) for text in held), initial=0))
    starts = frame.holes.starts
    cuts: list[Span] = []
    # Shells nest, so that those around one place are a path: found by walking all shells once.
    gone = iter(emptied)
    hole = next(gone)
    for shell in frame.shells:
        while starts[hole] < shell.start:
            following = next(gone, None)
            if following is None:
                return cuts
            hole = following
        if starts[hole] >= shell.end or (cuts and shell.start < cuts[-1].end):
            continue
        first, last = bisect_left(starts, shell.start), bisect_right(starts, shell.end - 1)
        if full[last] == full[first]:
            cuts.append(shell)
    return cuts
