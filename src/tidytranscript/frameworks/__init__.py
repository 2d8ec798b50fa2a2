"""tidytranscript as a stage in text frameworks: one module for each, which imports the framework.

`frameworks.spacy`, `frameworks.langchain`, `frameworks.haystack` and `frameworks.datatrove`; each takes a level and the
options of `Pipeline.standard`. Where all that is wanted is a function from text to text, `Pipeline.text` is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidytranscript.pipeline import Pipeline, Result
from tidytranscript.words import word_list


def pipeline_of(level: str, options: Mapping[str, Any] | None) -> Pipeline:
    """The pipeline that a level and options ask for; raises what `Pipeline.standard` raises."""
    return Pipeline.standard(level, **(options or {}))


def account(result: Result) -> dict[str, int]:
    """What a stage writes beside a text: how many edits there were, and words before and after.

    >>> account(Pipeline.standard()("Um, so, so we left."))
    {'edits': 3, 'words_in': 5, 'words_out': 3}
    """
    words_in, words_out = len(word_list(result.source.text)), len(word_list(result.text))
    return {"edits": len(result.edits), "words_in": words_in, "words_out": words_out}
