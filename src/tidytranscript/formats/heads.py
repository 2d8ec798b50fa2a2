"""The heads of a transcript's lines, where there is proof that it has any: who says what, and when.

The proof, for each style alike: at least three heads (two where a name, or a bracket, stands with the clock), clocks
that rise from head to head but for one in five, names that come back, and, where no names are, as many words between
two clocks as can be spoken in that time. So a price list, verses or a list of chapters are no speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median_high, median_low
from typing import Final

from attrs import frozen

from tidytranscript.formats.clocks import clock
from tidytranscript.formats.styles import CLOCKED, Head, Style, head_of
from tidytranscript.speakers.labels import is_an_id, looks_like_a_name, opening_label

_LEAST: Final = {"clock": 3, "clock-behind": 3, "bold-line": 4}
_RISING: Final = 0.8
_SLOWEST, _FASTEST = 0.15, 12  # words a second; people speak two or three, notes of a talk have a fifth of that
_CHAPTER_MS, _CHAPTER_WORDS = 60_000, 15  # a list of chapters begins in the first minute; its titles are short
_FILLED: Final = (0.5, 5.0)  # words a second that say that what stands above the first clock was spoken before it
_CHAT: Final = re.compile(
    r"(?P<from>[ \t]*From[ \t]+)?(?P<name>[^\t\n\r ](?:[^\t\n\r]{0,78}?[^\t\n\r ])??)[ ]*:(?:[ \t]|(?=\r?$))[ \t]*",
    re.MULTILINE,
)
_TO: Final = re.compile(r"[ ]+to[ ]+.*$", re.IGNORECASE)
_DAY_CLOCK: Final = re.compile(r"[ \t]*\[[^\]\n]+\][ \t]+\d")  # Zoom's saved captions
_DAY_MS: Final = 86_400_000
_READ_OUT: Final = re.compile(r"\r?\n(?:\d{1,3} (?:hours?|minutes?|seconds?)(?:, | (?=\d)|(?=\r?\n)))+", re.MULTILINE)


@frozen
class Found:
    """What was proven: the style, and the heads in order.

    `chapters` (clock and title) stood in a list; `began` is the clock of the day at the first head, where clocks are
    those of the day: the heads' times then count from there.
    """

    style: Style
    heads: tuple[Head, ...]
    chapters: tuple[str, ...] = ()
    began: str | None = None


def found(content: str, lines: Iterable[tuple[int, int]], styles: Sequence[Style] = CLOCKED) -> Found | None:
    """The style, of those given, and the heads of the lines given; None where nothing is proven."""
    end = len(content)
    by_style: dict[str, list[Head]] = {style.name: [] for style in styles}
    for line, stop in lines:
        for style in styles:
            head = head_of(content, line, stop, style)
            if head is not None:
                by_style[style.name].append(head)
    for style in sorted(styles, key=lambda style: -len(by_style[style.name])):
        proof = _proven(content, style, by_style[style.name], end)
        if proof is not None:
            return proof
    return None


def spoken_before(content: str, start: int, head: Head) -> bool:
    """Whether the words from `start` to the first head fill the time before its clock."""
    seconds = (head.start_ms or 0) / 1000
    words = len(content[start : head.start].split())
    return seconds >= 10 and _FILLED[0] <= words / seconds <= _FILLED[1]


def _proven(content: str, style: Style, heads: list[Head], end: int) -> Found | None:
    if len(heads) < _LEAST.get(style.name, 2):
        return None
    timed = [head.start_ms for head in heads if head.start_ms is not None]
    if sum(a <= b for a, b in pairwise(timed)) < _RISING * (len(timed) - 1):
        return None
    if style.named:
        names = Counter(head.name for head in heads if head.name)
        if not come_back(names):
            return None
        counted, began = _from_the_first(content, heads)
        return Found(style, tuple(counted), began=began)
    heads = list(_named(content, heads, end))
    if sum(head.name is not None for head in heads) * 2 > len(heads):
        return Found(style, tuple(heads))
    chapters, heads = _without_chapters(content, heads, end)
    if len(heads) < _LEAST.get(style.name, 2) or not _spoken(content, heads, end):
        return None
    return Found(style, tuple(heads), tuple(_titles(content, chapters)))


def come_back(names: Counter[str]) -> bool:
    """Whether names are those of people who speak again and again, or ids."""
    if not names:
        return False
    again = max(names.values()) > 1 and len(names) <= 0.6 * sum(names.values()) + 1
    return again or all(is_an_id(name) for name in names)


# -- names that stand behind the clocks, or above them


def _named(content: str, heads: Sequence[Head], end: int) -> Iterator[Head]:
    """The heads of clocks with the names that belong to them, where those are proven."""
    rests = [_line(content, head.said) for head in heads]
    for find in (_in_chat, _behind_with_colon, _alone_behind, _above):
        named = find(content, heads, rests)
        if named is not None:
            return iter(named)
    return (_unread(content, head) for head in heads)


def _line(content: str, at: int) -> str:
    """The rest of a line, or as much of it as a name may take."""
    return content[at : at + 200].partition("\n")[0].rstrip("\r")


def _in_chat(content: str, heads: Sequence[Head], rests: Sequence[str]) -> list[Head] | None:
    """The names of a chat: `<tab>Name:<tab>text`, `From Name to Everyone: text`."""
    marked = [
        content[head.said - 1] == "\t" or rest.startswith("From ") for head, rest in zip(heads, rests, strict=True)
    ]
    if sum(marked) < _RISING * len(heads):
        return None
    matches = [_CHAT.match(content, head.said) for head in heads]
    if sum(match is not None for match in matches) < _RISING * len(heads):
        return None
    return [
        head._replace(said=match.end(), name=_person(match)) if match else head
        for head, match in zip(heads, matches, strict=True)
    ]


def _person(match: re.Match[str]) -> str:
    name = " ".join(match["name"].split())
    return _TO.sub("", name) if match["from"] else name


def _behind_with_colon(content: str, heads: Sequence[Head], rests: Sequence[str]) -> list[Head] | None:
    """`0:05 Name: text`: names that come back, or any where most heads have one."""
    labels = [opening_label(content, head.said, head.said + len(rest)) for head, rest in zip(heads, rests, strict=True)]
    counts = Counter(label.name for label in labels if label and label.name)
    most = counts.total() * 2 > len(heads) and len(counts) > 1 and come_back(counts)
    trusted = {name for name, n in counts.items() if most or n > 1 or is_an_id(name)}
    if not trusted:
        return None
    return [
        head._replace(said=label.end, name=label.name) if label and label.name in trusted else head
        for head, label in zip(heads, labels, strict=True)
    ]


def _alone_behind(content: str, heads: Sequence[Head], rests: Sequence[str]) -> list[Head] | None:
    """`0:05 Name` alone on a line, and the text below."""
    if any(head.stop is not None for head in heads):
        return None
    names = [rest.strip(" \t-–—:*") for rest in rests]
    named = Counter(name for name in names if name and _is_plain_name(name))
    if named.total() < _RISING * len(heads) or not come_back(named):
        return None
    below = (content.find("\n", head.said) + 1 or len(content) for head in heads)
    if any(not _line(content, at).strip() for at in below):
        return None
    return [
        head._replace(said=head.said + len(rest), name=name) if name in named else head
        for head, rest, name in zip(heads, rests, names, strict=True)
    ]


def _above(content: str, heads: Sequence[Head], rests: Sequence[str]) -> list[Head] | None:
    """A name alone on a line, a clock alone on the line below, and then the text."""
    if any(rest.strip() for rest in rests):
        return None
    first = 1 if content.startswith("\ufeff") else 0
    lines = [(max(content.rfind("\n", 0, max(head.start - 1, 0)) + 1, first), head.start) for head in heads]
    names = [content[start:stop].strip(" \t\r\n*:") if stop - start < 200 else "" for start, stop in lines]
    named = Counter(name for name in names if _is_plain_name(name))
    if named.total() < _RISING * len(heads) or not come_back(named):
        return None
    return [
        head._replace(start=start, name=name) if name in named else head
        for head, (start, _), name in zip(heads, lines, names, strict=True)
    ]


def _is_plain_name(name: str) -> bool:
    return looks_like_a_name(name) and name[-1:] not in ".!?," and len(name) <= 60


def _unread(content: str, head: Head) -> Head:
    """A head behind the clock that YouTube's panel has a second time, in words, for those who listen to it."""
    match = _READ_OUT.match(content, head.said)
    return head._replace(said=match.end()) if match else head


