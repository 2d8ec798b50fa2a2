"""Plain text with clocks and names at its lines: what is read, what is left alone, and how it is written back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from style_laws import (
    NAMES,
    SAID,
    TANGLED,
    anything_said,
    comes_back,
    loses_one_filler,
    seconds,
    settles,
    speakers,
    times,
)

import tidytranscript as tt
from tidytranscript.formats.heads import found
from tidytranscript.formats.styles import BOLD_LINE, CLOCKED, STYLES, Style, lines_with_clocks
from tidytranscript.speakers.labels import find_labels

# Each shape: how one line or paragraph is written, what parts two of them, and whether names are in it.
SHAPES: dict[str, tuple[str, str, bool]] = {
    "clock in brackets": ("[{m}:{s:02d}] {said}", "\n", False),
    "clock in parentheses": ("({m:02d}:{s:02d}) {said}", "\n\n", False),
    "clock with hours": ("00:{m:02d}:{s:02d} {said}", "\n", False),
    "clock and dash": ("{m}:{s:02d} - {said}", "\n", False),
    "clock alone": ("{m}:{s:02d}\n{said}", "\n", False),
    "fraction": ("[{m:02d}:{s:02d}.000] {said}", "\n", False),
    "clock, name": ("00:{m:02d}:{s:02d} {name}: {said}", "\n", True),
    "clock and name alone": ("{m}:{s:02d} {name}\n{said}", "\n\n", True),
    "name (clock):": ("{name} (00:{m:02d}:{s:02d}):\n{said}", "\n\n", True),
    "name: clock alone": ("{name}: 00:{m:02d}:{s:02d}\n{said}", "\n\n", True),
    "name: [clock]": ("{name}: [{m}:{s:02d}] {said}", "\n", True),
    "[name clock]": ("[{name} {m}:{s:02d}] {said}", "\n", True),
    "name  clock": ("{name}  {m}:{s:02d}\n{said}", "\n\n", True),
    "name, clock below": ("{name}\n{m}:{s:02d}\n{said}", "\n\n", True),
    "chat": ("00:{m:02d}:{s:02d}\t {name}:\t{said}", "\n", True),
    "chat to everyone": ("00:{m:02d}:{s:02d} From {name} to Everyone: {said}", "\n", True),
}

KEEPS = (
    "We left at 12:30 and were home by night.\nNobody saw us.\n",
    "Note: it worked.\nWe went on with it.\n",
    "It was a 2:1 win.\nThen a 3:1 win.\nThen we lost.\n",
    "John 3:16 For so it was told.\nMark 4:12 That they may see.\nLuke 10:30 A man went down.\n",
    "3:16 For so it was told to them all on the hill.\n3:17 And they went home.\n4:12 That they may see.\n",
    "09:00 Breakfast\n10:30 Whales\n12:00 Lunch\n15:00 Home\n",
    "Lunch (12:30): soup.\nThe talk (13:00): whales.\nTea (15:45): cake.\n",
    "0:00 Opening\n4:10 The ice\n19:20 Whales in the north\n41:00 Questions\n",
    "[10:30] is when the train leaves.\nWe took the next one.\n[sic]\n",
    "mix: 2:30 flour\nbake: 0:45 hot\n",
    "x[1:30] = y[2:45]\nfor i in x[0:10]:\n    print(i)\n",
    "We met at 9:05 pm.\n10:15 am was too early.\n11:30 pm was too late.\n",
    "",
    "\n",
    "\ufeff",
    "[0:05]\n[0:06]\n[0:07]\n",
)


def specimen(shape: str, said: tuple[str, ...] = SAID, names: tuple[str, ...] = NAMES) -> str:
    """A file in a shape; a clock for each thing said."""
    form, between, _ = SHAPES[shape]
    minutes = [divmod(second, 60) for second in seconds(said)]
    lines = [
        form.format(m=m, s=s, said=words, name=name) for (m, s), words, name in zip(minutes, said, names, strict=False)
    ]
    return between.join(lines) + "\n"


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_read(shape: str) -> None:
    transcript = tt.loads(specimen(shape), "text")
    assert transcript.text == "\n".join(SAID)
    assert times(transcript) == [(1000, 4000), (4000, 6000), (6000, 69_000), (69_000, None)]
    assert speakers(transcript) == (list(zip(NAMES, SAID, strict=True)) if SHAPES[shape][2] else [])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_untouched_is_byte_for_byte(shape: str, newline: str, mark: str) -> None:
    transcript = comes_back(mark + specimen(shape).replace("\n", newline), "text")
    assert transcript.text == "\n".join(SAID)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_edit_changes_what_it_says_and_nothing_else(shape: str) -> None:
    loses_one_filler(specimen(shape), "text")


@pytest.mark.parametrize("shape", SHAPES)
def test_an_emptied_paragraph_goes_with_its_label(shape: str) -> None:
    said = (SAID[0], "Um.", *SAID[2:])
    names = ("Ann Lee", "Bo Fox", "Ann Lee", "Bo Fox")
    result = tt.tidy(tt.loads(specimen(shape, said, names), "text"))
    form, between, _ = SHAPES[shape]
    gone = form.format(m=0, s=4, said="Um.", name="Bo Fox") + between
    assert tt.dumps(result.transcript) == specimen(shape, said, names).replace(gone, "").replace("Um, good", "Good")


@pytest.mark.parametrize("shape", SHAPES)
def test_idempotent_through_the_file(shape: str) -> None:
    settles(specimen(shape, TANGLED, NAMES + NAMES), "text")


@pytest.mark.parametrize("content", KEEPS)
def test_what_only_looks_like_it_is_left_alone(content: str) -> None:
    transcript = tt.loads(content, "text")
    assert transcript.text == content.removeprefix("\ufeff")
    assert [label.kind for label in transcript.labels] == ["hole"]
    assert tt.dumps(transcript) == content


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_examples_in_the_table(style: Style) -> None:
    assert _proven(style, style.fix) == style.name
    assert _proven(style, style.keep) is None


def _proven(style: Style, content: str) -> str | None:
    if style is BOLD_LINE:
        starts = [i for i in range(len(content)) if content.startswith("**", i) and content[i - 1 : i] in ("", "\n")]
        proof = found(content, [(i, f"{content}\n".index("\n", i)) for i in starts], (BOLD_LINE,))
    else:
        proof = found(content, lines_with_clocks(content), CLOCKED)
    return proof.style.name if proof else None


def test_the_same_speaker_goes_on() -> None:
    content = "Ann (00:00:01):\nGood morning.\n\nBo (00:00:04):\nHello.\n\n(00:00:07):\nSo.\n\nAnn (00:00:09):\nYes.\n"
    transcript = tt.loads(content, "text")
    assert speakers(transcript) == [("Ann", "Good morning."), ("Bo", "Hello.\nSo."), ("Ann", "Yes.")]
    assert times(transcript) == [(1000, 4000), (4000, 7000), (7000, 9000), (9000, None)]


def test_a_recogniser_says_both_times() -> None:
    content = (
        "[00:01.000 --> 00:03.500]  Good morning.\n[00:04.000 --> 00:05.000]  Hello.\n[00:06.000 --> 00:09.000]  So.\n"
    )
    assert times(tt.loads(content, "text")) == [(1000, 3500), (4000, 5000), (6000, 9000)]


def test_clocks_of_the_day_count_from_the_first() -> None:
    content = "".join(
        f"[{name}] {clock}\nGood morning.\n\n"
        for name, clock in zip(
            ["Ann Lee", "Bo Fox"] * 4,
            "23:59:53 23:59:54 23:59:55 23:59:56 23:59:58 23:59:59 00:00:03 00:00:05".split(),
            strict=True,
        )
    )
    transcript = tt.loads(content, "text")
    assert [start for start, _ in times(transcript)] == [0, 1000, 2000, 3000, 5000, 6000, 10_000, 12_000]
    assert transcript.metadata["began"] == "23:59:53"


def test_chapters_above_are_no_speech() -> None:
    content = "0:00 Opening\n4:10 The ice\n19:20 Whales\n\n" + specimen("clock alone")
    transcript = tt.loads(content, "text")
    assert transcript.text == "\n".join(SAID)
    assert transcript.metadata["chapters"] == ["00:00:00 Opening", "00:04:10 The ice", "00:19:20 Whales"]
    assert tt.dumps(transcript) == content


def test_clocks_read_out_are_no_speech() -> None:
    content = "0:58\n58 seconds\nGood morning.\n1:01\n1 minute, 1 second\nHello.\n1:03\n1 minute, 3 seconds\nThe ice.\n"
    assert tt.loads(content, "text").text == "Good morning.\nHello.\nThe ice."


def test_text_that_no_label_covers_still_has_a_turn() -> None:
    said = ("Good morning.", "Ann Lee: Hello.", "Bo Fox: Thank you.", "Ann Lee: Yes.", "Bo Fox: So.")
    content = "".join(f"[0:{2 * i + 1:02d}] {words}\n" for i, words in enumerate(said))
    turns = tt.tidy(tt.loads(content, "text")).turns
    assert [turn.speaker for turn in turns] == [None, "Ann Lee", "Bo Fox", "Ann Lee", "Bo Fox"]
    assert [turn.text for turn in turns] == ["Good morning.", "Hello.", "Thank you.", "Yes.", "So."]


def test_a_title_above_is_kept_apart() -> None:
    content = "The ice: a talk\n\n" + specimen("name (clock):")
    transcript = tt.loads(content, "text")
    assert transcript.text == "\n".join(SAID)
    assert transcript.metadata["page"] == ["The ice: a talk"]
    assert tt.dumps(transcript) == content


# -- text written from another format

VOICES = """WEBVTT

