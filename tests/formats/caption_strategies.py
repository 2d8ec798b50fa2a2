"""Caption files made of fragments that are right and wrong, and transcripts for files to be made of."""

from __future__ import annotations

from hypothesis import strategies as st

from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript

_WORDS = (
    "the",
    "bees",
    "um,",
    "uh",
    "Um.",
    "so",
    "so",
    "we",
    "we,",
    "I",
    "it's",
    "R",
    "5",
    "2021",
    "Yes.",
    "No?",
    "a-",
    "—",
)
_VTT_MARKS = (
    *(
        "<v Ann>",
        "<v.loud Bo Lee>",
        "</v>",
        "<v>",
        "<v Ann & Bo>",
        "<c>",
        "<c.colorE5E5E5>",
        "</c>",
        "<i>",
        "</i>",
        "<b>",
    ),
    *(
        "</b>",
        "<lang en>",
        "</lang>",
        "<ruby>",
        "<rt>",
        "</rt>",
        "</ruby>",
        "<",
        ">",
        "<>",
        "</>",
        "< b>",
        "<c",
        "<v Ann\n",
    ),
    *("<00:00:01.000>", "<00:00:01.500>", "<00:02.000>", "<00:00:02.000><c> bees</c>", "<00:00:09.000>", "<0:0>"),
    *(
        "&amp;",
        "&lt;",
        "&gt;",
        "&gt;&gt; ",
        "&nbsp;",
        "&#32;",
        "&#x41;",
        "&",
        "&;",
        "&lrm;",
        "&amp",
        "&notit;",
        "&amp;lt;",
    ),
    *(
        "\0",
        "\u2028",
        "\x85",
        "\t",
        "\f",
        "\v",
        "ANNA: ",
        "Ann: ",
        "[Music]",
        "[&nbsp;__&nbsp;]",
        "- ",
        "&#0;",
        "&#10;",
    ),
)
_SRT_MARKS = (
    *("<i>", "</i>", "<b>", "</b>", "<font color=red>", "</font>", "{\\an8}", "{\\i1}", "{x}", "<", ">", "<u", "&amp;"),
    *("\u2028", "\x85", "\0", "\t", "\f", "ANNA: ", "Ann: ", "- ", "3\n", "\n4\n", "12", "<v Ann>"),
)
_ENDS = ("\n", "\n", "\n", "\n\n", "\n\n", "\n \n", "\r\n", "\r\n\r\n", "\r", "\n\r", "\n\n\n", " \n", "")
_VTT_TIMES = (
    *(
        "00:00:01.000 --> 00:00:03.000",
        "00:00:01.000 --> 00:00:03.000 align:start position:0%",
        "00:03.000 --> 00:05.000",
    ),
    *("00:00:05.000-->00:00:04.000", "100:00:05.000 --> 100:00:07.000", " \t00:00:07.000  -->  00:00:08.000 \t", "-->"),
    *(
        "00:00:1.000 --> 00:00:03.000",
        "00:00:01,000 --> 00:00:03,000",
        "00:00:01.000 --> ",
        "x00:00:01.000 --> 00:00:02.000",
    ),
    *("00:00:01.000 --> 00:00:03.000 line:x -->", "0:0:1.0 --> 0:0:5.320", "\ufeff00:00:01.000 --> 00:00:01.000"),
)
_SRT_TIMES = (
    *("1\n00:00:01,000 --> 00:00:03,000", "2\n00:00:03,000 --> 00:00:05,000", "3\n00:00:05,000 --> 00:00:04,000"),
    *("4\n00:00:05.5 --> 00:00:07:25", "00:01:01,000 --> 00:01:02,000", "7\n100:00:01,000-->100:00:02,000 X1:1 X2:2"),
    *(
        "5\n00:00:0x,000 --> 00:00:03,000",
        "6\n00:00:01,000 -> 00:00:03,000",
        "8\n",
        "-->",
        "9",
        " 10 \n 1:02,3 --> 1:03,4",
    ),
    *("11\n00:00:09,000 --> ", "99999999999999999999999\n00:00:11,000 --> 00:00:12,000"),
)
_VTT_BLOCKS = (
    "NOTE of ours",
    "NOTE\na --> b",
    "STYLE\n::cue(v) {}",
    "REGION\nid:1",
    "WEBVTT",
    "an identifier",
    "7",
    "WEBVTT x",
)
_VTT_HEADS = (
    *(
        "WEBVTT\n\n",
        "WEBVTT\n\n",
        "WEBVTT\n\n",
        "WEBVTT\nKind: captions\nLanguage: en\n\n",
        "\ufeffWEBVTT - Bees\n\n",
        "",
    ),
    *(
        "WEBVTT\r\n\r\n",
        "WEBVTT\n",
        "WEBVTT\nStyle:\n::cue(c) { }\n##\n\n",
        "WEBVTTx\n\n",
        "WEBVTT\rKind: captions\r\r",
    ),
)