# -- chapters, and the rate at which people speak


def _without_chapters(content: str, heads: list[Head], end: int) -> tuple[list[Head], list[Head]]:
    """The heads that are a list of chapters, and the others: a run of short lines, too few words for the time."""
    cuts = [i for i, (a, b) in enumerate(pairwise(heads), 1) if (b.start_ms or 0) < (a.start_ms or 0)]
    if not cuts:
        return [], heads
    chapters: list[Head] = []
    others: list[Head] = []
    for start, stop in pairwise([0, *cuts, len(heads)]):
        run = heads[start:stop]
        until = heads[stop].start if stop < len(heads) else end
        (chapters if _is_a_list(content, run, until) else others).extend(run)
    return chapters, others


def _is_a_list(content: str, run: Sequence[Head], end: int) -> bool:
    if len(run) < 2 or (run[0].start_ms or 0) > _CHAPTER_MS:
        return False
    titles = [_line(content, head.said) for head in run]
    if any(not title.strip() or len(title.split()) > _CHAPTER_WORDS for title in titles):
        return False
    return not _spoken(content, run, run[-1].said + len(titles[-1]))


def _spoken(content: str, heads: Sequence[Head], end: int) -> bool:
    """Whether the words between the clocks are about as many as can be said in that time."""
    rates = []
    for head, after in pairwise(heads):
        seconds = ((after.start_ms or 0) - (head.start_ms or 0)) / 1000
        if seconds > 0:
            rates.append(len(content[head.said : after.start].split()) / seconds)
    return bool(rates) and median_low(rates) >= _SLOWEST and median_high(rates) <= _FASTEST


