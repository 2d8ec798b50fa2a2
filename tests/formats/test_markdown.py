"""Markdown transcripts: what is read, what is left alone, and how it is written back."""

from __future__ import annotations

from typing import Any

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

HEAD = "---\ntitle: The ice\n---\n\n# The ice\n\nA talk of the north.\n\n| a | b |\n|---|---|\n\n## Transcript\n\n"

# Each shape: one paragraph or line, what parts two of them, whether it has clocks, and whether it has names.
SHAPES: dict[str, tuple[str, str, bool, bool]] = {
    "link before": ("[{m}:{s:02d}](https://example.org/v?t={t}) {said}", "\n\n", True, False),
    "link with dots": ("[00.{m:02d}.{s:02d}](https://example.org/v?t={t}) {said}", "\n\n", True, False),
    "link behind": ("* {said} [[00:{m:02d}:{s:02d}](https://example.org/v?t={t})]", "\n", True, False),
    "escaped brackets": ("\\[{m}:{s:02d}\\] {said}", "\n\n", True, False),
    "bold clock": ("**[{m}:{s:02d}]** {said}", "\n\n", True, False),
    "bold name": ("**{name}:** {said}", "\n\n", False, True),
    "bold name, colon outside": ("**{name}**: {said}", "\n\n", False, True),
    "bold name in a list": ("* **{name}:** {said}", "\n", False, True),
    "bold name (clock)": ("**{name}** ({m}:{s:02d}): {said}", "\n\n", True, True),
    "bold name: [clock]": ("**{name}:** [{m}:{s:02d}] {said}", "\n\n", True, True),
    "clock, bold name": ("{m}:{s:02d} **{name}:** {said}", "\n\n", True, True),
    "link, bold name": ("[{m}:{s:02d}](https://example.org/v?t={t}) **{name}:** {said}", "\n\n", True, True),
    "bold name alone": ("**{name}**\n\n{said}", "\n\n", False, True),
    "name: clock alone": ("{name}: 00:{m:02d}:{s:02d}\n{said}", "\n\n", True, True),
}

KEEPS = (
    "# Notes\n\nWe left at 12:30 and were home by night.\n\nNobody saw us.\n",
    "# Notes\n\nNote: it worked.\n\n**Note:** It was late.\n",
    "# Scores\n\nA 2:1 win.\n\nThen a 3:1 win.\n",
    "# Verses\n\nJohn 3:16 For so it was told.\n\nMark 4:12 That they may see.\n",
    "# Talks\n\n09:00 Breakfast\n10:30 Whales\n12:00 Lunch\n15:00 Home\n",
    "# Minutes\n\n**Opening**\n\nWe met.\n\n**The ice**\n\nIt is thin.\n\n**Questions**\n\nNone.\n",
    "# Code\n\n```\n[0:01] a\n[0:02] b\n[0:03] c\n```\n\nThat was all.\n",
    "# Facts\n\n**Place:** The north.\n\n**Weather:** Cold.\n\n**Length:** Long.\n",
)


