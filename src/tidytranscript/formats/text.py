"""Plain text: with clocks at its lines, read as cues and written in place; else read as it stands.

Which clocks and names count, `tidytranscript.formats.styles` says. Text that has none is one hole, and is written as a
transcript to read, in paragraphs by turn. Above the transcript stands what is known of the recording, in the shape in
which web pages show it, and in which it is read again: title, `By ...`, `Summary`, `Topics Covered`, and the heading
`Full Transcript`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tidytranscript.collector import collector_paused
from tidytranscript.formats import bodies
from tidytranscript.formats.bodies import Piece
from tidytranscript.formats.frames import Builder, refilled
from tidytranscript.formats.heads import Found, ends_of, found, spoken_before
from tidytranscript.formats.lineends import newline_of
from tidytranscript.formats.paragraphs import Paragraph, paragraphs
from tidytranscript.formats.styles import lines_with_clocks
from tidytranscript.spans import Span, Spans
from tidytranscript.speakers.labels import find_labels
from tidytranscript.transcript import Frame, Label, Metadata, Transcript


def likeness(content: str) -> int:
    """Nothing is surely plain text; it is what is left when no other format fits."""
    return 0


def load(content: str) -> Transcript:
    """The lines with clocks as cues; where there are none, all of the file, but for a byte order mark, is text."""
    start = 1 if content.startswith("\ufeff") else 0
    with collector_paused():
        proof = found(content, lines_with_clocks(content, start))
        if proof is not None:
            return _styled(content, start, proof)
    text = content[start:]
    frame = Frame("text", content, Spans([start], [len(content)]))
    return Transcript(text, (Label(Span(0, len(text)), "hole", 0),), {}, frame)


def _styled(content: str, start: int, proof: Found) -> Transcript:
    builder = Builder("text", content)
    heads = proof.heads
    pieces: list[Piece] = []
    above = bodies.stretches(content, start, heads[0].start)
    spoken = not proof.style.named and not proof.chapters and spoken_before(content, start, heads[0])
    if spoken:
        pieces += [Piece(span.start, *span, span.end, None) for span in above]
    for head, until in zip(heads, [*(head.start for head in heads[1:]), len(content)], strict=True):
        stop = until if head.stop is None else head.stop
        spans = bodies.stretches(content, head.said, stop)
        first, *others = spans or [Span(head.said, head.said)]
        pieces.append(Piece(head.start, *first, first.end if head.stop is None else until, head))
        pieces += [Piece(content.rfind("\n", 0, span.start) + 1, *span, span.end, None) for span in others]
    bodies.assemble(builder, pieces, ends_of(heads), _fill)
    metadata: dict[str, Any] = {}
    if above and not spoken:
        metadata["page"] = [line for span in above for line in _lines(span.of(content))]
    if proof.chapters:
        metadata["chapters"] = list(proof.chapters)
        metadata["page"] = [line for line in metadata.get("page", []) if not line[:1].isdigit()]
    if proof.began:
        metadata["began"] = proof.began
    return builder.transcript({key: value for key, value in metadata.items() if value})


def _fill(builder: Builder, piece: Piece) -> None:
    raw = builder.raw[piece.said : piece.end]
    builder.hole(piece.said, piece.end, bodies.read(raw))


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that lines with clocks were read from, with what has changed; else the transcript to read.

    Text without clocks that nothing has touched, and no turns were found in, is as its file has it.
    """
    frame = transcript.frame
    if frame and frame.format == "text" and not _is_whole(frame):
        newline = newline_of(frame.raw)
        return refilled(transcript, lambda text: bodies.written(text, newline), bodies.read)
    if frame and frame.format == "text" and not transcript.of_kind("turn"):
        hole = transcript.of_kind("hole")[0].span
        head = "\n".join(_head(transcript.metadata))
        inside = hole.of(transcript.text)
        return frame.raw[: frame.holes[0].start] + (f"{head}\n\n{inside}" if head else inside)
    head = "\n".join(_head(transcript.metadata))
    found = list(paragraphs(transcript))
    turns = transcript.turns
    marked = len(turns) == 1 and turns[0].confidence == 1.0  # the source marks one change, and says no name
    body = _body(found, marked)
    return f"{head}\n\n{body}\n" if head else f"{body}\n"


def _is_whole(frame: Frame) -> bool:
    """Whether all of the file is one hole."""
    return len(frame.holes) == 1 and frame.holes[0].start <= 1 and frame.holes[0].end == len(frame.raw)


def _body(found: list[Paragraph], marked: bool) -> str:
    """The paragraphs with labels; chevrons before the names that would not be taken for labels by themselves."""
    names = [paragraph.speaker for paragraph in found if paragraph.opens and paragraph.speaker]
    plain = _labelled(found, frozenset(), marked)
    read = _names_in(plain)
    if read == names:
        return plain
    some, every = (_labelled(found, frozenset(names) - frozenset(without), marked) for without in (read, ()))
    return min(some, every, key=lambda body: _difference(_names_in(body), names))


def _names_in(body: str) -> list[str]:
    return [label.name for label in find_labels(body) if label.name]


def _difference(read: list[str], meant: list[str]) -> int:
    """How many names too many or too few are read."""
    one, other = Counter(read), Counter(meant)
    return (one - other).total() + (other - one).total()


def _labelled(found: list[Paragraph], odd: frozenset[str], marked: bool) -> str:
    blocks = []
    for i, paragraph in enumerate(found):
        mark = ">> " if paragraph.speaker in odd else ""
        doubt = "" if paragraph.sure else "?"
        label = f"{mark}{paragraph.speaker}{doubt}: " if paragraph.speaker else ">> " if i or marked else ""
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
