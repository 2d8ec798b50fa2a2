"""The echo of a rolling transcript: the end of a line said again at the start of the next.

A caption that rolls keeps its last line on the screen while the next comes in; whoever joins the screens gets each
word two or three times. The copy is letter for letter, and long: that tells it from a person who repeats himself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass

_WORDS: Final = 6  # nobody says six words or more again, letter for letter, just where a line happens to end
_REACH: Final = 600  # characters at the end of a line in which its echo may begin; screens hold far less
_HEAD: Final = 16  # characters looked for first; six words are never shorter in running speech

ROLLING_ECHO: Final = Rule(
    "rolling-echo",
    Power.DELETE | Power.SPACE,
    Level.VERBATIM,
    "The last words of a line again at the start of the next, as rolling captions write them.",
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
    ),
    keeps=(
        "It is a local optimum.\nIt is a local optimum.",
        "you have to click\nclick on the button there",
        "we want something that's\nthat's helpful to people",
        "I think that we should go now\nI think that we should stay here",
    ),
)


@as_pass("echo", ROLLING_ECHO)
def echo(transcript: Transcript) -> Iterator[Finding]:
    """Hold the start of each line against the end of the line before, as it was and as it is left."""
    text = transcript.text
    was = left = ""  # the line before, as written and without its own echo
    changes = transcript.speaker_changes()
    start = before = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].rstrip()
        if line:
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
            if done:
                whole = done == len(line)
                until = min(end + 1, len(text)) if whole else start + done
                echoed = f"{line[:done].strip()[:40]}"
                yield ROLLING_ECHO.at(start, until, f"'{echoed}…' ends the line before", (start, until, ""))
            was, left = line, line[done:] or left
        start = end + 1


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
