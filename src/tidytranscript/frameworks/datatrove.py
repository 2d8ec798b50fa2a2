"""A step of datatrove; needs `tidytranscript[datatrove]`.

>>> from datatrove.data import Document
>>> [made] = Tidy().run([Document(text="Um, so, so we left.", id="1")])
>>> made.text, made.metadata
('So we left.', {'tidytranscript': {'edits': 3, 'words_in': 5, 'words_out': 3}})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datatrove.data import DocumentsPipeline
from datatrove.pipeline.base import PipelineStep

from tidytranscript.frameworks import account, pipeline_of


class Tidy(PipelineStep):
    """Tidies the text of each document, with an account in its metadata; counts edits and words in its statistics."""

    type = "✂️ - FORMAT"
    name = "tidytranscript"

    def __init__(self, level: str = "clean", options: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.pipeline = pipeline_of(level, options)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """The documents, tidied, one after another."""
        for document in data:
            with self.track_time():
                result = self.pipeline(document.text)
                document.text = result.text
                document.metadata["tidytranscript"] = counts = account(result)
                for name, count in counts.items():
                    self.stat_update(name, value=count)
            yield document
