"""The pipeline: passes in their order, at a level; and the result, from which every report is derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from os import PathLike
from typing import Any

from attrs import evolve, field, frozen

from tidytranscript import engine, wordlists
from tidytranscript.collector import collector_paused
from tidytranscript.corrections import Dictionary, shipped
from tidytranscript.errors import UnknownName
from tidytranscript.passes import CHECKS, ORDER
from tidytranscript.passes.corrections import Corrections
from tidytranscript.passes.turns import LEAST, Turns
from tidytranscript.powers import Level
from tidytranscript.provenance import Change, Changes, net_changes, timed
from tidytranscript.rules import Finding, Pass, Rule, WordPass
from tidytranscript.transcript import Transcript, Turn

__all__ = ["Change", "Pipeline", "Result", "tidy"]


def level_named(level: str | Level) -> Level:
    """The level of that name; UnknownName if there is none."""
    try:
        return Level(level)
    except ValueError:
        raise UnknownName.among("level", str(level), [known.value for known in Level]) from None


@frozen
class Pipeline:
    """Passes in order, at a level. Calling it tidies a transcript; it has no state, and can be pickled.

    A pass may stand in the order more than once.

    >>> Pipeline.standard(level="clean").without("fillers")("It's, it's, um, fine.").text
    "It's, um, fine."
    """

    passes: tuple[Pass, ...]
    level: Level = Level.CLEAN
    off: frozenset[str] = frozenset()

    @classmethod
    def standard(
        cls,
        level: str | Level = Level.CLEAN,
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        corrections: Iterable[str | PathLike[str] | Dictionary] = (),
        names: Iterable[str] = (),
        words: str | PathLike[str] | Mapping[str, Any] | None = None,
        sure: float = LEAST,
        fold: bool = False,
        checks: bool = False,
    ) -> Pipeline:
        """The shipped passes in their order.

        `select` keeps only the passes and rules it names, `ignore` takes some away; neither goes beyond the level.
        `corrections` are dictionaries beside the shipped ones: paths of TOML files, or `Dictionary` objects.
        `names` are people who may speak, or be spoken of: what they are misheard as is put right.
        `words` add to the word lists: a TOML file, or a mapping of the same shape.
        `sure` is how sure a guessed change of speaker must be, 0 to 1; `fold` makes guessed turns of back-channels
        alone (`Right. Yeah.`) a part of the turn around them.
        With `checks` the passes run as well that change nothing and only look for contradictions: `Result.remarks`.
        Raises UnknownName, BadDictionary, BadWordLists, or ValueError where `sure` is none of these.
        """
        if not 0 <= sure <= 1:
            raise ValueError(f"sure must be from 0 to 1, not {sure}")
        dictionary = Dictionary.merged([shipped(), *map(Dictionary.of, corrections)])
        people = tuple(names)
        more = None if words is None else wordlists.given(words)
        turns = Turns(people, sure, fold, more)
        given: dict[str, Pass] = {"corrections": Corrections(dictionary, people), "turns": turns}
        if more is not None:
            given |= {p.name: p.plus(more) for p in ORDER if isinstance(p, WordPass)}
        pipeline = cls(tuple([given.get(p.name, p) for p in ORDER]), level_named(level))
        if select is not None:
            kept = pipeline.rules_of(select)
            pipeline = evolve(pipeline, off=frozenset(pipeline.rule_names - kept))
        if not checks:
            pipeline = pipeline.without(*[check.name for check in CHECKS])
        return pipeline.without(*ignore)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The catalogue: every rule of every pass, in order, each once."""
        return tuple(dict.fromkeys(rule for pass_ in self.passes for rule in pass_.rules))

    @property
    def rule_names(self) -> frozenset[str]:
        """The names of all rules."""
        return frozenset([rule.name for rule in self.rules])

    def rules_of(self, names: Iterable[str]) -> frozenset[str]:
        """The names of the rules that pass names and rule names stand for; UnknownName for any other."""
        by_pass = {pass_.name: [rule.name for rule in pass_.rules] for pass_ in self.passes}
        found: set[str] = set()
        for name in [names] if isinstance(names, str) else names:
            if name in by_pass:
                found.update(by_pass[name])
            elif name in self.rule_names:
                found.add(name)
            else:
                raise UnknownName.among("pass or rule", name, dict.fromkeys([*by_pass, *sorted(self.rule_names)]))
        return frozenset(found)

    def without(self, *names: str) -> Pipeline:
        """The same pipeline with some passes or rules switched off."""
        return evolve(self, off=self.off | self.rules_of(names))

    def before(self, name: str, pass_: Pass) -> Pipeline:
        """The same pipeline with a pass put in before the pass named `name`."""
        return self._with(pass_, self._place(name))

    def after(self, name: str, pass_: Pass) -> Pipeline:
        """The same pipeline with a pass put in after the pass named `name`."""
        return self._with(pass_, self._place(name) + 1)

    def _place(self, name: str) -> int:
        names = [pass_.name for pass_ in self.passes]
        if name not in names:
            raise UnknownName.among("pass", name, names)
        return names.index(name)

    def _with(self, pass_: Pass, at: int) -> Pipeline:
        return evolve(self, passes=(*self.passes[:at], pass_, *self.passes[at:]))

    def __call__(self, source: str | Transcript) -> Result:
        """Tidy a transcript, or a string taken as plain text."""
        start = Transcript(source) if isinstance(source, str) else source
        with collector_paused():
            transcript, steps = self._run(start)
        return Result(start, transcript, tuple(steps), self)

    def _run(self, transcript: Transcript) -> tuple[Transcript, list[engine.Step]]:
        steps = []
        left: dict[str, Transcript] = {}  # what each pass left: run on it again, it finds nothing
        for pass_ in self.passes:
            runs = any(rule.level.rank <= self.level.rank and rule.name not in self.off for rule in pass_.rules)
            if runs and left.get(pass_.name) is not transcript:
                transcript, step = engine.run(pass_, transcript, self.level, self.off)
                left[pass_.name] = transcript
                steps.append(step)
        return transcript, steps


