"""How far forms that overlap can reach, of which each is written only where the one before it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from tidytranscript.corrections.forms import Keys, singular


def longest_overlap(forms: Iterable[Keys]) -> int | None:
    """How many words some forms can cover of which each begins inside the one before; None if there is no end to it.

    >>> longest_overlap([("chat", "gpt"), ("gpt", "2"), ("open", "ai")])
    3
    >>> longest_overlap([("a", "b"), ("b", "a")]) is None
    True
    """
    by_first: dict[str, list[Keys]] = defaultdict(list)
    for form in forms:
        by_first[form[0]].append(form)
    inside = {form: list(_inside(form, by_first)) for same in list(by_first.values()) for form in same}
    needs = {form: [other for _, other in found] for form, found in inside.items()}
    covered: dict[Keys, int] = {}
    try:
        for form in TopologicalSorter(needs).static_order():
            covered[form] = max([len(form), *(at + covered[other] for at, other in inside[form])])
    except CycleError:
        return None
    return max(covered.values(), default=0)


def _inside(form: Keys, by_first: Mapping[str, Sequence[Keys]]) -> Iterator[tuple[int, Keys]]:
    """The forms that can begin inside one, and at which of its words."""
    for at in range(1, len(form)):
        for first in (form[at], f"{form[at]}s", f"{form[at]}'s", *singular(form[at])):
            for other in by_first.get(first, ()):
                if all(map(_alike, form[at:], other)):
                    yield at, other


def _alike(a: str, b: str) -> bool:
    return a == b or a in singular(b) or b in singular(a)
