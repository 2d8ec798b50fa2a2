"""JSON that is cut off, of the wrong types, or hostile: read as far as it goes, or refused; nothing else is raised."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_specimens import READ, WRITTEN

from tidytranscript.edits import Edit, Patch
from tidytranscript.errors import TidyError, UnreadableInput
from tidytranscript.formats import FORMATS, dumps, loads
from tidytranscript.spans import Span
from tidytranscript.transcript import Transcript

ALL = {**WRITTEN, **READ}
WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        "",
        " ",
        "x",
        -1,
        1e300,
        float("nan"),
        10**30,
        [],
        {},
        [[]],
        [None],
        {"text": 3},
        ["a", {"words": 1}],
        "\ud83d",
    ]
)


def held(raw: str, format: str | None) -> None:  # noqa: A002
    """What is read is written back as it was, or as text; or it is refused."""
    try:
        transcript = loads(raw, format)
    except TidyError:
        return
    transcript.text.encode()
    assert transcript.frame is not None
    written = dumps(transcript)
    if transcript.frame.format in ("whisper", "podcasting", "json3"):
        assert written == raw
    assert all(0 <= label.span.start <= label.span.end <= len(transcript.text) for label in transcript.labels)


def changed(value: Any, data: st.DataObject, wrong: Any) -> Any:
    """The value with a part of it, somewhere inside, that is another."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 5)):
        key = data.draw(st.sampled_from(list(value)))
        return {**value, key: changed(value[key], data, wrong)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 5)):
        i = data.draw(st.integers(0, len(value) - 1))
        return [*value[:i], changed(value[i], data, wrong), *value[i + 1 :]]
    return wrong


