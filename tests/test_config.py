"""The configuration: where it is found, what it says, and how it is told what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from test_cli import Run, run  # noqa: F401 - a fixture

from tidytranscript import BadConfig
from tidytranscript.config import KEYS, Config, Settings, commented, schema, share

SAID = "Um, so we, we left, he he said.\n"
SCHEMA = Path(__file__).parent.parent / "docs" / "tidytranscript.schema.json"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("deep/er").mkdir(parents=True)
    for folder in (".", "deep", "deep/er"):
        Path(folder, "talk.txt").write_text(SAID, encoding="utf-8")


def configured(text: str, path: str = "tidytranscript.toml") -> None:
    Path(path).write_text(text, encoding="utf-8")


def wrong(text: str) -> list[str]:
    configured(text)
    with pytest.raises(BadConfig) as caught:
        Config.read("tidytranscript.toml")
    return list(caught.value.problems)


def uncommented() -> str:
    lines = [line for line in commented().splitlines() if line.startswith("# ") and not line.endswith((".", ";"))]
    return "\n".join(line.removeprefix("# ") for line in lines)


def test_the_nearest_configuration_is_in_force(run: Run) -> None:  # noqa: F811
    configured('ignore = ["fillers"]')
    configured('[tool.tidytranscript]\nignore = ["stutter"]', "deep/pyproject.toml")
    configured("[tool.other]\n", "deep/er/pyproject.toml")
    ran = run("-q", "talk.txt", "deep/talk.txt", "deep/er/talk.txt")
    assert ran.text == "Um, so we left, he said.\nSo we, we left, he he said.\nSo we, we left, he he said.\n"


def test_its_own_file_is_before_the_projects(run: Run) -> None:  # noqa: F811
    configured('level = "verbatim"')
    configured('[tool.tidytranscript]\nlevel = "edited"', "pyproject.toml")
    assert run("-q", "talk.txt").text == SAID


def test_the_command_line_is_before_the_configuration(run: Run) -> None:  # noqa: F811
    configured('level = "verbatim"\nignore = ["fillers"]')
    assert run("-q", "--level", "clean", "--ignore", "stutter", "talk.txt").text == "So we, we left, he he said.\n"
    assert run("-q", "--isolated", "talk.txt").text == "So we left, he said.\n"
    configured('ignore = ["stutter"]', "other.toml")
    assert run("-q", "--config", "other.toml", "talk.txt").text == "So we, we left, he he said.\n"


def test_standard_input_is_of_the_working_directory(run: Run) -> None:  # noqa: F811
    configured('level = "verbatim"')
    assert run("-q", stdin=SAID.encode()).text == SAID


def test_overrides_are_for_files_that_fit_and_the_last_counts(run: Run) -> None:  # noqa: F811
    configured(
        '[[overrides]]\nfiles = ["talk.*"]\nignore = ["stutter"]\n'
        '[[overrides]]\nfiles = ["deep/er/*"]\nlevel = "verbatim"\n'
    )
    ran = run("-q", "talk.txt", "deep/er/talk.txt")
    assert ran.text == "So we, we left, he he said.\n" + SAID
    found = Settings({}).of("deep/er/talk.txt")
    assert found["level"].origin.endswith("tidytranscript.toml: overrides[1].level")
    assert found["ignore"].origin.endswith("tidytranscript.toml: overrides[0].ignore")
    assert found["sure"].origin == "default"


def test_paths_are_those_from_the_configuration(run: Run) -> None:  # noqa: F811
    Path("deep/names.toml").write_text('[people]\n"Ann Lee" = ["An Leigh"]\n', encoding="utf-8")
    configured('corrections = ["names.toml"]', "deep/tidytranscript.toml")
    Path("deep/talk.txt").write_text("So An Leigh left.", encoding="utf-8")
    assert run("-q", "deep/talk.txt").text == "So Ann Lee left.\n"


def test_every_key_does_what_it_says(run: Run) -> None:  # noqa: F811
    configured(
        'protect = ["he he"]\nmax-change = "50%"\nwords = { fillers = { sounds = ["left"] } }\n'
        "[rules.filler]\nconfidence = 0.5\n[rules.stutter]\nconfidence = 0.99\n"
    )
    assert run("-q", "talk.txt").text == "So we, we he he said.\n"
    configured("max-change = 0.1")
    ran = run("talk.txt", "-o", "out.txt")
    assert ran.code == 2
    assert not Path("out.txt").exists()
    assert ran.err == (
        "tidy: talk.txt: 37.5% of the words would go, more than the 10.0% that are allowed; nothing is written. "
        "See what with --diff, or allow more with --max-change\n"
    )
    assert run("-q", "--max-change", "40 %", "talk.txt").code == 0


def test_all_that_is_wrong_is_told_at_once(run: Run) -> None:  # noqa: F811
    problems = wrong(
        'levle = "clean"\nlevel = "cleen"\nselect = ["stuter"]\nignore = "stutter"\nsure = 2\nfold = 1\n'
        'protect = ["("]\ncorrections = ["no.toml"]\nmax-change = "lots"\nwords = { fillers = { sound = [] } }\n'
        '[rules.stutter]\nconfidence = -1\nsure = 1\n[rules.no-rule]\n[[overrides]]\nlevel = "x"\n'
    )
    assert [problem.partition(": ")[0] for problem in problems] == [
        "levle",
        "level",
        "select",
        "ignore",
        "sure",
        "fold",
        "protect[0]",
        "corrections[0]",
        "max-change",
        "words.[fillers] sound",
        "rules.stutter.confidence",
        "rules.stutter.sure",
        "rules.no-rule",
        "overrides[0].files",
        "overrides[0].level",
    ]
    assert problems[0] == "levle: no key is named 'levle'. Did you mean 'level'?"
    assert problems[2] == "select: no pass or rule is named 'stuter'. Did you mean 'stutter'?"
    ran = run("talk.txt")
    assert (ran.code, ran.out) == (2, b"")
    assert len(ran.err.splitlines()) == len(problems)
    assert all(line.startswith("tidy: ") and "tidytranscript.toml: " in line for line in ran.err.splitlines())


def test_what_is_no_toml_is_said() -> None:
    [problem] = wrong("level = clean")
    assert problem.startswith("no TOML in UTF-8: ")
    configured("[tool.other]", "pyproject.toml")
    with pytest.raises(BadConfig, match=r"holds no table \[tool.tidytranscript\]"):
        Config.read("pyproject.toml")


def test_a_named_configuration_must_be_there(run: Run) -> None:  # noqa: F811
    assert run("--config", "no.toml", "talk.txt").err == "tidy: no.toml: no such file. Check the path\n"
    assert "Leave out one" in run("--config", "no.toml", "--isolated", "talk.txt").err


@pytest.mark.parametrize("value", ["20%", "20 %", 0.2, "0.2"])
def test_a_share(value: object) -> None:
    assert share(value) == 0.2


@pytest.mark.parametrize("value", ["", "x", "120%", -1, True, None, "nan"])
def test_no_share(value: object) -> None:
    with pytest.raises(ValueError, match="must be a share"):
        share(value)


def test_init_writes_every_key_with_values_that_hold(run: Run) -> None:  # noqa: F811
    ran = run("init")
    assert ran.code == 0
    assert Path("tidytranscript.toml").read_text(encoding="utf-8") == commented()
    assert Config.read("tidytranscript.toml").values == {}
    assert run("init").err == "tidy: tidytranscript.toml: exists already. Name another file, or use --force\n"
    assert run("init", "-").text == commented()
    Path("names.toml").write_text('[people]\n"Ann Lee" = ["An Leigh"]\n', encoding="utf-8")
    configured(uncommented())
    made = Config.read("tidytranscript.toml")
    assert set(made.values) == set(KEYS)
    assert len(made.overrides) == 1


def test_config_says_what_is_in_force_and_why(run: Run) -> None:  # noqa: F811
    configured('level = "verbatim"')
    rows = [line.split(maxsplit=2) for line in run("config", "--sure", "0.5", "talk.txt").text.splitlines()]
    path = "tidytranscript.toml"
    assert rows[1] == ["level", '"verbatim"', f"{path}: level"]
    assert ["sure", "0.5", "command line"] in rows
    data = json.loads(run("config", "--output-format", "json").text)
    assert data["settings"][0] == {"key": "level", "value": "verbatim", "from": f"{path}: level"}


def test_the_published_schema_is_the_one_of_the_keys(run: Run) -> None:  # noqa: F811
    assert json.loads(run("config", "--schema").text) == schema()
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("data", "right"),
    [
        ({}, True),
        ({"level": "clean", "max-change": "20%", "rules": {"stutter": {"confidence": 0.9}}}, True),
        ({"overrides": [{"files": ["*.vtt"], "level": "verbatim"}]}, True),
        ({"words": {"fillers": {"sounds": ["eeh"]}}}, True),
        ({"levle": "clean"}, False),
        ({"level": "cleen"}, False),
        ({"sure": 2}, False),
        ({"overrides": [{"level": "clean"}]}, False),
        ({"rules": {"stutter": {"sure": 1}}}, False),
    ],
)
def test_the_schema_holds_what_the_reader_reads(data: dict[str, object], right: bool) -> None:
    assert jsonschema.Draft202012Validator(schema()).is_valid(data) is right
