"""The last sweep: punctuation that deletions left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tidytranscript.blanks import faults
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass

ORPHANED_COMMA: Final = Rule(
    "orphaned-comma",
    Power.PUNCTUATION | Power.SPACE,
    Level.VERBATIM,
    "A comma with nothing to set off: doubled, or before a stop.",
    fixes=(
        ("so,, we left", "so, we left"),
        ("we left, , and then", "we left, and then"),
        ("it failed,.", "it failed."),
    ),
    keeps=("one, two, three", "“Yes,” she said.", "a , b"),
)

LEFT_OVER_SPACE: Final = Rule(
    "left-over-space",
    Power.SPACE,
    Level.VERBATIM,
    "A blank that words left behind when they went.",
    fixes=(("it failed .", "it failed."), ("so  we left", "so we left"), ("well , yes", "well, yes")),
    keeps=("it failed.", "wait ... no", "pre -training"),
)

_COMMAS: Final = re.compile(r",(?:\s*,)*\s*[,.?!](?![\w.])")


@as_pass("finish", ORPHANED_COMMA, LEFT_OVER_SPACE, reach=2)
def finish(transcript: Transcript) -> Iterator[Finding]:
    """Commas that run into other punctuation, and blanks that stand beside another or before a stop."""
    text = transcript.text
    for match in _COMMAS.finditer(text):
        start, end = match.span()
        edits = [(start, end - 1, "")]
        if "\n" in match[0]:
            edits = [(start + i, start + i + 1, "") for i, c in enumerate(match[0][:-1]) if c == ","]
        yield ORPHANED_COMMA.at(start, end, "a comma sets nothing off here", *edits)
    for kind, start, end, new, _ in faults(text, french=transcript.language == "fr"):
        if kind in ("stop", "doubled"):
            yield LEFT_OVER_SPACE.at(start, end, "left behind", (start, end, new))