def edited(transcript: Transcript, data: st.DataObject) -> Transcript:
    """The transcript without some of its text, anywhere."""
    at = data.draw(st.integers(0, len(transcript.text)))
    patch = Patch.cut(transcript.text, [Edit(Span(at, min(len(transcript.text), at + 9)), "")])
    return transcript.edited(patch, transcript.labels, {})


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_is_cut_off_anywhere(name: str) -> None:
    format, value = ALL[name]  # noqa: A001
    raw = json.dumps(value, ensure_ascii=False)
    for end in range(0, len(raw), 1 + len(raw) // 400):
        held(raw[:end], None)
        held(raw[:end], format)


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_is_cut_off_says_so(name: str) -> None:
    format, value = ALL[name]  # noqa: A001
    raw = json.dumps(value)
    transcript = loads(raw[: len(raw) - 1], format)
    assert transcript.frame is not None
    assert [oddity.problem for oddity in transcript.frame.oddities] == ["the file ends too early"]
    assert transcript.text == loads(raw).text


@pytest.mark.parametrize("name", ALL)
@given(data=st.data())
def test_a_file_with_a_part_that_is_wrong(name: str, data: st.DataObject) -> None:
    format, value = ALL[name]  # noqa: A001
    for _ in range(data.draw(st.integers(1, 3))):
        value = changed(value, data, data.draw(WRONG))
    raw = json.dumps(value)
    held(raw, None)
    held(raw, format)


@pytest.mark.parametrize("format", [one.name for one in FORMATS.values() if one.module.startswith("speech.")])
@pytest.mark.parametrize(
    "raw", ["", "{}", "null", "hello", "[1, 2]", '{"results": 3}', '{"text": {"a": [1]}}', "{" * 50, '"x"']
)
def test_a_format_that_is_forced_on_something_else(format: str, raw: str) -> None:  # noqa: A002
    with pytest.raises(UnreadableInput):
        loads(raw, format)


@pytest.mark.parametrize("format", [one.name for one in FORMATS.values() if one.module.startswith("speech.")])
def test_an_empty_list_is_whisper_with_nothing_said(format: str) -> None:  # noqa: A002
    """Since that is what is left of a list of segments when all words have left it."""
    if format == "whisper":
        assert (loads("[]", format).text, dumps(loads("[]", format))) == ("", "[]")
    else:
        with pytest.raises(UnreadableInput):
            loads("[]", format)


DEEP = "[" * 5_000 + "]" * 5_000
NAMES = '{"name":' * 5_000 + "1" + "}" * 5_000


@pytest.mark.parametrize(
    "raw",
    [
        f'{{"schema":{DEEP}}}',
        f'{{"segments":[{{"start":{NAMES},"end":{{"seconds":{NAMES}}},"text":"a","body":"b","speaker":{NAMES}}}]}}',
        f'{{"language":{DEEP},"segments":[{{"start":0,"text":"a b","words":{DEEP}}}]}}',
        f'{{"recognizedPhrases":[{{"channel":1,"display":"a"}},{{"channel":2}},{{"channel":{DEEP},"display":"b"}}]}}',
        '{"results":[{"channelTag":1,"alternatives":[{"transcript":"a"}]},{"channelTag":2},'
        f'{{"channelTag":{DEEP},"alternatives":[{{"transcript":"b"}}]}}]}}',
        f'[{{"speaker":{NAMES},"text":"a b","start":{NAMES}}}]',
        f'{{"events":[{{"tStartMs":{DEEP},"segs":[{{"utf8":"a","tOffsetMs":{NAMES}}},{DEEP}]}}]}}',
    ],
)
def test_values_without_end_where_others_should_be(raw: str) -> None:
    held(raw, None)
    for one in FORMATS.values():
        if one.module.startswith("speech."):
            held(raw, one.name)


@pytest.mark.parametrize(
    ("format", "raw", "text"),
    [
        ("whisper", '[\n{"start": 0, "text": "So."}, {"start": 1, "text": 42}, null, 3]', "So."),
        ("whisper", '{"segments":\n[{"start": 0, "text": null}, "x", 4, {"start": 0, "text": "So."}, []]}', "So."),
        ("podcasting", '{"segments":\n[{"body": "So."}, {"body": {}}, [], null]}', "So."),
        ("json3", '{"events":\n[{"tStartMs": 0, "segs": [{"utf8": "So."}]}, 1, 2, null, {"tStartMs": 5}]}', "So."),
    ],
)
def test_elements_without_words_are_odd(format: str, raw: str, text: str) -> None:  # noqa: A002
    transcript = loads(raw, format)
    assert transcript.frame is not None
    line = 1 if raw.startswith("[") else 2
    expected = (line, "3 elements of a list without words that can be read", "left as it is")
    assert (transcript.text, transcript.frame.oddities) == (text, (expected,))


@pytest.mark.parametrize("format", [one.name for one in FORMATS.values() if one.module.startswith("speech.")])
def test_nesting_without_end(format: str) -> None:  # noqa: A002
    for raw in ('{"segments":' * 20_000, "[" * 20_000 + "]" * 20_000, '[{"results":' * 20_000, '{"words":[' * 20_000):
        held(raw, format)


@pytest.mark.parametrize("format", ["whisper", "podcasting", "json3"])
@given(data=st.data())
def test_a_wrong_part_stays_where_words_leave(format: str, data: st.DataObject) -> None:  # noqa: A002
    name = data.draw(st.sampled_from([name for name, (its, _) in WRITTEN.items() if its == format]))
    value = changed(WRITTEN[name][1], data, data.draw(WRONG))
    try:
        transcript = loads(json.dumps(value), format)
    except TidyError:
        return
    after = edited(transcript, data)
    raw = dumps(after)
    assert json.loads(raw) is not None
    assert transcript.frame is not None
    if not transcript.frame.oddities:  # else there may be a list of other words, and it stays
        assert "".join(loads(raw, format).text.split()) == "".join(after.text.split())


@pytest.mark.parametrize("said", ["null", '""', '" "'])
def test_a_list_in_which_nothing_is_said_any_more_is_read(said: str) -> None:
    raw = f'[{{"text": "Um.", "start": 1.0, "duration": 1}}, {{"text": {said}, "start": 2.0, "duration": 1}}]'
    transcript = loads(raw, "whisper")
    assert transcript.text.strip() == "Um."
    patch = Patch.cut(transcript.text, [Edit(Span(0, 3), "")])
    left = dumps(transcript.edited(patch, transcript.labels, {}))
    assert loads(left, "whisper").text.strip() == ""
    with pytest.raises(TidyError, match="no segments and no words"):
        loads('[{"title": "Um."}]', "whisper")


@pytest.mark.parametrize("format", ["whisper", "podcasting", "json3"])
@given(data=st.data())
def test_words_leave_a_file_that_is_cut_off(format: str, data: st.DataObject) -> None:  # noqa: A002
    name = data.draw(st.sampled_from([name for name, (its, _) in WRITTEN.items() if its == format]))
    raw = json.dumps(WRITTEN[name][1], indent=data.draw(st.sampled_from([None, 1])))
    try:
        transcript = loads(raw[: data.draw(st.integers(0, len(raw)))], format)
    except TidyError:
        return
    held(dumps(edited(transcript, data)), format)
