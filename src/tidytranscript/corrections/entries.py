"""An entry of a correction dictionary, and how entries are read from TOML and written to it."""

from __future__ import annotations

import re
import sys
from ast import literal_eval
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from tidytranscript.corrections.forms import SIMPLE
from tidytranscript.errors import BadDictionary
from tidytranscript.words import keys

_KEYS = tuple("heard near not_near within not_within speaker case choice why source keeps fixes".split())
_NAMED = re.compile(r"(?:\[[^\]]*\] )?(?P<right>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
_CASES = ("as-written", "adapt")
WITHIN = 12
_STRING = r'"[^"\\\x00-\x1f\x7f]*"'
_LIST = rf"\[ *{_STRING}(?: *, *{_STRING})* *\]"
_SHORT = re.compile(
    rf"[ \t]*(?:\[(?P<section>[A-Za-z0-9_-]+)\]|(?P<right>{_STRING}) *= *(?P<heard>{_LIST}))?"
    r"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?"
)


@frozen
class Entry:
    """One right spelling.

    Attributes:
        right: what is written in place of a heard form, as it stands here.
        heard: the forms that recognisers write.
        near: words or phrases of which one must stand near, or in the metadata; empty: always applies.
        not_near: words or phrases of which none may stand near.
        within: how many words on either side are near.
        not_within: the same for `not_near`.
        speaker: who must speak; empty: anybody.
        case: `as-written`, or `adapt`: the right spelling takes the capitals of the heard form.
        choice: whether others may be heard in the same form.
        why: a reason, for the log.
        source: where the right spelling can be seen.
        keeps: texts that the entry must not change.
        fixes: (before, after) pairs.
        section: the topic.
    """

    right: str
    heard: tuple[str, ...]
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    within: int = WITHIN
    not_within: int = WITHIN
    speaker: tuple[str, ...] = ()
    case: str = "as-written"
    choice: bool = False
    why: str = ""
    source: str = ""
    keeps: tuple[str, ...] = ()
    fixes: tuple[tuple[str, str], ...] = ()
    section: str = ""


def read(text: str, name: str) -> tuple[tuple[Entry, ...], list[str]]:
    """The entries that a TOML text holds, and what is wrong with them; BadDictionary where it is no TOML."""
    data = _short_entries(text)
    if data is None:
        data = _toml(text, name)
    problems: list[str] = []
    found = tuple(_entries(data, problems))
    return found, placed(problems, text)


def placed(problems: Iterable[str], text: str) -> list[str]:
    """Problems that name an entry or a right spelling, each with the line of the text where that stands."""
    lines = text.split("\n")
    return [_placed(problem, lines) for problem in problems]


def _placed(problem: str, lines: Sequence[str]) -> str:
    match = _NAMED.match(problem)
    if not match:
        return problem
    quoted = _quoted(literal_eval(match["right"]))
    heads = (quoted, quoted[1:-1] + " ", quoted[1:-1] + "=")
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.startswith(heads) or (text.startswith("[") and text.endswith((f".{quoted}]", f".{quoted[1:-1]}]"))):
            return f"line {number}: {problem}"
    return problem


def write(entries: Iterable[Entry]) -> str:
    """Entries in TOML, one to a line where it is short, sections and entries in their order."""
    sections: dict[str, list[Entry]] = {}
    for entry in entries:
        sections.setdefault(entry.section or "names", []).append(entry)
    return "\n".join([_section(name, entries) for name, entries in sections.items()])


def known_as(form: str) -> str:
    """What forms have in common that are heard alike: a form in lower case matches in any case."""
    if SIMPLE.fullmatch(form):
        return form
    return " ".join(keys(form.replace("-", " "))) if form == form.lower() else form


def _section(name: str, entries: Iterable[Entry]) -> str:
    short = [entry for entry in entries if entry == Entry(entry.right, entry.heard, section=entry.section)]
    lines = [f"[{name}]"] if short else []
    lines += [f"{_quoted(entry.right)} = {_quoted(list(entry.heard))}" for entry in short]
    plain = Entry("", ())
    for entry in entries:
        if entry in short:
            continue
        lines += [*([""] if lines else []), f"[{name}.{_quoted(entry.right)}]"]
        for key in _KEYS:
            value = getattr(entry, key)
            if value != getattr(plain, key):
                lines.append(f"{key} = {_quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(value: Any) -> str:
    """A value in TOML, which for texts, numbers, truths and lists of them is how JSON writes it."""
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(text: str, name: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDictionary(name, (f"not TOML: {error}",)) from None


def _short_entries(text: str) -> dict[str, Any] | None:
    """What a file of short entries alone holds, read many times faster than TOML is; None for any other file."""
    import json

    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        match = _SHORT.fullmatch(line)
        if match is None:
            return None
        if match["section"]:
            if match["section"] in sections:
                return None
            lines = sections.setdefault(match["section"], [])
        elif match["right"]:
            if not sections:
                return None
            lines.append(f"{match['right']}:{match['heard']}")
    data = {section: dict(json.loads(f"{{{','.join(lines)}}}")) for section, lines in sections.items()}
    return data if all(len(data[section]) == len(lines) for section, lines in sections.items()) else None


def _entries(data: Mapping[str, Any], problems: list[str]) -> Iterator[Entry]:
    seen: dict[str, Entry] = {}
    for section, table in data.items():
        if not isinstance(table, dict):
            problems.append(f"{section!r} stands outside a section; put it under one, such as [names]")
            continue
        for right, value in table.items():
            entry = _entry(section, right, value, problems)
            if entry is None:
                continue
            for i, form in enumerate(entry.heard):
                known = known_as(form)
                other = seen.get(known)
                where = f"[{section}] {right!r}"
                if not known:
                    problems.append(f"{where}: {form!r} holds no word; take it out of `heard`")
                elif form in entry.heard[:i]:
                    problems.append(f"{where}: {form!r} is heard for {right!r} too; keep one")
                elif other and other.right != right and not (other.choice and entry.choice):
                    hint = "keep one, or give both `choice = true`"
                    problems.append(f"{where}: {form!r} is heard for {other.right!r} too; {hint}")
                seen.setdefault(known, entry)
            yield entry


def _entry(section: str, right: str, value: Any, problems: list[str]) -> Entry | None:
    where = f"[{section}] {right!r}"
    if isinstance(value, list) and value and right not in value and all(type(v) is str and v.strip() for v in value):
        return Entry(right, tuple(value), section=section)
    given = {"heard": value} if isinstance(value, list) else value
    before = len(problems)
    if not isinstance(given, dict):
        problems.append(f"{where}: needs a list of heard forms, or a table with `heard`")
        return None
    for key in given:
        if key not in _KEYS:
            from difflib import get_close_matches

            near = get_close_matches(key, _KEYS, n=1)
            meant = f"; did you mean `{near[0]}`?" if near else ""
            problems.append(f"{where}: no key is named `{key}`{meant} (there are: {', '.join(_KEYS)})")
    if not given.get("heard"):
        problems.append(f"{where}: `heard` is missing or empty")
    lists = {key: given.get(key, []) for key in ("heard", "near", "not_near", "speaker", "keeps")}
    for key, forms in lists.items():
        if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
            problems.append(f"{where}: `{key}` must be a list of texts that are not empty")
    pairs = given.get("fixes", [])
    if not isinstance(pairs, list) or not all(
        isinstance(p, list) and len(p) == 2 and all(isinstance(side, str) for side in p) for p in pairs
    ):
        problems.append(f"{where}: `fixes` must be a list of [before, after] pairs")
    wrong = [key for key in ("why", "source") if not isinstance(given.get(key, ""), str)]
    problems += [f"{where}: `{key}` must be a text" for key in wrong]
    case, choice = given.get("case", "as-written"), given.get("choice", False)
    reach = {key: given.get(key, WITHIN) for key in ("within", "not_within")}
    for key, words in reach.items():
        if not isinstance(words, int) or isinstance(words, bool) or words < 1:
            problems.append(f"{where}: `{key}` must be a number of words, 1 or more")
    if case not in _CASES:
        problems.append(f"{where}: `case` must be one of {', '.join(_CASES)}")
    if not isinstance(choice, bool):
        problems.append(f"{where}: `choice` must be true or false")
    if len(problems) > before:
        return None
    if right in lists["heard"]:
        problems.append(f"{where}: is heard as itself; take {right!r} out of `heard`")
        return None
    return Entry(
        right,
        tuple(lists["heard"]),
        near=tuple(lists["near"]),
        not_near=tuple(lists["not_near"]),
        within=reach["within"],
        not_within=reach["not_within"],
        speaker=tuple(lists["speaker"]),
        case=case,
        choice=choice,
        why=given.get("why", ""),
        source=given.get("source", ""),
        keeps=tuple(lists["keeps"]),
        fixes=tuple((before, after) for before, after in pairs),
        section=section,
    )
