"""The JSON of Google Speech-to-Text (https://cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/recognize).

Times are strings such as "1.200s", or objects of seconds and nanos; a time that is left out is 0. Where speakers were
told apart, the last result has every word once more, with its speaker: then only that one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes
from tidytranscript.formats.speech.shapes import Facts, each, first
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.formats.speech.times import channel, ms, speaker
from tidytranscript.transcript import Times, Transcript

_STARTS: Final = ("startTime", "startOffset", "start_time", "start_offset")
_ENDS: Final = ("endTime", "endOffset", "end_time", "end_offset")
_VOICES: Final = ("speakerTag", "speakerLabel", "speaker_tag", "speaker_label")


def likeness(content: str) -> int:
    """2 if the JSON in the text has results of theirs."""
    return shapes.likeness(content, "google")


def load(content: str) -> Transcript:
    """The words of the best alternatives, with times and speakers, or else their text."""
    tree = jsontree.values(content)
    root: Any = {"results": tree.root} if isinstance(tree.root, list) else tree.root
    response = root.get("response") if isinstance(root, dict) else None
    results = list(each(response if isinstance(response, dict) else root, "results"))
    if len(results) > 1 and _has_voices(results[-1]) and not any(map(_has_voices, results[:-1])):
        results = results[-1:]
    several = len({name for result in results if (name := channel(result.get("channelTag")))}) > 1
    segments: list[Segment] = []
    at: int | None = 0
    for result in results:
        voice = channel(result.get("channelTag")) if several else None
        end = ms(result.get("resultEndTime", result.get("resultEndOffset")))
        best = first(result, "alternatives")
        units = joining.joined(_words(best, voice))
        text = first(best, "transcript")
        if units:
            segments += joining.cut(units)
        elif isinstance(text, str) and text.strip():
            segments.append(Segment([Unit(text.strip(), speaker=voice)], Times(at if end is not None else None, end)))
        at = end
    if several:
        segments = joining.in_time(segments)
    language = next((result["languageCode"] for result in results if isinstance(result.get("languageCode"), str)), None)
    return only_read("google", content, tree, segments, bool(results), {"language": language} if language else {})


def _has_voices(result: Facts) -> bool:
    return any(word.get(key) for word in each(first(result, "alternatives"), "words") for key in _VOICES)


def _words(best: Any, otherwise: str | None) -> Iterator[joining.Word]:
    for word in each(best, "words"):
        start = next((word[key] for key in _STARTS if key in word), None)
        end = next((word[key] for key in _ENDS if key in word), None)
        known = Times(ms(0 if start is None and end is not None else start), ms(end))
        voice = next((name for key in _VOICES if word.get(key) and (name := speaker(word[key]))), otherwise)
        yield joining.Word(word.get("word"), known, voice)
