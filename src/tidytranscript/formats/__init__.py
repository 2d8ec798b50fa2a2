"""Reading and writing: how a format is told from another, and the way from a file to a transcript and back.

Which formats there are, and what each can hold, stands in one table, `tidytranscript.formats.table`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from os import PathLike, fspath
from typing import IO, TYPE_CHECKING, TypeAlias, cast

from attrs import evolve

from tidytranscript.errors import AmbiguousFormat, CannotHold, UnreadableInput, WouldOverwrite
from tidytranscript.formats.atomic import write_atomically
from tidytranscript.formats.comments import with_comments
from tidytranscript.formats.decoding import decoded
from tidytranscript.formats.losses import losses
from tidytranscript.formats.table import FORMATS, Format, format_named
from tidytranscript.formats.unknown import foreign
from tidytranscript.transcript import Oddity, Transcript

if TYPE_CHECKING:
    from tidytranscript.provenance import Change

__all__ = ["FORMATS", "Format", "Source", "dumps", "format_named", "loads", "losses", "read", "write"]

Source: TypeAlias = "str | PathLike[str] | IO[bytes] | IO[str]"
"""A path, or an open file, of bytes or of text."""


def loads(content: str, format: str | None = None, *, name: str = "<text>") -> Transcript:  # noqa: A002
    """The transcript in a string, read as a file of that content would be.

    The format is told from the content, then from `name`; `format` forces one. Raises UnreadableInput, UnknownName.

    >>> loads("---\\ntitle: Whales\\n---\\n\\n[0:05](https://example.org) Hello.").metadata["title"]
    'Whales'
    """
    found = format_named(format) if format is not None else _told(content, name)
    try:
        transcript = found.part.load(content)
    except UnreadableInput as error:
        raise UnreadableInput(name, error.problem, error.hint) from None
    transcript = with_comments(transcript)
    return transcript if format else _with_name_doubted(transcript, os.path.splitext(name)[1].lower())


def _with_name_doubted(transcript: Transcript, suffix: str) -> Transcript:
    """The transcript, with an oddity if it is of plain text in a file whose name says that it is something else."""
    frame = transcript.frame
    said = any(suffix in known.suffixes for known in FORMATS.values())
    if frame is None or frame.format != "text" or suffix in FORMATS["text"].suffixes or not said:
        return transcript
    if not transcript.text.strip():
        return transcript
    odd = Oddity(1, f"the name ends in {suffix}, but nothing in the file is of that format", "read it as plain text")
    return evolve(transcript, frame=evolve(frame, oddities=(odd, *frame.oddities)))


def _told(content: str, name: str) -> Format:
    """The format that the content says, or else the name of the file."""
    start = content[:200].lstrip("\ufeff \t\r\n")[:1]
    fits = [(found.part.likeness(content), found) for found in FORMATS.values() if found.may_open_with(start)]
    sure = [found for likeness, found in fits if likeness == 2]
    perhaps = [found for likeness, found in fits if likeness == 1]
    suffix = os.path.splitext(name)[1].lower()
    named = [found for found in sure or perhaps if suffix in found.suffixes]
    if len(sure or perhaps) > 1 and len(named) != 1:
        raise AmbiguousFormat(name, tuple(found.name for found in sure or perhaps))
    if sure or perhaps:
        return (sure or perhaps)[0] if len(sure or perhaps) == 1 else named[0]
    kind = foreign(content)
    if kind:
        hint = 'Convert it first, or read it as plain text on purpose with format="text" (--from text)'
        raise UnreadableInput(name, f"this is {kind}, which nothing here reads", hint)
    return FORMATS["markdown"] if suffix in FORMATS["markdown"].suffixes else FORMATS["text"]


def read(source: Source, format: str | None = None, *, encoding: str | None = None) -> Transcript:  # noqa: A002
    """The transcript in a file, given as a path or open file.

    Bytes are UTF-8, with or without a byte order mark, or UTF-16 with one, unless `encoding` names another; nothing
    is guessed.
    Raises UnreadableInput with the place and a hint, UnknownName, or OSError if the file can't be opened.
    """
    if isinstance(source, str | PathLike):
        name = fspath(source)
        with open(source, "rb") as file:
            raw: bytes | str = file.read()
    else:
        name = str(getattr(source, "name", "<file>"))
        raw = source.read()
    return loads(raw, format, name=name) if isinstance(raw, str) else from_bytes(raw, format, name, encoding)


def _told_of_bytes(raw: bytes) -> Format | None:
    """The format whose files are bytes and no text, if these are such."""
    starting = (found for found in FORMATS.values() if found.magic and raw.startswith(found.magic))
    return next((found for found in starting if found.part.likeness_of_bytes(raw)), None)


def from_bytes(raw: bytes, format: str | None, name: str, encoding: str | None = None) -> Transcript:  # noqa: A002
    """The transcript in the bytes of a file, as `read` reads it; `name` stands in errors, and may tell the format."""
    found = format_named(format) if format is not None else _told_of_bytes(raw)
    if found and found.magic:
        try:
            return found.part.load_bytes(raw)
        except UnreadableInput as error:
            raise UnreadableInput(name, error.problem, error.hint) from None
    content, used = decoded(raw, name, encoding)
    transcript = loads(content, format, name=name)
    return evolve(transcript, frame=evolve(transcript.frame, encoding=used)) if transcript.frame else transcript


def default_format(transcript: Transcript) -> str:
    """The name of the format that a transcript is written in where none is named: its own, or readable text."""
    found = format_named(transcript.frame.format) if transcript.frame and transcript.frame.format else None
    return found.name if found and found.writes else "text"


def format_of(suffix: str) -> str | None:
    """The name of the format that files with a suffix, such as ".vtt", are written in; None if there is none."""
    return next((f.name for f in FORMATS.values() if f.writes and suffix and suffix in f.suffixes), None)


def format_for(transcript: Transcript, path: str) -> str:
    """The name of the format that a transcript is written in at a path: its own if the suffix is one of that, or else
    the one that the suffix names, or else its default. CannotHold where files of that name are only read.
    """
    own = default_format(transcript)
    suffix = os.path.splitext(path)[1].lower()
    if suffix in format_named(own).suffixes:
        return own
    named = format_of(suffix)
    only_read = next((f.name for f in FORMATS.values() if suffix and suffix in f.suffixes), None)
    if named is None and only_read:
        problem = "there is none, files of this name are only read. Name another, such as .txt or .json"
        raise CannotHold(only_read, "a writer", problem)
    return named or own


def dumps(transcript: Transcript, format: str | None = None, *, changes: Iterable[Change] = ()) -> str:  # noqa: A002
    """The transcript as a string in a format: the one it was read from, unless `format` names another.

    `changes` are listed where the format can hold them (JSON). Raises UnknownName, or CannotHold where the transcript
    lacks what the format is made of, such as times. What the format can't hold, `losses` says.

    >>> dumps(loads("ANNA: Yes.\\nBEN: No."), "json")[:14]
    '{\\n  "schema": '
    """
    name = format or default_format(transcript)
    found = format_named(name)
    if not found.writes:
        raise CannotHold(name, "a writer", "there is none, it is only read. Write it as text, markdown or json")
    return found.part.dump(transcript, changes)


def write(
    transcript: Transcript,
    target: str | PathLike[str] | IO[bytes] | IO[str],
    format: str | None = None,  # noqa: A002
    *,
    changes: Iterable[Change] = (),
    overwrite: bool = False,
) -> tuple[str, ...]:
    """Write the transcript to a path or an open file, in the format that `format` or else the path's name says.

    What the format cannot hold is returned, in words. A file that stands there is left alone (WouldOverwrite) unless
    `overwrite`; then it is replaced atomically, its mode kept. The encoding is that of the file the transcript was read
    from, where it goes back into the same format, and UTF-8 otherwise. Raises UnknownName, CannotHold or OSError.
    """
    path = fspath(target) if isinstance(target, str | PathLike) else None
    name = format or (default_format(transcript) if path is None else format_for(transcript, path))
    content = dumps(transcript, name, changes=changes)
    frame = transcript.frame
    encoding = frame.encoding if frame and frame.format == name else "utf-8"
    if path is not None:
        if not overwrite and os.path.exists(path):
            raise WouldOverwrite(path)
        write_atomically(path, content.encode(encoding))
    elif isinstance(target, io.TextIOBase):
        target.write(content)
    else:
        cast("IO[bytes]", target).write(content.encode(encoding))
    return losses(transcript, name)
