"""The command: what it reads and writes, what it says, and how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn, Protocol

import pytest

import tidytranscript as tt
from tidytranscript.cli import main

SPOKEN = "Um, so we, we left. And then it, it rained.\n"
TIDIED = "So we left. And then it rained.\n"
MARKDOWN = (
    "# How Whales Sing in Winter\n\n"
    "## Transcript\n\n[0:05](https://example.org/t=5) Um, so we, we left.\n\n"
    "## Notes\n\n- um, no\n"
)
RULES = [rule.name for rule in tt.Pipeline.standard().rules]


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


class Run(Protocol):
    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Ran: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def run_(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
        with pytest.raises(SystemExit) as exit_:
            main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        code = exit_.value.code
        assert isinstance(code, int)
        assert b"Traceback" not in err
        return Ran(code, out, err.decode("utf-8"))

    return run_


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`talk.txt`, in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("talk.txt").write_text(SPOKEN, encoding="utf-8")
    return Path("talk.txt")


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tidytranscript", *arguments]
    return subprocess.run(command, capture_output=True, timeout=30, **options)  # type: ignore[call-overload,no-any-return]


def fail(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


# What goes where


def test_a_file_goes_to_standard_output_and_the_account_to_standard_error(run: Run, talk: Path) -> None:
    ran = run(talk)
    assert ran == (
        0,
        TIDIED.encode(),
        "talk.txt: 10 words in, 7 out; 3 edits (stutter 2, filler 1); 0 suggestions\n",
    )
    assert talk.read_text(encoding="utf-8") == SPOKEN


def test_the_account_names_the_three_rules_that_did_most(run: Run) -> None:
    said = "Um, uh, so we, we, we left. In pre -training we do 95 % of it,, and it's R&amp;D.\n"
    ran = run(stdin=said.encode())
    assert re.fullmatch(
        r"<stdin>: \d+ words in, \d+ out; \d+ edits \((\S+ \d+, ){3}\.\.\.\); \d+ suggestions?\n", ran.err
    )


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input(run: Run, arguments: Sequence[str]) -> None:
    assert run("-q", *arguments, stdin=SPOKEN.encode()) == (0, TIDIED.encode(), "")


def test_quiet_says_nothing(run: Run, talk: Path) -> None:
    assert run("--quiet", talk).err == ""


def test_files_follow_one_another_in_order(run: Run, talk: Path) -> None:
    Path("b.txt").write_text("Yes, um, I do.\n", encoding="utf-8")
    ran = run("b.txt", "-", talk, stdin=b"No.\n")
    assert ran.text == "Yes, I do.\nNo.\n" + TIDIED
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == ["b.txt", "<stdin>", "talk.txt"]


def test_line_ends_and_letters_pass_as_they_are(run: Run) -> None:
    content = "Grüße, Łódź\u2028und\r\nmehr\u0085\r\n".encode()
    assert run("-q", "--select", "", stdin=content).out == content


def test_an_empty_file_gives_nothing(run: Run, talk: Path) -> None:
    talk.write_bytes(b"")
    assert run(talk) == (0, b"", "talk.txt: 0 words in, 0 out; 0 edits; 0 suggestions\n")


def test_no_file_on_a_terminal_gives_help() -> None:
    code, shown = on_terminals([], out=False)
    assert code == 2
    assert "--output" in shown


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(run: Run, option: str) -> None:
    ran = run(option)
    assert ran.code == 0
    assert "tidy rules" in ran.text


# Formats


def test_markdown_is_written_back_in_place(run: Run, talk: Path) -> None:
    Path("talk.md").write_text(MARKDOWN, encoding="utf-8")
    assert run("-q", "talk.md").text == MARKDOWN.replace("Um, so we, we left", "So we left")


def test_another_format(run: Run, talk: Path) -> None:
    data = json.loads(run("-q", "--to", "json", talk).out)
    assert data["text"] == TIDIED
    assert [edit["rule"] for edit in data["edits"]] == ["filler", "filler", "stutter", "stutter"]
    assert run("-q", "--to", "markdown", talk).text.startswith("## Transcript\n\nSo we left.")


def test_from_forces_a_format(run: Run, talk: Path) -> None:
    assert run("-q", "--from", "text", "--select", "filler", "-", stdin=MARKDOWN.encode()).text.endswith("- no\n")


@pytest.mark.parametrize("to", ["text", "markdown", "json"])
@pytest.mark.parametrize("level", ["verbatim", "clean", "edited"])
@pytest.mark.parametrize(
    "source",
    [
        SPOKEN,
        MARKDOWN,
        "ANNA: Did, uh, did it, it work?\nBEN: It did.\nit did. So, so we left.\nANNA: Good.\n",
        "\ufeffWe left at, at ten.\r\nThen, um, it rained.\r\n",
        "A Talk on Whales\nBy The Sea Show\nTopics Covered\n- Ice\nFull Transcript\nUm, hi, hi there.\n",
    ],
)
def test_tidied_text_stays_as_it_is(run: Run, source: str, level: str, to: str) -> None:
    first = run("-q", "--level", level, "--to", to, stdin=source.encode())
    again = run("-q", "--level", level, stdin=first.out)
    assert first.code == again.code == 0
    assert again.text == first.text
    assert run("-q", "--check", "--level", level, stdin=first.out) == (0, b"", "")


# --output


def test_output_to_a_file(run: Run, talk: Path) -> None:
    ran = run(talk, "-o", "new.txt")
    assert (ran.code, ran.out) == (0, b"")
    assert Path("new.txt").read_text(encoding="utf-8") == TIDIED
    assert ran.err.startswith("talk.txt: 10 words in")


def test_the_name_of_the_output_says_its_format(run: Run, talk: Path) -> None:
    run(talk, "-o", "talk.json")
    assert json.loads(Path("talk.json").read_text(encoding="utf-8"))["text"] == TIDIED


def test_an_existing_file_is_kept_without_force(run: Run, talk: Path) -> None:
    Path("new.txt").write_text("mine", encoding="utf-8")
    ran = run(talk, "-o", "new.txt")
    assert (ran.code, ran.err) == (2, "tidy: new.txt: exists already. Name another file, or use --force\n")
    assert Path("new.txt").read_text(encoding="utf-8") == "mine"
    assert run(talk, "-o", "new.txt", "--force").code == 0
    assert Path("new.txt").read_text(encoding="utf-8") == TIDIED


def test_output_into_a_directory(run: Run, talk: Path) -> None:
    Path("in").mkdir()
    Path("in/b.md").write_text(MARKDOWN, encoding="utf-8")
    assert run("-q", talk, "in/b.md", "-o", "new/dir/") == (0, b"", "")
    assert Path("new/dir/talk.txt").read_text(encoding="utf-8") == TIDIED
    assert "So we left." in Path("new/dir/b.md").read_text(encoding="utf-8")
    assert run("-q", talk, "in/b.md", "--to", "markdown", "-o", "new") == (0, b"", "")
    assert sorted(path.name for path in Path("new").iterdir()) == ["b.md", "dir", "talk.md"]


def test_two_outputs_of_one_name_are_refused_before_anything_is_written(run: Run, talk: Path) -> None:
    Path("in").mkdir()
    Path("in/talk.md").write_text(MARKDOWN, encoding="utf-8")
    ran = run(talk, "in/talk.md", "--to", "json", "-o", "new/")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "tidy: new/talk.json: talk.txt and in/talk.md would both go there. Tidy them apart\n"
    assert not Path("new").exists()
    assert run(talk, talk, "-o", "new/").code == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["talk.txt", "b.txt", "-o", "new.txt"], "new.txt: one file cannot hold 2"),
        (["talk.txt", "-o", "talk.txt"], "talk.txt: is an input too. Use --write"),
        (["talk.txt", "-o", "talk.txt", "--force"], "talk.txt: is an input too. Use --write"),
        (["talk.txt", "-o", "."], "talk.txt: is an input too. Use --write"),
        (["-", "-o", "./"], "./: standard input has no name"),
        (["talk.txt", "-o", "no/new.txt"], "no/new.txt: there is no directory no."),
        (["talk.txt", "-o", "talk.txt/"], "talk.txt/: a part of this path is a file"),
        (["talk.txt", "--force"], "--force is about --output"),
        (["talk.txt", "--write", "-o", "b.txt"], "--write tidies files in place"),
        (["talk.txt", "--write", "--to", "json"], "--write tidies files in place"),
        (["-", "--write"], "--write tidies files in place"),
        (["--write"], "--write tidies files in place"),
        (["talk.txt", "--write", "--check"], "--write writes, and --check only shows"),
        (["talk.txt", "-o", "b.txt", "--diff"], "--output writes, and --diff only shows"),
        (["-", "-"], "-: standard input can be read only once"),
    ],
)
def test_what_does_not_go_together(run: Run, talk: Path, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"tidy: {says}")
    assert ran.err.count("\n") == 1
    assert talk.read_text(encoding="utf-8") == SPOKEN
    assert list(Path().iterdir()) == [talk]


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs /dev/null")
def test_a_device_is_written_to_and_not_replaced(run: Run, talk: Path) -> None:
    assert run("-q", talk, "-o", os.devnull) == (0, b"", "")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


# --write


def test_write_keeps_the_mode_and_the_link(run: Run, talk: Path) -> None:
    talk.chmod(0o640)
    Path("link.txt").symlink_to(talk)
    assert run("--write", "link.txt").out == b""
    assert talk.read_text(encoding="utf-8") == TIDIED
    assert stat.S_IMODE(talk.stat().st_mode) == 0o640
    assert Path("link.txt").is_symlink()
    assert sorted(os.listdir()) == ["link.txt", "talk.txt"]


def test_write_leaves_alone_what_does_not_change(run: Run, talk: Path) -> None:
    talk.write_text(TIDIED, encoding="utf-8")
    os.utime(talk, ns=(1, 1))
    inode = talk.stat().st_ino
    assert run("--write", talk).code == 0
    assert (talk.stat().st_mtime_ns, talk.stat().st_ino) == (1, inode)


def test_a_write_that_fails_leaves_the_file(run: Run, talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", fail)
    ran = run("--write", talk)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "tidy: talk.txt: No space left on device. Check the path and the disk\n"
    assert talk.read_text(encoding="utf-8") == SPOKEN
    assert os.listdir() == ["talk.txt"]


def test_write_keeps_the_encoding(run: Run, talk: Path) -> None:
    talk.write_bytes("Um, Grüße, Grüße an alle.\r\n".encode("cp1252"))
    assert run("--write", "--encoding", "cp1252", "--select", "filler", talk).code == 0
    assert talk.read_bytes() == "Grüße, Grüße an alle.\r\n".encode("cp1252")


def test_write_says_what_the_encoding_lacks(run: Run, talk: Path) -> None:
    Path("my.toml").write_text('[names]\n"Łódź" = ["lodge"]\n', encoding="utf-8")
    talk.write_bytes(b"We went to lodge.\n")
    before = talk.read_bytes()
    ran = run("--write", "--encoding", "cp1252", "--corrections", "my.toml", talk)
    assert ran.code == 2
    assert ran.err.startswith("tidy: talk.txt: the outcome holds '\\u0141', which ")
    assert talk.read_bytes() == before


# --diff and --check


def test_diff(run: Run, talk: Path) -> None:
    expected = f"--- talk.txt\n+++ talk.txt\n@@ -1,1 +1,1 @@\n-{SPOKEN}+{TIDIED}"
    assert run("-q", "--diff", talk) == (0, expected.encode(), "")
    assert run("-q", "--diff", "--check", talk) == (1, expected.encode(), "talk.txt: would change\n")
    assert talk.read_text(encoding="utf-8") == SPOKEN


def test_diff_is_coloured_on_a_terminal_only(run: Run, talk: Path) -> None:
    assert b"\x1b[" not in run("--diff", talk).out
    code, shown = on_terminals(["-q", "--diff", "talk.txt"], out=True)
    assert (code, "\x1b[" in shown) == (0, True)
    assert uncoloured(shown).endswith(f"-{SPOKEN}+{TIDIED}")


def test_check(run: Run, talk: Path) -> None:
    Path("fine.txt").write_text(TIDIED, encoding="utf-8")
    assert run("-q", "--check", talk, "fine.txt") == (1, b"", "talk.txt: would change\n")
    assert run("-q", "--check", "fine.txt") == (0, b"", "")
    ran = run("--check", talk, "fine.txt")
    assert ran.err.splitlines()[0].startswith("talk.txt: would change: 10 words in")
    assert ran.err.splitlines()[1].startswith("fine.txt: 7 words in")
    assert talk.read_text(encoding="utf-8") == SPOKEN


def test_check_of_an_input_that_cannot_be_read_is_an_error(run: Run, talk: Path) -> None:
    assert run("--check", talk, "missing.txt").code == 2


# What to run


def test_levels(run: Run, talk: Path) -> None:
    assert run("-q", "--level", "verbatim", talk).text == SPOKEN


def test_select_and_ignore(run: Run, talk: Path) -> None:
    assert run("-q", "--select", "fillers", talk).text == "So we, we left. And then it, it rained.\n"
    assert run("-q", "--select", "fillers, stutter", talk).text == TIDIED
    assert run("-q", "--select", "fillers", "--select", "stutter", talk).text == TIDIED
    assert run("-q", "--ignore", "filler", "--ignore", "repeats", talk).text == SPOKEN
    assert run("-q", "--select", "", talk).text == SPOKEN


def test_corrections(run: Run, talk: Path) -> None:
    Path("my.toml").write_text('[names]\n"Jerry Tworek" = ["jerry twerk"]\n', encoding="utf-8")
    ran = run("--corrections", "my.toml", stdin=b"I met Jerry Twerk there.\n")
    assert ran.text == "I met Jerry Tworek there.\n"
    assert "misheard 1" in ran.err


def test_names_are_parted_by_commas(run: Run, talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    standard = tt.Pipeline.standard

    def noted(*arguments: object, **options: object) -> tt.Pipeline:
        seen.append(options["names"])
        return standard()

    monkeypatch.setattr(tt.Pipeline, "standard", noted)
    run("--names", "Ann Lee,Bo Ek", "--names", " Cy ", talk)
    assert seen == [("Ann Lee", "Bo Ek", "Cy")]


# What can go wrong


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"caf\xe9\n", "not UTF-8 at byte 3 (0xe9). Likely it is in Windows-1252: try --encoding cp1252"),
        (b"\xff\xfe\0\0h\0\0\0", "not UTF-8 at byte 0: it starts with the mark of utf-32. If"),
        (b"\x89PNG\r\n\x1a\n", "this is an image, not text. Give the transcript as text"),
        (b"\0\1\0\2" * 9, "this is binary data, not text"),
        (b"{\\rtf1 Hello.}", "this is RTF, which nothing here reads. Convert it first"),
        (b'{"schema": "tidytranscript/1"', "no transcript in JSON"),
    ],
)
def test_unreadable_content(run: Run, talk: Path, content: bytes, says: str) -> None:
    Path("bad").write_bytes(content)
    ran = run("-q", "bad", talk)
    assert (ran.code, ran.text) == (2, TIDIED)
    assert ran.err.startswith(f"tidy: bad: {says}")
    assert ran.err.count("\n") == 1
    assert run("-q", stdin=content).err.startswith(f"tidy: <stdin>: {says}")


def test_missing_files_and_directories(run: Run, talk: Path) -> None:
    Path("dir").mkdir()
    ran = run("-q", "missing.txt", "dir", talk)
    assert (ran.code, ran.text) == (2, TIDIED)
    assert ran.err.splitlines() == [
        "tidy: missing.txt: no such file. Check the path",
        "tidy: dir: is a directory. Name the files in it",
    ]


def test_permission(run: Run, talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run(talk) == (2, b"", "tidy: talk.txt: permission denied. Check who may read and write there\n")


def test_a_bad_dictionary_stops_the_run(run: Run, talk: Path) -> None:
    Path("bad.toml").write_text('[a]\n"X" = []\n"Y" = {hear = ["z"]}\n', encoding="utf-8")
    ran = run("--corrections", "bad.toml", talk, "-o", "new.txt")
    assert (ran.code, ran.out) == (2, b"")
    lines = ran.err.splitlines()
    assert len(lines) == 3
    assert [line[: line.index("[a]")] for line in lines] == [f"tidy: bad.toml: line {n}: " for n in (2, 3, 3)]
    assert not Path("new.txt").exists()
    assert run("--corrections", "no.toml", talk) == (2, b"", "tidy: no.toml: no such file. Check the path\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--level", "cleen"], "no level is named 'cleen'. Did you mean 'clean'?"),
        (["--level", "xyz"], "no level is named 'xyz'. There are: verbatim, clean, edited"),
        (["--select", "stuter"], "no pass or rule is named 'stuter'. Did you mean 'stutter'?"),
        (["--ignore", "qqq"], "no pass or rule is named 'qqq'. See `tidy rules`"),
        (["--to", "jsn"], "no format is named 'jsn'. Did you mean 'json'?"),
        (["--from", "pdf"], "no format is named 'pdf'. See `tidy formats`"),
        (["--encoding", "utf-88"], "no encoding is named 'utf-88'. Try"),
        (["--encoding", "hex"], "no encoding is named 'hex'. Try"),
        (["--levle"], "No such option"),
    ],
)
def test_unknown_names(run: Run, talk: Path, arguments: list[str], says: str) -> None:
    ran = run(*arguments, talk)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"tidy: {says}")
    assert ran.err.count("\n") == 1


def test_a_fault_of_the_library_is_told_in_one_line(run: Run, talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> NoReturn:
        raise KeyError("lost")

    monkeypatch.setattr(tt.Pipeline, "__call__", broken)
    ran = run(talk)
    assert ran.code == 2
    assert re.fullmatch(r"tidy: talk\.txt: a fault in tidy itself, KeyError\('lost'\) at \S+:\d+\. .*\n", ran.err)


# The other commands


def test_rules_lists_the_catalogue_in_order(run: Run) -> None:
    rows = run("rules").text.splitlines()
    assert rows[0].split()[:3] == ["pass", "rule", "level"]
    assert [row.split()[1] for row in rows[1:]] == RULES


def test_rules_as_a_table_on_a_terminal() -> None:
    code, shown = on_terminals(["rules"], out=True)
    assert code == 0
    assert all(name in shown for name in RULES)
    assert max(map(len, uncoloured(shown).splitlines())) <= 80


@pytest.mark.parametrize("name", RULES)
def test_explain_a_rule(run: Run, name: str) -> None:
    rule = next(rule for rule in tt.Pipeline.standard().rules if rule.name == name)
    ran = run("explain", name)
    assert ran.code == 0
    rows = ran.text.splitlines()
    assert rows[0] == name
    assert rule.summary in ran.text
    assert sum(row.startswith("      -> ") for row in rows) >= len(rule.fixes)


def test_explain_a_pass_explains_its_rules(run: Run) -> None:
    rows = run("explain", "repeats").text.splitlines()
    assert [row for row in rows if row in RULES] == ["stutter", "repeated-phrase"]


def test_explain_the_unknown(run: Run) -> None:
    assert run("explain", "filer") == (
        2,
        b"",
        "tidy: no pass or rule is named 'filer'. Did you mean 'filler'?\n",
    )
    assert run("explain").code == 2


def test_words_win_over_files(run: Run, talk: Path) -> None:
    Path("rules").write_text(SPOKEN, encoding="utf-8")
    assert run("rules").text.startswith("pass")
    assert run("-q", "./rules").text == TIDIED
    ran = run("rules", "talk.txt")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "./rules" in ran.err


@pytest.mark.parametrize(
    ("name", "command"), [("rule", "tidy rules"), ("explian", "tidy explain RULE"), ("help", "tidy --help")]
)
def test_a_missing_file_near_a_command(run: Run, talk: Path, name: str, command: str) -> None:
    assert run(name).err == f"tidy: {name}: no such file. Did you mean the command `{command}`?\n"


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"tidy {tt.__version__}\n".encode(), "")


# As a process


def test_version_loads_nothing_that_is_slow() -> None:
    code = (
        "import sys\nfrom tidytranscript.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: print([m for m in ('rich', 'ftfy') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=True)
    assert ran.stdout.decode().split() == ["tidy", tt.__version__, "[]"]


def test_bytes_pass_through_a_real_pipe() -> None:
    ran = process("-q", "--select", "", input="é\r\n\u2028\n".encode(), env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "é\r\n\u2028\n".encode(), b"")


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_closed_pipe_is_silent(talk: Path) -> None:
    talk.write_text("So we left, and it rained.\n" * 20_000, encoding="utf-8")
    command = f"{sys.executable} -m tidytranscript -q --select '' talk.txt | head -n 1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, timeout=30, check=False)
    assert (ran.stdout, ran.stderr) == (b"So we left, and it rained.\n", b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["-q", "talk.txt"], ["--version"], ["rules"]])
def test_a_full_disk_behind_standard_output(talk: Path, arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "tidytranscript", *arguments]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=30, check=False)
    assert ran.returncode == 2
    assert ran.stderr == b"tidy: <stdout>: No space left on device. Write elsewhere\n"


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_an_interrupt_leaves_nothing_behind(talk: Path) -> None:
    code = (
        "import os, time\nfrom tidytranscript.cli import main\n"
        "def wait(*_): print('here', flush=True); time.sleep(20)\n"
        "os.replace = wait\nmain(['-q', '--write', 'talk.txt'])"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline() == b"here\n"
        assert len(os.listdir()) == 2
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=10) == 130
        assert running.stderr.read() == b""
    assert os.listdir() == ["talk.txt"]
    assert talk.read_text(encoding="utf-8") == SPOKEN


def on_terminals(arguments: Sequence[str], *, out: bool) -> tuple[int, str]:
    """The exit code of a process, and what it writes to a terminal as standard error (and output)."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tidytranscript", *arguments]
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    env.pop("NO_COLOR", None)
    stdout = theirs if out else subprocess.DEVNULL
    with subprocess.Popen(command, stdin=theirs, stdout=stdout, stderr=theirs, env=env) as running:
        os.close(theirs)
        seen = bytearray()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        code = running.wait(timeout=10)
    os.close(ours)
    return code, seen.decode("utf-8").replace("\r\n", "\n")


