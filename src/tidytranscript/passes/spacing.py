"""Blanks that a recogniser or a caption track put where nobody writes one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass

SPACED_HYPHEN: Final = Rule(
    "spaced-hyphen",
    Power.SPACE,
    Level.VERBATIM,
    "A blank before the hyphen inside a word.",
    fixes=(
        ("in pre -training we", "in pre-training we"),
        ("a well -known trade -off", "a well-known trade-off"),
        ("It's WALL -E again.", "It's WALL-E again."),
    ),
    keeps=("he said - and left", "pre- and post-training", "it was -5 outside", "run ls -la there", "so -- yes"),
)
SPACED_DECIMAL: Final = Rule(
    "spaced-decimal",
    Power.SPACE,
    Level.VERBATIM,
    "A blank inside a decimal number.",
    fixes=(
        ("the latest GPT 5 .2 model", "the latest GPT 5.2 model"),
        ("about 3 .14", "about 3.14"),
        ("it grew 0 .5 percent", "it grew 0.5 percent"),
    ),
    keeps=("in section 5. 2 people came", "chapter 5 .", "the .22 calibre"),
)
SPACED_PERCENT: Final = Rule(
    "spaced-percent",
    Power.SPACE,
    Level.VERBATIM,
    "A blank between a number and its percent sign.",
    fixes=(
        ("explain 95 % of things", "explain 95% of things"),
        ("100 %.", "100%."),
        ("only 2.5 %, really", "only 2.5%, really"),
    ),
    keeps=("95% of things", "the % sign", "7 %2 is one"),
)
SPACE_BEFORE_STOP: Final = Rule(
    "space-before-stop",
    Power.SPACE,
    Level.VERBATIM,
    "A blank before a comma or a stop.",
    fixes=(("well , yes", "well, yes"), ("Is it ? Yes .", "Is it? Yes."), ("first : go", "first: go")),
    keeps=("well, yes", "wait ... no", "a smile :)", "the .com boom"),
)
DOUBLED_SPACE: Final = Rule(
    "doubled-space",
    Power.SPACE,
    Level.VERBATIM,
    "More than one blank between two words.",
    fixes=(("two  words", "two words"), ("so.  Then", "so. Then"), ("a \t b", "a b")),
    keeps=("  an indent", "a\tb", "trailing  \nblanks"),
)

# All start with a blank, so that one search finds the places where anything can be wrong.
_PLACES: Final = re.compile(r" (?:[ \t]+|[-.,;:?!%])|\t[ \t]+")
_FLAG_LIKE: Final = re.compile(r"[^\W\d_]{1,2}\b")  # `ls -la`: what follows the hyphen is an option, not a word
_SHORT_WORDS: Final = frozenset(("on", "up", "in", "op", "to", "by", "ed"))


@as_pass("spacing", SPACED_HYPHEN, SPACED_DECIMAL, SPACED_PERCENT, SPACE_BEFORE_STOP, DOUBLED_SPACE)
def spacing(transcript: Transcript) -> Iterator[Finding]:
    """Look at each place where a blank stands beside another, or before punctuation."""
    text = transcript.text
    french = transcript.language == "fr"  # French puts a blank before ? ! : ; and %
    for match in _PLACES.finditer(text):
        start, end = match.span()
        mark = text[end - 1]
        before, after = text[start - 1 : start] if start else "\n", text[end : end + 1]
        if before == "\n" or before == " ":
            continue
        if mark in " \t":
            if after and after not in "\r\n":
                blanks = end - 1 if after in ".,?!;:" else end
                yield DOUBLED_SPACE.at(start, blanks, "one blank is enough", (start, blanks, " "))
        elif mark == "-":
            if before.isalpha() and after.isalpha() and not _is_option(text, start, end):
                yield SPACED_HYPHEN.at(start, end, "a hyphen stands close", (start, start + 1, ""))
        elif mark == "." and before.isdigit() and after.isdigit():
            yield SPACED_DECIMAL.at(start, end, "the parts of a number stand close", (start, start + 1, ""))
        elif mark == "%":
            if before.isdigit() and not after.isalnum() and not french:
                yield SPACED_PERCENT.at(start, end, "a percent sign stands close", (start, start + 1, ""))
        elif (not after or after.isspace() or (after in "\"'”’)" and mark in ",.?!")) and not (french and mark in "?!:;"):
            yield SPACE_BEFORE_STOP.at(start, end, f"{mark!r} stands close", (start, start + 1, ""))


def _is_option(text: str, start: int, end: int) -> bool:
    match = _FLAG_LIKE.match(text, end)
    if not match or match[0].lower() in _SHORT_WORDS:
        return False
    return not (match[0].isupper() and text[max(0, start - 2) : start].isupper())
