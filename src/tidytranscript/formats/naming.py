"""Names at the head of cues, `Ann Lee: Hello.`, as meeting software writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_NAMED: Final = re.compile(r"([^\s:<>&][^:<>&\n]{0,60}): (?=\S)")
_LEAST: Final = 0.5  # of the cues must begin with a name before one is lifted off

_FEWEST: Final = 3


def leading_names(bodies: Sequence[str]) -> list[tuple[str, str] | None] | None:
    """For each body the name that it begins with, and the characters that hold it; None if names are not the custom.

    It is if at least half of the bodies begin with something like a name, and most of these come back.

    >>> leading_names(["Ann Lee: Hi.", "Bo: Hi.", "Ann Lee: So: yes."])
    [('Ann Lee', 'Ann Lee: '), ('Bo', 'Bo: '), ('Ann Lee', 'Ann Lee: ')]
    """
    if not bodies or sum(1 for body in bodies[:200] if ": " in body) < _LEAST * len(bodies[:200]):
        return None
    found = [_NAMED.match(body) for body in bodies]
    names = Counter(match[1] for match in found if match)
    trusted = {name for name, n in names.items() if n > 1 or name[0].isupper() or not name[0].isalpha()}
    held = sum(names[name] for name in trusted)
    again = sum(n for n in names.values() if n > 1)
    if held < max(_FEWEST, _LEAST * len(bodies)) or 2 * again < held:
        return None
    return [(match[1].strip(), match[0]) if match and match[1] in trusted else None for match in found]
