"""Stutters and repeated phrases; and the guards that say when a repeat is meant.

The first copy stays, since it carries the capital and its own time; the punctuation is that of the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tidytranscript.copies import Run, Taken, merged
from tidytranscript.cuts import cut, opening
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.sentences import ends_sentence, is_number
from tidytranscript.words import Words

_TIDY: Final = Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE
_LONGEST: Final = 8  # words in a phrase that is said again in one breath

STUTTER: Final = Rule(
    "stutter",
    _TIDY,
    Level.CLEAN,
    "A word said twice or more in a row without meaning to.",
    fixes=(
        ("It's, it's, it's fine.", "It's fine."),
        ("there is the the question", "there is the question"),
        ("to the model. And, and, and that was bad.", "to the model. And that was bad."),
        ("we need more,\nmore, of of the\nthe data", "we need more,\nmore, of the\ndata"),
    ),
    keeps=(
        "It is very, very real, and really, really good.",
        "He had had enough, and said that that was it.",
        "No, no, no. Yeah, yeah.",
        "call five five one two",
        "Yeah. Yeah, I think so.",
        "more and more, over and over again",
        "They played Duran Duran.",
        "What it is, is you remove it.",
        "C plus plus",
    ),
)
REPEATED_PHRASE: Final = Rule(
    "repeated-phrase",
    _TIDY,
    Level.CLEAN,
    "A phrase of up to eight words said again in one breath.",
    fixes=(
        ("Is there, is there, is there more?", "Is there more?"),
        ("So if you, if you like, we can, we can go.", "So if you like, we can go."),
        ("It's a, it's a question of the, of the economics.", "It's a question of the economics."),
    ),
    keeps=(
        "It got better and better and better.",
        "It's a local optimum. It's a local optimum.",
        "Come on, come on, let's go, let's go.",
        "Thank you, thank you very much.",
        "day by day, again and again and again",
        "one two, one two",
        "Speaker 2: We do, we do.",
    ),
)
# -- guards: repeats that are meant ---------------------------------------------------------------------------------

_INTENSIFIERS: Final = frozenset(
    "very really so many much more most too super pretty quite far way long big huge great good bad "
    "small little tiny old new deep high low hard fast slow easy nice hot cold ever never always "
    "again all only every big rich poor dear sweet sad happy beautiful strong weak close far right "
    "wrong just too such big tall wide thick thin real true dumb smart crazy cool fun funny early "
    "late near".split()
) - frozenset(("just", "only", "all", "every", "such", "right"))
_EMPHASIS: Final = frozenset(
    "no nope yes yeah yep yup ok okay right sure exactly wow oh ah ha haha hey hi hello bye please "
    "wait stop go come well now look listen true absolutely indeed never hmm mm mhm uh-huh thanks "
    "thank sorry bravo cheers correct amen blah bla knock tick tock night chop la na da dum boo hear "
    "there wait hurry easy careful quick run who's why".split()
) - frozenset(("well", "now", "there", "go", "come", "who's", "why", "run", "look", "right"))
_DOUBLES: Final = frozenset("that had is was do her you in on so plus bye night".split())  # `that that`, `had had`
_PHRASES: Final = frozenset(
    (
        *("thank you", "come on", "let's go", "oh my", "my god", "all right", "of course", "no way", "i know"),
        *("i see", "good job", "well done", "oh no", "oh yeah", "oh yes", "hear hear", "so much", "you too", "yes sir"),
        *("by the", "and on", "and over", "and again", "and more", "and so", "by day", "by step", "by one"),
    )
)
# Words that hardly carry meaning: without a comma between the copies, only these are sure to be a stutter.
_FUNCTION: Final = (
    frozenset(
        "the a an of to at for with and or but are were i we they he she it my your our their his its "
        "this these those if as be can could would will should did does have has not what when how "
        "who which where why there from by into about than then because it's that's i'm we're they're "
        "you're he's she's there's what's let's i've we've you've they've don't doesn't didn't can't "
        "isn't wasn't it'll i'll we'll you'll just like some any been being".split()
    )
    - _DOUBLES
)
_MEANT: Final = _INTENSIFIERS | _EMPHASIS
_LIGHT: Final = re.compile(r"[\s,\-–—…]*")
_COMMON_GAPS: Final = frozenset((" ", ", ", "\n", ",\n", "\n\n", ",\n\n"))  # looked up before the pattern is tried
_ONE_BLANK: Final = re.compile(r"\s+")


@as_pass("repeats", STUTTER, REPEATED_PHRASE)
def repeats(transcript: Transcript) -> Iterator[Finding]:
    """Each stretch of words that says again what was just said."""
    words = transcript.words
    for take in merged(words, _LONGEST, lambda lag: 2, _judge, _joins):
        yield _finding(words, take)


def _joins(gap: str) -> bool:
    return gap in _COMMON_GAPS or _LIGHT.fullmatch(gap) is not None


def _judge(run: Run) -> float:
    """How sure it is that the copies were not meant."""
    keys = run.keys
    set_off = not any(map(str.isspace, run.gaps))
    if len(keys) == 1:
        return _judge_word(run, keys[0], set_off)
    if all(is_number(key) or (len(key) == 1 and key not in "iao") for key in keys):
        return 0.0  # a number, or letters spelled out
    return _judge_phrase(run, keys, set_off)


def _judge_word(run: Run, key: str, set_off: bool) -> float:
    if key in _FUNCTION:
        return 0.97 if set_off else 0.95
    if key in _MEANT or (key.endswith("ly") and len(key) > 4) or is_number(key) or (len(key) == 1 and key != "i"):
        return 0.0
    if key in _DOUBLES:
        cleft = key in ("is", "was") and run.copies == 2 and _is_cleft(run)
        return 0.97 if set_off and not cleft else 0.0
    return 0.85 if set_off and run.copies == 2 else 0.5  # three of a verb or noun are told to be seen going on


def _is_cleft(run: Run) -> bool:
    """`What it is, is ...`, `the question is, is there ...`: the second copy starts a clause of its own."""
    view, at = run.view, run.words[0]
    after = view.next(view.next(at))
    if after < len(view.words) and view.words.key(after) in ("there", "it", "this", "that", "he", "she"):
        return True
    for _ in range(8):
        at = view.previous(at)
        if at < 0 or ends_sentence(view.words.key(at), view.gap(at)):
            return False
        if view.words.key(at) in ("what", "who", "where", "how", "all"):
            return True
    return False


def _is_all_of_a_sentence(run: Run) -> bool:
    view, last = run.view, run.words[-1]
    before = view.previous(run.words[0])
    if before >= 0 and _joins(view.gap(before)):
        return False  # a stop or a speaker's label would stand before it
    for _ in range(len(run.words) * (run.copies - 1)):
        last = view.next(last)
    return ends_sentence(view.words.key(last), view.gap(last))


def _judge_phrase(run: Run, keys: tuple[str, ...], set_off: bool) -> float:
    view = run.view
    if " ".join(keys) in _PHRASES or " ".join(keys[:2]) in _PHRASES or all(key in _EMPHASIS for key in keys):
        return 0.0
    if any(is_number(key) for key in keys):
        return 0.0
    if _is_all_of_a_sentence(run):
        return 0.0  # `We do, we do.`
    if "and" in keys[1:-1] and not all(key in _FUNCTION for key in keys):
        return 0.0  # `up and down, up and down`
    if len(keys) == 2 and "and" in keys and not (set_off and all(key in _FUNCTION for key in keys)):
        return 0.0  # `magnified and magnified and`, `this and that and that`
    after = view.next(run.words[-1])
    for _ in range(len(keys) * (run.copies - 1)):
        after = view.next(after)
    before = view.previous(run.words[0])
    if "and" in keys or "by" in keys or "to" in keys[:1]:
        # `better and better and better`, `day by day by day`
        if before >= 0 and view.words.key(before) == keys[-1] and keys[0] in ("and", "by", "to"):
            return 0.0
        if after < len(view.words) and view.words.key(after) == keys[0] and keys[-1] in ("and", "by", "to"):
            return 0.0
    if set_off:
        return 0.95
    return 0.92 if len(keys) > 2 or all(key in _FUNCTION for key in keys) else 0.75


def _finding(words: Words, take: Taken) -> Finding:
    text = words.text
    left, start, end = words.end(take.kept), words.start(take.first), words.end(take.last)
    edits = [(left, end, "")]
    if text.find("\n", left, end) >= 0:
        right = words.start(take.last + 1) if take.last + 1 < len(words) else len(text)
        right -= opening(text[end:right])
        edits = cut(text, left, start, end, right, _ONE_BLANK.sub(" ", text[end:right]).strip())
    rule = STUTTER if len(take.phrase) == 1 else REPEATED_PHRASE
    phrase = " ".join([words.written(i) for i in take.phrase])
    return rule.at(start, end, f"{phrase!r} stands {take.copies} times", *edits, confidence=take.confidence)
