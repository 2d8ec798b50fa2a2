"""Many texts: rows in order and lazily, by one process or several, also where some are bad; and columns of them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidytranscript as tt
from tidytranscript.batch import FIELDS, tidy_batches, tidy_table
from tidytranscript.parallel import in_order
from tidytranscript.testing import texts

SAID = "Um, so we, we left."
PIPELINE = tt.Pipeline.standard()


def doubled(text: str) -> str:
    return text * 2


def exited(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def numbers(taken: list[int], most: int) -> Iterator[int]:
    for number in range(most):
        taken.append(number)
        yield number


# Several processes


def test_outcomes_come_in_the_order_of_the_items() -> None:
    assert list(in_order(abs, range(-200, 0), workers=3)) == list(range(200, 0, -1))
    assert list(in_order(abs, [], workers=3)) == []


def test_items_are_taken_a_little_ahead() -> None:
    taken: list[int] = []
    outcomes = in_order(abs, numbers(taken, 100_000), workers=2)
    assert [next(outcomes) for _ in range(10)] == list(range(10))
    assert len(taken) < 1000
    outcomes.close()  # type: ignore[attr-defined]


def test_long_items_and_outcomes_do_not_block_each_other() -> None:
    items = ["x" * 3_000_000] * 6
    assert [len(outcome) for outcome in in_order(doubled, items, workers=2)] == [6_000_000] * 6


def test_what_the_items_raise_passes_through() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ConnectionError("of the caller")

    with pytest.raises(ConnectionError, match="of the caller"):
        list(in_order(abs, broken(), workers=2))


def test_a_process_that_is_killed_is_said() -> None:
    with pytest.raises(tt.WorkerEnded):
        list(in_order(exited, range(50), workers=2))


def test_no_process_stays_behind() -> None:
    outcomes = in_order(abs, range(1000), workers=2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


# Rows


def test_a_row_has_what_the_result_has() -> None:
    [row] = tt.tidy_many(["Um, are you there? Yes, it goes goes on."])
    result = tt.tidy("Um, are you there? Yes, it goes goes on.")
    assert (row.text, row.turns, row.edits) == (result.text, result.turns, result.edits)
    assert (row.suggestions, row.words_in, row.words_out, row.error) == (1, 9, 8, None)


@given(st.lists(st.one_of(texts(), st.none()), max_size=5))
def test_rows_are_those_of_the_texts_one_by_one(said: list[str | None]) -> None:
    rows = list(tt.tidy_many(said, PIPELINE))
    assert [row.text for row in rows] == [None if text is None else PIPELINE(text).text for text in said]
    assert all(row.error is None for row in rows)


def test_several_processes_give_the_same_rows() -> None:
    said = [f"{SAID} {number} times." for number in range(300)] + [None, SAID * 20_000, 5]
    assert list(tt.tidy_many(said, workers=2)) == list(tt.tidy_many(said))  # type: ignore[arg-type]


def test_one_bad_text_is_a_row_and_no_end() -> None:
    @tt.as_pass("fails", tt.Rule("fail", tt.Power.DELETE, tt.Level.CLEAN, "Fails."))
    def fails(transcript: tt.Transcript) -> Iterator[tt.Finding]:
        if "left" in transcript.text:
            raise ZeroDivisionError("of a plugin")
        yield from ()

    rows = list(tt.tidy_many(["Um, no.", SAID, b"bytes", None], tt.Pipeline((fails,))))  # type: ignore[list-item]
    assert [row.error for row in rows] == [
        None,
        "ZeroDivisionError: of a plugin",
        "TypeError: a text is a str or a Transcript, not bytes",
        None,
    ]
    assert [row.text for row in rows] == ["Um, no.", None, None, None]


def test_rows_come_as_they_are_asked_for() -> None:
    taken: list[int] = []
    rows = tt.tidy_many(f"Um, {number}." for number in numbers(taken, 1000))
    assert next(rows).text == "0."
    assert len(taken) == 1


def test_a_pipeline_that_was_pickled_does_the_same() -> None:
    again = pickle.loads(pickle.dumps(PIPELINE))
    assert again(SAID).edits == PIPELINE(SAID).edits


# Columns


def test_columns_are_added_with_the_schema_that_is_documented() -> None:
    table = pa.table({"id": [1, 2, 3], "text": [SAID, None, ""]}, metadata={"kept": "yes"})
    out = tidy_table(table)
    assert out.schema == pa.schema([*table.schema, *FIELDS])
    assert out.schema.metadata == {b"kept": b"yes"}
    first, second, third = out.to_pylist()
    assert first["tidied"] == "So we left."
    assert [(e["rule"], e["old"], e["new"], e["start"], e["end"], e["finding"]) for e in first["edits"]] == [
        (e.rule, e.old, e.new, e.start, e.end, e.finding) for e in tt.tidy(SAID).edits
    ]
    assert [turn["text"] for turn in first["turns"]] == [turn.text for turn in tt.tidy(SAID).turns]
    assert {second[field.name] for field in FIELDS} == {None}
    assert (third["tidied"], third["edits"], third["error"]) == ("", [], None)


def test_batches_are_tidied_one_at_a_time() -> None:
    taken: list[int] = []
    batches = (pa.RecordBatch.from_pydict({"said": [f"Um, {number}."]}) for number in numbers(taken, 5))
    out = tidy_batches(batches, "said")
    assert next(out)["tidied"].to_pylist() == ["0."]
    assert taken == [0]
    assert isinstance(next(out), pa.RecordBatch)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_strings_of_all_widths(kind: pa.DataType) -> None:
    table = pa.table({"text": pa.chunked_array([pa.array([SAID], kind), pa.array(["Um."], kind)])})
    assert tidy_table(table)["tidied"].to_pylist() == ["So we left.", PIPELINE("Um.").text]


def test_columns_of_another_run_give_way() -> None:
    once = tidy_table(pa.table({"text": [SAID]}))
    again = tidy_table(once)
    assert again == once


def test_what_cannot_be_tidied_is_said() -> None:
    with pytest.raises(KeyError, match=r"there is no column 'talk' \(there are: text\)"):
        tidy_table(pa.table({"text": [SAID]}), "talk")
    with pytest.raises(TypeError, match="the column 'text' is of int64, not of strings"):
        tidy_table(pa.table({"text": [1]}))
