"""What of a transcript a format cannot hold, in words: reported, never dropped in silence."""

from __future__ import annotations

from typing import Final

from tidytranscript.formats.cues import VOICED
from tidytranscript.formats.table import format_named
from tidytranscript.transcript import Transcript

_KINDS: Final = (
    ("word", "words", "the times of {} words"),
    ("cue", "cues", "the times of {} cues"),
    ("identifier", "ids", "the identifiers of {} cues"),
)


def losses(transcript: Transcript, format: str) -> tuple[str, ...]:  # noqa: A002
    """What the transcript has that is not written in the format; nothing for the format that it was read from.

    >>> from tidytranscript.formats import loads
    >>> losses(loads("1\\n00:00:01,000 --> 00:00:02,000\\nHello."), "text")
    ('the times of 1 cues',)
    """
    frame = transcript.frame
    if frame and frame.format == format:
        return ()
    holds = format_named(format).holds
    found = []
    for kind, name, words in _KINDS:
        n = len(transcript.of_kind(kind))
        if n and name not in holds:
            found.append(words.format(f"{n:,}"))
    guesses = [t for t in transcript.of_kind("turn") if t.value.speaker and t.value.confidence < 1.0]
    held = "turns" in holds or (format == "vtt" and transcript.of_kind(VOICED))
    if "speakers" not in holds and (transcript.of_kind("speaker") or transcript.of_kind("turn")):
        found.append("who speaks")
    elif guesses and not held:
        found.append("guesses of who speaks")
    facts = [key for key in transcript.metadata if key != "edits"]
    if facts and "metadata" not in holds:
        found.append(f"what is known of the recording ({', '.join(facts)})")
    found += [f"{n:,} {name}" for name, n in (frame.extras.items() if frame else ())]
    return tuple(found)
