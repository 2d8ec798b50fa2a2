"""The sounds that fill a pause: uh, um, er and how they are spelled. English only; no other language runs any.

`mhm` and `uh-huh` are answers, `hm?` is a question, and `um` is a word in German and Portuguese.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tidytranscript.cuts import cut, opening
from tidytranscript.rules import Finding, Level, Power, Rule, Transcript, as_pass
from tidytranscript.sentences import ends_sentence
from tidytranscript.words import Words

FILLER: Final = Rule(
    "filler",
    Power.DELETE | Power.SPACE | Power.PUNCTUATION | Power.CASE,
    Level.CLEAN,
    "A sound that fills a pause, such as uh or um.",
    fixes=(
        ("Um, so we left.", "So we left."),
        ("do we have, uh, data for it", "do we have data for it"),
        ("It is, uh, um, fine, uh.", "It is fine."),
        ("Yes. Uh. I think so.", "Yes. I think so."),
        ("it failed, uh, and then it worked", "it failed, and then it worked"),
        ("we went through, uh,\nwhat we have", "we went through\nwhat we have"),
    ),
    keeps=(
        "Uh-huh. Mhm. Uh huh.",
        "uh oh, it broke",
        "the word “um” is short",
        "the ER was full",
        "a layer of 5 um",
        "the hum of the drum",
        "“Um?” he asked.",
    ),
)

_FILLERS: Final = frozenset("uh uhh uhhh uhhhh um umm ummm ummmm uhm uhmm uhmmm er erm ermm ermmm ehm".split())
_ANSWERS: Final = frozenset("huh hum uh-huh oh mm mhm hmm".split())  # `uh huh`, `uh oh`, `mm um`
_MARKERS: Final = frozenset((("you", "know"), ("i", "mean"), ("i", "guess"), ("you", "see")))
_PLAIN_GAPS: Final = frozenset((" ", ", "))  # on both sides: the filler stands in mid-sentence, as nearly all do
_OPENING: Final = frozenset("\"'“‘(")
# After these a clause is cut short by a comma, and before these one may start: a comma stays between the two others.
_NO_COMMA_AFTER: Final = frozenset(
    "a about across after an and are as at be because but by can could do does did for from had has "
    "have he how i if in into is it it's its just like my no not of on or our she so some than that "
    "that's the their them then there there's these they this those through to us very was we we're "
    "well what when where which who will with would you you're your i'm".split()
)
_COMMA_BEFORE: Final = frozenset(
    "and but so because which who when where if though although while then or i we you he she it they "
    "there that this what how i'm it's we're you're they're that's there's he's she's let's i've "
    "we've".split()
)


@as_pass("fillers", FILLER)
def fillers(transcript: Transcript) -> Iterator[Finding]:
    """Each run of fillers, taken out with the punctuation that set it off."""
    if transcript.language != "en":
        return
    words = transcript.words
    last = -1
    for i in words.where(_FILLERS):
        if i <= last or not _is_filler(words, i):
            continue
        last = i
        while last + 1 < len(words) and words.key(last + 1) in _FILLERS and _joined(words, last):
            last += 1
        yield _taken_out(words, i, last)


def _joined(words: Words, i: int) -> bool:
    return not words.gap(i).strip(" \t\r\n,.?!:;…-—–") and _is_filler(words, i + 1)


def _is_filler(words: Words, i: int) -> bool:
    start, end = words.start(i), words.end(i)
    written = words.text[start:end]
    before, after = words.text[start - 1 : start], words.text[end : end + 1]
    if before in _OPENING and before and after and not after.isspace() and after != ",":
        return False  # quoted: the word is spoken of
    if after in ("?", "'"):
        return False
    if i + 1 < len(words) and words.key(i + 1) in _ANSWERS and words.gap(i).strip() in ("", "-"):
        return False
    if i and words.key(i - 1) in _ANSWERS and words.gap(i - 1).isspace() and words.key(i - 1) != "oh":
        return False
    if i and words.key(i - 1)[-1].isdigit() and words.gap(i - 1).isspace() and written == "um" and after != ",":
        return False  # micrometres
    return not (len(written) > 1 and written.isupper() and not _shouted(words, i))


def _shouted(words: Words, i: int) -> bool:
    """Whether the words around are in capitals too; other fillers don't count."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(words) and words.key(j) in _FILLERS and abs(j - i) < 20:
            j += step
        if 0 <= j < len(words) and len(word := words.written(j)) > 2 and word.isalpha() and word.isupper():
            return True
    return False


