"""WebVTT: what is read, what is written back, and what is written anew."""

from __future__ import annotations

import pytest
from caption_laws import LEVELS, comes_back, cues, is_tidied_once, speakers, words
from caption_strategies import cued, webvtt_files
from hypothesis import assume, given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.formats import cuetext, dumps, loads
from tidytranscript.formats.clocks import clock
from tidytranscript.formats.webvtt import likeness
from tidytranscript.transcript import Transcript

HEAD = "WEBVTT\n\n"
T = "00:00:01.000 --> 00:00:03.000"
U = "00:00:03.000 --> 00:00:05.000"


def tidied(file: str, level: str = "clean") -> str:
    return dumps(tt.tidy(loads(file, "vtt"), level=level, ignore=["turns"]).transcript)


def problems(file: str) -> list[str]:
    frame = loads(file, "vtt").frame
    assert frame is not None
    return [oddity.problem for oddity in frame.oddities]


@given(webvtt_files(), st.sampled_from(LEVELS))
def test_any_file(content: str, level: str) -> None:
    read = comes_back(content, "vtt")
    if read is not None:
        is_tidied_once(read, "vtt", level)


@given(st.text())
def test_any_text(content: str) -> None:
    comes_back(content, "vtt")
    comes_back(f"{HEAD}{T}\n{content}", "vtt")
    assert likeness(content) in (0, 1, 2)


@given(cued(words=True))
def test_what_is_written_is_read(transcript: Transcript) -> None:
    for label in transcript.of_kind("cue"):
        # Among cues with times of words, a single word below another line is one that has just come in.
        lone = "\n" in label.span.of(transcript.text) and " " not in label.span.of(transcript.text).rpartition("\n")[2]
        timed = transcript.of_kind("word")
        assume(not lone or not timed or any(word.span.end == label.span.end for word in timed))
    written = dumps(transcript, "vtt")
    again = loads(written, "vtt")
    assert again.text == transcript.text
    assert cues(again) == cues(transcript)
    assert words(again) == words(transcript)
    assert speakers(again) == speakers(transcript)
    assert [label.value for label in again.of_kind("identifier")] == [
        label.value for label in transcript.of_kind("identifier")
    ]
    assert again.frame is not None
    assert not again.frame.oddities
    assert dumps(again) == written


@st.composite
def spoken_words(draw: st.DrawFn) -> str:
    """Cues in which every word has its time."""
    blocks, ms = [HEAD.strip()], 0
    said = st.sampled_from(
        ("um,", "so", "so", "we", "we", "went", "home,", "uh", "you", "know,", "R&amp;D", "yes.", "it's")
    )
    for _ in range(draw(st.integers(1, 4))):
        start, line = ms, ""
        for word in draw(st.lists(said, min_size=1, max_size=8)):
            line += f"<{clock(ms)}><c>{' ' if line else ''}{word}</c>"
            ms += draw(st.sampled_from((1, 50, 500)))
        blocks.append(f"{clock(start)} --> {clock(ms)}\n{line}")
        ms += draw(st.sampled_from((0, 1, 1000)))
    return "\n\n".join(blocks) + "\n"


@given(spoken_words(), st.sampled_from(LEVELS))
def test_words_keep_their_own_times(content: str, level: str) -> None:
    read = loads(content)
    starts = {ms: _letters(text) for text, ms in words(read)}
    result = tt.tidy(read, level=level, ignore=["turns"])
    after = [(_letters(text), ms) for text, ms in words(result.transcript) if _letters(text)]
    assert after == [(starts[ms], ms) for _, ms in after]
    again = loads(dumps(result.transcript))
    assert [(_letters(text), ms) for text, ms in words(again)] == after


def _letters(text: str) -> str:
    return text.lower().strip(".,?!")


YOUTUBE = (
    "WEBVTT\nKind: captions\nLanguage: en\n\n"
    "00:00:01.000 --> 00:00:02.990 align:start position:0%\n \nso<00:00:01.500><c> um</c><00:00:02.000><c> bees</c>\n\n"
    "00:00:02.990 --> 00:00:03.000 align:start position:0%\nso um bees\n \n\n"
    "00:00:03.000 --> 00:00:04.990 align:start position:0%\nso um bees\nare<00:00:03.500><c> busy</c>\n\n"
    "00:00:04.990 --> 00:00:05.000 align:start position:0%\nare busy\n \n\n"
    "00:00:05.000 --> 00:00:06.000 align:start position:0%\nare busy\nYes\n\n"
)