def _titles(content: str, chapters: Sequence[Head]) -> Iterator[str]:
    for head in chapters:
        yield f"{clock(head.start_ms or 0)[:-4]} {_line(content, head.said).strip()}"


def ends_of(heads: Sequence[Head]) -> list[int | None]:
    """When what each head stands over ends: as it says itself, or when the next clock that is later begins."""
    ends: list[int | None] = []
    following: int | None = None
    later: int | None = None
    for head in reversed(heads):
        if head.start_ms is not None and following is not None and following != head.start_ms:
            later = following if following > head.start_ms else None
        ends.append(head.end_ms if head.end_ms is not None else later)
        if head.start_ms is not None:
            following = head.start_ms
    return ends[::-1]


def _from_the_first(content: str, heads: Sequence[Head]) -> tuple[Sequence[Head], str | None]:
    """The heads with times from the first one, where their clocks are those of the day; and when that one was."""
    if not all(_DAY_CLOCK.match(content, head.start) for head in heads):
        return heads, None
    began = heads[0].start_ms or 0
    over = 0
    counted: list[Head] = []
    before = began
    for head in heads:
        now = head.start_ms or 0
        over += _DAY_MS if before - now > _DAY_MS // 2 else 0
        before = now
        counted.append(head._replace(start_ms=max(now + over - began, 0)))
    return counted, clock(began)[:-4]
