"""False starts: what a speaker gave up and said anew, where the words themselves give it away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from tidytranscript.clauses import (
    ADVERBS,
    AIMS,
    ALONE,
    CONTRACTED,
    DASHES,
    LINKS,
    NEVER_NAMED,
    OPEN_ENDED,
    OTHERS,
    Kinds,
    kinds_of,
    places,
)
from tidytranscript.copies import View
from tidytranscript.givenup import GivenUp, given_up
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.words import Words

FALSE_START: Final = Rule(
    "false-start",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.EDITED,
    "Words given up for what follows them, which says the same anew.",
    fixes=(
        ("They, we left.", "We left."),
        ("We spoke about the, that house.", "We spoke about that house."),
        ("If we, if they win, it ends.", "If they win, it ends."),
        ("And it is, it's possible.", "And it's possible."),
        ("And I was, I am here.", "And I am here."),
        ("They said he he's over.", "They said he's over."),
    ),
    keeps=(
        "in Rome, in Paris",
        "to think, to act",
        "It is the, I think, best of them.",
        "I came, I saw, I left.",
        "the good, the bad",
        "What it is, we know.",
        "If they, and only they, agree, we go.",
        "I would, if I could, if it were mine.",
        "Who, what, when, where, why. He, she, and they.",
        "She is, and he is, and they are happy.",
        "We said that we, that is Anna and I, would go.",
    ),
)

_BACK: Final = 6  # words of a reparandum, at most


@as_pass("repairs", FALSE_START)
def repairs(transcript: Transcript) -> Iterator[Finding]:
    """Each reparandum before its repair; until none is left."""
    kinds = kinds_of(transcript.language)
    if kinds is None:
        return
    words = transcript.words
    hot = places(words, kinds)
    yield from given_up(words, hot, FALSE_START, lambda view, at: _reparandum(view, at, kinds))


class _Found(NamedTuple):
    """The first word that is given up; the last stands before the mark."""

    first: int
    confidence: float
    why: str


def _reparandum(view: View, at: int, kinds: Kinds) -> GivenUp | None:
    """What is given up where word `at` stands last before a repair; None where nothing is."""
    words = view.words
    repair = view.next(at)
    if repair >= len(words):
        return None
    gap = view.gap(at)
    mark = gap.replace("\n", " ").strip()
    found = None
    if gap.isspace():
        found = _unmarked(view, at, repair, kinds)
    elif mark in (",", "…", "...", "-", "—", "–", "--"):
        found = _marked(view, at, repair, mark, kinds)
    return GivenUp(found.first, repair, found.confidence, found.why) if found else None


def _unmarked(view: View, at: int, repair: int, kinds: Kinds) -> _Found | None:
    """`he he's`, `the a`, `as the as they`: two words in a row that can't stand in a row."""
    words, key, anew = view.words, view.words.key(at), view.words.key(repair)
    if key in ALONE and anew.startswith(key + "'") and anew in CONTRACTED:
        return _Found(at, 0.87, f"{key!r} is said again in {anew!r}")
    quoted = words.text[words.start(at) - 1 : words.start(at)] in ("“", '"', "‘", "'")
    if quoted or not words.written(at).islower() or (words.written(repair)[:1].isupper() and anew[:1] != "i"):
        return None
    if key in kinds.articles and anew in kinds.articles and anew != key:
        return _Found(at, 0.85, f"{key!r} is given up for {anew!r}")
    if key in ALONE and anew != key and anew in ALONE | OTHERS:
        return _Found(at, 0.76, f"{key!r} is given up for {anew!r}")
    if key in kinds.articles and anew in NEVER_NAMED:
        return _marked(view, at, repair, ",", kinds)
    return None


