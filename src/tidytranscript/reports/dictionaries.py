"""The commands about dictionaries: learn, suggest, and lint, test, merge, import and export."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tidytranscript import formats
from tidytranscript.corrections import SHIPPED, Dictionary, shipped, vendors
from tidytranscript.corrections.checking import broken_examples, lint, spellings
from tidytranscript.corrections.learning import Lesson, learned
from tidytranscript.errors import WouldOverwrite
from tidytranscript.formats.atomic import write_atomically
from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.reports.account import counted
from tidytranscript.reports.terminal import Trouble, put, say


def learn(raw: str, corrected: str, output: str | None, *, least: int, force: bool, refused: bool) -> int:
    """Write the dictionary of what was corrected between two transcripts, and say what was refused."""
    before, after = (formats.read(_existing(path)).text for path in (raw, corrected))
    dictionary, lessons = learned(before, after, least)
    if refused:
        for lesson in lessons:
            if lesson.refused:
                pair = f"{lesson.heard!r} -> {lesson.right!r} ({lesson.fixed})"
                say(f"{pair}: {lesson.refused}; ... {lesson.context} ...")
    _write(dictionary.dumps(), output, force=force)
    say(f"{raw} -> {corrected}: {_account(dictionary, lessons)}")
    return 0


def _account(dictionary: Dictionary, lessons: Sequence[Lesson]) -> str:
    kept = sum(not lesson.refused for lesson in lessons)
    made = f"{kept} {'form' if kept == 1 else 'forms'} for {len(dictionary.entries)} right spellings learned"
    return f"{made}, {len(lessons) - kept} refused" + ("" if kept == len(lessons) else " (--refused says why)")


def suggest(files: Sequence[str], names: Sequence[str], corrections: Sequence[str]) -> int:
    """Print what may be misheard in some files, the likeliest first, and the names that they spell in several ways."""
    for file in files:
        transcript = formats.read(_existing(file))
        pipeline = Pipeline.standard("verbatim", select=["corrections"], corrections=corrections, names=names)
        put("".join(f"{line}\n" for line in _suggested(file, pipeline(transcript))))
    return 0


def _suggested(file: str, result: Result) -> Iterator[str]:
    text = result.source.text
    found = Counter((change.old, change.new, change.reason, change.confidence) for change in result.suggestions)
    places = {(c.old, c.new, c.reason, c.confidence): c.start for c in reversed(result.suggestions)}
    for key, count in sorted(found.items(), key=lambda pair: (-pair[0][3], -pair[1], pair[0])):
        old, new, reason, sure = key
        line, column = text.count("\n", 0, places[key]) + 1, places[key] - text.rfind("\n", 0, places[key])
        yield f"{file}:{line}:{column}: {old} -> {new} ({sure:.2f}, {count} times): {reason}"
    for group in spellings(result.text):
        yield f"{file}: spelled in several ways: {', '.join(f'{name} ({count})' for name, count in group)}"


def check(files: Sequence[str], *, examples: bool) -> int:
    """Print what is wrong with some dictionaries, or with how their examples come out; 1 if anything is."""
    faults = 0
    for file in files:
        dictionary = _dictionary(file)
        for fault in broken_examples(dictionary) if examples else lint(dictionary):
            put(f"{file}: {fault}\n")
            faults += 1
        cases = sum(len(entry.keeps) + len(entry.fixes) for entry in dictionary.entries)
        entries = len(dictionary.entries)
        count = counted(cases, "example") if examples else f"{entries} {'entry' if entries == 1 else 'entries'}"
        say(f"{file}: {count}, {faults} {'fault' if faults == 1 else 'faults'}")
    return 1 if faults else 0


def merge(files: Sequence[str], output: str | None, *, force: bool) -> int:
    """Write some dictionaries as one; where two hear the same form, the later one has it."""
    merged = Dictionary.merged([Dictionary.of(_existing(file)) for file in files])
    _write(merged.dumps(), output, force=force)
    say(f"{output or '<stdout>'}: {len(merged.entries)} entries of {len(files)} dictionaries")
    return 0


def imported(file: str, shape: str | None, output: str | None, *, force: bool) -> int:
    """Write what a file in the shape of another tool holds as a dictionary."""
    with open(_existing(file), encoding="utf-8-sig") as source:
        text = source.read()
    dictionary = vendors.read(text, _shape(file, shape), file)
    _write(dictionary.dumps(), output, force=force)
    say(f"{file}: {len(dictionary.entries)} entries")
    return 0


def exported(file: str, shape: str | None, output: str | None, *, force: bool) -> int:
    """Write a dictionary in the shape of another tool, and say what that can't hold."""
    dictionary = _dictionary(file)
    text, losses = vendors.write(dictionary, _shape(output or "", shape))
    _write(text, output, force=force)
    for loss in losses:
        say(f"{output or '<stdout>'}: {loss}")
    return 0


def _dictionary(name: str) -> Dictionary:
    return shipped(name) if name in SHIPPED else Dictionary.of(_existing(name))


def _shape(name: str, shape: str | None) -> str:
    found = shape or vendors.guessed(name)
    if not found:
        raise Trouble(f"{name or '<stdout>'}: say in which shape: --shape {' or '.join(vendors.SHAPES)}")
    return found


def _existing(path: str) -> str:
    if os.path.isdir(path) or not os.path.exists(path):
        raise Trouble(f"{path}: {'is a directory' if os.path.isdir(path) else 'no such file'}. Name a file")
    return path


def _write(text: str, output: str | None, *, force: bool) -> None:
    if output is None:
        put(text)
        return
    if os.path.exists(output) and not force:
        raise WouldOverwrite(output)
    if not Path(output).absolute().parent.is_dir():
        raise Trouble(f"{output}: there is no such directory. Make it first")
    write_atomically(output, text.encode("utf-8"))


def joined(values: Iterable[str]) -> list[str]:
    """The names in options that may hold several, separated by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]
