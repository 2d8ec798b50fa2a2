"""What the gaps between the sentences of a talk show of whether the speaker changes there, as features to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

from tidytranscript.speakers.facts import Facts, Said, length_of

_ASKED: Final = 4  # sentences since a question, at most
_LOOK_BACK, _LOOK_AHEAD = 6, 7  # sentences to a question, at most
_FAR: Final = 99

Piece: TypeAlias = tuple[Any, ...]
"""A part of what a gap shows: it has some features (`PIECES`), and comes again and again in a talk."""


def pieces_of(talk: Sequence[Said], facts: Facts) -> list[Iterable[Piece]]:
    """What the gaps between the sentences of a talk show, in pieces: a column for each piece, a row for each gap."""
    if len(talk) < 2:
        return []
    mark, first, opening, last, whole, size, address, welcomed = facts
    now_mark, now_size = mark[1:], size[1:]
    columns: list[Iterable[Piece]] = [
        zip(mark, size, address, now_mark, now_size, address[1:], strict=False),
        zip(mark, first[1:], opening[1:], now_mark, strict=False),
        zip(first[:-1], last, strict=False),
        zip(*_questions_back(talk), *_questions_ahead(talk), mark, now_size, strict=False),
        zip(whole[1:], now_mark, whole, mark, welcomed[1:], strict=False),
        chain(zip(now_size, first[2:], size[2:], mark[2:], strict=False), [()]),
    ]
    if talk[-1].sure is not None:
        columns.append(_ends(talk, facts))
    return columns


def _of_shape(piece: Piece) -> tuple[str, ...]:
    mark, size, address, now_mark, now_size, now_address = piece
    return (
        "base",
        f"{mark} then {now_mark}",
        f"{size} then {now_size}",
        f"{address} then {now_address}",
        f"{mark} then {now_size}",
        f"before {size}",
        now_size,
    )


def _of_opening(piece: Piece) -> tuple[str, ...]:
    before, first, opening, mark = piece
    return (
        f"opens with {first}",
        f"opens with {opening}",
        f"{before} then opens with {first}",
        f"opens with {first}, ends with {mark}",
    )


def _of_before(piece: Piece) -> tuple[str, ...]:
    first, last = piece
    return f"before ends in {last}", f"before opens with {first}"


def _of_questions(piece: Piece) -> tuple[str, ...]:
    asked, last, until, within, mark, size = piece
    return (
        f"asked {min(asked, _ASKED)} before, {size}",
        f"last question {last} before",
        f"next question in {until}",
        f"{mark} then question within {within}",
        f"asked {asked} before, next question in {until}",
    )


def _of_whole(piece: Piece) -> tuple[str, ...]:
    whole, mark, before, before_mark, welcomed = piece
    names = [f"says {whole}{mark}"] if whole else []
    names += [f"said {before}{before_mark}"] if before else []
    return (*names, "welcomed") if welcomed else tuple(names)


def _of_after(piece: Piece) -> tuple[str, ...]:
    if not piece:
        return ()
    size, first, after, mark = piece
    return f"afterwards opens with {first}", f"{size} then {after} {mark}"


def _of_ends(piece: Piece) -> tuple[str, ...]:
    return piece


PIECES: Final[tuple[Callable[[Piece], tuple[str, ...]], ...]] = (
    _of_shape,
    _of_opening,
    _of_before,
    _of_questions,
    _of_whole,
    _of_after,
    _of_ends,
)
"""The features of each piece of a gap."""


def gap_features(talk: Sequence[Said], facts: Facts) -> list[list[str]]:
    """The features of the gap before each sentence of a talk; none for the first."""
    rows = zip(*pieces_of(talk, facts), strict=True)
    gaps = [[name for names, piece in zip(PIECES, row, strict=False) for name in names(piece)] for row in rows]
    return [[], *gaps] if talk else []


def _ends(talk: Sequence[Said], facts: Facts) -> Iterator[tuple[str, ...]]:
    """What the odds of sentence ends around a gap add, where nobody wrote them."""
    likely = _likely_ends(talk)
    for i in range(1, len(talk)):
        sure, following = talk[i].sure, talk[i + 1].sure if i + 1 < len(talk) else "end"
        back, ahead = (length_of(words) for words in likely[i])
        names = (
            f"end {sure}",
            f"end {sure} then {following}",
            f"end {sure}, opens with {facts.first[i]}",
            f"end {sure}, before {facts.mark[i - 1]}",
            f"end {sure}, likely one {ahead} ahead",
            f"end {sure}, likely one {back} back",
            f"likely ends {back} back and {ahead} ahead",
            f"likely end {ahead} ahead, opens with {facts.first[i]}",
        )
        yield (*names, f"end {talk[i - 1].sure} then {sure} then {following}") if i > 1 else names


def _likely_ends(talk: Sequence[Said]) -> list[tuple[int, int]]:
    """How many words lie between each gap and the likely ends of a sentence on both sides of it."""
    back, ahead = [], []
    words = _FAR
    for sentence in talk:
        back.append(words)
        words = (0 if sentence.sure is None or sentence.sure >= 0 else words) + len(sentence.words)
    words = _FAR
    for sentence in reversed(talk):
        words += len(sentence.words)
        ahead.append(words)
        words = 0 if sentence.sure is None or sentence.sure >= 0 else words
    return list(zip(back, reversed(ahead), strict=True))


def _questions_back(talk: Sequence[Said]) -> tuple[list[int], list[str]]:
    """For each gap, how many sentences lie behind it up to the last that asks, and how long they are."""
    sentences, words = _FAR, 0
    back, sizes = [], []
    for sentence in talk[:-1]:
        sentences, words = (0, 0) if sentence.mark == "?" else (sentences + 1, words + len(sentence.words))
        back.append(min(sentences, _LOOK_BACK))
        sizes.append(length_of(words) if sentences < _FAR else "never")
    return back, sizes


def _questions_ahead(talk: Sequence[Said]) -> tuple[list[str], list[str]]:
    """For each gap, how many sentences lie before the next that asks, and how long all of them are with it."""
    sentences, words = _FAR, 0
    ahead, sizes = [], []
    for sentence in reversed(talk[1:]):
        sentences, words = (0, 0) if sentence.mark == "?" else (sentences + 1, words)
        words += len(sentence.words)
        near = sentences <= _LOOK_AHEAD
        ahead.append(str(sentences) if near else "none")
        sizes.append(length_of(words) if near else "none")
    return ahead[::-1], sizes[::-1]
