"""What came of texts before, so that a text that has not changed costs no more than its hash.

A row is kept under the hash of its text and of all that makes it: the code of this package, the settings of the
pipeline, its dictionaries and word lists, and the modules of passes that others wrote.

>>> import tempfile, os
>>> from tidytranscript.pipeline import Pipeline
>>> with tempfile.TemporaryDirectory() as folder:
...     cache = Cache(os.path.join(folder, "rows.sqlite"), Pipeline.standard())
...     (cache.get("Um, no."), cache.put("Um, no.", Row("No.", words_in=2, words_out=1)), cache.get("Um, no.").text)
(None, None, 'No.')
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from enum import Enum
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import Any, Final
from weakref import finalize

import attrs
from attrs import field, frozen

from tidytranscript.pipeline import Pipeline
from tidytranscript.provenance import Change
from tidytranscript.rows import Row
from tidytranscript.rules import Pass
from tidytranscript.spans import Span
from tidytranscript.transcript import Turn

_MADE: Final = "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, row BLOB) WITHOUT ROWID"
_PATIENCE: Final = 60  # seconds to wait for another process that writes


@frozen
class Cache:
    """The rows that a pipeline gave, in a file of SQLite; several processes of one machine may share it.

    Attributes:
        path: the file; it is made if it is missing.
        pipeline: the pipeline. A row of another one is never given.
    """

    path: str | PathLike[str]
    pipeline: Pipeline
    _lock: Lock = field(factory=Lock, init=False, repr=False, eq=False)  # a connection is for one thread at a time

    def get(self, text: str) -> Row | None:
        """The row that this text gave, if it is known. Raises OSError where the file can't be read."""
        found = self._asked("SELECT row FROM rows WHERE key = ?", self._key(text))
        return _row(found[0][0]) if found else None

    def put(self, text: str, row: Row) -> None:
        """Keep the row that a text gave. Raises OSError where the file can't be written."""
        said = json.dumps(attrs.astuple(row, recurse=False), default=attrs.astuple, ensure_ascii=False)
        kept = zlib.compress(said.encode("utf-8", "surrogatepass"), 1)
        self._asked("INSERT OR REPLACE INTO rows VALUES (?, ?)", self._key(text), kept)

    def _asked(self, sql: str, *values: bytes) -> list[Any]:
        with self._lock:
            try:
                return self._rows.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise OSError(f"{os.fspath(self.path)}: {error}") from None

    def _key(self, text: str) -> bytes:
        hashed = self._settings.copy()
        hashed.update(text.encode("utf-8", "surrogatepass"))
        key: bytes = hashed.digest()
        return key

    @cached_property
    def _settings(self) -> Any:
        hashed = sha256(_code().encode())
        for piece in _said(self.pipeline):
            hashed.update(piece.encode("utf-8", "surrogatepass") + b"\0")
        return hashed

    @cached_property
    def _rows(self) -> sqlite3.Connection:
        try:
            # Without transactions of its own: each row is there as soon as it is known.
            rows = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            finalize(self, rows.close)
            with suppress(sqlite3.OperationalError):  # locked: another process is turning the journal on
                rows.execute("PRAGMA journal_mode = WAL")
            rows.execute("PRAGMA synchronous = OFF")  # what a power cut takes is made again
            rows.execute(_MADE)
        except sqlite3.Error as error:
            raise OSError(f"{os.fspath(self.path)}: {error}. Name a file that is a cache, or none yet") from None
        return rows

    def __getstate__(self) -> tuple[Any, ...]:
        return self.path, self.pipeline

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(("path", "pipeline", "_lock"), (*state, Lock()), strict=True):
            object.__setattr__(self, name, value)


def _row(kept: bytes) -> Row:
    text, turns, edits, *rest = json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))
    made = tuple([Turn(speaker, Span(*span), *more) for speaker, span, *more in turns])
    return Row(text, made, tuple([Change(*edit) for edit in edits]), *rest)


@lru_cache(maxsize=1)
def _code() -> str:
    """The hash of this package: its code, its dictionaries and word lists, and what it asks of others."""
    hashed = sha256(" ".join([sys.version, *map(version, ("ftfy", "jellyfish"))]).encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".toml", ".json", ".gz", ".txt"):
            hashed.update(path.name.encode() + path.read_bytes())
    return hashed.hexdigest()


def _said(value: Any) -> Iterator[str]:
    """All that a value holds, in an order that does not depend on the process."""
    yield type(value).__name__
    if isinstance(value, Set):
        yield from sorted("\0".join(_said(item)) for item in value)
    elif isinstance(value, Mapping):
        yield from sorted("\0".join([*_said(key), *_said(item)]) for key, item in value.items())
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _said(item)
        yield "."
    elif isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, Pass) or attrs.has(type(value)):
        yield _module(value.__module__)
        for name, held in _held(value):
            yield name
            yield from _said(held)
    elif callable(value):
        yield f"{value.__module__}.{value.__qualname__} {_module(value.__module__)}"
    else:
        yield repr(value)


def _held(value: Any) -> list[tuple[str, Any]]:
    if attrs.has(type(value)):
        return [
            (field.name, getattr(value, field.name)) for field in attrs.fields(type(value)) if field.name != "_hash"
        ]
    return sorted(vars(value).items())


@lru_cache(maxsize=64)
def _module(name: str) -> str:
    """The hash of a module that is not of this package, whose code is hashed as a whole."""
    if name.partition(".")[0] == __name__.partition(".")[0]:
        return ""
    file = getattr(sys.modules.get(name), "__file__", None)
    return sha256(Path(file).read_bytes()).hexdigest() if file else name
