"""Replacing a file so that it is whole at every moment: the old one, or the new one."""

from __future__ import annotations

import contextlib
import os


def write_atomically(path: str | os.PathLike[str], content: bytes) -> None:
    """Put `content` into the file at `path`, through links, with the mode of the file that stood there.

    A new file beside it is filled and then renamed over it; if anything fails, the old file is untouched. OSError.
    """
    import tempfile

    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            mode = os.stat(target).st_mode & 0o7777
        except FileNotFoundError:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
