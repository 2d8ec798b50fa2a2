"""What stands above the words of a TTML file and around them: facts, agents, and the times of nested elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import define, frozen

from tidytranscript.formats.frames import Builder
from tidytranscript.formats.ttmltime import Rates, milliseconds, rates
from tidytranscript.formats.xmltree import Token
from tidytranscript.transcript import Times


@frozen
class Head:
    """What holds for the whole file.

    Attributes:
        rates: how times are counted.
        metadata: title and language, where it has any.
        agents: the names of those who speak, by their ids.
    """

    rates: Rates
    metadata: dict[str, Any]
    agents: dict[str, str]


@define
class Timed:
    """An element of the body, with what it has from those around it.

    Attributes:
        token: its start tag.
        start_ms: when it begins, counted from the start of the recording; None where nothing says so.
        end_ms: the same for its end.
        voice: the name of who speaks in it, empty where unknown.
        preserve: whether its line ends are line ends, and not blanks.
        own: its times, if it is a span that has some of its own, or lies in such a one.
        owner: the place of that span; -1 where there is none.
        sequence: whether what is in it follows one another.
        reached: where, in a sequence, the last child ended.
    """

    token: Token
    start_ms: int | None = None
    end_ms: int | None = None
    voice: str = ""
    preserve: bool = False
    own: Times | None = None
    owner: int = -1
    sequence: bool = False
    reached: int | None = None

    @property
    def times(self) -> Times | None:
        """Its times, if anything says when it begins."""
        return None if self.start_ms is None else Times(self.start_ms, self.end_ms)


def head_of(tokens: Sequence[Token], builder: Builder) -> Head:
    """The facts of a file; what is in its head and nowhere else is counted."""
    agents: dict[str, str] = {}
    metadata: dict[str, Any] = {}
    by = Rates()
    path: list[str] = []
    agent, full = "", False
    for token in tokens:
        if token.kind == "end":
            path.pop()
        elif token.kind == "start":
            path.append(token.value)
            if token.value == "tt" and len(path) == 1:
                by = rates(token.attributes)
                if token.attributes.get("lang"):
                    metadata["language"] = token.attributes["lang"]
            elif token.value == "agent":
                agent, full = token.attributes.get("id", ""), False
                agents.setdefault(agent, "")
            elif token.value == "name" and path[-2:-1] == ["agent"]:
                if full or (agents.get(agent) and token.attributes.get("type") != "full"):
                    path[-1] = "another name"
                elif token.attributes.get("type") == "full":
                    full, agents[agent] = True, ""
            elif token.value in ("style", "region") and path[-2:-1] in (["styling"], ["layout"]):
                builder.extra(f"{token.value}s")
            elif token.value == "body":
                break
        elif path[-2:] == ["agent", "name"]:
            agents[agent] += token.value
        elif path[-1:] == ["title"] and "title" not in path[:-1]:
            metadata["title"] = metadata.get("title", "") + token.value
    named = {agent: " ".join(name.split()) or agent for agent, name in agents.items() if agent}
    title = " ".join(metadata.pop("title", "").split())
    return Head(by, {"title": title, **metadata} if title else metadata, named)


def timed(tokens: Sequence[Token], head: Head, builder: Builder) -> Iterator[tuple[Token, Timed, int]]:
    """Each token with the element that it is in, or that it begins or ends, and how deep that is."""
    absolute = _are_absolute(tokens, head.rates)
    if absolute:
        builder.odd(0, "times inside others that count from the start of the recording", "read them so")
    stack: list[Timed] = []
    for token in tokens:
        if token.kind == "start":
            stack.append(_inside(token, stack[-1] if stack else None, head, absolute, builder))
            yield token, stack[-1], len(stack)
        elif token.kind == "end":
            element = stack.pop()
            yield token, element, len(stack) + 1
            if stack and stack[-1].sequence and element.end_ms is not None:
                stack[-1].reached = element.end_ms
        elif stack:
            yield token, stack[-1], len(stack)


def _inside(token: Token, around: Timed | None, head: Head, absolute: bool, builder: Builder) -> Timed:
    """An element in another one: times that add to it, and what it takes over."""
    around = around or Timed(token)
    attributes = token.attributes
    found: dict[str, int | None] = {}
    for name in ("begin", "end", "dur"):
        if name in attributes:
            found[name] = milliseconds(attributes[name], head.rates)
            if found[name] is None:
                builder.odd(token.start, f"a time that cannot be read: {attributes[name][:40]!r}", "read it without")
    base = (around.reached if around.sequence and around.reached is not None else around.start_ms) or 0
    start_ms, end_ms = around.start_ms, around.end_ms
    if around.sequence:
        start_ms = base
    begin, end, length = found.get("begin"), found.get("end"), found.get("dur")
    if begin is not None:
        start_ms = begin + (0 if absolute else base)
    ends = [] if end is None else [end + (0 if absolute else base)]
    if length is not None:
        ends.append((start_ms or 0) + length)
    if ends:
        end_ms = min(ends)
        start_ms = start_ms if start_ms is not None else base
    ids = attributes.get("agent", "").split()
    voice = ", ".join(head.agents.get(one, one) for one in ids) if ids else around.voice
    space = attributes.get("space")
    own, owner = around.own, around.owner
    if token.value == "span" and begin is not None:
        own, owner = Times(start_ms, end_ms if ends else None), token.start
    return Timed(
        token,
        start_ms,
        end_ms,
        voice,
        space == "preserve" if space else around.preserve,
        own,
        owner,
        attributes.get("timeContainer") == "seq",
    )


def _are_absolute(tokens: Sequence[Token], by: Rates) -> bool:
    """Whether times inside others count from the start of the recording, and not of the element around them.

    As by the standard they would lie behind the end of that element, more often than the other way.
    """
    stack: list[tuple[int | None, int | None]] = []
    votes = 0
    for token in tokens:
        if token.kind == "end" and stack:
            stack.pop()
        elif token.kind == "start":
            begin, end, length = (
                milliseconds(token.attributes[name], by) if name in token.attributes else None
                for name in ("begin", "end", "dur")
            )
            start, stop = stack[-1] if stack else (None, None)
            if begin is not None and start:
                if begin < start:
                    votes -= 1
                elif stop is not None and begin <= stop < start + begin:
                    votes += 1
            if begin is not None and end is None and length is not None:
                end = begin + length
            stack.append((begin, end) if begin is not None else (start, stop))
    return votes > 0
