"""What others clean text with, beside the whole pipeline and its parts, in one run, each in a process of its own.

Each is used as its documentation shows. Those that are made for a line or a segment at a time get lines; each does a
small part of what the pipeline does, and none says what it changed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple

from bench.texts import built

HEADINGS: Final = ("text", "job", "what", "seconds", "MB/s", "x ftfy", "of our time")
_ROOT: Final = Path(__file__).parent.parent
_MB: Final = 1_000_000
_RUNS: Final = 3
_LONG: Final = 10.0  # seconds: what takes longer is measured once


class Contestant(NamedTuple):
    """What is measured: its job, the package it is of, its name, and what makes the function to be timed."""

    job: str
    package: str
    name: str
    made: Callable[[], Callable[[str], Any]]


def _pipeline(*without: str) -> Callable[[str], Any]:
    from tidytranscript import Pipeline

    pipeline = Pipeline.standard("clean").without(*without)

    def tidied(text: str) -> Any:
        result = pipeline(text)
        return result.text, result.edits

    return tidied


def _passes(*names: str) -> Callable[[str], Any]:
    from tidytranscript import Pipeline

    pipeline = Pipeline.standard("clean", select=names)
    return lambda text: pipeline(text).text


def _ftfy() -> Callable[[str], Any]:
    import ftfy

    return ftfy.fix_text


def _whisper() -> Callable[[str], Any]:
    from whisper_normalizer.english import EnglishTextNormalizer

    return partial(_by_line, EnglishTextNormalizer())


def _clean_text() -> Callable[[str], Any]:
    from cleantext import clean

    return lambda text: clean(text, to_ascii=False, lower=False, keep_two_line_breaks=True)


def _textacy() -> Callable[[str], Any]:
    from textacy import preprocessing as p

    chain = p.make_pipeline(
        p.normalize.unicode,
        p.normalize.quotation_marks,
        p.normalize.hyphenated_words,
        p.normalize.whitespace,
        p.normalize.bullet_points,
        p.remove.html_tags,
        p.replace.urls,
    )
    found: Callable[[str], Any] = chain
    return found


def _stable_ts() -> Callable[[str], Any]:
    import stable_whisper

    def without_repeats(text: str) -> Any:
        at, segments = 0.0, []
        for line in filter(str.strip, text.split("\n")):
            words = []
            for word in line.split():
                words.append({"word": f" {word}", "start": at, "end": at + 0.3, "probability": 0.9})
                at += 0.3
            segments.append({"start": words[0]["start"], "end": at, "text": line, "words": words})
        result = stable_whisper.WhisperResult({"segments": segments, "language": "en"})
        return result.remove_repetition(max_words=8, verbose=False)

    return without_repeats


def _flashtext() -> Callable[[str], Any]:
    from flashtext import KeywordProcessor

    from tidytranscript.corrections import shipped

    processor = KeywordProcessor()
    for entry in shipped().entries:
        for form in entry.heard:
            processor.add_keyword(form, entry.right)
    replaced: Callable[[str], Any] = processor.replace_keywords
    return replaced


def _sentences() -> Callable[[str], Any]:
    from tidytranscript.sentences import sentences

    return sentences


def _pysbd() -> Callable[[str], Any]:
    import pysbd

    return partial(_by_line, pysbd.Segmenter(language="en", clean=False).segment)


def _sentencizer() -> Callable[[str], Any]:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda text: [list(doc.sents) for doc in nlp.pipe(text.split("\n"))]


def _by_line(do: Callable[[str], Any], text: str) -> list[Any]:
    return [do(line) for line in text.split("\n")]


_OURS: Final = "tidytranscript"
CONTESTANTS: Final = (
    Contestant("all", _OURS, "clean, with the log", _pipeline),
    Contestant("all", _OURS, "clean, with the log, without turns", partial(_pipeline, "turns")),
    Contestant("all", "ftfy", "fix_text", _ftfy),
    Contestant("all", "whisper-normalizer", "Whisper's English normaliser", _whisper),
    Contestant("all", "clean-text", "clean", _clean_text),
    Contestant("all", "textacy", "a chain of seven", _textacy),
    Contestant("repeats", _OURS, "repeats alone", partial(_passes, "repeats")),
    Contestant("repeats", "stable-ts", "remove_repetition", _stable_ts),
    Contestant("dictionary", _OURS, "corrections alone", partial(_passes, "misheard")),
    Contestant("dictionary", "flashtext", "replace_keywords", _flashtext),
    Contestant("sentences", _OURS, "sentences", _sentences),
    Contestant("sentences", "pysbd", "segment", _pysbd),
    Contestant("sentences", "spacy", "sentencizer", _sentencizer),
)


def rows(size: float, shapes: Iterable[str]) -> Iterable[list[str]]:
    """A row for each text and contestant that is installed; "of our time" is within the job."""
    for shape in shapes:
        text = built(shape, int(size * _MB))
        held = len(text.encode()) / _MB
        times = {i: _apart(i, shape, size) for i, one in enumerate(CONTESTANTS) if _version(one.package)}
        ftfy = next(times[i] for i, one in enumerate(CONTESTANTS) if one.package == "ftfy")
        ours = {CONTESTANTS[i].job: times[i] for i in reversed(times) if CONTESTANTS[i].package == _OURS}
        for i, seconds in times.items():
            one = CONTESTANTS[i]
            name = f"{one.package} {_version(one.package)}: {one.name}"
            speed, share = f"{held / seconds:.2f}", f"{seconds / ours[one.job]:.2f}"
            yield [shape, one.job, name, f"{seconds:.3f}", speed, f"{ftfy / seconds:.2f}", share]


def measured(number: int, shape: str, size: float) -> float:
    """The best wall time of some runs of a contestant, in seconds."""
    warnings.simplefilter("ignore")
    call, text = CONTESTANTS[number].made(), built(shape, int(size * _MB))
    call(text[: re.search(r"\n|\Z", text).end()])  # type: ignore[union-attr] # what is loaded at first use is loaded
    best = float("inf")
    for _ in range(_RUNS):
        start = perf_counter()
        call(text)
        best = min(best, perf_counter() - start)
        if best > _LONG:
            break
    return best


def _apart(number: int, shape: str, size: float) -> float:
    command = [sys.executable, "-m", "bench", "--peer", str(number), shape, str(size)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
