"""The paragraphs of a transcript: by turn, and inside a turn where the source or its length asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from tidytranscript.blanks import closed
from tidytranscript.sentences import sentences
from tidytranscript.transcript import UNLABELLED, Transcript

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_LINE_END = re.compile("\n")
_LEAST = 60  # words before a break of the source's lines makes a paragraph
_MOST = 180  # words after which the next sentence end does


@frozen
class Paragraph:
    """One paragraph in one line; `opens` where a turn begins with it, `sure` unless it is rather not the speaker's."""

    text: str
    speaker: str | None
    opens: bool
    sure: bool = True


def paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """What to read, in order: every word of the transcript's text but written speaker labels.

    A source in which each block ends a sentence has paragraphs already, and keeps them. Captions are joined: a
    paragraph ends with a line that ends a sentence, from 60 words on, or with any sentence from 180. So the paragraphs
    of what is written here are the same when it is read again.
    """
    text = transcript.text
    turns = transcript.turns
    spans = [(turn.speaker, turn.confidence > UNLABELLED, *turn.span) for turn in turns]
    spans = spans or [(None, True, 0, len(text))]
    parting = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE_END
    blocks = [list(_blocks(text[start:end], parting)) for *_, start, end in spans]
    set_already = all(_ends(block) for found in blocks for block in found)
    for (speaker, sure, *_), found in zip(spans, blocks, strict=True):
        opens = True
        for paragraph in found if set_already else _joined(found):
            yield Paragraph(paragraph, speaker, opens, sure)
            opens = False


def _blocks(text: str, parting: re.Pattern[str]) -> Iterator[str]:
    for block in parting.split(text):
        line = closed(" ".join(block.split()))
        if line:
            yield line


def _ends(block: str) -> bool:
    return block.rstrip("\"'”’)]*")[-1:] in tuple(".?!…:")


def _joined(blocks: list[str]) -> Iterator[str]:
    paragraph: list[str] = []
    size = 0
    for block in blocks:
        last = None
        for start, end in sentences(block):
            last = block[start:end]
            paragraph.append(last)
            size += last.count(" ") + 1
            if size >= _MOST and _ends(last):
                yield closed(" ".join(paragraph))
                paragraph, size = [], 0
        if paragraph and size >= _LEAST and last and _ends(last):
            yield closed(" ".join(paragraph))
            paragraph, size = [], 0
    if paragraph:
        yield closed(" ".join(paragraph))
