"""The JSON of Azure's speech service, of batch and of fast transcription.

The shapes: https://learn.microsoft.com/azure/ai-services/speech-service/batch-transcription-get and
https://learn.microsoft.com/azure/ai-services/speech-service/fast-transcription-create. Times are ticks of 100 ns,
durations of ISO 8601, or milliseconds.
"""

from __future__ import annotations

from typing import Any, Final

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import aligning, joining, shapes
from tidytranscript.formats.speech.shapes import Facts, each, first
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.formats.speech.times import MILLISECOND, TICK, channel, lasting, ms, speaker
from tidytranscript.transcript import Times, Transcript

_UNITS: Final = (("Milliseconds", MILLISECOND), ("InTicks", TICK), ("", TICK))


def likeness(content: str) -> int:
    """2 if the JSON in the text has phrases of theirs."""
    return shapes.likeness(content, "azure")


def load(content: str) -> Transcript:
    """The phrases as they are displayed, with times and speakers, and the times of words that are found in them."""
    tree = jsontree.values(content)
    root: Any = tree.root if isinstance(tree.root, dict) else {}
    phrases = [*each(root, "recognizedPhrases"), *each(root, "phrases")]
    several = len({name for phrase in phrases if (name := channel(phrase.get("channel")))}) > 1
    segments = [segment for phrase in phrases if (segment := _segment(phrase, several)).units]
    if not segments:
        texts = [*each(root, "combinedRecognizedPhrases"), *each(root, "combinedPhrases")]
        said = [text.get("display", text.get("text")) for text in texts]
        segments = [Segment([Unit(text.strip())]) for text in said if isinstance(text, str) and text.strip()]
    locale = next((item["locale"] for item in (root, *phrases) if isinstance(item.get("locale"), str)), None)
    metadata = {"language": locale} if locale else {}
    found = any(isinstance(root.get(key), list) for key in ("recognizedPhrases", "phrases"))
    return only_read("azure", content, tree, joining.in_time(segments), found, metadata)


def _segment(phrase: Facts, several: bool) -> Segment:
    """What one phrase says; by its speaker, and its channel where there are `several`."""
    best = first(phrase, "nBest")
    best = best if isinstance(best, dict) else phrase
    text = best.get("display", best.get("text"))
    said = text.strip() if isinstance(text, str) else ""
    voice = speaker(phrase.get("speaker"))
    if several:
        voice = " ".join(filter(None, (channel(phrase.get("channel")), voice))) or None
    words = list(each(best, "displayWords")) or list(each(best, "words"))
    texts = [word.get("displayText", word.get("word", word.get("text"))) for word in words]
    bare = [one.strip().lower() if isinstance(one, str) else "" for one in texts]
    lower = said.lower()
    spans = aligning.found(lower, bare) if all(bare) and len(lower) == len(said) else []
    if not said or not spans or len(spans) != len(bare) or not aligning.is_rest(said, spans[-1].end):
        return Segment([Unit(said, speaker=voice)] if said else [], _times(phrase))
    units = [
        Unit(tile.of(said), _times(word), " ", voice)
        for word, tile in zip(words, aligning.tiled(said, spans), strict=True)
    ]
    return Segment(units, _times(phrase))


def _times(item: Facts) -> Times:
    found = [
        next((known for suffix, unit in _UNITS if (known := ms(item.get(f"{key}{suffix}"), unit)) is not None), None)
        for key in ("offset", "duration")
    ]
    return lasting(*found)
