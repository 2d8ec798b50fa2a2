"""The JSON of AssemblyAI (https://www.assemblyai.com/docs/api-reference/transcripts/get): times in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidytranscript.formats import jsontree
from tidytranscript.formats.speech import joining, shapes
from tidytranscript.formats.speech.shapes import Facts, each
from tidytranscript.formats.speech.spoken import Segment, Unit, only_read
from tidytranscript.formats.speech.times import MILLISECOND, speaker, times
from tidytranscript.transcript import Transcript


def likeness(content: str) -> int:
    """2 if the JSON in the text is a transcript of theirs."""
    return shapes.likeness(content, "assemblyai")


def load(content: str) -> Transcript:
    """The utterances, or else the words, with times and speakers, or else the text."""
    tree = jsontree.values(content)
    root: Any = tree.root if isinstance(tree.root, dict) else {}
    segments: list[Segment] = []
    for item in each(root, "utterances"):
        units = joining.joined(_words(item))
        text = item.get("text")
        if units:
            segments += joining.cut(units)
        elif isinstance(text, str) and text.strip():
            segments.append(
                Segment([Unit(text.strip(), speaker=speaker(item.get("speaker")))], times(item, MILLISECOND))
            )
    segments = segments or joining.cut(joining.joined(_words(root)))
    text = root.get("text")
    if not segments and isinstance(text, str) and text.strip():
        segments = [Segment([Unit(text.strip())])]
    language = root.get("language_code")
    metadata = {"language": language} if isinstance(language, str) else {}
    return only_read(
        "assemblyai", content, tree, segments, isinstance(root.get("words", root.get("text")), list | str), metadata
    )


def _words(item: Facts) -> Iterator[joining.Word]:
    for word in each(item, "words"):
        yield joining.Word(
            word.get("text"), times(word, MILLISECOND), speaker(word.get("speaker", item.get("speaker")))
        )
