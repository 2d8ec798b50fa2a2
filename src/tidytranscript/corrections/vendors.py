"""Correction dictionaries in the shapes that people have: codespell, tables, and the settings of recognisers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from attrs import evolve

from tidytranscript.corrections.dictionary import Dictionary
from tidytranscript.corrections.entries import Entry, known_as
from tidytranscript.errors import BadDictionary, UnknownName
from tidytranscript.words import keys

_SECTION: Final = "imported"
_ARROW: Final = re.compile(r"\s*(?:->|=>|→)\s*")
_HEARD: Final = ("wrong", "heard", "from", "find", "error")
_RIGHT: Final = ("right", "to", "replace", "replacement", "correction")


class Row(NamedTuple):
    """One heard form: the line it stands in, the form, what is right, and what else is known."""

    line: int
    heard: str
    right: str
    why: str = ""
    section: str = _SECTION


def read(text: str, shape: str, name: str = "<dictionary>") -> Dictionary:
    """The dictionary that a text in one of the `SHAPES` holds.

    >>> read("haldis brecco -> Halldis Brekkemo", "arrows").entries[0].right
    'Halldis Brekkemo'

    Raises UnknownName for another shape, and BadDictionary, with each line that can't be read.
    """
    if shape not in SHAPES:
        raise UnknownName.among("shape", shape, SHAPES)
    problems: list[str] = []
    rows = list(_READERS[shape](text.removeprefix("\ufeff"), problems))
    dictionary = Dictionary(_entries(rows, problems), name)
    if not rows and not problems:
        problems.append("holds no correction")
    problems = problems or dictionary.phrases.problems
    if problems:
        raise BadDictionary(name, tuple(problems))
    return dictionary


def write(dictionary: Dictionary, shape: str) -> tuple[str, tuple[str, ...]]:
    """A dictionary in one of the `SHAPES`; and what the shape can't hold, a line for each entry.

    >>> held = Dictionary.loads('[people]\\n"Ann Lee" = ["an lee"]')
    >>> write(held, "arrows")
    ('an lee -> Ann Lee\\n', ())

    Raises UnknownName for another shape.
    """
    if shape not in SHAPES:
        raise UnknownName.among("shape", shape, SHAPES)
    losses = [loss for entry in dictionary.entries for loss in _losses(entry, shape)]
    return _WRITERS[shape](dictionary.entries), tuple(losses)


def guessed(name: str) -> str:
    """The shape that the name of a file speaks for; "" where it speaks for none.

    >>> guessed("words.csv"), guessed("spelling.json"), guessed("names.toml")
    ('csv', 'assemblyai', '')
    """
    suffix = name.rpartition(".")[2].lower()
    return {"csv": "csv", "tsv": "csv", "json": "assemblyai", "txt": "arrows"}.get(suffix, "")


def _entries(rows: Sequence[Row], problems: list[str]) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    seen: dict[str, Row] = {}
    for row in rows:
        known = known_as(row.heard)
        other = seen.setdefault(known, row)
        if not known or not keys(row.heard) or not row.right:
            problems.append(f"line {row.line}: one side holds no word")
        elif row.heard == row.right:
            problems.append(f"line {row.line}: {row.heard!r} is heard as itself")
        elif other.right != row.right:
            problems.append(f"line {row.line}: {row.heard!r} is heard for {other.right!r} too, in line {other.line}")
        elif other is row:
            entry = entries.get(row.right, Entry(row.right, (), why=row.why, section=row.section))
            entries[row.right] = evolve(entry, heard=(*entry.heard, row.heard))
    return tuple(entries.values())


def _losses(entry: Entry, shape: str) -> Iterator[str]:
    plain = Entry(entry.right, entry.heard)
    lost = [key for key in ("near", "not_near", "speaker", "choice") if getattr(entry, key) != getattr(plain, key)]
    if entry.case != plain.case:
        lost.append("case")
    if lost:
        yield f"{entry.right!r}: {', '.join(f'`{key}`' for key in lost)} can't be told; it will apply everywhere"
    if shape == "assemblyai" and " " in entry.right:
        yield f"{entry.right!r}: the right side must be one word there"
    if shape == "codespell" and any(" " in form for form in entry.heard):
        yield f"{entry.right!r}: codespell looks at single words"


def _read_arrows(text: str, problems: list[str]) -> Iterator[Row]:
    for line, content in _lines(text):
        sides = _ARROW.split(content)
        if len(sides) == 2:
            yield Row(line, *sides)
        else:
            problems.append(f"line {line}: must be `wrong -> right`, and is {content!r}")


def _read_codespell(text: str, problems: list[str]) -> Iterator[Row]:
    for line, content in _lines(text):
        wrong, arrow, right = content.partition("->")
        rights = [side.strip() for side in right.split(",")]
        if not arrow or not rights[0]:
            problems.append(f"line {line}: must be `wrong->right`, and is {content!r}")
        elif len(rights) > 1 and rights[-1] == "" and len(rights) > 2:
            problems.append(f"line {line}: {wrong.strip()!r} may be {' or '.join(rights[:-1])}; keep one")
        else:
            yield Row(line, wrong.strip(), rights[0], ", ".join(rights[1:]).strip())


def _read_csv(text: str, problems: list[str]) -> Iterator[Row]:
    import csv
    import io

    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    heard = next((i for i, cell in enumerate(head) if cell in _HEARD), None)
    right = next((i for i, cell in enumerate(head) if cell in _RIGHT), None)
    named = heard is not None and right is not None
    a, b = (heard, right) if heard is not None and right is not None else (0, 1)
    extra = {cell: i for i, cell in enumerate(head) if named and cell in ("why", "section")}
    for line, row in enumerate(rows[1:] if named else rows, 2 if named else 1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if max(a, b) >= len(cells):
            problems.append(f"line {line}: has {len(cells)} of the columns wrong and right")
            continue
        more = {key: cells[i] for key, i in extra.items() if i < len(cells) and cells[i]}
        yield Row(line, cells[a], cells[b], more.get("why", ""), more.get("section", _SECTION))


def _read_assemblyai(text: str, problems: list[str]) -> Iterator[Row]:
    import json

    try:
        data: Any = json.loads(text)
    except ValueError as error:
        problems.append(f"not JSON: {error}")
        return
    rows = data.get("custom_spelling") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        problems.append('must be a list of {"from": [...], "to": ...}, or an object with it as "custom_spelling"')
        return
    for n, row in enumerate(rows, 1):
        forms = row.get("from") if isinstance(row, dict) else None
        forms = [forms] if isinstance(forms, str) else forms
        if (
            not isinstance(forms, list)
            or not all(isinstance(f, str) for f in forms)
            or not isinstance(row.get("to"), str)
        ):
            problems.append(f'entry {n}: must be {{"from": [...], "to": ...}}')
            continue
        yield from (Row(n, form, row["to"]) for form in forms)


def _read_deepgram(text: str, problems: list[str]) -> Iterator[Row]:
    from urllib.parse import unquote_plus

    for line, content in _lines(text.replace("&", "\n").replace("?", "\n")):
        key, _, value = content.partition("=")
        heard, colon, right = unquote_plus(value).partition(":")
        if key.strip() == "replace" and colon:
            yield Row(line, heard.strip(), right.strip())
        elif key.strip() in ("keyterm", "keyterms"):
            problems.append(f"line {line}: {unquote_plus(value)!r} has no heard form: give it with --names")
        else:
            problems.append(f"line {line}: must be `replace=heard:right`, and is {content!r}")


def _read_aws(text: str, problems: list[str]) -> Iterator[Row]:
    lines = text.splitlines()
    head = [cell.strip().lower() for cell in lines[0].split("\t")] if lines else []
    if "phrase" not in head or "displayas" not in head:
        problems.append("line 1: must name the columns Phrase and DisplayAs, parted by tabs")
        return
    for line, content in enumerate(lines[1:], 2):
        cells = dict(zip(head, [cell.strip() for cell in content.split("\t")], strict=False))
        phrase, shown = cells.get("phrase", ""), cells.get("displayas", "")
        heard = " ".join(phrase.replace("-", " ").replace(".", " ").split()).lower()
        if phrase and shown and heard != shown.lower():
            yield Row(line, heard, shown)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text.splitlines(), 1):
        if content.strip() and not content.lstrip().startswith("#"):
            yield line, content.strip()


def _pairs(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    return ((form, entry) for entry in entries for form in entry.heard)


def _write_arrows(entries: Iterable[Entry]) -> str:
    return "".join([f"{form} -> {entry.right}\n" for form, entry in _pairs(entries)])


def _write_codespell(entries: Iterable[Entry]) -> str:
    why = {entry: f", {entry.why}" if entry.why else "" for entry in entries}
    return "".join([f"{form}->{entry.right}{why[entry]}\n" for form, entry in _pairs(why)])


def _write_csv(entries: Iterable[Entry]) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["wrong", "right", "why", "section"])
    writer.writerows([form, entry.right, entry.why, entry.section or _SECTION] for form, entry in _pairs(entries))
    return out.getvalue()


def _write_assemblyai(entries: Iterable[Entry]) -> str:
    import json

    rows = [{"from": list(entry.heard), "to": entry.right} for entry in entries]
    return json.dumps({"custom_spelling": rows}, ensure_ascii=False, indent=2) + "\n"


def _write_deepgram(entries: Iterable[Entry]) -> str:
    from urllib.parse import quote

    return "".join([f"replace={quote(form)}:{quote(entry.right)}\n" for form, entry in _pairs(entries)])


def _write_aws(entries: Iterable[Entry]) -> str:
    rows = [f"{'-'.join(keys(form))}\t\t\t{entry.right}\n" for form, entry in _pairs(entries)]
    return "".join(["Phrase\tSoundsLike\tIPA\tDisplayAs\n", *rows])


_READERS: Final[dict[str, Callable[[str, list[str]], Iterator[Row]]]] = {
    "arrows": _read_arrows,
    "assemblyai": _read_assemblyai,
    "aws": _read_aws,
    "codespell": _read_codespell,
    "csv": _read_csv,
    "deepgram": _read_deepgram,
}
_WRITERS: Final[dict[str, Callable[[Iterable[Entry]], str]]] = {
    "arrows": _write_arrows,
    "assemblyai": _write_assemblyai,
    "aws": _write_aws,
    "codespell": _write_codespell,
    "csv": _write_csv,
    "deepgram": _write_deepgram,
}
SHAPES: Final = tuple(_READERS)
