"""Measure each rule on transcripts that people have labelled, and write the tables of docs/measured.md.

    python tools/measure_rules.py FOLDER

FOLDER holds files `<set>.dev.jsonl` with one turn a line: `tokens`, the words as they were said, and for each of them
a label: `keep`, `changed` (the editor wrote another word: says nothing either way), or the kind of what was taken out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from tidytranscript import Pipeline
from tidytranscript.provenance import Change
from tidytranscript.words import keys

_PAGE: Final = Path(__file__).parent.parent / "docs" / "measured.md"
_TABLES: Final = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- end of measured -->)", re.DOTALL)
_BANDS: Final = ((0.0, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))
_OPEN: Final = "changed"


class Judged(NamedTuple):
    """One deletion: the rule, how sure it was, whether it was applied, and the labels of the words it takes."""

    rule: str
    confidence: float
    applied: bool
    labels: tuple[str, ...]

    @property
    def wrong(self) -> bool:
        return "keep" in self.labels

    @property
    def right(self) -> bool:
        return not self.wrong and any(label != _OPEN for label in self.labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    judged: dict[str, list[Judged]] = {}
    labels: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("*.dev.jsonl")):
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        name = path.name.removesuffix(".dev.jsonl")
        rows = [row for row in rows if "labels" in row]
        judged[name] = [found for row in rows for found in _judged(row["tokens"], row["labels"])]
        labels[name] = Counter(label for row in rows for label in row["labels"])
    tables = "\n\n".join([_by_rule(judged), _by_confidence(judged), _by_kind(judged, labels)])
    page = _PAGE.read_text(encoding="utf-8")
    _PAGE.write_text(_TABLES.sub(lambda _: f"\n{tables}\n\n", page), encoding="utf-8")


def _judged(tokens: Sequence[str], labels: Sequence[str]) -> Iterator[Judged]:
    text = " ".join(tokens)
    starts = [0, *accumulate(len(token) + 1 for token in tokens)]
    words = [" ".join(keys(token)) for token in tokens]
    result = _PIPELINE(text)
    spans = [(starts[i], starts[i] + len(token)) for i, token in enumerate(tokens)]
    applied = [_gone(change, text, tokens, spans) for change in result.edits]
    gone = {i for taken in applied for i in taken}
    for change, taken in zip(result.edits, applied, strict=True):
        if taken:
            best = _best(taken, gone, words, labels)
            yield Judged(change.rule, change.confidence, True, tuple(labels[i] for i in best))
    for change in result.suggestions:
        taken = _gone(change, text, tokens, spans)
        if taken and gone.isdisjoint(taken):
            best = _best(taken, gone, words, labels)
            yield Judged(change.rule, change.confidence, False, tuple(labels[i] for i in best))


def _gone(change: Change, text: str, tokens: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[int]:
    """The words that a change takes out whole."""
    if change.new.strip(" ,.?!"):
        return []
    return [
        i
        for i, (start, end) in enumerate(spans)
        if start < change.end and change.start < end
        if (said := keys(tokens[i])) and keys(text[max(change.start, start) : min(change.end, end)]) == said
    ]


def _best(taken: list[int], gone: set[int], words: Sequence[str], labels: Sequence[str]) -> list[int]:
    """The words that go: of all that would leave the same text, those that the editor took out.

    `a b a b`: taking out the first `a b` leaves what taking out `b a` leaves.
    """
    best = taken
    for step in (-1, 1):
        these = taken
        while True:
            enters = these[0] - 1 if step < 0 else these[-1] + 1
            while 0 <= enters < len(words) and (enters in gone or not words[enters]):
                enters += step
            leaves = these[-1] if step < 0 else these[0]
            if not 0 <= enters < len(words) or words[leaves] != words[enters]:
                break
            these = [enters, *these[:-1]] if step < 0 else [*these[1:], enters]
            if sum(labels[i] == "keep" for i in these) < sum(labels[i] == "keep" for i in best):
                best = these
    return best


def _by_rule(judged: dict[str, list[Judged]]) -> str:
    rows = [
        "| rule | set | findings | right | wrong | open | precision |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for rule in [rule.name for rule in _PIPELINE.rules]:
        for name, found in judged.items():
            own = [one for one in found if one.rule == rule and one.applied]
            if own:
                right, wrong = sum(one.right for one in own), sum(one.wrong for one in own)
                rows.append(
                    f"| {rule} | {name} | {len(own)} | {right} | {wrong} | {len(own) - right - wrong} "
                    f"| {_share(right, right + wrong)} |"
                )
    return "\n".join(rows)


def _by_confidence(judged: dict[str, list[Judged]]) -> str:
    rows = ["| rule | confidence | findings | right | wrong | precision |", "| --- | --- | --- | --- | --- | --- |"]
    bands: dict[tuple[str, float, float], list[Judged]] = defaultdict(list)
    for found in judged.values():
        for one in found:
            band = next(band for band in _BANDS if band[0] <= one.confidence < band[1])
            bands[(one.rule, *band)].append(one)
            bands[("all", *band)].append(one)
    for rule in [*[rule.name for rule in _PIPELINE.rules], "all"]:
        for low, high in _BANDS:
            own = bands.get((rule, low, high), [])
            right, wrong = sum(one.right for one in own), sum(one.wrong for one in own)
            if right + wrong:
                shown = f"below {high}" if not low else f"{low} and more"
                rows.append(f"| {rule} | {shown} | {len(own)} | {right} | {wrong} | {_share(right, right + wrong)} |")
    return "\n".join(rows)


def _by_kind(judged: dict[str, list[Judged]], labels: dict[str, Counter[str]]) -> str:
    rows = ["| what editors took out | set | words | taken out | recall |", "| --- | --- | --- | --- | --- |"]
    gone = {
        name: Counter(label for one in found if one.applied for label in one.labels) for name, found in judged.items()
    }
    for kind in sorted({kind for counts in labels.values() for kind in counts} - {"keep", _OPEN}):
        for name, counts in labels.items():
            if counts[kind]:
                share = _share(gone[name][kind], counts[kind])
                rows.append(f"| {kind} | {name} | {counts[kind]} | {gone[name][kind]} | {share} |")
    for name, counts in labels.items():
        rows.append(
            f"| kept words lost | {name} | {counts['keep']} | {gone[name]['keep']} "
            f"| {100 * gone[name]['keep'] / counts['keep']:.2f} % |"
        )
    return "\n".join(rows)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


_PIPELINE: Final = Pipeline.standard("edited").without("corrections", "turns", "encoding", "page")

if __name__ == "__main__":
    main()
