"""Live text: what has been said so far goes in piece by piece, and what will not change any more comes out.

A pass with a finite reach decides about a place by so many words on either side of it. So what stands far enough from
the end of what has been heard, and from the start of what is remembered, is what the whole text would give.

>>> from tidytranscript.pipeline import Pipeline
>>> stream = Pipeline.standard(select=["fillers", "repeats"]).stream()
>>> said = "".join(stream.feed(f"So, um, we, we left at {hour}.\\n").text for hour in range(40))
>>> (said + stream.close().text).splitlines()[-1]
'So we left at 39.'
"""

from __future__ import annotations

import re
from typing import Final, Protocol, runtime_checkable

from attrs import evolve, field, frozen

from tidytranscript.certainty import Way, words_back
from tidytranscript.errors import NoFiniteReach
from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.provenance import Change
from tidytranscript.rules import Pass
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Metadata, Transcript

_SHARE: Final = 8  # a run is worth its time when this part of what is held is new
_REMEMBERED: Final = 2  # times the reach
_TRIED: Final = 64  # places at which what is remembered might begin; one of the first nearly always does


@frozen
class Settled:
    """What has settled since the last time, in order; often nothing.

    Attributes:
        transcript: the tidied text, with its labels; what was fed as one cue is one cue in it.
        edits: what was changed, in the coordinates of all that was fed to the stream.
    """

    transcript: Transcript = field(factory=lambda: Transcript(""))
    edits: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """The tidied text; all texts of a stream in a row are what the pipeline makes of the whole."""
        return self.transcript.text


def live(pipeline: Pipeline) -> Pipeline:
    """The same pipeline as far as it can run in a stream; see `Pipeline.live`."""
    near = evolve(pipeline, passes=tuple(map(_nearby, pipeline.passes)), decisions=())
    return near.without(*endless(near))


def _nearby(pass_: Pass) -> Pass:
    """The pass as far as it needs no more than the words around a place, if it can say so."""
    return pass_.nearby() if isinstance(pass_, _Narrowed) else pass_


@runtime_checkable
class _Narrowed(Protocol):
    def nearby(self) -> Pass: ...


def endless(pipeline: Pipeline) -> list[str]:
    """The names of the passes that run in a pipeline and have no finite reach, in order, each once.

    >>> endless(Pipeline.standard())
    ['page', 'echo', 'corrections', 'turns']
    """
    return list(dict.fromkeys(p.name for p in pipeline.running if getattr(p, "reach", None) is None))


class Stream:
    """Feeds a pipeline piece by piece; see `Pipeline.stream`. Not to be used by two threads at a time.

    Text settles up to the end of a line, when `reach` words have been heard behind it and nothing that was found lies
    across. A repeat that goes on and on settles when it has come to its end, so what is remembered grows for so long.
    """

    def __init__(self, pipeline: Pipeline, metadata: Metadata | None = None) -> None:
        """A stream through `pipeline`; raises NoFiniteReach where a pass of it needs the whole text."""
        without = endless(pipeline)
        if without or pipeline.decisions:
            raise NoFiniteReach(tuple(without), bool(pipeline.decisions))
        self.pipeline = pipeline
        self.metadata: Metadata = metadata or {}
        self.reach = sum(getattr(pass_, "reach", 0) for pass_ in pipeline.running)
        """Words that must follow before a line can settle."""
        self._text = ""  # what is remembered of the source
        self._labels: list[Label] = []
        self._borders: list[int] = []  # in it: the ends of pieces that end with a line
        self._start = 0  # where it starts in the source
        self._done = 0  # in it: what has settled
        self._fresh = 0  # characters of it that no run has seen
        self._closed = False

    def feed(self, piece: str | Transcript) -> Settled:
        """Take the next piece: a line with its line end, or a cue, whose labels lie within it. What has settled.

        Raises ValueError after `close`, and where a pass changes what has settled: it then says too little reach.
        """
        if self._closed:
            raise ValueError("this stream is closed: make another one")
        given = Transcript(piece) if isinstance(piece, str) else piece
        at = len(self._text)
        self._text += given.text
        self._labels += [Label(Span(s + at, e + at), kind, value) for (s, e), kind, value in given.labels]
        self._fresh += len(given.text)
        if given.labels or "\n" not in given.text[:-1]:
            ends = [len(given.text)] if given.text.endswith("\n") else []
        else:
            ends = [match.end() for match in re.finditer("\n", given.text)]
        self._borders += [at + end for end in ends]
        if self._fresh * _SHARE < len(self._text) - self._done or not self._borders:
            return Settled()
        return self._run(last=False)

    @property
    def pending(self) -> str:
        """What follows all that has settled, tidied as if nothing came after it; it may still change.

        All that the stream has given, and this, are at any time what the pipeline makes of all that was fed.
        """
        if self._closed:
            return ""
        result = self._result()
        return result.text[self._place(Way(result), self._done) :]

    def close(self) -> Settled:
        """Say that nothing follows. All that had not settled."""
        if self._closed:
            return Settled()
        self._closed = True
        return self._run(last=True)

    def _run(self, *, last: bool) -> Settled:
        self._fresh = 0
        result = self._result()
        way = Way(result)
        cut = len(self._text) if last else self._cut(way)
        if cut is None or (cut == self._done and not last):
            return Settled()
        settled = self._settled(result, way, cut)
        self._done = cut
        self._forget(way)
        return settled

    def _result(self) -> Result:
        return self.pipeline(Transcript(self._text, tuple(self._labels), self.metadata))

    def _cut(self, way: Way) -> int | None:
        """The last border up to which everything has settled."""
        certain = way.certain_up_to()
        for border in reversed(self._borders):
            if border <= self._done:
                return None
            there = way.place(border)
            if there is not None and there <= certain:
                return border
        return None

    def _settled(self, result: Result, way: Way, cut: int) -> Settled:
        first, last = self._place(way, self._done), self._place(way, cut)
        labels = [
            Label(Span(s - first, e - first), kind, value)
            for (s, e), kind, value in result.transcript.labels
            if first <= s < last or (s == last and self._closed)
        ]
        text = result.text[first:last]
        edits = [
            change._replace(start=change.start + self._start, end=change.end + self._start)
            for change in result.edits
            if self._done <= change.start < cut or change.start == cut == len(self._text)
        ]
        return Settled(evolve(result.transcript, text=text, labels=tuple(labels)), tuple(edits))

    def _place(self, way: Way, at: int) -> int:
        """Where a place that has settled is in the result."""
        if at == 0 and not self._start:
            return 0
        there = len(way.texts[-1]) if at == len(self._text) and self._closed else way.place(at, settled=True)
        if there is None:
            raise ValueError("an edit reaches over what had settled: the reach of a pass is said to be less than it is")
        return there

    def _forget(self, way: Way) -> None:
        """Drop what lies so far behind that nothing to come depends on it."""
        done = self._place(way, self._done)
        start = words_back(self._text, self._done, self.reach * _REMEMBERED)
        borders = [0, *(border for border in self._borders if border <= start)]
        for border in reversed(borders[-_TRIED:]):
            there = way.place(border)
            if there is not None and way.certain_from(border) <= words_back(way.texts[-1], done, self.reach // 2):
                break
        else:
            return
        self._text = self._text[border:]
        self._start += border
        self._done -= border
        self._borders = [kept - border for kept in self._borders if kept > border]
        self._labels = [
            Label(Span(s - border, e - border), kind, value) for (s, e), kind, value in self._labels if s >= border
        ]
