"""Named guards: why a repeat is meant. The lists that they ask are data, in `wordlists/`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from tidytranscript.copies import Run, View
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.wordlists import WordLists

_BROKEN: Final = "-…"  # a gap that starts so says itself that the word before was broken off
_LINKS: Final = frozenset(("and", "by", "to"))
_WHATEVER: Final = frozenset(("whatever", "whoever", "wherever", "whichever", "however", "as"))
_NOT_A_LETTER: Final = frozenset("iao")
_CLEFT: Final = frozenset(("is", "was"))
_SUBJECTS: Final = frozenset(("it", "you", "that", "this", "there", "her", "these", "those"))
_GOES_ON: Final = tuple(
    [("repeats", "function"), ("repeats", "doubles")]
    + [("repairs", name) for name in ("hanging", "prepositions", "light")]
)
_OBJECTS: Final = frozenset("it them him her me us this that".split())
_SO_GOES_ON: Final = frozenset(
    "the a i we they he she it's that's there's there i'm we're if when what how like one my in on at for to everyone "
    "everyone's everybody people this these you you're they're".split()
)


class Guard(NamedTuple):
    """A reason to leave a repeat alone."""

    name: str
    why: str
    keeps: str  # an example
    holds: Callable[[Run, WordLists], bool]


def guard_of(run: Run, lists: WordLists) -> Guard | None:
    """The first guard that says that a run of copies was meant, or None.

    A guard for single words is asked about runs of one word, a guard for phrases about the others.
    """
    if len(run.keys) == 1 and run.keys[0] in _unguarded(lists):
        return None
    for guard in OF_WORDS if len(run.keys) == 1 else OF_PHRASES:
        if guard.holds(run, lists):
            return guard
    return None


@lru_cache(maxsize=8)
def _unguarded(lists: WordLists) -> frozenset[str]:
    """Grammatical words of which no guard holds, whatever stands around them; nearly all stutters are of these."""
    asked = frozenset().union(*(lists.words("repeats", name) for name in ("intensifiers", "emphasis", "doubles")))
    asked |= _SUBJECTS | _CLEFT
    function = lists.words("repeats", "function")
    return frozenset([key for key in function - asked if not (is_spelled(key) or _strengthens(key))])


def is_set_off(run: Run) -> bool:
    """Whether a comma, a dash or the like stands between all copies."""
    return not any(map(str.isspace, run.gaps))


def is_broken_off(run: Run) -> bool:
    """Whether a hyphen or dots behind each copy say that it was broken off."""
    return all(gap[:1] in _BROKEN for gap in run.gaps)


def is_spelled(key: str) -> bool:
    """Whether a word is a number or a letter, of which two in a row are two."""
    return is_number(key) or (len(key) == 1 and key not in _NOT_A_LETTER)


def last_word(run: Run) -> int:
    """The last word of the last copy."""
    last = run.words[-1]
    for _ in range(len(run.words) * (run.copies - 1)):
        last = run.view.next(last)
    return last


def _before(run: Run) -> str:
    """The key of the word before, in the same sentence; or nothing."""
    at = run.view.previous(run.words[0])
    if at < 0 or ends_sentence(run.view.words.key(at), run.view.gap(at)):
        return ""
    return run.view.words.key(at)


def _after(run: Run) -> str:
    """The key of the word behind the last copy, in the same sentence; or nothing."""
    last = last_word(run)
    at = run.view.next(last)
    if at >= len(run.view.words) or ends_sentence(run.view.words.key(last), run.view.gap(last)):
        return ""
    return run.view.words.key(at)


def _ends_a_sentence(run: Run) -> bool:
    last = last_word(run)
    ends = run.view.next(last) >= len(run.view.words)
    return ends or ends_sentence(run.view.words.key(last), run.view.gap(last))


def _number(run: Run, lists: WordLists) -> bool:
    return is_spelled(run.keys[0]) and not is_broken_off(run)


def _has_capital(view: View, at: int) -> bool:
    return at < len(view.words) and view.words.written(at)[:1].isupper()


def _intensifier(run: Run, lists: WordLists) -> bool:
    key = run.keys[0]
    if key == "so" and (_after(run) in _SO_GOES_ON or _has_capital(run.view, run.view.next(last_word(run)))):
        return False  # `So, so they left`; `So, so Ann left`
    return key in lists.words("repeats", "intensifiers") or _strengthens(key)


def _strengthens(key: str) -> bool:
    return key.endswith("ly") and len(key) > 4 and not key.endswith("ically")  # `economically` does not


def _emphasis(run: Run, lists: WordLists) -> bool:
    return run.keys[0] in lists.words("repeats", "emphasis")


def _doubled_by_grammar(run: Run, lists: WordLists) -> bool:
    """Two of them, and no pause: `in in, in` is no grammar."""
    return run.keys[0] in lists.words("repeats", "doubles") and run.copies == 2 and run.gaps[0].isspace()


def _cleft(run: Run, lists: WordLists) -> bool:
    """`What it is, is ...`, `the question is, is there ...`: the second copy starts a clause of its own."""
    view, at = run.view, run.words[0]
    if run.keys[0] not in _CLEFT or run.copies != 2 or not _before(run):
        return False
    if _after(run) in ("there", "it", "this", "he", "she"):
        return True
    if _after(run) == "that":  # `the question is, is that good`, but `the point is, is that we can`
        return not _opens_a_clause(view, view.next(view.next(last_word(run))), lists)
    for _ in range(8):
        at = view.previous(at)
        if at < 0 or ends_sentence(view.words.key(at), view.gap(at)):
            return False
        if view.words.key(at) in ("what", "who", "where", "how", "all"):
            return True
    return False


def _opens_a_clause(view: View, at: int, lists: WordLists) -> bool:
    lists_of_openers = ("subjects", "determiners", "conjunctions")
    return at < len(view.words) and any(view.words.key(at) in lists.words("repairs", name) for name in lists_of_openers)


def _new_clause(run: Run, lists: WordLists) -> bool:
    """`When they sense it, it becomes ...`: the first copy ends one clause, the second opens the next."""
    if run.keys[0] not in _SUBJECTS or run.copies != 2 or not run.gaps[0].startswith(","):
        return False
    before, at = _before(run), run.view.previous(run.words[0])
    if at >= 0 and not run.view.gap(at).isspace():
        return False
    if run.keys[0] == "that":
        return before in ("in", "of", "with", "about", "for", "like") and _after(run) in (
            "i",
            "i'm",
            "we",
            "we're",
            "it's",
        )
    if run.keys[0] in ("it", "you", "there"):
        return before != "" and before not in lists.words("repeats", "opens_clause")
    return _after(run) in ("is", "are", "was", "were")


def _quotation(run: Run, lists: WordLists) -> bool:
    """`they sang, He is coming, He is coming.`: a sentence with a capital, inside another."""
    view, first = run.view, run.words[0]
    before = view.previous(first)
    if before < 0 or run.keys[0].startswith("i") or len(run.keys) < 2 or is_broken_off(run):
        return False
    second = view.next(run.words[-1])
    capital = view.words.written(first)[:1].isupper() and view.words.written(second)[:1].isupper()
    lower = all(view.words.written(i)[:1].islower() for i in run.words[1:])
    return capital and lower and run.keys[0] in lists.words("repeats", "function")


def _all_numbers(run: Run, lists: WordLists) -> bool:
    if not all(map(is_spelled, run.keys)) and is_set_off(run) and run.keys[-1] in lists.words("repairs", "hanging"):
        return False  # `the 12 to, 12 to 16 range`
    return all(map(is_spelled, run.keys)) or any(is_number(key) and key != "one" for key in run.keys)


def _formula(run: Run, lists: WordLists) -> bool:
    formulas, emphasis = lists.words("repeats", "formulas"), lists.words("repeats", "emphasis")
    return (
        " ".join(run.keys) in formulas or " ".join(run.keys[:2]) in formulas or all(key in emphasis for key in run.keys)
    )


def _whole_sentence(run: Run, lists: WordLists) -> bool:
    """`We do, we do.`, or the end of one: `and it's tough, it's tough.`"""
    if not _ends_a_sentence(run) or is_broken_off(run):
        return False
    before = run.view.previous(run.words[0])
    alone = before < 0 or ends_sentence(run.view.words.key(before), run.view.gap(before)) or ":" in run.view.gap(before)
    function = lists.words("repeats", "function")
    return alone or not all(key in function for key in run.keys)


def _phrase_of_a_new_clause(run: Run, lists: WordLists) -> bool:
    """`Whatever this is, this is it`: the first copy ends a clause that a question word opened."""
    subject, auxiliary = run.keys[0] in lists.words("repairs", "subjects") | _SUBJECTS, run.keys[-1]
    asked = _before(run) in lists.words("repairs", "questions") | _WHATEVER
    verb = auxiliary in lists.words("repairs", "auxiliaries")
    return len(run.keys) == 2 and run.copies == 2 and run.gaps[0][:1] == "," and subject and verb and asked


def _whole_clause(run: Run, lists: WordLists) -> bool:
    """`I hope it holds, I hope it holds, because ...`: a subject, a predicate, and nothing that hangs in the air."""
    subject = run.keys[0] in lists.words("repairs", "subjects")
    last = run.keys[-1]
    hangs = any(last in lists.words(*name) for name in _GOES_ON) or last.endswith("ing")
    return subject and not hangs and len(run.keys) > 2 and run.gaps[0][:1] == ","


def _progression(run: Run, lists: WordLists) -> bool:
    """`better and better and better`, `up and down, up and down`, `day by day by day`."""
    keys, function = run.keys, lists.words("repeats", "function")
    if "and" in keys[1:-1] and not all(key in function for key in keys):
        return True
    if len(keys) == 2 and "and" in keys and not (is_set_off(run) and all(key in function for key in keys)):
        return True
    if keys[0] in ("and", "or") and not all(key in function for key in keys) and len(keys) == 2:
        return True
    if "and" in keys or "by" in keys or keys[0] == "to":
        if keys[0] in _LINKS and _before(run) == keys[-1]:
            return True
        if keys[-1] in _LINKS and _after(run) == keys[0]:
            return True
    return False


def _iteration(run: Run, lists: WordLists) -> bool:
    """`you lift it, lift it until it stays`: what is done again is told again."""
    verb = not any(run.keys[0] in lists.words(*name) for name in (("repeats", "function"), ("repairs", "auxiliaries")))
    return verb and len(run.keys) == 2 and run.keys[1] in _OBJECTS and run.gaps[0][:1] == ","


def _final_word(run: Run, lists: WordLists) -> bool:
    return not _is_grammar(run.keys[0], lists) and _ends_a_sentence(run) and not is_broken_off(run)


def _name(run: Run, lists: WordLists) -> bool:
    """`Duran Duran`: a word with a capital in mid-sentence, said twice without a pause."""
    if _is_grammar(run.keys[0], lists) or is_set_off(run):
        return False
    return run.view.words.written(run.words[0])[:1].isupper()


def _is_grammar(key: str, lists: WordLists) -> bool:
    return key in lists.words("repeats", "function") or key in lists.words("repeats", "doubles")


OF_WORDS: Final = (
    Guard("number", "numbers and spelled letters are told one by one", "call five five one two", _number),
    Guard("intensifier", "said twice, it means more", "very, very real", _intensifier),
    Guard("emphasis", "said twice, it is meant more", "No, no, no. Yeah, yeah.", _emphasis),
    Guard("grammar", "grammar doubles it", "He had had enough.", _doubled_by_grammar),
    Guard("cleft", "the second copy starts a clause", "What it is, is a start.", _cleft),
    Guard("new-clause", "it ends one clause and opens the next", "When they see it, it grows.", _new_clause),
    Guard("name", "a name may double a word", "They heard Duran Duran.", _name),
    Guard("final-word", "a stutter goes on, and this ends the sentence", "They saw a whale, whale.", _final_word),
)
OF_PHRASES: Final = (
    Guard("number", "numbers and spelled letters are told one by one", "one two, one two", _all_numbers),
    Guard("formula", "a formula that is said twice", "Thank you, thank you very much.", _formula),
    Guard(
        "whole-sentence", "a stutter goes on, and this ends the sentence", "It's tough, it's tough.", _whole_sentence
    ),
    Guard(
        "whole-clause", "a whole clause is said twice to be heard", "If it comes up, it comes up again.", _whole_clause
    ),
    Guard(
        "new-clause",
        "it ends one clause and opens the next",
        "Whatever this is, this is all.",
        _phrase_of_a_new_clause,
    ),
    Guard(
        "quotation",
        "a sentence begins with the second copy",
        "They sang, This is it, This is it, all night.",
        _quotation,
    ),
    Guard("iteration", "what is done again is told again", "You lift it, lift it until it stays.", _iteration),
    Guard("progression", "each step is meant", "It got better and better and better.", _progression),
)
