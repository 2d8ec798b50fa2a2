"""Reading and writing: the table of formats, and how one is told from another.

| format | times | speakers | metadata | edits | written back in place |
|---|---|---|---|---|---|
| text | no | yes, as `Name:` | title, channel, summary, topics | no | no: as a readable transcript |
| markdown | of paragraphs | yes, as `**Name:**` | yes, as front matter | no | yes |
| json | yes | yes | yes | yes | no |
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from os import PathLike, fspath
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias, cast

from attrs import evolve, frozen

from tidytranscript.errors import UnknownName, UnreadableInput, WouldOverwrite
from tidytranscript.formats import json, markdown, text
from tidytranscript.formats.atomic import write_atomically
from tidytranscript.formats.decoding import decoded
from tidytranscript.transcript import Transcript

if TYPE_CHECKING:
    from tidytranscript.provenance import Change

Source: TypeAlias = "str | PathLike[str] | IO[bytes] | IO[str]"
"""A path, or an open file, of bytes or of text."""


@frozen
class Format:
    """One format: how to tell it, read it and write it.

    Attributes:
        name: what `format=` and `--to` call it.
        suffixes: how its files' names end.
        looks: whether a text is surely of this format.
        load: a text to a transcript.
        dump: a transcript, and the changes that made it, to a text.
    """

    name: str
    suffixes: tuple[str, ...]
    looks: Callable[[str], bool]
    load: Callable[[str], Transcript]
    dump: Callable[[Transcript, Iterable[Any]], str]


FORMATS: Final = {
    found.name: found
    for found in (
        Format("json", (".json",), json.looks, json.load, json.dump),
        Format("markdown", (".md", ".markdown"), markdown.looks, markdown.load, markdown.dump),
        Format("text", (".txt", ".text", ""), text.looks, text.load, text.dump),
    )
}


def format_named(name: str) -> Format:
    """The format of that name; UnknownName if there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownName.among("format", name, FORMATS) from None


def loads(content: str, format: str | None = None, *, name: str = "<text>") -> Transcript:  # noqa: A002
    """The transcript in a string, read as a file of that content would be.

    The format is told from the content, then from `name`; `format` forces one. Raises UnreadableInput, UnknownName.

    >>> loads("---\\ntitle: Whales\\n---\\n\\n[0:05](https://example.org) Hello.").metadata["title"]
    'Whales'
    """
    found = format_named(format) if format is not None else _told(content, name)
    try:
        return found.load(content)
    except UnreadableInput as error:
        raise UnreadableInput(name, error.problem, error.hint) from None


def _told(content: str, name: str) -> Format:
    foreign = text.foreign(content)
    if foreign:
        hint = 'Convert it first, or read it as plain text on purpose with format="text" (--from text)'
        raise UnreadableInput(name, f"this is {foreign}, which this version does not read", hint)
    for candidate in FORMATS.values():
        if candidate.looks(content):
            return candidate
    suffix = os.path.splitext(name)[1].lower()
    return next((f for f in FORMATS.values() if suffix in f.suffixes and f.name != "json"), FORMATS["text"])


def read(source: Source, format: str | None = None, *, encoding: str | None = None) -> Transcript:  # noqa: A002
    """The transcript in a file, given as a path or open file.

    Bytes are UTF-8, with or without a byte order mark, unless `encoding` names another; nothing is guessed.
    Raises UnreadableInput with the place and a hint, UnknownName, or OSError if the file can't be opened.
    """
    if isinstance(source, str | PathLike):
        name = fspath(source)
        with open(source, "rb") as file:
            raw: bytes | str = file.read()
    else:
        name = str(getattr(source, "name", "<file>"))
        raw = source.read()
    content = raw if isinstance(raw, str) else decoded(raw, name, encoding)
    transcript = loads(content, format, name=name)
    if encoding is not None and transcript.frame:
        return evolve(transcript, frame=evolve(transcript.frame, encoding=encoding))
    return transcript


def dumps(transcript: Transcript, format: str | None = None, *, changes: Iterable[Change] = ()) -> str:  # noqa: A002
    """The transcript as a string in a format: the one it was read from, unless `format` names another.

    `changes` are listed where the format can hold them (JSON). Raises UnknownName.

    >>> dumps(loads("ANNA: Yes.\\nBEN: No."), "json")[:14]
    '{\\n  "schema": '
    """
    name = format or (transcript.frame.format if transcript.frame else "text")
    return format_named(name).dump(transcript, changes)


def write(
    transcript: Transcript,
    target: str | PathLike[str] | IO[bytes] | IO[str],
    format: str | None = None,  # noqa: A002
    *,
    changes: Iterable[Change] = (),
    overwrite: bool = False,
) -> None:
    """Write the transcript to a path or an open file, in the format that `format` or else the path's name says.

    A file that stands there is left alone (WouldOverwrite) unless `overwrite`; then it is replaced atomically, its mode
    kept. Raises UnknownName or OSError.
    """
    if not isinstance(target, str | PathLike):
        content = dumps(transcript, format, changes=changes)
        if isinstance(target, io.TextIOBase):
            target.write(content)
        else:
            cast("IO[bytes]", target).write(content.encode(_encoding(transcript)))
        return
    path = fspath(target)
    if format is None:
        suffix = os.path.splitext(path)[1].lower()
        format = next((f.name for f in FORMATS.values() if suffix and suffix in f.suffixes), None)  # noqa: A001
    content = dumps(transcript, format, changes=changes)
    if not overwrite and os.path.exists(path):
        raise WouldOverwrite(path)
    write_atomically(path, content.encode(_encoding(transcript)))


def _encoding(transcript: Transcript) -> str:
    return transcript.frame.encoding if transcript.frame else "utf-8"
