"""Reports for machines, several files at a time, logs and what they take back, and decisions on the command line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from test_cli import Run, run  # noqa: F401 - a fixture

import tidytranscript as tt
from tidytranscript.decisions import hash_of

SAID = "Um, so we, we left. It goes goes on.\n"
TIDIED = "So we left. It goes goes on.\n"
RULES = [rule.name for rule in tt.Pipeline.standard(checks=True).rules]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a talk.txt").write_text(SAID, encoding="utf-8")
    Path("fine.txt").write_text("So we left.\n", encoding="utf-8")


def decisions(path: str, text: str, *made: tt.Decision) -> str:
    Path(path).write_text(tt.Decisions(hash_of(text), made, "a talk.txt").dumps(), encoding="utf-8")
    return path


# Formats for machines


def test_json_has_all_findings_and_all_failures(run: Run) -> None:  # noqa: F811
    ran = run("check", "-q", "--suggestions", "--output-format", "json", "a talk.txt", "no.txt", "fine.txt")
    assert ran.code == 2
    data = json.loads(ran.text)
    assert data["schema"] == "tidytranscript.findings/1"
    assert [(f["rule"], f["kind"], f["line"], f["column"]) for f in data["findings"]] == [
        ("filler", "finding", 1, 1),
        ("stutter", "finding", 1, 12),
        ("stutter", "suggestion", 1, 29),
    ]
    assert all(SAID[f["start"] : f["end"]] == f["old"] for f in data["findings"])
    assert data["errors"] == [{"file": "no.txt", "message": "no.txt: no such file. Check the path"}]


def test_jsonl_is_an_object_to_a_line(run: Run) -> None:  # noqa: F811
    ran = run("check", "-q", "--output-format", "jsonl", "a talk.txt", "no.txt")
    *findings, error = [json.loads(line) for line in ran.text.splitlines()]
    assert [finding["rule"] for finding in findings] == ["filler", "stutter"]
    assert error["error"]["file"] == "no.txt"


def test_github_has_annotations(run: Run) -> None:  # noqa: F811
    ran = run("check", "-q", "--suggestions", "--output-format", "github", "a talk.txt", "no.txt")
    assert ran.text.splitlines()[0] == "::warning file=a talk.txt,line=1,col=1,title=filler::'Um' fills a pause"
    assert ran.text.splitlines()[2].startswith("::notice file=a talk.txt,line=1,col=29,title=stutter::")
    assert ran.text.splitlines()[3] == "::error file=no.txt::no.txt: no such file. Check the path"


def test_sarif_is_a_log_of_one_run(run: Run) -> None:  # noqa: F811
    ran = run("check", "-q", "--output-format", "sarif", "a talk.txt", "no.txt")
    data = json.loads(ran.text)
    [made] = data["runs"]
    assert data["version"] == "2.1.0"
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == RULES
    [filler, stutter] = made["results"]
    assert RULES[filler["ruleIndex"]] == filler["ruleId"] == "filler"
    place = stutter["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20talk.txt"}, "region": {"startLine": 1, "startColumn": 12}}
    [invocation] = made["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "no.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


@pytest.mark.parametrize("form", ["json", "sarif"])
@pytest.mark.parametrize("more", [("--ignore", "stuter"), ("--no-such",), ("--encoding", "x"), ("--config", "no.toml")])
def test_there_is_one_document_even_where_all_fails(run: Run, form: str, more: tuple[str, ...]) -> None:  # noqa: F811
    ran = run("check", f"--output-format={form}", *more, "a talk.txt")
    assert ran.code == 2
    said = ran.err.removeprefix("tidy: ").strip()
    data = json.loads(ran.text)
    if form == "json":
        assert data["errors"][0]["message"] == said
    else:
        assert data["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == said


@pytest.mark.parametrize(("command", "key"), [("rules", "rules"), ("formats", "formats"), ("stats", "speakers")])
def test_tables_are_documents_as_well(run: Run, command: str, key: str) -> None:  # noqa: F811
    files = ["a talk.txt"] if command == "stats" else []
    document = json.loads(run(command, "--output-format", "json", *files).text)
    lines = [json.loads(line) for line in run(command, "--output-format", "jsonl", *files).text.splitlines()]
    assert document[key] == lines
    assert lines


# Several files at a time


def many(count: int) -> list[str]:
    names = [f"talk{number:03}.txt" for number in range(count)]
    for number, name in enumerate(names):
        Path(name).write_text(f"Um, so we, we left {number} times.\n", encoding="utf-8")
    return names


def test_several_processes_say_the_same_in_the_same_order(run: Run) -> None:  # noqa: F811
    names = [*many(23), "no.txt", "fine.txt"]
    one = run("check", *names)
    assert run("check", "--jobs", "3", *names) == one
    assert one.code == 2
    assert run(*names, "-j", "2") == run(*names)
    assert run("stats", *names, "-j", "0") == run("stats", *names)


def test_several_processes_write_what_one_writes(run: Run) -> None:  # noqa: F811
    names = many(5)
    assert run("-q", "-j2", "-o", "out/", *names).code == 0
    assert [Path("out", name).read_text(encoding="utf-8") for name in names] == [
        f"So we left {number} times.\n" for number in range(5)
    ]


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_leaves_no_half_written_file(workers: str) -> None:
    names = many(40)
    for name in names:
        Path(name).write_text(SAID * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "tidytranscript", "-q", "--jobs", workers, "--select", "filler", "--write", *names]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        until = time.monotonic() + 60
        while Path(names[0]).stat().st_size == len(SAID) * 3000 and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert sorted(path.name for path in Path().iterdir() if path.name.startswith(".")) == []
    tidied = ("So we, we left. It goes goes on.\n" + SAID.replace("Um, so", "So") * 2999).encode()
    contents = [Path(name).read_bytes() for name in names]
    assert set(contents) <= {(SAID * 3000).encode(), tidied}
    assert contents[0] == tidied


@pytest.mark.skipif(os.name != "posix", reason="pipes break elsewhere as well, but otherwise")
def test_a_broken_pipe_ends_all_processes_and_is_silent() -> None:
    names = many(300)
    command = [sys.executable, "-m", "tidytranscript", "check", "-q", "--jobs", "2", *names]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"talk000.txt:1:1 ")
        process.stdout.close()
        process.wait(timeout=60)
        assert process.stderr  # which ends when the last of the processes has let go of it
        assert (process.returncode, process.stderr.read()) == (141, b"")


@pytest.mark.skipif(shutil.which("pgrep") is None, reason="needs pgrep")
def test_a_process_that_ends_is_said() -> None:
    names = many(40)
    for name in names:
        Path(name).write_text(SAID * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "tidytranscript", "check", "-q", "--jobs", "2", *names]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 60
        workers: list[str] = []
        while len(workers) < 2 and time.monotonic() < until:
            time.sleep(0.1)
            listed = subprocess.run(
                ["pgrep", "-P", str(process.pid), "-f", "spawn_main"], capture_output=True, text=True
            )
            workers = listed.stdout.split()
        os.kill(int(workers[0]), signal.SIGKILL)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith(b"tidy: a process that tidied texts has ended")


# Counting


def test_stat_is_a_table_of_how_much_changes(run: Run) -> None:  # noqa: F811
    rows = [line.split("  ") for line in run("-q", "--stat", "a talk.txt", "fine.txt").text.splitlines()]
    assert [[cell.strip() for cell in row if cell.strip()] for row in rows] == [
        ["file", "words in", "words out", "gone", "edits"],
        ["a talk.txt", "9", "7", "22.2%", "2"],
        ["fine.txt", "3", "3", "0.0%", "0"],
    ]
    assert "Leave out one of them" in run("--stat", "--diff", "fine.txt").err


def test_looking_is_never_too_much(run: Run) -> None:  # noqa: F811
    assert run("-q", "--max-change", "1%", "--diff", "a talk.txt").code == 0
    assert run("-q", "--max-change", "1%", "--stat", "a talk.txt").code == 0
    assert run("-q", "--max-change", "1%", "a talk.txt")[:2] == (2, b"")


# Converting


def test_convert_changes_no_word(run: Run) -> None:  # noqa: F811
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Um, we, we left.\n\n00:03.000 --> 00:04.000\n<v Bo>When?\n"
    Path("a.vtt").write_text(cues, encoding="utf-8")
    assert run("convert", "-q", "a.vtt", "--to", "srt").text == (
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: Um, we, we left.\n\n2\n00:00:03,000 --> 00:00:04,000\nBo: When?\n"
    )
    assert run("convert", "-q", "a.vtt", "-o", "a.txt").code == 0
    assert Path("a.txt").read_text(encoding="utf-8") == "Ann: Um, we, we left.\n\nBo: When?\n"
    assert "say into which format" in run("convert", "a.vtt").err


# Taking back


def test_an_output_goes_back_to_its_source_byte_for_byte(run: Run) -> None:  # noqa: F811
    content = "\ufeffUm, so we, we left.\r\n".encode()
    Path("raw.txt").write_bytes(content)
    assert run("-q", "raw.txt", "-o", "out.txt", "--log", "out.log.json").code == 0
    assert run("revert", "-q", "out.txt", "--log", "out.log.json") == (0, content, "")
    ran = run("revert", "out.txt", "--log", "out.log.json", "--write")
    assert ran == (0, b"", "out.txt: 2 edits taken back\n")
    assert Path("out.txt").read_bytes() == content


def test_the_edits_of_one_rule_go_back(run: Run) -> None:  # noqa: F811
    assert run("-q", "a talk.txt", "--confidence", "stutter=0.4", "--log", "log").text == "So we left. It goes on.\n"
    Path("out.txt").write_text("So we left. It goes on.\n", encoding="utf-8")
    back = run("revert", "out.txt", "--log", "log", "--rule", "fillers")
    assert back.text == "Um, so we left. It goes on.\n"
    assert back.err == "out.txt: 1 edit taken back\n"
    assert "Did you mean 'stutter'?" in run("revert", "out.txt", "--log", "log", "--rule", "stuter").err


@pytest.mark.parametrize("written", [("--write",), ()])
def test_other_encodings_go_back_as_well(run: Run, written: tuple[str, ...]) -> None:  # noqa: F811
    content = SAID.encode("utf-16")
    Path("wide.txt").write_bytes(content)
    out = run("-q", "wide.txt", "--log", "log", *written).out
    if not written:
        Path("wide.txt").write_bytes(out)
    assert run("revert", "-q", "wide.txt", "--log", "log").out == content
    assert "Um, so we left." in run("revert", "-q", "wide.txt", "--log", "log", "--rule", "filler").out.decode(
        "utf-16" if written else "utf-8"
    )


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
def test_an_end_by_a_signal_leaves_no_half_written_file() -> None:
    Path("long.txt").write_text(SAID * 200_000, encoding="utf-8")
    command = [sys.executable, "-m", "tidytranscript", "-q", "--select", "filler", "--write", "long.txt"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        time.sleep(1)
        process.terminate()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) in ((143, b""), (0, b""))
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_nothing_is_written_over_that_was_not_meant(run: Run) -> None:  # noqa: F811
    run("-q", "a talk.txt", "-o", "out.txt", "--log", "log")
    assert "exists already" in run("revert", "out.txt", "--log", "log", "-o", "fine.txt").err
    assert run("revert", "-q", "out.txt", "--log", "log", "-o", "fine.txt", "--force").code == 0
    for arguments in (["--log", "a talk.txt", "--force"], ["-o", "new.txt", "--log", "new.txt"]):
        assert "Name another file for the log" in run("a talk.txt", *arguments).err
    assert "Name another file for the page" in run("review", "a talk.txt", "-o", "a talk.txt", "--force").err
    assert Path("a talk.txt").read_text(encoding="utf-8") == SAID


def test_what_was_changed_since_is_not_lost(run: Run) -> None:  # noqa: F811
    run("-q", "a talk.txt", "-o", "out.txt", "--log", "log")
    Path("out.txt").write_text("Mine.", encoding="utf-8")
    ran = run("revert", "out.txt", "--log", "log", "--write")
    assert ran.code == 2
    assert "was changed since" in ran.err
    assert Path("out.txt").read_text(encoding="utf-8") == "Mine."
    assert run("revert", "-q", "out.txt", "--log", "log", "--force").text == SAID


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "tidytranscript.log/1"}', '{"schema": 1}'])
def test_what_is_no_log_is_said(run: Run, content: str) -> None:  # noqa: F811
    Path("log").write_text(content, encoding="utf-8")
    ran = run("revert", "fine.txt", "--log", "log")
    assert ran.code == 2
    assert ran.err.startswith("tidy: log: no log that `tidy --log` wrote: ")


def test_logs_of_several_files_go_to_a_folder(run: Run) -> None:  # noqa: F811
    assert run("-q", "--write", "a talk.txt", "fine.txt", "--log", "logs/").code == 0
    assert sorted(path.name for path in Path("logs").iterdir()) == ["a talk.txt.log.json", "fine.txt.log.json"]
    assert run("revert", "-q", "a talk.txt", "--log", "logs/a talk.txt.log.json").text == SAID
    assert "exists already" in run("a talk.txt", "--log", "logs/").err
    assert "one log cannot hold 2 files" in run("a talk.txt", "fine.txt", "--log", "log").err


# Decisions and comments


def test_decisions_are_obeyed(run: Run) -> None:  # noqa: F811
    [um, capital, _] = tt.tidy(SAID).edits
    [goes] = tt.tidy(SAID).suggestions
    made = [tt.Decision(False, c.rule, c.start, c.end, c.old, c.new) for c in (um, capital)]
    made.append(tt.Decision(True, goes.rule, goes.start, goes.end, goes.old, goes.new))
    path = decisions("d.json", SAID, *made)
    assert run("-q", "a talk.txt", "--decisions", path).text == "Um, so we left. It goes on.\n"
    assert run("check", "-q", "a talk.txt", "--decisions", path).text.count(" stutter ") == 2


def test_decisions_for_no_text_are_an_error(run: Run) -> None:  # noqa: F811
    path = decisions("d.json", "another")
    ran = run("-q", "a talk.txt", "--decisions", path)
    assert (ran.code, ran.text) == (2, TIDIED)
    assert ran.err.startswith("tidy: d.json: these decisions are for none of the texts")
    assert run("-q", "a talk.txt", "--decisions", "no.json").err == "tidy: no.json: no such file. Check the path\n"


def test_a_decision_that_decides_nothing_is_found(run: Run) -> None:  # noqa: F811
    path = decisions("d.json", SAID, tt.Decision(False, "filler", 20, 22, "It", ""))
    ran = run("check", "-q", "--select", "filler", "a talk.txt", "--decisions", path)
    assert ran.text.splitlines()[1].startswith("a talk.txt:1:21 unused-suppression a decision rejected ")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("no", "no JSON"),
        ("{}", '"schema" must be'),
        ('{"schema": "tidytranscript.decisions/1"}', '"text" must be'),
        ('{"schema": "tidytranscript.decisions/1", "text": "", "decisions": [{}]}', 'decision 1: "decision" must be'),
    ],
)
def test_broken_decisions_are_said(run: Run, content: str, problem: str) -> None:  # noqa: F811
    Path("d.json").write_text(content, encoding="utf-8")
    ran = run("a talk.txt", "--decisions", "d.json")
    assert ran.code == 2
    assert ran.err.startswith("tidy: d.json: ")
    assert problem in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vtt", "WEBVTT\n\n{}\n\n00:01.000 --> 00:02.000\nUm, we, we left.\n"),
        ("a.md", "# On Whales\n\n## Transcript\n\n{}\n\n[0:05](https://example.org/t=5) Um, we, we left.\n"),
    ],
)
def test_comments_switch_rules_off(run: Run, name: str, content: str) -> None:  # noqa: F811
    note = ("NOTE {}" if name.endswith("vtt") else "<!-- {} -->").format
    Path(name).write_text(content.format(note("tidy: off filler")), encoding="utf-8")
    assert "Um, we left." in run("-q", name).text
    Path(name).write_text(content.format(note("tidy: off")), encoding="utf-8")
    assert "Um, we, we left." in run("-q", name).text
    Path(name).write_text(content.format(note("tidy: off rolling-ecko")), encoding="utf-8")
    found = run("check", "-q", name).text
    assert "there is no pass or rule rolling-ecko" in found
    assert " unused-suppression " in found


def test_sic_keeps_the_word_before_it(run: Run) -> None:  # noqa: F811
    assert run("-q", stdin=b"He um [sic] said, um, so so [sic].").text == "He um [sic] said, so so [sic]."


def test_a_pattern_that_is_none_is_said(run: Run) -> None:  # noqa: F811
    assert run("--protect", "(", "fine.txt").err.startswith("tidy: --protect: '(' is no regular expression")
    assert run("-q", "--protect", "we, we", "a talk.txt").text == "So we, we left. It goes goes on.\n"


@pytest.mark.parametrize("value", ["stutter", "stutter=x", "stutter=2", "=1", "stuter=0.5"])
def test_a_confidence_that_is_none_is_said(run: Run, value: str) -> None:  # noqa: F811
    ran = run("--confidence", value, "fine.txt")
    assert ran.code == 2
    assert ran.err.startswith("tidy: ")


# Shells


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_that_asks_the_command(run: Run, shell: str) -> None:  # noqa: F811
    assert "_TIDY_COMPLETE=" in run("completion", shell).text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["tidy", "exp"], "explain"),
        (["tidy", "--le"], "--level"),
        (["tidy", "--ignore", "filler,stut"], "filler,stutter"),
        (["tidy", "explain", "rolling"], "rolling-echo"),
        (["tidy", "check", "--output-format", "sa"], "sarif"),
        (["tidy", "convert", "--to", "sr"], "srt"),
    ],
)
def test_what_is_typed_is_completed(run: Run, monkeypatch: pytest.MonkeyPatch, typed: Any, found: str) -> None:  # noqa: F811
    monkeypatch.setenv("_TIDY_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(typed))
    monkeypatch.setenv("COMP_CWORD", str(len(typed) - 1))
    assert f"plain,{found}" in run().text.splitlines()
