"""The parsing rules of WebVTT (https://www.w3.org/TR/webvtt1/, section 6), and where the reader is looser."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tidytranscript.formats import loads
from tidytranscript.transcript import Transcript

EXTRA = os.environ.get("TIDY_EXTRA_WEBVTT")
HEAD = "WEBVTT\n\n"
T = "00:00:01.000 --> 00:00:02.000"

Read = tuple[str, "int | None", "int | None"]


def cues(transcript: Transcript) -> list[Read]:
    return [(label.span.of(transcript.text), *label.value) for label in transcript.of_kind("cue")]


def said(file: str) -> list[str]:
    return [text for text, _, _ in cues(loads(file, "vtt"))]


@pytest.mark.parametrize(
    ("times", "read"),
    [
        ("00:01.000 --> 00:02.500", (1000, 2500)),
        ("00:00:01.000 --> 00:02.500", (1000, 2500)),
        ("1:00:01.000 --> 1:00:02.500", (3601000, 3602500)),
        ("000:00:01.000 --> 123:00:02.500", (1000, 442802500)),
        ("00:00:01.000-->00:00:02.500", (1000, 2500)),
        (" \t\f00:00:01.000\t-->\t00:00:02.500\t", (1000, 2500)),
        ("00:00:02.000 --> 00:00:01.000", (2000, 1000)),
        ("00:00:01.000 --> 00:00:01.000", (1000, 1000)),
        ("00:59:59.999 --> 00:59:59.999", (3599999, 3599999)),
        ("00:00:01.000 --> 00:00:02.500 line:x size: align:middle,a foo", (1000, 2500)),
        ("00:00:01.000 --> 00:00:02.500line:0", (1000, 2500)),
    ],
)
def test_times(times: str, read: tuple[int, int]) -> None:
    assert cues(loads(f"{HEAD}{times}\nThe bees.\n", "vtt")) == [("The bees.", *read)]


@pytest.mark.parametrize(
    "times",
    [
        *("x00:00:01.000 --> 00:00:02.000", "00:00:01.000 --> x00:00:02.000", "00:00:01.000 -> 00:00:02.000"),
        *("00:60:01.000 --> 01:00:02.000", "00:00:60.000 --> 00:01:02.000", "00:00:01.00 --> 00:00:02.000"),
        *("00:00:01.0000 --> 00:00:02.000", "00:00:01.000 --> 00:00:02.0000", "0:1.000 --> 0:2.000"),
        *("100:01.000 --> 100:02.000", "00::01.000 --> 00:02.000", "00:01..000 --> 00:02.000", "00:01.000 --> "),
        *("\v00:00:01.000 --> 00:00:02.000", "00:00:01.000 -- > 00:00:02.000", "-1:00:01.000 --> 00:00:02.000"),
        *(
            "00:00:01.000\0 --> 00:00:02.000",
            "00:00:01 --> 00:00:02",
            "--> 00:00:02.000",
            "٠٠:٠٠:٠١.٠٠٠ --> 00:00:02.000",
        ),
    ],
)
def test_times_that_are_none(times: str) -> None:
    """The cue is dropped, as the standard has it; its words stay in the file, where a person sees them."""
    file = f"{HEAD}{T}\nBefore.\n\n{times}\nDropped.\n\n{T}\nAfter.\n"
    read = loads(file, "vtt")
    assert read.text.split() == ["Before.", "After."]
    assert read.frame is not None
    assert [oddity.line for oddity in read.frame.oddities] == [6]


@pytest.mark.parametrize(
    "head",
    [
        *(
            "WEBVTT\n\n",
            "\ufeffWEBVTT\n\n",
            "WEBVTT \n\n",
            "WEBVTT\tof bees\n\n",
            "WEBVTT - of bees\n\n",
            "WEBVTT\n\n\n\n",
        ),
        *("WEBVTT\r\n\r\n", "WEBVTT\r\r", "WEBVTT\nKind: captions\nLanguage: en\n\n", "WEBVTT\n", "WEBVTT\nwhatever\n"),
    ],
)
def test_signatures(head: str) -> None:
    newline = "\r\n" if "\r\n" in head else "\r" if "\r" in head else "\n"
    read = loads(f"{head}{T}{newline}The bees.{newline}", "vtt")
    assert cues(read) == [("The bees.", 1000, 2000)]
    assert read.frame is not None
    assert not read.frame.oddities


@pytest.mark.parametrize("file", ["WEBVTT", "\ufeffWEBVTT", "WEBVTT\n", "WEBVTT\n\n", "WEBVTT of bees", "WEBVTT\n\n\n"])
def test_no_cues(file: str) -> None:
    assert loads(file).text == ""


@pytest.mark.parametrize("head", ["WEBVTTx\n\n", "WEBVTT-\n\n", "webvtt\n\n", " WEBVTT\n\n"])
def test_no_signature(head: str) -> None:
    """The standard refuses such a file; it is read here, with a word about it."""
    read = loads(f"{head}{T}\nThe bees.\n", "vtt")
    assert cues(read)[-1] == ("The bees.", 1000, 2000)
    assert read.frame is not None
    assert read.frame.oddities[0].problem == "no WEBVTT in the first line"


@pytest.mark.parametrize(
    ("above", "identifier"),
    [
        *(("one", "one"), ("1", "1"), ("one - two", "one - two"), (" one ", " one "), ("NOTES", "NOTES")),
        *(("-- >", "-- >"), ("\0x", "\ufffdx"), ("STYLED", "STYLED"), ("00:01", "00:01")),
    ],
)
def test_identifiers(above: str, identifier: str) -> None:
    read = loads(f"{HEAD}{above}\n{T}\nThe bees.\n", "vtt")
    assert [label.value for label in read.of_kind("identifier")] == [identifier]
    assert cues(read) == [("The bees.", 1000, 2000)]


@pytest.mark.parametrize(
    "block", ["NOTE", "NOTE of ours", "NOTE\nof ours\nand more", "STYLE\n::cue { }", "REGION\nid:1"]
)
def test_blocks_that_are_no_cues(block: str) -> None:
    file = f"{HEAD}{block}\n\n{T}\nThe bees.\n\n{block}\n\n{T}\nare busy.\n\n{block}"
    assert said(file) == ["The bees.", "are busy."]


@pytest.mark.parametrize(
    ("file", "read"),
    [
        (f"{HEAD}{T}\nThe bees\nare busy.\n\n", ["The bees\nare busy."]),
        (f"{HEAD}{T}\nThe bees.\n{T}\nAre busy.", ["The bees.", "Are busy."]),
        (f"{HEAD}{T}\n\n{T}\nAre busy.", ["", "Are busy."]),
        (f"{HEAD}{T}\n{T}\nAre busy.", ["", "Are busy."]),
        (f"{HEAD}{T}", [""]),
        (f"{HEAD}{T}\n", [""]),
        (f"{HEAD}{T}\nThe bees.\n \nare busy.\n", ["The bees.\nare busy."]),
        (f"{HEAD}\n\n\n{T}\nThe bees.\n\n\n\n{T}\nAre busy.\n\n\n", ["The bees.", "Are busy."]),
        (f"{HEAD}{T}\nThe\0bees.", ["The\ufffdbees."]),
    ],
)
def test_cues_and_blank_lines(file: str, read: list[str]) -> None:
    assert said(file) == read
    assert said(file.replace("\n", "\r\n")) == read
    assert said(file.replace("\n", "\r")) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The <b>bees</b>", "The bees"),
        ("<i.loud.big>The <u>bees</i></u>", "The bees"),
        ("<lang en-GB>The</lang> <ruby>bees<rt>b</rt></ruby>", "The beesb"),
        ("<v Ann>The <v.loud Bo>bees", "The bees"),
        ("<unknown>The</unknown> <1>bees", "The <1>bees"),
        ("The <c", "The"),
        ("The <00:00:01.500>bees", "The bees"),
        ("The &amp; bees", "The & bees"),
        ("&lt;b&gt; the &quot;bees&quot;", '<b> the "bees"'),
        ("R&D; R& D & &;", "R&D; R& D & &;"),
        ("the&nbsp;bees&lrm;&rlm;", "the\u00a0bees\u200e\u200f"),
        ("&#98;&#x65;es &#8217;", "bees ’"),
        ("&amp &copy &notit;", "& © ¬it;"),
        ("&amp;lt;", "&lt;"),
        ("a > b -- c", "a > b -- c"),
    ],
)
def test_cue_text(text: str, read: str) -> None:
    """Tags go and references are read. The standard drops `<1>` as well; here what is no tag's name is speech."""
    assert said(f"{HEAD}{T}\n{text}\n") == [read]


