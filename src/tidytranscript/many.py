"""Many texts, one after another: a row for each, also where one is bad; by several processes, if asked.

>>> [row.text for row in tidy_many(["Um, so, so we left.", None])]
['So we left.', None]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from os import PathLike
from typing import TYPE_CHECKING, Final, TypeAlias

from tidytranscript.parallel import in_order
from tidytranscript.pipeline import Pipeline
from tidytranscript.rows import Row
from tidytranscript.transcript import Transcript

if TYPE_CHECKING:
    from tidytranscript.caching import Cache

_TOGETHER: Final = 64  # texts that a worker takes at a time, if they are short
_LETTERS: Final = 200_000  # letters that it takes at a time, if they are long

Source: TypeAlias = "str | Transcript | None"


def tidy_many(
    texts: Iterable[Source],
    pipeline: Pipeline | None = None,
    *,
    workers: int = 1,
    cache: str | PathLike[str] | None = None,
) -> Iterator[Row]:
    """A row for each text, in order, as they are asked for; texts are taken a little ahead.

    `pipeline` is `Pipeline.standard()` if not given; `workers` is the number of processes. A text that is none, or
    fails, gives a row with an error, and None an empty row. Raises WorkerEnded where a process ends before its time, as
    for want of memory. `cache` is a file, made if it is missing, that keeps rows: a text that has one there, of the
    same pipeline, is not tidied again. Raises OSError where that is none.

    As with all of `multiprocessing`, a script that asks for workers does so below `if __name__ == "__main__":`.
    """
    made = pipeline or Pipeline.standard()
    known = cache_of(cache, made)
    if workers <= 1:
        return (row_of(made, text, known) for text in texts)
    chunks = in_order(partial(_rows, made, known), _together(texts), workers)
    return (row for rows in chunks for row in rows)


def cache_of(path: str | PathLike[str] | None, pipeline: Pipeline) -> Cache | None:
    """The cache in a file for a pipeline, if there is to be one."""
    if path is None:
        return None
    from tidytranscript.caching import Cache

    return Cache(path, pipeline)


def row_of(pipeline: Pipeline, text: Source, cache: Cache | None = None) -> Row:
    """The row for one text; from the cache where that has it, and into it where not. Raises OSError of the cache."""
    if cache is None or not isinstance(text, str):
        return _made(pipeline, text)
    row = cache.get(text)
    if row is None:
        row = _made(pipeline, text)
        if row.error is None:  # what failed may do better when there is more memory
            cache.put(text, row)
    return row


def _made(pipeline: Pipeline, text: Source) -> Row:
    if text is None:
        return Row()
    if not isinstance(text, str | Transcript):
        return Row(error=f"TypeError: a text is a str or a Transcript, not {type(text).__name__}")
    try:
        return Row.of(pipeline(text))
    except Exception as error:
        return Row(error=f"{type(error).__name__}: {error}")


def _rows(pipeline: Pipeline, cache: Cache | None, texts: list[Source]) -> list[Row]:
    return [row_of(pipeline, text, cache) for text in texts]


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
