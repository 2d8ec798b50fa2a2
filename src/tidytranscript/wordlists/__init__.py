"""Word lists: what the passes know of a language, as data.

`<language>.toml` beside this file holds a table for each pass that needs words. A language without a file has no
lists, and the passes that need them find nothing in it.

>>> of("en").words("fillers", "sounds") >= {"uh", "um"}
True
>>> of("xx") is None
True
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent


class WordLists:
    """The lists of one language."""

    def __init__(self, tables: Mapping[str, Mapping[str, str | list[str]]]) -> None:
        self._lists = {
            (table, name): frozenset(given.split() if isinstance(given, str) else given)
            for table, lists in tables.items()
            for name, given in lists.items()
        }

    def words(self, table: str, name: str) -> frozenset[str]:
        """The words or phrases of one list, as keys of words.

        Raises KeyError where there is no such list.
        """
        return self._lists[table, name]


@lru_cache(maxsize=8)
def of(language: str) -> WordLists | None:
    """The lists of a language, by its code in ISO 639-1; None where there are none."""
    path = _HERE / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        return None
    return WordLists(_loaded(path.read_text(encoding="utf-8")))


def _loaded(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)
