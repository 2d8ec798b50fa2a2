"""A component of spaCy that tidies the text before the others see it; needs `tidytranscript[spacy]`.

Where the package is installed, spaCy knows the component by its name:

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("tidytranscript", first=True, config={"level": "clean"})
>>> doc = nlp("Um, so, so we left.")
>>> doc.text, doc._.tidy_source
('So we left.', 'Um, so, so we left.')
>>> [(edit["old"], edit["rule"]) for edit in doc._.tidy_edits]
[('Um, ', 'filler'), ('s', 'filler'), (', so', 'stutter')]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from tidytranscript.frameworks import pipeline_of

for _name, _default in (("tidy_source", ""), ("tidy_edits", ())):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


class Tidy:
    """Gives a new `Doc` of the tidied text; it has to stand first, since what others have found would be lost.

    `doc._.tidy_source` is the text as it came, `doc._.tidy_edits` what was changed: dicts of start, end, old, new,
    rule, reason and confidence, in characters of the source.
    """

    def __init__(self, nlp: Language, level: str = "clean", options: Mapping[str, Any] | None = None) -> None:
        self.vocab = nlp.vocab
        self.tokenizer = nlp.tokenizer
        self.pipeline = pipeline_of(level, options)

    def __call__(self, doc: Doc) -> Doc:
        """The tidied document."""
        result = self.pipeline(doc.text)
        made = self.tokenizer(result.text)
        made.user_data.update(doc.user_data)
        made._context = doc._context  # what `nlp.pipe(..., as_tuples=True)` hands back beside it
        made._.tidy_source = doc.text
        fields = ("start", "end", "old", "new", "rule", "reason", "confidence")
        made._.tidy_edits = [{field: getattr(edit, field) for field in fields} for edit in result.edits]
        return made


@Language.factory("tidytranscript", default_config={"level": "clean", "options": {}})
def tidytranscript(nlp: Language, name: str, level: str, options: dict[str, Any]) -> Tidy:
    """The component as spaCy makes it from its configuration."""
    return Tidy(nlp, level, options)
