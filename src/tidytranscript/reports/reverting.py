"""The run of `tidy revert`: from an output and its log back to the source, or to the output without some rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tidytranscript.config import KEYS, pipeline_of
from tidytranscript.errors import TidyError
from tidytranscript.formats import dumps, from_bytes
from tidytranscript.pipeline import Pipeline
from tidytranscript.reports.account import counted
from tidytranscript.reports.jobs import Job, explained_fault
from tidytranscript.reports.logs import Log, hash_of
from tidytranscript.reports.terminal import Trouble, put_bytes, say
from tidytranscript.reports.tidying import save


def revert(job: Job, log_path: str, names: Sequence[str], *, write: bool, quiet: bool) -> int:
    """Write what an output was made from, or what it would be without the passes and rules named; the exit code."""
    name = job.name
    try:
        log = Log.loads(Path(log_path).read_bytes(), log_path)
        content = job.read()
    except OSError as error:
        failed = str(error.filename or name)
        raise Trouble(explained_fault(error, failed)) from None
    if hash_of(content) != log.output and not job.force:
        raise Trouble(
            f"{name}: is not what {log_path} is the log of, or was changed since. Find its own log, or use --force: "
            "what was changed since is lost then"
        )
    made = _without(log, log_path, names) if names else log.source
    if write or job.target:
        save(job.target or Path(job.file), made, force=write or job.force)
    else:
        put_bytes(made)
    if not quiet:
        of = [change for change in log.edits if not names or change.rule in _rules(log, names)]
        say(f"{name}: {counted(len({change.finding for change in of}), 'edit')} taken back")
    return 0


def _pipeline(log: Log) -> Pipeline:
    return pipeline_of({key.name: key.default for key in KEYS.values()} | dict(log.values), decisions=log.decisions)


def _rules(log: Log, names: Sequence[str]) -> frozenset[str]:
    return _pipeline(log).rules_of(names)


def _without(log: Log, log_path: str, names: Sequence[str]) -> bytes:
    """The output as it is without some rules: the run again, once it is sure that it gives what it gave then."""
    try:
        pipeline = _pipeline(log)
        without = pipeline.without(*names)
        if hash_of(_output(log, pipeline)) != log.output:
            raise Trouble(
                f"{log_path}: tidying {log.file} again gives something else than then: the program or a dictionary has "
                "changed. Take all back, without --rule, and tidy anew with --ignore"
            )
    except (OSError, TidyError) as error:
        if isinstance(error, OSError):
            raise Trouble(explained_fault(error, str(error.filename or log_path))) from None
        raise
    return _output(log, without)


def _output(log: Log, pipeline: Pipeline) -> bytes:
    transcript = from_bytes(log.source, log.how.read_as, log.file, log.how.encoding)
    result = pipeline(transcript)
    tidied = log.how.layout.of(result.transcript, log.how.made, log.file)
    out = dumps(tidied, log.how.made, changes=result.edits if log.how.made == "json" else ())
    return out.encode(log.how.written)
