"""Markdown: front matter and sections to metadata, and the paragraphs of the transcript to text.

The transcript is the section whose paragraphs begin with a time, `[1:05](https://...) So then ...`; if there is none,
the section headed `Transcript`; if there is none, every plain paragraph. Headings, lists, quotes, tables, code and HTML
are never part of it. Written back in place, only the words of the transcript and mended front matter change; a
paragraph that loses all its words keeps its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from tidytranscript.edits import Edit, Patch
from tidytranscript.formats import frontmatter
from tidytranscript.formats.paragraphs import paragraphs
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Label, Times, Transcript

_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(?P<title>.*?)[ \t]*#*[ \t]*\r?$")
_FENCE: Final = re.compile(r"[ \t]{0,3}(```+|~~~+)")
_NOT_PLAIN: Final = re.compile(
    r"[ \t]*(?:>|<[!/a-zA-Z]|\||[-*+][ \t]|\d{1,3}[.)][ \t]|!?\[!?\[|!\[|(?:-{3,}|\*{3,}|_{3,})[ \t]*\r?$|[ ]{4}|\t)"
)
_TIME: Final = re.compile(
    r"[ \t]*(?:\*\*)?\[(?P<clock>(?:\d{1,3}[:.])?\d{1,3}[:.]\d\d)\](?:\([^)\s]*\))?(?:\*\*)?(?:[ \t]+|(?=\r?$))",
    re.MULTILINE,
)
_SPEAKER: Final = re.compile(r"\*\*(?P<name>[^*\n:]{1,60}?)(?:\*\*:|:\*\*)(?:[ \t]+|(?=\r?$))", re.MULTILINE)
_PROTECTED: Final = re.compile(r"`[^`\n]+`|\]\([^)\n]*\)|https?://\S+|<[^>\n]{1,200}>")
_LOOKS: Final = re.compile(r"\ufeff?\s*#{1,2} \S")


@frozen
class _Section:
    level: int
    title: str
    start: int  # of its heading
    body: int
    end: int
    blocks: tuple[Span, ...]  # plain paragraphs


def likeness(content: str) -> int:
    """2 if the text begins with front matter, or with a heading."""
    return 2 if frontmatter.split(content) is not None or _LOOKS.match(content) else 0


def load(content: str) -> Transcript:
    """The transcript in a Markdown text; what is no transcript goes to the metadata and stays in the frame."""
    front = frontmatter.split(content)
    metadata, fields = frontmatter.parsed(content, front) if front else ({}, {})
    sections = list(_sections(content, front.end if front else 0))
    chosen = _transcript_sections(content, sections)
    pieces: list[str] = []
    labels: list[Label] = []
    holes: list[Span] = []
    at = 0
    for section in chosen:
        section_start = at
        for block in section.blocks:
            hole, start_ms, speaker = _opened(content, block)
            inside = content[hole.start : hole.end]
            span = Span(at, at + len(inside))
            labels.append(Label(span, "hole", len(holes)))
            if start_ms is not None:
                labels.append(Label(span, "cue", Times(start_ms, None)))
            if speaker is not None:
                labels.append(Label(span, "speaker", speaker))
            markup = [match.span() for match in _PROTECTED.finditer(inside)]
            labels += [Label(Span(at + a, at + b), "protected", "markup") for a, b in markup]
            holes.append(hole)
            pieces.append(inside)
            at += len(inside) + 2
        if section.title and section.blocks:
            labels.append(Label(Span(section_start, at - 2), "section", section.title))
    others = [
        {"level": s.level, "title": s.title, "text": content[s.body : s.end].strip()}
        for s in sections
        if s not in chosen and (s.title or content[s.body : s.end].strip())
    ]
    if sections and "title" not in metadata:
        title = next((s.title for s in sections if s.level == 1), "")
        metadata |= {"title": title} if title else {}
    if others:
        metadata["sections"] = others
    text = "\n\n".join(pieces)
    return Transcript(
        text, tuple(_ended(_continued(labels))), metadata, Frame("markdown", content, Spans.of(holes), fields)
    )


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The Markdown that the transcript was read from, with what was edited; or, from another format, a new one."""
    frame = transcript.frame
    if frame is None or frame.format != "markdown":
        return _rendered(transcript)
    spans = {label.value: label.span for label in transcript.of_kind("hole")}
    edits = [Edit(hole, spans[i].of(transcript.text)) for i, hole in enumerate(frame.holes)]
    edits += frontmatter.edits(frame, transcript.metadata)
    return Patch.cut(frame.raw, sorted(edits)).apply(frame.raw)


