"""The catalogue of rules: all of it as a table, or a part of it in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tidytranscript.passes import CHECKS
from tidytranscript.pipeline import Pipeline
from tidytranscript.powers import Power
from tidytranscript.reports.terminal import Line
from tidytranscript.rules import Pass, Rule

HEADINGS: Final = ("pass", "rule", "level", "may change", "what it finds")
_MAY: Final = {
    Power.ENCODING: "mend what was decoded wrongly",
    Power.SPACE: "change blanks",
    Power.PUNCTUATION: "change punctuation",
    Power.CASE: "change capitals",
    Power.DELETE: "take words out",
    Power.REPLACE: "put other words in",
}


def table(pipeline: Pipeline) -> Iterator[tuple[str, str, str, str, str]]:
    """A row for each rule of a pipeline, in order, under HEADINGS."""
    for pass_ in _passes(pipeline):
        for rule in pass_.rules:
            powers = ", ".join(str(power.name).lower() for power in Power if power in rule.power)
            nothing = "nothing: remarks" if pass_ in CHECKS else "nothing: labels"
            yield pass_.name, rule.name, rule.level.value, powers or nothing, rule.summary


def explained(pipeline: Pipeline, name: str) -> Iterator[Line]:
    """All that is known of a rule, or of the rules of a pass: lines to show. Raises UnknownName."""
    wanted = pipeline.rules_of([name])
    between = False
    for pass_ in _passes(pipeline):
        for rule in pass_.rules:
            if rule.name in wanted:
                if between:
                    yield _line("text", "")
                between = True
                yield from _explained(pass_, rule)


def _passes(pipeline: Pipeline) -> Iterable[Pass]:
    """Each pass once, where it first stands."""
    found: dict[str, Pass] = {}
    for pass_ in pipeline.passes:
        found.setdefault(pass_.name, pass_)
    return found.values()


def _explained(pass_: Pass, rule: Rule) -> Iterator[Line]:
    may = ", ".join(words for power, words in _MAY.items() if power in rule.power)
    yield _line("name", rule.name)
    yield _line("text", f"  {rule.summary}")
    yield _line("text", f"  Pass {pass_.name}, from the level {rule.level.value} on.")
    remarks = pass_ in CHECKS
    nothing = (
        "It changes nothing; `tidy check` says what it finds." if remarks else "It changes no text; it adds labels."
    )
    yield _line("text", f"  It may {may}." if may else f"  {nothing}")
    if rule.fixes:
        yield _line("heading", "  Finds:" if remarks else "  Fixes:")
    for before, after in rule.fixes:
        yield _line("before", f"    {_visible(before)}")
        yield _line("after", f"      -> {_visible(after)}")
    if rule.keeps:
        yield _line("heading", "  Keeps:")
    for text in rule.keeps:
        yield _line("keeps", f"    {_visible(text)}")
    if rule.guards:
        yield _line("heading", "  Guards, which say why a text is kept:")
    for name, why, example in rule.guards:
        yield _line("keeps", f"    {name}: {why}, as in {_visible(example)!r}")


def _line(kind: str, text: str) -> Line:
    return Line(kind, f"{text}\n")


def _visible(text: str) -> str:
    """The text in one line: line ends and what can't be seen as escapes."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
