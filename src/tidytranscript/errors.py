"""All that the library raises: one root, each error with its data and with what to do next."""

from __future__ import annotations

from collections.abc import Iterable

import attrs


@attrs.define(auto_exc=True)
class TidyError(Exception):
    """The root of every error that the library raises on purpose."""

    def __str__(self) -> str:
        return self.args[0] if self.args else type(self).__name__


@attrs.define(auto_exc=True)
class UnknownName(TidyError):  # noqa: N818 - reads as what it says
    """A pass, rule, level or format was asked for that does not exist.

    Attributes:
        kind: what was asked for, such as "pass or rule".
        name: the name given.
        known: the names that exist.
    """

    kind: str
    name: str
    known: tuple[str, ...]

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str]) -> UnknownName:
        """The error for `name`, with the names that exist in order."""
        return cls(kind, name, tuple(known))

    def __str__(self) -> str:
        from difflib import get_close_matches

        near = get_close_matches(self.name, self.known, n=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        return f"no {self.kind} is named {self.name!r}{meant} (there are: {', '.join(self.known)})"


@attrs.define(auto_exc=True)
class NoFiniteReach(TidyError):  # noqa: N818
    """A stream was asked for, of passes that decide by the whole text.

    Attributes:
        passes: their names.
        decided: whether the pipeline holds decisions, which are about one whole text.
    """

    passes: tuple[str, ...]
    decided: bool = False

    def __str__(self) -> str:
        problems = [f"the passes {', '.join(self.passes)} need the whole text"] if self.passes else []
        problems += ["decisions are about one whole text"] if self.decided else []
        return f"no stream: {', and '.join(problems)}. Leave them out: pipeline.live()"


@attrs.define(auto_exc=True)
class UnreadableInput(TidyError):  # noqa: N818
    """Input that is no text, or no transcript.

    Attributes:
        name: the file, or "<stdin>", or "<text>".
        problem: what is wrong, with its place.
        hint: what to do next.
    """

    name: str
    problem: str
    hint: str

    def __str__(self) -> str:
        return f"{self.name}: {self.problem}. {self.hint}"


@attrs.define(auto_exc=True)
class BadFile(TidyError):  # noqa: N818
    """A file that says what to do, and can't be used; nothing of it was.

    Attributes:
        name: the file.
        problems: one line for each problem, each with its place in the file and what to do.
    """

    name: str
    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(f"{self.name}: {problem}" for problem in self.problems)


class BadDictionary(BadFile):
    """A correction dictionary that can't be used."""


class BadWordLists(BadFile):
    """Word lists that can't be used."""


class BadDecisions(BadFile):
    """A file of decisions that can't be used."""


class BadConfig(BadFile):
    """A configuration that can't be used."""


@attrs.define(auto_exc=True)
class BadPlugin(TidyError):  # noqa: N818
    """What a package offers under a name, and can't be used.

    Attributes:
        name: the name it is offered under.
        place: the module and the object that the package says it is.
        problem: what is wrong.
    """

    name: str
    place: str
    problem: str

    def __str__(self) -> str:
        return f"plugin {self.name} ({self.place}): {self.problem}. Mend or uninstall the package that brings it"


@attrs.define(auto_exc=True)
class WorkerEnded(TidyError):  # noqa: N818
    """A process that worked on a part ended before its time."""

    def __str__(self) -> str:
        return "a process that tidied texts has ended, perhaps for want of memory. Try fewer at a time"


@attrs.define(auto_exc=True)
class WouldOverwrite(TidyError):  # noqa: N818
    """A file stands where the output should go.

    Attributes:
        name: the file that stands there.
    """

    name: str

    def __str__(self) -> str:
        return f"{self.name}: exists already. Name another file, or ask for it to be replaced"


@attrs.define(auto_exc=True)
class CannotHold(TidyError):  # noqa: N818
    """A transcript that can't be written in a format, because it lacks what the format is made of.

    Attributes:
        format: the name of the format.
        needs: what it needs.
        problem: what is lacking, and what to do.
    """

    format: str
    needs: str
    problem: str

    def __str__(self) -> str:
        return f"{self.format} needs {self.needs}: {self.problem}"


@attrs.define(auto_exc=True)
class AmbiguousFormat(TidyError):  # noqa: N818
    """Input that more than one format fits.

    Attributes:
        name: the file, or "<stdin>", or "<text>".
        formats: the names of the formats that fit.
    """

    name: str
    formats: tuple[str, ...]

    def __str__(self) -> str:
        fit = " and ".join(self.formats)
        return f"{self.name}: this could be {fit}. Say which: --from {self.formats[0]} (format={self.formats[0]!r})"
