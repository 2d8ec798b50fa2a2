"""What a dictionary is asked before it is trusted: its own examples, ordinary words, and forms that hide others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tidytranscript import wordlists
from tidytranscript.corrections.dictionary import Dictionary
from tidytranscript.corrections.entries import Entry, known_as
from tidytranscript.corrections.likeness import alike_spellings
from tidytranscript.corrections.matches import applied
from tidytranscript.words import Words, bare, keys


class Fault(NamedTuple):
    """What is wrong with an entry, or may be."""

    entry: Entry
    problem: str

    def __str__(self) -> str:
        return f"[{self.entry.section}] {self.entry.right!r}: {self.problem}"


def lint(dictionary: Dictionary, language: str = "en") -> list[Fault]:
    """Entries that load, and may do harm: forms of ordinary words that nothing gates, and forms that others hide.

    >>> [str(fault) for fault in lint(Dictionary.loads('[people]\\n"Ann Lee" = ["and the"]'))]
    ["[people] 'Ann Lee': 'and the' is made of ordinary words; say with `near` where it may apply"]
    """
    ordinary = wordlists.ordinary(language)
    faults: list[Fault] = []
    first: dict[str, Entry] = {}
    for entry in dictionary.entries:
        gated = entry.near or entry.not_near or entry.choice
        for form in entry.heard:
            words = keys(form.replace("-", " "))
            plain = form == form.lower() and all(word in ordinary for word in words)
            if plain and not gated and not _respells(entry, form):
                problem = f"{form!r} is made of ordinary words; say with `near` where it may apply"
                faults.append(Fault(entry, problem))
            other = first.setdefault(known_as(form), entry)
            if other.right == entry.right and other is not entry:
                faults.append(Fault(entry, f"{form!r} is heard for it in [{other.section}] too; keep one"))
    return faults


def _respells(entry: Entry, form: str) -> bool:
    """`open ai` for `OpenAI`: the same letters, parted otherwise."""
    plain = ["".join(c for c in text.casefold() if c.isalnum()) for text in (form, entry.right)]
    return plain[0] == plain[1] and len(keys(form)) > 1


def broken_examples(dictionary: Dictionary) -> list[Fault]:
    """The examples of a dictionary that do not come out as it says.

    >>> held = Dictionary.loads('[people."Ann Lee"]\\nheard = ["an lee"]\\nkeeps = ["An Lee is she."]')
    >>> [str(fault) for fault in broken_examples(held)]
    ["[people] 'Ann Lee': 'An Lee is she.' must stay, and became 'Ann Lee is she.'"]
    """
    faults = []
    for entry in dictionary.entries:
        for text in entry.keeps:
            became = corrected(dictionary, text)
            if became != text:
                faults.append(Fault(entry, f"{text!r} must stay, and became {became!r}"))
        for before, after in entry.fixes:
            became = corrected(dictionary, before)
            if became != after:
                faults.append(Fault(entry, f"{before!r} must become {after!r}, and became {became!r}"))
    return faults


def corrected(dictionary: Dictionary, text: str) -> str:
    """A text with what a dictionary is sure of put right."""
    found = [match for match in dictionary.phrases.sweep(Words.of(text)) if match.applies]
    return applied(text, [((match.start, match.end), match.new) for match in found])


def spellings(text: str) -> list[tuple[tuple[str, int], ...]]:
    """Names that a text spells in more than one way, each way with how often; what is commonest comes first.

    >>> spellings("Ask Ilya. Then Ilya left. So Illya knows.")
    [(('Ilya', 2), ('Illya', 1))]
    """
    words = Words.of(text)
    counts: Counter[str] = Counter()
    lower = {bare(token)[2] for token in words.vocabulary if token[bare(token)[0] : bare(token)[0] + 1].islower()}
    for i in range(len(words)):
        written = words.written(i).removesuffix("'s").removesuffix("’s")
        if written[:1].isupper() and written.isalpha() and not written.isupper() and words.key(i) not in lower:
            counts[written] += 1
    return sorted(_groups(counts), key=lambda group: (-sum(n for _, n in group), group))


def _groups(counts: Counter[str]) -> Iterator[tuple[tuple[str, int], ...]]:
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in alike_spellings(counts):
        near[a].append(b)
        near[b].append(a)
    seen: set[str] = set()
    for name in sorted(near, key=lambda name: (-counts[name], name)):
        group = [name, *near[name]]
        if seen.isdisjoint(group):
            yield tuple(sorted(((one, counts[one]) for one in group), key=lambda pair: (-pair[1], pair[0])))
        seen.update(group)
