"""Who spoke how much, and how: the table of `tidy stats`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import define, frozen

from tidytranscript.config import Settings
from tidytranscript.formats import from_bytes
from tidytranscript.pipeline import Result, Watch
from tidytranscript.reports import machine
from tidytranscript.reports.account import doubling, turn_starts
from tidytranscript.reports.findings import whole
from tidytranscript.reports.jobs import Job
from tidytranscript.reports.running import Outcome, code, each
from tidytranscript.reports.terminal import put, show_table
from tidytranscript.words import word_list

HEADINGS: Final = ("file", "speaker", "turns", "words", "share", "talk time", "fillers / 100", "repeats / 100")
_FILLERS: Final = ("fillers",)
_REPEATS: Final = ("repeats", "fragments")
_UNSAID: Final = ("encoding", "page", "echo", "spacing", "loops", "corrections", "finish")
"""The passes that take out nothing that was said."""


@define
class Share:
    """What one speaker said: turns, words with those that were taken out, milliseconds, fillers and repeats."""

    speaker: str
    turns: int = 0
    words: int = 0
    ms: float = 0
    timed: bool = False
    fillers: int = 0
    repeats: int = 0


def shares(result: Result) -> list[Share]:
    """What each speaker of a transcript said, in the order in which they first speak.

    >>> from tidytranscript.pipeline import Watch, tidy
    >>> [(s.speaker, s.words, s.fillers) for s in shares(tidy("Ann: Um, we left.\\nBo: When?\\nAnn: At noon."))]
    [('Ann', 5, 1), ('Bo', 1, 0)]
    """
    found: dict[str, Share] = {}
    turns = result.turns
    for turn in turns:
        share = found.setdefault(turn.speaker or "-", Share(turn.speaker or "-"))
        share.turns += 1
        share.words += len(word_list(turn.text))
    for speaker, ms in _talk_times(result):
        found[speaker].ms += ms
        found[speaker].timed = True
    starts = turn_starts(result)
    if not turns:
        return []
    of = {rule.name: pass_.name for pass_ in result.pipeline.passes for rule in pass_.rules}
    first = set(whole(result.edits))
    for change in result.edits:
        speaker = turns[max(0, bisect_right(starts, change.start) - 1)].speaker or "-"
        share, made_by = found[speaker], of[change.rule]
        if made_by not in _UNSAID:
            share.words += len(word_list(change.old)) - len(word_list(change.new))
        share.fillers += change in first and made_by in _FILLERS
        share.repeats += change in first and made_by in _REPEATS
    return list(found.values())


def _talk_times(result: Result) -> Iterator[tuple[str, float]]:
    """The milliseconds of each word, or else cue, and who speaks; several in a cue share them by letters."""
    transcript, turns = result.transcript, result.turns
    timed = transcript.of_kind("word") or transcript.of_kind("cue")
    at = 0
    for (start, end), _, (start_ms, end_ms) in timed:
        while at < len(turns) and turns[at].span.end <= start:
            at += 1
        i = at
        while i < len(turns) and turns[i].span.start < end and start_ms is not None and end_ms is not None:
            inside = min(end, turns[i].span.end) - max(start, turns[i].span.start)
            yield turns[i].speaker or "-", (end_ms - start_ms) * inside / max(1, end - start)
            i += 1


@frozen
class Stats:
    """The run of `tidy stats`: how files are tidied and read, and how it reports."""

    settings: Settings
    read_as: str | None
    encoding: str | None
    output_format: str = "text"

    def all(self, jobs: Sequence[Job], workers: int = 1) -> int:
        """Show the table for all inputs together; the exit code."""
        done = [outcome.reported() for _, outcome in each(jobs, self, quiet=False, workers=workers)]
        made = [(job.name, outcome.data) for job, outcome in zip(jobs, done, strict=True) if not outcome.fault]
        if self.output_format == "text":
            rows = [row for name, found in made for row in _rows(name, found)]
            if rows:
                show_table(HEADINGS, rows)
        else:
            errors = [{"file": job.name, "message": o.fault} for job, o in zip(jobs, done, strict=True) if o.fault]
            data = [{"file": name, **_of_share(share)} for name, found in made for share in found]
            as_lines = self.output_format == "jsonl"
            put(machine.lines(data, errors) if as_lines else machine.document("stats", "speakers", data, errors))
        return code(done)

    def __call__(self, job: Job, watch: Watch) -> Outcome:
        """The shares of the speakers of one input."""
        pipeline = self.settings.pipeline(job.file)
        result = pipeline(from_bytes(job.read(), self.read_as, job.name, self.encoding), watch)
        echoed = doubling(result).removeprefix("; ")
        return Outcome("", (), (f"{job.name}: {echoed}",) if echoed else (), data=shares(result))


def _of_share(share: Share) -> dict[str, Any]:
    return {
        "speaker": None if share.speaker == "-" else share.speaker,
        "turns": share.turns,
        "words": share.words,
        "talk_ms": round(share.ms) if share.timed else None,
        "fillers": share.fillers,
        "repeats": share.repeats,
    }


def _rows(name: str, found: Sequence[Share]) -> Iterator[tuple[str, ...]]:
    everybody = sum(share.words for share in found)
    for share in found:
        clock = _clock(share.ms) if share.timed else "-"
        of_all = f"{100 * share.words / max(1, everybody):.0f} %"
        per = (f"{100 * count / max(1, share.words):.1f}" for count in (share.fillers, share.repeats))
        yield name, share.speaker, f"{share.turns:,}", f"{share.words:,}", of_all, clock, *per


def _clock(ms: float) -> str:
    hours, seconds = divmod(int(ms) // 1000, 3600)
    return f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
