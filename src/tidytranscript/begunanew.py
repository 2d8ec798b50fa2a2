"""Where a clause or a phrase is begun anew: what is given up before words that were said a moment ago."""

from __future__ import annotations

from typing import Final, NamedTuple

from tidytranscript.clauses import ADVERBS, AIMS, ALONE, LINKS, OPEN_ENDED, WHOLE, Kinds
from tidytranscript.copies import View
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.words import Words

_BACK: Final = 6  # words of a reparandum, at most
_ANSWERS: Final = frozenset("yeah yes no oh ok okay well mean know like".split())


class Found(NamedTuple):
    """The first word that is given up; the last stands before the mark."""

    first: int
    confidence: float
    why: str
    repair: int = -1  # the first word of the repair; the one behind the mark where it is not given


def clause_before(view: View, at: int) -> list[int]:
    """The words from `at` back to the start of its clause or the mark before it, at most `_BACK` of them."""
    words, back, i = view.words, [at], view.previous(at)
    while i >= 0 and len(back) < _BACK:
        gap = view.gap(i)
        if ends_sentence(words.key(i), gap) or gap.strip(" \n"):
            break
        back.append(i)
        i = view.previous(i)
    return back


def opens_clause(view: View, back: list[int], n: int, kinds: Kinds) -> bool:
    """Whether a clause opens with the word `back[n]`."""
    if n + 1 == len(back):
        return len(back) < _BACK
    before = view.words.key(back[n + 1])
    return before == "when" or before in kinds.conjunctions - kinds.questions  # `who I was` is whole


def behind_a_link(view: View, back: list[int], key: str, repair: int, kinds: Kinds) -> Found | None:
    """`you have, if you have`, `I'm also, and I'm`: a clause that is begun anew with a link before it."""
    words, link, after = view.words, view.words.key(repair), view.next(repair)
    if after < len(words) and key in ALONE and words.key(after) == key:
        return _alone(view, back, link, after, kinds)
    links = link in LINKS or (link in ("and", "so") and key in ADVERBS)
    if not links or after >= len(words) or key not in kinds.plain:
        return None
    same = next((n for n, i in enumerate(back) if base_of(words.key(i)) == base_of(words.key(after))), None)
    if same is None or same > 2 or not opens_clause(view, back, same, kinds):
        return None
    verb = view.next(after)
    again = same == 1 and verb < len(words) and words.key(verb) == key  # `you have, if you have`
    if not (again or same == 0 or key in kinds.hanging | ADVERBS):
        return None  # `I would, if I could`
    return Found(back[same], 0.76, f"{shown(words, back[: same + 1])!r} is begun anew")


def _alone(view: View, back: list[int], link: str, after: int, kinds: Kinds) -> Found | None:
    """`where he, so he works`: the link goes too; `behaviors we, which we called`: it stays."""
    key, before = view.words.key(back[0]), view.words.key(back[1]) if len(back) > 1 else ""
    if link == "so" and before in kinds.conjunctions:
        return Found(back[0], 0.85, f"{key!r} is begun anew", after)
    ended = before in kinds.auxiliaries | kinds.conjunctions | kinds.prepositions or "'" in before
    if before and not ended and link in kinds.conjunctions | {"which"}:
        return Found(back[0], 0.8, f"{key!r} is begun anew")
    return None


def begun_anew(view: View, given_up: list[int], mark: str, opens: bool, anew: str, kinds: Kinds) -> Found | None:
    """What is given up, from a word that comes again behind the mark."""
    words, key = view.words, view.words.key(given_up[0])
    copied = _copied(view, given_up)
    lost = sum(words.key(i) not in kinds.plain for i in given_up[: len(given_up) - copied])
    if any(is_number(words.key(i)) for i in given_up):
        return None
    why = f"{shown(words, given_up)!r} is begun anew"
    if _comes_again(view, given_up, exactly=True):
        return None  # a repeat, and a guard says that it is meant
    if len(given_up) > 1 and _comes_again(view, given_up) and (key in kinds.plain or mark != ","):
        return Found(given_up[-1], 0.87, why)
    know = copied > 1 and words.key(given_up[1]) == "know"  # `you know what, you know how it is`
    hangs = key in kinds.hanging | ADVERBS | AIMS or (key in kinds.questions and not know)
    if copied > 1 and len(given_up) - copied < 3 and not lost and hangs:
        return Found(given_up[-1], 0.87, why)
    after = view.next(view.next(given_up[0]))
    then = words.key(after) if after < len(words) else ""
    if copied == 1 and len(given_up) == 2 and _goes_on_alike(key, then, kinds):
        return Found(given_up[-1], 0.85, why)
    if mark != "," and 1 < copied < len(given_up) < 6 and lost < 2 and key not in _ANSWERS:
        return Found(given_up[-1], 0.8, why)  # `I think we… I think there`: the mark says that it was broken off
    leads = anew in kinds.subjects or anew in kinds.conjunctions
    if key == "some" and not leads and not lost:
        return Found(given_up[-1], 0.8, why)
    if key in kinds.hanging:
        ends = key in kinds.prepositions or key in kinds.conjunctions  # `the light of, it`: may end a clause after all
        return Found(given_up[-1], 0.87, why) if lost <= (1 if leads and opens and not ends else 0) else None
    before = view.previous(given_up[-1])
    whole = before >= 0 and words.key(before) in kinds.questions | WHOLE  # `as bad as that is, that's it`
    if leads and not whole and len(given_up) == 2 and anew == f"{words.key(given_up[1])}'s" and key in ("is", "has"):
        return Found(given_up[1], 0.85, why)
    if not (leads and opens):
        return None
    if key in OPEN_ENDED and len(given_up) <= 3 and not lost and (anew in kinds.subjects or copied > 1):
        return Found(given_up[-1], 0.85, why)
    return None


def _goes_on_alike(key: str, then: str, kinds: Kinds) -> bool:
    """`of the, of that`, `would have, would say`: what hangs behind a word, and what follows it when it comes again."""
    if key in kinds.determiners:
        return then in kinds.determiners or then == "all"
    return key in ("be", "have") and then not in kinds.subjects and then not in ("not", "also")


def _comes_again(view: View, given_up: list[int], *, exactly: bool = False) -> bool:
    """Whether all of it comes again, exactly or but for how a word is contracted: `if you, if you'd`."""
    words, at = view.words, given_up[0]
    for i in reversed(given_up):
        at = view.next(at)
        if at >= len(words):
            return False
        said, anew = words.key(i), words.key(at)
        if said != anew and (exactly or base_of(said) != base_of(anew)):
            return False
    return True


def _copied(view: View, given_up: list[int]) -> int:
    """How many of its first words come again, but for how a word is contracted."""
    at, copied = view.next(given_up[0]), 0
    for i in reversed(given_up):
        if at >= len(view.words) or base_of(view.words.key(i)) != base_of(view.words.key(at)):
            break
        at, copied = view.next(at), copied + 1
    return copied


def base_of(key: str) -> str:
    """What stands before the apostrophe: `you` of `you'd`."""
    return key.partition("'")[0]


def shown(words: Words, back: list[int]) -> str:
    """The words as they are written, from the last to the first given."""
    return " ".join([words.written(i) for i in reversed(back)])
