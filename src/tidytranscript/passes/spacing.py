"""Blanks that a recogniser or a caption track put where nobody writes one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.blanks import faults
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
SPACED_STOP: Final = Rule(
    "spaced-stop",
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

_RULES: Final = {
    "hyphen": (SPACED_HYPHEN, "a hyphen stands close"),
    "decimal": (SPACED_DECIMAL, "the parts of a number stand close"),
    "percent": (SPACED_PERCENT, "a percent sign stands close"),
    "stop": (SPACED_STOP, "a stop stands close"),
    "doubled": (DOUBLED_SPACE, "one blank is enough"),
}


@as_pass("spacing", SPACED_HYPHEN, SPACED_DECIMAL, SPACED_PERCENT, SPACED_STOP, DOUBLED_SPACE, reach=2)
def spacing(transcript: Transcript) -> Iterator[Finding]:
    """Every blank that stands beside another, or before punctuation that stands close."""
    for kind, start, end, new, _ in faults(transcript.text, french=transcript.language == "fr"):
        rule, reason = _RULES[kind]
        yield rule.at(start, end, reason, (start, end, new))
