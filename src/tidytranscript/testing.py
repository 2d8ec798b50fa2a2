"""The laws that every pass is held to, for the tests of any pass: Hypothesis strategies, and one call.

    from tidytranscript.testing import check_pass

    def test_my_pass():
        check_pass(my_pass)

Needs Hypothesis. How many examples are tried is Hypothesis's own setting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.powers import Level, Power
from tidytranscript.provenance import Change
from tidytranscript.rules import Pass
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Times, Transcript
from tidytranscript.words import word_list, words_at

__all__ = ["check_pass", "check_result", "texts", "transcripts", "windows"]

_WORDS = (
    *("the", "it's", "It’s", "I", "a", "we", "that", "had", "is", "very", "and", "to", "if", "you", "no", "yeah", "so"),
    *(
        "donâ€™t",
        "cafÃ©",
        "model",
        "models",
        "training",
        "Duran",
        "better",
        "five",
        "2021",
        "What",
        "there",
        "café",
        "naïve",
        "x",
        "w",
        "th",
    ),
)
_FILLERS = ("um", "uh", "Um", "Uh,", "er", "UM", "uh-huh", "mhm", "“um”")
_GAPS = (
    " ",
    ", ",
    "  ",
    " , ",
    " -",
    "- ",
    "-",
    " -- ",
    "—",
    "…",
    "\n",
    ",\n",
    " \n",
    "\n\n",
    "\n \n",
    "\r\n",
    "\t",
    "/",
)
_STOPS = (".", "?", "!", ". ", "? ", ".\n", ",", ";", ": ", "...", " .", "”", "'", " %", " .5", ".,")
_PHRASES = (
    *("the, ", "they, ", "it is, ", "if you, ", "I was, ", "no wait ", "or rather, ", "I mean, ", "like, ", "wor- "),
    *("M most ", "he ", "he's ", "when ", "as the ", "what is the, ", "a- ", "in the, in ", "what, ", "what's "),
    *("every, ", "everything ", "where he, so ", "which we ", "client po- client ", "I think we… ", "there, there's "),
    *("you know, ", "is there, ", "is there ", "really powerful, ", "better and ", "one two ", "thank you ", "I mean "),
    *(
        "open AI ",
        "so, so open AI ",
        "chat GPT's ",
        "Jerry Twerk",
        "GPT 4 ",
        "0103",
        "pre -training ",
        "95 % ",
        "5 .2 ",
        "a-a-actually ",
    ),
    *("ANNA: ", "BEN: ", ">> ", ">> ANNA: ", "[SPEAKER_00] ", "**Ann:** ", "[Music]", "(laughs) ", "Transcript\n"),
    *("By The Show\n", "Topics Covered\n", "- Ice and Snow\n", "How Whales Sing in Winter\n", "Loading video...\n"),
    *(
        "Thanks for coming on. ",
        "How do you know? ",
        "Yes, I do. ",
        "donâ€™t ",
        "cafÃ© ",
        "&amp;",
        "&gt;&gt; ",
        "\x00",
        "\x1b[0m",
    ),
)
_SEAMS = (
    "and that is how the whole thing began in the end.\n",
    "the whole thing began in the end. ",
    "the whole thing began in the end. So, so we left. ",
    "the whole thing began in the end. End of it. ",
    "the whole thing began in the end.\n",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts made of what goes wrong in transcripts: fillers, stops, stutters, line ends, seams, labels, furniture."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(0, 14))):
        kind = draw(st.integers(0, 9))
        if kind < 4:
            word = draw(st.sampled_from(_WORDS + _FILLERS if kind else _WORDS))
            copies = draw(st.integers(1, 4)) if draw(st.booleans()) else 1
            gap = draw(st.sampled_from(_GAPS))
            pieces.append(gap.join([word] * copies) + draw(st.sampled_from(_GAPS + _STOPS)))
        elif kind < 6:
            pieces.append(draw(st.sampled_from(_FILLERS)) + draw(st.sampled_from(_GAPS + _STOPS)))
        elif kind < 8:
            pieces.append(draw(st.sampled_from(_PHRASES)) * draw(st.integers(1, 3)))
        elif kind == 8:
            pieces.append(_SEAMS[0] if draw(st.booleans()) else "")
            pieces.append(draw(st.sampled_from(_SEAMS)))
        else:
            start = draw(st.integers(0, len(pieces)))
            pieces += pieces[start : start + draw(st.integers(1, 4))]
    if draw(st.integers(0, 5)) == 0:
        pieces.append("\nLoading video...\n")
    return "".join(pieces)


@st.composite
def windows(draw: st.DrawFn, sources: Sequence[str], *, size: int = 300) -> str:
    """Windows of real texts, cut anywhere, joined, and with words doubled at the joint."""
    out = []
    for _ in range(draw(st.integers(1, 3))):
        source = draw(st.sampled_from(list(sources)))
        start = draw(st.integers(0, max(0, len(source) - 2)))
        out.append(source[start : start + draw(st.integers(1, size))])
        if draw(st.booleans()):
            out.append(out[-1][-draw(st.integers(1, 90)) :])
        out.append(draw(st.sampled_from(("", " ", "\n", ", ", ". "))))
    return "".join(out)


@st.composite
def transcripts(draw: st.DrawFn, of: st.SearchStrategy[str] | None = None) -> Transcript:
    """Transcripts of such texts, with a cue on each line, a time on each word, and sometimes a protected stretch."""
    text = draw(of if of is not None else texts())
    labels = list(_cues(text)) if draw(st.booleans()) else []
    if draw(st.booleans()):
        labels += _timed_words(text)
    if text and draw(st.integers(0, 3)) == 0:
        start = draw(st.integers(0, len(text)))
        labels.append(Label(Span(start, min(len(text), start + draw(st.integers(1, 20)))), "protected", "kept"))
    return Transcript(text, tuple(labels))


def _cues(text: str) -> Iterator[Label]:
    at = 0
    for i, line in enumerate(text.split("\n")):
        yield Label(Span(at, at + len(line)), "cue", Times(i * 1000, i * 1000 + 900))
        at += len(line) + 1


def _timed_words(text: str) -> Iterator[Label]:
    at = 0
    for i, word in enumerate(text.split()):
        at = text.index(word, at)
        yield Label(Span(at, at + len(word)), "word", Times(i * 100, i * 100 + 90))
        at += len(word)


def check_pass(pass_: Pass, of: st.SearchStrategy[str] | None = None) -> None:
    """Hold a pass to the laws at every level: AssertionError with the smallest example that breaks one.

    Accounted, reversible, idempotent, nothing invented, times stay true, protected, total, honest; and pure: `find`
    gives the same each time.
    """

    @given(transcripts(of), st.sampled_from(list(Level)))
    def law(transcript: Transcript, level: Level) -> None:
        pipeline = Pipeline((pass_,), level)
        result = pipeline(transcript)
        check_result(result)
        assert list(pass_.find(transcript)) == list(pass_.find(transcript)), "find is not pure"
        again = pipeline(result.transcript)
        assert again.text == result.text, f"not idempotent: {result.text!r} becomes {again.text!r}"

    law()


def check_result(result: Result) -> None:
    """Hold one run to the laws that its log can show: AssertionError with what was broken."""
    source, text = result.source.text, result.text
    assert result.undo() == source, "not reversible"
    assert _made(source, result.edits) == text, "the edits do not account for the result"
    rules = {rule.name: rule for rule in result.pipeline.rules}
    steps_text = source
    for step in result.steps:
        new = step.patch.apply(steps_text)
        used = [rules[finding.rule].power for finding in step.taken if finding.edits]
        if not any(power & (Power.REPLACE | Power.ENCODING) for power in used):
            left = iter(word.casefold() for word in word_list(steps_text))
            lost = next((word for word in word_list(new) if word.casefold() not in left), None)
            assert lost is None, f"{step.name} invented {lost!r}"
        assert all(why for _, why in step.declined), "declined without a reason"
        steps_text = new
    _check_labels(result)


def _made(source: str, edits: Sequence[Change]) -> str:
    out, at = [], 0
    for edit in edits:
        assert at <= edit.start <= edit.end, "edits overlap"
        assert source[edit.start : edit.end] == edit.old, "an edit misquotes the source"
        out += [source[at : edit.start], edit.new]
        at = edit.end
    return "".join([*out, source[at:]])


def _check_labels(result: Result) -> None:
    before, after = result.source, result.transcript
    for kind in ("cue", "word"):
        old, new = before.of_kind(kind), after.of_kind(kind)
        left = iter([label.value for label in old])
        assert all(label.value in left for label in new), f"{kind} times changed"
        ends = [label.span for label in new]
        assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(ends)), "out of order"
        assert all(0 <= span.start <= span.end <= len(after.text) for span in ends), "outside the text"
    if before.of_kind("word") and _all_timed(before):
        assert _all_timed(after), "a word lost its time"
    for old_label, new_label in zip(before.of_kind("protected"), after.of_kind("protected"), strict=True):
        kept, now = old_label.span.of(before.text), new_label.span.of(after.text)
        assert kept == now, f"protected {kept!r} became {now!r}"
    for word in after.of_kind("word"):
        said, now = _said(before, word.value), word.span.of(after.text)
        corrected = any(step.patch.edits for step in result.steps if step.name in ("corrections", "encoding"))
        for part in () if corrected else word_list(now):
            assert part.casefold() in said.casefold(), f"the time of {said!r} went to {now!r}"


def _all_timed(transcript: Transcript) -> bool:
    """Whether every word of the text lies under a word label, at least in part."""
    spans = [label.span for label in transcript.of_kind("word")]
    at = 0
    for start, end in words_at(transcript.text):
        while at < len(spans) and spans[at].end <= start:
            at += 1
        if at == len(spans) or spans[at].start >= end:
            return False
    return True


def _said(transcript: Transcript, value: object) -> str:
    return next(label.span.of(transcript.text) for label in transcript.of_kind("word") if label.value == value)
