"""Make src/tidytranscript/speakers/data/turns.json: who speaks, where only the text can tell.

    python tools/train_turns.py bitcoin.jsonl primock57.jsonl acibench.jsonl gum.jsonl \
        --groups ami.jsonl icsi.jsonl [-o turns.json]

Each line of a file is a conversation: {"licence": ..., "source": ..., "turns": [{"speaker": ..., "text": ...}]}.
Needs numpy, scipy, scikit-learn and numba, which the library does not. For two speakers it fits a conditional random
field (the one who asks, the one who answers) to texts as written, and one to the same in lower case without stops; for
groups, a logistic regression.

What was tried and left: podcasts under CC BY-SA beside these (interviews 0.005 better, consultations worse, and the
weights would have their licence); boosted trees over the odds of nine sentences around a gap (no better); roles taken
by who asks most questions instead of whose turns end in one (interviews 0.02 worse, and 0.07 more words with the wrong
speaker: a guest who talks 95 % of the time also asks more).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tidytranscript.sentences import sentences
from tidytranscript.speakers.facts import Facts, Said, facts_of, plain, role_features, said
from tidytranscript.speakers.gaps import gap_features
from tidytranscript.speakers.guess import group_features
from tidytranscript.speakers.model import PACES, pace_of
from tidytranscript.speakers.unmarked import pair_features, question_features, sentences_of, wide_features

LEAST = 8  # a feature seen less often gets no weight
LEAST_ENDS = 20
PENALTY, PENALTY_ROLES = 6.0, 20.0  # strength of the L2 penalty of the random fields
SPREAD = 0.3  # share of the talks in which a word must come to tell who asks: others belong to a topic
INVERSE = {"ends": 0.1, "questions": 0.2, "group": 0.03}  # inverse strength of those of the regressions
# How many weights of each kind are kept, ranked by size and frequency; they are then fitted anew.
KEPT = {"change": 1500, "asks": 1600, "ends": 2600, "questions": 800, "group": 700}


class Talk(NamedTuple):
    """A conversation as one line of text: its sentences, their features, who says each, and who asks."""

    talk: list[Said]
    gaps: list[list[str]]
    roles: list[list[str]]
    speakers: list[str]
    asker: str
    pace: str


def conversations(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def joined(turns: Sequence[dict[str, str]]) -> tuple[str, list[tuple[int, str]]]:
    """The words of a conversation in one line, and where each speaker begins."""
    text, starts = "", []
    for turn in turns:
        words = " ".join(turn["text"].split())
        if words:
            text += " " if text else ""
            starts.append((len(text), turn["speaker"]))
            text += words
    return text, starts


def asker(turns: Sequence[dict[str, str]]) -> str:
    """The one whose turns end in a question most often."""
    asked: Counter[str] = Counter()
    took: Counter[str] = Counter()
    for turn in turns:
        took[turn["speaker"]] += 1
        asked[turn["speaker"]] += turn["text"].rstrip().endswith("?")
    return max(sorted(took), key=lambda who: (asked[who] + 0.5) / (took[who] + 3))


def unmarked(turns: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The turns in lower case and without marks, as recognisers write them."""
    plain_turns = []
    for turn in turns:
        spaced = re.sub(r"(?<=\w)[—–…]+(?=\w)|(?<=\w)\.{2,}(?=\w)|(?<=\w)--+(?=\w)|/", " ", turn["text"])
        words = [re.sub(r"^[^\w]+|[^\w]+$", "", word).lower() for word in spaced.split()]
        plain_turns.append({"speaker": turn["speaker"], "text": " ".join(filter(None, words))})
    return plain_turns


def prepared(text: str, starts: list[tuple[int, str]], talk: list[Said], who_asks: str) -> Talk:
    facts = facts_of(plain(text), talk)
    speakers, at, speaker = [], 0, ""
    for sentence in talk:
        middle = (sentence.start + sentence.end) // 2
        while at < len(starts) and starts[at][0] <= middle:
            speaker = starts[at][1]
            at += 1
        speakers.append(speaker)
    pace = pace_of(talk)
    roles = [
        [f"{pace}: {name}" for name in (*role_features(row), *{f"has {word}" for word in sentence.words})]
        for row, sentence in zip(zip(*facts, strict=True), talk, strict=True)
    ]
    return Talk(talk, gap_features(talk, facts), roles, speakers, who_asks, pace)


