"""The last sweep: punctuation that deletions left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass

ORPHANED_COMMA: Final = Rule(
    "orphaned-comma",
    Power.PUNCTUATION | Power.SPACE,
    Level.VERBATIM,
    "A comma with nothing to set off: doubled, or before a stop.",
    fixes=(("so,, we left", "so, we left"), ("we left, , and then", "we left, and then"), ("it failed,.", "it failed.")),
    keeps=("one, two, three", "“Yes,” she said.", "a , b"),
)

_COMMAS: Final = re.compile(r",(?:[ \t]*,)*[ \t]*[,.?!](?![\w.])")


@as_pass("finish", ORPHANED_COMMA)
def finish(transcript: Transcript) -> Iterator[Finding]:
    """Commas that run into other punctuation."""
    for match in _COMMAS.finditer(transcript.text):
        start, end = match.span()
        yield ORPHANED_COMMA.at(start, end, "a comma sets nothing off here", (start, end - 1, ""))
