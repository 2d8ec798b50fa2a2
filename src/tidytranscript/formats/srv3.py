"""YouTube's timed text, third version (.srv3): paragraphs `<p t d>` and, in automatic captions, words `<s t>`.

Times are whole milliseconds; those of words count from the start of their paragraph. The shape is that of
https://docs.rs/crate/srv3-ttml/latest/source/internals/srv3-format.md; YouTube itself documents none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import xmltree
from tidytranscript.formats.cues import Cue, cues_of
from tidytranscript.formats.frames import Builder, refilled
from tidytranscript.formats.pieces import Piece, lay, time_words
from tidytranscript.formats.xmltree import Token
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

_DIGITS: Final = 12  # of a time; a longer one is none
_STYLES: Final = frozenset(("pen", "ws", "wp"))


def likeness(content: str) -> int:
    """2 if the root element is that of timed text with paragraphs."""
    name, tag = xmltree.root(content)
    return 2 if name == "timedtext" and (_is_third(tag) or "<p " in content[:20_000]) else 0


def _is_third(tag: str) -> bool:
    return 'format="3"' in tag or "format='3'" in tag


def load(content: str) -> Transcript:
    """The paragraphs of such a text as cues, and its words with their times; UnreadableInput if it has no paragraph."""
    with collector_paused():
        xml = xmltree.parsed(content)
        builder = Builder("srv3", content)
        xml.report(builder)
        paragraphs = list(_paragraphs(xml.tokens, builder))
        if not paragraphs:
            raise UnreadableInput("<srv3>", "timed text without a paragraph", "Is it the whole file?")
        automatic = any("t" in token.attributes for body in paragraphs for token in body if token.value == "s")
        starts = [_number(body[0], "t") for body in paragraphs if not _appends(body[0])]
        following = iter([*starts[1:], None])
        for body in paragraphs:
            after = None if _appends(body[0]) else next(following)
            _read(builder, body, automatic, after)
        return builder.transcript()


def _appends(token: Token) -> bool:
    """Whether a paragraph only adds a line end to the one before."""
    return token.attributes.get("a") == "1"


def _paragraphs(tokens: Sequence[Token], builder: Builder) -> list[list[Token]]:
    """The tokens of each paragraph, its start and end with them."""
    found: list[list[Token]] = []
    inside = False
    for token in tokens:
        if token.kind == "start" and token.value == "p" and not inside:
            inside = True
            found.append([])
        elif token.kind == "start" and token.value in _STYLES:
            builder.extra("styles")
        if inside:
            found[-1].append(token)
        if token.kind == "end" and token.value == "p":
            inside = False
    return found


def _number(token: Token, name: str) -> int | None:
    value = token.attributes.get(name, "").strip()
    return int(value) if value.isdecimal() and len(value) <= _DIGITS else None


def _read(builder: Builder, body: Sequence[Token], automatic: bool, after: int | None) -> None:
    """Lay one paragraph. `automatic` says whether the file has times of words, `after` when the next one begins."""
    first, last = body[0], body[-1]
    begin, length = _number(first, "t"), _number(first, "d")
    times = Times(begin, None if begin is None or length is None else begin + length)
    lines: list[list[Piece | None]] = [[]]
    now: Times | None = None
    shells: list[Span] = []
    opened: list[Token] = []
    for token in body[1:-1]:
        if token.kind == "start":
            opened.append(token)
            if token.value == "s" and automatic and begin is not None and "p" not in token.attributes:
                now = Times(begin + (_number(token, "t") or 0), None)
        elif token.kind == "end":
            shells.append(Span(opened.pop().start, token.end))
            now = None
        else:
            escape = token.kind == "escape"
            at = token.start
            for i, text in enumerate([token.value] if escape else builder.raw[at : token.end].split("\n")):
                if i:
                    lines.append([])
                end = token.end if escape else at + len(text)
                if text:
                    lines[-1].append(Piece(at, end, text, now))
                at = end + 1
    if not any(piece and piece.text.strip() for line in lines for piece in line):
        return
    builder.glue("\n")
    at = builder.next
    words = [word for line in lines for word in lay(builder, line)]
    if begin is None:
        builder.odd(first.start, "a paragraph without a time", "read its words")
    else:
        builder.label("cue", Span(at, builder.at), times)
    limits = [ms for ms in (times.end_ms, after) if ms is not None]
    time_words(builder, words, min(limits) if limits else None)
    for shell in shells:
        builder.shell(*shell)
    below = last.end
    while builder.raw[below : below + 1] in ("\r", "\n") and builder.raw[below : below + 1]:
        below += 1
    builder.shell(first.start, below)


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "srv3":
        return refilled(transcript, xmltree.written, xmltree.read)
    text = transcript.text
    rows = [
        f'<p t="{cue.start_ms}" d="{max(0, cue.end_ms - cue.start_ms)}">{_body(text, cue)}</p>\n'
        for cue in cues_of(transcript, "srv3")
    ]
    head = '<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">\n<body>\n'
    return "".join([head, *rows, "</body>\n</timedtext>\n"])


def _body(text: str, cue: Cue) -> str:
    lines = []
    for voice in cue.voices:
        name = xmltree.written(f"{voice.speaker}: ") if voice.opens and voice.speaker else ""
        lines.append(name + _said(text, voice.span, cue.timed, cue.start_ms))
    return "\n".join(lines)


def _said(text: str, span: Span, words: Sequence[Label], start_ms: int) -> str:
    """A stretch of text; each timed word is an element that holds the blanks before it."""
    out = []
    at = span.start
    for word in words:
        if not at <= word.span.start < word.span.end <= span.end:
            continue
        gap = text[at : word.span.start]
        lead = gap.rstrip(" ")
        out.append(xmltree.written(lead))
        said = xmltree.written(gap[len(lead) :] + text[word.span.start : word.span.end])
        out.append(f'<s t="{word.value.start_ms - start_ms}">{said}</s>')
        at = word.span.end
    return "".join([*out, xmltree.written(text[at : span.end])])
