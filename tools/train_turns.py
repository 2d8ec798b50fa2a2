"""Make src/tidytranscript/speakers/data/turns.json: two logistic regressions.

    python tools/train_turns.py bitcoin.jsonl primock57.jsonl acibench.jsonl gum.jsonl [-o turns.json]

Each line of a file is a conversation: {"licence": ..., "source": ..., "turns": [{"speaker": ..., "text": ...}]}.
Needs numpy, scipy and scikit-learn, which the library does not. What was tried and left: podcasts under CC BY-SA
beside these made interviews no better (change F1 0.549 against 0.545), and the weights file would have their licence.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tidytranscript.sentences import sentences
from tidytranscript.speakers.guess import facts_of, gap_features, sentence_features

LEAST = 8  # a feature seen less often gets no weight
SMALL = 0.05  # nor does one that weighs less
CHANGE, ASKS = 0.15, 0.1  # inverse strength of the L2 penalty
FEWER = {"primock57": 2, "acibench": 2}  # consultations are few beside interviews: how often each counts

# How the two models are weighed against each other, chosen by a grid on conversations that were not trained on:
# decoding joins stretches, so that more changes must be offered than will be kept.
ROLES = 1.0
EAGER = 0.5

Sample = tuple[list[str], bool]


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


def samples(talk: dict[str, Any]) -> tuple[list[Sample], list[Sample]]:
    """Each gap with whether the speaker changes there; each sentence of two with whether the one who asks says it."""
    text, starts = joined(talk)
    spans = sentences(text)
    asked: Counter[str] = Counter()
    for (a, who), (b, _) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
        asked[who] += text.count("?", a, b)
    asker = max(asked, key=lambda who: asked[who]) if len(asked) == 2 else None
    speakers, at, speaker = [], 0, ""
    for start, _ in spans:
        while at < len(starts) and starts[at][0] <= start:
            speaker = starts[at][1]
            at += 1
        speakers.append(speaker)
    facts = list(facts_of(text, spans))
    gaps = [
        (gap_features(before, now, after), speakers[i] != speakers[i + 1])
        for i, (before, now, after) in enumerate(zip(facts, facts[1:], [*facts[2:], None], strict=False))
    ]
    roles = [(sentence_features(now), who == asker) for now, who in zip(facts, speakers, strict=True)]
    return gaps, roles if asker else []


def fitted(data: Sequence[Sample], counts_as: Sequence[int], strength: float) -> dict[str, float]:
    seen = Counter(name for names, _ in data for name in set(names))
    names = sorted(name for name, n in seen.items() if n >= LEAST and name != "base")
    index = {name: i for i, name in enumerate(names)}
    cells = [(row, index[name]) for row, (found, _) in enumerate(data) for name in set(found) if name in index]
    rows, columns = zip(*cells, strict=True)
    x = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(data), len(names)))
    model = LogisticRegression(C=strength, max_iter=300, solver="liblinear", random_state=0)
    model.fit(x, np.array([label for _, label in data]), sample_weight=list(counts_as))
    weights = {name: round(float(w), 2) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= SMALL}
    return {"base": round(float(model.intercept_[0]), 2), **weights}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("src/tidytranscript/speakers/data/turns.json"))
    args = parser.parse_args()
    gaps: list[Sample] = []
    roles: list[Sample] = []
    licences, gaps_as, roles_as = set(), [], []
    for talk in conversations(args.files):
        licences.add(f"{talk['source']}: {talk['licence']}")
        found = samples(talk)
        gaps += found[0]
        roles += found[1]
        times = FEWER.get(talk["source"], 1)
        gaps_as += [times] * len(found[0])
        roles_as += [times] * len(found[1])
    data = {
        "what": "log-odds for tidytranscript.speakers.guess; made by tools/train_turns.py",
        "data": sorted(licences),
        "roles": ROLES,
        "eager": EAGER,
        "change": fitted(gaps, gaps_as, CHANGE),
        "asks": fitted(roles, roles_as, ASKS),
    }
    args.output.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(gaps)} gaps, {len(roles)} sentences")


if __name__ == "__main__":
    main()
