"""Word files (.docx): transcripts as Microsoft Teams saves them, and any other one as plain paragraphs. Only read.

Teams has written two shapes. The older has `0:0:3.560 --> 0:0:7.120`, a name and words, each on a line; what stands
behind the point there are milliseconds without zeros before them. The newer has `Ann Lee   0:03` above the words, and
above them all the title, the date and the length of the meeting. Microsoft documents neither; so the files have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import text as plain
from tidytranscript.formats.clocks import milliseconds
from tidytranscript.formats.frames import Builder
from tidytranscript.formats.voices import Voices
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Times, Transcript

LARGEST: Final = 200_000_000
"""How many bytes a file may be when it is unpacked: some hundred times what the longest transcript is."""

_BODY: Final = "word/document.xml"
_WORDS: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_SAID: Final = frozenset(("pPr", "rPr", "del", "moveFrom", "instrText", "p"))  # the last: of a box in the paragraph
_CLOCK: Final = r"\d{1,6}:\d{1,2}:\d{1,2}\.\d{1,3}"
_TIMES: Final = re.compile(rf"({_CLOCK}) --> ({_CLOCK})", re.ASCII)
_NAMED: Final = re.compile(r"(\S[^\n]{0,99}?)(?:[ \u00a0]{2,}|[ \u00a0]*\t[ \u00a0\t]*)((?:\d{1,6}:)?\d{1,3}:\d{2})")
_SWITCHED: Final = re.compile(r"\S[^\n]{0,99} (?:started|stopped) transcription")
_LENGTH: Final = re.compile(r"(?:\d+h ?)?(?:\d+m ?)?(?:\d+s)?")
_DATE: Final = re.compile(r"(?=.*\b\d{4}\b).*\d.*")


def likeness(content: str) -> int:
    """A text is never a Word file."""
    return 0


def likeness_of_bytes(raw: bytes) -> int:
    """2 if these are the bytes of a Word file: a ZIP archive with its main part."""
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return 2 if _BODY in archive.namelist() else 0
    except Exception:  # zipfile raises many kinds on archives that are broken
        return 0


def load(content: str) -> Transcript:
    """Always raises UnreadableInput: a Word file is no text."""
    raise UnreadableInput(
        "<docx>", "a Word file is bytes, not text", "Read it from its path, or from a file opened as bytes"
    )


def load_bytes(raw: bytes) -> Transcript:
    """The transcript in the bytes of a Word file.

    Raises UnreadableInput if it is none, is larger than `LARGEST`, or has no words; and if python-docx is missing.
    """
    paragraphs = [[line.strip() for line in paragraph.split("\n") if line.strip()] for paragraph in _paragraphs(raw)]
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines:
        raise UnreadableInput("<docx>", "a Word file without words", "Is it the right file?")
    for head, least in ((_TIMES, 1), (_NAMED, 2)):
        if sum(1 for line in lines if head.fullmatch(line)) >= least:
            return _meeting(lines, head)
    joined = "\n\n".join(["\n".join(paragraph) for paragraph in paragraphs if paragraph])
    found = plain.load(joined)
    holes = found.frame.holes if found.frame else Spans()
    return Transcript(found.text, found.labels, found.metadata, Frame("docx", joined, holes))


def _paragraphs(raw: bytes) -> list[str]:
    """The text of each paragraph, in order, with those in tables and boxes."""
    import zipfile

    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except Exception:
        raise UnreadableInput("<docx>", "no Word file, or a broken one", "Save it again as .docx, or as text") from None
    if size > LARGEST:
        problem = f"{size:,} bytes when it is unpacked, of at most {LARGEST:,}"
        raise UnreadableInput("<docx>", problem, "Save its text alone as .txt")
    try:
        from docx import Document
    except ImportError:
        hint = "Install them: pip install 'tidytranscript[docx]'; or save the file as text"
        raise UnreadableInput("<docx>", "Word files need more packages", hint) from None
    try:
        body = Document(BytesIO(raw)).element.body
        return ["".join(_characters(paragraph)) for paragraph in body.iter(f"{_WORDS}p") if not _is_copy(paragraph)]
    except Exception as error:  # whatever python-docx and lxml raise on a broken file
        problem = f"a broken Word file: {type(error).__name__}: {error}"
        raise UnreadableInput("<docx>", problem, "Save it again as .docx, or as text") from None


def _is_copy(paragraph: Any) -> bool:
    """Whether a paragraph is what older programs show in place of one that is there as well."""
    return any(str(around.tag).endswith("}Fallback") for around in paragraph.iterancestors())


def _characters(element: Any) -> Iterator[str]:
    """The text in an element, but for what was deleted or moved away; the paragraphs of boxes come by themselves."""
    for child in element:
        name = str(child.tag).removeprefix(_WORDS)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _NOT_SAID:
            yield from _characters(child)


def _meeting(lines: Sequence[str], head: re.Pattern[str]) -> Transcript:
    """The transcript of a Teams meeting, of which each part begins with a line of the form `head`."""
    raw = "\n".join(lines)
    builder = Builder("docx", raw)
    voices = Voices(builder)
    heads = [i for i, line in enumerate(lines) if head.fullmatch(line)]
    places = [0]
    for line in lines:
        places.append(places[-1] + len(line) + 1)
    for i, stop in zip(heads, [*heads[1:], len(lines)], strict=True):
        match = head.fullmatch(lines[i])
        assert match is not None
        body = [j for j in range(i + 1, stop) if lines[j] and not _SWITCHED.fullmatch(lines[j])]
        if head is _TIMES:
            times = Times(_unpadded(match[1]), _unpadded(match[2]))
            name = lines[body.pop(0)] if len(body) > 1 else ""
        else:
            times = Times(milliseconds(match[2]), None)
            name = match[1].strip()
        if not body:
            continue
        builder.glue("\n")
        at = builder.next
        if not name:
            voices.close()
        elif name != voices.name:
            voices.opens(name)
        for j in body:
            builder.glue("\n")
            builder.hole(places[j], places[j] + len(lines[j]))
        builder.label("cue", Span(at, builder.at), times)
    voices.close()
    return builder.transcript(_facts(lines[: heads[0]]))


def _unpadded(one: str) -> int:
    """The time of a clock that has whole milliseconds behind its point.

    >>> _unpadded("0:0:6.90")
    6090
    """
    whole, _, ms = one.partition(".")
    return milliseconds(whole) + int(ms)


def _facts(lines: Sequence[str]) -> dict[str, str]:
    """What stands above the first words: the title, and the date."""
    kept = [line for line in lines if line and not _SWITCHED.fullmatch(line) and not _LENGTH.fullmatch(line)]
    dates = [line for line in kept[1:] if _DATE.fullmatch(line)]
    facts = {"title": kept[0]} if kept else {}
    return {**facts, "date": dates[0]} if dates else facts
