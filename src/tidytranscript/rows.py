"""What came of one text among many, as a row."""

from __future__ import annotations

from attrs import frozen

from tidytranscript.pipeline import Result
from tidytranscript.provenance import Change
from tidytranscript.transcript import Turn
from tidytranscript.words import word_list


@frozen
class Row:
    """What came of one text. All but `error` is empty where there was no text, or where it failed.

    Attributes:
        text: the tidied text; None where there is none.
        turns: who says what in it, in order.
        edits: what was changed, in the coordinates of the source.
        suggestions: how many findings were not sure enough to be applied.
        words_in: words of the source.
        words_out: words of the tidied text.
        error: why it failed; None where it did not.
    """

    text: str | None = None
    turns: tuple[Turn, ...] = ()
    edits: tuple[Change, ...] = ()
    suggestions: int = 0
    words_in: int = 0
    words_out: int = 0
    error: str | None = None

    @classmethod
    def of(cls, result: Result) -> Row:
        """What a row holds of a result."""
        return cls(
            result.text,
            result.turns,
            result.edits,
            len({change.finding for change in result.suggestions}),
            len(word_list(result.source.text)),
            len(word_list(result.text)),
        )