_BAD_SETTINGS = ("settings-line.vtt", "settings-position.vtt", "settings-size.vtt")
"""Files whose settings are bad where a text says "invalid": the cue is none the less one, by the standard too."""

_DIFFERS = {
    "&nbsp;\n": ("", "blanks alone are no words"),
    "&#32;\n": ("", "blanks alone are no words"),
    "&#x20;\n": ("", "blanks alone are no words"),
    "&<\n": ("&<", "a sign that begins no tag is speech: people write `a < b`"),
}
"""Cue texts that read otherwise here, and why."""


def _extra(pattern: str) -> list[Path]:
    return sorted(Path(EXTRA).glob(pattern)) if EXTRA else []


@pytest.mark.skipif(not EXTRA, reason="TIDY_EXTRA_WEBVTT names no folder with the inputs of web-platform-tests")
def test_the_folder_has_files() -> None:
    assert _extra("*.vtt")


@pytest.mark.parametrize("path", _extra("*.vtt"), ids=lambda path: path.name)
def test_files_of_the_web_platform(path: Path) -> None:
    content = path.read_bytes().decode()
    read = loads(content, "vtt")
    found = said(content)
    if path.name not in _BAD_SETTINGS:
        assert not [text for text in found if text.startswith("invalid")]
    wanted = re.findall(r"^[ \t\ufffd]*((?:text|valid)\0?\d*)[ \t]*$", content, re.MULTILINE)
    assert [text.strip("\ufffd") for text in found if not text.startswith("invalid")] == [
        text.replace("\0", "\ufffd") for text in wanted
    ]
    above = re.findall(r"(?<=\n\n)([^\n]+)\n[ \t\f]*\d\d:\d\d:\d\d\.\d{3}[ \t\f]*-->[ \t\f]*\d\d:", content)
    assert [label.value for label in read.of_kind("identifier")] == [name.replace("\0", "\ufffd") for name in above]


def _strings(tree: str) -> str:
    return "".join(re.findall(r'^\| *"(.*?)"$', tree, re.MULTILINE | re.DOTALL))


_TREES = [tree for path in _extra("cue-text/*.json") for tree in json.loads(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("tree", _TREES, ids=[tree["text"].strip() for tree in _TREES])
def test_trees_of_the_web_platform(tree: dict[str, str]) -> None:
    read, _why = _DIFFERS.get(tree["text"], (_strings(tree["expectedTree"]), ""))
    assert said(f"{HEAD}{T}\n{tree['text']}") == [read]
