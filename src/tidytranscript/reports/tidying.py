"""What `tidy`, `tidy convert` and `tidy revert` make of each input, where it goes, and what is said of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import field, frozen

from tidytranscript.config import Settings
from tidytranscript.formats import default_format, dumps, format_for, format_named, from_bytes, losses
from tidytranscript.formats.atomic import write_atomically
from tidytranscript.pipeline import Result, Watch
from tidytranscript.reports.account import account, share_gone, words_of
from tidytranscript.reports.diff import unified
from tidytranscript.reports.jobs import Job, explained_fault
from tidytranscript.reports.layout import Layout
from tidytranscript.reports.logs import How, Log, hash_of
from tidytranscript.reports.running import Outcome, code, each, fitting, unfitting
from tidytranscript.reports.terminal import Line, Trouble, show_table
from tidytranscript.transcript import Transcript

STAT_HEADINGS: Final = ("file", "words in", "words out", "gone", "edits")
_ODDITIES: Final = 5  # of one file; more scroll the account away


@frozen
class Work:
    """The run of `tidy`: how files are read, tidied and written, and what is to be seen of it."""

    settings: Settings
    read_as: str | None
    encoding: str | None
    write: bool = False
    diff: bool = False
    check: bool = False
    stat: bool = False
    quiet: bool = False
    layout: Layout = field(factory=Layout)

    def all(self, jobs: Sequence[Job], workers: int = 1) -> int:
        """Do the jobs in order, each whatever became of the others; the exit code."""
        done = [outcome.reported() for _, outcome in each(jobs, self, quiet=self.quiet, workers=workers)]
        if self.stat:
            show_table(STAT_HEADINGS, [outcome.data for outcome in done if outcome.data])
        return max(code(done, strict=self.check), unfitting(self.settings.decisions, done))

    def __call__(self, job: Job, watch: Watch) -> Outcome:
        """Do one job; it is found to differ if its output does from its input."""
        content = job.read()
        if self.write and not os.path.isfile(job.file):
            raise Trouble(f"{job.file}: is no file that can be replaced. Leave out --write")
        transcript = from_bytes(content, self.read_as, job.name, self.encoding)
        result = self.settings.pipeline(job.file)(transcript, watch)
        looks = self.diff or self.check or self.stat
        if not looks:
            self._check_share(job, result)
        frame = transcript.frame
        own = default_format(transcript)
        made, target = destination(job, transcript)
        if target and target.is_file() and not job.force:
            raise Trouble(f"{target}: exists already. Name another file, or use --force")
        tidied = self.layout.of(result.transcript, made, job.name)
        out = dumps(tidied, made, changes=result.edits if made == "json" else ())
        shown = not (looks or self.write or target)
        encoding = frame.encoding if frame and made == frame.format and not shown else "utf-8"
        in_place = frame is not None and own == frame.format
        differs = out.encode(encoding) != content if in_place else result.text != result.source.text
        if self.write and not in_place:
            raise Trouble(f"{job.name}: this format is only read. Use --output, or leave out --write")
        if job.log:
            how = How(self.read_as, self.encoding, made, encoding, self.layout)
            log = self._log(job, content, out.encode(encoding), result, how)
            save(job.log, log.dumps(), "utf-8", force=job.force)
        if self.write and differs:
            save(Path(job.file), out, encoding, force=True)
        elif target:
            save(target, out, encoding, force=job.force)
        lines: tuple[Line, ...] = ()
        if self.diff:
            lines = tuple(unified(result.source.text, result.edits, os.fsencode(job.name).decode("utf-8", "replace")))
        lost = () if looks else losses(tidied, made)
        said = tuple(self._said(job, result, differs, lost))
        data = _stat(job.name, result) if self.stat else None
        return Outcome(out if shown else "", lines, said, differs, data, fits=fitting(self.settings, result))

    def _log(self, job: Job, source: bytes, output: bytes, result: Result, how: How) -> Log:
        values = {name: setting.value for name, setting in self.settings.of(job.file).items()}
        decided = [one for one in self.settings.decisions if one.fit(result.source.text)]
        return Log(job.name, source, hash_of(output), how, values, tuple(decided), result.edits)

    def _check_share(self, job: Job, result: Result) -> None:
        most = self.settings.of(job.file)["max-change"].value
        gone = share_gone(result)
        if most is not None and gone > most:
            raise Trouble(
                f"{job.name}: {gone:.1%} of the words would go, more than the {most:.1%} that are allowed; nothing is "
                "written. See what with --diff, or allow more with --max-change"
            )

    def _said(self, job: Job, result: Result, differs: bool, lost: Sequence[str]) -> list[str]:
        name, said = job.name, []
        if not self.quiet:
            frame = result.source.frame
            odd = frame.oddities if frame else ()
            said += [f"{name}:{line}: {problem}; {done}" for line, problem, done in odd[:_ODDITIES]]
            if len(odd) > _ODDITIES:
                said.append(f"{name}: {len(odd) - _ODDITIES:,} more oddities of the file, of which none is lost")
            if lost:
                said.append(f"{name}: left out, since the format cannot hold it: {', '.join(lost)}")
            if result.unused:
                said.append(f"{name}: comments that suppress nothing: {', '.join(u.value.by for u in result.unused)}")
        if self.check and differs:
            name += ": would change" if result.edits else ": would change, in its layout only"
        if not self.quiet:
            said.append(account(name, result))
        elif self.check and differs:
            said.append(name)
        return said


def _stat(name: str, result: Result) -> tuple[str, ...]:
    before, after = words_of(result)
    edits = len({change.finding for change in result.edits})
    return name, f"{before:,}", f"{after:,}", f"{share_gone(result):.1%}", f"{edits:,}"


def destination(job: Job, transcript: Transcript) -> tuple[str, Path | None]:
    """The format of the output of a job, and its path."""
    if job.target is None:
        return job.format or default_format(transcript), None
    if not job.placed:
        return job.format or format_for(transcript, str(job.target)), job.target
    made = job.format or default_format(transcript)
    frame = transcript.frame
    suffixes = format_named(made).suffixes
    if frame and made != frame.format and job.target.suffix.lower() not in suffixes:
        return made, job.target.with_suffix(suffixes[0])  # of a format that is only read
    return made, job.target


def save(path: Path, text: str | bytes, encoding: str = "utf-8", *, force: bool) -> None:
    """Write a file atomically. Trouble where it exists already and may not be replaced, or can't be written."""
    content = text if isinstance(text, bytes) else text.encode(encoding)
    if path.is_file() and not force:
        raise Trouble(f"{path}: exists already. Name another file, or use --force")
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
