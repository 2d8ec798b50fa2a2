"""A document transformer for LangChain; needs `tidytranscript[langchain]`.

>>> from langchain_core.documents import Document
>>> [made] = Tidy().transform_documents([Document("Um, so, so we left.", metadata={"source": "a.vtt"})])
>>> made.page_content, made.metadata
('So we left.', {'source': 'a.vtt', 'tidytranscript': {'edits': 3, 'words_in': 5, 'words_out': 3}})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.documents import BaseDocumentTransformer, Document

from tidytranscript.frameworks import account, pipeline_of


class Tidy(BaseDocumentTransformer):
    """Tidies the content of each document; metadata and ids stay, with an account under `tidytranscript`.

    With `by_turn`, each turn becomes a document of its own, with `speaker` in its metadata, and without an id.
    """

    def __init__(
        self, level: str = "clean", options: Mapping[str, Any] | None = None, *, by_turn: bool = False
    ) -> None:
        self.pipeline = pipeline_of(level, options)
        self.by_turn = by_turn

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:
        """The tidied documents, in the same order."""
        return [made for document in documents for made in self._made(document)]

    def _made(self, document: Document) -> list[Document]:
        result = self.pipeline(document.page_content)
        known = {**document.metadata, "tidytranscript": account(result)}
        if self.by_turn and result.turns:
            return [Document(turn.text, metadata={**known, "speaker": turn.speaker}) for turn in result.turns]
        return [Document(result.text, id=document.id, metadata=known)]
