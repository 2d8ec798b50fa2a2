"""Who speaks, from cue to cue of a file that is read."""

from __future__ import annotations

from tidytranscript.formats.frames import Builder
from tidytranscript.spans import Span


class Voices:
    """Who speaks, through all the cues of a file.

    A voice goes on into cues without one, as in files that name only who is new, unless an end tag has closed it.
    """

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.name = ""
        self.start = 0

    def opens(self, name: str) -> None:
        """Another voice, or the same again, begins at the end of the text so far."""
        if name != self.name:
            self.close()
            self.name, self.start = name, self.builder.next

    def close(self) -> None:
        """The voice ends here."""
        if self.name and self.builder.at > self.start:
            self.builder.label("speaker", Span(self.start, self.builder.at), self.name)
        self.name = ""