def _marked(view: View, at: int, repair: int, mark: str, kinds: Kinds) -> _Found | None:
    words = view.words
    back, key, anew = _clause(view, at), words.key(at), words.key(repair)
    found = _behind_a_link(view, back, key, repair, kinds)
    if found or _is_parenthesis(view, repair, kinds):
        return found
    again = next((n for n, i in enumerate(back) if _base(words.key(i)) == _base(anew)), None)
    if again is not None:
        return _begun_anew(view, back[: again + 1], mark, _opens(view, back, again, kinds), anew, kinds)
    listed = not view.gap(repair)[:1].isspace()  # `who, what, when`; `he, she, and they`
    if key in kinds.questions and anew in kinds.questions - {"when", "which"} and not listed:
        return _Found(at, 0.85, f"{key!r} is given up for {anew!r}")
    asked = next((n for n, i in enumerate(back) if words.key(i) in kinds.questions), None)
    if asked and asked < 4 and anew in kinds.questions and key in kinds.hanging and key not in kinds.prepositions:
        return _Found(back[asked], 0.75, f"{_shown(words, back[: asked + 1])!r} is asked anew")
    short = 1 < len(back) < 4 and all(words.key(i) in kinds.plain for i in back)
    if mark in DASHES and short and key in kinds.hanging | OPEN_ENDED:
        return _Found(back[-1], 0.76, f"{_shown(words, back)!r} is given up")
    if listed or key not in kinds.hanging or mark == "…":
        return None
    return _given_up(view, at, back, key, anew, kinds)


def _behind_a_link(view: View, back: list[int], key: str, repair: int, kinds: Kinds) -> _Found | None:
    """`you have, if you have`, `I'm also, and I'm`: a clause that is begun anew with a link before it."""
    words, link, after = view.words, view.words.key(repair), view.next(repair)
    links = link in LINKS or (link in ("and", "so") and key in ADVERBS)
    if not links or after >= len(words) or key not in kinds.plain:
        return None
    same = next((n for n, i in enumerate(back) if _base(words.key(i)) == _base(words.key(after))), None)
    if same is None or same > 2 or not _opens(view, back, same, kinds):
        return None
    verb = view.next(after)
    again = same == 1 and verb < len(words) and words.key(verb) == key  # `you have, if you have`
    if not (again or same == 0 or key in kinds.hanging | ADVERBS):
        return None  # `I would, if I could`
    return _Found(back[same], 0.76, f"{_shown(words, back[: same + 1])!r} is begun anew")


def _begun_anew(view: View, given_up: list[int], mark: str, opens: bool, anew: str, kinds: Kinds) -> _Found | None:
    """What is given up, from a word that comes again behind the mark."""
    words, key = view.words, view.words.key(given_up[0])
    copied = _copied(view, given_up)
    lost = sum(words.key(i) not in kinds.plain for i in given_up[: len(given_up) - copied])
    if any(is_number(words.key(i)) for i in given_up):
        return None
    why = f"{_shown(words, given_up)!r} is begun anew"
    if _comes_again(view, given_up, exactly=True):
        return None  # a repeat, and a guard says that it is meant
    if len(given_up) > 1 and _comes_again(view, given_up) and (key in kinds.plain or mark != ","):
        return _Found(given_up[-1], 0.87, why)
    if copied > 1 and len(given_up) - copied < 3 and not lost and key in kinds.hanging | ADVERBS | AIMS:
        return _Found(given_up[-1], 0.87, why)
    after = view.next(view.next(given_up[0]))
    if copied == 1 and len(given_up) == 2 and {key, words.key(min(after, len(words) - 1))} <= kinds.determiners:
        return _Found(given_up[-1], 0.87, why)
    leads = anew in kinds.subjects or anew in kinds.conjunctions
    if key in kinds.hanging:
        ends = key in kinds.prepositions or key in kinds.conjunctions  # `the light of, it`: may end a clause after all
        return _Found(given_up[-1], 0.87, why) if lost <= (1 if leads and opens and not ends else 0) else None
    if leads and len(given_up) == 2 and anew == f"{words.key(given_up[1])}'s" and key in ("is", "has"):
        return _Found(given_up[1], 0.85, why)
    if not (leads and opens):
        return None
    if key in OPEN_ENDED and len(given_up) <= 3 and not lost and (anew in kinds.subjects or copied > 1):
        return _Found(given_up[-1], 0.85, why)
    return None