@frozen(slots=True, hash=False)
class Result:
    """What came of a run: the source, the tidied transcript, and the log of every step.

    >>> result = tidy("Um, it's, it's fine.")
    >>> result.text
    "It's fine."
    >>> [(edit.start, edit.end, edit.old, edit.new, edit.rule) for edit in result.edits]
    [(0, 4, 'Um, ', '', 'filler'), (4, 5, 'i', 'I', 'filler'), (8, 14, ", it's", '', 'stutter')]
    >>> result.undo()
    "Um, it's, it's fine."
    >>> result.undo("stutter")
    "It's, it's fine."
    """

    source: Transcript
    transcript: Transcript
    steps: tuple[engine.Step, ...]
    pipeline: Pipeline = field(repr=False)

    @property
    def text(self) -> str:
        """The tidied text."""
        return self.transcript.text

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Who says what, in order."""
        return self.transcript.turns

    @property
    def edits(self) -> tuple[Change, ...]:
        """What was changed, in source coordinates: made in the source's text, the edits give the result's text."""
        return self._changes.made

    @property
    def suggestions(self) -> tuple[Change, ...]:
        """What rules found and were not sure enough of to apply, in source coordinates."""
        return self._changes.suggested

    @property
    def remarks(self) -> tuple[Change, ...]:
        """What rules have to say of the text and change nothing about, in source coordinates; `new` is `old`.

        >>> said = "Ann: Well, Ann, thank you for coming. And welcome.\\nBo: It is good to be here.\\nAnn: So."
        >>> [remark.reason for remark in Pipeline.standard(checks=True)(said).remarks]
        ["Ann is said to say 'Well, Ann,'"]
        """
        says = [change for change, finding in self.noted if not (finding.guard or finding.labels or finding.metadata)]
        return timed(says, self.source.labels)

    @property
    def noted(self) -> tuple[tuple[Change, Finding], ...]:
        """All that was found and changes no character, with the finding: remarks, labels, and what guards kept."""
        return self._changes.noted

    @cached_property
    def _changes(self) -> Changes:
        made, suggested, noted = net_changes(self.source.text, self.steps)
        labels = self.source.labels
        return Changes(timed(made, labels), timed(suggested, labels), noted)

    def undo(self, *names: str) -> str:
        """The source's text again, exactly; or, with passes or rules named, the result of all but those.

        The second is a run of the same pipeline without them, which is exact because passes are deterministic.
        Raises UnknownName.
        """
        if names:
            return self.pipeline.without(*names)(self.source).text
        text = self.transcript.text
        for step in reversed(self.steps):
            text = step.patch.inverse().apply(text)
        return text


def tidy(
    source: str | Transcript,
    level: str | Level = Level.CLEAN,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    corrections: Sequence[str | PathLike[str] | Dictionary] = (),
    names: Iterable[str] = (),
    words: str | PathLike[str] | Mapping[str, Any] | None = None,
    sure: float = LEAST,
    fold: bool = False,
) -> Result:
    """Tidy a transcript. A string is taken as plain text as it stands; `loads` reads one as a file would be read.

    `level` is "verbatim", "clean" or "edited"; the other options are those of `Pipeline.standard`.

    >>> tidy("it's, it's, it's fine").text
    "it's fine"
    """
    pipeline = Pipeline.standard(
        level, select=select, ignore=ignore, corrections=corrections, names=names, words=words, sure=sure, fold=fold
    )
    return pipeline(source)
