"""Correction dictionaries of several sizes beside what others replace words with, in one run.

Each row is measured in a process of its own, on one text. The heard forms are one to three words long; the first few
are phrases of the text, the same at each size, so that there is as much to find.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from bench.texts import built
from tidytranscript import Dictionary
from tidytranscript.words import Words, word_list

HEADINGS: Final = ("entries", "what", "load, seconds", "sweep, seconds", "x flashtext")
_ROOT: Final = Path(__file__).parent.parent
_OURS: Final = "tidytranscript"
_OTHERS: Final = ("flashtext", "re.sub for each entry", "ahocorasick_rs, search alone")
_MB: Final = 1_000_000
_RUNS: Final = 3
_SUBS: Final = 300  # entries of which `re.sub` is measured; its time grows with each alike
_FOUND: Final = 20  # entries that are phrases of the text
_SYLLABLES: Final = "ka lo mi tra ven dor ash bel que rin sto pla fu gor wen zi".split()


class Timed(NamedTuple):
    """Seconds: to make ready, and the best of the runs over the text."""

    load: float
    sweep: float


def rows(sizes: Sequence[int]) -> Iterable[list[str]]:
    """A row for each size and contestant that is installed; at the end, how our sweep grows with the entries."""
    ours: list[float] = []
    for size in sizes:
        found = {what: _apart(what, size) for what in (_OURS, *filter(_installed, _OTHERS))}
        ours.append(found[_OURS].sweep)
        flashtext = found.get("flashtext")
        for what, timed in found.items():
            ratio = f"{flashtext.sweep / timed.sweep:.1f}" if flashtext else ""
            name = f"{what}, {_SUBS} measured" if what.startswith("re.sub") and size > _SUBS else what
            yield [f"{size:,}", name, f"{timed.load:.2f}", f"{timed.sweep:.4f}", ratio]
    yield [f"{sizes[-1]:,}", f"{_OURS}: its time for {sizes[0]:,}", "", f"x {ours[-1] / ours[0]:.2f}", ""]


def _installed(what: str) -> bool:
    try:
        return what.startswith("re.") or bool(version(what.partition(",")[0]))
    except PackageNotFoundError:
        return False


def _apart(what: str, size: int) -> Timed:
    command = [sys.executable, "-m", "bench.dictionaries", what, str(size)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Timed(*json.loads(done.stdout))


def pairs(text: str, size: int) -> dict[str, str]:
    """Heard forms and what is right for each; the same for the same text and size."""
    rng = random.Random(1)
    words = [word.lower() for word in word_list(text)]
    made: dict[str, str] = {}
    while len(made) < size:
        n = rng.randint(1, 3)
        if len(made) < _FOUND:
            at = rng.randrange(len(words) - 3)
            form = " ".join(words[at : at + 3])
        else:
            form = " ".join(["".join(rng.choices(_SYLLABLES, k=rng.randint(3, 5))) for _ in range(n)])
        made.setdefault(form, f"Right{len(made)}")
    return made


def _measured(what: str, size: int) -> Timed:
    text = built("mixed", _MB)
    forms = pairs(text, size)
    toml = "\n".join(["[names]", *[f'"{right}" = ["{heard}"]' for heard, right in forms.items()]])
    words = Words.of(text)  # the other passes ask for it too
    started = perf_counter()
    work, scale = _work(what, forms, text, words, toml)
    load = perf_counter() - started
    best = float("inf")
    for _ in range(_RUNS):
        started = perf_counter()
        work()
        best = min(best, perf_counter() - started)
    return Timed(load, best * scale)


def _work(what: str, forms: dict[str, str], text: str, words: Words, toml: str) -> tuple[Callable[[], object], float]:
    if what == _OURS:
        dictionary = Dictionary.loads(toml)
        return (lambda: dictionary.phrases.sweep(words)), 1.0
    if what == "flashtext":
        from flashtext import KeywordProcessor

        keywords = KeywordProcessor(case_sensitive=False)
        for heard, right in forms.items():
            keywords.add_keyword(heard, right)
        return (lambda: keywords.replace_keywords(text)), 1.0
    if what.startswith("re."):
        few = dict(islice(forms.items(), _SUBS))
        patterns = [(re.compile(rf"\b{re.escape(heard)}\b", re.IGNORECASE), right) for heard, right in few.items()]
        return (lambda: [pattern.sub(right, text) for pattern, right in patterns]), len(forms) / len(few)
    from ahocorasick_rs import AhoCorasick

    search = AhoCorasick(list(forms))
    return (lambda: search.find_matches_as_indexes(text.lower())), 1.0


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], int(sys.argv[2]))))
