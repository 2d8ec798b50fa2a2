"""A transcript: one flat text, and stand-off labels over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from operator import attrgetter, itemgetter, le
from typing import Any, Final, NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from tidytranscript.edits import Patch
from tidytranscript.spans import Span, Spans
from tidytranscript.words import Words

Metadata: TypeAlias = Mapping[str, Any]
"""What is known about the recording: title, channel, topics and the like, as plain JSON-like values."""


class Label(NamedTuple):
    """A stand-off fact about a stretch of text; an edit may move it, never change its value.

    The kinds, and their values: `cue` (`Times`), `word` (`Times`), `speaker` (a name), `turn` (`Speech`),
    `section` (its heading), `identifier` (of a cue), `protected` (why), `hole` (its place in the frame), `voiced`
    (nothing: guessed turns may be written as voices), `suppressed` (`Suppression`), `accepted` and `rejected` (the
    rule whose finding there somebody has decided on).
    """

    span: Span
    kind: str
    value: Any = None


class Times(NamedTuple):
    """When something was said: whole milliseconds from the start of the recording, None where unknown."""

    start_ms: int | None
    end_ms: int | None


class Speech(NamedTuple):
    """The value of a `turn` label: who speaks (None: unknown), and how sure that is (0 to 1)."""

    speaker: str | None
    confidence: float


class Suppression(NamedTuple):
    """The value of a `suppressed` label: the passes and rules that find nothing there (empty: all), and who says so."""

    names: tuple[str, ...]
    by: str


@frozen
class Turn:
    """One speaker's stretch of talk: a view of a `turn` label.

    Attributes:
        speaker: a name or an id such as "Speaker 1"; None where nothing says who speaks.
        span: where it stands in the transcript's text, without the written label.
        text: its words in one line.
        start_ms: when the word it begins with starts, or, where words have no times, the cue it begins in; whole
            milliseconds from the start of the recording, None where unknown.
        end_ms: the same for its end.
        confidence: 0 to 1; 1.0 where the source itself says who speaks.
    """

    speaker: str | None
    span: Span
    text: str
    start_ms: int | None
    end_ms: int | None
    confidence: float


class Oddity(NamedTuple):
    """What is odd about a file: the line it stands on (from 1), what it is, and what the reader did about it."""

    line: int
    problem: str
    done: str


@frozen
class Frame:
    """The file that a transcript was read from: all of it, with the holes that the transcript's text fills.

    Writing the same format back changes holes and fields, and nothing else.

    Attributes:
        format: the name of the file's format.
        raw: the whole file.
        holes: `raw[holes[i]]` is what the text under the `hole` label of value `i` was read from.
        fields: the places of metadata values.
        encoding: the name of the file's encoding.
        shells: stretches of `raw` that go when all that their holes held is gone: a cue, a line, a timed word. They are
            in order, the outer before the inner, and never cross.
        parted: for each hole 1 if white space parts it from the hole before, else 0; empty if that is not known.
        extras: what else the file holds that no label carries ("notes", "settings"), with how often.
        oddities: what the reader met that the format does not allow, in order.
    """

    format: str
    raw: str
    holes: Spans
    fields: Mapping[str, Span] = field(factory=dict)
    encoding: str = "utf-8"
    shells: Spans = field(factory=Spans)
    parted: bytes = field(default=b"", repr=False)
    extras: Mapping[str, int] = field(factory=dict)
    oddities: tuple[Oddity, ...] = ()


_TIMED: Final = ("cue", "word", "identifier")
UNLABELLED: Final = 0.5
"""How sure it is that nobody else speaks where nothing says who does."""

_START: Final = attrgetter("span.start")


def _in_order(labels: Iterable[Label]) -> tuple[Label, ...]:
    found = tuple(labels)
    starts = [span[0] for span, _, _ in found]
    if all(map(le, starts, starts[1:])):
        return found  # as readers make them: a sort of very many takes longer than a look
    return tuple(sorted(found, key=_START))


@frozen(eq=True, hash=False)
class Transcript:
    """One flat text with labels and metadata. Positions are code points, spans half-open, times milliseconds.

    >>> Transcript("Hello there.").turns
    ()
    """

    text: str
    labels: tuple[Label, ...] = field(default=(), converter=_in_order)
    metadata: Metadata = field(factory=dict)
    frame: Frame | None = field(default=None, repr=False)
    _view: Words | None = field(default=None, eq=False, repr=False)

    @property
    def words(self) -> Words:
        """The words view, made on first use."""
        if self._view is None or self._view.text is not self.text:
            object.__setattr__(self, "_view", Words.of(self.text))
        assert self._view is not None
        return self._view

    def edited(self, patch: Patch, labels: Iterable[Label], metadata: Metadata) -> Transcript:
        """The transcript with a patch on its text; `labels`, given in this text's coordinates, are carried over it.

        A cue, or a timed word, of which nothing is left has no label any more.
        """
        kept = tuple(labels)
        if not patch.edits:
            return evolve(self, labels=kept, metadata=metadata)
        text = patch.apply(self.text)
        spans = patch.carry([label.span for label in kept])
        moved = [
            Label(span, label.kind, label.value)
            for label, span in zip(kept, spans, strict=True)
            if span.start < span.end or label.kind not in _TIMED or label.span.start == label.span.end
        ]
        view = self._view.patched(patch.edits, text) if self._view and self._view.text is self.text else None
        return Transcript(text, tuple(moved), metadata, self.frame, view)

    def __getstate__(self) -> tuple[Any, ...]:
        return (self.text, self.labels, self.metadata, self.frame)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(("text", "labels", "metadata", "frame", "_view"), (*state, None), strict=True):
            object.__setattr__(self, name, value)

    @property
    def language(self) -> str:
        """The language's two-letter code, lower case; English unless the metadata says otherwise."""
        return str(self.metadata.get("language") or "en")[:2].lower()

    def of_kind(self, kind: str) -> tuple[Label, ...]:
        """The labels of one kind, in order."""
        return tuple([label for label in self.labels if label.kind == kind])

    def speaker_changes(self) -> list[int]:
        """Where, as far as the source itself says, another speaker begins."""
        said = [(label.span.start, label.value) for label in self.of_kind("speaker")]
        said += [(t.span.start, t.value.speaker) for t in self.of_kind("turn") if t.value.confidence == 1.0]
        said.sort(key=itemgetter(0))
        return [start for (_, before), (start, now) in pairwise(said) if now != before]

    def voices(self) -> Iterator[Label]:
        """Turns as the speaker labels have them: what each covers; and what none covers, by nobody known."""
        at = 0
        speakers = self.of_kind("speaker")
        for (start, end), _, name in speakers:
            yield from self._voice(at, start, Speech(None, UNLABELLED))
            yield from self._voice(max(at, start), end, Speech(str(name), 1.0))
            at = max(at, end)
        if speakers:
            yield from self._voice(at, len(self.text), Speech(None, UNLABELLED))

    def _voice(self, start: int, end: int, speech: Speech) -> Iterator[Label]:
        inside = self.text[start:end]
        if inside.strip():
            span = Span(start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip()))
            yield Label(span, "turn", speech)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Who says what, in order, by the turns that were found or the speakers that the source names; else empty."""
        return tuple(_turns(self))


def _turns(transcript: Transcript) -> Iterator[Turn]:
    turns = transcript.of_kind("turn") or tuple(transcript.voices())
    timed = transcript.of_kind("word") or transcript.of_kind("cue")
    at = 0
    for label in turns:
        while at < len(timed) and timed[at].span.end <= label.span.start:
            at += 1
        until = at
        while until < len(timed) and timed[until].span.start < label.span.end:
            until += 1
        inside = timed[at:until]
        yield Turn(
            label.value.speaker,
            label.span,
            " ".join(label.span.of(transcript.text).split()),
            inside[0].value.start_ms if inside else None,
            inside[-1].value.end_ms if inside else None,
            label.value.confidence,
        )