def uncoloured(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


@pytest.fixture
def many(talk: Path) -> list[str]:
    for i in range(21):
        Path(f"{i}.txt").write_text(SPOKEN, encoding="utf-8")
    return [f"{i}.txt" for i in range(21)]


def has_bar(shown: str) -> bool:
    return "━" in shown or "%" in shown


def test_a_progress_bar_for_many_files_on_a_terminal(many: list[str]) -> None:
    code, shown = on_terminals([*many, "-o", "new/"], out=False)
    assert (code, has_bar(shown)) == (0, True)
    assert shown.count("words in") == 21


def test_the_bar_does_not_mix_with_the_text(many: list[str]) -> None:
    code, shown = on_terminals(["-q", *many], out=True)
    assert (code, has_bar(shown)) == (0, False)
    assert re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", shown).replace("\n\n", "\n").strip() == (TIDIED * 21).strip()


def test_no_progress_bar_for_few_files_or_off_a_terminal(run: Run, talk: Path, many: list[str]) -> None:
    assert not has_bar(on_terminals(["talk.txt"], out=False)[1])
    assert not has_bar(run(*many).err)


# Captions

CUES = (
    "1\n00:00:01,000 --> 00:00:03,000\nUm, so we, we left.\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\nUm.\n\n"
    "3\n00:00:04,000 --> 00:00:06,500\nAnd then it rained.\n"
)
CUES_TIDIED = "1\n00:00:01,000 --> 00:00:03,000\nSo we left.\n\n3\n00:00:04,000 --> 00:00:06,500\nAnd then it rained.\n"
ROLLING = (Path(__file__).parent.parent / "docs" / "captions.vtt").read_text(encoding="utf-8")


@pytest.fixture
def captions(talk: Path) -> Path:
    """`talk.srt`, in the working directory."""
    Path("talk.srt").write_bytes(CUES.encode())
    return Path("talk.srt")


def test_captions_are_tidied_in_their_own_format(run: Run, captions: Path) -> None:
    assert run("-q", captions).text == CUES_TIDIED


@pytest.mark.parametrize(
    "written",
    [
        CUES.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + CUES.encode(),
        b"\xff\xfe" + CUES.encode("utf-16-le"),
        b"\xfe\xff" + CUES.replace("\n", "\r\n").encode("utf-16-be"),
    ],
    ids=["crlf", "utf-8 with a mark", "utf-16-le", "utf-16-be with crlf"],
)
def test_write_keeps_the_encoding_and_the_line_ends(run: Run, captions: Path, written: bytes) -> None:
    captions.write_bytes(written)
    assert run("-q", "--write", "--select", "loops", captions) == (0, b"", "")
    assert captions.read_bytes() == written
    assert run("-q", "--write", captions) == (0, b"", "")
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(written[:2], "utf-8")
    made = captions.read_bytes().decode(encoding)
    assert made.startswith("\ufeff") == written.decode(encoding).startswith("\ufeff")
    expected = CUES_TIDIED.replace("\n", "\r\n") if b"\r" in written else CUES_TIDIED
    assert made.removeprefix("\ufeff") == expected


def test_the_name_of_the_output_says_the_format(run: Run, captions: Path) -> None:
    assert run("-q", captions, "-o", "talk.vtt").code == 0
    assert Path("talk.vtt").read_text(encoding="utf-8") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nSo we left.\n\n00:00:04.000 --> 00:00:06.500\nAnd then it rained.\n"
    )
    assert run("-q", "talk.vtt", "-o", "back.srt").code == 0
    assert Path("back.srt").read_text(encoding="utf-8") == CUES_TIDIED.replace("3\n00", "2\n00")


