"""JSON whose parts know where they stand in the file, so that a string can be rewritten, or an element cut out.

A value is what `json.loads` makes of it, but for three kinds: a `Text` is a string, an `Array` a list and an `Object` a
dict, each with its place. JSON is read more loosely than its standard (https://www.rfc-editor.org/rfc/rfc8259): what is
cut off, or broken, is read as far as it goes, and several documents one after the other are one list (JSON Lines).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from tidytranscript.edits import Edit
from tidytranscript.spans import Span

_STRING: Final = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
# One match for each value, with its key, or for the end of a list or an object.
_ITEM: Final = re.compile(
    rf"[\s,\ufeff]*(?:{_STRING}\s*:\s*)?"
    rf"(?:{_STRING[:-1]}(?:\"|\\?\Z)|(-?\d[\d.eE+-]*)|(\[[\s\d.,eE+-]*\])|([\[{{])|(true|false|null|NaN|-?Infinity)|([\]}}]))",
    re.DOTALL,
)
_KEY, _TEXT, _NUMBER, _NUMBERS, _OPEN, _NAME, _CLOSE = range(1, 8)
_NAMED: Final = {
    "true": True,
    "false": False,
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": -float("inf"),
}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.?))", re.DOTALL)
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_LONE: Final = re.compile("[\ud800-\udfff]")
_BETWEEN: Final = frozenset(" \t\r\n,")
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")  # of a pair of surrogates; the other half may be missing
_LEAST: Final = 2000  # values: enough to see the shape of a file by


class Text(str):
    """A string value; `start` and `end` are the place of what stands between its quotes."""

    __slots__ = ("end", "start")
    start: int
    end: int


class Array(list[Any]):
    """A list, and the place of it with its brackets."""

    __slots__ = ("end", "start")
    start: int
    end: int


class Object(dict[str, Any]):
    """An object, and the place of it with its braces."""

    __slots__ = ("end", "start")
    start: int
    end: int


class Tree(NamedTuple):
    """What a text holds: a list or an object, or None; where its reading stopped; what is wrong there, if anything."""

    root: Array | Object | None
    end: int
    problem: str


def parsed(content: str, most: float = float("inf")) -> Tree:
    """The JSON in a text, or the first `most` values of it; linear, however deep it goes.

    >>> tree = parsed('{"a": [1, "x"], "b": "caf')
    >>> tree.root, tree.problem
    ({'a': [1, 'x'], 'b': 'caf'}, 'the file ends too early')
    """
    match = _ITEM.match
    roots = Array()
    stack: list[Array | Object] = []
    inside: Array | Object | None = None
    keys: dict[str, str] = {}
    at, seen, problem = 0, 0, ""
    value: Any
    while seen < most:
        seen += 1
        item = match(content, at)
        if item is None:
            break
        kind = item.lastindex
        if kind == _CLOSE:
            if inside is None or (item[_CLOSE] == "]") != isinstance(inside, Array):
                break
            at = inside.end = item.end()
            stack.pop()
            inside = stack[-1] if stack else None
            continue
        key = item[_KEY]
        if (key is None) == isinstance(inside, Object) or (inside is None and kind not in (_OPEN, _NUMBERS)):
            break
        at = item.end()
        if kind == _TEXT:
            start, end = item.span(_TEXT)
            value = Text(item[_TEXT] if content.find("\\", start, end) < 0 else unescaped(item[_TEXT]))
            value.start, value.end = start, end
        elif kind == _NUMBER:
            value = _number(item[_NUMBER])
        elif kind == _NUMBERS:
            value = Array(_numbers(item[_NUMBERS]))
            value.start, value.end = item.span(_NUMBERS)
        elif kind == _OPEN:
            value = Object() if item[_OPEN] == "{" else Array()
            value.start, value.end = item.start(_OPEN), len(content)
        else:
            value = _NAMED.get(item[_NAME])
        if inside is None:
            roots.append(value)
        elif isinstance(inside, Array):
            inside.append(value)
        else:
            if "\\" in key:
                key = unescaped(key)
            inside[keys.setdefault(key, key)] = value
        if kind == _OPEN:
            stack.append(value)
            inside = value
    else:
        return Tree(_one(roots, at), at, problem)
    rest = at + len(content[at:]) - len(content[at:].lstrip(" \t\r\n,"))
    if inside is not None:
        problem = "the file ends too early" if rest == len(content) else "this is not JSON"
    elif rest < len(content):
        problem = "something follows the end of the JSON"
    return Tree(_one(roots, at), rest, problem)


def _one(roots: Array, end: int) -> Array | Object | None:
    if len(roots) > 1:
        roots.start, roots.end = roots[0].start, end
        return roots
    found: Array | Object | None = roots[0] if roots else None
    return found


def _number(written: str) -> float:
    try:
        return int(written) if written.isdigit() else float(written)
    except ValueError:
        return float("nan")


def _numbers(written: str) -> list[float]:
    try:
        found: list[float] = json.loads(written)
    except ValueError:
        return []
    return found


def values(content: str) -> Tree:
    """The same, without places where the text is sound JSON: much faster."""
    if _HALF.search(content):
        return parsed(content)
    try:
        root = json.loads(content.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return parsed(content)
    return Tree(root if isinstance(root, list | dict) else None, len(content), "")  # type: ignore[arg-type]


_last: tuple[str, bool, Array | Object | None] = ("", False, None)


def sketch(content: str) -> Array | Object | None:
    """The start of the JSON in a text: enough to see what shape it has. The last one is kept, since several ask."""
    global _last
    head, cut_off, root = _last
    if not (content.startswith(head) if cut_off else content == head):
        root, end, problem = parsed(content, _LEAST)
        cut_off = end < len(content) and not problem
        _last = (content[:end] if cut_off else content, cut_off, root)
    return root


def unescaped(written: str) -> str:
    """What the characters between the quotes of a string stand for; never a lone surrogate, which no file can hold.

    >>> unescaped("caf\\\\u00e9 \\\\ud83d")
    'café \\ufffd'
    """
    if "\\" not in written:
        return written
    try:
        text: str = json.loads(f'"{written}"', strict=False)
    except ValueError:
        text = _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else _LETTERS.get(one[2], one[2]), written)
    return whole(text)


def whole(text: str) -> str:
    """The text with U+FFFD for each lone surrogate."""
    return _LONE.sub("\ufffd", text) if _LONE.search(text) else text


def escaped(text: str, *, ascii: bool, slashes: bool) -> str:  # noqa: A002
    """A text as it stands between quotes; all but ASCII is escaped, or slashes are, where the file does so, too."""
    written = json.dumps(text, ensure_ascii=ascii)[1:-1]
    return written.replace("/", "\\/") if slashes else written


def cut(raw: str, array: Array, gone: Iterable[int]) -> Iterator[Edit]:
    """The edits of the file `raw` that take some elements out of a list, each with a comma; they must have places.

    >>> raw = '[{"a": 1}, {"a": 2}, {"a": 3}]'
    >>> [edit.span.of(raw) for edit in cut(raw, parsed(raw).root, [0, 2])]
    ['{"a": 1}, ', ', {"a": 3}']
    """
    end = -1
    for i in sorted(set(gone)):
        # What stood before may be gone already, with the comma behind it: then this goes with the one behind it, too.
        start = array[i].start if i == 0 or end == array[i].start else _before(raw, array[i].start)
        end = _behind(raw, array[i].end) if start == array[i].start else array[i].end
        yield Edit(Span(start, end), "")


def _before(raw: str, at: int) -> int:
    """Where the blanks and commas begin that end at a place."""
    while at and raw[at - 1] in _BETWEEN:
        at -= 1
    return at


def _behind(raw: str, at: int) -> int:
    """Where the blanks and commas end that begin at a place; the place, if the list ends there."""
    end = at
    while end < len(raw) and raw[end] in _BETWEEN:
        end += 1
    return at if raw[end : end + 1] in "]}" else end
