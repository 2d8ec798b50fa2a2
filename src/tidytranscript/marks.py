"""What keeps places of a text as they are, beside what its file says: `[sic]`, protected patterns, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from attrs import evolve

from tidytranscript.decisions import Decisions
from tidytranscript.spans import Span
from tidytranscript.transcript import Label, Suppression, Transcript

SIC: Final = "[sic]"
_SIC: Final = re.compile(r"\[(?:[sS][iI][cC]|SIC)[.!]?\]")
_LAST_WORD: Final = re.compile(r"\S+\s*\Z")
_REACH: Final = 200  # characters: no word is longer


def marked(transcript: Transcript, protect: Sequence[str], decisions: Sequence[Decisions]) -> Transcript:
    """The transcript with labels for what is to stay, or be taken, in its text; the same one where there is nothing.

    `[sic]`, as editors write it, keeps the word before it.
    """
    found = [*_sic(transcript.text), *_protected(transcript.text, protect)]
    for given in decisions:
        found += given.labels(transcript.text)
    if not found:
        return transcript
    known = [label for label in transcript.labels if label.kind in ("suppressed", "protected", "accepted", "rejected")]
    fresh = [label for label in found if label not in known]
    return evolve(transcript, labels=(*transcript.labels, *fresh)) if fresh else transcript


def pattern(source: str) -> re.Pattern[str]:
    """The pattern that protects what it matches; ValueError where it is none, or would match nothing at all.

    >>> pattern("(")
    Traceback (most recent call last):
    ValueError: '(' is no regular expression: missing ), unterminated subpattern at position 0
    """
    return _compiled(source)


@lru_cache(maxsize=64)
def _compiled(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise ValueError(f"{source!r} is no regular expression: {error}") from None


def _sic(text: str) -> Iterator[Label]:
    for match in _SIC.finditer(text):
        start = match.start()
        word = _LAST_WORD.search(text, max(0, start - _REACH), start)
        yield Label(Span(word.start() if word else start, match.end()), "suppressed", Suppression((), SIC))


def _protected(text: str, protect: Iterable[str]) -> Iterator[Label]:
    for source in protect:
        for match in pattern(source).finditer(text):
            if match.end() > match.start():
                yield Label(Span(*match.span()), "protected", source)
