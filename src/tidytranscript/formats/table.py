"""The table of formats: what each is called, how it is told from others, and what it can hold."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any, Final, Protocol, cast

from attrs import evolve, frozen

from tidytranscript.errors import BadPlugin, UnknownName
from tidytranscript.plugins import brought, offered
from tidytranscript.transcript import Transcript

HOLDS: Final = ("cues", "words", "ids", "speakers", "turns", "metadata", "edits")
"""What a format may hold: times of cues and words, identifiers of cues, who speaks, guessed turns, facts, the log."""


class Part(Protocol):
    """What the module of a format has."""

    def likeness(self, content: str) -> int:
        """2 if a text is surely of this format, 1 if it may be, 0 if it is not."""

    def load(self, content: str) -> Transcript:
        """The transcript in a text; UnreadableInput where there is none."""

    def likeness_of_bytes(self, raw: bytes) -> int:
        """2 if bytes are surely of this format; only where the format has `magic`."""

    def load_bytes(self, raw: bytes) -> Transcript:
        """The transcript in bytes; only where the format has `magic`."""

    def dump(self, transcript: Transcript, changes: Iterable[Any] = ()) -> str:
        """The text of a transcript; only where the format `writes`."""


@frozen
class Format:
    """One format.

    Attributes:
        name: what `format=` and `--to` call it.
        title: what people call it.
        suffixes: how its files' names end; the first is the one that is written.
        module: where its code is, beside this module; imported when it is first asked for.
        opens: the characters that such a file begins with, white space aside; empty for any.
        holds: what it can hold beside the words, of `HOLDS`.
        writes: whether it is written, too.
        magic: the bytes that such a file begins with, if it is no text.
        package: where the module is.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    opens: str = ""
    holds: frozenset[str] = frozenset()
    writes: bool = True
    magic: bytes = b""
    package: str = "tidytranscript.formats"

    @property
    def part(self) -> Part:
        """The code of the format."""
        return cast("Part", importlib.import_module(f"{self.package}.{self.module}"))

    def may_open_with(self, character: str) -> bool:
        """Whether such a file can begin with a character."""
        return not self.opens or (character != "" and character in self.opens)


def _format(name: str, title: str, suffixes: str, module: str, opens: str, holds: str, writes: bool = True) -> Format:
    return Format(name, title, tuple(suffixes.split()), module, opens, frozenset(holds.split()), writes)


FORMATS: Final = {
    found.name: found
    for found in (
        _format("vtt", "WebVTT", ".vtt", "webvtt", "", "cues words ids speakers"),
        _format("srt", "SubRip", ".srt", "subrip", "", "cues speakers"),
        _format("ttml", "TTML", ".ttml .dfxp .xml", "ttml", "<", "cues words ids speakers metadata"),
        _format("srv3", "YouTube timed text (srv3)", ".srv3 .xml", "srv3", "<", "cues words speakers"),
        _format("srv1", "YouTube timed text (srv1, srv2)", ".srv1 .srv2 .xml", "srv1", "<", "cues speakers"),
        _format("sbv", "SubViewer of YouTube", ".sbv", "sbv", "", "cues speakers"),
        _format("ass", "SubStation Alpha", ".ass .ssa", "ass", "[;", "cues speakers"),
        _format("lrc", "LRC", ".lrc", "lrc", "[", "cues words metadata", writes=False),
        _format("tsv", "table of Whisper", ".tsv .csv", "tsv", "sS", "cues", writes=False),
        evolve(
            _format("docx", "Word", ".docx", "docx", "", "cues speakers metadata", writes=False), magic=b"PK\x03\x04"
        ),
        _format("json", "tidytranscript JSON", ".json", "json", "{", "cues words ids speakers turns metadata edits"),
        _format("whisper", "Whisper JSON", ".json", "speech.whisper", "{[", "cues words speakers"),
        _format("podcasting", "Podcasting 2.0 JSON", ".json", "speech.podcasting", "{", "cues speakers"),
        _format("json3", "YouTube JSON (json3)", ".json3 .json", "speech.json3", "{", "cues words"),
        *(
            _format(name, f"{title} JSON", ".json", f"speech.{name}", "{[", "cues words speakers", writes=False)
            for name, title in (
                ("deepgram", "Deepgram"),
                ("assemblyai", "AssemblyAI"),
                ("aws", "Amazon Transcribe"),
                ("google", "Google Speech-to-Text"),
                ("azure", "Azure Speech"),
                ("rev", "Rev"),
                ("speechmatics", "Speechmatics"),
                ("kaldi", "Kaldi"),
                ("ibm", "IBM Watson"),
                ("turns", "other speech"),
            )
        ),
        _format("markdown", "Markdown", ".md .markdown .mdx", "markdown", "", "speakers turns metadata"),
        _format("text", "plain text", ".txt .text", "text", "", "speakers turns metadata"),
    )
}


HEADINGS: Final = ("name", "format", "suffixes", "written", *HOLDS)


def format_named(name: str) -> Format:
    """The format of that name, of the table or of a plugin. Raises UnknownName, or BadPlugin."""
    if name in FORMATS:
        return FORMATS[name]
    others = offered("formats")
    if name not in others:
        raise UnknownName.among("format", name, [*FORMATS, *others])
    found = brought("formats", name)
    if not isinstance(found, Format):
        raise BadPlugin(name, others[name].value, "is no tidytranscript.formats.Format")
    return found


def rows() -> list[tuple[str, ...]]:
    """The table, as text for people: one row for each format, under `HEADINGS`."""
    return [
        (
            found.name,
            found.title,
            " ".join(found.suffixes),
            "yes" if found.writes else "no",
            *("yes" if what in found.holds else "no" for what in HOLDS),
        )
        for found in FORMATS.values()
    ]
