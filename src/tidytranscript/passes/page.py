"""The furniture of the web page that a transcript was copied from: lifted into the metadata, not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from attrs import evolve

from tidytranscript.rules import Finding, Level, Metadata, Power, Rule, Transcript, as_pass

PAGE_FURNITURE: Final = Rule(
    "page-furniture",
    Power.DELETE | Power.SPACE,
    Level.VERBATIM,
    "A title, topics, buttons and the like from the page around a transcript.",
    fixes=(
        (
            "How Whales Sing in Winter\nBy The Sea Show\nTopics Covered\n- Ice\n- Song\nFull Transcript\nWelcome back.",
            "Welcome back.",
        ),
        ("Welcome back.\nThat was all.\nLoading video analysis...", "Welcome back.\nThat was all.\n"),
        ("Thank you for listening.\n\ncomments powered by Disqus\n", "Thank you for listening.\n\n"),
    ),
    keeps=(
        "Welcome back.\nThe full transcript is on the page.",
        "He said it was loading.\nAnd it did.",
        "Sign in, please.\nWe did.",
    ),
)

_HEAD_LINES: Final = 80  # the furniture above a transcript is no longer than this...
_HEAD_LAYOUT: Final = 8  # ...and shows that it is furniture within these
_MARKER: Final = re.compile(r"(?:full |video |episode |read the )?transcript:?", re.IGNORECASE)
_CHANNEL: Final = re.compile(r"by (?P<name>\S.{0,78})", re.IGNORECASE)
_TOPICS: Final = re.compile(r"(?:topics|chapters|highlights|key (?:points|takeaways))(?: covered)?:?", re.IGNORECASE)
_SUMMARY: Final = re.compile(r"(?:summary|description|overview|about(?: this episode)?):?", re.IGNORECASE)
_BULLET: Final = re.compile(r"[-*•]\s+(?P<text>\S.*)")
_FOOT: Final = re.compile(
    r"loading\b[\w ]{0,40}(?:\.\.\.|…)|comments powered by \w+\.?|powered by \w+|show (?:more|less)|view all comments"
    r"|\d+ comments?|leave a (?:comment|reply)|skip to (?:main )?content|back to top|all rights reserved\.?"
    r"|(?:copyright|©|\(c\)) .{0,80}|transcript (?:provided|generated|powered) by .{1,60}",
    re.IGNORECASE,
)
_SOMETHING: Final = re.compile(r"\S")
_TITLE_LINES: Final = 2
_TITLE_WORDS: Final = range(4, 31)
_LEAST_BODY: Final = 30  # words: a title stands over a text, not over a line or two


@as_pass("page", PAGE_FURNITURE)
def page(transcript: Transcript) -> Iterator[Finding]:
    """What stands above the transcript and below it; nothing where it has cues, which no page has around them."""
    text = transcript.text
    if transcript.of_kind("cue"):
        return
    start = _body_start(text)
    if start:
        head = [line.strip() for line in text[:start].split("\n")]
        finding = PAGE_FURNITURE.at(0, start, "the page above the transcript", (0, start, ""))
        yield evolve(finding, metadata=described([line for line in head if line], transcript.metadata))
    cut, foot = _foot_start(text, start)
    if foot:
        finding = PAGE_FURNITURE.at(cut, len(text), "the page below the transcript", (cut, len(text), ""))
        yield evolve(finding, metadata={"footer": [*transcript.metadata.get("footer", []), *foot]})


def _body_start(text: str) -> int:
    """Where the transcript begins: behind a heading such as `Full Transcript`, or a bare title; 0 if at the start."""
    start = 0
    while (after := _after_marker(text, start)) > start or (after := _after_title(text, start)) > start:
        start = after
    return start


def _after_marker(text: str, start: int) -> int:
    """Where the line after the marker begins, if what stands above the marker is laid out as furniture."""
    at = start
    laid_out = False
    for i in range(_HEAD_LINES):
        end = text.find("\n", at)
        if end < 0:
            return start
        line = text[at:end].strip()
        if _MARKER.fullmatch(line) and _SOMETHING.search(text, end):
            titled = i == 1 and (_is_title(text[start:at]) or (at - start < 200 and not text[end : end + 2].strip()))
            return _next_line(text, end) if laid_out or i == 0 or titled else start
        if i < _HEAD_LAYOUT:
            laid_out = laid_out or any(p.fullmatch(line) for p in (_CHANNEL, _TOPICS, _SUMMARY, _BULLET))
        elif not laid_out:
            return start
        at = end + 1
    return start


def _after_title(text: str, start: int) -> int:
    """Where the line after a bare title, and perhaps a second line set like one, begins; `start` if there is none."""
    at, titles = start, 0
    while titles < _TITLE_LINES and (end := text.find("\n", at)) >= 0 and _is_title(text[at:end]):
        at = _next_line(text, end)
        titles += 1
    end = text.find("\n", at)
    if not titles or _is_title(text[at : end if end >= 0 else len(text)]):
        return start  # no title, or a text that is set in capitals throughout
    body = islice(re.finditer(r"\S+", text[at : at + 4000]), _LEAST_BODY)
    return at if sum(1 for _ in body) == _LEAST_BODY else start


def _next_line(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_title(line: str) -> bool:
    """Whether a line is set as a title: most of its longer words have a capital, and no sentence ends it."""
    words = line[:400].split()
    if len(words) not in _TITLE_WORDS or len(line) > 300 or "\n" in line.strip() or line.rstrip()[-1] in ".,;:?!…-":
        return False
    longer = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if len(longer) < 3 or line.isupper() or words[0][0].islower():
        return False
    return sum(word[0].isupper() for word in longer) >= 0.75 * len(longer)


def _foot_start(text: str, start: int) -> tuple[int, list[str]]:
    """Where the furniture below begins, and its lines."""
    foot: list[str] = []
    cut = len(text)
    end = len(text.rstrip())
    while end > start:
        line_start = text.rfind("\n", start, end) + 1
        if line_start <= start or end - line_start > 200 or not _FOOT.fullmatch(text[line_start:end].strip()):
            break
        foot.insert(0, text[line_start:end].strip())
        cut = end = line_start
        while end > start and text[end - 1].isspace():
            end -= 1
    return cut, foot


def described(lines: Sequence[str], known: Metadata) -> dict[str, Any]:
    """The lines above a transcript as metadata: title, channel, summary, topics; and `page`, what has no place there.

    >>> described(["How Whales Sing", "By The Sea Show", "Topics Covered", "- Ice"], {})
    {'title': 'How Whales Sing', 'channel': 'The Sea Show', 'topics': ['Ice']}
    """
    found: dict[str, Any] = {}
    under = ""
    for i, line in enumerate(lines):
        bullet, channel = _BULLET.fullmatch(line), _CHANNEL.fullmatch(line)
        if _MARKER.fullmatch(line):
            under = ""
        elif _TOPICS.fullmatch(line):
            under = "topics"
        elif _SUMMARY.fullmatch(line):
            under = "summary"
        elif bullet and under == "topics":
            found.setdefault("topics", []).append(bullet["text"])
        elif under == "summary":
            found["summary"] = f"{found['summary']}\n{line}" if "summary" in found else line
        elif channel and "channel" not in found and i < 4:
            found["channel"] = channel["name"]
        elif i == 0 and "title" not in known:
            found["title"] = line
        else:
            found.setdefault("page", []).append(line)
    return found
