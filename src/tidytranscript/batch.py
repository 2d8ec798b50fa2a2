"""Columns of texts, in Apache Arrow: `tidy_table`, for all that speaks Arrow; needs `tidytranscript[arrow]`.

>>> import pyarrow as pa
>>> table = tidy_table(pa.table({"text": ["Um, so, so we left.", None]}))
>>> table.column_names
['text', 'tidied', 'turns', 'edits', 'suggestions', 'words_in', 'words_out', 'error']
>>> table["tidied"].to_pylist()
['So we left.', None]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any, Final, TypeVar

import pyarrow as pa

from tidytranscript.many import tidy_many
from tidytranscript.pipeline import Pipeline
from tidytranscript.rows import Row

TURN: Final = pa.struct(
    [
        pa.field("speaker", pa.string()),
        pa.field("text", pa.string()),
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
        pa.field("start_ms", pa.int64()),
        pa.field("end_ms", pa.int64()),
        pa.field("confidence", pa.float64()),
    ]
)
"""A turn: `start` and `end` are code points in the tidied text, half-open."""

EDIT: Final = pa.struct(
    [
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
        pa.field("old", pa.string()),
        pa.field("new", pa.string()),
        pa.field("rule", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("confidence", pa.float64()),
        pa.field("finding", pa.int64()),
    ]
)
"""An edit: `start` and `end` are code points in the source's text, half-open."""

FIELDS: Final = (
    pa.field("tidied", pa.string()),
    pa.field("turns", pa.list_(TURN)),
    pa.field("edits", pa.list_(EDIT)),
    pa.field("suggestions", pa.int64()),
    pa.field("words_in", pa.int64()),
    pa.field("words_out", pa.int64()),
    pa.field("error", pa.string()),
)
"""The columns that `tidy_table` adds, in this order. They keep their names and types in all versions before 1.0."""

_Columns = TypeVar("_Columns", pa.Table, pa.RecordBatch)


def tidy_table(
    table: _Columns,
    text: str = "text",
    pipeline: Pipeline | None = None,
    *,
    workers: int = 1,
    cache: str | PathLike[str] | None = None,
) -> _Columns:
    """The table, or record batch, with the columns of FIELDS for its column `text`, which is of strings.

    A null gives nulls and no error; a text that fails gives its error, and the others are tidied all the same. A column
    that has the name of one of FIELDS already gives way. Raises KeyError where there is no column `text`, and TypeError
    where it is not of strings. `workers` and `cache` are those of `tidy_many`.
    """
    check_column(table.schema, text)
    column = table.column(text)
    added: list[Any] = _columns(tidy_many((value.as_py() for value in column), pipeline, workers=workers, cache=cache))
    names = [field.name for field in FIELDS]
    kept: list[int] = [i for i, name in enumerate(table.schema.names) if name not in names]
    fields = [*(table.schema.field(i) for i in kept), *FIELDS]
    arrays = [*(table.column(i) for i in kept), *added]
    return type(table).from_arrays(arrays, schema=pa.schema(fields, table.schema.metadata))


def check_column(schema: pa.Schema, text: str) -> None:
    """Raise KeyError where a schema has no column `text`, and TypeError where that is not of strings."""
    if text not in schema.names:
        raise KeyError(f"there is no column {text!r} (there are: {', '.join(schema.names)})")
    kind = schema.field(text).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or _is_view(kind)):
        raise TypeError(f"the column {text!r} is of {kind}, not of strings")


def tidy_batches(
    batches: Iterable[pa.RecordBatch], text: str = "text", pipeline: Pipeline | None = None
) -> Iterator[pa.RecordBatch]:
    """Each record batch with the columns of FIELDS, one in memory at a time: what `mapInArrow` of Spark takes."""
    made = pipeline or Pipeline.standard()
    return (tidy_table(batch, text, made) for batch in batches)


def _is_view(kind: Any) -> bool:
    return hasattr(pa.types, "is_string_view") and bool(pa.types.is_string_view(kind))


def cells(row: Row) -> dict[str, Any]:
    """What FIELDS hold for a row, by name: all but the error is None where there is no tidied text."""
    there = row.text is not None
    values = (
        row.text,
        [_turn(turn) for turn in row.turns] if there else None,
        [_edit(edit) for edit in row.edits] if there else None,
        row.suggestions if there else None,
        row.words_in if there else None,
        row.words_out if there else None,
        row.error,
    )
    return dict(zip([field.name for field in FIELDS], values, strict=True))


def _columns(rows: Iterable[Row]) -> list[Any]:
    made = [cells(row) for row in rows]
    return [pa.array([cell[field.name] for cell in made], field.type) for field in FIELDS]


def _turn(turn: Any) -> dict[str, Any]:
    start, end = turn.span
    return {
        "speaker": turn.speaker,
        "text": turn.text,
        "start": start,
        "end": end,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "confidence": turn.confidence,
    }


def _edit(edit: Any) -> dict[str, Any]:
    return {field.name: getattr(edit, field.name) for field in EDIT}