def _rendered(transcript: Transcript) -> str:
    metadata: Mapping[str, Any] = {k: v for k, v in transcript.metadata.items() if k != "edits"}
    blocks = [frontmatter.rendered(metadata)] if metadata else []
    if metadata.get("title"):
        blocks.append(f"# {metadata['title']}")
    blocks.append("## Transcript")
    for paragraph in paragraphs(transcript):
        label = f"**{paragraph.speaker}:** " if paragraph.opens and paragraph.speaker else ""
        blocks.append(label + paragraph.text)
    return "\n\n".join(blocks) + "\n"


def _sections(content: str, at: int) -> Iterator[_Section]:
    """The text in stretches, each from one heading to the next; the first may have no heading."""
    level, title, start, body = 0, "", at, at
    blocks: list[Span] = []
    block: int | None = None
    plain = True
    fence = ""

    def close(end: int) -> None:
        nonlocal block
        if block is not None and plain:
            blocks.append(Span(block, end))
        block = None

    last = at
    while at < len(content):
        stop = content.find("\n", at)
        stop = len(content) if stop < 0 else stop
        line = content[at:stop]
        fenced = _FENCE.match(line)
        if fence:
            if fenced and fenced[1].startswith(fence) and not line[fenced.end() :].strip():
                fence = ""
        elif fenced:
            close(last)
            fence = fenced[1]
        elif heading := _HEADING.match(line):
            close(last)
            yield _Section(level, title, start, body, at, tuple(blocks))
            level, title, start, body = len(heading[1]), heading["title"], at, min(stop + 1, len(content))
            blocks = []
        elif not line.strip():
            close(last)
        elif block is None:
            block, plain = at, not _NOT_PLAIN.match(line)
        last = stop
        at = stop + 1
    close(last)
    yield _Section(level, title, start, body, len(content), tuple(blocks))


def _transcript_sections(content: str, sections: list[_Section]) -> list[_Section]:
    timed = [s for s in sections if any(_TIME.match(content, block.start) for block in s.blocks)]
    if timed:
        return timed
    for i, section in enumerate(sections):
        if re.search(r"\btranscript\b", section.title, re.IGNORECASE) and section.level:
            below = [section]
            for other in sections[i + 1 :]:
                if other.level <= section.level:
                    break
                below.append(other)
            if any(s.blocks for s in below):
                return below
    return sections


def _opened(content: str, block: Span) -> tuple[Span, int | None, str | None]:
    """What of a paragraph is speech, the time it begins with, and the speaker."""
    at, start_ms, speaker = block.start, None, None
    end = block.start + len(content[block.start : block.end].rstrip())
    time = _TIME.match(content, at, block.end)
    if time:
        at = time.end()
        start_ms = _milliseconds(time["clock"])
    named = _SPEAKER.match(content, at, block.end)
    if named:
        at, speaker = named.end(), named["name"].strip()
    at += len(content[at:end]) - len(content[at:end].lstrip())
    return Span(min(at, max(end, at)), max(end, at)), start_ms, speaker


def _milliseconds(clock: str) -> int:
    seconds = 0
    for part in re.split("[:.]", clock):
        seconds = seconds * 60 + int(part)
    return seconds * 1000


def _continued(labels: list[Label]) -> Iterator[Label]:
    """Speaker labels reach to the next one: a paragraph without a name goes on in the same voice."""
    speakers = [label for label in labels if label.kind == "speaker"]
    end = max((label.span.end for label in labels), default=0)
    ends = [*(label.span.start for label in speakers[1:]), end]
    reach = {id(label): stop for label, stop in zip(speakers, ends, strict=False)}
    for label in labels:
        yield Label(Span(label.span.start, reach[id(label)]), "speaker", label.value) if id(label) in reach else label


def _ended(labels: Iterable[Label]) -> Iterator[Label]:
    """Cues end where the next one starts."""
    found = list(labels)
    starts = [label.value.start_ms for label in found if label.kind == "cue"]
    following = iter([*starts[1:], None] if starts else ())
    for label in found:
        yield Label(label.span, "cue", Times(label.value.start_ms, next(following))) if label.kind == "cue" else label
