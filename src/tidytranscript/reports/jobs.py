"""The run of the command over its files: what is read, where the outcome goes, and what is said of it."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from attrs import frozen

from tidytranscript.errors import AmbiguousFormat, CannotHold, UnreadableInput
from tidytranscript.formats import FORMATS, default_format, dumps, format_for, format_of, from_bytes, losses
from tidytranscript.formats.atomic import write_atomically
from tidytranscript.formats.cues import voiced
from tidytranscript.formats.recut import recut
from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.reports.account import account
from tidytranscript.reports.diff import unified
from tidytranscript.reports.terminal import Bar, OutputFailed, Trouble, put, say, show
from tidytranscript.transcript import Transcript

_STDIN: Final = "<stdin>"
_BYTES, _FILES = 1_000_000, 20  # a smaller run is over before a progress bar says much
_ODDITIES: Final = 5  # of one file; more scroll the account away
_NEAR: Final = {
    "check": "tidy check FILE",
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
        placed: whether the name of the output is that of the input, in another directory.
    """

    file: str
    target: Path | None
    format: str | None
    force: bool = False
    placed: bool = False

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
        if any(_same_file(file, target) for file in files):
            raise Trouble(f"{target}: is an input too. Use --write to tidy a file in place")
    if directory:
        path.mkdir(parents=True, exist_ok=True)
    return jobs


def _renamed(path: Path, to: str | None) -> str:
    if to is None or (format_of(path.suffix.lower()) or "text") == to:
        return path.name
    return path.with_suffix(FORMATS[to].suffixes[0]).name


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.isfile(other) and os.path.samefile(one, other)
    except OSError:
        return False


def each(jobs: Sequence[Job], do: Callable[[Job, Bar], bool], *, quiet: bool) -> list[bool | None]:
    """What comes of each job, in order; None, and a line that says why, for one that fails. A bar shows long work."""
    sizes = [job.size for job in jobs]
    large = sum(sizes) > _BYTES or len(jobs) > _FILES
    done: list[bool | None] = []
    with Bar(sum(sizes), shown=large and not quiet and sys.stderr is not None and sys.stderr.isatty()) as bar:
        for job, size in zip(jobs, sizes, strict=True):
            bar.begins(job.name)
            try:
                done.append(do(job, bar))
            except (BrokenPipeError, OutputFailed):
                raise
            except Exception as error:
                done.append(None)
                with bar.hidden():
                    say(f"tidy: {explained_fault(error, job.name)}")
            bar.ends(size)
    return done


@frozen
class Work:
    """One pipeline, and what is to be done with what it makes of each input."""

    pipeline: Pipeline
    read_as: str | None
    encoding: str | None
    write: bool
    diff: bool
    check: bool
    quiet: bool
    recut: bool = False
    voices: bool = False

    def all(self, jobs: Sequence[Job]) -> int:
        """Do the jobs in order, each whatever became of the others; the exit code."""
        differs = each(jobs, self._one, quiet=self.quiet)
        return 2 if None in differs else int(self.check and True in differs)

    def _one(self, job: Job, bar: Bar) -> bool:
        """Do one job; whether its output differs from its input."""
        content = job.read()
        if self.write and not os.path.isfile(job.file):
            raise Trouble(f"{job.file}: is no file that can be replaced. Leave out --write")
        transcript = from_bytes(content, self.read_as, job.name, self.encoding)
        result = self.pipeline(transcript)
        frame = transcript.frame
        own = default_format(transcript)
        made, target = _destination(job, transcript)
        if target and target.is_file() and not job.force:
            raise Trouble(f"{target}: exists already. Name another file, or use --force")
        tidied = result.transcript
        if self.recut:
            if "cues" not in FORMATS[made].holds:
                raise Trouble(f"{job.name}: --recut is for cues, which {made} has none of. Add --to srt or --to vtt")
            tidied = recut(tidied)
        if self.voices:
            if made != "vtt":
                raise Trouble(f"{job.name}: --voices is for WebVTT, and this would be {made}. Add --to vtt")
            tidied = voiced(tidied)
        out = dumps(tidied, made, changes=result.edits if made == "json" else ())
        encoding = frame.encoding if frame and made == frame.format else "utf-8"
        in_place = frame is not None and own == frame.format
        differs = out.encode(encoding) != content if in_place else result.text != result.source.text
        if self.write and not in_place:
            raise Trouble(f"{job.name}: this format is only read. Use --output, or leave out --write")
        if self.write and differs:
            _save(Path(job.file), out, encoding)
        elif target:
            _save(target, out, encoding)
        with bar.hidden():
            if self.diff:
                name = os.fsencode(job.name).decode("utf-8", "replace")
                show(unified(result.source.text, result.edits, name))
            elif not (self.check or self.write or job.target):
                put(out)
            self._say(job, result, differs, () if self.diff or self.check else losses(tidied, made))
        return differs

    def _say(self, job: Job, result: Result, differs: bool, lost: Sequence[str]) -> None:
        name = job.name
        if not self.quiet:
            frame = result.source.frame
            odd = frame.oddities if frame else ()
            for line, problem, done in odd[:_ODDITIES]:
                say(f"{name}:{line}: {problem}; {done}")
            if len(odd) > _ODDITIES:
                say(f"{name}: {len(odd) - _ODDITIES:,} more oddities of the file, of which none is lost")
            if lost:
                say(f"{name}: left out, since the format cannot hold it: {', '.join(lost)}")
        if self.check and differs:
            name += ": would change" if result.edits else ": would change, in its layout only"
        if not self.quiet:
            say(account(name, result))
        elif self.check and differs:
            say(name)


def _destination(job: Job, transcript: Transcript) -> tuple[str, Path | None]:
    """The format of the output of a job, and its path."""
    if job.target is None:
        return job.format or default_format(transcript), None
    if not job.placed:
        return job.format or format_for(transcript, str(job.target)), job.target
    made = job.format or default_format(transcript)
    frame = transcript.frame
    if frame and made != frame.format and job.target.suffix.lower() not in FORMATS[made].suffixes:
        return made, job.target.with_suffix(FORMATS[made].suffixes[0])  # of a format that is only read
    return made, job.target


def _save(path: Path, text: str, encoding: str) -> None:
    content = text.encode(encoding)
    try:
        if path.exists() and not path.is_file():  # a device or a pipe, which must not be replaced by a file
            with path.open("wb") as file:
                file.write(content)
        else:
            write_atomically(path, content)
    except FileNotFoundError:
        raise Trouble(f"{path}: there is no directory {path.parent}. Make it first") from None
    except OSError as error:
        raise Trouble(explained_fault(error, str(path))) from None
