"""The echo of a rolling transcript: the end of a line said again at the start of the next.

A caption that rolls keeps its last line on the screen while the next comes in; whoever joins the screens gets each
word two or three times. The copy is letter for letter, and long: that tells it from a person who repeats himself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Span, Transcript, as_pass
from tidytranscript.scrolling import echoes

_WORDS: Final = 6  # nobody says six words or more again, letter for letter, just where a line happens to end
_REACH: Final = 600  # characters at the end of a line in which its echo may begin; screens hold far less
_HEAD: Final = 16  # characters looked for first; six words are never shorter in running speech

ROLLING_ECHO: Final = Rule(
    "rolling-echo",
    Power.DELETE | Power.SPACE,
    Level.VERBATIM,
    "A line, or the end of one, again in the next line, as rolling captions write them.",
    fixes=(
        (
            "and that is how the whole thing began in the end.\nthe whole thing began in the end. So we left.",
            "and that is how the whole thing began in the end.\nSo we left.",
        ),
        (
            "How do they do without pre -training data? Not that well, I think.\n"
            "-training data? Not that well, I think. And then what?",
            "How do they do without pre -training data? Not that well, I think.\nAnd then what?",
        ),
        (
            "We talked about it for a very long time.\ntalked about it for a very long time.\nThen we left.",
            "We talked about it for a very long time.\nThen we left.",
        ),
        (
            "so we went down\nso we went down\nto the old harbour\nto the old harbour\n"
            "where the boats are\nwhere the boats are\nYeah.\nYeah.\nYeah.\nYeah.\n"
            "in the long winter\nin the long winter",
            "so we went down\nto the old harbour\nwhere the boats are\nYeah.\nYeah.\nin the long winter",
        ),
    ),
    keeps=(
        "It is a local optimum.\nIt is a local optimum.",
        "you have to click\nclick on the button there",
        "we want something that's\nthat's helpful to people",
        "I think that we should go now\nI think that we should stay here",
        "Yeah.\nYeah.\nOh.\nOh.\nNo.\nNo.\nYeah.\nYeah.",
    ),
)


@as_pass("echo", ROLLING_ECHO)
def echo(transcript: Transcript) -> Iterator[Finding]:
    """Rows that were on the screen before, and what a line begins with that the one before ends with.

    What is left is looked at again, until it holds neither.
    """
    lines = list(_lines(transcript.text))
    starts = [line.start for line in lines]  # of what is left of each
    reasons: dict[int, str] = {}
    live: Sequence[int] = range(len(lines))
    left: Sequence[Span] = lines
    while True:
        shown = echoes(transcript, left)
        if reasons and not shown:
            break  # the starts of lines were held against what is left already
        for k in shown:
            starts[live[k]] = left[k].end
            reasons[live[k]] = f"'{left[k].of(transcript.text)[:40]}' is on the screen already"
        live = [i for k, i in enumerate(live) if k not in shown] if shown else live
        said = _said_again(transcript, [line for k, line in enumerate(left) if k not in shown] if shown else left)
        for k, n in said.items():
            i = live[k]
            again = transcript.text[starts[i] : starts[i] + n].strip()
            starts[i] += n
            reasons[i] = f"'{again[:40]}…' ends the line before"
        if not shown and not said:
            break
        live = [i for i in live if starts[i] < lines[i].end]
        left = [Span(starts[i], lines[i].end) for i in live]
    yield from _findings(transcript.text, lines, starts, reasons)


def _lines(text: str) -> Iterator[Span]:
    """The lines that are not blank, without the blanks at their ends."""
    at = 0
    for line in text.split("\n"):
        if end := len(line.rstrip()):
            yield Span(at, at + end)
        at += len(line) + 1


def _said_again(transcript: Transcript, lines: Sequence[Span]) -> dict[int, int]:
    """How many characters at the start of a line end the one before, by the number of the line.

    Not where its words say themselves when they were said, and not all of a line that is a cue of its own.
    """
    text = transcript.text
    changes = transcript.speaker_changes()
    cues = bool(transcript.of_kind("cue"))
    timed = [label.span.start for label in transcript.of_kind("word") if label.span.end > label.span.start]
    found: dict[int, int] = {}
    was = left = ""  # the line before, as written and without its own echo
    before = 0
    for k, (start, end) in enumerate(lines):
        line = text[start:end]
        if timed and bisect_left(timed, end) > bisect_left(timed, start):
            was = left = ""
            before = start
            continue
        if changes and bisect_right(changes, start) > bisect_right(changes, before):
            was = left = ""
        before = start
        done = 0
        head = line[:_HEAD]
        while (
            (done or head in was or head in left)
            and done < len(line)
            and (n := _overlap(was, line, done) or _overlap(left, line, done))
        ):
            done += n
            done += len(line) - done - len(line[done:].lstrip())
        if done and not (cues and done == len(line) and line == left):
            found[k] = done
        was, left = line, line[done:] or left
    return found


def _findings(text: str, lines: Sequence[Span], starts: Sequence[int], reasons: Mapping[int, str]) -> Iterator[Finding]:
    """One for each line that lost its start, or that is gone: with the line end after it, or before it at the end."""
    last = len(lines)
    while last and starts[last - 1] == lines[last - 1].end and not text[lines[-1].end :]:
        last -= 1
    for i in sorted(reasons):
        start, until = lines[i].start, starts[i]
        if until == lines[i].end and i >= last:
            start = lines[i - 1].end
        elif until == lines[i].end:
            after = text.find("\n", until)
            until = len(text) if after < 0 else after + 1
        yield ROLLING_ECHO.at(start, until, reasons[i], (start, until, ""))


def _overlap(before: str, line: str, at: int) -> int:
    """How many characters of `line` from `at` on are the end of the line `before`; 0 if too few to be an echo."""
    before, head = before[-_REACH:], line[at : at + _HEAD]
    if len(head) < _HEAD:
        return 0
    found = before.find(head)
    while found >= 0:
        n = len(before) - found
        if (
            line.startswith(before[found:], at)
            and line[at + n : at + n + 1] in ("", " ")
            and (not found or before[found - 1] in " \t" or head[0] == "-")
            and before[found:].count(" ") + 1 >= _WORDS
        ):
            return n
        found = before.find(head, found + 1)
    return 0
