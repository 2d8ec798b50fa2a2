"""Markdown: front matter and sections to metadata, and the paragraphs of the transcript to text.

The transcript is the sections with lines that say when or by whom something is said, `[1:05](https://...) So then ...`,
`**Ann:** So then ...` (the styles: `tidytranscript.formats.styles`); if there are none, the section headed
`Transcript`; if there is none, every plain paragraph. Headings, tables, quotes, code and HTML are never part of it,
lists only where they stand below such a line. Written back in place, only the words of the transcript and mended front
matter change; a paragraph that loses all its words goes, with what says whose it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.edits import Patch
from tidytranscript.formats import bodies, frontmatter, yamlspeech
from tidytranscript.formats.bodies import Piece
from tidytranscript.formats.frames import Builder, refills
from tidytranscript.formats.heads import Found, come_back, ends_of, found
from tidytranscript.formats.lineends import newline_of
from tidytranscript.formats.mdblocks import ITEM, Block, Section, sections
from tidytranscript.formats.paragraphs import paragraphs
from tidytranscript.formats.styles import BOLD_LINE, BOLD_NAME, BRACKETED, Head, head_of, lines_with_clocks
from tidytranscript.spans import Span
from tidytranscript.speakers.labels import is_no_name
from tidytranscript.transcript import Transcript

_NAMED: Final = re.compile(
    rf"^[ \t]*(?P<item>[-*+][ \t]+)?\*\*[ ]*(?P<name>{BOLD_NAME})[ ]*(?:\*\*[ ]*:|:[ ]*\*\*)(?:[ \t]+|(?=\r?$))",
    re.MULTILINE,
)
_BOLD: Final = re.compile(r"^[ \t]*\*\*", re.MULTILINE)
_PROTECTED: Final = re.compile(r"`[^`\n]+`|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|https?://\S+|<[^<>\n]{1,200}>")
_TOKEN: Final = re.compile(rf"(?P<kept>{_PROTECTED.pattern})|\\[!-/:-@\[-`{{-~]")
_MARK_ONLY: Final = re.compile(r"\s*\\?\[?\d+:\d[\d:.]*\\?\]?(?:\([^)\n]*\))?\s*")  # `**Break:** [12:30]`
_UNPROVEN: Final = 3  # bold names, none of which comes back: more of them are headings
_CHANGE: Final = "\\>> "  # of speaker, where nothing says any name; a bare one would begin a quote
_LOOKS: Final = re.compile(r"\ufeff?\s*#{1,2} \S")


def likeness(content: str) -> int:
    """2 if the text begins with front matter, or with a heading."""
    return 2 if frontmatter.split(content) is not None or _LOOKS.match(content) else 0


def load(content: str) -> Transcript:
    """The transcript in a Markdown text; what is no transcript goes to the metadata and stays in the frame."""
    with collector_paused():
        return _loaded(content)


def _loaded(content: str) -> Transcript:
    builder = Builder("markdown", content)
    front = frontmatter.split(content)
    metadata, fields = frontmatter.parsed(content, front) if front else ({}, {})
    if front and yamlspeech.load(builder, content, front):
        return builder.transcript({key: value for key, value in metadata.items() if key != yamlspeech.KEY}, fields)
    parts = list(sections(content, front.end if front else 0))
    heads, proof = _heads(content, parts)
    chosen = _chosen(parts, heads, proof)
    named = proof is None or proof.style.named
    first = heads[0].start if heads and named and come_back(Counter(h.name for h in heads if h.name)) else 0
    pieces = list(_pieces(content, parts, chosen, heads, first))
    spans = bodies.assemble(builder, pieces, ends_of([piece.head for piece in pieces if piece.head]), _fill)
    for i, span in spans.items():
        if parts[i].title:
            builder.label("section", span, parts[i].title)
    others = [
        {"level": s.level, "title": s.title, "text": content[s.body : s.end].strip()}
        for i, s in enumerate(parts)
        if i not in chosen and (s.title or content[s.body : s.end].strip())
    ]
    if "title" not in metadata:
        title = next((s.title for s in parts if s.level == 1), "")
        metadata |= {"title": title} if title else {}
    if others:
        metadata["sections"] = others
    return builder.transcript(metadata, fields)


# -- which lines say when or by whom


def _heads(content: str, parts: list[Section]) -> tuple[list[Head], Found | None]:
    """The heads of a text, in order, and the style that was proven, if one was."""
    blocks = [block for section in parts for block in section.blocks]
    proof = found(content, [line for b in blocks for line in lines_with_clocks(content, b.start, b.end)])
    bold = found(content, [line for b in blocks for line in _bold_lines(content, b)], (BOLD_LINE,))
    if bold and (proof is None or len(bold.heads) > len(proof.heads)):
        proof = bold
    heads = list(proof.heads) if proof else [h for b in blocks if b.kind == "plain" for h in _linked(content, b)]
    names = [match for b in blocks if b.kind != "other" for match in _NAMED.finditer(content, b.start, b.end)]
    again = come_back(Counter(match["name"] for match in names))
    if again and len(names) > 2 * len(heads):
        heads, proof = [], None  # clocks elsewhere than where people speak: a chat below, say
    taken = {head.start for head in heads}
    if again or len(names) < _UNPROVEN:
        heads += [
            Head(match.start(), match.end(), None, None, None, match["name"].strip())
            for match in names
            if match.start() not in taken and (again or not match["item"]) and not is_no_name(match["name"])
        ]
    return sorted(_with_names(content, heads)), proof


def _linked(content: str, block: Block) -> Iterator[Head]:
    """The head of a paragraph that begins with a clock in brackets, which needs no proof here."""
    stop = content.find("\n", block.start, block.end)
    head = head_of(content, block.start, block.end if stop < 0 else stop, BRACKETED)
    if head is not None:
        yield head


def _bold_lines(content: str, block: Block) -> Iterator[tuple[int, int]]:
    for match in _BOLD.finditer(content, block.start, block.end):
        stop = content.find("\n", match.end(), block.end)
        yield match.start(), block.end if stop < 0 else stop


def _with_names(content: str, heads: list[Head]) -> Iterator[Head]:
    """The heads of clocks with the names in bold that stand behind them."""
    for head in heads:
        named = _NAMED_HERE.match(content, head.said) if head.name is None else None
        yield head._replace(said=named.end(), name=named["name"].strip()) if named else head


_NAMED_HERE: Final = re.compile(_NAMED.pattern.removeprefix("^"), re.MULTILINE)


# -- which paragraphs are speech


def _chosen(parts: list[Section], heads: list[Head], proof: Found | None) -> list[int]:
    """The sections that are the transcript, by their places."""
    starts = [head.start for head in heads]
    clocks = [head.start for head in heads if head.start_ms is not None]
    inside = clocks if clocks and not (proof and proof.style.named) else starts
    timed = [i for i, s in enumerate(parts) if bisect_left(inside, s.body) < bisect_left(inside, s.end)]
    if timed and (clocks or come_back(Counter(head.name for head in heads if head.name))):
        return timed if inside is clocks else list(range(timed[0], timed[-1] + 1))
    for i, section in enumerate(parts):
        if re.search(r"\btranscript\b", section.title, re.IGNORECASE) and section.level:
            end = next((j for j in range(i + 1, len(parts)) if parts[j].level <= section.level), len(parts))
            if any(block.kind == "plain" for s in parts[i:end] for block in s.blocks):
                return list(range(i, end))
    return list(range(len(parts)))


def _pieces(content: str, parts: list[Section], chosen: list[int], heads: list[Head], first: int) -> Iterator[Piece]:
    """The paragraphs of speech in the sections chosen, each cut where a head stands; none above the place `first`."""
    starts = [head.start for head in heads]
    below = False  # a head stood alone: a list may be what was said
    glue = ""
    for i in chosen:
        follows = False
        for block in parts[i].blocks:
            inside = heads[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            before = inside[0].start if inside else block.end
            glue = "\n\n"
            spoken = block.kind == "plain" or (block.kind == "list" and below)
            if before > block.start and spoken and block.start >= first:
                yield Piece(block.start, *bodies.trimmed(content, block.start, before), before, None, glue, follows, i)
                follows, glue = True, "\n"
            elif before > block.start:
                follows = False
            for head, until in zip(inside, [*(head.start for head in inside[1:]), block.end], strict=False):
                span = bodies.trimmed(content, head.said, until if head.stop is None else head.stop)
                below = span.end == span.start
                if _MARK_ONLY.fullmatch(content, *span) and not below:
                    follows = False
                    continue
                yield Piece(head.start, *span, until, head, glue, follows, i)
                follows, glue = True, "\n"
            if not inside and block.kind != "list":
                below = below and block.kind == "other"


def _fill(builder: Builder, piece: Piece) -> None:
    """The holes of a paragraph: list items apart, without their marks; an escape is a hole of its own."""
    at = piece.said
    while at < piece.end:
        stop = builder.raw.find("\n", at, piece.end)
        while stop >= 0 and not ITEM.match(builder.raw, stop + 1, piece.end):
            stop = builder.raw.find("\n", stop + 1, piece.end)
        end = piece.end if stop < 0 else stop
        item = ITEM.match(builder.raw, at, end)
        span = bodies.trimmed(builder.raw, item.end() if item else at, end)
        if span.end > span.start:
            if at > piece.said:
                builder.glue("\n")
                builder.shell(at, min(end + 1, piece.stop))
            _put(builder, *span)
        at = end + 1


def _put(builder: Builder, start: int, end: int) -> None:
    raw = builder.raw
    for token in _TOKEN.finditer(raw, start, end) if "\\" in raw[start:end] else ():
        if token["kept"] is None:
            _hole(builder, start, token.start())
            builder.hole(*token.span(), token[0][1])
            start = token.end()
    _hole(builder, start, end)


def _hole(builder: Builder, start: int, end: int) -> None:
    if end > start:
        text = bodies.read(builder.raw[start:end])
        span = builder.hole(start, end, text)
        for match in _PROTECTED.finditer(text):
            builder.label("protected", Span(span.start + match.start(), span.start + match.end()), "markup")


def _read(piece: str) -> str:
    return piece[1] if len(piece) == 2 and piece[0] == "\\" and not piece[1].isalnum() else bodies.read(piece)


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The Markdown that the transcript was read from, with what was edited; or, from another format, a new one."""
    frame = transcript.frame
    if frame is None or frame.format != "markdown":
        return _rendered(transcript)
    if yamlspeech.holds(frame):
        edits = refills(transcript, frame, frontmatter.rendered_value, yamlspeech.read)
    else:
        newline = newline_of(frame.raw)
        edits = refills(transcript, frame, lambda text: bodies.written(text, newline), _read)
    edits += frontmatter.edits(frame, transcript.metadata)
    return Patch.cut(frame.raw, sorted(edits)).apply(frame.raw)


def _rendered(transcript: Transcript) -> str:
    metadata: Mapping[str, Any] = {k: v for k, v in transcript.metadata.items() if k != "edits"}
    blocks = [frontmatter.rendered(metadata)] if metadata else []
    if metadata.get("title"):
        blocks.append(f"# {metadata['title']}")
    blocks.append("## Transcript")
    found = list(paragraphs(transcript))
    change = "" if any(paragraph.speaker for paragraph in found) else _CHANGE
    for i, paragraph in enumerate(found):
        label = f"**{paragraph.speaker}:** " if paragraph.speaker else change if i else ""
        blocks.append(label + paragraph.text if paragraph.opens else paragraph.text)
    return "\n\n".join(blocks) + "\n"
