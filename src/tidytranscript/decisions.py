"""What somebody decided on single findings of a text, in a review: which edits stay out, which suggestions go in.

In a file, JSON:

    {"schema": "tidytranscript.decisions/1", "file": "talk.vtt", "text": "sha256:...",
     "decisions": [{"decision": "reject", "rule": "filler", "start": 4, "end": 8, "old": "Um, ", "new": ""}]}

Positions are code points in the transcript's text, half-open. `text` is the hash of that text in UTF-8: decisions hold
for the text that they were taken on, and for no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike, fspath
from typing import Any, Final

from attrs import frozen

from tidytranscript.errors import BadDecisions
from tidytranscript.spans import Span
from tidytranscript.transcript import Label

SCHEMA: Final = "tidytranscript.decisions/1"
_KINDS: Final = {"reject": "rejected", "accept": "accepted"}


def hash_of(text: str) -> str:
    """The hash that tells a text from all others.

    >>> hash_of("Um.")
    'sha256:3d6a10fb9c852eb9191591bff76f944944a0d9964e4ce52d0075f42b9dc0a095'
    """
    import hashlib  # here, as most runs take no decisions, and need neither it nor json

    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@frozen
class Decision:
    """One decision: whether what `rule` found at `start` to `end` (half-open) of the text is taken.

    `old` is what stands there, `new` what the rule puts in its place.
    """

    take: bool
    rule: str
    start: int
    end: int
    old: str
    new: str


@frozen
class Decisions:
    """The decisions on one text.

    Attributes:
        text: the hash of the text.
        made: the decisions.
        file: what the text was called, for people.
        name: the file of the decisions.
    """

    text: str
    made: tuple[Decision, ...]
    file: str = ""
    name: str = "<decisions>"

    @classmethod
    def of(cls, source: str | PathLike[str] | Decisions) -> Decisions:
        """The decisions themselves, or those in a file; BadDecisions with all that is wrong, or OSError."""
        if isinstance(source, Decisions):
            return source
        with open(source, "rb") as file:
            return cls.loads(file.read(), fspath(source))

    @classmethod
    def loads(cls, content: str | bytes, name: str = "<decisions>") -> Decisions:
        """The decisions in a JSON text; BadDecisions with all that is wrong with it."""
        import json

        try:
            data = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise BadDecisions(name, (f"no JSON: {error}",)) from None
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise BadDecisions(name, (f'no decisions: "schema" must be "{SCHEMA}"',))
        problems: list[str] = []
        if not isinstance(data.get("text"), str):
            problems.append('"text" must be the hash of the text that the decisions are for')
        given = data.get("decisions")
        if not isinstance(given, list):
            problems.append('"decisions" must be an array')
            given = []
        made = [_decision(item, number, problems) for number, item in enumerate(given, 1)]
        if problems:
            raise BadDecisions(name, tuple(problems))
        kept = tuple([decision for decision in made if decision])
        return cls(data["text"], kept, str(data.get("file", "")), name)

    def dumps(self) -> str:
        """The decisions in JSON."""
        import json

        made = [
            {
                "decision": "accept" if one.take else "reject",
                "rule": one.rule,
                "start": one.start,
                "end": one.end,
                "old": one.old,
                "new": one.new,
            }
            for one in self.made
        ]
        data = {"schema": SCHEMA, "file": self.file, "text": self.text, "decisions": made}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def fit(self, text: str) -> bool:
        """Whether the decisions are for this text."""
        return self.text == hash_of(text)

    def labels(self, text: str) -> Iterator[Label]:
        """The decisions as labels of the text; none where they are for another."""
        for one in self.made if self.fit(text) else ():
            if text[one.start : one.end] == one.old:
                yield Label(Span(one.start, one.end), "accepted" if one.take else "rejected", one.rule)


def _decision(item: Any, number: int, problems: list[str]) -> Decision | None:
    if not isinstance(item, dict):
        problems.append(f"decision {number}: must be an object")
        return None
    wrong = []
    if item.get("decision") not in _KINDS:
        wrong.append('"decision" must be "accept" or "reject"')
    wrong += [f'"{key}" must be a string' for key in ("rule", "old", "new") if not isinstance(item.get(key), str)]
    start, end = (place if type(place) is int else -1 for place in (item.get("start"), item.get("end")))
    if not 0 <= start <= end:
        wrong.append('"start" and "end" must be places in the text')
    problems += [f"decision {number}: {what}" for what in wrong]
    if wrong:
        return None
    return Decision(item["decision"] == "accept", item["rule"], start, end, item["old"], item["new"])
