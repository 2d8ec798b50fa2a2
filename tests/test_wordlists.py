"""The word lists are data that can be trusted: keys as words have them, each once; and none for other languages."""

from __future__ import annotations

import pickle
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


def test_words_of_ones_own_add_to_the_lists() -> None:
    said = "It was, eeeh, a long, eh, day, right, you know, and hot."
    words = {"fillers": {"sounds": ["eh"]}, "markers": {"between": "right"}}
    assert tidytranscript.tidy(said, "edited", words=words).text == "It was a long day, and hot."
    assert tidytranscript.tidy(said, "edited").text == "It was, eeeh, a long, eh, day, right, and hot."


def test_words_of_ones_own_make_lists_for_a_language_that_has_none() -> None:
    said = Transcript("Wir, äh, gehen, gehen jetzt.", metadata={"language": "de"})
    assert tidytranscript.tidy(said, words={"fillers": {"sounds": ["äh"]}}).text == "Wir gehen jetzt."


def test_words_are_read_from_a_file_and_the_pipeline_can_be_pickled(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('[fillers]\nsounds = ["Eh"]\n', encoding="utf-8")
    pipeline = pickle.loads(pickle.dumps(Pipeline.standard(words=path)))
    assert pipeline("We, eh, left.").text == "We left."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[filler]\nsounds = []\n", "[filler]: there is no such table (there are: fillers, repeats,"),
        ('[fillers]\nsound = ["eh"]\n', "[fillers] sound: there is no such list (there are: sounds, answers,"),
        ("[fillers]\nsounds = [1]\n", "[fillers] sounds: must be an array of words"),
        ('[fillers]\nsounds = ["!"]\n', "[fillers] sounds: must be an array of words"),
        ("[fillers\n", "can't be read as TOML in UTF-8"),
    ],
)
def test_lists_that_can_not_be_are_told_with_file_and_place(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(tidytranscript.BadWordLists) as caught:
        tidytranscript.tidy("We left.", words=path)
    assert str(caught.value).startswith(f"{path}: {problem}")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(tidytranscript.BadWordLists, match=r"nothing\.toml: can't be read"):
        tidytranscript.tidy("We left.", words=tmp_path / "nothing.toml")
