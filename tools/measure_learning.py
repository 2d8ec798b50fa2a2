"""Measure what learned dictionaries do to transcripts that they were not learned from.

    .venv/bin/python tools/measure_learning.py LEARN.jsonl APPLY.jsonl

Each line is a place that a human corrected: {"before": ..., "wrong": ..., "right": ..., "after": ...}, from other
recordings in the one file than in the other. A change is right if the place comes out as the human wrote it, wrong if
it comes out otherwise or if what the human wrote is changed; what stands around it is not judged, since those words
may be misheard too. Writes the table into docs/dictionaries.md.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from tidytranscript import Dictionary
from tidytranscript.corrections.learning import learned
from tidytranscript.words import Words

TABLE = re.compile(r"(?<=<!-- learned -->\n).*?(?=<!-- end of learned -->)", re.DOTALL)
Row = dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("learn", type=Path)
    parser.add_argument("apply", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/dictionaries.md"))
    args = parser.parse_args()
    known, other = ([json.loads(line) for line in path.open(encoding="utf-8")] for path in (args.learn, args.apply))
    lines = [
        "",
        "| corrected alike, times | forms | right | wrong | precision |",
        "| --- | --- | --- | --- | --- |",
    ]
    for least in (1, 2, 3, 4, 5, 6, 8):
        dictionary, lessons = learned(text(known, "wrong"), text(known, "right"), least)
        right, wrong = judged(dictionary, other)
        forms = sum(not lesson.refused for lesson in lessons)
        share = f"{100 * right / max(1, right + wrong):.1f} %"
        lines.append(f"| {least} | {forms} | {right} | {wrong} | {share} |")
    page = args.output.read_text(encoding="utf-8")
    args.output.write_text(TABLE.sub(lambda _: "\n".join([*lines, "", ""]), page), encoding="utf-8")
    print("\n".join(lines))


def text(rows: Sequence[Row], key: str) -> str:
    return "\n".join(" ".join(f"{row['before']} {row[key]} {row['after']}".split()) for row in rows)


def judged(dictionary: Dictionary, rows: Sequence[Row]) -> tuple[int, int]:
    right = wrong = 0
    for row in rows:
        became = changed(dictionary, row, "wrong")
        if became is not None:
            right += became == row["right"].split()
            wrong += became != row["right"].split()
        wrong += changed(dictionary, row, "right") is not None
    return right, wrong


def changed(dictionary: Dictionary, row: Row, key: str) -> list[str] | None:
    """What the place becomes, as words; None where it stays."""
    said = f"{row['before']} {row[key]} {row['after']}"
    start, end = len(row["before"]) + 1, len(row["before"]) + 1 + len(row[key])
    found = [match for match in dictionary.phrases.sweep(Words.of(said)) if match.start < end and match.end > start]
    if not found:
        return None
    left, out = min(start, found[0].start), ""
    at = left
    for match in found:
        out += said[at : match.start] + match.new
        at = match.end
    out += said[at : max(at, end)]
    whole = said[:left] + out + said[max(at, end) :]
    return whole[start : len(whole) - len(said) + end].split()


if __name__ == "__main__":
    main()
