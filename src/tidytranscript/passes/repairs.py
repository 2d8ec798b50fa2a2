"""False starts: what a speaker gave up and said anew, where the words themselves give it away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.begunanew import Found, base_of, begun_anew, behind_a_link, clause_before, opens_clause, shown
from tidytranscript.clauses import (
    ALONE,
    CONTRACTED,
    DASHES,
    NEAR_COPIES,
    NEVER_NAMED,
    OPEN_ENDED,
    OTHERS,
    Kinds,
    kinds_of,
    places,
)
from tidytranscript.copies import View
from tidytranscript.givenup import GivenUp, given_up
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_word_pass
from tidytranscript.sentences import ends_sentence
from tidytranscript.wordlists import WordLists

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
        ("I think we… I think they left.", "I think they left."),
        ("Every, everyone stayed where he, so he knew, was home.", "Everyone stayed where he knew, was home."),
    ),
    keeps=(
        "in Rome, in Paris",
        "to think, to act",
        "It is the, I think, best of them.",
        "I came, I saw, I left.",
        "He was sitting there, there's a chair.",
        "the good, the bad",
        "What it is, we know.",
        "If they, and only they, agree, we go.",
        "I would, if I could, if it were mine.",
        "Who, what, when, where, why. He, she, and they.",
        "She is, and he is, and they are happy.",
        "We said that we, that is Anna and I, would go.",
    ),
)


@as_word_pass("repairs", FALSE_START, reach=40)
def repairs(transcript: Transcript, lists: WordLists) -> Iterator[Finding]:
    """Each reparandum before its repair; until none is left."""
    kinds = kinds_of(lists)
    words = transcript.words
    hot = places(words, kinds)
    yield from given_up(words, hot, FALSE_START, lambda view, at: _reparandum(view, at, kinds))


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
    if not found:
        return None
    return GivenUp(found.first, max(repair, found.repair), found.confidence, found.why)


def _unmarked(view: View, at: int, repair: int, kinds: Kinds) -> Found | None:
    """`he he's`, `the a`, `as the as they`: two words in a row that can't stand in a row."""
    words, key, anew = view.words, view.words.key(at), view.words.key(repair)
    if key in ALONE and anew.startswith(key + "'") and anew in CONTRACTED:
        return Found(at, 0.87, f"{key!r} is said again in {anew!r}")
    quoted = words.text[words.start(at) - 1 : words.start(at)] in ("“", '"', "‘", "'")
    if quoted or not words.written(at).islower() or (words.written(repair)[:1].isupper() and anew[:1] != "i"):
        return None
    if key in kinds.articles and anew in kinds.articles and anew != key:
        return Found(at, 0.85, f"{key!r} is given up for {anew!r}")
    if key in ALONE and anew != key and anew in ALONE | OTHERS:
        return Found(at, 0.76, f"{key!r} is given up for {anew!r}")
    if key in kinds.articles and anew in NEVER_NAMED:
        return _marked(view, at, repair, ",", kinds)
    return None


def _marked(view: View, at: int, repair: int, mark: str, kinds: Kinds) -> Found | None:
    words = view.words
    back, key, anew = clause_before(view, at), words.key(at), words.key(repair)
    found = behind_a_link(view, back, key, repair, kinds)
    if found:
        return found
    opens = len(back) == 1 or words.key(back[1]) in kinds.conjunctions | {"then"}
    if key in NEAR_COPIES and anew in NEAR_COPIES[key] and (opens or key != "there"):
        return Found(back[0], 0.87, f"{key!r} is begun anew")
    again = next((n for n, i in enumerate(back) if base_of(words.key(i)) == base_of(anew)), None)
    if _is_parenthesis(view, repair, kinds) and (mark == "," or again is None):
        return None
    if again is not None:
        return begun_anew(view, back[: again + 1], mark, opens_clause(view, back, again, kinds), anew, kinds)
    listed = not view.gap(repair)[:1].isspace()  # `who, what, when`; `he, she, and they`
    if key in kinds.questions and anew in kinds.questions - {"when", "which"} and not listed:
        return Found(at, 0.85, f"{key!r} is given up for {anew!r}")
    asked = next((n for n, i in enumerate(back) if words.key(i) in kinds.questions), None)
    then = view.next(repair)
    alike = then < len(words) and words.key(then) == key and key in kinds.auxiliaries
    if asked == 1 and alike and anew in kinds.questions:  # `how do, why do`
        return Found(back[1], 0.85, f"{shown(words, back[:2])!r} is asked anew")
    if asked and asked < 4 and anew in kinds.questions and key in kinds.hanging and key not in kinds.prepositions:
        return Found(back[asked], 0.75, f"{shown(words, back[: asked + 1])!r} is asked anew")
    short = 1 < len(back) < 4 and all(words.key(i) in kinds.plain for i in back)
    if mark in DASHES and short and key in kinds.hanging | OPEN_ENDED:
        return Found(back[-1], 0.76, f"{shown(words, back)!r} is given up")
    if listed or key not in kinds.hanging or mark == "…":
        return None
    return _given_up(view, at, back, key, anew, kinds)


def _given_up(view: View, at: int, back: list[int], key: str, anew: str, kinds: Kinds) -> Found | None:
    """What is given up where a word hangs in the air and nothing of it comes again."""
    words, why = view.words, f"{key!r} is given up for {anew!r}"
    if _goes_on(view, at, key):
        return None
    restarts = anew in kinds.subjects or anew in kinds.conjunctions - {"and", "or", "but"}
    if key in kinds.articles and restarts and anew not in kinds.determiners:
        stops = kinds.subjects | kinds.conjunctions
        lead = next((n for n, i in enumerate(back) if words.key(i) in stops), None)
        if lead and words.key(back[lead]) in kinds.subjects and opens_clause(view, back, lead, kinds):
            given_up = back[: lead + 1]
            if sum(words.key(i) not in kinds.plain for i in given_up) <= 1:
                return Found(given_up[-1], 0.76, f"{shown(words, given_up)!r} is given up")
    if key in kinds.determiners:
        other = anew in kinds.determiners and anew != key
        go_on = anew in kinds.plain and anew not in ("i", "like", "so")
        return Found(at, 0.85, why) if other else Found(at, 0.75, why) if go_on else None
    if key in kinds.subjects and restarts and opens_clause(view, back, 0, kinds):
        return Found(at, 0.75, why)
    return None


def _is_parenthesis(view: View, repair: int, kinds: Kinds) -> bool:
    words = view.words
    key = words.key(repair)
    after = view.next(repair)
    pair = f"{key} {words.key(after)}" if after < len(words) else key
    last = view.next(after)
    three = f"{pair} {words.key(last)}" if last < len(words) else pair
    return not kinds.parentheses.isdisjoint((key, pair, three))


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
