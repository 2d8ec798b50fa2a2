"""Markdown as sections and blocks: which lines are paragraphs, which lists, and which are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from attrs import frozen

Kind: TypeAlias = Literal["plain", "list", "other"]
"""What a block may be: a paragraph, a list, or what nobody says: a table, a quote, HTML, a picture, a line in bold."""

ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
"""The mark of a list item, with the blanks around it."""

_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(?P<title>[^\n]*)")
_FENCE: Final = re.compile(r"[ \t]{0,3}(```+|~~~+)")
_RULE: Final = re.compile(r"[ ]{0,3}(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*\r?$")
_NOT_PLAIN: Final = re.compile(
    r"[ ]{4}|\t|[ \t]*(?:>|<[!/a-zA-Z]|\||!\[|\[!\[|\[\^?[^\]\n]+\]:[ \t]|(?:import|export)[ ].*['\"{(;])"
)
_LINKS: Final = re.compile(r"\s*(?:!?\[[^\]\n]*\]\([^)\n]*\)[\s,|·]*)+")
_BOLD: Final = re.compile(r"\s*(?P<mark>\*\*|__)(?P<title>[^*_\n]+)(?P=mark)\s*")


class Block(NamedTuple):
    """Lines without a blank one between them: their place in the file, and what they are."""

    start: int
    end: int
    kind: Kind


@frozen
class Section:
    """A stretch from one heading to the next; the first may have no heading, and level 0.

    Attributes:
        level: of its heading, from 1.
        title: of its heading.
        start: where its heading begins.
        body: where what stands under the heading begins.
        end: where the next heading begins.
        blocks: in order, without code.
    """

    level: int
    title: str
    start: int
    body: int
    end: int
    blocks: tuple[Block, ...]


def sections(content: str, at: int) -> Iterator[Section]:
    """The sections of a Markdown text from a place on."""
    level, title, start, body = 0, "", at, at
    blocks: list[Block] = []
    block: int | None = None
    fence = ""

    def close(end: int) -> None:
        nonlocal block
        if block is not None:
            blocks.append(Block(block, end, _kind(content, block, end)))
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
            yield Section(level, title, start, body, at, tuple(blocks))
            level, title, start, body = len(heading[1]), _title(heading["title"]), at, min(stop + 1, len(content))
            blocks = []
        elif not line.strip() or _RULE.match(line):
            close(last)
        elif block is None:
            block = at
        last = stop
        at = stop + 1
    close(last)
    yield Section(level, title, start, body, len(content), tuple(blocks))


def _title(line: str) -> str:
    """What a heading says, without the marks that may close it."""
    line = line.rstrip()
    bare = line.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else line


def _kind(content: str, start: int, end: int) -> Kind:
    if ITEM.match(content, start, end):
        return "list"
    if _NOT_PLAIN.match(content, start, end):
        return "other"
    bold = _BOLD.fullmatch(content, start, end)
    if bold and bold["title"].rstrip()[-1:] not in ".?!…:":
        return "other"
    return "other" if content.startswith("[", start) and _LINKS.fullmatch(content, start, end) else "plain"
