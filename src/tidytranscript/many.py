"""Many texts, one after another: a row for each, also where one is bad; by several processes, if asked.

>>> [row.text for row in tidy_many(["Um, so, so we left.", None])]
['So we left.', None]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Final, TypeAlias

from attrs import frozen

from tidytranscript.parallel import in_order
from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.provenance import Change
from tidytranscript.transcript import Transcript, Turn
from tidytranscript.words import word_list

_TOGETHER: Final = 64  # texts that a worker takes at a time, if they are short
_LETTERS: Final = 200_000  # letters that it takes at a time, if they are long

Source: TypeAlias = "str | Transcript | None"


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


def tidy_many(texts: Iterable[Source], pipeline: Pipeline | None = None, *, workers: int = 1) -> Iterator[Row]:
    """A row for each text, in order, as they are asked for; texts are taken a little ahead.

    `pipeline` is `Pipeline.standard()` if not given; `workers` is the number of processes. A text that is none, or
    fails, gives a row with an error, and None an empty row. Raises WorkerEnded where a process ends before its time, as
    as for want of memory.

    As with all of `multiprocessing`, a script that asks for workers does so below `if __name__ == "__main__":`.
    """
    made = pipeline or Pipeline.standard()
    if workers <= 1:
        return (row_of(made, text) for text in texts)
    chunks = in_order(partial(_rows, made), _together(texts), workers)
    return (row for rows in chunks for row in rows)


def row_of(pipeline: Pipeline, text: Source) -> Row:
    """The row for one text."""
    if text is None:
        return Row()
    if not isinstance(text, str | Transcript):
        return Row(error=f"TypeError: a text is a str or a Transcript, not {type(text).__name__}")
    try:
        return Row.of(pipeline(text))
    except Exception as error:
        return Row(error=f"{type(error).__name__}: {error}")


def _rows(pipeline: Pipeline, texts: list[Source]) -> list[Row]:
    return [row_of(pipeline, text) for text in texts]


def _together(texts: Iterable[Source]) -> Iterator[list[Source]]:
    """The texts in lists that are worth the way to another process and back."""
    waiting = iter(texts)
    while chunk := list(islice(waiting, 1)):
        letters = _letters(chunk[0])
        while len(chunk) < _TOGETHER and letters < _LETTERS and (more := list(islice(waiting, 1))):
            chunk += more
            letters += _letters(more[0])
        yield chunk


def _letters(text: Source) -> int:
    return len(text.text if isinstance(text, Transcript) else text) if isinstance(text, str | Transcript) else 0
