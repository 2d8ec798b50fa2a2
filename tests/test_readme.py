"""The pages are true: their examples run and print what stands there, and the tests that they name exist."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import skip_without

from tidytranscript.cli import _COMMANDS
from tidytranscript.cli.tidying import tidy
from tidytranscript.passes import ORDER

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("tests/**/*.py")))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is a script and stands in no package."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not shutil.which("bash"), reason="the examples are for bash")
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_shows_what_its_examples_print(page: Path, generate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("spacy", "langchain_core", "haystack") if page.name == "frameworks.md" else ():
        skip_without(package)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    text = page.read_text(encoding="utf-8")
    assert generate.refreshed(text) == text, "python docs/generate.py writes it anew"


def test_an_example_that_prints_something_else_is_seen(generate: ModuleType) -> None:
    page = "```console\n$ echo two\none\n```\n\n```pycon\n>>> 1 + 1\n3\n>>> int('x')\n```\n"
    shown = generate.refreshed(page)
    assert "$ echo two\ntwo\n" in shown
    assert ">>> 1 + 1\n2\n" in shown
    assert "ValueError: invalid literal" in shown


def test_the_table_of_rules_is_in_the_readme(generate: ModuleType) -> None:
    page = "<!-- rules -->\nold\n<!-- end of rules -->\n"
    shown = generate.refreshed(page)
    assert "old" not in shown
    assert "| `repeats` | `stutter` |" in shown
    assert "<!-- rules -->\n| pass |" in PAGES[0].read_text(encoding="utf-8")


def test_every_pass_and_no_other_has_its_section() -> None:
    page = (ROOT / "docs" / "passes.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", page, re.MULTILINE) == list(dict.fromkeys(pass_.name for pass_ in ORDER))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_names_tests_that_exist(page: Path) -> None:
    named = set(re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8")))
    assert {name for name in named if f"def {name}(" not in TESTS} == set()


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"], ids=name_of)
def test_page_links_to_files_that_exist(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_that_are_not_run_could_be(page: Path) -> None:
    """Blocks of `sh` name files or programs that are not here; what they ask of `tidy` is held against its options."""
    for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.replace("| source", ""), comments=True)
            if words[:1] == ["tidy"]:
                command = _COMMANDS.get(words[1])
                (command or tidy).make_context("tidy", words[2:] if command else words[1:])


def test_the_two_set_up_commands_stand_in_the_first_screen() -> None:
    first_screen = PAGES[0].read_text(encoding="utf-8")[:2500]
    commands = re.findall(r"```sh\n(.*)\n```", first_screen)
    assert [command.split(" && ")[0] for command in commands] == ["python3 -m venv .venv"] * 2
    assert os.path.basename(commands[0].split()[-1]) == "source.txt"
    assert (ROOT / commands[0].split()[-1]).is_file()
    assert commands[1].endswith(".venv/bin/python -m pytest")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_example_of_a_page_fails(page: Path) -> None:
    assert "Traceback (most recent call last)" not in page.read_text(encoding="utf-8")