def test_a_file_stays_in_its_own_format_where_the_name_fits_several(run: Run, talk: Path) -> None:
    whisper = {"text": " Um, so we left.", "segments": [{"start": 0.0, "end": 2.0, "text": " Um, so we left."}]}
    Path("talk.json").write_text(json.dumps(whisper), encoding="utf-8")
    assert run("-q", "talk.json", "-o", "tidied.json").code == 0
    assert json.loads(Path("tidied.json").read_bytes())["segments"][0]["text"] == " So we left."
    assert run("-q", "--to", "json", "talk.json").text.startswith('{\n  "schema": "tidytranscript/1"')


def test_a_format_that_is_only_read_comes_out_as_text(run: Run, talk: Path) -> None:
    words = [{"word": "hello", "start": 0.1, "end": 0.5, "punctuated_word": "Hello."}]
    found = {"results": {"channels": [{"alternatives": [{"transcript": "Hello.", "words": words}]}]}}
    Path("deep.json").write_text(json.dumps(found), encoding="utf-8")
    assert run("-q", "deep.json").text == "Hello.\n"
    assert run("-q", "deep.json", "-o", "out/").code == 0
    assert Path("out/deep.txt").read_text(encoding="utf-8") == "Hello.\n"
    assert run("--check", "-q", "deep.json").code == 0
    assert "this format is only read" in run("--write", "deep.json").err
    assert "deepgram is only read, not written" in run("--to", "deepgram", "deep.json").err
    assert "files of this name are only read" in run("deep.json", "-o", "deep.docx").err


