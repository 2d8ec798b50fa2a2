"""The classes of function words that tell a false start from a clause that goes on, and where they can tell one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tidytranscript.wordlists import WordLists
from tidytranscript.words import Words, bare, code

OTHERS: Final = frozenset(("it's", "that's", "there's", "i'm", "we're", "they're"))
CONTRACTED: Final = OTHERS | frozenset(
    "i'm i've i'll i'd we're we've we'll we'd they're they've they'll they'd he's he'll he'd she's she'll she'd".split()
)
ALONE: Final = frozenset("i we they he she".split())
# What no article stands before: with a pause between them, a comma would say so.
NEVER_NAMED: Final = frozenset(
    "i we they he she it's that's there's i'm we're they're you're he's she's of to with from at into as than "
    "because when which my your our their its this these those".split()
)

NEAR_COPIES: Final = {  # a word, and those that are said in its place: no clause ends with the first
    "every": frozenset(("everything", "everyone", "everybody", "everywhere")),
    "there": frozenset(("there's", "there'll", "there'd")),
    "into": frozenset(("to", "in")),
    "onto": frozenset(("to", "on")),
}
LINKS: Final = frozenset(("if", "when", "because"))
ADVERBS: Final = frozenset("also even just really actually always still".split())
WHOLE: Final = frozenset("as whatever whoever wherever however".split())  # a clause behind these is whole
AIMS: Final = frozenset(("be", "almost", "probably"))
DASHES: Final = frozenset(("—", "–", "--"))
OPEN_ENDED: Final = ADVERBS | frozenset(
    "is are am was were would could can will have had might should don't didn't doesn't wouldn't couldn't can't won't "
    "wasn't isn't aren't".split()
)


class Kinds(NamedTuple):
    """The classes of function words that repairs are told by."""

    articles: frozenset[str]
    determiners: frozenset[str]
    subjects: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    parentheses: frozenset[str]
    hanging: frozenset[str]
    questions: frozenset[str]
    plain: frozenset[str]
    hot: frozenset[str]
    impossible: re.Pattern[bytes]  # of the codes of two words in a row


@lru_cache(maxsize=8)
def kinds_of(lists: WordLists) -> Kinds:
    """The classes of a language."""
    sets = {name: lists.words("repairs", name) for name in Kinds._fields[:-3]}
    function = lists.words("repeats", "function") | lists.words("repeats", "doubles") | lists.words("repairs", "light")
    hot: frozenset[str] = frozenset().union(*[sets[name] for name in sets if name != "parentheses"])
    behind = _class_of(sets["articles"] | NEVER_NAMED | CONTRACTED)
    impossible = _class_of(sets["articles"] | ALONE) + b"(?=" + behind + b")"
    return Kinds(
        **sets, plain=function | hot, hot=hot | OPEN_ENDED | NEAR_COPIES.keys(), impossible=re.compile(impossible)
    )


def _class_of(keys: Iterable[str]) -> bytes:
    """A pattern for the code of any of some words."""
    return b"[" + b"".join([re.escape(code(key)) for key in sorted(keys)]) + b"]"


def places(words: Words, kinds: Kinds) -> set[int]:
    """The words behind which anything can begin anew: before a mark, or before what can't follow them."""
    tokens = {token for token in words.vocabulary if _MARK.search(token)}
    marked = {token for token in tokens if bare(token)[2] in kinds.hot or _BROKEN.search(token)}
    found = set(words.among(marked))
    if _SPACED_MARK.search(words.text):
        found.update(words.before(match.start()) for match in _SPACED_MARK.finditer(words.text))
        found.discard(-1)
    found.update(_impossible(words, kinds))
    return found


def _impossible(words: Words, kinds: Kinds) -> Iterator[int]:
    alone = kinds.articles | ALONE
    behind = kinds.articles | NEVER_NAMED | CONTRACTED
    for match in kinds.impossible.finditer(words.codes):
        at = match.start()
        if words.key(at) in alone and words.key(at + 1) in behind:  # codes may be equal where words are not
            yield at


_MARK: Final = re.compile(r"\w\W*[,\-—–…]")
_BROKEN: Final = re.compile(r"\w\W*(?:[—–…]|-(?!\w)|\.\.\.)")
_SPACED_MARK: Final = re.compile(r"[—–…]|--| - |\.\.\.| ,|\n,")
