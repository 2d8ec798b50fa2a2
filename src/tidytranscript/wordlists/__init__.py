"""Word lists: what the passes know of a language, as data.

`<language>.toml` beside this file holds a table for each pass that needs words. A language without a file has no
lists, and the passes that need them find nothing in it. A user's lists add to those of the language, or make those of
a language that has none.

>>> of("en").words("fillers", "sounds") >= {"uh", "um"}
True
>>> of("xx") is None
True
>>> of("en").plus(WordLists({"fillers": {"sounds": ["eeh"]}})).words("fillers", "sounds") >= {"uh", "eeh"}
True
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from tidytranscript.errors import BadWordLists
from tidytranscript.words import keys

_HERE: Final = Path(__file__).parent


@frozen(init=False)
class WordLists:
    """Lists of words and phrases, by table and name; equal where they hold the same."""

    _lists: Mapping[tuple[str, str], frozenset[str]]
    _hash: int

    def __init__(self, tables: Mapping[str, Mapping[str, str | list[str]]]) -> None:
        lists = {
            (table, name): frozenset(given.split() if isinstance(given, str) else given)
            for table, lists in tables.items()
            for name, given in lists.items()
        }
        self.__attrs_init__(lists, hash(frozenset(lists.items())))

    def __hash__(self) -> int:
        return self._hash

    def words(self, table: str, name: str) -> frozenset[str]:
        """The words or phrases of one list, as keys of words.

        Raises KeyError where there is no such list.
        """
        return self._lists[table, name]

    @property
    def names(self) -> dict[str, list[str]]:
        """The names of the lists in each table."""
        tables: dict[str, list[str]] = {}
        for table, name in self._lists:
            tables.setdefault(table, []).append(name)
        return tables

    def plus(self, other: WordLists) -> WordLists:
        """The words of both."""
        tables: dict[str, dict[str, str | list[str]]] = {}
        for table, name in [*self._lists, *other._lists]:
            both = self._lists.get((table, name), frozenset()) | other._lists.get((table, name), frozenset())
            tables.setdefault(table, {})[name] = sorted(both)
        return WordLists(tables)


@lru_cache(maxsize=8)
def of(language: str) -> WordLists | None:
    """The lists of a language, by its code in ISO 639-1; None where there are none."""
    path = _HERE / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        return None
    return WordLists(_loaded(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def ordinary(language: str) -> frozenset[str]:
    """The ordinary words of a language, in lower case; none where there is no list of them.

    >>> "water" in ordinary("en"), "utxo" in ordinary("en")
    (True, False)
    """
    path = _HERE / f"{language}.words.txt"
    if not language.isalpha() or not path.is_file():
        return frozenset()
    return frozenset(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


@lru_cache(maxsize=8)
def with_given(language: str, given: WordLists) -> WordLists:
    """The lists of a language and those that a user gives; a list that neither has is empty."""
    base = of(language) or WordLists({table: dict.fromkeys(names, "") for table, names in _known().items()})
    return base.plus(given)


def given(source: str | PathLike[str] | Mapping[str, Any]) -> WordLists:
    """A user's lists: a TOML file, or a mapping, of tables and lists named as the shipped ones are.

    A list is an array of words and phrases, or one string that is split at blanks.

    >>> given({"fillers": {"sounds": ["Eeh"]}}).words("fillers", "sounds")
    frozenset({'eeh'})

    Raises BadWordLists, which tells of every table, list or entry that can't be.
    """
    name = "<words>" if isinstance(source, Mapping) else str(source)
    try:
        tables = source if isinstance(source, Mapping) else _loaded(Path(source).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadWordLists(name, (f"can't be read: {error.strerror}",)) from error
    except ValueError as error:
        raise BadWordLists(name, (f"can't be read as TOML in UTF-8: {error}",)) from error
    problems: list[str] = []
    checked: dict[str, dict[str, str | list[str]]] = {}
    for table, lists in tables.items():
        if table not in _known() or not isinstance(lists, Mapping):
            problems.append(f"[{table}]: there is no such table (there are: {', '.join(_known())})")
            continue
        for list_name, entries in lists.items():
            words = entries.split() if isinstance(entries, str) else entries
            if list_name not in _known()[table]:
                known = ", ".join(_known()[table])
                problems.append(f"[{table}] {list_name}: there is no such list (there are: {known})")
            elif not isinstance(words, list) or not all(isinstance(word, str) and keys(word) for word in words):
                problems.append(f"[{table}] {list_name}: must be an array of words, or words in one string")
            else:
                checked.setdefault(table, {})[list_name] = [" ".join(keys(word)) for word in words]
    if problems:
        raise BadWordLists(name, tuple(problems))
    return WordLists(checked)


def _known() -> dict[str, list[str]]:
    english = of("en")
    assert english is not None
    return english.names


def _loaded(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)
