"""Plain text: read as it stands; written as a transcript to read, in paragraphs by turn.

Above the transcript stands what is known of the recording, in the shape in which web pages show it, and in which it is
read again: title, `By ...`, `Summary`, `Topics Covered`, and the heading `Full Transcript`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tidytranscript.formats.paragraphs import Paragraph, paragraphs
from tidytranscript.spans import Span, Spans
from tidytranscript.speakers.labels import find_labels
from tidytranscript.transcript import Frame, Label, Metadata, Transcript


def likeness(content: str) -> int:
    """Nothing is surely plain text; it is what is left when no other format fits."""
    return 0


def load(content: str) -> Transcript:
    """All of the file is text; a byte order mark stays with the frame."""
    start = 1 if content.startswith("\ufeff") else 0
    text = content[start:]
    frame = Frame("text", content, Spans([start], [len(content)]))
    return Transcript(text, (Label(Span(0, len(text)), "hole", 0),), {}, frame)


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The transcript to read; one that nothing has touched, and no turns were found in, as its file has it."""
    frame = transcript.frame
    if frame and frame.format == "text" and not transcript.of_kind("turn"):
        hole = transcript.of_kind("hole")[0].span
        head = "\n".join(_head(transcript.metadata))
        inside = hole.of(transcript.text)
        return frame.raw[: frame.holes[0].start] + (f"{head}\n\n{inside}" if head else inside)
    head = "\n".join(_head(transcript.metadata))
    found = list(paragraphs(transcript))
    turns = transcript.turns
    marked = len(turns) == 1 and turns[0].confidence == 1.0  # the source marks one change, and says no name
    body = _labelled(found, "", marked)
    speakers = [paragraph.speaker for paragraph in found if paragraph.opens and paragraph.speaker]
    if speakers != [label.name for label in find_labels(body) if label.name]:
        body = _labelled(found, ">> ", marked)  # a name that would not be taken for a label by itself
    return f"{head}\n\n{body}\n" if head else f"{body}\n"


def _labelled(found: list[Paragraph], mark: str, marked: bool) -> str:
    blocks = []
    for i, paragraph in enumerate(found):
        label = f"{mark}{paragraph.speaker}: " if paragraph.speaker else ">> " if i or marked else ""
        blocks.append(label + paragraph.text if paragraph.opens else paragraph.text)
    return "\n\n".join(blocks)


def _head(metadata: Metadata) -> Iterator[str]:
    title, channel, summary = (_lines(metadata.get(key)) for key in ("title", "channel", "summary"))
    topics, page = metadata.get("topics"), metadata.get("page")
    if title:
        yield " ".join(title)
    if channel:
        yield f"By {' '.join(channel)}"
    yield from page or ()
    if summary:
        yield from ("Summary", *summary)
    if topics:
        yield "Topics Covered"
        yield from (f"- {topic}" for topic in topics)
    if title or channel or summary or topics or page:
        yield "Full Transcript"


def _lines(value: object) -> list[str]:
    return [line.strip() for line in str(value).split("\n") if line.strip()] if value else []
