"""TTML (.ttml, .dfxp), of W3C, Netflix and Apple: https://www.w3.org/TR/ttml1/ and https://www.w3.org/TR/ttml2/.

Looser where files in the world are: prefixes that nothing declares, numbers without a unit, and times inside others
that count from the start of the recording. A paragraph that has no words left goes, and so does a span or a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import xmltree
from tidytranscript.formats.clocks import clock
from tidytranscript.formats.cues import Cue, Voice, cues_of
from tidytranscript.formats.frames import Builder, refilled
from tidytranscript.formats.pieces import Piece, Word, broken, lay, time_words
from tidytranscript.formats.ttmlhead import Head, Timed, head_of, timed
from tidytranscript.formats.voices import Voices
from tidytranscript.formats.xmltree import Token
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

_NOT_SAID: Final = frozenset(
    ("metadata", "title", "desc", "copyright", "name", "set", "style", "region", "image", "audio")
)
_RUBY: Final = frozenset(("text", "textContainer", "delimiter"))  # what is said stands in the base
_FEW: Final = 4  # words in a timed span: in one of more, the time says when the first begins, and no more
_LAST_BREAK: Final = re.compile(
    r"<(?:[\w.-]+:)?br\s*(?:/>|></(?:[\w.-]+:)?br\s*>)(?=(?:\s|</(?:[\w.-]+:)?span>)*</(?:[\w.-]+:)?p>)"
)
_NAME: Final = re.compile(r"[^\W\d][\w.-]*")


def likeness(content: str) -> int:
    """2 if the root element is that of TTML."""
    return 2 if xmltree.root(content)[0] == "tt" else 0


def load(content: str) -> Transcript:
    """The paragraphs of a TTML text as cues, with the times of words and the names of agents.

    Raises UnreadableInput if it has no paragraph.
    """
    with collector_paused():
        xml = xmltree.parsed(content)
        builder = Builder("ttml", content)
        xml.report(builder)
        head = head_of(xml.tokens, builder)
        if not any(token.kind == "start" and token.value == "p" for token in xml.tokens):
            raise UnreadableInput("<ttml>", "TTML without a paragraph", "Is it the whole file?")
        _Reader(builder, head).read(timed(xml.tokens, head, builder))
        return builder.transcript(head.metadata)


class _Reader:
    """Goes through the elements and lays each paragraph into the transcript's text."""

    def __init__(self, builder: Builder, head: Head) -> None:
        self.builder = builder
        self.raw = builder.raw
        self.head = head
        self.voices = Voices(builder)
        self.identifiers: set[str] = set()
        self.lines: list[list[Piece | None]] = [[]]
        self.owners: dict[int, int] = {}  # by the place of a piece, that of the span whose times it has
        self.counts: Counter[int] = Counter()  # how many words such a span has
        self.blank = True  # whether nothing is said in the last line yet
        self.last_ms = 0

    def read(self, elements: Iterable[tuple[Token, Timed, int]]) -> None:
        paragraph: tuple[Timed, int] | None = None
        ignored: int | None = None
        starts: dict[int, int] = {}  # where a line begins, by how deep that is
        for token, element, depth in elements:
            if ignored is not None:
                if token.kind == "end" and depth == ignored:
                    ignored = None
                continue
            if token.kind == "start" and (token.value in _NOT_SAID or token.attributes.get("ruby") in _RUBY):
                ignored = depth
                self.builder.extra("ruby notes", int("ruby" in token.attributes))
            elif token.kind == "start" and token.value == "p" and paragraph is None:
                paragraph = element, depth
                starts = {depth: token.end}
                self.lines, self.owners, self.counts = [], {}, Counter()
                self.begin_line()
            elif paragraph is None:
                continue
            elif token.kind == "start":
                if self.blank:
                    starts[depth] = token.end
            elif token.kind == "end":
                starts.pop(depth, None)
                if depth == paragraph[1]:
                    self.paragraph(element, token.end)
                    paragraph = None
                elif token.value == "br":
                    if depth - 1 in starts:
                        self.builder.shell(starts[depth - 1], token.end)
                    self.begin_line()
                    starts = {depth - 1: token.end}
                else:
                    self.builder.shell(element.token.start, token.end)
            else:
                self.characters(token, element)
        self.voices.close()

    def characters(self, token: Token, element: Timed) -> None:
        """Add what is said in one token to the line."""
        if token.kind == "escape":
            self.add(token.start, token.end, token.value, element)
        elif element.preserve:
            at = token.start
            for i, text in enumerate(self.raw[token.start : token.end].split("\n")):
                if i:
                    self.begin_line()
                if text:
                    self.add(at, at + len(text), text, element)
                at += len(text) + 1
        else:
            for span in broken(self.raw, token.start, token.end):
                if span:
                    self.add(*span, self.raw[slice(*span)], element)
                else:
                    self.lines[-1].append(None)

    def begin_line(self) -> None:
        """What follows is another line."""
        self.lines.append([])
        self.blank = True

    def add(self, start: int, end: int, text: str, element: Timed) -> None:
        """Add a piece to the line."""
        self.lines[-1].append(Piece(start, end, text, element.own, element.voice))
        self.blank = False
        self.owners[start] = element.owner
        self.counts[element.owner] += len(text.split())

    def paragraph(self, element: Timed, end: int) -> None:
        """Lay the lines of a paragraph that ends here."""
        builder = self.builder
        pieces = [piece for line in self.lines for piece in line if piece and piece.text.strip()]
        if not pieces:
            return
        builder.glue("\n")
        at = builder.next
        words = [word for line in self.lines for word in self.laid(line)]
        span = Span(at, builder.at)
        times = element.times or _around(pieces)
        if times:
            builder.label("cue", span, times)
            start_ms = times.start_ms or 0
            if start_ms < self.last_ms:
                builder.odd(element.token.start, "a paragraph that begins before the one above", "left it in its place")
            self.last_ms = start_ms
            if times.end_ms is not None and times.end_ms < start_ms:
                builder.odd(element.token.start, "a paragraph that ends before it begins", "left its times as they are")
        else:
            builder.odd(element.token.start, "a paragraph without times", "read its words")
        time_words(builder, words, times.end_ms if times else None)
        name = element.token.attributes.get("id")
        if name:
            builder.label("identifier", span, name)
            if name in self.identifiers:
                builder.odd(element.token.start, f"the id {name[:40]!r} a second time", "left it as it is")
            self.identifiers.add(name)
        builder.shell(*_whole_lines(self.raw, element.token.start, end))

    def laid(self, line: Sequence[Piece | None]) -> list[Word]:
        """The words of a line, laid; those of long spans without times."""
        long = [piece and self.counts[self.owners[piece.start]] > _FEW for piece in line]
        kept = [piece._replace(times=None) if piece and far else piece for piece, far in zip(line, long, strict=True)]
        return lay(self.builder, kept, self.voices)


