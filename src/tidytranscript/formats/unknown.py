"""Files that are surely not plain text, and that nothing here reads."""

from __future__ import annotations

import re
from typing import Final

_JSON: Final = "JSON of no shape known here"
_KEYS: Final = 8  # are enough to say what a file is

_FOREIGN: Final = (
    (
        re.compile(r"\ufeff?\s*<\?xml|\ufeff?\s*<[a-zA-Z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*[\"'][^\"'<]*[\"'])*\s*/?>\s*<"),
        "XML",
    ),
    (re.compile(r"\ufeff?\s*<(?:!doctype html|html)\b", re.IGNORECASE), "HTML"),
    (re.compile(r"\ufeff?\s*[\[{]\s*(?:\"[^\"\n]{0,80}\"\s*:|[\[{])"), _JSON),
    (re.compile(r"\{\\rtf"), "RTF"),
    (re.compile(r"\ufeff?Scenarist_SCC V"), "an SCC caption file"),
    (re.compile(r"\{\d+\}\{\d+\}"), "a MicroDVD subtitle file"),
    (re.compile(r"\d{3}STL\d\d\.\d\d|\s*(?://[^\n]*\n\s*)*\$(?:FontName|TapeOffset)\s*="), "an STL subtitle file"),
    (re.compile(r"\ufeff?\s*(?:File type = \"ooTextFile|\"ooTextFile\")"), "a TextGrid of Praat"),
)


def foreign(content: str) -> str:
    """The name of a format that is surely not plain text and that nothing here reads; empty for any other."""
    found = next((name for pattern, name in _FOREIGN if pattern.match(content)), "")
    return f"{found}{_keys(content)}" if found == _JSON else found


def _keys(content: str) -> str:
    """The outermost keys of JSON, in brackets."""
    from tidytranscript.formats import jsontree

    root = jsontree.sketch(content)
    first = root[0] if isinstance(root, list) and root else root
    keys = list(first) if isinstance(first, dict) else []
    shown = ", ".join([*map(ascii, keys[:_KEYS]), *(["..."] if len(keys) > _KEYS else [])])
    where = "the first item" if first is not root else "it"
    return f" ({where} has {shown})" if keys else ""
