"""Which format a file is taken for: by its content first, then by its name; two that fit are an error."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import tidytranscript as tt
from tidytranscript.errors import AmbiguousFormat, TidyError, UnknownName, UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads, table
from tidytranscript.transcript import Transcript

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nSo we went.\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nSo we went.\n"
BARE = "00:00:01.000 --> 00:00:02.000\nSo we went.\n"
TALK = "So we went home.\nAnd it was late.\n"


def format_of(content: str, name: str = "<text>") -> str:
    frame = loads(content, name=name).frame
    assert frame is not None
    return frame.format


@pytest.mark.parametrize("name", ["<text>", "talk.vtt", "talk.srt", "talk.txt", "talk.md", "talk.json", "talk", ".srt"])
def test_content_comes_first(name: str) -> None:
    for content, format_ in ((VTT, "vtt"), (SRT, "srt")):
        assert format_of(content, name) == format_
        assert format_of("\ufeff" + content.replace("\n", "\r\n"), name) == format_
        assert format_of(content.replace("\n", "\r"), name) == format_


@pytest.mark.parametrize(
    ("content", "name", "format_"),
    [
        (BARE, "talk.vtt", "vtt"),
        (BARE, "talk.srt", "srt"),
        (BARE, "TALK.VTT", "vtt"),
        (BARE.replace(".000", ",000"), "talk.vtt", "srt"),
        (BARE.replace("02.000", "02.000 align:start"), "talk.srt", "vtt"),
        ("WEBVTT", "talk.srt", "vtt"),
        ("WEBVTT of bees\n\n1\n00:00:01,000 --> 00:00:02,000\nSo.\n", "talk.srt", "vtt"),
        (TALK, "talk.md", "markdown"),
        (TALK, "talk.txt", "text"),
        (TALK, "talk", "text"),
        ("", "talk.srt", "text"),
        ("WEBVTTs are files.\n", "talk", "text"),
    ],
)
def test_the_name_decides_where_the_content_does_not(content: str, name: str, format_: str) -> None:
    assert format_of(content, name) == format_


@pytest.mark.parametrize("name", ["<text>", "talk", "talk.txt", "talk.ass"])
def test_two_that_fit(name: str) -> None:
    with pytest.raises(AmbiguousFormat) as caught:
        loads(BARE, name=name)
    assert caught.value.formats == ("vtt", "srt")
    assert name in str(caught.value)
    assert "vtt and srt" in str(caught.value)
    assert "--from" in str(caught.value)


@pytest.mark.parametrize("name", ["talk.srt", "talk.vtt", "talk.SRT", "talk.sbv", "talk.json3"])
@pytest.mark.parametrize("content", [TALK, "Ann: So we went.\nBo: Home?\n", "12\n\nSo.\n"])
def test_a_name_that_is_wrong(name: str, content: str) -> None:
    read = loads(content, name=name)
    suffix = name[4:].lower()
    assert read.text == content
    assert dumps(read) == content
    assert read.frame is not None
    assert read.frame.format == "text"
    assert read.frame.oddities == (
        (1, f"the name ends in {suffix}, but nothing in the file is of that format", "read it as plain text"),
    )
    assert tt.tidy(read).transcript.frame == read.frame


@pytest.mark.parametrize("name", ["<text>", "talk", "talk.txt", "talk.text", "talk.md", "talk.rst", "talk.en"])
def test_a_name_that_is_not_wrong(name: str) -> None:
    frame = loads(TALK, name=name).frame
    assert frame is not None
    assert not frame.oddities
    forced = loads(TALK, "text", name="talk.srt").frame
    assert forced is not None
    assert not forced.oddities


@pytest.mark.parametrize("format_", ["vtt", "srt", "text", "markdown", "sbv"])
@pytest.mark.parametrize("content", [VTT, SRT, BARE, TALK, "", "\ufeff", "\0", "{", "<a>", "-->", "00:00:01.000 --> "])
def test_forced(format_: str, content: str) -> None:
    try:
        read = loads(content, format_, name="talk.json")
    except TidyError:
        return
    assert read.frame is not None
    assert read.frame.format == format_
    assert dumps(read) == content


def test_forced_on_another_format() -> None:
    assert [c.value for c in loads(SRT, "vtt").of_kind("cue")] == [c.value for c in loads(VTT, "srt").of_kind("cue")]
    assert loads(VTT, "srt").text == loads(SRT, "vtt").text == "So we went."
    assert loads(VTT, "text").text == VTT


def test_unknown_names() -> None:
    with pytest.raises(UnknownName, match="did you mean 'srt'"):
        loads(TALK, "strt")
    with pytest.raises(UnknownName):
        dumps(Transcript("So."), "subrip")


@pytest.mark.parametrize("content", ["<html><p>So.</p></html>", "{1}{20}So.", "Scenarist_SCC V1.0\n", '{"a": 1}'])
@pytest.mark.parametrize("name", ["talk.srt", "talk.txt", "<text>"])
def test_what_nothing_reads(content: str, name: str) -> None:
    with pytest.raises(UnreadableInput, match="nothing here reads") as caught:
        loads(content, name=name)
    assert caught.value.name == name
    assert loads(content, "text").text == content


def test_files_and_streams(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(BARE.encode())
    for source in (path, str(path), path.open("rb"), path.open(encoding="utf-8", newline="")):
        frame = tt.read(source).frame
        assert frame is not None
        assert (frame.format, frame.raw) == ("srt", BARE)
        if isinstance(source, io.IOBase):
            source.close()
    with pytest.raises(AmbiguousFormat, match="<file>"):
        tt.read(io.BytesIO(BARE.encode()))
    path.write_bytes(SRT.encode("utf-16"))
    frame = tt.read(path).frame
    assert frame is not None
    assert (frame.format, frame.raw, frame.encoding) == ("srt", f"\ufeff{SRT}", "utf-16-le")


def test_the_table() -> None:
    for name, found in FORMATS.items():
        assert found.name == name
        assert found.suffixes
        assert found.holds <= set(table.HOLDS)
        assert callable(found.part.load_bytes if found.magic else found.part.load)
        assert hasattr(found.part, "dump") or not found.writes
    assert all(len(row) == len(table.HEADINGS) for row in table.rows())