def test_youtube() -> None:
    read = loads(YOUTUBE)
    assert read.metadata == {"kind": "captions", "language": "en"}
    assert words(read) == [("so", 1000), ("um", 1500), ("bees", 2000), ("are", 3000), ("busy", 3500), ("Yes", 5000)]
    assert cues(read)[2] == ("so um bees\nare busy", 3000, 4990)
    assert problems(YOUTUBE) == []
    assert tt.tidy(read).text.split() == ["so", "bees", "are", "busy", "Yes"]
    again = loads(tidied(YOUTUBE))
    assert words(again) == [("so", 1000), ("bees", 2000), ("are", 3000), ("busy", 3500)]
    assert cues(again)[-1] == ("Yes", 5000, 6000)


@pytest.mark.parametrize(
    ("body", "read", "timed"),
    [
        ("so<00:00:01.500><c> we</c>", "so we", [("so", 1000), ("we", 1500)]),
        ("so<00:00:01.500><c> we</c><00:00:01.500><c> go</c>", "so we go", [("so", 1000), ("we", 1500), ("go", 1500)]),
        ("<c.x><00:00:01.500><c> so</c></c>", "so", [("so", 1500)]),
        ("so<00:00:09.000><c> we</c>", "so we", []),
        ("so<00:00:02.000> we<00:00:01.500> go", "so we go", []),
        ("An<00:00:01.500>d so", "And so", [("And", 1000), ("so", 1500)]),
        ("<00:00:01.500><c>R&amp;D</c><00:00:02.000><c> too</c>", "R&D too", [("R&D", 1500), ("too", 2000)]),
        ("so <c>we\n</c> go", "so we\ngo", []),
        ("&gt;&gt; so [&nbsp;__&nbsp;]", ">> so [\u00a0__\u00a0]", []),
        ("<i.foreignphrase>so</i> <lang en>we</lang>", "so we", []),
        ("so &amp;amp; we", "so &amp; we", []),
        ("so\n \nwe", "so\nwe", []),
        (" so \t\n we ", "so\nwe", []),
        ("- so\n- we", "- so\n- we", []),
    ],
)
def test_cue_texts(body: str, read: str, timed: list[tuple[str, int]]) -> None:
    transcript = loads(f"{HEAD}{T}\n{body}\n")
    assert cues(transcript) == [(read, 1000, 3000)]
    assert words(transcript) == timed


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (f"{T}\n<v Ann>So.</v>\n\n{U}\n<v Bo>We.</v>", [("Ann", ["So."]), ("Bo", ["We."])]),
        (f"{T}\n<v Ann>So.\n\n{U}\nWe.", [("Ann", ["So.", "We."])]),
        (f"{T}\n<v Ann>So.</v>\n\n{U}\nWe.", [("Ann", ["So."])]),
        (f"{T}\n<v.loud Ann  Lee>So.\n<v Bo>We.", [("Ann Lee", ["So."]), ("Bo", ["We."])]),
        (f"{T}\n<v Ann\nLee>So.", [("Ann Lee", ["So."])]),
        (f"{T}\n<v R&amp;D>So.", [("R&D", ["So."])]),
        (f"{T}\n<v>So.", []),
        (f"{T}\n<v Ann><00:00:01.500>So.", [("Ann", ["So."])]),
        (f"{T}\nAnn Lee: So.\n\n{U}\nBo (she): We: yes.", [("Ann Lee", ["So."]), ("Bo (she)", ["We:", "yes."])]),
        (f"{T}\nNote: this is so.\n\n{U}\nWe went.", []),
    ],
)
def test_speakers(file: str, said: list[tuple[str, list[str]]]) -> None:
    if "Ann Lee:" in file:
        file = file + f"\n\n{U}\nAnn Lee: So.\n\n{U}\nBo (she): No."
        said = [*said, ("Ann Lee", ["So."]), ("Bo (she)", ["No."])]
    assert speakers(loads(HEAD + file)) == said


