"""The YAML block at the head of a Markdown file; parsed by PyYAML, and changed in place value by value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from tidytranscript.edits import Edit
from tidytranscript.spans import Span
from tidytranscript.transcript import Frame

_BLOCK: Final = re.compile(
    r"\ufeff?(?:[^\w\s-]?_?[ \t]*\r?\n)?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_OPENS: Final = re.compile(r"\ufeff?(?:[^\w\s-]?_?[ \t]*\r?\n)?---")  # perhaps below a stray mark
_LONGEST: Final = 200_000  # characters: a longer block is no front matter


def split(content: str) -> Span | None:
    """Where the front matter stands, its fences included; None if there is none."""
    if not _OPENS.match(content):
        return None
    match = _BLOCK.match(content[:_LONGEST])
    return Span(0, match.end()) if match else None


def parsed(content: str, block: Span) -> tuple[dict[str, Any], dict[str, Span]]:
    """What the front matter says, and where its plain values stand.

    What is not YAML, or no mapping, is kept as text under `front_matter`. Dates and clocks stay text as they are.
    """
    between = inside(content, block)
    node = composed(content, block)
    data = _constructed(node)
    if not isinstance(data, dict):
        return ({"front_matter": between.of(content)} if between.of(content).strip() else {}), {}
    fields: dict[str, Span] = {}
    for key, value in node.value:
        span = place(value, between)
        if key.id == value.id == "scalar" and isinstance(data.get(key.value), str) and "\n" not in span.of(content):
            fields[key.value] = span
    return {str(key): value for key, value in data.items()}, {
        key: span for key, span in fields.items() if span.end > span.start
    }


def composed(content: str, block: Span) -> Any:
    """The nodes of the block, as PyYAML makes them, each with its place; None where it is not YAML.

    Aliases are not taken: a few of them can stand for more than any memory holds.
    """
    import yaml

    try:
        return yaml.compose(inside(content, block).of(content), Loader=_loader())
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def scalar(piece: str) -> str | None:
    """What a single value, as a file writes it, says; None where it is none."""
    import yaml

    try:
        node: Any = yaml.compose(piece, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return str(node.value) if node is not None and node.id == "scalar" else None


def _constructed(node: Any) -> Any:
    import yaml

    if node is None:
        return None
    loader = _loader()("")
    try:
        data = loader.construct_document(node)
        json.dumps(data)  # what JSON does not hold, metadata does not
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None
    return data


def place(node: Any, between: Span) -> Span:
    """Where a node stands in the file."""
    return Span(between.start + node.start_mark.index, between.start + node.end_mark.index)


def inside(content: str, block: Span) -> Span:
    """Where the YAML itself stands, between the fences."""
    match = _BLOCK.match(content[: block.end])
    assert match is not None
    return Span(*match.span("yaml"))


def edits(frame: Frame, metadata: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits that put changed values into the block, each in the quotes that it had."""
    block = split(frame.raw) if frame.fields else None
    before = parsed(frame.raw, block)[0] if block else {}
    for key, span in frame.fields.items():
        new, old = metadata.get(key), before.get(key)
        if isinstance(new, str) and new != old and "\n" not in new:
            yield Edit(span, _quoted(new, span.of(frame.raw)[0]))


def _quoted(value: str, quote: str) -> str:
    if quote == '"':
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return rendered_value(value)


def rendered_value(value: Any) -> str:
    """One value in one line of YAML."""
    import yaml

    text = str(yaml.safe_dump(value, allow_unicode=True, width=float("inf"), default_flow_style=True))
    return text.removesuffix("\n").removesuffix("\n...")


def rendered(metadata: Mapping[str, Any]) -> str:
    """Metadata as a front matter block."""
    import yaml

    plain = yaml.safe_dump(dict(metadata), allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{plain}---"


@lru_cache
def _loader() -> Any:
    """PyYAML's safe loader, but for aliases, dates, and clocks, which YAML 1.1 takes for numbers of base sixty."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("an alias")
            return super().compose_node(parent, index)

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag not in _TOO_CLEVER]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9]\d{0,17})$"), list("-+0123456789")
    )
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    return Loader


_TOO_CLEVER: Final = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("timestamp", "int", "float", "bool"))
