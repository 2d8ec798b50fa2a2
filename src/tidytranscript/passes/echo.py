"""The echo of a rolling transcript: the end of a line said again at the start of the next.

A caption that rolls keeps its last line on the screen while the next comes in; whoever joins the screens gets each
word two or three times. The copy is letter for letter, and long: that tells it from a person who repeats himself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.scrolling import GAP_MS, HOLD_MS, Row, Screen, echoes_of_lines, echoes_of_screens

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
    """Rows that were on the screen before; then the start of each line that is left against the end of the one before."""
    text = transcript.text
    rows, screens = _screens(transcript)
    gone, rolling = echoes_of_screens(rows, screens) if screens else echoes_of_lines(rows)
    yield from _shown_again(text, rows, gone)
    was = left = ""  # the line before, as written and without its own echo
    voice = 0
    for i, row in enumerate(rows):
        if i in gone:
            continue
        start, end = row.start, row.end
        line = text[start:end]
        if i in rolling or row.times or row.voice != voice:
            was = left = ""
        voice = row.voice
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
            until = _after_line(text, end) if whole else start + done
            echoed = f"{line[:done].strip()[:40]}"
            yield ROLLING_ECHO.at(start, until, f"'{echoed}…' ends the line before", (start, until, ""))
        was, left = line, line[done:] or left


def _screens(transcript: Transcript) -> tuple[list[Row], list[Screen]]:
    """The lines of the text that are not blank; and the cues as screens of them, where there are cues."""
    text = transcript.text
    cues = transcript.of_kind("cue")
    words = transcript.of_kind("word")
    changes = transcript.speaker_changes()
    rows: list[Row] = []
    word = at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].rstrip()
        if line:
            first = word
            while word < len(words) and words[word].span.start < end:
                word += 1
            times = tuple([label.value.start_ms for label in words[first:word] if label.span.end > label.span.start])
            rows.append(Row(at, at + len(line), " ".join(line.split()), times, bisect_right(changes, at)))
        at = end + 1
    screens: list[Screen] = []
    shown_until: int | None = None
    row = 0
    for (start, end), _, (start_ms, end_ms) in cues:
        while row < len(rows) and rows[row].start < start:
            row += 1
        first = row
        while row < len(rows) and rows[row].start < end:
            row += 1
        held = start_ms is not None and end_ms is not None and 0 < end_ms - start_ms <= HOLD_MS
        apart = start_ms is not None and shown_until is not None and start_ms - shown_until >= GAP_MS
        screens.append(Screen(first, row, held, apart))
        shown_until = end_ms
    return rows, screens


def _shown_again(text: str, rows: list[Row], gone: set[int]) -> Iterator[Finding]:
    """A finding for each stretch of rows that are gone."""
    for i, row in enumerate(rows):
        if i not in gone:
            continue
        start, until = row.start, _after_line(text, row.end)
        yield ROLLING_ECHO.at(start, until, f"'{row.said[:40]}' is on the screen already", (start, until, ""))


def _after_line(text: str, end: int) -> int:
    """Where the line after the one whose words end at `end` begins."""
    after = text.find("\n", end)
    return len(text) if after < 0 else after + 1


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