def test_rolling_captions_come_out_once(run: Run, talk: Path) -> None:
    Path("roll.vtt").write_text(ROLLING, encoding="utf-8")
    ran = run("--level", "verbatim", "--select", "echo", "roll.vtt", "-o", "roll.srt")
    assert ran.code == 0
    said = [line for line in Path("roll.srt").read_text(encoding="utf-8").split("\n") if line[:1].isalpha()]
    assert said == ["So we went, um, down to", "the, the harbour. Right?", "Right."]
    lost, account = ran.err.splitlines()
    assert lost.startswith("roll.vtt: left out, since the format cannot hold it: the times of 11 words, ")
    assert account.endswith("; doubling ratio 2.91 before, 1.00 after")
    assert run("-q", "--level", "verbatim", "--select", "echo", "roll.vtt", "-o", "again.srt").err == ""


def test_captions_are_cut_anew(run: Run, talk: Path) -> None:
    Path("roll.vtt").write_text(ROLLING, encoding="utf-8")
    ran = run("-q", "--recut", "--to", "srt", "roll.vtt")
    assert ran == (0, b"1\n00:00:01,000 --> 00:00:07,490\nSo we went down to the harbour.\nRight? Right.\n", "")
    assert run("-q", "--recut", "roll.vtt").text.startswith("WEBVTT\n\n00:00:01.000 --> ")
    ran = run("--recut", talk)
    assert (ran.code, ran.err) == (
        2,
        "tidy: talk.txt: --recut is for cues, which text has none of. Add --to srt or --to vtt\n",
    )


