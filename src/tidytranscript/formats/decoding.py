"""Bytes to text: UTF-8, UTF-16 where its mark says so, or what the caller names; never a guess, but an offer."""

from __future__ import annotations

import codecs

from tidytranscript.errors import UnreadableInput

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"ID3": "an audio file",
    b"OggS": "an audio file",
    b"RIFF": "an audio or video file",
    b"\x1f\x8b": "a gzip file",
    b"\x7fELF": "a program",
}
_WESTERN = 0.4  # of the letters of a text in the Latin alphabet have accents at most; of other scripts, nearly all


def decoded(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file, and its encoding; a byte order mark stays its first character, so that it is written back.

    Raises UnreadableInput, with the offset of the first byte that does not fit and the likely encoding.
    """
    if encoding is not None:
        try:
            return raw.decode(encoding), encoding
        except LookupError:
            raise UnreadableInput(name, f"no encoding is named {encoding!r}", "Try utf-8, utf-16 or cp1252") from None
        except UnicodeDecodeError as error:
            problem = f"not {encoding} at byte {error.start}"
            raise UnreadableInput(name, problem, _offer(raw)) from None
        except UnicodeError as error:
            raise UnreadableInput(name, f"not {encoding}: {error}", _offer(raw)) from None
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise UnreadableInput(name, f"this is {kind}, not text", "Give the transcript as text")
    if raw[3:6] == b"STL" and raw[6:8].isdigit():
        raise UnreadableInput(name, "this is an EBU STL subtitle file, not text", "Give the transcript as text")
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            if marked == "utf-32":
                raise UnreadableInput(name, "not UTF-8 at byte 0: it starts with the mark of utf-32", _offer(raw))
            return decoded(raw, name, marked)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        kept = raw[error.start : error.start + 1].hex()
        raise UnreadableInput(name, f"not UTF-8 at byte {error.start} (0x{kept})", _offer(raw)) from None
    if text.count("\0") > len(text) / 10:
        raise UnreadableInput(name, "this is binary data, not text: every tenth byte or more is NUL", _offer(raw))
    return text, "utf-8"


def _offer(raw: bytes) -> str:
    for mark, likely in _MARKS:
        if raw.startswith(mark):
            return f"If it is text, read it with --encoding {likely}"
    head = raw[:4096]
    if head.count(0) > len(head) / 4:
        likely = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
        return f"It may be text in UTF-16: try --encoding {likely}"
    if sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) / 20:
        return "It looks like binary data. Give the transcript as text"
    high = sum(byte > 127 for byte in head)
    if high > _WESTERN * sum(byte > 127 or chr(byte).isalpha() for byte in head):
        return "It may be in cp1251, gb18030, shift_jis or the like: name it with --encoding, or save it as UTF-8"
    return "Likely it is in Windows-1252: try --encoding cp1252, or save it as UTF-8"
