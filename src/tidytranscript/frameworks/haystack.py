"""A component of Haystack; needs `tidytranscript[haystack]`.

>>> from haystack import Document
>>> [made] = Tidy().run([Document(content="Um, so, so we left.", meta={"source": "a.vtt"})])["documents"]
>>> made.content, made.meta
('So we left.', {'source': 'a.vtt', 'tidytranscript': {'edits': 3, 'words_in': 5, 'words_out': 3}})
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from haystack import Document, component

from tidytranscript.frameworks import account, pipeline_of


@component
class Tidy:
    """Tidies the content of each document; what has no content goes through as it is.

    A tidied document has an id of its own, as Haystack makes it of the content, and an account in its meta.
    """

    def __init__(self, level: str = "clean", options: Mapping[str, Any] | None = None) -> None:
        self.level = level
        self.options = dict(options or {})  # under their own names, so that a pipeline can be written to YAML
        self.pipeline = pipeline_of(level, options)

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """The tidied documents, in the same order."""
        return {"documents": [self._made(document) for document in documents]}

    def _made(self, document: Document) -> Document:
        if document.content is None:
            return document
        result = self.pipeline(document.content)
        meta = {**document.meta, "tidytranscript": account(result)}
        return replace(document, id="", content=result.text, meta=meta, embedding=None, sparse_embedding=None)