def test_what_is_odd_is_said_with_its_line(run: Run, talk: Path) -> None:
    Path("odd.srt").write_text(CUES.replace("2\n00", "7\n00"), encoding="utf-8")
    ran = run("odd.srt")
    assert ran.code == 0
    assert ran.err.splitlines()[0] == "odd.srt:5: number 7 where 2 should be; left it as it is"
    assert run("-q", "odd.srt").err == ""


def test_no_times_no_captions(run: Run, talk: Path) -> None:
    ran = run("--to", "srt", talk)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "tidy: talk.txt: srt needs times: the transcript has none. Write it as text, markdown or json\n"


def test_two_formats_that_fit_are_an_error_that_names_both(run: Run) -> None:
    content = b"00:00:01.000 --> 00:00:02.000\nHello.\n"
    ran = run(stdin=content)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "tidy: <stdin>: this could be vtt or srt. Say which: --from vtt\n"
    assert run("-q", "--from", "srt", stdin=content).out == content
    assert run("-q", "--from", "vtt", stdin=content).out == content


def test_formats_are_listed(run: Run) -> None:
    lines = run("formats").text.splitlines()
    assert lines[0].split()[:2] == ["name", "format"]
    assert [line.split()[0] for line in lines[1:]] == list(tt.formats.FORMATS)