def _around(pieces: Sequence[Piece]) -> Times | None:
    """The times of a paragraph of which only the spans have any."""
    starts = [piece.times.start_ms for piece in pieces if piece.times and piece.times.start_ms is not None]
    ends = [piece.times.end_ms for piece in pieces if piece.times and piece.times.end_ms is not None]
    return Times(min(starts), max(ends) if ends else None) if starts else None


def _whole_lines(raw: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the rest of its lines, where nothing else stands on them."""
    above = raw.rfind("\n", 0, start) + 1
    below = raw.find("\n", end)
    if below < 0 or raw[above:start].strip(" \t") or raw[end:below].strip(" \t\r"):
        return start, end
    return above, below + 1


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "ttml":
        new = refilled(transcript, xmltree.written, xmltree.read)
        # Where the last line of a paragraph is gone, a line end without a line is left.
        return new if new == frame.raw or _LAST_BREAK.search(frame.raw) else _LAST_BREAK.sub("", new)
    cues = cues_of(transcript, "ttml")
    voices = dict.fromkeys(voice.speaker for cue in cues for voice in cue.voices if voice.speaker)
    agents = {name: f"speaker{i}" for i, name in enumerate(voices, 1)}
    language = xmltree.written(str(transcript.metadata.get("language") or ""))
    title = xmltree.written(" ".join(str(transcript.metadata.get("title") or "").split()))
    facts = [f"      <ttm:title>{title}</ttm:title>\n"] if title else []
    for name, agent in agents.items():
        said = xmltree.written(" ".join(name.split()))
        facts.append(
            f'      <ttm:agent xml:id="{agent}" type="person"><ttm:name type="full">{said}</ttm:name></ttm:agent>\n'
        )
    head = ["  <head>\n    <metadata>\n", *facts, "    </metadata>\n  </head>\n"] if facts else []
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" ',
            f'xml:lang="{language}">\n',
            *head,
            "  <body>\n    <div>\n",
            *_paragraphs(transcript.text, cues, agents),
            "    </div>\n  </body>\n</tt>\n",
        ]
    )


def _paragraphs(text: str, cues: Iterable[Cue], agents: dict[str, str]) -> Iterator[str]:
    used = set(agents.values())
    for cue in cues:
        name = cue.identifier or ""
        named = f' xml:id="{name}"' if _NAME.fullmatch(name) and name not in used else ""
        used.add(name)
        alone = len(cue.voices) == 1
        agent = _agent(cue.voices[0], agents) if alone else ""
        words = cue.timed if _hold(cue) else ()
        parts = []
        at = cue.voices[0].span.start
        for voice in cue.voices:
            said = _said(text, voice.span, words, cue.start_ms)
            parts.append(_gap(text[at : voice.span.start]))
            parts.append(said if alone or not voice.speaker else f"<span{_agent(voice, agents)}>{said}</span>")
            at = voice.span.end
        times = f'begin="{clock(cue.start_ms)}" end="{clock(cue.end_ms)}"'
        yield f"      <p{named} {times}{agent}>{''.join(parts)}</p>\n"


def _agent(voice: Voice, agents: dict[str, str]) -> str:
    return f' ttm:agent="{agents[voice.speaker]}"' if voice.speaker else ""


def _gap(text: str) -> str:
    return "<br/>" if "\n" in text else " " if text else ""


def _hold(cue: Cue) -> bool:
    """Whether the words end inside the cue, too."""
    return all((word.value.end_ms or 0) <= cue.end_ms for word in cue.words)


def _said(text: str, span: Span, words: Sequence[Label], start_ms: int) -> str:
    """A stretch of text with a timed span around each timed word; their times count from the start of the cue."""
    out = []
    at = span.start
    for word in words:
        if not at <= word.span.start < word.span.end <= span.end:
            continue
        out.append(_lines(text[at : word.span.start]))
        times = word.value
        end = "" if times.end_ms is None else f' end="{(times.end_ms - start_ms) / 1000:.3f}s"'
        out.append(f'<span begin="{(times.start_ms - start_ms) / 1000:.3f}s"{end}>')
        out.append(f"{_lines(text[word.span.start : word.span.end])}</span>")
        at = word.span.end
    return "".join([*out, _lines(text[at : span.end])])


def _lines(text: str) -> str:
    return xmltree.written(text).replace("\n", "<br/>")
