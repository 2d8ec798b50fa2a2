"""What rules find in files: the lines of `tidy check`, and the evidence that `tidy explain RULE FILE` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve, frozen

from tidytranscript.formats import from_bytes
from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.places import Places
from tidytranscript.powers import Level
from tidytranscript.provenance import Change
from tidytranscript.reports.account import counted
from tidytranscript.reports.jobs import Job, each
from tidytranscript.reports.terminal import Bar, Line, say, show
from tidytranscript.rules import Finding

_AROUND_WORDS: Final = " \t\r\n,.;:-–—"
_AROUND: Final = 40  # characters of the text that evidence shows on either side


@frozen
class Check:
    """The run of `tidy check`: one pipeline, and how to read and to report."""

    pipeline: Pipeline
    read_as: str | None
    encoding: str | None
    suggestions: bool
    quiet: bool

    def all(self, jobs: Sequence[Job]) -> int:
        """List what is found in each input, in order; the exit code."""
        found = each(jobs, self._one, quiet=self.quiet)
        return 2 if None in found else int(True in found)

    def _one(self, job: Job, bar: Bar) -> bool:
        result = self.pipeline(from_bytes(job.read(), self.read_as, job.name, self.encoding))
        places = Places(result.source)
        findings = sorted([*whole(result.edits), *result.remarks])
        suggested = whole(result.suggestions)
        with bar.hidden():
            show(_listed(job.name, places, findings, suggested if self.suggestions else []))
            if not self.quiet:
                say(f"{job.name}: {_count(findings)}, {counted(len(suggested), 'suggestion')}")
        return bool(findings)


def whole(changes: Iterable[Change]) -> list[Change]:
    """The first of the changes of each finding."""
    first: dict[int, Change] = {}
    for change in changes:
        first.setdefault(change.finding, change)
    return list(first.values())


def _listed(name: str, places: Places, findings: list[Change], suggested: list[Change]) -> Iterator[Line]:
    for change, kind in sorted([(f, "") for f in findings] + [(s, "suggestion: ") for s in suggested]):
        line, column = places.of(_shown_at(change))
        yield Line("text", f"{name}:{line}:{column} {change.rule} {kind}{change.reason}\n")


def _shown_at(change: Change) -> int:
    """Where the first word of what it touches stands, or else the first character that is no blank."""
    said = change.old.lstrip(_AROUND_WORDS) or change.old.lstrip() or change.old
    return change.start + len(change.old) - len(said)


def _count(findings: Sequence[Change]) -> str:
    rules = Counter(change.rule for change in findings).most_common()
    by_rule = ", ".join(f"{rule} {count:,}" for rule, count in rules)
    return counted(len(findings), "finding") + (f" ({by_rule})" if rules else "")


@frozen
class Evidence:
    """The run of `tidy explain RULE FILE...`: the rules, what runs before them, and how to read."""

    rules: frozenset[str]
    pipeline: Pipeline
    read_as: str | None
    encoding: str | None

    @classmethod
    def of(cls, name: str, every: Pipeline, read_as: str | None, encoding: str | None) -> Evidence:
        """For the rule or pass of that name, at `clean`, or at `edited` where it begins there; `every` runs all rules.

        Raises UnknownName.
        """
        wanted = every.rules_of([name])
        above = {rule.name for rule in every.rules if rule.level.rank > Level.CLEAN.rank}
        level = Level.EDITED if wanted & above else Level.CLEAN
        return cls(wanted, evolve(every, level=level, off=every.off | (above - wanted)), read_as, encoding)

    def all(self, jobs: Sequence[Job]) -> int:
        """Show what the rules find in each input; the exit code."""
        return 2 if None in each(jobs, self._one, quiet=True) else 0

    def _one(self, job: Job, bar: Bar) -> bool:
        result = self.pipeline(from_bytes(job.read(), self.read_as, job.name, self.encoding))
        lines = list(self._lines(job.name, result))
        show(lines or [Line("text", f"{job.name}: nothing is found\n")])
        return bool(lines)

    def _lines(self, name: str, result: Result) -> Iterator[Line]:
        places = Places(result.source)
        found = [(change, "") for change in whole(result.edits)]
        found += [(change, "not sure enough to be changed") for change in whole(result.suggestions)]
        found += [_noted(change, finding) for change, finding in result.noted]
        for change, outcome in sorted(found):
            if change.rule in self.rules:
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