def as_written(turns: Sequence[dict[str, str]]) -> Talk:
    text, starts = joined(turns)
    lowered = plain(text)
    return prepared(text, starts, [said(lowered, *span) for span in sentences(text)], asker(turns))


def as_heard(turns: Sequence[dict[str, str]], ends: dict[str, float], questions: dict[str, float]) -> Talk:
    text, starts = joined(unmarked(turns))
    return prepared(text, starts, list(sentences_of(plain(text), ends, questions)), asker(turns))


# -- a conditional random field of two states --------------------------------------------------------------------------


@njit
def added(a: float, b: float) -> float:
    high, low = max(a, b), min(a, b)
    return high + np.log1p(np.exp(low - high))


@njit
def expected(asks, down, up, lengths, two, again):  # type: ignore[no-untyped-def]
    """The log of the sum over all sequences, and how often each event is expected.

    With more than two speakers a new one may have the same role; `again` is what that costs.
    """
    n = len(asks)
    who, downs, ups, agains = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    total, start = 0.0, 0
    for k in range(len(lengths)):
        end = start + lengths[k]
        ahead, back = np.zeros((lengths[k], 2)), np.zeros((lengths[k], 2))
        stay = np.zeros(lengths[k])
        if not two[k]:
            for i in range(start + 1, end):
                stay[i - start] = added(0.0, (down[i] + up[i]) / 2 + again)
        ahead[0, 0], ahead[0, 1] = -asks[start] / 2, asks[start] / 2
        for i in range(start + 1, end):
            j = i - start
            ahead[j, 0] = added(ahead[j - 1, 0] + stay[j], ahead[j - 1, 1] + down[i]) - asks[i] / 2
            ahead[j, 1] = added(ahead[j - 1, 1] + stay[j], ahead[j - 1, 0] + up[i]) + asks[i] / 2
        whole = added(ahead[-1, 0], ahead[-1, 1])
        for i in range(end - 1, start, -1):
            j = i - start
            answers, asking = back[j, 0] - asks[i] / 2, back[j, 1] + asks[i] / 2
            back[j - 1, 0] = added(answers + stay[j], asking + up[i])
            back[j - 1, 1] = added(asking + stay[j], answers + down[i])
            downs[i] = np.exp(ahead[j - 1, 1] + down[i] + answers - whole)
            ups[i] = np.exp(ahead[j - 1, 0] + up[i] + asking - whole)
            if not two[k]:
                new = (down[i] + up[i]) / 2 + again - whole
                agains[i] = np.exp(ahead[j - 1, 0] + answers + new) + np.exp(ahead[j - 1, 1] + asking + new)
        for i in range(start, end):
            who[i] = np.exp(ahead[i - start, 1] + back[i - start, 1] - whole)
        total += whole
        start = end
    return total, who, downs, ups, agains


def matrix(rows: Sequence[Sequence[str]], index: dict[str, int]) -> csr_matrix:
    cells = [sorted({index[name] for name in names if name in index}) for names in rows]
    ends = np.cumsum([0, *map(len, cells)])
    return csr_matrix((np.ones(ends[-1]), np.concatenate(cells).astype(int), ends), shape=(len(rows), len(index)))


def counted(rows: Iterable[Sequence[str]]) -> Counter[str]:
    return Counter(name for names in rows for name in set(names))


