"""The pipeline: passes in their order, at a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from os import PathLike
from os.path import exists
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, frozen

from tidytranscript import engine, wordlists
from tidytranscript.collector import collector_paused
from tidytranscript.corrections import Dictionary, shipped
from tidytranscript.decisions import Decisions
from tidytranscript.errors import BadPlugin, UnknownName
from tidytranscript.marks import marked, pattern
from tidytranscript.passes import CHECKS, ORDER
from tidytranscript.passes.corrections import Corrections
from tidytranscript.passes.turns import LEAST, Turns
from tidytranscript.plugins import brought, offered
from tidytranscript.powers import Level
from tidytranscript.provenance import Change
from tidytranscript.results import Result
from tidytranscript.rules import Pass, Rule, WordPass
from tidytranscript.transcript import Metadata, Transcript

if TYPE_CHECKING:
    from tidytranscript.streaming import Stream

__all__ = ["Change", "Pipeline", "Result", "Watch", "tidy"]

Watch: TypeAlias = Callable[[str, float], None]
"""What is told how far a run is: the name of the pass that comes now, and the share of the passes that have run."""


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
    least: tuple[tuple[str, float], ...] = ()
    protect: tuple[str, ...] = ()
    decisions: tuple[Decisions, ...] = ()

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
        confidence: Mapping[str, float] | None = None,
        protect: Iterable[str] = (),
        decisions: Iterable[str | PathLike[str] | Decisions] = (),
        plugins: Iterable[str] = (),
    ) -> Pipeline:
        """The shipped passes in their order.

        `select` keeps only the passes and rules it names, `ignore` takes some away; neither goes beyond the level.
        `corrections` are dictionaries beside the shipped ones: paths of TOML files, names under which a package
        offers one, or `Dictionary` objects.
        `names` are people who may speak, or be spoken of: what they are misheard as is put right.
        `words` add to the word lists: a TOML file, or a mapping of the same shape.
        `sure` is how sure a guessed change of speaker must be, 0 to 1; `fold` makes guessed turns of back-channels
        alone (`Right. Yeah.`) a part of the turn around them.
        With `checks` the passes run as well that change nothing and only look for contradictions: `Result.remarks`.
        `confidence` says for passes and rules from which confidence on, 0 to 1, they act, whatever the level says.
        `protect` are regular expressions, in the syntax of `re`: what they match does not change.
        `decisions` are what somebody decided on single findings of a text: files, or `Decisions` objects.
        `plugins` are names under which packages offer passes; these run where words are still taken out, before
        `finish`.
        Raises UnknownName, BadDictionary, BadWordLists, BadDecisions, BadPlugin, or ValueError where a number is not
        from 0 to 1 or a pattern is none.
        """
        if not 0 <= sure <= 1:
            raise ValueError(f"sure must be from 0 to 1, not {sure}")
        dictionary = Dictionary.merged([shipped(), *map(_dictionary, corrections)])
        people = tuple(names)
        more = None if words is None else wordlists.given(words)
        turns = Turns(people, sure, fold, more)
        kept = tuple(protect)
        for source in kept:
            pattern(source)
        given: dict[str, Pass] = {"corrections": Corrections(dictionary, people), "turns": turns}
        if more is not None:
            given |= {p.name: p.plus(more) for p in ORDER if isinstance(p, WordPass)}
        pipeline = cls(
            tuple([given.get(p.name, p) for p in ORDER]),
            level_named(level),
            protect=kept,
            decisions=tuple(map(Decisions.of, decisions)),
        )
        for name in plugins:
            pipeline = pipeline.before("finish", _plugin(name))
        pipeline = pipeline.acting_from(confidence or {})
        if select is not None:
            chosen = pipeline.rules_of(select)
            pipeline = evolve(pipeline, off=frozenset(pipeline.rule_names - chosen))
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

    def acting_from(self, confidence: Mapping[str, float]) -> Pipeline:
        """The same pipeline where passes and rules act from another confidence on than the level asks for.

        >>> [alone] = [Pipeline.standard(select=["stutter"])]
        >>> alone.acting_from({"stutter": 0.5})("It goes goes in.").text
        'It goes in.'

        Raises UnknownName, or ValueError where a confidence is not from 0 to 1.
        """
        least = dict(self.least)
        for name, share in confidence.items():
            if not 0 <= share <= 1:
                raise ValueError(f"the confidence of {name} must be from 0 to 1, not {share}")
            least.update(dict.fromkeys(self.rules_of([name]), float(share)))
        return evolve(self, least=tuple(sorted(least.items())))

    def before(self, name: str, pass_: Pass) -> Pipeline:
        """The same pipeline with a pass put in before the pass named `name`."""
        return self._with(pass_, self._place(name))

    def after(self, name: str, pass_: Pass) -> Pipeline:
        """The same pipeline with a pass put in after the pass named `name`."""
        return self._with(pass_, self._place(name) + 1)

    def stream(self, metadata: Metadata | None = None) -> Stream:
        """A stream for live text: feed it lines or cues, and it gives what has settled.

        What it gives in all is what the pipeline makes of all that it was fed. `metadata` is what is known about the
        recording, such as its language. Raises NoFiniteReach where a pass of it needs the whole text; see `live`.
        """
        from tidytranscript.streaming import Stream

        return Stream(self, metadata)

    def live(self) -> Pipeline:
        """The same pipeline as far as it can run in a stream: without passes and decisions that need the whole text."""
        from tidytranscript.streaming import live

        return live(self)

    @cached_property
    def running(self) -> tuple[Pass, ...]:
        """The passes of which a rule runs at the level, in their order."""
        rank, off = self.level.rank, self.off
        runs = [any(rule.level.rank <= rank and rule.name not in off for rule in pass_.rules) for pass_ in self.passes]
        return tuple(compress(self.passes, runs))

    def _place(self, name: str) -> int:
        names = [pass_.name for pass_ in self.passes]
        if name not in names:
            raise UnknownName.among("pass", name, names)
        return names.index(name)

    def _with(self, pass_: Pass, at: int) -> Pipeline:
        return evolve(self, passes=(*self.passes[:at], pass_, *self.passes[at:]))

    def __call__(self, source: str | Transcript, watch: Watch | None = None) -> Result:
        """Tidy a transcript, or a string taken as plain text.

        `watch` is told the name of each pass before it runs, and the share of the passes that have run, 0 to 1.
        """
        start = marked(Transcript(source) if isinstance(source, str) else source, self.protect, self.decisions)
        with collector_paused():
            transcript, steps = self._run(start, watch)
        return Result(start, transcript, tuple(steps), self)

    def text(self, source: str) -> str:
        """The tidied text alone: a function from text to text, which can be pickled, for what takes such a function.

        >>> list(map(Pipeline.standard().text, ["Um, so, so we left."]))
        ['So we left.']
        """
        return self(source).text

    def _run(self, transcript: Transcript, watch: Watch | None) -> tuple[Transcript, list[engine.Step]]:
        steps = []
        least = dict(self.least)
        version = 0
        left: dict[str, int] = {}  # the version that each pass left: run on it again, it finds nothing
        for number, pass_ in enumerate(self.running):
            if watch:
                watch(pass_.name, number / len(self.running))
            if left.get(pass_.name) != version:
                before = transcript
                transcript, step = engine.run(pass_, before, self.level, self.off, least)
                version += transcript is not before
                left[pass_.name] = version
                steps.append(step)
        return transcript, steps


def _dictionary(source: str | PathLike[str] | Dictionary) -> Dictionary:
    if isinstance(source, str) and not exists(source) and source in offered("corrections"):
        return Dictionary.of(brought("corrections", source))
    return Dictionary.of(source)


def _plugin(name: str) -> Pass:
    found = brought("passes", name)
    if not isinstance(found, Pass):
        raise BadPlugin(name, offered("passes")[name].value, "is no pass: it needs a name, rules and find")
    return found


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
    confidence: Mapping[str, float] | None = None,
    protect: Iterable[str] = (),
    decisions: Iterable[str | PathLike[str] | Decisions] = (),
    plugins: Iterable[str] = (),
) -> Result:
    """Tidy a transcript. A string is taken as plain text as it stands; `loads` reads one as a file would be read.

    `level` is "verbatim", "clean" or "edited"; the other options are those of `Pipeline.standard`.

    >>> tidy("it's, it's, it's fine").text
    "it's fine"
    """
    pipeline = Pipeline.standard(
        level,
        select=select,
        ignore=ignore,
        corrections=corrections,
        names=names,
        words=words,
        sure=sure,
        fold=fold,
        confidence=confidence,
        protect=protect,
        decisions=decisions,
        plugins=plugins,
    )
    return pipeline(source)
