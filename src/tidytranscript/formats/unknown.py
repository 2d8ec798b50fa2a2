"""Files that are surely not plain text, and that nothing here reads."""

from __future__ import annotations

import re
from typing import Final

_FOREIGN: Final = (
    (
        re.compile(r"\ufeff?\s*<\?xml|\ufeff?\s*<[a-zA-Z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*[\"'][^\"'<]*[\"'])*\s*/?>\s*<"),
        "XML",
    ),
    (re.compile(r"\ufeff?\s*<(?:!doctype html|html)\b", re.IGNORECASE), "HTML"),
    (re.compile(r"\ufeff?\s*[\[{]\s*(?:\"[^\"\n]{0,80}\"\s*:|[\[{])"), "JSON of no shape known here"),
    (re.compile(r"\{\\rtf"), "RTF"),
    (re.compile(r"\ufeff?Scenarist_SCC V"), "an SCC caption file"),
    (re.compile(r"\{\d+\}\{\d+\}"), "a MicroDVD subtitle file"),
)


def foreign(content: str) -> str:
    """The name of a format that is surely not plain text and that nothing here reads; empty for any other."""
    return next((name for pattern, name in _FOREIGN if pattern.match(content)), "")
