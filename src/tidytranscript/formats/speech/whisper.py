"""The JSON of Whisper and of the programs around it.

OpenAI's own (https://github.com/openai/whisper, and the `verbose_json` of its API), WhisperX, faster-whisper,
whisper-timestamped, whisper.cpp, and the `chunks` of Hugging Face pipelines; also bare lists of segments or of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from attrs import define, field

from tidytranscript.collector import collector_paused
from tidytranscript.errors import UnreadableInput
from tidytranscript.formats import jsontree
from tidytranscript.formats.jsontree import Array, Object, Text
from tidytranscript.formats.speech import aligning, joining, shapes, times, writing
from tidytranscript.formats.speech.rewriting import gaps_within, rewritten
from tidytranscript.formats.speech.spoken import Place, Recording, Segment, Unit, faults, transcribed, unsaid
from tidytranscript.spans import Span
from tidytranscript.transcript import Times, Transcript

_LISTS: Final = ("segments", "transcription", "chunks")
_COPIES: Final = ("word_segments", "words")
_ASTRAY: Final = "segments whose words are not those of their text"
# OpenAI's API names the language; these do not begin with their code.
_CODES: Final = {
    "german": "de",
    "spanish": "es",
    "castilian": "es",
    "chinese": "zh",
    "mandarin": "zh",
    "portuguese": "pt",
    "dutch": "nl",
    "polish": "pl",
    "swedish": "sv",
    "greek": "el",
    "czech": "cs",
    "turkish": "tr",
    "indonesian": "id",
    "croatian": "hr",
    "malay": "ms",
    "welsh": "cy",
    "basque": "eu",
    "irish": "ga",
    "persian": "fa",
    "georgian": "ka",
    "icelandic": "is",
    "serbian": "sr",
    "lithuanian": "lt",
    "latvian": "lv",
    "macedonian": "mk",
    "maltese": "mt",
    "khmer": "km",
    "javanese": "jw",
}


@define
class _Piece:
    """An element of a list, with words in it: what it says without blanks around, and all its places."""

    said: str
    times: Times
    speaker: str | None
    places: list[Place]
    words: list[_Piece] = field(factory=list)


def likeness(content: str) -> int:
    """2 if the JSON in the text has one of these shapes."""
    return shapes.likeness(content, "whisper")


def load(content: str) -> Transcript:
    """The segments of such a file, with their words and speakers; UnreadableInput where it has no list of them."""
    return transcribed("whisper", content, _read(content))


def dump(transcript: Transcript, changes: Iterable[Any] = ()) -> str:
    """The file that the transcript was read from, with what has changed; or, from another format, a new one."""
    frame = transcript.frame
    if frame and frame.format == "whisper":
        return rewritten(transcript, frame, _read(frame.raw))
    return writing.whisper(transcript)


def _read(content: str) -> Recording:
    with collector_paused():
        tree = jsontree.parsed(content)
        facts = tree.root if isinstance(tree.root, Object) else Object()
        found = next((facts[key] for key in _LISTS if isinstance(facts.get(key), Array)), tree.root)
        words = next((facts[key] for key in reversed(_COPIES) if isinstance(facts.get(key), Array)), None)
        pieces = _pieces(found)
        alone = found is tree.root  # a list that may be of anything
        if words is None and (
            not isinstance(found, Array) or (alone and not pieces and not all(map(_is_silent, found)))
        ):
            raise UnreadableInput("<json>", "it has no segments and no words", "Name its format with --from")
        odd = [fault for one in (found, words) if isinstance(one, Array) for fault in unsaid(one, "text", "word")]
        return _recorded(facts, pieces, _pieces(words), [*faults(tree), *odd])


def _is_silent(item: Any) -> bool:
    """Whether it is an element of a list in which nothing is said, as may be left when words go."""
    if not isinstance(item, Object) or "text" not in item:
        return False
    said = item["text"]
    return said is None or (isinstance(said, Text) and not said.strip())


def _recorded(facts: Object, pieces: list[_Piece], words: list[_Piece], odd: list[tuple[int, str, str]]) -> Recording:
    inner = [word for piece in pieces for word in piece.words]
    for key in _COPIES if inner else ():
        again = _pieces(facts.get(key))
        if not _copied(inner, again) and again:
            odd.append((facts[key].start, f"{key!r} has not the words of the segments", "left it as it is"))
    _copied(pieces, _pieces(facts.get("speakers")))
    top = facts.get("text")
    top = top if isinstance(top, Text) and top.strip() else None
    recording = Recording([], _metadata(facts), oddities=odd)
    if not pieces or (not inner and joining.are_words([piece.said for piece in pieces])):
        words = pieces or words
        spans = aligning.found(top, [word.said for word in words]) if top is not None else []
        units = _aligned(top, words, spans) if top is not None and len(spans) == len(words) else _spaced(words)
        joining.by_time(units, _voices(facts.get("paragraphs")))
        recording.segments = joining.cut(units)
    else:
        recording.segments = _segments(pieces, [] if inner else words, recording)
    spoken = inner or words or pieces
    recording.blanks = any(word.places[0].text != word.said for word in spoken[1:] if word.places[0].text)
    if top is not None and gaps_within(top, recording.segments) is None:
        recording.oddities.append((top.start, "the text at the top is not that of the segments", "left it as it is"))
    else:
        recording.top = top
    return recording


def _pieces(found: Any, *, whole: bool = True) -> list[_Piece]:
    """The elements of a list that have words: objects, of which `whole` ones have words inside, or lists of a word."""
    pieces: list[_Piece] = []
    for i, item in enumerate(found if isinstance(found, Array) else ()):
        if isinstance(item, Object):
            text = item.get("text", item.get("word"))
            known = _times(item)
            inner = _pieces(item.get("words") or item.get("tokens"), whole=False) if whole else []
        elif isinstance(item, Array) and len(item) >= 3:
            text, known, inner = item[0], Times(times.ms(item[1]), times.ms(item[2])), []
        else:
            continue
        inner = [word for word in inner if not word.said.startswith("[_")]  # marks of whisper.cpp
        if not isinstance(text, Text) and inner:
            text = Text("".join(unit.gap + unit.text for unit in _spaced(inner)))
            piece = Place(None, found, i)
        elif isinstance(text, Text) and text.strip():
            piece = Place(text, found, i)
        else:
            continue
        voice = times.speaker(item.get("speaker", item.get("speaker_id"))) if isinstance(item, Object) else None
        pieces.append(_Piece(text.strip(), known, voice, [piece], inner))
    return pieces


def _times(item: Object) -> Times:
    stamp = item.get("timestamp")
    if isinstance(stamp, Array) and len(stamp) == 2:
        return Times(times.ms(stamp[0]), times.ms(stamp[1]))
    if isinstance(offsets := item.get("offsets"), Object):
        return times.times(offsets, times.MILLISECOND)
    stamps = item.get("timestamps")
    return times.times(stamps if isinstance(stamps, Object) else item)


def _copied(pieces: Sequence[_Piece], again: Sequence[_Piece]) -> bool:
    """Whether a file says the same in another list, too; its places are noted then, and a speaker only named there."""
    if [piece.said for piece in pieces] != [piece.said for piece in again]:
        return False
    for one, other in zip(pieces, again, strict=True):
        one.places += other.places
        one.speaker = one.speaker or other.speaker
    return True


def _segments(pieces: Sequence[_Piece], words: Sequence[_Piece], recording: Recording) -> list[Segment]:
    """A segment for each piece. `words` are those of all of them in one list, if they have none of their own."""
    segments = []
    at = 0
    for piece in pieces:
        inner: Sequence[_Piece] = piece.words or words[at : at + len(piece.said)]
        spans = aligning.found(piece.said, [word.said for word in inner])
        whole = bool(spans) and aligning.is_rest(piece.said, spans[-1].end)
        whole = whole and (not piece.words or len(spans) == len(inner))
        if words:
            at += len(spans) if whole else 0
            while not whole and at < len(words) and (words[at].times.start_ms or 0) < (piece.times.end_ms or 0):
                at += 1
        if inner and not whole:
            recording.extras[_ASTRAY] = recording.extras.get(_ASTRAY, 0) + 1
        if whole:
            units = _aligned(piece.said, inner[: len(spans)], spans)
            for unit in units:
                unit.speaker = unit.speaker or piece.speaker
        else:
            units = [Unit(piece.said, speaker=piece.speaker)]
        segments.append(Segment(units, piece.times, tuple(piece.places)))
    return segments


def _aligned(text: str, words: Sequence[_Piece], spans: Sequence[Span]) -> list[Unit]:
    """A unit for each word, with the stops that stand around it in the text."""
    units: list[Unit] = []
    at = 0
    for word, span, tile in zip(words, spans, aligning.tiled(text, spans), strict=True):
        before, after = text[tile.start : span.start], text[span.end : tile.end]
        places = tuple([place._replace(before=before, after=after) for place in word.places])
        units.append(Unit(tile.of(text), word.times, text[at : tile.start], word.speaker, places))
        at = tile.end
    return units


def _spaced(words: Sequence[_Piece]) -> list[Unit]:
    """A unit for each word, where no text says what stands between them."""
    texts = [word.places[0].text or "" for word in words]
    own = any(text != word.said for text, word in zip(texts[1:], words[1:], strict=True))
    said = ["", *(word.said for word in words)]
    gaps = joining.own_gaps(texts) if own else list(map(joining.gap, said, said[1:]))
    return [
        Unit(word.said, word.times, gap, word.speaker, tuple(word.places))
        for word, gap in zip(words, gaps, strict=True)
    ]


def _voices(paragraphs: Any) -> list[joining.Voice]:
    """Who speaks from when on, by the paragraphs of a digital-paper-edit file."""
    return [
        joining.Voice(start, times.speaker(item.get("speaker")))
        for item in (paragraphs if isinstance(paragraphs, Array) else ())
        if isinstance(item, Object) and (start := times.times(item).start_ms) is not None
    ]


def _metadata(facts: Object) -> dict[str, Any]:
    result = facts.get("result")
    language = (
        facts.get("language")
        or facts.get("language_code")
        or (result.get("language") if isinstance(result, Object) else None)
    )
    if not isinstance(language, str) or not language.strip():
        return {}
    return {"language": _CODES.get(language.strip().lower(), str(language).strip())}
