"""Text that was read in the wrong encoding, and characters that no transcript means; ftfy mends them word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from tidytranscript.cuts import trimmed
from tidytranscript.rules import Finding, Level, Power, Rule, Span, Transcript, as_pass

MOJIBAKE: Final = Rule(
    "mojibake",
    Power.ENCODING,
    Level.VERBATIM,
    "Text that was decoded as something other than what it was encoded as.",
    fixes=(
        ("We donâ€™t know.", "We don’t know."),
        ("The cafÃ© in MÃ¼nchen.", "The café in München."),
        ("from 2012 â€“ 2020", "from 2012 – 2020"),
    ),
    keeps=("“Don’t,” she said…", "Ångström, São Paulo, naïve", "The ﬁrst ligature stays.", "ÂNGELA SPOKE"),
)
ENTITY: Final = Rule(
    "html-entity",
    Power.ENCODING,
    Level.VERBATIM,
    "A character written as an HTML entity.",
    fixes=(
        ("R&amp;D, you know", "R&D, you know"),
        ("she said &quot;yes&quot;", 'she said "yes"'),
        ("it&#39;s fine", "it's fine"),
    ),
    keeps=("R&D, you know", "AT&T; and others", "write <b>&amp;</b> in HTML"),
)
CONTROL: Final = Rule(
    "control-character",
    Power.ENCODING,
    Level.VERBATIM,
    "A control character that nothing means in a transcript.",
    fixes=(("yes\x00 sir", "yes sir"), ("well\x07, no", "well, no"), ("\x1b[31mred\x1b[0m", "red")),
    keeps=("a\tb", "one\r\ntwo", "end of page\x0c"),
)

# What can't be mojibake, an entity or a control character: a line of nothing else is never looked at.
# All that a wrong decoding of UTF-8 gives starts with a letter outside ASCII, such as â or Ã.
_NEAR: Final = 40  # characters on either side that ftfy is shown: whole lines cost more and decide nothing
_UNUSUAL: Final = re.compile(r"[^\t\n\f\r\x20-\x7e‘’‚“”„–—…]|&#?[0-9A-Za-z]{1,24};")


@as_pass("encoding", MOJIBAKE, ENTITY, CONTROL, reach=0)
def encoding(transcript: Transcript) -> Iterator[Finding]:
    """Mend what is around each unusual character; and the metadata."""
    text = transcript.text
    match = _UNUSUAL.search(text)
    while match:
        start, end = _window(text, match.start(), match.end())
        yield from _mended_in(text, start, end)
        match = _UNUSUAL.search(text, end)
    for key, value in transcript.metadata.items():
        mended = _mended(value)
        if mended != value:
            reason = f"{key}: {value!r} was decoded wrongly"
            yield Finding(MOJIBAKE.name, Span(0, 0), reason, metadata={key: mended})


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around something unusual, up to where the line is usual again for a while."""
    left = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    while (match := _UNUSUAL.search(text, end, min(end + _NEAR, line_end))) is not None:
        end = match.end()
    start = max(left, text.rfind(" ", left, max(left, start - _NEAR)) + 1)
    stop = text.find(" ", min(end + _NEAR, line_end), line_end)
    return start, line_end if stop < 0 else stop


def _mended_in(text: str, start: int, end: int) -> Iterator[Finding]:
    old = text[start:end]
    new, rule = mend(old)
    if new == old:
        return
    at = start
    pieces, fresh = re.split("( )", old), re.split("( )", new)
    if len(pieces) != len(fresh):
        pieces, fresh = [old], [new]
    for was, now in zip(pieces, fresh, strict=True):
        edit = trimmed(text, at, at + len(was), now)
        if edit:
            yield rule.at(at, at + len(was), f"{_shown(was)} is {_shown(now)}", edit)
        at += len(was)


def _shown(piece: str) -> str:
    return repr(piece if len(piece) < 60 else piece[:57] + "...")


def mend(line: str) -> tuple[str, Rule]:
    """The line as it was meant, and the rule that says what was wrong with it.

    >>> mend("We donâ€™t know.")[0]
    'We don’t know.'
    """
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html="<" not in line,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        normalization=None,
    )
    fixed, steps = ftfy.fix_and_explain(line, config)
    rule = CONTROL
    for step in steps or ():
        if step.action in ("encode", "decode", "transcode") or step.parameter == "decode_inconsistent_utf8":
            rule = MOJIBAKE
        elif step.parameter == "unescape_html" and rule is CONTROL:
            rule = ENTITY
    return fixed, rule


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return "\n".join(mend(line)[0] for line in value.split("\n")) if _UNUSUAL.search(value) else value
    return [_mended(item) for item in value] if isinstance(value, list) else value