def fitted_field(talks: Sequence[Talk], change: Sequence[str], roles: Sequence[str]) -> tuple[Any, Any, Any]:
    """The weights of a field with these features: of a change, of its direction, of the one who asks."""
    x = matrix([row for talk in talks for row in talk.gaps], {name: i for i, name in enumerate(change)})
    y = matrix([row for talk in talks for row in talk.roles], {name: i for i, name in enumerate(roles)})
    asks = np.concatenate([[who == talk.asker for who in talk.speakers] for talk in talks]).astype(float)
    pairs = [(a, b) for talk in talks for a, b in zip([talk.speakers[0], *talk.speakers], talk.speakers, strict=False)]
    new = np.array([a != b for a, b in pairs])
    before = np.concatenate([[0.0], asks[:-1]])
    is_down, is_up, is_again = new & (before > asks), new & (before < asks), new & (before == asks)
    lengths = np.array([len(talk.talk) for talk in talks])
    two = np.array([len(set(talk.speakers)) <= 2 for talk in talks])
    n, m = len(change), len(roles)
    penalty = np.array([PENALTY] * (2 * n) + [PENALTY_ROLES] * m + [0.0])

    def cost(w: Any) -> tuple[float, Any]:
        both, leans, role = x @ w[:n], x @ w[n : 2 * n], y @ w[2 * n : -1]
        down, up = both + leans, both - leans
        total, who, downs, ups, agains = expected(role, down, up, lengths, two, w[-1])
        told = ((asks - 0.5) * role).sum() + down[is_down].sum() + up[is_up].sum() + (both[is_again] + w[-1]).sum()
        more, less, same = downs - is_down, ups - is_up, agains - is_again
        slope = np.concatenate([x.T @ (more + less + same), x.T @ (more - less), y.T @ (who - asks), [0.0]])
        slope[-1] = same.sum()
        return total - told + (penalty * w * w).sum() / 2, slope + penalty * w

    found = minimize(cost, np.zeros(2 * n + m + 1), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return found[:n], found[n : 2 * n], found[2 * n : -1]


def field(talks: Sequence[Talk]) -> dict[str, Any]:
    """A field fitted twice: with all features, and with those that weighed most."""
    seen_gaps = counted(row for talk in talks for row in talk.gaps)
    seen_roles = counted(row for talk in talks for row in talk.roles)
    spread = counted([word for sentence in talk.talk for word in sentence.words] for talk in talks)
    wide = {word for word, n in spread.items() if n >= SPREAD * len(talks)}
    change = sorted(name for name, n in seen_gaps.items() if n >= LEAST)
    roles = sorted(
        name for name, n in seen_roles.items() if n >= LEAST and (" has " not in name or name.split(" has ")[1] in wide)
    )
    both, leans, role = fitted_field(talks, change, roles)
    change = best(change, np.abs(both) + np.abs(leans), seen_gaps, KEPT["change"])
    roles = best(roles, np.abs(role), seen_roles, KEPT["asks"])
    both, leans, role = fitted_field(talks, change, roles)
    asks: dict[str, dict[str, float]] = {pace: {} for pace in PACES}
    words: dict[str, dict[str, float]] = {pace: {} for pace in PACES}
    for name, weight in zip(roles, rounded(role), strict=True):
        pace, _, what = name.partition(": ")
        if weight:
            (words if what.startswith("has ") else asks)[pace][what.removeprefix("has ")] = weight
    pairs = zip(change, rounded(both), rounded(leans), strict=True)
    return {"change": {name: [one, two] for name, one, two in pairs if one or two}, "asks": asks, "words": words}


def best(names: Sequence[str], size: Any, seen: Counter[str], most: int) -> list[str]:
    ranked = sorted(zip(names, size, strict=True), key=lambda pair: -pair[1] * seen[pair[0]] ** 0.5)
    return sorted({name for name, _ in ranked[:most]})


def rounded(weights: Any) -> list[float]:
    return [round(float(w), 2) for w in weights]


# -- logistic regressions ----------------------------------------------------------------------------------------------


def regression(rows: Sequence[Sequence[str]], told: Sequence[bool], kind: str, least: int = LEAST) -> dict[str, float]:
    seen = counted(rows)
    names = sorted(name for name, n in seen.items() if n >= least and name != "base")
    for last in (False, True):
        x = matrix(rows, {name: i for i, name in enumerate(names)})
        model = LogisticRegression(C=INVERSE[kind], solver="liblinear", random_state=0).fit(x, told)
        if not last:
            names = best(names, np.abs(model.coef_[0]), seen, KEPT[kind])
    return {"base": rounded(model.intercept_)[0], **dict(zip(names, rounded(model.coef_[0]), strict=True))}


def ends_and_questions(talks: Sequence[dict[str, Any]]) -> tuple[dict[str, float], dict[str, float]]:
    """Where sentences end by the words around, and which ask: learned from where stops were written."""
    gaps, ends, inside, asks = [], [], [], []
    for talk in talks:
        words, marks = [], []
        for turn in talk["turns"]:
            for word in turn["text"].split():
                parts = unmarked([{"speaker": "", "text": word}])[0]["text"].split()
                mark = re.search(r"([.?!…]|--|[—–])[\"'”’)\]]*$", word)
                words += parts
                marks += [*[""] * (len(parts) - 1), mark[1] if mark else ""][: len(parts)]
        padded = ["", "", "", *words, "", "", ""]
        gaps += [[*pair_features(words[i - 1], words[i]), *wide_features(padded, i + 3)] for i in range(1, len(words))]
        ends += [mark != "" for mark in marks[:-1]]
        start = 0
        for i, mark in enumerate(marks):
            if mark:
                inside.append(question_features(words[start : i + 1]))
                asks.append(mark == "?")
                start = i + 1
    return regression(gaps, ends, "ends", LEAST_ENDS), regression(inside, asks, "questions")


def grouped(pairs: Sequence[Talk], groups: Sequence[Talk]) -> dict[str, float]:
    """What tells a meeting from a talk of two, in whole conversations and parts of them."""
    rows, told = [], []
    for talks, are in ((pairs, False), (groups, True)):
        for talk in talks:
            facts = facts_of("", talk.talk)
            for size in (len(talk.talk), 60):
                for start in range(0, len(talk.talk), size):
                    part = Facts(*[column[start : start + size] for column in facts])
                    if len(part.mark) >= 30:
                        rows.append(group_features(part))
                        told.append(are)
    names = list(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    model = LogisticRegression(C=100, class_weight="balanced").fit(x, told)
    print(f"groups told from pairs: {model.score(x, told):.3f} of {len(rows)} parts")
    return {"base": rounded(model.intercept_)[0], **dict(zip(names, rounded(model.coef_[0]), strict=True))}


def lines(data: dict[str, Any]) -> str:
    """The file: JSON with a line for each feature."""
    text = json.dumps(data, indent=0, separators=(",", ":"), ensure_ascii=False)
    return re.sub(r"\[\n(-?[\d.]+),\n(-?[\d.]+)\n\]", r"[\1,\2]", text) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="talks, most of them of two")
    parser.add_argument("--groups", nargs="+", type=Path, required=True, help="meetings of several")
    parser.add_argument("-o", "--output", type=Path, default=Path("src/tidytranscript/speakers/data/turns.json"))
    args = parser.parse_args()
    talks, meetings = list(conversations(args.files)), list(conversations(args.groups))
    written, groups = [as_written(talk["turns"]) for talk in talks], [as_written(talk["turns"]) for talk in meetings]
    ends, questions = ends_and_questions(talks)
    heard = [as_heard(talk["turns"], ends, questions) for talk in talks]
    new = [a != b for talk in groups for a, b in zip(talk.speakers, talk.speakers[1:], strict=False)]
    data = {
        "what": "log-odds for tidytranscript.speakers; made by tools/train_turns.py",
        "data": sorted({f"{talk['source']}: {talk['licence']}" for talk in [*talks, *meetings]}),
        "written": field(written),
        "unmarked": field(heard),
        "ends": ends,
        "questions": questions,
        "group": regression([row for talk in groups for row in talk.gaps[1:]], new, "group"),
        "grouped": grouped(written, groups),
    }
    args.output.write_text(lines(data), encoding="utf-8")
    print(f"{len(talks)} talks, {len(meetings)} meetings, {args.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
