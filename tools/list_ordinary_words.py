"""Make the list of ordinary English words: those that conversations write in lower case again and again.

    .venv/bin/python tools/list_ordinary_words.py CONVERSATION.jsonl... [-o src/tidytranscript/wordlists/en.words.txt]

Each line of a file is a conversation: {"source": ..., "licence": ..., "turns": [{"text": ...}]}. A word is taken if it
stands in lower case `LEAST` times or more, and in more than one source. Run on the training halves of bitcoin
(MIT), AMI, ICSI, PriMock57, ACI-Bench and GUM (CC BY 4.0).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

LEAST = 3
WORD = re.compile(r"(?<![\w'’-])[a-z]+(?:['’][a-z]+)?(?![\w'’-])")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("src/tidytranscript/wordlists/en.words.txt"))
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    licences = set()
    for path in args.files:
        for line in path.open(encoding="utf-8"):
            talk = json.loads(line)
            licences.add(f"{talk['source']}: {talk['licence']}")
            for turn in talk["turns"]:
                found = [word.replace("’", "'") for word in WORD.findall(turn["text"])]
                counts.update(found)
                for word in found:
                    sources[word].add(talk["source"])
    kept = sorted(word for word, n in counts.items() if n >= LEAST and len(sources[word]) > 1 and len(word) > 1)
    head = [
        "# Ordinary English words, made by tools/list_ordinary_words.py from words that stand in lower case in:",
        *[f"# {licence}" for licence in sorted(licences)],
    ]
    args.output.write_text("\n".join([*head, *kept]) + "\n", encoding="utf-8")
    print(f"{len(kept)} words")


if __name__ == "__main__":
    main()
