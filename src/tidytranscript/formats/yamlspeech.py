"""A whole transcript inside YAML front matter: a list of items, each with a line, a time, and who says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tidytranscript.formats import frontmatter
from tidytranscript.formats.clocks import milliseconds
from tidytranscript.formats.frames import Builder
from tidytranscript.spans import Span
from tidytranscript.transcript import Frame, Times

KEY: Final = "transcript"
"""The key under which the list stands."""

_LINES: Final = ("line", "text")
_SECONDS: Final = ("sec", "seconds", "start")
_CLOCKS: Final = ("time", "timestamp", "start")
_SPEAKERS: Final = ("who", "speaker", "name")


class _Item(NamedTuple):
    start: int  # of its first line
    line: Any  # the node of what is said
    start_ms: int | None
    speaker: str | None


def load(builder: Builder, content: str, block: Span) -> bool:
    """Read the list into the builder, one cue for each item; False where the front matter has none."""
    if f"{KEY}:" not in block.of(content):
        return False
    inside = frontmatter.inside(content, block)
    node = frontmatter.composed(content, block)
    pairs = node.value if node is not None and node.id == "mapping" else ()
    listed = next((value for key, value in pairs if key.value == KEY), None)
    items = list(_items(content, listed, inside)) if _is_block(listed, "sequence") else []
    if not any(item.line is not None for item in items):
        return False
    starts = [item.start_ms for item in items if item.line is not None]
    following = iter([*starts[1:], None])
    voice: tuple[int, str] | None = None
    for item, after in zip(
        items, [*(item.start for item in items[1:]), frontmatter.place(listed, inside).end], strict=True
    ):
        if item.line is None:
            continue
        place = frontmatter.place(item.line, inside)
        builder.glue("\n")
        span = builder.hole(*place, item.line.value)
        until = next(following)
        late = until is not None and item.start_ms is not None and until >= item.start_ms
        if item.start_ms is not None:
            builder.label("cue", span, Times(item.start_ms, until if late else None))
        if voice and item.speaker != voice[1]:
            builder.label("speaker", Span(voice[0], span.start - 1), voice[1])
            voice = None
        voice = voice or ((span.start, item.speaker) if item.speaker else None)
        builder.shell(item.start, max(content.rfind("\n", 0, after) + 1, place.end))
    if voice:
        builder.label("speaker", Span(voice[0], builder.at), voice[1])
    return True


def _is_block(node: Any, kind: str) -> bool:
    """Whether a node is of a kind, and written in lines: what stands in braces or brackets is left alone."""
    return node is not None and bool(node.id == kind) and not node.flow_style


def _items(content: str, listed: Any, inside: Span) -> Iterator[_Item]:
    """The items of the list; those without a line are headings, and have no node."""
    for node in listed.value:
        start = content.rfind("\n", 0, frontmatter.place(node, inside).start) + 1
        scalars: dict[str, Any] = {}
        if _is_block(node, "mapping"):
            scalars = {key.value: value for key, value in node.value if key.id == value.id == "scalar" and value.value}
        line: Any = next((scalars[key] for key in _LINES if key in scalars), None)
        speaker = next((scalars[key].value for key in _SPEAKERS if key in scalars), None)
        plain = (
            line is not None
            and line.style in (None, "'", '"')
            and read(frontmatter.place(line, inside).of(content)) == line.value
        )
        yield _Item(start, line if plain and line.value.strip() else None, _time(scalars), speaker)


def _time(scalars: Mapping[str, Any]) -> int | None:
    for key in (*_SECONDS, *_CLOCKS):
        value = scalars[key].value if key in scalars else ""
        try:
            return milliseconds(value) if ":" in value else round(float(value) * 1000)
        except (ValueError, OverflowError):
            continue
    return None


def read(piece: str) -> str:
    """What a value in the file says: plain or in quotes, in one line or folded over several."""
    said = frontmatter.scalar(piece)
    return piece if said is None else said


def holds(frame: Frame) -> bool:
    """Whether the speech of a Markdown file stands in its front matter."""
    block = frontmatter.split(frame.raw)
    return block is not None and len(frame.holes) > 0 and frame.holes[0].start < block.end
