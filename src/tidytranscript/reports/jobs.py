"""The run of the command over its files: what is read, where the outcome goes, and what is said of it."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from tidytranscript.errors import AmbiguousFormat, BadFile, CannotHold, UnreadableInput
from tidytranscript.formats import format_named, format_of
from tidytranscript.reports.terminal import Trouble

LOG: Final = ".log.json"  # what the names of logs end in
_STDIN: Final = "<stdin>"
_NEAR: Final = {
    "check": "tidy check FILE",
    "review": "tidy review FILE",
    "convert": "tidy convert FILE --to FORMAT",
    "revert": "tidy revert FILE --log LOG",
    "learn": "tidy learn RAW CORRECTED",
    "suggest": "tidy suggest FILE",
    "dict": "tidy dict lint DICTIONARY",
    "config": "tidy config",
    "batch": "tidy batch IN OUT",
    "init": "tidy init",
    "completion": "tidy completion bash",
    "stats": "tidy stats FILE",
    "rules": "tidy rules",
    "explain": "tidy explain RULE",
    "formats": "tidy formats",
    "help": "tidy --help",
    "version": "tidy --version",
}


def explained_fault(error: Exception, name: str) -> str:
    """The line that says what `error` means for the file `name`, and what to do."""
    match error:
        case Trouble():
            return str(error)
        case BadFile():
            return "; ".join(f"{error.name}: {problem}" for problem in error.problems)
        case UnreadableInput():
            return f"{name}: {error.problem}. {error.hint}"
        case AmbiguousFormat():
            return f"{name}: this could be {' or '.join(error.formats)}. Say which: --from {error.formats[0]}"
        case CannotHold():
            return f"{name}: {error}"
        case FileNotFoundError():
            return f"{name}: no such file. Check the path"
        case IsADirectoryError():
            return f"{name}: is a directory. Name the files in it"
        case PermissionError():
            return f"{name}: permission denied. Check who may read and write there"
        case FileExistsError() | NotADirectoryError():
            return f"{name}: a part of this path is a file. Check the path"
        case OSError():
            return f"{name}: {error.strerror or error}. Check the path and the disk"
        case UnicodeEncodeError():
            lacking = ascii(error.object[error.start])
            hint = "Mend the input" if error.encoding == "utf-8" else "Use -o, which writes UTF-8"
            return f"{name}: the outcome holds {lacking}, which {error.encoding} cannot write. {hint}"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{name}: a fault in tidy itself, {error!r} at {place}. Please report it with the file"


@frozen
class Job:
    """One input, and where its output goes.

    Attributes:
        file: the path of the input, or - for standard input.
        target: the path of the output; None for standard output.
        format: the name of the output's format; None for the one that the name of the output says, or the input's own.
        force: whether the output may replace a file.
        log: the path of the log of its edits; None for none.
        placed: whether the name of the output is that of the input, in another directory.
    """

    file: str
    target: Path | None
    format: str | None
    force: bool = False
    placed: bool = False
    log: Path | None = None

    @property
    def name(self) -> str:
        """What to call the input."""
        return _STDIN if self.file == "-" else self.file

    @property
    def size(self) -> int:
        """The bytes of the input; 0 if that can't be told."""
        try:
            return 0 if self.file == "-" else os.stat(self.file).st_size
        except OSError:
            return 0

    def read(self) -> bytes:
        """The content of the input; Trouble, or OSError."""
        if self.file == "-":
            return sys.stdin.buffer.read()
        if os.path.isdir(self.file):
            raise IsADirectoryError
        try:
            return Path(self.file).read_bytes()
        except FileNotFoundError:
            near = get_close_matches(self.file, _NEAR, n=1)
            if not near:
                raise
            hint = f"Did you mean the command `{_NEAR[near[0]]}`?"
            raise Trouble(f"{self.file}: no such file. {hint}") from None


def planned(files: Sequence[str], output: str, to: str | None, *, force: bool) -> list[Job]:
    """What goes where for `--output`: into a file, or into a directory, which is made if it is missing.

    Trouble or OSError if that can't be.
    """
    path = Path(output)
    directory = path.is_dir() or output.endswith(("/", os.sep))
    if directory:
        if "-" in files:
            raise Trouble(f"{output}: standard input has no name for a file in a directory. Name a file")
        jobs = [Job(file, path / _renamed(Path(file), to), to, force, placed=True) for file in files]
    elif len(files) > 1:
        raise Trouble(f"{output}: one file cannot hold {len(files)}. Write {output}/ for a directory")
    else:
        jobs = [Job(files[0], path, to, force)]
    taken: dict[str, str] = {}
    for job in jobs:
        target = str(job.target)
        place = os.path.normcase(target)
        if place in taken:
            raise Trouble(f"{target}: {taken[place]} and {job.file} would both go there. Tidy them apart")
        taken[place] = job.file
        if any(same_file(file, target) for file in files):
            raise Trouble(f"{target}: is an input too. Use --write to tidy a file in place")
    if directory:
        path.mkdir(parents=True, exist_ok=True)
    return jobs


def logged(jobs: Sequence[Job], place: str, *, force: bool) -> list[Job]:
    """The jobs with the paths of their logs: a file, or one for each in a directory. Trouble where that can't be."""
    path = Path(place)
    if path.is_dir() or place.endswith(("/", os.sep)):
        path.mkdir(parents=True, exist_ok=True)
        found = [evolve(job, log=path / f"{'stdin' if job.file == '-' else Path(job.file).name}{LOG}") for job in jobs]
        if len({job.log for job in found}) < len(found):
            raise Trouble(f"{place}: two inputs have the same name, and so would their logs. Tidy them apart")
    elif len(jobs) > 1:
        raise Trouble(f"{place}: one log cannot hold {len(jobs)} files. Write {place}/ for a directory")
    else:
        found = [evolve(jobs[0], log=path)]
    for job in found:
        if job.log and any(same_file(other.file, str(job.log)) or other.target == job.log for other in jobs):
            raise Trouble(f"{job.log}: is an input or output too. Name another file for the log")
        if job.log and job.log.exists() and not force:
            raise Trouble(f"{job.log}: exists already. Name another file, or use --force")
    return [evolve(job, force=force) for job in found]


def _renamed(path: Path, to: str | None) -> str:
    if to is None or (format_of(path.suffix.lower()) or "text") == to:
        return path.name
    return path.with_suffix(format_named(to).suffixes[0]).name


def same_file(one: str, other: str) -> bool:
    """Whether two paths are of one file that exists."""
    try:
        return os.path.isfile(other) and os.path.samefile(one, other)
    except OSError:
        return False
