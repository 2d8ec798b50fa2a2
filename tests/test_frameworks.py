"""The stages for text frameworks, in the real frameworks; they need `tidytranscript[frameworks]`."""

from __future__ import annotations

import asyncio
import gzip
import importlib.util
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tidytranscript as tt
from tidytranscript.errors import UnknownName

SAID = ["Um, so, so we left.", "Ann: Is it, is it late?\nBo: Yes, it's, it's late.\n", "We left.", ""]
PIPELINE = tt.Pipeline.standard()
TIDIED = [PIPELINE.text(said) for said in SAID]


def needs(package: str) -> pytest.MarkDecorator:
    # Looked for, not imported: some of them warn, or ask the network, as soon as they are.
    there = importlib.util.find_spec(package) is not None
    return pytest.mark.skipif(not there, reason=f"needs {package}, as in tidytranscript[frameworks]")


def test_a_plain_function_from_text_to_text() -> None:
    plain = pickle.loads(pickle.dumps(PIPELINE.text))
    assert [plain(said) for said in SAID] == TIDIED


@needs("spacy")
class TestSpacy:
    def nlp(self, **config: Any) -> Any:
        import spacy

        nlp = spacy.blank("en")
        nlp.add_pipe("tidytranscript", first=True, config=config)
        nlp.add_pipe("sentencizer")
        return nlp

    def test_what_stands_behind_it_sees_the_tidied_text(self) -> None:
        docs = list(self.nlp().pipe(SAID))
        assert [doc.text for doc in docs] == TIDIED
        assert [doc._.tidy_source for doc in docs] == SAID
        assert [sent.text for sent in docs[0].sents] == ["So we left."]

    def test_edits_lead_back_to_the_source(self) -> None:
        for doc in self.nlp().pipe(SAID):
            for edit in doc._.tidy_edits:
                assert doc._.tidy_source[edit["start"] : edit["end"]] == edit["old"]

    def test_contexts_come_out_with_their_documents(self) -> None:
        pairs = self.nlp().pipe([(said, i) for i, said in enumerate(SAID)], as_tuples=True)
        assert [(doc.text, i) for doc, i in pairs] == [(text, i) for i, text in enumerate(TIDIED)]

    def test_its_configuration_is_saved_with_the_pipeline(self, tmp_path: Path) -> None:
        import spacy

        self.nlp(level="edited", options={"ignore": ["stutter"]}).to_disk(tmp_path / "nlp")
        assert spacy.load(tmp_path / "nlp")("Um, so, so, you know, we left.").text == "So, so we left."

    def test_it_knows_no_other_level(self) -> None:
        with pytest.raises(UnknownName, match="no level is named 'cleaner'"):
            self.nlp(level="cleaner")

    def test_documents_can_be_sent_on(self) -> None:
        from spacy.tokens import DocBin

        nlp = self.nlp()
        packed = DocBin(docs=[nlp(SAID[0])], store_user_data=True).to_bytes()
        [doc] = DocBin().from_bytes(packed).get_docs(nlp.vocab)
        assert (doc.text, doc._.tidy_source) == (TIDIED[0], SAID[0])


@needs("langchain_core")
class TestLangchain:
    def test_documents_are_tidied(self) -> None:
        from langchain_core.documents import Document

        from tidytranscript.frameworks.langchain import Tidy

        given = [Document(said, id=str(i), metadata={"source": i}) for i, said in enumerate(SAID)]
        made = Tidy().transform_documents(given)
        assert [(doc.page_content, doc.id, doc.metadata["source"]) for doc in made] == [
            (text, str(i), i) for i, text in enumerate(TIDIED)
        ]
        assert [doc.page_content for doc in given] == SAID
        assert asyncio.run(Tidy().atransform_documents(given)) == made

    def test_a_document_for_each_turn(self) -> None:
        from langchain_core.documents import Document

        from tidytranscript.frameworks.langchain import Tidy

        made = Tidy(by_turn=True).transform_documents([Document(said) for said in SAID[1:3]])
        assert [(doc.metadata.get("speaker"), doc.page_content) for doc in made] == [
            ("Ann", "Is it late?"),
            ("Bo", "Yes, it's late."),
            (None, "We left."),
        ]


@needs("haystack")
class TestHaystack:
    def test_a_pipeline_that_was_written_and_read_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
        from haystack import Document, Pipeline

        from tidytranscript.frameworks.haystack import Tidy

        pipeline = Pipeline()
        pipeline.add_component("tidy", Tidy("edited", {"ignore": ["stutter"]}))
        again = Pipeline.loads(pipeline.dumps(), allowed_modules=["tidytranscript.frameworks.haystack"])
        given = [Document(content="Um, so, so, you know, we left.", meta={"n": 1}), Document(content=None)]
        first, second = again.run({"tidy": {"documents": given}})["tidy"]["documents"]
        assert (first.content, first.meta["n"], second) == ("So, so we left.", 1, given[1])
        assert first.id not in ("", given[0].id)
        assert given[0].content == "Um, so, so, you know, we left."


DATATROVE = """
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from tidytranscript.frameworks.datatrove import Tidy

if __name__ == "__main__":
    steps = [JsonlReader("in"), Tidy("edited"), JsonlWriter("out")]
    LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir="logs").run()
"""


@needs("datatrove")
def test_datatrove_by_two_processes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    texts = [f"Um, so, so we left house {i}, you know, at nine." for i in range(40)]
    for part in (0, 1):
        lines = [json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts) if i % 2 == part]
        (tmp_path / "in" / f"{part}.jsonl").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "run.py").write_text(DATATROVE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "run.py"], cwd=tmp_path, capture_output=True, text=True, env={**os.environ}, timeout=200
    )
    assert done.returncode == 0, done.stderr[-3000:]
    rows = [
        json.loads(line)
        for path in sorted((tmp_path / "out").glob("*.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    edited = tt.Pipeline.standard("edited")
    assert {row["id"]: row["text"] for row in rows} == {str(i): edited.text(text) for i, text in enumerate(texts)}
    assert {row["metadata"]["tidytranscript"]["words_out"] for row in rows} == {7}
    stats = json.loads((tmp_path / "logs" / "stats.json").read_text(encoding="utf-8"))
    [own] = [step["stats"] for step in stats if "tidytranscript" in step["name"]]
    assert own["words_out"]["total"] == 7 * 40
