"""The word lists are data that can be trusted: keys as words have them, each once; and none for other languages."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import tidytranscript
from tidytranscript import Pipeline, Transcript, wordlists
from tidytranscript.words import keys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILES = sorted((Path(tidytranscript.__file__).parent / "wordlists").glob("*.toml"))
TABLES: list[tuple[str, str, list[str]]] = []
for file in FILES:
    loaded: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    for table, lists in loaded.items():
        for name, given in lists.items():
            TABLES.append((f"{file.stem}.{table}", name, given.split() if isinstance(given, str) else given))


@pytest.mark.parametrize(("table", "name", "words"), TABLES, ids=[f"{table}.{name}" for table, name, _ in TABLES])
def test_entries_are_keys_and_stand_once(table: str, name: str, words: list[str]) -> None:
    assert [word for word in words if " ".join(keys(word)) != word] == []
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_a_list_that_is_not_there_is_an_error() -> None:
    english = wordlists.of("en")
    assert english is not None
    with pytest.raises(KeyError):
        english.words("fillers", "nothing")


@pytest.mark.parametrize("language", ["de", "xx", "../en", ""])
def test_other_languages_have_none(language: str) -> None:
    assert wordlists.of(language) is None


def test_nothing_is_taken_out_of_another_language() -> None:
    said = "Die, die ich meine, um, um acht, ist, ist das die die, no wait, uh, w- wir?"
    result = Pipeline.standard("edited").without("turns")(Transcript(said, metadata={"language": "de"}))
    assert result.text == said


@pytest.mark.parametrize("filler", ["uh", "uhhhh", "Ummm", "errr", "Uhm", "errrmm"])
def test_lengthened_fillers_go(filler: str) -> None:
    assert tidytranscript.tidy(f"we, {filler}, left").text == "we left"