@pytest.mark.parametrize(
    ("file", "read", "odd"),
    [
        (f"{HEAD}{T}\n\nSo we.\n\n{U}\nGo.\n", ["So we.", "Go."], ["a blank line between times and words"]),
        (f"{HEAD}{T}\nSo.\n\nwe.\n\n{U}\nGo.\n", ["So.\nwe.", "Go."], ["words without times"]),
        (f"{HEAD}{T}\nSo.\n{U}\nGo.\n", ["So.", "Go."], []),
        (f"{HEAD}{T}\nSo.\n\n\n\n{U}\nGo.\n", ["So.", "Go."], []),
        (f"{HEAD}1\n{T}\nSo.\n\n2\n{U}\nGo.\n", ["So.", "Go."], []),
        (f"{HEAD}{T}\nSo.\n\nWEBVTT\nX-MAP=0\n\n{U}\nGo.", ["So.", "Go."], ["a second header, as of segments joined"]),
        (f"WEBVTT\nWEBVTT\n\n{T}\nSo.\n", ["So."], []),
        (f"{T}\nSo.\n", ["So."], ["no WEBVTT in the first line"]),
        (f"{HEAD}{T.replace('.', ',')}\nSo.\n", ["So."], ["commas in the times of 1 cues"]),
        (f"{HEAD}words\n\n{T}\nSo.\n", ["So."], ["words before any cue"]),
        (f"{HEAD}{T} line:85%,start align:middle\nSo.\n", ["So."], []),
        (f"{HEAD}26:59:29.000 --> 27:00:00.000\nSo.\n", ["So."], []),
        (f"{HEAD}NOTE a\nNOTE b\n\n{T}\nSo.\n\nSTYLE\n::cue {{}}\n", ["So."], []),
        (f"WEBVTT\nStyle:\n::cue(c.x) {{ }}\n##\n\n{T}\nSo.\n", ["So."], []),
        (f"{HEAD}{T}", [""], []),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_quirks(file: str, read: list[str], odd: list[str], newline: str, bom: str) -> None:
    content = bom + file.replace("\n", newline)
    assert [text for text, _, _ in cues(loads(content, "vtt"))] == read
    assert problems(content) == odd
    assert dumps(loads(content, "vtt")) == content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{T}\nUm.\n\n{U}\nYes.\n", f"{U}\nYes.\n"),
        (f"one\n{T} align:start\nUm.\n\n{U}\nYes.\n", f"{U}\nYes.\n"),
        (f"{T}\nYes.\n\ntwo\n{U}\nUm.\n", f"{T}\nYes.\n\n"),
        (f"{T}\nYes.\n{U}\nUm.\n\n{U}\nNo.\n", f"{T}\nYes.\n\n{U}\nNo.\n"),
        (f"{T}\nNOTEs.\n\nNOTE um.\n\n{U}\nUm.\n", f"{T}\nNOTEs.\n\nNOTE um.\n\n"),
        (f"{T}\nUm,\nyes.\n", f"{T}\nYes.\n"),
        (f"{T}\nYes,\num.\n\n{U}\nNo.\n", f"{T}\nYes.\n\n{U}\nNo.\n"),
        (f"{T}\nYes.\n<i>Um.</i>\n\n{U}\nNo.\n", f"{T}\nYes.\n\n{U}\nNo.\n"),
        (f"{T}\nYes.\nUm. <i>\n\n{U}\nNo.\n", f"{T}\nYes.\n<i>\n\n{U}\nNo.\n"),
        (f"{T}\nYes.\n<i>Um.\nUm.\n\n{U}\nNo.\n", f"{T}\nYes.\n<i>\n\n{U}\nNo.\n"),
        (f"{T}\nYes.\n</v>um,\n{U}\nNo.\n", f"{T}\nYes.\n</v>\n{U}\nNo.\n"),
        (f"{T}\n<i>Um,\nyes.</i>\n", f"{T}\n<i>Yes.</i>\n"),
        (f"{T}\n<v Ann>Um.</v> <v Bo>Yes.</v>\n", f"{T}\n<v Ann></v><v Bo>Yes.</v>\n"),
        (f"{T}\nso<00:00:01.500><c> um</c><00:00:02.000><c> yes</c>\n", f"{T}\nso<00:00:02.000><c> yes</c>\n"),
        (f"{T}\nso<00:00:01.500><c> um</c> yes\n", f"{T}\nso<00:00:01.500> yes\n"),
        (f"{T}\nso <i>um</i> yes\n", f"{T}\nso yes\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_empty_goes(before: str, after: str, newline: str) -> None:
    assert tidied((HEAD + before).replace("\n", newline)) == (HEAD + after).replace("\n", newline)


def test_signs_are_escaped_as_the_file_does() -> None:
    assert tidied(f"{HEAD}{T}\nR&amp;D, um, &lt;b&gt;.\n") == f"{HEAD}{T}\nR&amp;D &lt;b&gt;.\n"
    assert tidied(f"{HEAD}{T}\nR&D, um, a < b.\n") == f"{HEAD}{T}\nR&D a < b.\n"
    assert tidied(f"{HEAD}{T}\nR&D, um.\n\n{U}\n&amp;lt;b um, x\n", "verbatim").endswith("\n&lt;b um, x\n")


TEAMS = "WEBVTT\n\n0:0:0.0 --> 0:0:5.320\n<v Ann>So.</v>\n\n0:0:5.90 --> 0:10:12.320\n<v Bo>We.</v>\n\n"


def test_times_without_zeros() -> None:
    """Most lines of such a file have short times; a few have all digits by chance."""
    file = TEAMS + "0:10:12.320 --> 0:10:13.999\nGo.\n\n0:10:14.5 --> 10:1:0.0\nHome.\n"
    assert cues(loads(file)) == [
        *(("So.", 0, 5320), ("We.", 5090, 612320), ("Go.", 612320, 613999), ("Home.", 614005, 36060000)),
    ]
    assert problems(file) == ["times without zeros in 4 cues"]
    assert dumps(loads(file)) == file
    assert tidied(TEAMS.replace("We.", "Um.")) == TEAMS[: TEAMS.index("0:0:5.90")]


def test_one_time_without_zeros_is_none() -> None:
    file = f"{HEAD}{T}\nSo.\n\n0:0:3.0 --> 0:0:5.320\nLost.\n\n{U}\nWe.\n"
    assert [text for text, _, _ in cues(loads(file))] == ["So.", "We."]
    assert problems(file) == ["times that cannot be read: '0:0:3.0 --> 0:0:5.320'"]
    assert cues(loads(f"{HEAD}00:00:01.50 --> 00:00:02.50\nSo.\n")) == []


def test_truncated_anywhere() -> None:
    for end in range(len(YOUTUBE)):
        comes_back(YOUTUBE[:end], "vtt")


@pytest.mark.parametrize("sep", ["\u2028", "\x85", "\v", "\x1c"])
def test_lines_end_at_line_ends_alone(sep: str) -> None:
    assert cues(loads(f"{HEAD}{T}\nso{sep}we\n")) == [(f"so{sep}we", 1000, 3000)]


def test_long_files_are_read_in_linear_time() -> None:
    """Ten thousand of what may be looked for again and again: each is one step."""
    for piece in ("<", "<v ", "&", "\n ", "<i>", "-->", f"\n{T}", "00:", "<00:00:01.000>"):
        comes_back(f"{HEAD}{T}\n" + piece * 10_000, "vtt")


@given(webvtt_files())
def test_the_short_way_reads_the_same(content: str) -> None:
    """Cues with nothing but lines and a voice are read in a shorter way, to the same result."""
    short = loads(content, "vtt")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cuetext, "_fill_simple", lambda *_: False)
        long = loads(content, "vtt")
    assert long.text == short.text
    assert [x for x in long.labels if x.kind != "hole"] == [x for x in short.labels if x.kind != "hole"]
    assert short.frame is not None
    assert long.frame is not None
    assert (long.frame.extras, long.frame.oddities) == (short.frame.extras, short.frame.oddities)
    # Where a hole is written anew, a NUL in it becomes what the standard reads it as.
    first, second = (
        dumps(tt.tidy(read, ignore=["turns"]).transcript).replace("\0", "\ufffd") for read in (short, long)
    )
    assert first.split() == second.split()


def test_commas_in_all_times() -> None:
    file = (HEAD + f"{T}\nso<00:00:02.000><c> um,</c><00:00:02.500><c> we</c>\n\n{U}\nwent\n").replace(".", ",")
    read = loads(file, "vtt")
    assert words(read) == [("so", 1000), ("um,", 2000), ("we", 2500)]
    assert problems(file) == ["commas in the times of 2 cues"]
    assert tidied(file) == file.replace("<00:00:02,000><c> um,</c>", "")
