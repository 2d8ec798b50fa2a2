"""Abandoned word fragments: the start of a word, broken off and begun again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.words import Words

PARTIAL_WORD: Final = Rule(
    "partial-word",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.CLEAN,
    "The start of a word, broken off and begun again.",
    fixes=(
        ("I think w- we should go.", "I think we should go."),
        ("It was a-a-actually good.", "It was actually good."),
        ("and w we have th- the answer", "and we have the answer"),
    ),
    keeps=("pre- and post-war", "an X x-ray", "T-shirt, e-email", "vitamin C can help", "the n nodes", "a re-release"),
)

_CLUSTERS: Final = frozenset(("th", "wh", "sh", "ch", "st"))
_REAL_HEADS: Final = frozenset(
    ("t", "e", "x", "u", "v", "c", "b", "a", "i")
)  # T-shirt, e-mail, x-ray: one head is no stutter
_BEGUN_AGAIN: Final = frozenset(
    "we the to they this that he she you but so was what when my me be by do does did can could go "
    "get have had his her will would with want were where which who for from not no our or people "
    "then there these those think".split()
)
_CONSONANTS: Final = frozenset("bcdfghjklmnpqrstvwxyz")


@as_pass("fragments", PARTIAL_WORD)
def fragments(transcript: Transcript) -> Iterator[Finding]:
    """Each start of a word that the whole word follows."""
    words, text = transcript.words, transcript.text
    for start, end in _spelled_out(text):
        yield _fragment(words, start, end, end)
    gone: dict[int, int] = {}  # fragment -> the word that begins it again
    for i in reversed(list(words.where(_CONSONANTS | _CLUSTERS))):
        again = gone.get(i + 1, i + 1)
        if again >= len(words):
            continue
        key, after, gap = words.key(i), words.key(again), words.gap(i)
        if after == key or not after.startswith(key):
            continue
        broken_off = gap.startswith("-") and not gap.strip("- ,\t\n")
        if broken_off or (gap.isspace() and words.written(i).islower() and len(key) == 1 and after in _BEGUN_AGAIN):
            gone[i] = again
            yield _fragment(words, words.start(i), words.end(i), words.start(i + 1))


def _spelled_out(text: str) -> Iterator[tuple[int, int]]:
    """The `a-a-` of `a-a-actually` and the `th-` of `th-the`, as (start, end)."""
    at = text.find("-")
    while at >= 0:
        start = at - (2 if text[max(0, at - 2) : at] in _CLUSTERS else 1)
        end = at + 1
        head = text[max(0, start) : at]
        if head.isalpha() and head.islower() and not _glued(text, start):
            while text.startswith(head + "-", end):
                end += len(head) + 1
            again = text.startswith(head, end) and text[end + len(head) : end + len(head) + 1].isalpha()
            if again and (end - start > len(head) + 1 or head not in _REAL_HEADS):
                yield start, end
        at = text.find("-", end)


def _glued(text: str, start: int) -> bool:
    before = text[start - 1 : start] if start > 0 else ""
    return before.isalnum() or (before != "" and before in "'’-_")


def _fragment(words: Words, start: int, end: int, right: int) -> Finding:
    text = words.text
    edits = [(start, right, "")]
    if "\n" in text[end:right]:
        edits = [(start, text.index("\n", end), "")]
    elif text[start].isupper() and text[right].islower():
        edits = [(start, right, ""), (right, right + 1, text[right].upper())]
    return PARTIAL_WORD.at(start, right, f"{text[start:end]!r} is the start of the next word, broken off", *edits)
