"""Captions that roll: rows that stay on the screen from cue to cue while new ones come in below.

Each cue is a screen of rows. A row that was on the screen before, and stands there still, or has grown, is the same
row: it was said once. That a file rolls at all needs proof, since two people do say "Yeah." one after the other: most
of the screens around show a row of the one before above a new one, or grow, or hold the old ones for a moment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import eq
from typing import Final, NamedTuple

from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

GAP_MS: Final = 5  # what converters take off the end of a cue is less
HOLD_MS: Final = 15  # YouTube holds each painted row in a cue of 10 ms; the shortest word of Whisper has 20
_WORD_MS: Final = 100  # nobody says ten words a second: what is shown no longer than that was said before
_AROUND: Final = 6  # transitions on either side in which the proof is looked for...
_PROOF: Final = 0.3  # ...and the share of them that must show it; rolling files have nearly all, others none
_STRENGTH: Final = 2  # and how strong it must be all together
_ROWS: Final = 8  # a screen has 2 to 4; what stands in longer cues is no screen
_WORDS: Final = 3  # a line of this many words does not come again by chance
_LEAST: Final = 4  # lines that come again before a dump is taken for one of rolling captions
_SCREEN: Final = 3  # rows of a roll-up screen, of which a dump without times says nothing


class Row(NamedTuple):
    """One line of one cue: where it stands in the text, its words in one string, and their times, if they have any.

    `voice` counts the changes of speaker that the source says of what is above it.
    """

    start: int
    end: int
    said: str
    times: tuple[int | None, ...]
    voice: int


class Screen(NamedTuple):
    """The rows of one cue, from the top, by their numbers.

    `held` says that it is only a moment, `apart` that nothing was shown for a while before it.
    """

    rows: tuple[int, ...]
    held: bool
    apart: bool


class _Cue(NamedTuple):
    rows: tuple[int, ...]
    times: Times


def echoes(transcript: Transcript, lines: Sequence[Span]) -> set[int]:
    """Of lines of a transcript, in order and none of them blank, those that only show, again or not yet whole, what
    another shows; by their numbers."""
    if not _may_roll(transcript, lines):
        return set()
    rows = list(_rows(transcript, lines))
    cues = list(_cues(transcript, rows))
    return _echoes_of_screens(rows, list(_screens(rows, cues))) if cues else _echoes_of_lines(rows)


def _may_roll(transcript: Transcript, lines: Sequence[Span]) -> bool:
    """Whether a closer look is worth its time: lines come again near where they stand, or words have times."""
    if transcript.of_kind("word"):
        return True
    text = transcript.text
    said = [text[start:end] for start, end in lines]
    again = sum([sum(map(eq, said, said[lag:])) for lag in range(1, _ROWS)])
    return again > 0 if transcript.of_kind("cue") else again >= max(_LEAST, len(said) // 4)


def _rows(transcript: Transcript, lines: Sequence[Span]) -> Iterator[Row]:
    text = transcript.text
    words = transcript.of_kind("word")
    changes = transcript.speaker_changes()
    word = 0
    for start, end in lines:
        while word < len(words) and words[word].span.start < start:
            word += 1
        first = word
        while word < len(words) and words[word].span.start < end:
            word += 1
        times = tuple([label.value.start_ms for label in words[first:word] if label.span.end > label.span.start])
        yield Row(start, end, " ".join(text[start:end].split()), times, bisect_right(changes, start))


def _cues(transcript: Transcript, rows: Sequence[Row]) -> Iterator[_Cue]:
    """The cues with their rows, without those whose rows are all among the lines that are not there any more."""
    row = 0
    for (start, end), _, times in transcript.of_kind("cue"):
        while row < len(rows) and rows[row].start < start:
            row += 1
        first = row
        while row < len(rows) and rows[row].start < end:
            row += 1
        if row > first or not transcript.text[start:end].strip():
            yield _Cue(tuple(range(first, row)), times)


def _screens(rows: Sequence[Row], cues: Sequence[_Cue]) -> Iterator[Screen]:
    shown_until: int | None = None
    for inside, (start_ms, end_ms) in cues:
        lasting = end_ms - start_ms if start_ms is not None and end_ms is not None else 0
        said = sum(rows[row].said.count(" ") + 1 for row in inside)
        held = 0 < lasting <= HOLD_MS or (said >= _WORDS and 0 < lasting < said * _WORD_MS)
        apart = start_ms is not None and shown_until is not None and start_ms - shown_until >= GAP_MS
        yield Screen(inside, held, apart)
        shown_until = end_ms


def _echoes_of_screens(rows: Sequence[Row], screens: Sequence[Screen]) -> set[int]:
    """What is shown more than once, from screen to screen."""
    tracks: list[list[int]] = []
    track_of: dict[int, int] = {}
    proofs: list[int] = []
    links: list[list[tuple[int, int]]] = []
    for before, now in pairwise(screens):
        pairs = _aligned(rows, before, now)
        links.append(pairs)
        empty = any(screen.held and not screen.rows for screen in (before, now))
        proofs.append(2 if empty else _proof(rows, before, now, pairs) if pairs else 0)
    if not any(proofs):
        return set()
    clears = _clears(screens, proofs)
    for i, (pairs, rolls) in enumerate(zip(links, _around(proofs), strict=True)):
        for old, new in pairs if rolls and not (clears and screens[i + 1].apart) else ():
            if old not in track_of:
                track_of[old] = len(tracks)
                tracks.append([old])
            track_of[new] = track_of[old]
            tracks[track_of[old]].append(new)
    gone: set[int] = set()
    for track in tracks:
        kept = max(track, key=lambda row: (bool(rows[row].times), len(rows[row].said), -row))
        gone.update(row for row in track if row != kept)
    return gone


def _clears(screens: Sequence[Screen], proofs: Sequence[int]) -> bool:
    """Whether a gap in time between two cues means that the screen was cleared: it does where rolling knows no gaps."""
    apart = sum(1 for now, proof in zip(screens[1:], proofs, strict=True) if proof and now.apart)
    return apart < sum(map(bool, proofs)) / 4


def _aligned(rows: Sequence[Row], before: Screen, now: Screen) -> list[tuple[int, int]]:
    """Pairs of rows of two screens that are the same row: the lower ones of the first, the upper ones of the second."""
    old, new = before.rows, now.rows
    if not old or not new or len(old) > _ROWS or len(new) > _ROWS:
        return []
    top = rows[new[0]].said
    if not any(top.startswith(rows[row].said) for row in old):
        return []
    for may_grow in (False, True):
        for shift in range(len(old)):
            pairs = list(zip(old[shift:], new, strict=False))
            if all(_same(rows[a], rows[b], may_grow and a == old[-1]) for a, b in pairs):
                return pairs
    return []


def _same(old: Row, new: Row, may_grow: bool) -> bool:
    if new.voice != old.voice or (new.times and new.times != old.times):
        return False  # words with times of their own are said anew
    return new.said == old.said or (may_grow and not new.times and new.said.startswith(old.said))


def _proof(rows: Sequence[Row], before: Screen, now: Screen, pairs: list[tuple[int, int]]) -> int:
    """How much it says for rolling that one screen follows the other: 2 a lot, 1 something, 0 nothing.

    A moment's hold, or timed words that stand there again without times, happen in no other captions. Rows that moved
    up, or have grown, say the more the longer they are.
    """
    if now.held or before.held or any(rows[a].times and not rows[b].times for a, b in pairs):
        return 2
    old, new = pairs[-1]
    grown = rows[new].said != rows[old].said
    scrolled = len(now.rows) > len(pairs) or pairs[0][0] != before.rows[0]
    words = max(rows[a].said.count(" ") + 1 for a, _ in pairs)
    if not (grown or scrolled) or words < (_WORDS if grown else 2):
        return 0
    return 2 if words > _WORDS else 1


def _around(proofs: Sequence[int]) -> Iterator[bool]:
    """For each transition whether the ones around it prove that the captions roll."""
    strength = list(accumulate(proofs, initial=0))
    proven = list(accumulate(map(bool, proofs), initial=0))
    for i in range(len(proofs)):
        low, high = max(0, i - _AROUND), min(len(proofs), i + _AROUND + 1)
        yield proven[high] - proven[low] >= _PROOF * (high - low) and strength[high] - strength[low] >= _STRENGTH


def _echoes_of_lines(rows: Sequence[Row]) -> set[int]:
    """The same for a text dump of captions, in which only the lines are left, not the screens.

    Where the dump has each line two or three times in a row, a line that comes six times was said twice or thrice.
    """
    lines = [f"{row.voice}:{row.said}" for row in rows]
    runs = [(said, len(list(group))) for said, group in groupby(lines)]
    long = [n for said, n in runs if _long(said)]
    if sum(1 for n in long if n > 1) >= max(_LEAST, len(long) / 2):
        return set(_stacked(runs, Counter(n for n in long if n > 1).most_common(1)[0][0]))
    return _rolled_up(lines)


def _stacked(runs: list[tuple[str, int]], copies: int) -> Iterator[int]:
    at = 0
    for _, n in runs:
        said = -(-n // copies)
        yield from range(at + said, at + n)
        at += n


def _rolled_up(lines: Sequence[str]) -> set[int]:
    """Echoes in a dump of screens of several rows, each of which shows most of the rows of the one before."""
    rows: list[int] = []  # the line that holds each row so far
    gone: set[int] = set()
    at = -1  # the row that the line before showed
    fresh = False  # whether it showed it for the first time: then the next line is of another screen
    proof = 0
    for i, line in enumerate(lines):
        below = min(at + (0 if fresh else 1), len(rows) - 1)
        if rows and not fresh and at + 1 < len(rows) and line == lines[rows[at + 1]]:
            at += 1
        elif rows and below == len(rows) - 1 and at < len(rows) - (not fresh) and _grows(lines[rows[-1]], line):
            gone.add(rows[-1])
            rows[-1] = i
            at, fresh = len(rows) - 1, True
            proof += _long(line)
            continue
        else:
            again = next((j for j in range(max(0, len(rows) - _SCREEN), len(rows)) if line == lines[rows[j]]), None)
            if again is None:
                rows.append(i)
                at, fresh = len(rows) - 1, True
                continue
            at = again
        gone.add(i)
        fresh = False
        proof += _long(line)
    return gone if proof >= max(_LEAST, len(lines) / 2) else set()


def _grows(row: str, line: str) -> bool:
    return len(line) > len(row) and line.startswith(row)


def _long(line: str) -> bool:
    return line.count(" ") + 1 >= _WORDS
