"""The text of a WebVTT cue, rendered from what a transcript says of it: voices, and the times of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidytranscript.formats.clocks import clock
from tidytranscript.formats.cues import Cue
from tidytranscript.formats.cuetext import GUESS, written
from tidytranscript.spans import Span
from tidytranscript.transcript import Label


def body(text: str, cue: Cue, *, closed: bool) -> str:
    """What stands below the times of a cue; `text` is that of the transcript.

    `closed` says whether to end the last voice: one that is not ended is taken to go on in a cue that names none.
    """
    words = cue.timed
    several = len(cue.voices) > 1
    parts: list[str] = []
    for speaker, span, _, guessed in cue.voices:
        said = _timed(text, span, words, cue.start_ms, bare=not parts) if words else written(span.of(text), "\n")
        name = written(" ".join((speaker or "").split()), "\n").replace(">", "&gt;")
        tag = f"v.{GUESS}" if guessed else "v"
        parts.append(f"<{tag} {name}>{said}{'</v>' if several or closed else ''}" if name else said)
    return "\n".join(parts)


def _timed(text: str, span: Span, words: Sequence[Label], start_ms: int, *, bare: bool) -> str:
    """A stretch of text with a time before each timed word; a word at the cue's start needs none, if it is `bare`."""
    lines: list[str] = []
    k = 0
    for line in _lines(text, span):
        inside: list[Label] = []
        at = line.start
        while k < len(words) and words[k].span.start < line.end:
            if words[k].span.start >= at:  # what replaced several words at once has the time of the first
                inside.append(words[k])
                at = words[k].span.end
            k += 1
        needless = bare and not lines and len(inside) > 1 and inside[0].value.start_ms == start_ms
        lines.append(_timed_line(text, line, inside, bare=needless))
    return "\n".join(lines)


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The lines of a stretch of text that have words in them, without the blanks at their ends."""
    at = span.start
    for line in span.of(text).split("\n"):
        if line.strip():
            yield Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at += len(line) + 1


def _timed_line(text: str, line: Span, words: Sequence[Label], *, bare: bool) -> str:
    """One line with the times of its words; the first has none if it is `bare`."""
    out: list[str] = []
    at = line.start
    for word in words:
        gap = text[at : word.span.start]
        lead = gap.rstrip()
        at = min(word.span.end, line.end)
        said = gap[len(lead) :] + written(text[word.span.start : at], "\n")
        out += (written(lead, "\n"), said if bare else f"<{clock(word.value.start_ms)}><c>{said}</c>")
        bare = False
    out.append(written(text[at : line.end], "\n"))
    return "".join(out)
