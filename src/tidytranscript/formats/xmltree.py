"""XML with the place of everything in it: each tag and each piece of character data, by code points of the text.

The parser is the standard library's expat. It is given the text with what stands above the root element blanked out:
so an encoding declaration does not matter in what is text already, and no entity is ever defined, whatever a document
type says: a reference to one is read as HTML would read it, or as it stands. A text that breaks off, or goes wrong, is
read up to there, and its open elements end there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from xml.parsers import expat

from attrs import frozen

from tidytranscript.formats.frames import Builder

_PROLOG: Final = re.compile(
    r"\ufeff?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])[^<]*")
_TAG: Final = re.compile(r"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")
_ESCAPE: Final = re.compile(r"&(?:#([0-9]{1,7});|#x([0-9a-fA-F]{1,6});|[^\W\d][\w.-]*;)?")
_WHOLE: Final = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[^\W\d][\w.-]*);")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SECTION: Final = "<![CDATA["
_PUT: Final = "\x7f"  # where the parser must not see a character: one that XML allows, and that is one byte


class Token(NamedTuple):
    """One piece of a text in XML: `content[start:end]`.

    `kind` is "start" or "end" of an element, "text" (characters that stand for themselves) or "escape" (an entity, or
    a CDATA section). `value` is the name of the element, without prefix, or what the characters are. `attributes` are
    those of a start, by their names without prefix. The end of an element without content is empty.
    """

    kind: str
    start: int
    end: int
    value: str
    attributes: Mapping[str, str] = {}


@frozen
class Xml:
    """A text in XML: its tokens in order; how many comments it has; where and why reading ended before its end."""

    tokens: list[Token]
    comments: int
    fault: tuple[int, str] | None
    loose: list[int]  # where texts have an `&` that begins no escape

    def report(self, builder: Builder) -> None:
        """Put what is odd about the text, and its comments, where the reader's findings are."""
        builder.extra("comments", self.comments)
        if self.fault:
            builder.odd(self.fault[0], f"XML that goes wrong here: {self.fault[1]}", "read what stands above it")
        if self.loose:
            builder.odd(self.loose[0], f"an & that begins no escape, in {len(self.loose)} places", "read it as it is")


def root(content: str) -> tuple[str, str]:
    """The name of the root element, without prefix, and its start tag or so; empty where there is none.

    >>> root("<?xml version='1.0'?><!-- -->\\n<tt:tt xml:lang='en'><body/>")[0]
    'tt'
    """
    found = _ROOT.match(content, _above(content))
    return (found[1], found[0]) if found else ("", "")


def _above(content: str) -> int:
    """Where the root element begins."""
    found = _PROLOG.match(content)
    return found.end() if found else 0


def parsed(content: str) -> Xml:
    """The tokens of a text in XML.

    >>> [(token.kind, token.value) for token in parsed("<p>R&amp;D<br/></p>").tokens]
    [('start', 'p'), ('text', 'R'), ('escape', '&'), ('text', 'D'), ('start', 'br'), ('end', 'br'), ('end', 'p')]
    """
    return _Parsing(content).done()


