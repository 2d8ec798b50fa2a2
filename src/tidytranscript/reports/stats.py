"""Who spoke how much, and how: the table of `tidy stats`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define, field, frozen

from tidytranscript.formats import from_bytes
from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.reports.account import doubling
from tidytranscript.reports.findings import whole
from tidytranscript.reports.jobs import Job, each
from tidytranscript.reports.terminal import Bar, say, show_table
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

    >>> from tidytranscript.pipeline import tidy
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
    given = [label.span.start for label in result.source.of_kind("turn")]
    labelled = [change.start for change, finding in result.noted if any(x.kind == "turn" for x in finding.labels)]
    starts = given or sorted(labelled)  # in the source, as the edits are
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
    """The run of `tidy stats`: one pipeline, and how to read."""

    pipeline: Pipeline
    read_as: str | None
    encoding: str | None
    rows: list[tuple[str, ...]] = field(factory=list)

    def all(self, jobs: Sequence[Job]) -> int:
        """Show the table for all inputs together; the exit code."""
        done = each(jobs, self._one, quiet=False)
        if self.rows:
            show_table(HEADINGS, self.rows)
        return 2 if None in done else 0

    def _one(self, job: Job, bar: Bar) -> bool:
        result = self.pipeline(from_bytes(job.read(), self.read_as, job.name, self.encoding))
        self.rows.extend(_rows(job.name, shares(result)))
        echoed = doubling(result).removeprefix("; ")
        if echoed:
            with bar.hidden():
                say(f"{job.name}: {echoed}")
        return True


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