def _comes_again(view: View, given_up: list[int], *, exactly: bool = False) -> bool:
    """Whether all of it comes again, exactly or but for how a word is contracted: `if you, if you'd`."""
    words, at = view.words, given_up[0]
    for i in reversed(given_up):
        at = view.next(at)
        if at >= len(words):
            return False
        said, anew = words.key(i), words.key(at)
        if said != anew and (exactly or _base(said) != _base(anew)):
            return False
    return True


def _copied(view: View, given_up: list[int]) -> int:
    """How many of its first words come again, but for how a word is contracted."""
    at, copied = view.next(given_up[0]), 0
    for i in reversed(given_up):
        if at >= len(view.words) or _base(view.words.key(i)) != _base(view.words.key(at)):
            break
        at, copied = view.next(at), copied + 1
    return copied


def _given_up(view: View, at: int, back: list[int], key: str, anew: str, kinds: Kinds) -> _Found | None:
    """What is given up where a word hangs in the air and nothing of it comes again."""
    words, why = view.words, f"{key!r} is given up for {anew!r}"
    if _goes_on(view, at, key):
        return None
    restarts = anew in kinds.subjects or anew in kinds.conjunctions - {"and", "or", "but"}
    if key in kinds.articles and restarts and anew not in kinds.determiners:
        lead = next((n for n, i in enumerate(back) if words.key(i) in kinds.subjects), None)
        if lead and _opens(view, back, lead, kinds):
            given_up = back[: lead + 1]
            if sum(words.key(i) not in kinds.plain for i in given_up) <= 1:
                return _Found(given_up[-1], 0.76, f"{_shown(words, given_up)!r} is given up")
    if key in kinds.determiners:
        other = anew in kinds.determiners and anew != key
        go_on = anew in kinds.plain and anew not in ("i", "like", "so")
        return _Found(at, 0.85, why) if other else _Found(at, 0.75, why) if go_on else None
    if key in kinds.subjects and restarts and _opens(view, back, 0, kinds):
        return _Found(at, 0.75, why)
    return None


def _opens(view: View, back: list[int], n: int, kinds: Kinds) -> bool:
    """Whether a clause opens with the word `back[n]`."""
    if n + 1 == len(back):
        return len(back) < _BACK
    before = view.words.key(back[n + 1])
    return before == "when" or before in kinds.conjunctions - kinds.questions  # `who I was` is whole


def _clause(view: View, at: int) -> list[int]:
    """The words from `at` back to the start of its clause or the mark before it, at most `_BACK` of them."""
    words, back, i = view.words, [at], view.previous(at)
    while i >= 0 and len(back) < _BACK:
        gap = view.gap(i)
        if ends_sentence(words.key(i), gap) or gap.strip(" \n"):
            break
        back.append(i)
        i = view.previous(i)
    return back


def _is_parenthesis(view: View, repair: int, kinds: Kinds) -> bool:
    words = view.words
    key = words.key(repair)
    after = view.next(repair)
    pair = f"{key} {words.key(after)}" if after < len(words) else key
    return key in kinds.parentheses or pair in kinds.parentheses


def _goes_on(view: View, at: int, key: str) -> bool:
    """`the, how to say, the`: what stands between is put in, and the phrase goes on behind it."""
    i = view.next(at)
    for _ in range(5):
        after = view.next(i)
        if after >= len(view.words) or ends_sentence(view.words.key(i), view.gap(i)):
            return False
        if view.gap(i).startswith(",") and view.words.key(after) == key:
            return True
        i = after
    return False


def _base(key: str) -> str:
    return key.partition("'")[0]


def _shown(words: Words, back: list[int]) -> str:
    return " ".join([words.written(i) for i in reversed(back)])
