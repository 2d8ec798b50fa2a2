"""The echo of a rolling transcript: the end of a line said again at the start of the next.

A caption that rolls keeps its last line on the screen while the next comes in; whoever joins the screens gets each
word two or three times. The copy is letter for letter, and long: that tells it from a person who repeats himself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.scrolling import Row, echoes, may_roll

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
    """Rows that were on the screen before; then the start of each line against the end of the line before."""
    gone: set[int] = set()  # where lines start that are out already
    timed: set[int] = set()  # where lines start whose words say themselves when they were said
    if may_roll(transcript):
        rows, again = echoes(transcript)
        gone = {rows[i].start for i in again}
        timed = {row.start for row in rows if row.times}
        yield from _shown_again(transcript.text, rows, again)
    yield from _said_again(transcript, gone, timed)


def _said_again(transcript: Transcript, gone: set[int], timed: set[int]) -> Iterator[Finding]:
    """What a line begins with that the one before ends with; not all of a line that is a cue of its own."""
    text = transcript.text
    changes = transcript.speaker_changes()
    cues = bool(transcript.of_kind("cue"))
    was = left = ""  # the line before, as written and without its own echo
    start = before = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].rstrip()
        if start in gone:
            line = ""
        if line and start in timed:
            was = left = ""
            before = start
        elif line:
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
                until = min(end + 1, len(text)) if done == len(line) else start + done
                reason = f"'{line[:done].strip()[:40]}…' ends the line before"
                yield ROLLING_ECHO.at(start, until, reason, (start, until, ""))
            was, left = line, line[done:] or left
        start = end + 1


def _shown_again(text: str, rows: Sequence[Row], gone: set[int]) -> Iterator[Finding]:
    """A finding for each row that is gone, with the line end after it, or before it at the end of the text."""
    last = len(rows)
    while last and last - 1 in gone and not text[rows[-1].end :]:
        last -= 1
    for i in sorted(gone):
        row = rows[i]
        if i < last:
            after = text.find("\n", row.end)
            start, until = row.start, len(text) if after < 0 else after + 1
        else:
            start, until = rows[i - 1].end, row.end
        yield ROLLING_ECHO.at(start, until, f"'{row.said[:40]}' is on the screen already", (start, until, ""))


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
