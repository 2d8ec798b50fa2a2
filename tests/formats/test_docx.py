"""Word files: transcripts of Teams meetings, and any other."""

from __future__ import annotations

import builtins
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.errors import CannotHold, UnreadableInput
from tidytranscript.formats import docx as part
from tidytranscript.formats import dumps, from_bytes, loads, read
from tidytranscript.transcript import Transcript

MEETING = (
    "Weekly bees-20240102_100311-Meeting Recording",
    "January 2, 2024, 3:03PM",
    "1h 2m 4s",
    "Ann Lee started transcription",
    "",
    "Ann Lee   0:03\nGood morning, um, all.",
    "Bo Ek (Guest)\u00a0\u00a0\u00a01:02\nMorning.\nIt is 10:30.",
    "Bo Ek (Guest)   1:02:03\nThe room   is 4:30",
    "Cy\t1:05:00\nBye.",
    "Ann Lee stopped transcription",
)
OLDER = (
    "0:0:0.0 --> 0:0:1.510\nAnn Lee\nOK. Yeah.",
    "0:0:6.90 --> 0:0:6.500\nAnn Lee\nSo.\nTwo.",
    "1:2:3.45 --> 1:2:4.0\nBo Ek\nUmm.",
    "1:2:5.0 --> 1:2:6.0\nNobody is named.",
    "1:2:7.0 --> 1:2:8.0",
)


def word_file(paragraphs: Iterable[str], **parts: str) -> bytes:
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A Word file with other XML in its body."""
    source, out = zipfile.ZipFile(io.BytesIO(word_file(["x"]))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                start, end = content.index(b"<w:p>"), content.index(b"<w:sectPr")
                content = content[:start] + xml.encode() + content[end:]
            target.writestr(name, content)
    return out.getvalue()


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(c.span.of(transcript.text), *c.value) for c in transcript.of_kind("cue")]


def speakers(transcript: Transcript) -> list[tuple[str, str]]:
    return [(label.value, label.span.of(transcript.text)) for label in transcript.of_kind("speaker")]


def test_meeting_with_names_and_clocks() -> None:
    found = from_bytes(word_file(MEETING), None, "a.docx")
    assert cues(found) == [
        ("Good morning, um, all.", 3000, None),
        ("Morning.\nIt is 10:30.", 62000, None),
        ("The room   is 4:30", 3723000, None),
        ("Bye.", 3900000, None),
    ]
    assert [name for name, _ in speakers(found)] == ["Ann Lee", "Bo Ek (Guest)", "Cy"]
    assert found.metadata == {"title": MEETING[0], "date": MEETING[1]}


def test_meeting_with_times_names_and_words() -> None:
    for paragraphs in (OLDER, [line for paragraph in OLDER for line in paragraph.split("\n")]):
        found = from_bytes(word_file(paragraphs), None, "a.docx")
        assert cues(found) == [
            ("OK. Yeah.", 0, 1510),
            ("So.\nTwo.", 6090, 6500),
            ("Umm.", 3723045, 3724000),
            ("Nobody is named.", 3725000, 3726000),
        ]
        assert speakers(found) == [("Ann Lee", "OK. Yeah.\nSo.\nTwo."), ("Bo Ek", "Umm.")]
        assert found.metadata == {}


def test_any_other_file_is_plain_paragraphs() -> None:
    found = from_bytes(word_file(["Bees", "", "They meet at 10:30", "One   0:03\nline"]), None, "a.docx")
    assert found.text == "Bees\n\nThey meet at 10:30\n\nOne   0:03\nline"
    assert (found.of_kind("cue"), found.metadata) == ((), {})


def test_what_word_hides_is_left_out_and_what_it_nests_is_read() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<w:r><w:pict><w:p>{run('boxed')}</w:p></w:pict></w:r>"
    found = from_bytes(
        with_body(
            f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('One')}<w:ins>{run(' two')}</w:ins>"
            f"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom>{run('moved')}</w:moveFrom>"
            f"<w:hyperlink>{run(' three')}</w:hyperlink>"
            f"<w:r><w:tab/><w:noBreakHyphen/><w:br/></w:r>{run('four')}{box}</w:p>"
            f"<w:tbl><w:tr><w:tc><w:p>{run('cell')}</w:p></w:tc></w:tr></w:tbl>"
            f"<w:sdt><w:sdtContent><w:p>{run('control')}</w:p></w:sdtContent></w:sdt>"
        ),
        None,
        "a.docx",
    )
    assert found.text == "One two three\t-\nfour\n\nboxed\n\ncell\n\ncontrol"


def test_it_goes_through_the_pipeline_and_into_other_formats() -> None:
    found = read(io.BytesIO(word_file(MEETING)))
    assert "Ann Lee: Good morning all." in tt.dumps(tt.tidy(found).transcript)
    assert dumps(found, "vtt").startswith("WEBVTT\n\n00:00:03.000 --> 00:01:02.000\n<v Ann Lee>Good")
    with pytest.raises(CannotHold):
        dumps(found, "docx")


def test_format_may_be_named() -> None:
    assert cues(from_bytes(word_file(OLDER), "docx", "a"))[0][0] == "OK. Yeah."
    for raw in (b"", b"no Word file", b"PK\x03\x04 broken"):
        with pytest.raises(UnreadableInput, match=r"a\.docx: no Word file"):
            from_bytes(raw, "docx", "a.docx")
    with pytest.raises(UnreadableInput, match="bytes, not text"):
        loads("text", "docx")


def test_other_archives_are_refused_as_ever() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "Yes.")
    with pytest.raises(UnreadableInput, match="this is a ZIP file"):
        from_bytes(out.getvalue(), None, "a.zip")
    assert part.likeness("PK") == 0


def test_bombs_are_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "LARGEST", 5000)
    with pytest.raises(UnreadableInput, match="when it is unpacked"):
        from_bytes(word_file(["Yes."]), None, "a.docx")


def test_empty_file_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="without words"):
        from_bytes(word_file(["", " "]), None, "a.docx")


def test_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "docx":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    raw = word_file(MEETING)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnreadableInput, match=r"pip install 'tidytranscript\[docx\]'"):
        from_bytes(raw, None, "a.docx")


def refused_or_read(raw: bytes) -> bool:
    try:
        return bool(from_bytes(raw, "docx", "a.docx").text)
    except UnreadableInput as error:
        return error.name == "a.docx"


RAW = word_file(MEETING)


@given(st.integers(0, len(RAW)), st.integers(0, 255))
@settings(max_examples=40)
def test_broken_files_are_refused_or_read(at: int, byte: int) -> None:
    for raw in (RAW[:at], RAW[:at] + bytes([byte]) + RAW[at + 1 :]):
        assert refused_or_read(raw)
