"""What rules find in files: the lines of `tidy check`, and the evidence that `tidy explain RULE FILE` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from tidytranscript.config import Settings
from tidytranscript.formats import from_bytes
from tidytranscript.pipeline import Pipeline, Result, Watch
from tidytranscript.places import Places
from tidytranscript.powers import Level
from tidytranscript.provenance import Change
from tidytranscript.reports import machine
from tidytranscript.reports.account import counted
from tidytranscript.reports.jobs import Job
from tidytranscript.reports.running import Outcome, code, each, fitting, unfitting
from tidytranscript.reports.terminal import Line, put
from tidytranscript.rules import Finding
from tidytranscript.transcript import Label

FORMATS: Final = ("text", "json", "jsonl", "github", "sarif")
UNUSED: Final = "unused-suppression"
"""What is listed for a comment or a decision under which nothing is found, as if it were a rule."""
_AROUND_WORDS: Final = " \t\r\n,.;:-–—"
_AROUND: Final = 40  # characters of the text that evidence shows on either side


@frozen
class Check:
    """The run of `tidy check`: how files are tidied and read, and how it reports."""

    settings: Settings
    read_as: str | None
    encoding: str | None
    suggestions: bool
    quiet: bool
    output_format: str = "text"

    def all(self, jobs: Sequence[Job], workers: int = 1) -> int:
        """List what is found in each input, in order; the exit code."""
        done = [outcome.reported() for _, outcome in each(jobs, self, quiet=self.quiet, workers=workers)]
        if self.output_format != "text":
            put(self._document(jobs, done))
        return max(code(done, strict=True), unfitting(self.settings.decisions, done))

    def __call__(self, job: Job, watch: Watch) -> Outcome:
        """The findings of one input."""
        pipeline = self.settings.pipeline(job.file)
        result = pipeline(from_bytes(job.read(), self.read_as, job.name, self.encoding), watch)
        findings = sorted([*whole(result.edits), *result.remarks, *_unused(result)])
        suggested = whole(result.suggestions)
        places = Places(result.source)
        said = () if self.quiet else (f"{job.name}: {_count(findings)}, {counted(len(suggested), 'suggestion')}",)
        listed = [(change, "finding") for change in findings]
        listed += [(change, "suggestion") for change in suggested] if self.suggestions else []
        fits = fitting(self.settings, result)
        if self.output_format == "text":
            lines = tuple(_listed(job.name, places, sorted(listed)))
            return Outcome("", lines, said, bool(findings), fits=fits)
        data = [_data(job.name, places, change, kind) for change, kind in sorted(listed)]
        return Outcome("", (), said, bool(findings), data, fits)

    def _document(self, jobs: Sequence[Job], done: Sequence[Outcome]) -> str:
        errors = [{"file": job.name, "message": o.fault} for job, o in zip(jobs, done, strict=True) if o.fault]
        found = [finding for outcome in done for finding in outcome.data or ()]
        match self.output_format:
            case "json":
                return machine.document("findings", "findings", found, errors)
            case "jsonl":
                return machine.lines(found, errors)
            case "github":
                return machine.github(found, errors)
        return machine.sarif(found, errors, Pipeline.standard(checks=True).rules)


def _unused(result: Result) -> Iterator[Change]:
    """What says that nothing is to be changed where nothing would be, as findings."""
    known = {name for pass_ in result.pipeline.passes for name in (pass_.name, *(rule.name for rule in pass_.rules))}
    for label in result.unused:
        start, end = label.span
        old = label.span.of(result.source.text)
        yield Change(start, end, old, old, UNUSED, _why_unused(label, known), 1.0)


def _why_unused(label: Label, known: set[str]) -> str:
    if label.kind != "suppressed":
        taken = "accepted" if label.kind == "accepted" else "rejected"
        return f"a decision {taken} what {label.value} found here, which it does not find"
    unknown = [name for name in label.value.names if name not in known]
    why = f"there is no pass or rule {unknown[0]}" if unknown else "nothing is found there"
    return f"{label.value.by!r} suppresses nothing: {why}"


def _data(name: str, places: Places, change: Change, kind: str) -> dict[str, Any]:
    line, column = places.of(_shown_at(change))
    remark = kind == "finding" and change.old == change.new
    data: dict[str, Any] = {
        "file": name,
        "line": line,
        "column": column,
        "rule": change.rule,
        "kind": "remark" if remark else kind,
        "message": change.reason,
        "confidence": round(change.confidence, 4),
        "start": change.start,
        "end": change.end,
    }
    if not remark:
        data |= {"old": change.old, "new": change.new}
    return data | ({} if change.start_ms is None else {"start_ms": change.start_ms})


def whole(changes: Iterable[Change]) -> list[Change]:
    """The first of the changes of each finding."""
    first: dict[int, Change] = {}
    for change in changes:
        first.setdefault(change.finding, change)
    return list(first.values())


def _listed(name: str, places: Places, findings: Iterable[tuple[Change, str]]) -> Iterator[Line]:
    for change, kind in findings:
        line, column = places.of(_shown_at(change))
        shown = "suggestion: " if kind == "suggestion" else ""
        yield Line("text", f"{name}:{line}:{column} {change.rule} {shown}{change.reason}\n")


def _shown_at(change: Change) -> int:
    """Where the first word of what it touches stands, or else the first character that is no blank."""
    said = change.old.lstrip(_AROUND_WORDS) or change.old.lstrip() or change.old
    return change.start + len(change.old) - len(said)


def _count(findings: Sequence[Change]) -> str:
    rules = Counter(change.rule for change in findings).most_common()
    by_rule = ", ".join(f"{rule} {count:,}" for rule, count in rules)
    return counted(len(findings), "finding") + (f" ({by_rule})" if rules else "")


def at_its_level(every: Pipeline, wanted: frozenset[str]) -> Pipeline:
    """A pipeline that runs all rules, at the level at which the rules that are wanted run: clean, or else edited."""
    above = {rule.name for rule in every.rules if rule.level.rank > Level.CLEAN.rank}
    level = Level.EDITED if wanted & above else Level.CLEAN
    return evolve(every, level=level, off=every.off | (above - wanted))


@frozen
class Evidence:
    """The run of `tidy explain RULE FILE...`: the rule or pass, what runs before it, and how files are read.

    The rules run at `clean`, and those that begin at `edited` where they are asked for. Raises UnknownName.
    """

    name: str
    settings: Settings
    read_as: str | None
    encoding: str | None

    def all(self, jobs: Sequence[Job]) -> int:
        """Show what the rules find in each input; the exit code."""
        done = [outcome.reported() for _, outcome in each(jobs, self, quiet=True)]
        return code(done)

    def __call__(self, job: Job, watch: Watch) -> Outcome:
        """The evidence in one input."""
        every = self.settings.pipeline(job.file)
        wanted = every.rules_of([self.name])
        pipeline = at_its_level(every, wanted)
        result = pipeline(from_bytes(job.read(), self.read_as, job.name, self.encoding), watch)
        lines = tuple(self._lines(job.name, result, wanted))
        return Outcome("", lines or (Line("text", f"{job.name}: nothing is found\n"),), found=bool(lines))

    def _lines(self, name: str, result: Result, wanted: frozenset[str]) -> Iterator[Line]:
        places = Places(result.source)
        found = [(change, "") for change in whole(result.edits)]
        found += [(change, "not sure enough to be changed") for change in whole(result.suggestions)]
        found += [_noted(change, finding) for change, finding in result.noted]
        for change, outcome in sorted(found):
            if change.rule in wanted:
                line, column = places.of(_shown_at(change))
                outcome = outcome and f"; {outcome}"
                head = f"{name}:{line}:{column} {change.rule} {change.confidence:.2f}"
                yield Line("heading", f"{head} {change.reason}{outcome}\n")
                yield Line("text", f"    {_in_its_text(result.source.text, change)}\n")


def _noted(change: Change, finding: Finding) -> tuple[Change, str]:
    """What changes nothing, with the confidence of the turn that it labels."""
    turns = [label.value.confidence for label in finding.labels if label.kind == "turn"]
    outcome = f"kept by the guard {finding.guard}" if finding.guard else ""
    return change._replace(confidence=turns[0]) if turns else change, outcome


def _in_its_text(text: str, change: Change) -> str:
    """The place with what stands around it, and `|` before it."""
    at = _shown_at(change)
    before, after = text[max(0, at - _AROUND) : at], text[at : at + _AROUND]
    return f"{' '.join(before.split())} | {' '.join(after.split())}".strip()