def specimen(shape: str, said: tuple[str, ...] = SAID, names: tuple[str, ...] = NAMES, head: str = HEAD) -> str:
    """A file in a shape, below front matter, a summary and a table."""
    form, between, _, _ = SHAPES[shape]
    return (
        head
        + between.join(
            form.format(m=t // 60, s=t % 60, t=t, said=words, name=name)
            for t, words, name in zip(seconds(said), said, names, strict=False)
        )
        + "\n"
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_read(shape: str) -> None:
    _, _, clocked, named = SHAPES[shape]
    transcript = tt.loads(specimen(shape), "markdown")
    assert [line for line in transcript.text.split("\n") if line] == list(SAID)
    assert times(transcript) == ([(1000, 4000), (4000, 6000), (6000, 69_000), (69_000, None)] if clocked else [])
    assert speakers(transcript) == (list(zip(NAMES, SAID, strict=True)) if named else [])
    assert transcript.metadata["title"] == "The ice"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_untouched_is_byte_for_byte(shape: str, newline: str, mark: str) -> None:
    transcript = comes_back(mark + specimen(shape).replace("\n", newline), "markdown")
    assert [line for line in transcript.text.split("\n") if line] == list(SAID)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_edit_changes_what_it_says_and_nothing_else(shape: str) -> None:
    loses_one_filler(specimen(shape), "markdown")


@pytest.mark.parametrize("shape", SHAPES)
def test_an_emptied_paragraph_goes_with_its_label(shape: str) -> None:
    said = (SAID[0], "Um.", *SAID[2:])
    form, between, _, _ = SHAPES[shape]
    content = specimen(shape, said)
    gone = form.format(m=0, s=4, t=4, said="Um.", name="Bo Fox") + between
    assert gone in content
    result = tt.tidy(tt.loads(content, "markdown"))
    assert tt.dumps(result.transcript) == content.replace(gone, "").replace("Um, good", "Good")


@pytest.mark.parametrize("shape", SHAPES)
def test_idempotent_through_the_file(shape: str) -> None:
    settles(specimen(shape, TANGLED, NAMES + NAMES), "markdown")


@pytest.mark.parametrize("content", KEEPS)
def test_what_only_looks_like_it_has_no_times_and_no_names(content: str) -> None:
    transcript = tt.loads(content, "markdown")
    assert not times(transcript)
    assert tt.dumps(transcript) == content
    if not content.startswith(("# Notes\n\nNote", "# Facts")):  # one bold name, or two, may be people's
        assert not speakers(transcript)


def test_a_list_below_a_name_is_speech() -> None:
    content = "# Ice\n\n**Ann:**\n\n* Good morning.\n* Um, so.\n\n**Bo:**\n\n* Hello.\n\n**Ann:**\n\n* Yes.\n"
    transcript = tt.loads(content, "markdown")
    assert speakers(transcript) == [("Ann", "Good morning.\nUm, so."), ("Bo", "Hello."), ("Ann", "Yes.")]
    assert tt.dumps(tt.tidy(transcript).transcript) == content.replace("Um, so", "So")


def test_headings_keep_what_they_are_called() -> None:
    content = "# The C# talk ##\n\nHello.\n\n## Transcript of #4#\n\nGood morning.\n"
    transcript = tt.loads(content, "markdown")
    assert transcript.metadata["title"] == "The C# talk"
    assert [label.value for label in transcript.of_kind("section")] == ["Transcript of #4#"]


def test_links_alone_are_no_speech() -> None:
    content = "# Ice\n\n[a](https://example.org) | [b](https://example.org/b), [c](x)\n\nGood morning.\n"
    assert tt.loads(content, "markdown").text == "Good morning."


def test_markup_in_speech_is_protected() -> None:
    content = "# Ice\n\nThe [the](https://example.org/a_(b)) `so, so` <br> end.\n"
    transcript = tt.loads(content, "markdown")
    kept = [label.span.of(transcript.text) for label in transcript.of_kind("protected")]
    assert kept == ["](https://example.org/a_(b))", "`so, so`", "<br>"]


# -- transcripts in front matter

YAML = """---
title: "Ice"
transcript:
- header: Opening
- line: Um, good morning to you all.
  sec: 1
  time: '0:01'
  who: Ann
- line: "Hello, um, there."
  sec: 4
  time: '0:04'
  who: Bo
- line: Um.
  sec: 6
  who: Bo
- line: Yes.
  sec: 9
  who: Ann
---

Text.
"""


def test_a_transcript_in_front_matter() -> None:
    transcript = tt.loads(YAML, "markdown")
    assert transcript.text == "Um, good morning to you all.\nHello, um, there.\nUm.\nYes."
    assert times(transcript) == [(1000, 4000), (4000, 6000), (6000, 9000), (9000, None)]
    assert [name for name, _ in speakers(transcript)] == ["Ann", "Bo", "Ann"]
    assert tt.dumps(transcript) == YAML
    gone = "- line: Um.\n  sec: 6\n  who: Bo\n"
    tidied = tt.dumps(tt.tidy(transcript).transcript)
    assert tidied.startswith('---\ntitle: "Ice"\ntranscript:\n- header: Opening\n- line: Good morning to you all.\n')
    assert gone in YAML
    assert gone not in tidied
    assert tt.dumps(tt.tidy(tt.loads(tidied, "markdown")).transcript) == tidied


def test_front_matter_in_braces_is_left_alone() -> None:
    content = "---\ntranscript: [{line: 'Um, so.', sec: 1}, {line: Um., sec: 2}]\n---\n\nUm, good morning.\n"
    assert tt.dumps(tt.tidy(tt.loads(content, "markdown")).transcript) == content.replace("Um, good", "Good")


@pytest.mark.parametrize(
    "front",
    [
        "title: [",
        "title: 'a",
        "- a\n- b",
        "a: &x 1\nb: *x",
        "{{{{",
        "[" * 5000,
        "a:\n\t- b",
        "? a\n: b",
        "transcript:",
        "transcript: 5",
        "transcript:\n- 5\n- [a]\n- line:\n- line: {a: b}\n- line: [x]",
        "transcript:\n- line: Hello.\n  sec: .inf\n  who: [a]\n- line: Hello.\n  sec: 1e999",
        "transcript:\n- line: Hello.\n  time: 'a:b'\n- ? {a: b}\n  : c",
        "title: 2021-01-01\ndate: 12:30:00",
        "!!python/object:os.system x",
        "a: !!int x",
        "<<: 5",
        "? [a]\n: b",
        "title: \x07",
    ],
)
def test_broken_front_matter_never_raises(front: str) -> None:
    content = f"---\n{front}\n---\n\n**Ann:** Um, good morning.\n\n**Bo:** Hello.\n\n**Ann:** Yes.\n"
    transcript = tt.loads(content, "markdown")
    assert tt.dumps(transcript) == content
    tt.dumps(tt.tidy(transcript).transcript)


@pytest.mark.parametrize("content", [YAML, specimen("bold name"), specimen("link before"), specimen("bold name alone")])
def test_cut_anywhere(content: str) -> None:
    for end in range(0, len(content), 3):
        assert tt.dumps(tt.loads(content[:end], "markdown")) == content[:end]


# -- any file of any style

_said = anything_said("um so, uh we the the ice. was [thin](x), yes. no\\* `a` 2021 <b>".split())


@given(st.sampled_from(sorted(SHAPES)), _said, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", HEAD]))
def test_any_file_comes_back_and_settles(shape: str, said: tuple[str, ...], newline: str, head: str) -> None:
    content = specimen(shape, said, NAMES + NAMES, head).replace("\n", newline)
    settles(content, "markdown")


_value: st.SearchStrategy[Any] = st.text(st.sampled_from("ab: -#'\"{}[]&*!|>%@`\n,?0.1"), max_size=20)


@given(st.lists(_value, min_size=1, max_size=6))
def test_any_front_matter_comes_back(lines: list[str]) -> None:
    front = "".join(f"- line: {line}\n  sec: {i}\n" for i, line in enumerate(lines))
    content = f"---\ntranscript:\n{front}---\n\nGood morning.\n"
    transcript = tt.loads(content, "markdown")
    assert tt.dumps(transcript) == content
    tt.dumps(tt.tidy(transcript).transcript)


def test_changes_of_speakers_without_names_are_kept() -> None:
    made = tt.dumps(tt.tidy(">> Did it work? >> It did. >> It did.").transcript, "markdown")
    assert made == "## Transcript\n\nDid it work?\n\n\\>> It did.\n\n\\>> It did.\n"
    again = tt.tidy(tt.loads(made, "markdown"))
    assert [turn.text for turn in again.turns] == ["Did it work?", "It did.", "It did."]
    assert tt.dumps(again.transcript) == made
