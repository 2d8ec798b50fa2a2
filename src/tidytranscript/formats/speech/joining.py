"""Where the files say only words: the blanks between them, who says them, and where cues begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from tidytranscript.formats.speech.spoken import UNKNOWN, Segment, Unit
from tidytranscript.sentences import ends_sentence
from tidytranscript.transcript import Times

_CLOSING: Final = frozenset(".,?!;:%…)]}”’。、，？！：；）」』")
_CLOSERS: Final = "\"'”’)]»」』"
_SENTENCE_WORDS: Final = 12
_PAUSE_MS: Final = 1000
_MOST: Final = 0.9  # of the pieces are single words, where they are no cues
_FEW: Final = 8


class Word(NamedTuple):
    """A word or a stop as a file has it; `attached` to what is before it, or `opens` what is behind."""

    text: Any
    times: Times = UNKNOWN
    speaker: str | None = None
    attached: bool = False
    opens: bool = False


class Voice(NamedTuple):
    """Who speaks from when on, in a file that says so apart from the words."""

    start_ms: int
    speaker: str | None


def gap(before: str, text: str) -> str:
    """The blank between two words, for a file that has them without blanks: none before a stop, or in Chinese.

    >>> gap("yes", "."), gap("yes", "no"), gap("好", "的")
    ('', ' ', '')
    """
    if text and _CLOSING.issuperset(text):
        return ""
    unspaced = before and text and min(before[-1], text[0]) >= "\u2e80" and not "\uac00" <= text[0] <= "\ud7a3"
    return "" if unspaced else " "


def are_words(pieces: Sequence[str]) -> bool:
    """Whether what looks like segments are single words: nearly all of them, and not just a few."""
    return sum(len(piece.split()) == 1 for piece in pieces) >= max(_FEW, _MOST * len(pieces))


def own_gaps(texts: Sequence[str]) -> list[str]:
    """The blanks between words that have them in their own strings; for strings of blanks alone, too.

    >>> own_gaps(["so", " we", "\\n", "re-", "do "])
    ['', ' ', '\\n', '\\n', '']
    """
    gaps = []
    waiting = ""
    for text in texts:
        inner = text.strip()
        blank = waiting + (text[: len(text) - len(text.lstrip())] if inner else text)
        gaps.append("\n" if "\n" in blank else " " if blank else "")
        waiting = text[len(text.rstrip()) :] if inner else blank
    return gaps


def joined(words: Iterable[Word]) -> list[Unit]:
    """The units of words that a file has one by one; stops become part of the word that they stand at.

    >>> words = [Word("Well"), Word(",", attached=True), Word("yes"), Word(".")]
    >>> [unit.gap + unit.text for unit in joined(words)]
    [' Well,', ' yes.']
    """
    units: list[Unit] = []
    opened = False
    for word in words:
        said = word.text.strip() if isinstance(word.text, str) else ""
        if not said:
            continue
        blank = gap(units[-1].text, said) if units else " "
        if units and (word.attached or opened or blank == "") and (word.times == UNKNOWN or not said.isalnum()):
            units[-1].text += said
        else:
            blank = "" if word.attached or opened else blank
            units.append(Unit(said, word.times, blank, word.speaker))
        opened = word.opens
    return units


def cut(units: Sequence[Unit]) -> list[Segment]:
    """Cues of units that nothing else parts: a new one begins where the speaker changes, after a pause of more than
    a second, and after a sentence's end once there are 12 words.

    >>> [len(cue.units) for cue in cut([Unit("Yes.", speaker="A"), Unit("No.", speaker="B"), Unit("Oh?", speaker="B")])]
    [1, 2]
    """
    segments: list[Segment] = []
    inside: list[Unit] = []
    words = 0
    for one in units:
        if inside and one.gap and _parts(inside[-1], one, words):
            segments.append(Segment(inside))
            inside, words = [], 0
        inside.append(one)
        words += bool(one.gap) or len(inside) == 1
    if inside:
        segments.append(Segment(inside))
    return segments


def _parts(before: Unit, after: Unit, words: int) -> bool:
    if before.speaker != after.speaker:
        return True
    end, start = before.times.end_ms, after.times.start_ms
    if end is not None and start is not None and start - end > _PAUSE_MS:
        return True
    if words < _SENTENCE_WORDS:
        return False
    text = before.text.rstrip(_CLOSERS)
    bare = text.rstrip(".?!…。？！")
    return ends_sentence(bare.lower(), text[len(bare) :])


def by_time(units: Iterable[Unit], voices: Iterable[Voice]) -> None:
    """Give the units speakers: who speaks at the middle of the word; one without times goes with the one before it.

    Where nobody is named, the units keep the speakers that they have.
    """
    spans = sorted(voices, key=itemgetter(0))
    if not spans:
        return
    at = 0
    last: str | None = None
    for one in units:
        start, end = one.times
        if one.times != UNKNOWN:
            middle = ((start or 0) + (end if end is not None else start or 0)) / 2
            while at + 1 < len(spans) and spans[at + 1].start_ms <= middle:
                at += 1
            last = spans[at].speaker if spans[at].start_ms <= middle else None
        one.speaker = last


def in_time(segments: Iterable[Segment]) -> list[Segment]:
    """The segments of several channels in the order of their times."""
    keyed: list[tuple[int, Segment]] = []
    last = 0
    for segment in segments:
        starts = (segment.times.start_ms, segment.units[0].times.start_ms)
        last = next((start for start in starts if start is not None), last)
        keyed.append((last, segment))
    return [segment for _, segment in sorted(keyed, key=itemgetter(0))]
