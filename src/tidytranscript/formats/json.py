"""The library's own JSON: text, turns, times, metadata and edits in one document.

`schema` is "tidytranscript/1". Positions are code points in `text`, half-open; times are whole milliseconds. Each edit
has the number of the `run` that made it; its positions are in the text that this run was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tidytranscript.errors import UnreadableInput
from tidytranscript.spans import Span, Spans
from tidytranscript.transcript import Frame, Label, Speech, Suppression, Times, Transcript

SCHEMA: Final = "tidytranscript/1"
_MARK: Final = re.compile(r'\ufeff?\s*\{\s*"schema":\s*"tidytranscript/')
_TIMED: Final = {"cues": "cue", "words": "word"}
_PLAIN: Final = {
    "identifiers": "identifier",
    "speakers": "speaker",
    "sections": "section",
    "protected": "protected",
    "accepted": "accepted",
    "rejected": "rejected",
}
_EDIT: Final = ("start", "end", "old", "new", "rule", "reason", "confidence", "start_ms")


def likeness(content: str) -> int:
    """2 if the text says that it is such a document."""
    return 2 if _MARK.match(content) else 0


def load(content: str) -> Transcript:
    """The transcript in such a document; UnreadableInput if it is not one."""
    import json

    try:
        data = json.loads(content.removeprefix("\ufeff"))
        if data["schema"] != SCHEMA:
            raise UnreadableInput("<json>", f"schema {data['schema']!r} is not {SCHEMA!r}", "Use a newer version")
        text, metadata = data["text"], dict(data.get("metadata", {}))
        if not isinstance(text, str):
            raise TypeError("text is not a string")
        text.encode()  # a lone surrogate could not be written back
        labels = [
            Label(_span(item, text), "turn", Speech(item["speaker"], float(item["confidence"])))
            for item in data.get("turns", ())
        ]
        for name, kind in _TIMED.items():
            labels += [
                Label(_span(item, text), kind, Times(item["start_ms"], item["end_ms"])) for item in data.get(name, ())
            ]
        for name, kind in _PLAIN.items():
            labels += [Label(_span(item, text), kind, item["value"]) for item in data.get(name, ())]
        labels += [
            Label(_span(item, text), "suppressed", Suppression(tuple(map(str, item["names"])), str(item["by"])))
            for item in data.get("suppressed", ())
        ]
        if data.get("edits"):
            metadata["edits"] = data["edits"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = f"no transcript in JSON: {type(error).__name__}: {error}"
        raise UnreadableInput("<json>", problem, 'It must be what "--to json" wrote') from None
    return Transcript(text, tuple(labels), metadata, Frame("json", content, Spans()))


def _span(item: Mapping[str, Any], text: str) -> Span:
    start, end = item["start"], item["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(text)):
        raise ValueError(f"{start!r} to {end!r} is no place in the text")
    return Span(start, end)


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The transcript, and the changes that were made to it, as such a document."""
    import json

    metadata = dict(transcript.metadata)
    edits = list(metadata.pop("edits", ()))
    run = 1 + max((edit.get("run", 1) for edit in edits), default=0)
    edits += [{"run": run, **{name: getattr(change, name) for name in _EDIT}} for change in changes]
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "metadata": metadata,
        "text": transcript.text,
        "turns": [
            {
                "speaker": turn.speaker,
                "start": turn.span.start,
                "end": turn.span.end,
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "confidence": turn.confidence,
                "text": turn.text,
            }
            for turn in transcript.turns
        ],
    }
    for name, kind in _TIMED.items():
        timed = transcript.of_kind(kind)
        if timed:
            data[name] = [
                {**_place(label), "start_ms": label.value.start_ms, "end_ms": label.value.end_ms} for label in timed
            ]
    for name, kind in _PLAIN.items():
        plain = transcript.of_kind(kind)
        if plain:
            data[name] = [{**_place(label), "value": label.value} for label in plain]
    off = transcript.of_kind("suppressed")
    if off:
        data["suppressed"] = [
            {**_place(label), "names": list(label.value.names), "by": label.value.by} for label in off
        ]
    data["edits"] = edits
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def _place(label: Label) -> Mapping[str, int]:
    return {"start": label.span.start, "end": label.span.end}