class _Parsing:
    """One run of the parser, which calls back for each thing it meets."""

    def __init__(self, content: str) -> None:
        start = _above(content)
        self.content = content
        self.loose: list[int] = []
        self.scan = " " * start + _FORBIDDEN.sub(_PUT, _ESCAPE.sub(self._checked, content[start:]))
        self.data = self.scan.encode("utf-8", "replace")
        self.ascii = len(self.data) == len(self.scan)
        self.byte = self.place = 0
        self.tokens: list[Token] = []
        self.opened: list[str] = []
        self.comments = 0
        self.section: int | None = None
        self.run: tuple[int, int] | None = None

    @staticmethod
    def _checked(escape: re.Match[str]) -> str:
        code = int(escape[1]) if escape[1] else int(escape[2], 16) if escape[2] else None
        proper = len(escape[0]) > 1 and (code is None or (code < 0x110000 and not _FORBIDDEN.match(chr(code))))
        return escape[0] if proper else _PUT + escape[0][1:]

    def done(self) -> Xml:
        parser = self.parser = expat.ParserCreate("utf-8")
        parser.UseForeignDTD(True)  # an entity that nothing defines is then no fault
        parser.StartElementHandler = self.on_start
        parser.EndElementHandler = self.on_end
        parser.CharacterDataHandler = self.on_text
        parser.DefaultHandler = self.on_other
        parser.CommentHandler = self.on_comment
        parser.StartCdataSectionHandler = self.on_section
        parser.EndCdataSectionHandler = self.on_section_end
        fault = None
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            self.flush()
            at = max(self.here(), self.tokens[-1].end if self.tokens else 0)
            fault = (at, expat.ErrorString(error.code))
            for name in reversed(self.opened):
                self.tokens.append(Token("end", at, at, name))
        self.flush()
        return Xml(self.tokens, self.comments, fault, self.loose)

    def here(self) -> int:
        """Where the parser is, in code points."""
        at = self.parser.CurrentByteIndex
        if self.ascii:
            return at
        if at > self.byte:
            self.place += len(self.data[self.byte : at].decode("utf-8", "replace"))
            self.byte = at
        return self.place

    def flush(self) -> None:
        if self.run:
            start, end = self.run
            value = self.content[start:end].replace("\r\n", "\n").replace("\r", "\n")
            self.tokens.append(Token("text", start, end, value))
            if "&" in value:
                self.loose.append(self.content.index("&", start))
            self.run = None

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        self.flush()
        at = self.here()
        tag = _TAG.match(self.scan, at)
        end = tag.end() if tag else at
        bare = {key.rpartition(":")[2]: value for key, value in attributes.items() if ":" in key}
        bare.update({key: value for key, value in attributes.items() if ":" not in key})
        name = name.rpartition(":")[2]
        self.opened.append(name)
        self.tokens.append(Token("start", at, end, name, bare))

    def on_end(self, name: str) -> None:
        self.flush()
        at = self.here()
        last = self.tokens[-1]
        if last.kind == "start" and last.end == at and self.scan.endswith("/>", last.start, at):
            end = at  # of an element without content
        else:
            end = self.scan.index(">", at) + 1
        self.opened.pop()
        self.tokens.append(Token("end", at, end, name.rpartition(":")[2]))

    def on_text(self, text: str) -> None:
        if self.section is not None:
            return
        at = self.here()
        if self.scan[at] == "&":
            self.escape(at, self.scan.index(";", at) + 1)
            return
        length = len(text) if self.scan[at] != "\r" else 2 if self.scan.startswith("\r\n", at) else 1
        if self.run and self.run[1] == at:
            self.run = (self.run[0], at + length)
        else:
            self.flush()
            self.run = (at, at + length)

    def escape(self, start: int, end: int) -> None:
        self.flush()
        self.tokens.append(Token("escape", start, end, read(self.content[start:end])))

    def on_other(self, data: str) -> None:
        self.flush()
        if data.startswith("&"):
            at = self.here()
            self.escape(at, at + len(data))

    def on_comment(self, _: str) -> None:
        self.flush()
        self.comments += 1

    def on_section(self) -> None:
        self.flush()
        self.section = self.here()

    def on_section_end(self) -> None:
        if self.section is not None:
            self.escape(self.section, self.here() + len("]]>"))
        self.section = None


def read(piece: str) -> str:
    """What a text token, an escape or a CDATA section stands for.

    >>> read("&#233;"), read("<![CDATA[R&D]]>"), read("R and D")
    ('é', 'R&D', 'R and D')
    """
    if piece.startswith(_SECTION):
        return piece[len(_SECTION) : -len("]]>")].replace("\r\n", "\n")
    return html.unescape(piece) if piece.startswith("&") and _WHOLE.fullmatch(piece) else piece


def written(text: str) -> str:
    """A text as character data, or as the value of an attribute; what XML has no place for is U+FFFD.

    >>> written('R&D <3 "x"')
    'R&amp;D &lt;3 &quot;x&quot;'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _FORBIDDEN.sub("\ufffd", text.replace("\r", "&#13;"))
