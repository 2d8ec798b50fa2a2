"""Abandoned word fragments: a word that is broken off, begun again or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.cuts import taken_out
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_word_pass
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.wordlists import WordLists
from tidytranscript.words import Words, bare

_TIDY: Final = Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE

PARTIAL_WORD: Final = Rule(
    "partial-word",
    _TIDY,
    Level.CLEAN,
    "The start of a word, broken off and begun again.",
    fixes=(
        ("I think w- we should go.", "I think we should go."),
        ("It was a-a-actually good.", "It was actually good."),
        ("and w we have th- the answer", "and we have the answer"),
        ("M most people stay. Th the rest goes.", "Most people stay. The rest goes."),
    ),
    keeps=(
        "an X x-ray",
        "T-shirt, e-email",
        "vitamin C can help",
        "the n nodes",
        "a re-release",
        "C could do that.",
    ),
)
CUT_OFF_WORD: Final = Rule(
    "cut-off-word",
    _TIDY,
    Level.CLEAN,
    "A word with a hyphen behind it, where the speaker broke off and said something else.",
    fixes=(
        ("They call it an un- absurdly old house.", "They call it an absurdly old house."),
        ("It was a monu- large thing.", "It was a large thing."),
        ("And- but we can't change that.", "But we can't change that."),
        ("we spent bi-… most of it", "we spent most of it"),
        ("But his c- — his art was old.", "But his art was old."),
        ("the value of client po- client papers", "the value of client papers"),
        ("We want to se- to serve them.", "We want to serve them."),
    ),
    keeps=(
        "pre- and post-war houses",
        "back to post- COVID times",
        "It stops there-",
        "Haupt- und Nebensachen",
        "the 20- to 30-year-olds",
        "from short- to mid- to long-term plans",
        "five - no, six",
    ),
)

_REAL_HEADS: Final = frozenset("texuvcbai")  # T-shirt, e-mail, x-ray: one head is no stutter
_SPELLED_HEADS: Final = frozenset(("th", "wh", "sh", "ch", "st"))
_LONGEST: Final = 12  # characters of a token that may hold the start of a word alone, with what is around it
_BACK: Final = 5  # words before a broken-off one that may be said again behind it
_CONSONANTS: Final = frozenset("bcdfghjklmnpqrstvwxyz")
_DASHES: Final = frozenset("-—–")
_NAMED: Final = frozenset("crdgj")  # letters that stand for something at the start of a sentence: `C can do that`


@as_word_pass("fragments", PARTIAL_WORD, CUT_OFF_WORD, reach=8)
def fragments(transcript: Transcript, lists: WordLists) -> Iterator[Finding]:
    """Each start of a word that the whole word follows, and each word that ends in a hyphen before another."""
    words, text = transcript.words, transcript.text
    for start, end in _spelled_out(text):
        yield _begun_again(words, start, end, end, end)
    gone: dict[int, int] = {}  # fragment -> the word that is left behind it
    begun = lists.words("fragments", "begun_again")
    tokens = set(words.tokens)
    hyphened = {token for token in tokens if "-" in token and _ends_broken(token)}
    hot = hyphened.union([token for token in tokens if len(token) < _LONGEST and _is_head(bare(token)[2])])
    for i in reversed(list(words.among(hot))):
        again = gone.get(i + 1, i + 1)
        if again >= len(words):
            continue
        key, after, gap = words.key(i), words.key(again), words.gap(i)
        starts = after != key and after.startswith(key)
        if words.tokens[i] in hyphened:
            copied = _copied(words, i, again)
            if _is_broken_off(words, i, again, starts, copied > 0, lists):
                gone.update(dict.fromkeys(range(i - copied, i + 1), again))
                if starts:
                    yield _begun_again(words, words.start(i), words.end(i), words.start(i + 1), words.start(again))
                else:
                    yield _cut_off(words, i - copied, i, again)
        elif starts and gap.isspace() and after in begun and _is_head(key) and _may_be_broken(words, i):
            gone[i] = again
            yield _begun_again(words, words.start(i), words.end(i), words.start(i + 1), words.start(again))


def _is_head(key: str) -> bool:
    """Whether a word is all consonants, and so short that it may be the start of another."""
    return 0 < len(key) < 4 and _CONSONANTS.issuperset(key)


def _may_be_broken(words: Words, i: int) -> bool:
    written = words.written(i)
    if written.islower():
        return True
    opens = not i or ends_sentence(words.key(i - 1), words.gap(i - 1))
    return opens and written[0].isupper() and written[1:] == written[1:].lower() and words.key(i) not in _NAMED


def _ends_broken(token: str) -> bool:
    """`wor-`, `wor-,` and `wor-…`, with a blank behind: not `word--`, `word -` or a line end."""
    _, tail, key = bare(token)
    if not key or not tail:
        return False
    rest = token[len(token) - tail :]
    return rest[0] == "-" and rest[1:].strip(" ,…\n") == "" and rest[1:2] not in _DASHES


def _copied(words: Words, i: int, again: int) -> int:
    """How many words before the broken-off one are said again behind it: 1 in `of our client po- client portfolios`."""
    for n in range(1, min(_BACK, i, len(words) - again) + 1):
        before = range(i - n, i)
        same = all(words.key(before[k]) == words.key(again + k) for k in range(n))
        if same and all(words.gap(k).isspace() and "\n" not in words.gap(k) for k in before):
            return n
    return 0


def _is_broken_off(words: Words, i: int, again: int, starts: bool, copied: bool, lists: WordLists) -> bool:
    key, gap = words.key(i), words.gap(i)
    if not gap.startswith("-") or gap.strip("- ,…—–\t\n") or gap[1:2] in _DASHES or not gap[-1:].isspace():
        return False
    if starts:
        return True
    if "\n" in gap or is_number(key) or (words.written(i).isupper() and len(key) > 1):
        return False
    whole = key not in lists.words("fragments", "prefixes")
    alone = words.key(again) not in lists.words("fragments", "hang_on")
    return (whole or alone) if copied else (whole and alone)


def _cut_off(words: Words, first: int, last: int, again: int) -> Finding:
    start, end = words.start(first), words.end(last)
    edits = taken_out(words, first, last, again)
    return CUT_OFF_WORD.at(start, end, f"{words.text[start:end]!r} is broken off", *edits, confidence=0.93)


def _spelled_out(text: str) -> Iterator[tuple[int, int]]:
    """The `a-a-` of `a-a-actually` and the `th-` of `th-the`, as (start, end)."""
    at = text.find("-")
    while at >= 0:
        start = at - (2 if text[max(0, at - 2) : at] in _SPELLED_HEADS else 1)
        end = at + 1
        head = text[max(0, start) : at]
        if head.isalpha() and head.islower() and not _glued(text, start):
            while text.startswith(head + "-", end):
                end += len(head) + 1
            again = text.startswith(head, end) and text[end + len(head) : end + len(head) + 1].isalpha()
            if again and (end - start > len(head) + 1 or head not in _REAL_HEADS):
                yield start, end
        at = text.find("-", end)


def _glued(text: str, start: int) -> bool:
    before = text[start - 1 : start] if start > 0 else ""
    return before.isalnum() or (before != "" and before in "'’-_")


def _begun_again(words: Words, start: int, end: int, right: int, heir: int) -> Finding:
    text = words.text
    edits = [(start, right, "")]
    if "\n" in text[end:right]:
        edits = [(start, text.index("\n", end), "")]
    elif text[start].isupper() and text[heir].islower():
        edits = [(start, right, ""), (heir, heir + 1, text[heir].upper())]
    return PARTIAL_WORD.at(start, right, f"{text[start:end]!r} is the start of the next word, broken off", *edits)