00:01.000 --> 00:03.000
<v Ann Lee>Good morning to you all.

00:03.000 --> 00:05.000
<v {odd}>Hello, and thank you.

00:05.000 --> 00:09.000
<v Tim | Harbour (Porto)>Let us begin.

00:09.000 --> 00:12.000
<v Ann Lee>Yes.
"""


@pytest.mark.parametrize("odd", ["Bo", "Bo Fox", "Ana de la Cruz", "SPEAKER_01"])
def test_names_that_are_found_again_stand_plain(odd: str) -> None:
    written = tt.dumps(tt.tidy(tt.loads(VOICES.format(odd=odd), "vtt")).transcript, "text")
    names = ["Ann Lee", odd, "Tim | Harbour (Porto)", "Ann Lee"]
    assert [label.name for label in find_labels(written)] == names
    if not odd.startswith("SPEAKER"):
        assert ">>" not in written


def test_chevrons_stand_before_an_odd_name_alone() -> None:
    written = tt.dumps(tt.tidy(tt.loads(VOICES.format(odd="nixo"), "vtt")).transcript, "text")
    assert [line for line in written.split("\n") if line.startswith(">>")] == [">> nixo: Hello, and thank you."]
    assert [label.name for label in find_labels(written)] == ["Ann Lee", None, "Tim | Harbour (Porto)", "Ann Lee"]


# -- any file of any style

_said = anything_said("um so, uh we the the ice. was thin, yes. no".split())


@given(st.sampled_from(sorted(SHAPES)), _said, st.sampled_from(["\n", "\r\n"]))
def test_any_file_comes_back_and_settles(shape: str, said: tuple[str, ...], newline: str) -> None:
    content = specimen(shape, said, NAMES + NAMES).replace("\n", newline)
    settles(content, "text")


_mess = st.lists(
    st.sampled_from(
        [
            "0:01",
            "[0:02]",
            "(0:03):",
            "Ann",
            "Bo Fox:",
            "**",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "\t",
            ">>",
            "[",
            "](",
            "x.",
            "\\[",
        ]
    ),
    max_size=40,
).map("".join)


@given(_mess, st.sampled_from(["text", "markdown"]))
def test_anything_comes_back(content: str, format: str) -> None:  # noqa: A002
    assert tt.dumps(tt.loads(content, format)) == content


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize(
    "piece",
    [
        "[a](b) ",
        "x [0:05](",
        "](",
        "](a(b)",
        "`a",
        "<",
        "**a",
        "** ",
        " ",
        "# ",
        "\\[",
        "0:05 ",
        "Aa Bb ",
        "(",
        "\n \t",
    ],
)
def test_long_lines_are_read_all_the_same(piece: str, format: str) -> None:  # noqa: A002
    """A pattern that tries a line again at each place would take minutes."""
    content = "[0:05] a b c\n[0:06] d e f\n[0:07] g h i\n" + piece * (60_000 // len(piece))
    transcript = tt.loads(content, format)
    assert tt.dumps(transcript) == content
    assert transcript.text.startswith("a b c")
