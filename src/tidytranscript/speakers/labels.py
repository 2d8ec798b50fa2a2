"""Speaker labels as people and programs write them: `NAME:`, `**Name:**`, `>>`, `>> NAME:`, `[SPEAKER_00]`.

>>> [(label.name, label.start, label.end) for label in find_labels("A: Yes.\\nB: No.\\nA: Oh.")]
[('A', 0, 3), ('B', 8, 11), ('A', 15, 18)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from attrs import frozen

_NAME: Final = r"[^\W\d_][\w.'’-]{0,30}(?:[ ][\w.'’()&-]{1,30}){0,4}"
_NAMED: Final = re.compile(
    rf"""^[ \t]*
    (?: (?P<bold>\*\*)?(?P<name>{_NAME})(?(bold)(?::\*\*|\*\*:)|:)(?=\s)
      | \[(?P<id>[^\W\d_][\w .'’-]{{0,40}})\]:?(?=\s)
    )[ \t]*""",
    re.MULTILINE | re.VERBOSE,
)
_CHEVRONS: Final = re.compile(rf"(?<!\S)>>+[ \t]*(?:(?P<name>{_NAME}):(?=\s)[ \t]*)?")
_ID: Final = re.compile(r"speaker[ _-]?[\da-z]{1,3}|spk[_-]?\d{1,3}|s\d{1,2}", re.IGNORECASE)
_NO_NAMES: Final = frozenset(
    "note warning question answer summary topics chapters example update edit ps tldr source sources link links http "
    "https step tip remember important caution title date location time host guest music applause laughter".split()
) - frozenset(("host", "guest", "question", "answer"))
_SMALL: Final = frozenset("de da del della der den di du la le of the van von bin al el y e dr".split())


@frozen
class WrittenLabel:
    """A label: `text[start:end]` is the label itself with its blanks; `name` is None where only a change is marked."""

    name: str | None
    start: int
    end: int


def find_labels(text: str, names: Iterable[str] = ()) -> list[WrittenLabel]:
    """The speaker labels of a text, in order; none where what looks like one stands alone.

    A `Name:` counts if it stands in `names` or is an id such as SPEAKER_00; where there are no ids, also if it comes
    back, if most lines have one, or if it opens the text with a full name.
    """
    given = {name.casefold() for name in names}
    found = [
        WrittenLabel(match["name"] or match["id"], match.start(), match.end())
        for match in (_NAMED.finditer(text) if ":" in text or "]" in text else ())
        if _looks_like_a_name(match["name"] or match["id"])
    ]
    counts = Counter(label.name.casefold() for label in found if label.name)
    ids = {name for name in counts if _ID.fullmatch(name)}
    trusted = ids | (given & counts.keys())
    if found and not ids:
        opening = not text[: found[0].start].strip() and " " in (found[0].name or "")
        most_lines = len(counts) > 1 and len(found) * 2 > sum(1 for line in text.split("\n") if line.strip())
        trusted |= {name for name, n in counts.items() if most_lines or n > 1 or opening}
    found = [label for label in found if label.name and label.name.casefold() in trusted]
    if ">>" in text:
        for match in _CHEVRONS.finditer(text):
            name = match["name"] if match["name"] and _looks_like_a_name(match["name"]) else None
            found.append(WrittenLabel(name, match.start(), match.end() if name else _behind_chevrons(match)))
        found.sort(key=lambda label: label.start)
    return found


def _behind_chevrons(match: re.Match[str]) -> int:
    return match.start("name") if match["name"] else match.end()


def _looks_like_a_name(name: str) -> bool:
    words = name.split()
    if name.casefold() in _NO_NAMES or words[0].casefold() in ("http", "https"):
        return False
    return all(w[0].isupper() or w[0].isdigit() or w[0] == "(" or w.casefold() in _SMALL for w in words) or bool(
        _ID.fullmatch(name)
    )
