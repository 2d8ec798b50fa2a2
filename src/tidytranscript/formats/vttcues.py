"""Where the cues of a WebVTT text are, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tidytranscript.edits import Edit
from tidytranscript.formats.clocks import in_bulk
from tidytranscript.formats.frames import Builder
from tidytranscript.formats.lineends import line_end_before
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Times

_CLOCK: Final = r"(?:[0-9]{{1,9}}:)?[0-5][0-9]:[0-5][0-9]{mark}[0-9]{{3}}(?![0-9])"
_LINE: Final = r"^[ \t\f\ufeff]*({clock})[ \t\f]*-->[ \t\f]*({clock})([^\n]*)\n?"
TIMING: Final = re.compile(_LINE.format(clock=_CLOCK.format(mark=r"\.")), re.MULTILINE)
_COMMAS: Final = re.compile(_LINE.format(clock=_CLOCK.format(mark=r"[.,]")), re.MULTILINE)
# As Microsoft Teams wrote them: https://learn.microsoft.com/en-us/graph/api/calltranscript-get
_SHORT_CLOCK: Final = r"[0-9]{1,9}:[0-9]{1,2}:[0-9]{1,2}\.[0-9]{1,3}(?![0-9])"
_UNPADDED: Final = re.compile(_LINE.format(clock=_SHORT_CLOCK), re.MULTILINE)
_ONE_DIGIT: Final = re.compile(r":[0-9][:.][^\n]*-->|-->[^\n]*:[0-9][:.]")
_SHORT: Final = re.compile(r":[0-9](?![0-9])|\.[0-9]{1,2}(?![0-9])")
HEADER: Final = re.compile(r"\ufeff?WEBVTT(?:[ \t]([^\n]*))?\r?(?:\n|\Z)")
_BLOCK: Final = re.compile(r"^[^\n]*\S[^\n]*(?:\n(?!\r?(?:\n|\Z))[^\n]*)*", re.MULTILINE)
_BROKEN: Final = re.compile(r"\A[ \t]*(\d*:\d.*[->].*)|^[ \t]*(\d*:[\d:,. \t]*-+>.*)$|^(.*-->.*)$", re.MULTILINE)
_VOICE: Final = re.compile(r"<v[.\s][^<>]*>|</v>")
_CONTROL: Final = {"NOTE": "notes", "STYLE": "style blocks", "REGION": "regions", "WEBVTT": "headers"}
_KEYWORD: Final = re.compile(rf"({'|'.join(_CONTROL)})(?:\s|\Z)")


class Place(NamedTuple):
    """Where the parts of a cue are in the file.

    `shell` is all that goes with its last word: from its identifier, or its times, to what comes after it. Where it
    stands right below the words of another cue, the line end between them is part of it. It is empty where the words
    are parted by something that stays. `adopted` are blocks of words below the cue that have no times of their own.
    """

    shell: Span
    payload: Span
    times: Times
    identifier: str
    adopted: tuple[Span, ...]


class _Gap(NamedTuple):
    """What stands between two cues: the identifier of the second, and its place; blocks of words for the first.

    `kept` is where the first block begins that is neither; -1 if there are words below such a block.
    """

    identifier: str
    head: int
    adopted: tuple[Span, ...]
    kept: int


def places(scan: str, builder: Builder) -> list[Place]:
    """The cues of a text that has no lone carriage return, in order; what is odd about it goes to `builder`."""
    lines = _timing_lines(scan, builder)
    first = lines[0].start() if lines else len(scan)
    header = HEADER.match(scan)
    if header is None and scan.strip("\ufeff \t\r\n"):
        builder.odd(0, "no WEBVTT in the first line", "read it all the same")
    returns = "\r" in scan
    begin = end_of_block(scan, header.end(), first, returns) if header else int(scan.startswith("\ufeff"))
    return list(_places(scan, lines, begin, builder, returns))


def _timing_lines(scan: str, builder: Builder) -> Sequence[re.Match[str]]:
    lines = list(TIMING.finditer(scan))
    arrows = scan.count("-->")
    if 2 * len(lines) < arrows and _ONE_DIGIT.search(scan):
        bare = list(_UNPADDED.finditer(scan))
        if 2 * len(bare) > arrows and len(bare) > 2 * len(lines):
            builder.odd(bare[0].start(), f"times without zeros in {len(bare)} cues", "read them all the same")
            return bare
    if not lines and "," in scan:
        lines = list(_COMMAS.finditer(scan))
        if len(lines) < arrows / 2:
            return []
        if lines:
            builder.odd(lines[0].start(), f"commas in the times of {len(lines)} cues", "read them all the same")
    return lines


def _padded(clocks: list[str]) -> list[str]:
    """Clocks with all their digits: in one such as `0:1:5.90`, 90 is a number of milliseconds."""
    if not _SHORT.search(" ".join(clocks)):
        return clocks
    parts = (re.split("[:.,]", one) for one in clocks)
    return [f"{':'.join(part.zfill(2) for part in rest)}.{ms.zfill(3)}" for *rest, ms in parts]


def _places(scan: str, lines: Sequence[re.Match[str]], begin: int, builder: Builder, returns: bool) -> Iterator[Place]:
    length = len(scan)
    stop = lines[0].start() if lines else length
    before = _between(scan, begin, stop, builder, after=None)
    shell_start = _shell_start(scan, before.head)
    stops = [*(line.start() for line in lines[1:]), length]
    times = map(Times, *(in_bulk(_padded([line[i] for line in lines])) for i in (1, 2)))
    for line, stop, lasting in zip(lines, stops, times, strict=False):
        start = line.end()
        end = end_of_block(scan, start, stop, returns)
        broken = scan.find("-->", start, end)
        if broken >= 0:
            end = scan.rfind("\n", 0, broken) + 1
        if line[3] and not line[3].isspace():
            builder.extra("cue settings")
        identifier = before.identifier
        before = _between(scan, end, stop, builder, after=end > start) if end < stop else _Gap("", stop, (), stop)
        following = _shell_start(scan, before.head) if before.head < length else length
        kept = min(before.kept, following)
        shell = Span(shell_start, kept if kept >= 0 else shell_start)
        payload = Span(start, max(start, end - scan.startswith("\n", end - 1)))
        yield Place(shell, payload, lasting, identifier, before.adopted)
        shell_start = following


def _shell_start(scan: str, head: int) -> int:
    """Where the shell of a cue begins: at its head, or at the line end before it where that ends no blank line."""
    return head if scan.endswith(("\n\n", "\n\r\n"), 0, head) else line_end_before(scan, head)


def end_of_block(scan: str, start: int, stop: int, returns: bool) -> int:
    """Where the lines from `start` on end: before a blank line, or at `stop`.

    `returns` says whether there are carriage returns at all.
    """
    if start >= stop or scan.startswith(("\n", "\r\n"), start):
        return start
    found = scan.find("\n\n", start, stop)
    if returns:
        other = scan.find("\n\r\n", start, stop if found < 0 else found + 2)
        found = other if other >= 0 else found
    return stop if found < 0 else found + 1


def _between(scan: str, start: int, stop: int, builder: Builder, after: bool | None) -> _Gap:
    """What stands between two cues.

    `after` says whether the cue before has words already; None that there is no cue before.
    """
    between = scan[start:stop]
    if not between or between.isspace():
        return _Gap("", stop, (), stop)
    blocks = list(_BLOCK.finditer(scan, start, stop))
    identifier, head = "", stop
    last = blocks[-1]
    if stop < len(scan) and last.end() >= stop - 2 and "\n\n" not in scan[last.end() : stop]:
        one = "\n" not in last[0].rstrip("\r\n")
        if one and "-->" not in last[0] and not (after and start == last.start()):
            identifier, head = last[0].strip("\r\n"), last.start()
            blocks.pop()
    adopted: list[Span] = []
    kept = head
    for block in blocks:
        text = block[0]
        if keyword := _KEYWORD.match(text):
            builder.extra(_CONTROL[keyword[1]])
            if keyword[1] == "WEBVTT":
                builder.odd(block.start(), "a second header, as of segments joined", "left it as it is")
        elif broken := _BROKEN.search(text):
            builder.odd(
                block.start(),
                f"times that cannot be read: {broken[broken.lastindex or 0].strip()[:60]!r}",
                "left it as it is",
            )
        elif after is None:
            builder.odd(block.start(), "words before any cue", "left them as they are")
        else:
            problem = "words without times" if after or adopted else "a blank line between times and words"
            builder.odd(block.start(), problem, "read them with the cue before")
            adopted.append(Span(block.start(), block.start() + len(text.rstrip())))
            kept = kept if kept == head else -1
            continue
        kept = min(kept, block.start())
    return _Gap(identifier, head, tuple(adopted), kept)


def voices_handed_on(scan: str, holes: Spans, edits: Sequence[Edit]) -> list[Edit]:
    """The edits of a file, and the tags of voices that would go with a cue, though they hold for the cues after it."""
    found = list(edits)
    cuts = [span for span, _ in edits if scan.find("-->", *span) >= 0]
    tag: str | None = None
    for (start, end), after in zip(cuts, [*(cut.start for cut in cuts[1:]), len(scan) + 1], strict=False):
        last = _last_voice(scan, start, end)
        tag = tag if last is None else last
        k = bisect_left(holes.starts, end)
        following = holes.starts[k] if k < len(holes) else after
        if following >= after:
            continue  # nothing is said before the next that goes
        known = _last_voice(scan, max(0, scan.rfind("<v", 0, start)), start)
        if tag and tag != known and _last_voice(scan, end, following) is None:
            times = list(TIMING.finditer(scan, end, following))
            at = times[-1].end() if times else following
            found.append(Edit(Span(at, at), tag))
        tag = None
    return sorted(found)


def _last_voice(scan: str, start: int, end: int) -> str | None:
    """The tag of the last voice in a stretch of text; empty if it was ended, None if there is none."""
    last = None
    for last in _VOICE.finditer(scan, start, end):  # noqa: B007
        pass
    return last[0] if last and last[0] != "</v>" else "" if last else None
