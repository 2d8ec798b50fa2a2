"""The laws that the files of a caption format are held to, whatever is in them."""

from __future__ import annotations

import re

from hypothesis import assume

import tidytranscript as tt
from tidytranscript.errors import TidyError
from tidytranscript.formats import dumps, loads
from tidytranscript.transcript import Transcript

LEVELS = ("verbatim", "clean", "edited")
_NUMBER = re.compile(r"^\s*\d+\s*$", re.MULTILINE)


def comes_back(content: str, format_: str) -> Transcript | None:
    """What is read; it is written back as it was. None if that is an error of ours; any other error is a fault."""
    try:
        read = loads(content, format_)
    except TidyError:
        return None
    assert dumps(read) == content
    return read


def is_unpadded(transcript: Transcript) -> bool:
    """Whether its times lack zeros, and were read all the same."""
    return transcript.frame is not None and any("without zeros" in o.problem for o in transcript.frame.oddities)


def is_tidied_once(read: Transcript, format_: str, level: str) -> None:
    """The words of the tidied text are those of the file written, and tidying that one changes nothing in it."""
    result = tt.tidy(read, level=level, ignore=["turns"])
    written = dumps(result.transcript)
    again = loads(written, format_)
    # Words without times of their own, right above the times of the next cue, are read as its number or identifier
    # once they stand alone in their line.
    glued = read.frame and any("without" in o.problem or "blank line" in o.problem for o in read.frame.oddities)
    assume(not (glued and _NUMBER.search(result.text)))
    assume(not (glued and len(again.of_kind("identifier")) > len(read.of_kind("identifier"))))
    # Names at the head of cues are lifted off where they are the custom; in a file of few cues, one less may end it.
    assume(bool(read.of_kind("speaker")) == bool(again.of_kind("speaker")))
    # So it is with times without zeros, which are read where they are most of the times in a file.
    assume(is_unpadded(again) <= is_unpadded(read))
    assert again.text.split() == result.text.split()
    assert dumps(again) == written
    assert dumps(tt.tidy(again, level=level, ignore=["turns"]).transcript) == written


def cues(transcript: Transcript) -> list[tuple[str, int | None, int | None]]:
    """The text and times of each cue."""
    return [(label.span.of(transcript.text), *label.value) for label in transcript.of_kind("cue")]


def words(transcript: Transcript) -> list[tuple[str, int | None]]:
    """The timed words, with their starts."""
    return [(label.span.of(transcript.text), label.value.start_ms) for label in transcript.of_kind("word")]


def speakers(transcript: Transcript) -> list[tuple[str, list[str]]]:
    """Who says which words; one who goes on is one."""
    found: list[tuple[str, list[str]]] = []
    end = -1
    for label in transcript.of_kind("speaker"):
        said = label.span.of(transcript.text).split()
        if found and found[-1][0] == label.value and not transcript.text[end : label.span.start].strip():
            found[-1] = (label.value, found[-1][1] + said)
        else:
            found.append((label.value, said))
        end = label.span.end
    return found
