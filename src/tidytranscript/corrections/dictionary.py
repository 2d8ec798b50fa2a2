"""A correction dictionary: right spellings, and the forms in which recognisers hear them.

In TOML, a section for each topic, and in it an entry for each right spelling, short or whole:

    [people]
    "Jerry Tworek" = ["Jerry Twerk", "Jerry Torque"]

    [products."Claude Code"]
    heard = ["cloud code"]
    near = ["anthropic", "coding agent"]
    source = "https://www.anthropic.com"
    keeps = ["a cloud code review"]

A heard form in lower case matches in any case; one with a capital matches only as it is written. With `near`, an
entry applies only where one of those words or phrases stands within twelve words, or in what is known of the recording;
with `not_near` it does not apply where one stands there. `within` and `not_within` set how many words. A form that
two entries hear needs `choice = true` in both: it is written only where the context leaves one of them, and else
suggested.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from os import PathLike, fspath
from typing import Final

from attrs import evolve, frozen

from tidytranscript.corrections import entries
from tidytranscript.corrections.entries import Entry, known_as
from tidytranscript.corrections.phrases import Phrases
from tidytranscript.errors import BadDictionary, UnknownName


@frozen
class Dictionary:
    """Entries that can be applied together.

    >>> names = Dictionary.loads('[people]\\n"Jerry Tworek" = ["Jerry Twerk"]')
    >>> [entry.right for entry in names.entries]
    ['Jerry Tworek']
    """

    entries: tuple[Entry, ...] = ()
    name: str = "<dictionary>"

    @classmethod
    def loads(cls, text: str, name: str = "<dictionary>") -> Dictionary:
        """The dictionary that a TOML text holds; BadDictionary with all that is wrong with it."""
        return _loaded(text, name)

    @classmethod
    def of(cls, source: str | PathLike[str] | Dictionary) -> Dictionary:
        """The dictionary itself, or the one in a TOML file; BadDictionary, or OSError if it can't be opened."""
        if isinstance(source, Dictionary):
            return source
        try:
            with open(source, encoding="utf-8-sig") as file:
                text = file.read()
        except UnicodeDecodeError as error:
            raise BadDictionary(fspath(source), (f"not UTF-8 at byte {error.start}; save it as UTF-8",)) from None
        return cls.loads(text, fspath(source))

    def dumps(self) -> str:
        """The dictionary in TOML, an entry to a line where it is short, sections and entries in their order.

        >>> print(Dictionary.loads('[people]\\n"Ann Lee" = ["an lee"]').dumps(), end="")
        [people]
        "Ann Lee" = ["an lee"]
        """
        return entries.write(self.entries)

    @classmethod
    def merged(cls, dictionaries: Iterable[Dictionary]) -> Dictionary:
        """All entries together.

        A later dictionary has its way: where two hear the same form it is the later one's, and an earlier entry gives
        way whose right spelling the later one hears for something else, or that hears a part of what is right there.
        Raises BadDictionary where entries go round in a circle all the same.
        """
        *earlier, merged = dictionaries
        for dictionary in reversed(earlier):
            taken = {known_as(form) for entry in merged.entries for form in entry.heard}
            heard = [
                (entry, tuple([f for f in entry.heard if known_as(f) not in taken])) for entry in dictionary.entries
            ]
            kept = [evolve(entry, heard=forms) for entry, forms in heard if forms]
            lost = {right for right, _, _ in merged.phrases.heard_in([entry.right for entry in kept])}
            lost |= {right for _, _, right in Phrases.of(kept).heard_in([entry.right for entry in merged.entries])}
            kept = [entry for entry in kept if entry.right not in lost]
            merged = cls((*kept, *merged.entries), f"{dictionary.name} + {merged.name}")
        if merged.phrases.problems:
            raise BadDictionary(merged.name, tuple(merged.phrases.problems))
        return merged

    @cached_property
    def phrases(self) -> Phrases:
        """The heard forms, indexed for the sweep; made on first use."""
        return Phrases.of(self.entries)


@lru_cache(maxsize=8)
def _loaded(text: str, name: str) -> Dictionary:
    with _uncollected():
        found, problems = entries.read(text, name)
        dictionary = Dictionary(found, name)
        problems = problems or entries.placed(dictionary.phrases.problems, text)
    if problems:
        raise BadDictionary(name, tuple(problems))
    return dictionary


@contextmanager
def _uncollected() -> Iterator[None]:
    # The collector would go through all that is made here again and again, and find nothing.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


SHIPPED: Final = ("general", "ai")
"""The names of the shipped dictionaries, in the order in which they are merged."""


@lru_cache(maxsize=4)
def shipped(name: str | None = None) -> Dictionary:
    """A shipped dictionary by its name, or all of them as one; UnknownName for another.

    >>> [entry.right for entry in shipped("general").entries][:2]
    ['a lot', 'as well']
    """
    from importlib import resources

    if name is None:
        return Dictionary.merged([shipped(each) for each in SHIPPED])
    if name not in SHIPPED:
        raise UnknownName.among("dictionary", name, SHIPPED)
    text = resources.files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return Dictionary.loads(text, f"{name}.toml")
