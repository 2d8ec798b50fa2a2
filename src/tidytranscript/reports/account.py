"""What a run did to one file, in one line.

>>> from tidytranscript.pipeline import tidy
>>> account("talk.txt", tidy("Um, it's, it's fine."))
'talk.txt: 4 words in, 2 out; 2 edits (filler 1, stutter 1); 0 suggestions'
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from tidytranscript.engine import BELOW
from tidytranscript.passes.echo import echo
from tidytranscript.pipeline import Result
from tidytranscript.words import word_list

_NAMED: Final = 3


def account(name: str, result: Result) -> str:
    """Words in and out, edits with the rules that made most of them, and suggestions; `name` is the file.

    What a rule found at one place counts as one edit, whatever number of characters or places it took.
    """
    words_in, words_out = words_of(result)
    rules = Counter(finding.rule for step in result.steps for finding in step.taken if finding.edits).most_common()
    shown = [f"{rule} {count:,}" for rule, count in rules[:_NAMED]] + ["..."] * (len(rules) > _NAMED)
    edits = counted(sum(count for _, count in rules), "edit") + (f" ({', '.join(shown)})" if shown else "")
    last = {step.name: step for step in result.steps}.values()
    waiting = sum(why == BELOW and bool(finding.edits) for step in last for finding, why in step.declined)
    suggestions = counted(waiting, "suggestion")
    return f"{name}: {counted(words_in, 'word')} in, {words_out:,} out; {edits}; {suggestions}{doubling(result)}"


def words_of(result: Result) -> tuple[int, int]:
    """How many words the source has, and how many the result."""
    return len(word_list(result.source.text)), len(word_list(result.text))


def share_gone(result: Result) -> float:
    """The share of the source's words that is gone from the result, 0 to 1.

    >>> from tidytranscript.pipeline import tidy
    >>> share_gone(tidy("Um, it's, it's fine."))
    0.5
    """
    before, after = words_of(result)
    return max(0.0, (before - after) / before) if before else 0.0


def doubling(result: Result) -> str:
    """The doubling ratio before and after, where an echo was found: words written for each word that was said."""
    echoed = sum(len(word_list(old)) for step in result.steps if step.name == echo.name for old in step.patch.old)
    if not echoed:
        return ""
    text = result.text
    left = sum(len(word_list(edit.span.of(text))) for finding in echo.find(result.transcript) for edit in finding.edits)
    words_in, words_out = len(word_list(result.source.text)), len(word_list(text))
    before, after = words_in / max(1, words_in - echoed), words_out / max(1, words_out - left)
    return f"; doubling ratio {before:.2f} before, {after:.2f} after"


def turn_starts(result: Result) -> list[int]:
    """Where in the source each of the turns of the result starts, with what was taken out of its beginning.

    >>> from tidytranscript.pipeline import tidy
    >>> turn_starts(tidy("Ann: Um, we left.\\nBo: When?"))
    [5, 22]
    """
    given = [label.span.start for label in result.source.of_kind("turn")]
    found = [change.start for change, finding in result.noted if any(x.kind == "turn" for x in finding.labels)]
    before = {edit.end: edit.start for edit in result.edits if edit.start < edit.end}
    starts = []
    for start in given or sorted(found):
        while start in before:
            start = before[start]
        starts.append(start)
    return starts


def counted(number: int, what: str) -> str:
    """The number with the noun, in the plural where that is due.

    >>> counted(1, "edit"), counted(2000, "edit")
    ('1 edit', '2,000 edits')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"
