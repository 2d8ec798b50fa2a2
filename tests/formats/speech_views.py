"""What a transcript of JSON holds, in short, and the layouts that such a file may have."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import tidytranscript as tt
from tidytranscript.edits import Edit, Patch
from tidytranscript.formats import dumps, loads
from tidytranscript.spans import Span
from tidytranscript.transcript import Transcript

LAYOUTS: dict[str, Callable[[Any], str]] = {
    "tight": lambda value: json.dumps(value, separators=(",", ":")),
    "wide": lambda value: json.dumps(value, ensure_ascii=False, indent="\t") + "\n",
    "Windows": lambda value: "\ufeff" + json.dumps(value, indent=2).replace("\n", "\r\n"),
    "odd": lambda value: "\n\n" + json.dumps(value, indent=0, separators=(" ,", "\t: ")).replace("}", "\r\n }") + " ",
}


def words(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(label.span.of(transcript.text), *label.value) for label in transcript.of_kind("word")]


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    return [(label.span.of(transcript.text), *label.value) for label in transcript.of_kind("cue")]


def voices(transcript: Transcript) -> list[tuple[str, str]]:
    return [(label.value, label.span.of(transcript.text)) for label in transcript.of_kind("speaker")]


def without(transcript: Transcript, *pieces: str) -> Transcript:
    """The transcript with the first of each of some pieces taken out, as an edit would."""
    edits = []
    for piece in pieces:
        at = transcript.text.index(piece)
        edits.append(Edit(Span(at, at + len(piece)), ""))
    return transcript.edited(Patch.cut(transcript.text, sorted(edits)), transcript.labels, transcript.metadata)


def tidied(value: Any) -> Any:
    return json.loads(dumps(tt.tidy(loads(json.dumps(value))).transcript))
