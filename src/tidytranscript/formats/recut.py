"""Cues cut anew for reading: short lines, long enough to be read, broken where the sense breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from attrs import frozen

from tidytranscript.formats.cues import Cue, Voice, cues_of
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Label, Times, Transcript

_SENTENCE: Final = re.compile(r"[.?!…][\"'”’)\]]*\Z")
_CLAUSE: Final = re.compile(r"[,;:—–][\"'”’)\]]*\Z|--?\Z")
_OPENS_CLAUSE: Final = frozenset(
    "and but or so because when while if that which who where as than though although until since unless to for of in "
    "on at with from by about into over after before".split()
)
_PAUSE_MS: Final = 1500  # a cue does not stay on through a silence of this length
_ONE_MORE: Final = 1.0  # what a cue costs for being there at all
_TOO_SHORT: Final = 2.0  # and for being too short


@frozen
class Layout:
    """How cues are cut. The defaults are those of the Netflix Timed Text Style Guide for English (USA).

    Its section "Character Limitation" has 42 characters a line and two lines, "Duration" 5/6 of a second to 7 seconds,
    and "Reading Speed Limits" 20 characters a second for adults
    (https://partnerhelp.netflixstudios.com/hc/en-us/articles/217350977).
    """

    columns: int = 42
    lines: int = 2
    longest_ms: int = 7000
    shortest_ms: int = 833
    per_second: int = 20


class _Word(NamedTuple):
    text: str
    start_ms: int
    end_ms: int
    speaker: str | None
    timed: bool


def recut(transcript: Transcript, layout: Layout | None = None) -> Transcript:
    """The same words in the same order, in new cues; times are those of the words.

    A word without a time of its own has the share of its cue that its letters have. Cues end at the ends of sentences
    and clauses where that is possible, never reach over a change of speaker or a long pause, and stay on, into a pause
    that follows, for as long as they take to be read. Raises CannotHold where the transcript has no times.
    """
    layout = layout or Layout()
    words = list(_words(transcript))
    text: list[str] = []
    labels: list[Label] = []
    at = 0
    voice: tuple[str, int] | None = None
    cuts = _cuts(words, layout)
    for i, (first, last) in enumerate(cuts):
        inside = words[first:last]
        following = words[cuts[i + 1][0]].start_ms if i + 1 < len(cuts) else None
        speaker = inside[0].speaker
        if voice and voice[0] != speaker:
            labels.append(Label(Span(voice[1], at - 1), "speaker", voice[0]))
            voice = None
        if speaker and voice is None:
            voice = (speaker, at)
        start = at
        for line in _lines([word.text for word in inside], layout):
            for word in inside[line.start : line.end]:
                span = Span(at, at + len(word.text))
                if word.timed:
                    labels.append(Label(span, "word", Times(word.start_ms, word.end_ms)))
                at = span.end + 1
            text.append(" ".join(word.text for word in inside[line.start : line.end]))
        times = _lasting(inside, at - 1 - start, following, layout)
        labels.append(Label(Span(start, at - 1), "cue", times))
    if voice:
        labels.append(Label(Span(voice[1], at - 1), "speaker", voice[0]))
    frame = Frame("", "", Spans(), extras=transcript.frame.extras) if transcript.frame else None
    return Transcript("\n".join(text), tuple(labels), transcript.metadata, frame)


def _words(transcript: Transcript) -> Iterator[_Word]:
    for cue in cues_of(transcript, "recut"):
        for voice in cue.voices:
            yield from _words_of(transcript.text, cue, voice)


def _words_of(text: str, cue: Cue, voice: Voice) -> Iterator[_Word]:
    whole = Span(cue.voices[0].span.start, cue.voices[-1].span.end)
    per_letter = (cue.end_ms - cue.start_ms) / max(1, whole.end - whole.start)
    timed = [word for word in cue.words if word.value.start_ms is not None]
    k = 0
    for match in re.finditer(r"\S+", voice.span.of(text)):
        start, end = match.start() + voice.span.start, match.end() + voice.span.start
        while k < len(timed) and timed[k].span.end <= start:
            k += 1
        over = []
        while k < len(timed) and timed[k].span.start < end:
            over.append(timed[k].value)
            k += 1
        if over:
            k -= 1
            yield _Word(match[0], over[0].start_ms, over[-1].end_ms or over[-1].start_ms, voice.speaker, True)
        else:
            from_ms = cue.start_ms + round((start - whole.start) * per_letter)
            to_ms = cue.start_ms + round((end - whole.start) * per_letter)
            yield _Word(match[0], from_ms, to_ms, voice.speaker, False)


def _cuts(words: Sequence[_Word], layout: Layout) -> list[tuple[int, int]]:
    """Where the cues begin and end: of all ways to cut, one whose breaks cost least."""
    best = [(0.0, 0)]  # what the cheapest way up to each word costs, and where its last cue begins
    ends = _line_ends([len(word.text) for word in words], layout)
    parted = [False, *(_parted(word, after) for word, after in pairwise(words)), True]
    for end, word in enumerate(words, 1):
        ending = _ONE_MORE if parted[end] else _ONE_MORE + _break(word.text, words[end].text)
        found = (float("inf"), end - 1)
        for start in range(end - 1, -1, -1):
            lasting = word.end_ms - words[start].start_ms
            if start < end - 1 and (parted[start + 1] or ends[start] < end or lasting > layout.longest_ms):
                break
            cost = best[start][0] + ending + (_TOO_SHORT if lasting < layout.shortest_ms else 0.0)
            if cost < found[0]:
                found = (cost, start)
        best.append(found)
    cuts = []
    end = len(words)
    while end:
        start = best[end][1]
        cuts.append((start, end))
        end = start
    return cuts[::-1]


def _line_ends(lengths: Sequence[int], layout: Layout) -> list[int]:
    """For each word the end of the longest cue that begins with it: the number of the first word that does not fit."""
    one = []  # where one line ends that begins there
    end, length = 0, -1
    for start, first in enumerate(lengths):
        while end < len(lengths) and (end == start or length + 1 + lengths[end] <= layout.columns):
            length += 1 + lengths[end]
            end += 1
        one.append(end)
        length -= first + 1
    at = list(accumulate((length + 1 for length in lengths), initial=0))
    most = layout.lines * (layout.columns + 1)
    found = []
    for start, end in enumerate(one):
        for _ in range(layout.lines - 1):
            end = one[end] if end < len(one) and at[one[end]] - at[start] <= most else end
        found.append(end)
    return found


def _parted(word: _Word, after: _Word) -> bool:
    return word.speaker != after.speaker or after.start_ms - word.end_ms > _PAUSE_MS


def _break(before: str, after: str) -> float:
    """How much a break between two words hurts: 0 after a sentence, 3 inside a clause."""
    if _SENTENCE.search(before):
        return 0.0
    if _CLAUSE.search(before):
        return 0.5
    return 1.5 if after.casefold() in _OPENS_CLAUSE else 3.0


def _lines(words: Sequence[str], layout: Layout) -> list[Span]:
    """The lines of a cue: as few as hold it, and of these the ones that break best and are most alike in length."""
    total = sum(map(len, words)) + len(words) - 1
    if total <= layout.columns or layout.lines == 1:
        return [Span(0, len(words))]
    if layout.lines == 2:
        best, at = None, 0
        for i, word in enumerate(words[:-1], 1):
            at += len(word) + (i > 1)
            longer = max(at, total - at - 1)
            if longer > layout.columns:
                continue
            hurt = _break(word, words[i]) + abs(total - 2 * at) / layout.columns
            if best is None or hurt < best[0]:
                best = (hurt, i)
        if best:
            return [Span(0, best[1]), Span(best[1], len(words))]
    lines: list[Span] = []
    start, length = 0, 0
    for i, word in enumerate(words):
        if i > start and length + 1 + len(word) > layout.columns:
            lines.append(Span(start, i))
            start, length = i, 0
        length += len(word) + (i > start)
    return [*lines, Span(start, len(words))]


def _lasting(words: Sequence[_Word], letters: int, following: int | None, layout: Layout) -> Times:
    """From the first word on, to the last word or for as long as reading takes, but not into the next cue."""
    start, end = words[0].start_ms, words[-1].end_ms
    needed = max(layout.shortest_ms, 1000 * letters // layout.per_second)
    end = max(end, min(start + needed, start + layout.longest_ms))
    if following is not None and end > following:
        end = max(following, start)
    return Times(start, end)