def _taken_out(words: Words, first: int, last: int) -> Finding:
    text = words.text
    start, end = words.start(first), words.end(last)
    left = words.end(first - 1) if first else 0
    word = words.start(last + 1) if last + 1 < len(words) else len(text)
    right = word - opening(text[end:word])
    before, after = text[left:start], text[end:right]
    said = text[start:end]
    if first and last + 1 < len(words) and before in _PLAIN_GAPS and after in _PLAIN_GAPS:
        keeps_comma = before == ", " and _parts_clauses(words, first, last)
        cut_out = (left + 1, right - 1, "") if keeps_comma else (left, right - 1, "")
        return FILLER.at(start, end, f"{said!r} fills a pause", cut_out)
    opens = not first or ends_sentence(words.key(first - 1), before) or before.strip(" \t\r\n,") != ""
    if opens:
        edits = _from_the_start(text, start, end, right)
        if text[start].isupper() and last + 1 < len(words) and _may_open(words, last + 1):
            edits.append((word, word + 1, text[word].upper()))
    else:
        edits = cut(text, left, start, end, right, _stop(words, first, last, before, after))
    return FILLER.at(start, end, f"{said!r} fills a pause", *edits)


def _may_open(words: Words, i: int) -> bool:
    """Whether word `i` takes a capital at the start of a sentence: not `iPhone`, nor a filler that goes too."""
    return words.written(i).islower() and words.key(i) not in _FILLERS


def _parts_clauses(words: Words, first: int, last: int) -> bool:
    """Whether a comma stays where the fillers were: before a clause, beside `you know`, and inside a stutter."""
    before, after = words.key(first - 1), words.key(last + 1)
    if before not in _NO_COMMA_AFTER and after in _COMMA_BEFORE:
        return True
    if last + 2 < len(words) and (after, words.key(last + 2)) in _MARKERS:
        return True
    if first > 1 and (words.key(first - 2), before) in _MARKERS:
        return True
    return any(
        all(words.key(first - n + i) == words.key(last + 1 + i) for i in range(n))
        for n in range(1, min(4, first, len(words) - 1 - last) + 1)
    )


def _from_the_start(text: str, start: int, end: int, right: int) -> list[tuple[int, int, str]]:
    """At the start of a sentence: the fillers go with all that sets them off from the next word."""
    if text[max(0, start - 2) : start] in (" -", "\n-"):
        start -= 1  # a hyphen that hung on to the filler would hang on to the next word
    line_end = text.find("\n", end, right)
    if line_end < 0 and right < len(text):
        kept = text[end:right].lstrip(" \t\r,.;:!…-—–")
        return [(start, right - len(kept), "")]
    stop = line_end if line_end >= 0 else len(text)
    kept = text[end:stop].lstrip(" \t\r,.;:!…-—–")
    while start and text[start - 1] in " \t":
        start -= 1
    return [(start, stop - len(kept), "")]


def _stop(words: Words, first: int, last: int, before: str, after: str) -> str:
    """The punctuation that stays in place of the fillers in mid-sentence."""
    rest = after.replace("\n", " ").strip()
    if rest and rest[0] not in ",":
        return rest
    if last + 1 == len(words):
        return before.strip() if rest else ""
    if "," in before and _parts_clauses(words, first, last):
        return ","
    return rest[1:].lstrip() if rest else ""
