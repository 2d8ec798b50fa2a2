"""Speaker labels as people and programs write them: `NAME:`, `**Name:**`, `>>`, `>> NAME:`, `[SPEAKER_00]`, `Q -`.

>>> [(label.name, label.start, label.end) for label in find_labels("A: Yes.\\nB: No.\\nA: Oh.")]
[('A', 0, 3), ('B', 8, 11), ('A', 15, 18)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

_WORD: Final = r"[\w.'’()&#/-]{1,30}"
_NAME: Final = rf"[^\W\d_][\w.'’-]{{0,30}}(?:,?[ ]{{1,2}}(?:\|[ ])?{_WORD}){{0,7}}"
_LABEL: Final = rf"""[ \t]*
    (?: (?P<bold>\*\*)?(?P<name>{_NAME})(?P<unsure>\?)?(?(bold)(?::\*\*|\*\*:)|[ ]?:)(?=\s)
      | \[(?P<id>[^\W\d_][\w .'’-]{{0,40}})\]:?(?=\s)
      | (?P<qa>[QA])[ ][-–—](?=[ ]\S)
    )[ \t]*"""
_MARK: Final = re.compile(r"[:\]]")
_DASHED: Final = re.compile(r"^[ \t]*[QA][ ][-–—]", re.MULTILINE)
_NAMED_HERE: Final = re.compile(_LABEL, re.VERBOSE)
_CHEVRONS: Final = re.compile(rf"(?<!\S)>>+[ \t]*(?:(?P<name>{_NAME})(?P<unsure>\?)?:(?=\s)[ \t]*)?")
_ID: Final = re.compile(r"speaker[ _-]?#?[\da-z]{1,3}|spk[_-]?\d{1,3}|s\d{1,2}", re.IGNORECASE)
_NO_NAMES: Final = frozenset(
    "note warning question answer summary topics chapters example update edit ps tldr source sources link links http "
    "https step tip remember important caution title date location time host guest music applause laughter slides "
    "video audio recording transcript agenda attendees notes duration speakers tags media website email chapter".split()
) - frozenset(("host", "guest", "question", "answer"))
_SMALL: Final = frozenset("de da del della der den di du la le of the van von bin al el y e dr".split())
_MOST: Final = 8  # words of a name, with what stands behind it: `Ana de la Cruz | Harbour Board (Porto)`


@frozen
class WrittenLabel:
    """A label: `text[start:end]` is the label itself with its blanks; `name` is None where only a change is marked.

    `sure` is false where the writer put a question mark behind the name: `Ann?: Yes.`
    """

    name: str | None
    start: int
    end: int
    sure: bool = True


def find_labels(text: str, names: Iterable[str] = ()) -> list[WrittenLabel]:
    """The speaker labels of a text, in order; none where what looks like one stands alone.

    A `Name:` counts if it stands in `names` or is an id such as SPEAKER_00; where there are no ids, also if it comes
    back, if most lines have one, or if it opens the text with a full name. A name in small letters counts only if it
    comes back where most lines have a label; `Q -` only where there is an `A -`.
    """
    given = {name.casefold() for name in names}
    found: list[WrittenLabel] = []
    small: list[WrittenLabel] = []
    dashed = Counter[str]()
    for match in _named(text):
        label = WrittenLabel(match["name"] or match["id"] or match["qa"], *match.span(), not match["unsure"])
        assert label.name is not None
        if match["qa"]:
            dashed[label.name] += 1
        if looks_like_a_name(label.name):
            found.append(label)
        elif match["name"] and _may_be_a_name(label.name):
            small.append(label)
    if dashed and min(dashed["Q"], dashed["A"]) < 2:
        found = [label for label in found if text[label.start : label.end].rstrip()[-1] in ":]*"]
    counts = Counter(label.name.casefold() for label in found if label.name)
    ids = {name for name in counts if _ID.fullmatch(name)}
    trusted = ids | (given & counts.keys())
    if found and not ids:
        lines = sum(1 for line in text.split("\n") if line.strip())
        opening = not text[: found[0].start].strip() and " " in (found[0].name or "")
        most_lines = len(counts) > 1 and len(found) * 2 > lines
        trusted |= {name for name, n in counts.items() if most_lines or n > 1 or opening}
        if small and len(counts) > 1 and (len(found) + len(small)) * 2 > lines:
            found = sorted([*found, *small], key=lambda label: label.start)
            trusted |= {name for name, n in Counter((label.name or "").casefold() for label in small).items() if n > 1}
    found = [label for label in found if label.name and label.name.casefold() in trusted]
    if ">>" in text:
        for match in _CHEVRONS.finditer(text):
            name = match["name"] if match["name"] and looks_like_a_name(match["name"]) else None
            end = match.end() if name else _behind_chevrons(match)
            found.append(WrittenLabel(name, match.start(), end, not (name and match["unsure"])))
        found.sort(key=lambda label: label.start)
    return found


def _named(text: str) -> Iterator[re.Match[str]]:
    """The lines that begin with what looks like a name: looked for where a mark of one is."""
    marks = _MARK.finditer(text) if ":" in text or "]" in text else ()
    starts = {text.rfind("\n", 0, mark.start()) + 1 for mark in marks}
    if any(f"A {dash}" in text for dash in "-–—"):
        starts.update(dash.start() for dash in _DASHED.finditer(text))
    for start in sorted(starts):
        if match := _NAMED_HERE.match(text, start):
            yield match


def labelled(text: str, names: Iterable[str] = ()) -> Iterator[tuple[WrittenLabel | None, int, int]]:
    """What stands between the speaker labels of a text: the label before it, and its span; nothing without labels.

    >>> [(label and label.name, start, end) for label, start, end in labelled("A: Yes.\\nB: No.\\nA: Oh.")]
    [('A', 3, 7), ('B', 11, 14), ('A', 18, 21)]
    """
    found: list[WrittenLabel | None] = [None, *find_labels(text, names)]
    ends = [*(label.start for label in found if label), len(text)]
    for label, until in zip(found, ends if len(found) > 1 else (), strict=False):
        start = label.end if label else 0
        said = text[start:until]
        if said.strip():
            yield label, start + len(said) - len(said.lstrip()), start + len(said.rstrip())


def opening_label(text: str, start: int, end: int) -> WrittenLabel | None:
    """What looks like a label where a line of text begins; whether it is one, only the other lines can tell."""
    match = _NAMED_HERE.match(text, start)
    if match is None or match.end() > end or match["qa"] or match["unsure"]:
        return None
    name = match["name"] or match["id"]
    return WrittenLabel(name, *match.span()) if looks_like_a_name(name) else None


def is_an_id(name: str) -> bool:
    """Whether a name is what a program gives: `SPEAKER_00`, `Speaker 1`, `spk_2`."""
    return _ID.fullmatch(name) is not None


def is_no_name(name: str) -> bool:
    """Whether what stands where a name might is none: `Note`, `Summary`, `Link`."""
    return name.strip().casefold() in _NO_NAMES


def _behind_chevrons(match: re.Match[str]) -> int:
    return match.start("name") if match["name"] else match.end()


def looks_like_a_name(name: str) -> bool:
    """Whether a name is written as one: every word of it with a capital, but for `de`, `von` and the like.

    >>> looks_like_a_name("Ana de la Cruz | Harbour Board (Porto)"), looks_like_a_name("And then")
    (True, False)
    """
    words = name.split()
    if not words or len(words) > _MOST or name.casefold() in _NO_NAMES or words[0].casefold() in ("http", "https"):
        return False
    if name.count("(") != name.count(")"):
        return False
    return all(w[0].isupper() or w[0].isdigit() or w[0] in "(|&#" or w.casefold() in _SMALL for w in words) or bool(
        _ID.fullmatch(name)
    )


def _may_be_a_name(name: str) -> bool:
    """Whether it may be a name all the same: one word, as in a chat, and perhaps what stands behind it."""
    first, _, behind = name.partition(" ")
    return name.casefold() not in _NO_NAMES and first.casefold() not in _SMALL and (not behind or behind[0] in "(|")
