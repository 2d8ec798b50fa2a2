"""The cues of a transcript, for the formats that are written cue by cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from attrs import evolve, frozen

from tidytranscript.errors import CannotHold
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import UNLABELLED, Frame, Label, Speech, Times, Transcript

_PER_SECOND: Final = 15  # characters: how long the last cue stays where nothing says so; an easy reading speed
_SHORTEST_MS: Final = 1000


VOICED: Final = "voiced"
"""The kind of the label that lets guessed turns into captions; see `voiced`."""


class Voice(NamedTuple):
    """A stretch of a cue by one speaker: its name, None where unknown; its place; whether the speaker is new here.

    `guessed` if only the words give the speaker away.
    """

    speaker: str | None
    span: Span
    opens: bool
    guessed: bool


@frozen
class Cue:
    """One cue: its times in whole milliseconds, and what is said in it by whom; `words` are its timed words."""

    start_ms: int
    end_ms: int
    voices: tuple[Voice, ...]
    words: tuple[Label, ...]
    identifier: str | None

    @property
    def timed(self) -> tuple[Label, ...]:
        """Its words, if their starts can stand inside it: known, in order, and no sooner or later than it is shown."""
        starts = [word.value.start_ms for word in self.words]
        if not starts or None in starts or starts != sorted(starts):
            return ()
        return self.words if self.start_ms <= starts[0] and starts[-1] <= self.end_ms else ()


def voiced(transcript: Transcript) -> Transcript:
    """The transcript to be written as WebVTT anew, with guessed speakers, too, as voices: `<v.guess Speaker 1>`.

    A voice of the class `guess` is nobody's word: read again, it names no speaker.

    >>> from tidytranscript import dumps, loads, tidy
    >>> talk = loads("1\\n00:00:01,000 --> 00:00:04,000\\nHow did you get into this? Well, I had a good teacher.\\n")
    >>> print(dumps(voiced(tidy(talk).transcript), "vtt"), end="")
    WEBVTT
    <BLANKLINE>
    00:00:01.000 --> 00:00:04.000
    <v.guess Speaker 1>How did you get into this?</v>
    <v.guess Speaker 2>Well, I had a good teacher.</v>
    """
    frame = Frame("", "", Spans(), extras=transcript.frame.extras) if transcript.frame else None
    mark = Label(Span(0, 0), VOICED)
    return evolve(transcript, labels=(*transcript.labels, mark), frame=frame)


def cues_of(transcript: Transcript, format: str) -> list[Cue]:  # noqa: A002
    """The cues, in the order of the text, each with words in it; every word of the text is in one.

    Words that no cue covers go to the cue before them, or to the first. Speakers that only the words give away count
    in WebVTT where the transcript is `voiced`, and nowhere else: few formats can say that they are guesses. Raises
    CannotHold where the transcript has no times.
    """
    text = transcript.text
    timed = transcript.of_kind("cue") or transcript.of_kind("word")
    if not timed:
        if not text.strip():
            return []
        raise CannotHold(format, "times", "the transcript has none. Write it as text, markdown or json")
    names = {label.span.start: label.value for label in transcript.of_kind("identifier")}
    words = transcript.of_kind("word")
    word_starts = [word.span.start for word in words]
    spoken = _spoken(transcript, guesses=format == "vtt" and bool(transcript.of_kind(VOICED)))
    voice_ends = [turn.span.end for turn in spoken]
    spans = list(_tiled(text, timed))
    clocks = _clocks(text, spans, [label.value for label in timed])
    found: list[Cue] = []
    last: str | None = None
    for label, span, (start_ms, end_ms) in zip(timed, spans, clocks, strict=True):
        if not text[span.start : span.end].strip():
            continue
        voices: list[Voice] = []
        i = bisect_left(voice_ends, span.start + 1)
        while i < len(spoken) and spoken[i].span.start < span.end:
            over, _, (speaker, sure) = spoken[i]
            part = _stripped(text, max(span.start, over.start), min(span.end, over.end))
            if part.end > part.start:
                voices.append(Voice(speaker, part, speaker is not None and speaker != last, sure < 1.0))
                last = speaker
            i += 1
        inside = words[bisect_left(word_starts, span.start) : bisect_left(word_starts, span.end)]
        if voices:
            found.append(Cue(start_ms, end_ms, tuple(voices), inside, names.get(label.span.start)))
    return found


def _tiled(text: str, timed: Sequence[Label]) -> Iterator[Span]:
    """The stretches of text that belong to the cues: disjoint, in order, and together all of it."""
    at = 0
    starts = [label.span.start for label in timed]
    for i, (span, _, _) in enumerate(timed):
        start = at
        end = max(span.end, start)
        following = max(end, starts[i + 1]) if i + 1 < len(timed) else len(text)
        end = following if text[end:following].strip() else end
        at = end
        yield Span(start, end)


def _clocks(text: str, spans: Sequence[Span], times: Sequence[Times]) -> Iterator[tuple[int, int]]:
    """Times without gaps in what is known: an unknown end is the next start."""
    after: int | None = None
    found: list[tuple[int, int]] = []
    for (start, end), (start_ms, end_ms) in zip(reversed(spans), reversed(times), strict=True):
        lasting = max(_SHORTEST_MS, 1000 * (end - start) // _PER_SECOND)
        if start_ms is None:
            start_ms = end_ms if end_ms is not None else after or 0
        if end_ms is None:
            end_ms = max(after, start_ms) if after is not None else start_ms + lasting
        found.append((start_ms, end_ms))
        after = start_ms
    return reversed(found)


def _spoken(transcript: Transcript, *, guesses: bool) -> tuple[Label, ...]:
    """Who says which stretch, as turns: those found, or else by the speaker labels; by nobody, where there are none."""
    turns = transcript.of_kind("turn")
    if not guesses and any(turn.value.confidence < 1.0 for turn in turns):
        turns = ()
    whole = Label(Span(0, len(transcript.text)), "turn", Speech(None, UNLABELLED))
    return turns or tuple(transcript.voices()) or (whole,)


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return (
        Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
        if piece.strip()
        else Span(start, start)
    )
