"""What a run did to one file, in one line.

>>> from tidytranscript.pipeline import tidy
>>> account("talk.txt", tidy("Um, it's, it's fine."))
'talk.txt: 4 words in, 2 out; 2 edits (filler 1, stutter 1); 0 suggestions'
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from tidytranscript.pipeline import Result
from tidytranscript.words import word_list

_NAMED: Final = 3


def account(name: str, result: Result) -> str:
    """Words in and out, edits with the rules that made most of them, and suggestions; `name` is the file."""
    words_in, words_out = len(word_list(result.source.text)), len(word_list(result.text))
    rules = Counter(change.rule for change in result.edits).most_common()
    shown = [f"{rule} {count:,}" for rule, count in rules[:_NAMED]] + ["..."] * (len(rules) > _NAMED)
    edits = _counted(len(result.edits), "edit") + (f" ({', '.join(shown)})" if shown else "")
    suggestions = _counted(len(result.suggestions), "suggestion")
    return f"{name}: {_counted(words_in, 'word')} in, {words_out:,} out; {edits}; {suggestions}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
