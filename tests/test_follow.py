"""`tidy --follow`: live text from standard input, or from a file that grows, in real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAID = [f"So, um, we, we left house {i} at, uh, nine and went to the old harbour.\n" for i in range(200)]
TIDIED = "".join(f"So we left house {i} at nine and went to the old harbour.\n" for i in range(200))
FOLLOW = [sys.executable, "-m", "tidytranscript", "--follow", "--isolated"]


def test_standard_input_comes_out_as_it_settles() -> None:
    with subprocess.Popen(FOLLOW, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdin
        assert run.stdout
        assert run.stderr
        for line in SAID:
            run.stdin.write(line.encode())
        run.stdin.flush()
        first = run.stdout.readline().decode()  # comes while standard input is still open
        assert TIDIED.startswith(first)
        run.stdin.close()
        assert first + run.stdout.read().decode() == TIDIED
        assert b"without page, echo, turns; narrower corrections" in run.stderr.read()
    assert run.returncode == 0


def test_a_file_is_followed_as_it_grows_until_ctrl_c(tmp_path: Path) -> None:
    live = tmp_path / "live.txt"
    live.write_text("".join(SAID[:100]), encoding="utf-8")
    with subprocess.Popen([*FOLLOW, "-q", str(live)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        first = run.stdout.readline().decode()
        with live.open("a", encoding="utf-8") as file:
            file.write("".join(SAID[100:]))
        time.sleep(1.5)
        run.send_signal(signal.SIGINT)
        rest, said = run.stdout.read().decode(), run.stderr.read()
    assert (first + rest, said, run.returncode) == (TIDIED, b"", 130)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a.txt", "b.txt"], "--follow follows one text. Give one file, or -"),
        (["--from", "srt"], "--follow reads plain text, line by line, not srt. Leave out --from"),
        (["--to", "srt"], "--follow writes plain text to standard output as it settles. Leave out --to"),
        (["--diff"], "Leave out --diff"),
        (["-o", "out.txt"], "Leave out --output"),
        (["--select", "echo"], "--follow can run none of these passes: echo need the whole text"),
        (["nothing.txt"], "nothing.txt: no such file"),
        (["--encoding", "utf-16"], "tream does not start with BOM. Say what it is encoded in with --encoding"),
    ],
)
def test_what_cannot_be_followed_is_said(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = subprocess.run([*FOLLOW, *arguments], input=b"Um, so.\n", capture_output=True, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_bytes_in_another_encoding_end_it_and_what_was_heard_is_written() -> None:
    done = subprocess.run(FOLLOW, input=b"Um, so.\n" * 3 + b"caf\xe9\n", capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, b"So.\nSo.\nSo.\n")
    assert b"line 4: 'utf-8' codec" in done.stderr
