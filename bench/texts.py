"""Long texts to measure on, made of the specimens under seeds/."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import tidytranscript as tt

SPECIMENS: Final = ("pasted-page", "caption-dump", "linked-markdown")
SHAPES: Final = (*SPECIMENS, "mixed")
_SEEDS: Final = Path(__file__).parent.parent / "seeds"
_CONTENT: Final = re.compile(r"\b[a-z]{5,}\b")  # words with a meaning are mostly long, fillers are not
_SWAPPED: Final = 0.2  # of the different content words, in each copy


def built(shape: str, size: int) -> str:
    """A text of about `size` bytes in UTF-8: whole bodies of a specimen, or of all in equal shares of bytes.

    In each copy some content words are others of the same body; all places of a word change together, so that
    an echo still matches its original. The same arguments give the same text.
    """
    names = SPECIMENS if shape == "mixed" else (shape,)
    copies = {name: _copies(_body(name), random.Random(f"{shape} {name}")) for name in names}
    shares = dict.fromkeys(names, 0)
    pieces: list[str] = []
    while sum(shares.values()) < size:
        name = min(names, key=shares.__getitem__)
        piece = next(copies[name])
        shares[name] += len(piece.encode())
        pieces.append(piece)
    return "".join(pieces)


def _body(name: str) -> str:
    """The speech of a specimen as plain text, without the page around it."""
    source = next((_SEEDS / name).glob("source.*"))
    content = source.read_text(encoding="utf-8")
    transcript = tt.loads(content, name=source.name)
    return tt.tidy(transcript, "verbatim", select=["page"]).text.strip() + "\n\n"


def _copies(body: str, rng: random.Random) -> Iterator[str]:
    content = sorted(set(_CONTENT.findall(body)))
    while True:
        swapped = rng.sample(content, int(len(content) * _SWAPPED))
        other = dict(zip(swapped, rng.choices(content, k=len(swapped)), strict=True))
        yield _CONTENT.sub(lambda match, other=other: other.get(match[0], match[0]), body)  # type: ignore[misc]
