"""Which shape of JSON a file has, told from its keys near the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from tidytranscript.formats import jsontree

Facts: TypeAlias = Mapping[str, Any]
_TIMED: Final = ("start", "end", "timestamp", "timestamps", "offsets", "words")
_LOOSEST: Final = "turns"


def likeness(content: str, name: str) -> int:
    """2 if the JSON in a text is of the shape of that name; 1 if that is the loosest of them, `turns`."""
    return 0 if recognised(content) != name else 1 if name == _LOOSEST else 2


def recognised(content: str) -> str:
    """The name of the shape that the JSON in a text has; empty if it has none of these, or is none."""
    head = content[:200].lstrip("\ufeff \t\r\n")[:1]
    root = jsontree.sketch(content) if head and head in "{[" else None
    if isinstance(root, dict):
        if isinstance(schema := root.get("schema"), str) and schema.startswith("tidytranscript/"):
            return ""  # the library's own
        return next((name for name, fits in _OBJECTS if fits(root)), "")
    if isinstance(root, list):
        return next((name for name, fits in _LISTS if any(map(fits, root[:3]))), _loose(root))
    return ""


def first(value: Any, *keys: str) -> Any:
    """What stands first in lists, under keys: `first(root, "results", "alternatives")`; None where nothing does.

    >>> first({"results": [{"alternatives": [{"content": "yes"}]}]}, "results", "alternatives")
    {'content': 'yes'}
    """
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
        value = next(iter(value), None) if isinstance(value, list) else value
    return value


def each(value: Any, *keys: str) -> Iterator[Facts]:
    """The objects in a list, found under keys; none where it is something else.

    >>> list(each({"results": {"items": [{"a": 1}, None, {"b": 2}]}}, "results", "items"))
    [{'a': 1}, {'b': 2}]
    """
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, Mapping))


def _has(item: Any, *keys: str) -> bool:
    return isinstance(item, Mapping) and any(key in item for key in keys)


def _is_podcasting(root: Facts) -> bool:
    segment = first(root, "segments")
    return _has(segment, "body") or ("version" in root and root.get("segments") == [])


def _is_speechmatics(root: Facts) -> bool:
    word = first(root, "words")
    old = _has(word, "name") and _has(word, "time")
    return old or _has(first(root, "results", "alternatives"), "content") or (_has(root, "job") and "results" in root)


def _is_ibm(root: Facts) -> bool:
    result = first(root, "results")
    nested = _has(root, "result_index", "speaker_labels") or _has(result, "results", "final")
    return _has(result, "alternatives", "results") and (nested or _has(first(result, "alternatives"), "timestamps"))


def _is_google(root: Facts) -> bool:
    return _has(first(root, "results"), "alternatives") or _has(first(root, "response", "results"), "alternatives")


def _is_assemblyai(root: Facts) -> bool:
    said = _has(first(root, "utterances"), "text") or _has(first(root, "words"), "text")
    return "audio_url" in root or (_has(root, "status", "confidence", "audio_duration") and said)


def _is_kaldi(root: Facts) -> bool:
    word = first(root, "words")
    timed = _has(word, "word") and _has(word, "time", "conf", "case", "phones")
    return timed or _has(first(root, "result"), "word") or _has(root.get("retval"), "words", "punct", "segments")


def _is_whisper(root: Facts) -> bool:
    lists = [first(root, key) for key in ("segments", "transcription", "chunks", "words", "word_segments")]
    if any(_is_piece(item) for item in lists):
        return True
    return isinstance(root.get("text"), str) and any(isinstance(root.get(key), list) for key in ("segments", "chunks"))


def _is_piece(item: Any) -> bool:
    if isinstance(item, list):
        return len(item) >= 3 and isinstance(item[0], str) and isinstance(item[1], int | float)
    return _has(item, "text", "word") and _has(item, *_TIMED)


def _loose(root: Any) -> str:
    from tidytranscript.formats.speech import turns

    return _LOOSEST if turns.said(root) else ""


_OBJECTS: Final[tuple[tuple[str, Callable[[Facts], bool]], ...]] = (
    ("json3", lambda root: "wireMagic" in root or _has(first(root, "events"), "tStartMs")),
    ("podcasting", _is_podcasting),
    ("deepgram", lambda root: _has(root.get("results"), "channels", "utterances")),
    ("aws", lambda root: _has(root.get("results"), "items", "transcripts", "speaker_labels", "channel_labels")),
    ("azure", lambda root: _has(root, "recognizedPhrases", "combinedRecognizedPhrases", "combinedPhrases")),
    ("rev", lambda root: isinstance(root.get("monologues"), list)),
    ("speechmatics", _is_speechmatics),
    ("ibm", _is_ibm),
    ("google", _is_google),
    ("assemblyai", _is_assemblyai),
    ("kaldi", _is_kaldi),
    ("whisper", _is_whisper),
    (_LOOSEST, lambda root: bool(_loose(root))),
)
"""In this order, since the later ones are looser."""

_LISTS: Final[tuple[tuple[str, Callable[[Any], bool]], ...]] = (
    ("aws", lambda item: _has(first(item, "alternatives"), "content") and not _has_number(item)),
    ("speechmatics", lambda item: _has(first(item, "alternatives"), "content")),
    ("google", lambda item: _has(first(item, "alternatives"), "transcript", "words")),
    ("kaldi", lambda item: _has(first(item, "result"), "word") or (_has(item, "word") and _has(item, "conf", "time"))),
    ("whisper", _is_piece),
)


def _has_number(item: Facts) -> bool:
    return isinstance(item.get("start_time"), int | float)