@st.composite
def _payloads(draw: st.DrawFn, marks: tuple[str, ...]) -> str:
    pieces: list[str] = []
    for _ in range(draw(st.integers(0, 7))):
        kind = draw(st.integers(0, 5))
        if kind < 4:
            pieces.append(draw(st.sampled_from(_WORDS)) + draw(st.sampled_from((" ", " ", " ", "", "\n", "\n ", "  "))))
        else:
            pieces.append(draw(st.sampled_from(marks)))
    return "".join(pieces)


@st.composite
def _files(
    draw: st.DrawFn, heads: tuple[str, ...], times: tuple[str, ...], marks: tuple[str, ...], blocks: tuple[str, ...]
) -> str:
    pieces = [draw(st.sampled_from(heads))]
    good = draw(st.booleans())
    for i in range(draw(st.integers(0, 5))):
        kind = draw(st.integers(0, 9))
        if kind == 0 and blocks:
            pieces.append(draw(st.sampled_from(blocks)) + draw(st.sampled_from(_ENDS)))
        if kind == 1:
            pieces.append(draw(_payloads(marks)) + draw(st.sampled_from(_ENDS)))
        line = times[i % 3] if good or kind < 6 else draw(st.sampled_from(times))
        pieces.append(line + (draw(st.sampled_from(_ENDS)) if kind == 2 else "\n"))
        pieces.append(draw(_payloads(marks)) + (draw(st.sampled_from(_ENDS)) if kind > 5 else "\n\n"))
    text = "".join(pieces)
    newline = draw(st.sampled_from(("\n", "\n", "\n", "\r\n", "\r")))
    return text if newline == "\n" else text.replace("\r\n", "\n").replace("\n", newline)


def webvtt_files() -> st.SearchStrategy[str]:
    """WebVTT, of fragments that are right and wrong."""
    return _files(_VTT_HEADS, _VTT_TIMES, _VTT_MARKS, _VTT_BLOCKS)


def subrip_files() -> st.SearchStrategy[str]:
    """SubRip, of fragments that are right and wrong."""
    return _files(("", "", "", "\n", "\ufeff", "words\n"), _SRT_TIMES, _SRT_MARKS, ())


_SAID = (
    "the",
    "bees",
    "R&D",
    "<3",
    "a>b",
    "so,",
    "we",
    "-->",
    "café",
    "5",
    "Yes.",
    "&amp;",
    "{x}",
    "NOTE",
    "it's",
    "<i>",
)
_NAMES = (None, None, "Ann", "Bo Lee", "R & D", "Ann")


@st.composite
def cued(draw: st.DrawFn, *, words: bool) -> Transcript:
    """A transcript in cues of one to three lines, with speakers and identifiers, and with times of words if `words`."""
    text, labels, at = "", [], draw(st.integers(0, 5000))
    speakers: list[tuple[int, int, str]] = []
    for i in range(draw(st.integers(0, 5))):
        lines = [draw(st.lists(st.sampled_from(_SAID), min_size=1, max_size=5)) for _ in range(draw(st.integers(1, 3)))]
        count = sum(map(len, lines))
        length = draw(st.integers(count, 5000))
        start = len(text) + (1 if text else 0)
        body = "\n".join(" ".join(line) for line in lines)
        text += ("\n" if text else "") + body
        span = Span(start, len(text))
        labels.append(Label(span, "cue", Times(at, at + length)))
        if draw(st.integers(0, 3)) == 0:
            labels.append(Label(span, "identifier", draw(st.sampled_from(("one", f"the {i}th", "7")))))
        if words and draw(st.integers(0, 3)):
            place = start
            for j, word in enumerate(body.split()):
                share = length // count
                until = at + share * (j + 1) if j + 1 < count else at + length
                labels.append(Label(Span(place, place + len(word)), "word", Times(at + share * j, until)))
                place += len(word) + 1
        name = draw(st.sampled_from(_NAMES))
        if name:
            if speakers and speakers[-1][2] == name and speakers[-1][1] == start - 1:
                speakers[-1] = (speakers[-1][0], span.end, name)
            else:
                speakers.append((start, span.end, name))
        at += length + draw(st.integers(0, 3000))
    labels += [Label(Span(start, end), "speaker", name) for start, end, name in speakers]
    return Transcript(text, tuple(labels))
