"""Rewrite what README.md and the pages of docs/ show: the table of rules, and the outcome of every example.

    python docs/generate.py            write it
    python docs/generate.py --check    write nothing; exit with 1 if a page is not up to date

In a `console` block each line after `$` is run in a shell, in a `pycon` block each statement after `>>>` in
one interpreter for the page; what they print replaces what stands below. A block of another kind with a name,
```toml names.toml, is that file. All of it happens in a folder of its own, in which docs/ and seeds/ are
to be found.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hypothesis import settings

from tidytranscript import Pipeline
from tidytranscript.reports.catalogue import HEADINGS, table

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
_RULES: Final = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- end of rules -->)", re.DOTALL)
_CATALOGUE: Final = re.compile(r"(?<=<!-- catalogue -->\n).*?(?=<!-- end of catalogue -->)", re.DOTALL)
_MEASURED: Final = re.compile(
    r"^\| (?P<rule>[\w-]+) \| (?P<set>\w+) \| (?P<counts>(?:\d+ \| ){4})(?P<share>.*?) \|$", re.MULTILINE
)
_BLOCK: Final = re.compile(r"^```(?P<kind>\w+)(?P<file> \S+)?\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND: Final = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write every page anew, or say which are not up to date; the exit code."""
    stale = False
    for page in PAGES:
        before = page.read_text(encoding="utf-8")
        after = refreshed(before)
        if after == before:
            continue
        stale = True
        if "--check" not in arguments:
            page.write_text(after, encoding="utf-8")
        sys.stderr.write(f"{page.relative_to(ROOT)}: not up to date\n")
    return int(stale and "--check" in arguments)


def refreshed(page: str) -> str:
    """The page with its table and its examples as they are today."""
    page = _RULES.sub(lambda _: "".join(_rule_table()), page)
    page = _CATALOGUE.sub(lambda _: "".join(_catalogue()), page)
    names: dict[str, Any] = {}
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        for shared in ("docs", "seeds"):
            Path(folder, shared).symlink_to(ROOT / shared)
        os.chdir(folder)
        try:
            return _BLOCK.sub(lambda block: _ran(block, names), page)
        finally:
            os.chdir(here)


def _rule_table() -> Iterator[str]:
    yield f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}\n"
    named: set[str] = set()  # a pass may run more than once
    for pass_, rule, *rest in table(Pipeline.standard()):
        if rule in named:
            continue
        shown = "" if pass_ in named else f"`{pass_}`"
        named |= {pass_, rule}
        yield f"| {shown} | `{rule}` | {' | '.join(rest)} |\n"


def _catalogue() -> Iterator[str]:
    """Each rule with what the catalogue holds, and how good it was where people have labelled what goes."""
    measured = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for match in _MEASURED.finditer(measured):
        findings = match["counts"].split(" | ")[0]
        if match["share"].endswith("%"):
            found.setdefault(match["rule"], []).append(f"{match['share']} of {findings} in {match['set']}")
    named: set[str] = set()
    for pass_ in Pipeline.standard(checks=True).passes:
        for rule in pass_.rules:
            if rule.name in named:
                continue
            named.add(rule.name)
            yield f"\n## `{rule.name}`\n\n{rule.summary} Pass [`{pass_.name}`](passes.md#{pass_.name}), "
            yield f"from the level {rule.level.value} on.\n\n"
            if rule.name in found:
                yield f"Right: {', '.join(found[rule.name])} ([how this was measured](measured.md)).\n\n"
            for heading, examples in (("Fixes", rule.fixes), ("Keeps", [(text,) for text in rule.keeps])):
                if examples:
                    yield f"{heading}:\n\n"
                    yield from (f"- {' → '.join(map(_code, example))}\n" for example in examples)
                    yield "\n"
            if rule.guards:
                yield "Kept, each by a guard of that name:\n\n"
                yield from (f"- {name}: {why}, as in {_code(example)}\n" for name, why, example in rule.guards)


def _code(text: str) -> str:
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}" if shown else "nothing"


def _ran(block: re.Match[str], names: dict[str, Any]) -> str:
    kind, file, body = block["kind"], block["file"] or "", block["body"]
    if kind == "console":
        body = _COMMAND.sub(_commanded, body)
    elif kind == "pycon":
        body = "".join(_interpreted(body, names))
    elif file:
        Path(file.strip()).write_text(body, encoding="utf-8")
    return f"```{kind}{file}\n{body}```"


def _commanded(match: re.Match[str]) -> str:
    """The command, and what it prints: standard output, then standard error."""
    shell = f'tidy() {{ {shlex.quote(sys.executable)} -m tidytranscript "$@"; }}\n{match["command"]}'
    environment = {**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(["bash", "-c", shell], capture_output=True, encoding="utf-8", env=environment)
    return f"$ {match['command']}\n{done.stdout}{done.stderr}"


def _interpreted(body: str, names: dict[str, Any]) -> Iterator[str]:
    for example in doctest.DocTestParser().get_examples(body):
        lines = example.source.rstrip("\n").split("\n")
        yield f">>> {lines[0]}\n"
        yield from (f"... {line}".rstrip() + "\n" for line in lines[1:])
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            try:
                exec(compile(example.source, "<page>", "single"), names)
            except Exception as error:
                shown.write(f"Traceback (most recent call last):\n  ...\n{type(error).__name__}: {error}\n")
        yield shown.getvalue()


if __name__ == "__main__":
    settings.register_profile("pages", deadline=None, derandomize=True)
    settings.load_profile("pages")
    sys.exit(main(sys.argv[1:]))
