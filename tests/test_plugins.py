"""What other packages bring: found by name, imported only when it is asked for, and told when it can't be used."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "plugins.md"
FORMAT = """
from tidytranscript import Transcript
from tidytranscript.formats import Format
bare = Format("bare", "bare words", (".bare",), "words_only", package="brought")
def likeness(content): return 0
def load(content): return Transcript(content.replace("|", " "))
def dump(transcript, changes=()): return "|".join(transcript.text.split())
"""
TOML = '[people]\n"Ann Lee" = ["An Leigh"]\n'


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package as it lies there once it is installed; the pass, and how it is announced, are those of the page."""
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    source, announced = (
        re.search(pattern, page, re.DOTALL | re.MULTILINE)
        for pattern in (
            r"^```python shouts.py\n(.*?)^```$",
            r'^```toml\n\[project.entry-points."tidytranscript.passes"\]\n(.*?)^```$',
        )
    )
    assert source
    assert announced
    Path("shouts.py").write_text(source[1], encoding="utf-8")
    Path("brought").mkdir()
    Path("brought/__init__.py").write_text("from pathlib import Path\nnames = Path(__file__).with_name('names.toml')\n")
    Path("brought/words_only.py").write_text(FORMAT, encoding="utf-8")
    Path("brought/names.toml").write_text(TOML, encoding="utf-8")
    info = Path("brought-1.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: brought\nVersion: 1.0\n", encoding="utf-8")
    points = announced[1].replace('"', "") + "broken = no_such_module:it\nnone = brought:names\n"
    (info / "entry_points.txt").write_text(
        f"[tidytranscript.passes]\n{points}\n[tidytranscript.corrections]\nlee = brought:names\n"
        "[tidytranscript.formats]\nbare = brought.words_only:bare\n",
        encoding="utf-8",
    )


def tidy(*arguments: str, said: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tidytranscript", "-q", *arguments],
        input=said,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    return done.returncode, done.stdout, done.stderr


def test_a_pass_runs_where_it_is_asked_for() -> None:
    assert tidy(said="Um, stop!!! Now.")[1] == "Stop!!! Now.\n"
    assert tidy("--plugin", "shouts", said="Um, stop!!! Now.") == (0, "Stop! Now.\n", "")
    assert tidy("--plugin", "shouts", "--ignore", "shout", said="Um, stop!!! Now.")[1] == "Stop!!! Now.\n"


def test_a_configuration_can_ask_for_it() -> None:
    Path("tidytranscript.toml").write_text('plugins = ["shouts"]\n[rules.shout]\nconfidence = 1\n', encoding="utf-8")
    assert tidy(said="Um, stop!!! Now.") == (0, "Stop! Now.\n", "")


def test_dictionaries_and_formats_are_found_by_name() -> None:
    assert tidy("--corrections", "lee", said="So An Leigh left.") == (0, "So Ann Lee left.\n", "")
    assert tidy("--to", "bare", said="Um, so we left.") == (0, "So|we|left.", "")
    assert tidy("--from", "bare", "--to", "text", said="Um,|so|we|left.") == (0, "So we left.\n", "")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--plugin", "shuots"), "tidy: no plugin is named 'shuots'. Did you mean 'shouts'?\n"),
        (("--plugin", "none"), "tidy: plugin none (brought:names): is no pass: it needs a name, rules and find. "),
        (("--plugin", "broken"), "tidy: plugin broken (no_such_module:it): ModuleNotFoundError("),
        (("--to", "bear"), "tidy: no format is named 'bear'. Did you mean 'bare'?\n"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: tuple[str, ...], problem: str) -> None:
    code, out, err = tidy(*arguments, said="So.")
    assert (code, out) == (2, "")
    assert err.startswith(problem)
