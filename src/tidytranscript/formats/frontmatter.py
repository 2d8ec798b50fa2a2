"""The YAML block at the head of a Markdown file; parsed by PyYAML, and changed in place value by value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tidytranscript.edits import Edit
from tidytranscript.spans import Span
from tidytranscript.transcript import Frame

_BLOCK: Final = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD: Final = re.compile(r"^(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<value>\S[^\n\r]*?)[ \t]*\r?$", re.MULTILINE)
_LONGEST: Final = 200_000  # characters: a longer block is no front matter


def split(content: str) -> Span | None:
    """Where the front matter stands, its fences included; None if there is none."""
    if not content.startswith(("---", "\ufeff---")):
        return None
    match = _BLOCK.match(content[:_LONGEST])
    return Span(0, match.end()) if match else None


def parsed(content: str, block: Span) -> tuple[dict[str, Any], dict[str, Span]]:
    """What the front matter says, and where its plain values stand.

    What is not YAML, or no mapping, is kept as text under `front_matter`. Dates and clocks stay text as they are.
    """
    import yaml

    match = _BLOCK.match(content[: block.end])
    assert match is not None
    try:
        data = yaml.load(match["yaml"], Loader=_loader())  # a safe loader: see below
    except (yaml.YAMLError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return ({"front_matter": match["yaml"]} if match["yaml"].strip() else {}), {}
    fields = {
        found["key"]: Span(*found.span("value"))
        for found in _FIELD.finditer(content, match.start("yaml"), match.end("yaml"))
        if isinstance(data.get(found["key"]), str)
    }
    return {str(key): value for key, value in data.items()}, fields


def edits(frame: Frame, metadata: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits that put changed values into the block, each in the quotes that it had."""
    before = (
        parsed(frame.raw, Span(0, max((span.end for span in frame.fields.values()), default=0) + _LONGEST))[0]
        if frame.fields
        else {}
    )
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


def _loader() -> Any:
    """PyYAML's safe loader, but for dates, and for clocks, which YAML 1.1 takes for numbers of base sixty."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

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
