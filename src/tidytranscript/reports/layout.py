"""How a tidied transcript is laid out for the format that it is written in."""

from __future__ import annotations

from attrs import frozen

from tidytranscript.formats import format_named
from tidytranscript.formats.cues import voiced
from tidytranscript.formats.recut import recut
from tidytranscript.reports.terminal import Trouble
from tidytranscript.transcript import Transcript


@frozen
class Layout:
    """How a tidied transcript is written.

    Attributes:
        recut: whether captions are cut anew.
        voices: whether guessed speakers are written as voices.
    """

    recut: bool = False
    voices: bool = False

    def of(self, transcript: Transcript, made: str, name: str) -> Transcript:
        """The transcript laid out for the format `made`; Trouble where it can't be."""
        if self.recut:
            if "cues" not in format_named(made).holds:
                raise Trouble(f"{name}: --recut is for cues, which {made} has none of. Add --to srt or --to vtt")
            transcript = recut(transcript)
        if self.voices:
            if made != "vtt":
                raise Trouble(f"{name}: --voices is for WebVTT, and this would be {made}. Add --to vtt")
            transcript = voiced(transcript)
        return transcript
