"""Make src/tidytranscript/speakers/data/turns.json: two small logistic regressions, by Newton's method.

    python tools/train_turns.py FILE.jsonl... [-o turns.json]

Each line of a file is a conversation: {"licence": ..., "source": ..., "turns": [{"speaker": ..., "text": ...}]}.
Needs numpy, which the library does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from tidytranscript.sentences import sentences
from tidytranscript.speakers.guess import facts_of, gap_features, sentence_features

LEAST = 20  # a feature seen less often gets no weight
SHRINK = 3.0  # L2 penalty

# How the two models are weighed against each other, chosen by a grid on two-speaker conversations of the training data:
# the guest of an interview says most of it, so a sentence that tells nothing counts for the one who answers; and
# decoding joins stretches, so that more changes must be offered than will be kept.
ROLES = 0.8
ANSWERS_MORE = -0.6
EAGER = 1.0


def conversations(paths: Iterable[Path]) -> Iterable[dict[str, Any]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def joined(talk: dict[str, Any]) -> tuple[str, list[tuple[int, str]]]:
    """The words of a conversation in one line, and where each speaker begins."""
    text, starts = "", []
    for turn in talk["turns"]:
        words = " ".join(turn["text"].split())
        if words:
            text += " " if text else ""
            starts.append((len(text), turn["speaker"]))
            text += words
    return text, starts


def samples(talk: dict[str, Any]) -> tuple[list[tuple[list[str], bool]], list[tuple[list[str], bool]]]:
    text, starts = joined(talk)
    spans = sentences(text)
    said: Counter[str] = Counter()
    for (a, who), (b, _) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
        said[who] += text.count("?", a, b)
    asker = max(said, key=lambda who: said[who]) if len(said) == 2 else None
    gaps, roles = [], []
    at, speaker, before = 0, "", ""
    facts = list(facts_of(text, spans))
    for (start, _), last, now in zip(spans, [None, *facts], facts, strict=False):
        gap, own = gap_features(last, now), sentence_features(now)
        while at < len(starts) and starts[at][0] <= start:
            speaker = starts[at][1]
            at += 1
        if before:
            gaps.append((gap, speaker != before))
        if asker:
            roles.append((own, speaker == asker))
        before = speaker
    return gaps, roles


def fitted(data: list[tuple[list[str], bool]]) -> dict[str, float]:
    counts = Counter(name for names, _ in data for name in names)
    names = sorted(name for name, n in counts.items() if n >= LEAST)
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    for row, (found, _) in enumerate(data):
        x[row, [index[name] for name in found if name in index]] = 1.0
    y = np.array([float(label) for _, label in data])
    w = np.zeros(len(names))
    penalty = np.array([0.01 if name == "base" else SHRINK for name in names])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), x.T @ (y - p) - penalty * w)
        w += step
        if abs(step).max() < 1e-6:
            break
    return {name: round(float(w[index[name]]), 3) for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("src/tidytranscript/speakers/data/turns.json"))
    args = parser.parse_args()
    gaps, roles, licences = [], [], set()
    for talk in conversations(args.files):
        licences.add(f"{talk['source']}: {talk['licence']}")
        found = samples(talk)
        gaps += found[0]
        roles += found[1]
    change, asks = fitted(gaps), fitted(roles)
    asks["base"] = ANSWERS_MORE
    data = {
        "what": "log-odds for tidytranscript.speakers.guess; made by tools/train_turns.py",
        "data": sorted(licences),
        "roles": ROLES,
        "eager": EAGER,
        "change": change,
        "asks": asks,
    }
    args.output.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(gaps)} gaps, {len(roles)} sentences")


if __name__ == "__main__":
    main()
