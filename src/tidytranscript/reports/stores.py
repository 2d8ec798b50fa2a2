"""Where batches lie: paths of this machine, or, with fsspec, addresses such as `s3://talks/2026`.

A file is written whole or not at all.
"""

from __future__ import annotations

import glob
import os
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, Protocol
from uuid import uuid4

from tidytranscript.formats.atomic import write_atomically

_SEEN_BY: Final = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created", "md5Hash")


class Store(Protocol):
    """What holds files under paths; each method raises OSError where that can't be."""

    def matches(self, pattern: str) -> list[str]:
        """The files that a path or a pattern stands for, in order."""

    def opened(self, path: str) -> IO[bytes]:
        """The file, to be read from the start, or from where it is told to seek."""

    def stamp(self, path: str) -> list[Any]:
        """Its size in bytes, and what changes when the file does."""

    def has(self, path: str) -> bool:
        """Whether there is such a file."""

    def names(self, folder: str) -> list[str]:
        """The names in a folder, which is made if it is missing."""

    def put(self, path: str, content: bytes) -> None:
        """Write a file, whole or not at all."""

    def remove(self, path: str) -> None:
        """Remove a file."""


def store_of(path: str) -> Store:
    """The store for a path or an address; ImportError where that takes a package that is not here."""
    return _Remote(path) if "://" in path else _Local()


def joined(folder: str, name: str) -> str:
    """The path of a file in a folder."""
    return posixpath.join(folder, name) if "://" in folder else os.path.join(folder, name)


def whole(path: str) -> str:
    """A path that means the same from everywhere."""
    return path if "://" in path else os.path.abspath(path)


class _Local:
    def matches(self, pattern: str) -> list[str]:
        return [pattern] if os.path.isfile(pattern) else sorted(glob.glob(pattern, recursive=True))

    def opened(self, path: str) -> IO[bytes]:
        return open(path, "rb")

    def stamp(self, path: str) -> list[Any]:
        found = os.stat(path)
        return [found.st_size, found.st_mtime_ns]

    def has(self, path: str) -> bool:
        return os.path.isfile(path)

    def names(self, folder: str) -> list[str]:
        Path(folder).mkdir(parents=True, exist_ok=True)
        return sorted(os.listdir(folder))

    def put(self, path: str, content: bytes) -> None:
        write_atomically(path, content)

    def remove(self, path: str) -> None:
        os.unlink(path)


class _Remote:
    def __init__(self, path: str) -> None:
        import fsspec

        try:
            self.fs, _ = fsspec.core.url_to_fs(path)
        except ValueError as error:  # no such protocol
            raise OSError(str(error)) from None

    def matches(self, pattern: str) -> list[str]:
        with _as_os_errors():
            return sorted(map(self.fs.unstrip_protocol, self.fs.glob(pattern)))

    def opened(self, path: str) -> IO[bytes]:
        with _as_os_errors():
            found: IO[bytes] = self.fs.open(path, "rb")
            return found

    def stamp(self, path: str) -> list[Any]:
        with _as_os_errors():
            info = self.fs.info(path)
        return [info["size"], *(str(info[key]) for key in _SEEN_BY if info.get(key))]

    def has(self, path: str) -> bool:
        with _as_os_errors():
            return bool(self.fs.isfile(path))

    def names(self, folder: str) -> list[str]:
        with _as_os_errors():
            self.fs.makedirs(folder, exist_ok=True)
            self.fs.invalidate_cache()
            return sorted(posixpath.basename(name.rstrip("/")) for name in self.fs.ls(folder, detail=False))

    def put(self, path: str, content: bytes) -> None:
        folder, name = posixpath.split(path)
        temporary = posixpath.join(folder, f".{name}.{uuid4().hex}.tmp")
        with _as_os_errors():
            self.fs.pipe_file(temporary, content)
            self.fs.mv(temporary, path)

    def remove(self, path: str) -> None:
        with _as_os_errors():
            self.fs.rm_file(path)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Each file system raises errors of its own."""
    try:
        yield
    except (OSError, ImportError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
