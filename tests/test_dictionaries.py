"""The life of a dictionary: learned, looked at, broken_examples, merged, and taken from and to other tools."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidytranscript import BadDictionary, Dictionary, Entry, TidyError, Transcript, UnknownName, loads
from tidytranscript.cli import main
from tidytranscript.corrections import vendors
from tidytranscript.corrections.checking import broken_examples, lint
from tidytranscript.corrections.entries import read, write
from tidytranscript.corrections.learning import learned
from tidytranscript.passes.corrections import Corrections
from tidytranscript.pipeline import Pipeline
from tidytranscript.words import keys

# -- context, case and choice --------------------------------------------------------------------------------


def corrected(text: str | Transcript, *lines: str) -> str:
    return Pipeline((Corrections(Dictionary.loads("\n".join(lines))),))(text).text


GATED = ('[names."Ilvik"]', 'heard = ["ill vick"]')


@pytest.mark.parametrize(
    ("line", "text", "applies"),
    [
        ('not_near = ["was"]', "he saw ill vick", True),
        ('not_near = ["was"]', "was ill vick", False),
        ('not_near = ["was"]\nnot_within = 1', "was he ill vick", True),
        ('near = ["ice"]\nwithin = 2', "ice and ill vick", True),
        ('near = ["ice"]\nwithin = 2', "ice and old ill vick", False),
    ],
)
def test_words_around_decide_within_their_reach(line: str, text: str, applies: bool) -> None:
    assert (corrected(text, *GATED, *line.split("\n")) != text) == applies


def test_near_may_stand_in_what_is_known_of_the_recording() -> None:
    text = Transcript("So ill vick left.", metadata={"title": "A talk on ice"})
    assert corrected(text, *GATED, 'near = ["ice"]') == "So Ilvik left."


def test_entry_may_be_for_one_speaker() -> None:
    dictionary = Dictionary.loads("\n".join([*GATED, 'speaker = ["Anna"]']))
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v {}>So ill vick left.\n"
    anna, bo = (Pipeline((Corrections(dictionary),))(loads(said.format(name))).text for name in ("Anna", "Bo"))
    assert (anna.strip(), bo.strip()) == ("So Ilvik left.", "So ill vick left.")


def test_case_is_adapted_only_where_that_is_asked_for() -> None:
    lines = ('[terms."self-play"]', 'heard = ["self play", "Self play", "SELF PLAY"]')
    assert corrected("Self play, self play.", *lines) == "self-play, self-play."
    assert corrected("Self play, self play. SELF PLAY", *lines, 'case = "adapt"') == "Self-play, self-play. SELF-PLAY"


CHOICE = (
    *('[models."o1"]', 'heard = ["oh one"]', 'near = ["model"]', "choice = true"),
    *('[rooms."O-1"]', 'heard = ["oh one"]', 'near = ["floor"]', "choice = true"),
)


def test_choice_is_made_by_the_context_or_not_at_all() -> None:
    assert corrected("the model oh one", *CHOICE) == "the model o1"
    assert corrected("on this floor, oh one", *CHOICE) == "on this floor, O-1"
    both = Pipeline((Corrections(Dictionary.loads("\n".join(CHOICE))),))("a model on this floor, oh one")
    assert both.text == "a model on this floor, oh one"
    assert [(s.reason, s.confidence) for s in both.suggestions] == [("'oh one' may be 'o1' or 'O-1'", 0.5)]


def test_acronym_may_be_spelled_out_and_stand_in_the_plural() -> None:
    lines = ("[terms]", '"GPT-4" = ["gpt 4"]', '"ChatGPT" = ["chat gpt"]')
    assert corrected("G P T 4, g.p.t. 4, chat GPTs", *lines) == "GPT-4, g.p.t. 4, ChatGPTs"


# -- learning ------------------------------------------------------------------------------------------------

RAW = "We met Haldis Brecko.\n" * 4 + "Is it two late for the see?\nWe met Haldis, Brecko.\n"
MENDED = "We met Halldis Brekkemo.\n" * 4 + "Is it too late for the sea?\nWe met Haldis, Brecko.\n"


def test_learning_takes_what_was_corrected_alike_and_says_why_not_the_rest() -> None:
    dictionary, lessons = learned(RAW, MENDED)
    assert dictionary.entries == (Entry("Halldis Brekkemo", ("Haldis Brecko",), section="learned"),)
    assert {lesson.heard: lesson.refused for lesson in lessons if lesson.refused} == {
        "two": "made of ordinary words, and corrected only once: 8 times are needed",
        "see": "made of ordinary words, and corrected only once: 8 times are needed",
    }


@pytest.mark.parametrize(
    ("raw", "mended", "why"),
    [
        ("Ask Ilvek.", "Ask Ilvik.", "corrected only once: 4 times are needed"),
        ("Ask Ilvek.\n" * 4 + "See Ilvek.", "Ask Ilvik.\n" * 4 + "See Elvik.", "corrected to something else once"),
        ("Ask Ilvek.\n" * 4 + "See Ilvek.", "Ask Ilvik.\n" * 4 + "See Ilvek.", "right as it is once"),
        ("Ask Ilvek now.", "Ask Ilvik. Now.", "a mark stands inside"),
        ("Take 7 now.", "Take 9 now.", "a number or a letter may stand for anything"),
    ],
)
def test_learning_refuses_what_may_do_harm(raw: str, mended: str, why: str) -> None:
    dictionary, lessons = learned(raw, mended)
    assert dictionary.entries == ()
    assert why in {lesson.refused for lesson in lessons}


def test_learned_entries_put_the_raw_text_right_and_leave_the_mended_one() -> None:
    dictionary, _ = learned(RAW, MENDED)
    apply = Pipeline((Corrections(dictionary),))
    assert apply(RAW).text.startswith("We met Halldis Brekkemo.\n")
    assert apply(MENDED).text == MENDED


# -- looking -------------------------------------------------------------------------------------------------


def test_lint_finds_forms_of_ordinary_words_that_nothing_gates() -> None:
    held = Dictionary.loads(
        '[a]\n"Ilvik" = ["ill week"]\n"OpenIce" = ["open ice"]\n[b."Torr"]\nheard = ["to"]\nnear = ["x"]'
    )
    assert [str(fault) for fault in lint(held)] == [
        "[a] 'Ilvik': 'ill week' is made of ordinary words; say with `near` where it may apply"
    ]


def test_examples_that_come_out_otherwise_are_told() -> None:
    held = Dictionary.loads('[a."Ilvik"]\nheard = ["ilvek"]\nkeeps = ["Ilvek"]\nfixes = [["ilvek", "Ilvek"]]')
    assert [fault.problem for fault in broken_examples(held)] == [
        "'Ilvek' must stay, and became 'Ilvik'",
        "'ilvek' must become 'Ilvek', and became 'Ilvik'",
    ]


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
ENTRIES = st.builds(
    Entry,
    right=TEXTS,
    heard=st.lists(TEXTS, min_size=1, max_size=2, unique=True).map(tuple),
    why=st.text("ab\"'\\\n", max_size=4),
    within=st.integers(1, 20),
    choice=st.booleans(),
    section=st.sampled_from(["a", "b"]),
)


@given(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: (entry.section, entry.right)))
def test_dictionary_is_written_as_it_was_read(entries: list[Entry]) -> None:
    again, problems = read(write(entries), "held")
    assert problems or sorted(again, key=str) == sorted(entries, key=str)


# -- other tools ---------------------------------------------------------------------------------------------

HELD = Dictionary.loads('[imported]\n"Ilvik" = ["ilvek", "elvik"]\n"Halldis Brekkemo" = ["haldis brecko"]')


@pytest.mark.parametrize("shape", vendors.SHAPES)
def test_shape_is_read_as_it_was_written(shape: str) -> None:
    text, _ = vendors.write(HELD, shape)
    assert vendors.read(text, shape).entries == HELD.entries


@pytest.mark.parametrize(
    ("shape", "text", "problem"),
    [
        ("arrows", "a b\n", "line 1: must be `wrong -> right`, and is 'a b'"),
        ("arrows", "# so\nx -> y\nx => z\n", "line 3: 'x' is heard for 'y' too, in line 2"),
        ("arrows", "x -> x\n", "line 1: 'x' is heard as itself"),
        ("codespell", "teh->the, tea,\n", "line 1: 'teh' may be the or tea; keep one"),
        ("codespell", "teh\n", "line 1: must be `wrong->right`, and is 'teh'"),
        ("csv", "wrong,right\nalone\n", "line 2: has 1 of the columns wrong and right"),
        ("assemblyai", "{", "not JSON: "),
        ("assemblyai", '{"a": 1}', "must be a list of"),
        ("assemblyai", '[{"from": 1, "to": "x"}]', "entry 1: must be"),
        ("assemblyai", '[{"from": "x"}]', "entry 1: must be"),
        ("deepgram", "keyterm=Ilvik", "line 1: 'Ilvik' has no heard form: give it with --names"),
        ("deepgram", "replace=x", "line 1: must be `replace=heard:right`"),
        ("aws", "Phrase\n", "line 1: must name the columns Phrase and DisplayAs"),
        ("csv", "", "holds no correction"),
    ],
)
def test_shape_that_can_not_be_read_says_where(shape: str, text: str, problem: str) -> None:
    with pytest.raises(BadDictionary) as caught:
        vendors.read(text, shape, "list")
    assert str(caught.value).startswith(f"list: {problem}")


def test_shapes_of_other_tools_as_their_manuals_show_them() -> None:
    def pairs(text: str, shape: str) -> list[tuple[str, tuple[str, ...], str]]:
        return [(entry.right, entry.heard, entry.why) for entry in vendors.read(text, shape).entries]

    assert pairs("ilvek->Ilvik, a glacier\n", "codespell") == [("Ilvik", ("ilvek",), "a glacier")]
    assert pairs("to;from\nIlvik;ilvek\n", "csv") == [("Ilvik", ("ilvek",), "")]
    assert pairs('[{"from": "ilvek", "to": "Ilvik"}]', "assemblyai") == [("Ilvik", ("ilvek",), "")]
    assert pairs("replace=ill%20vick:Ilvik&replace=elvik:Ilvik", "deepgram") == [("Ilvik", ("ill vick", "elvik"), "")]
    assert pairs("Phrase\tDisplayAs\nill-vick\tIlvik\nA.B.C.\tABC\nIce\tice\n", "aws") == [
        ("Ilvik", ("ill vick",), ""),
        ("ABC", ("a b c",), ""),
    ]


def test_what_a_shape_can_not_hold_is_said() -> None:
    held = Dictionary.loads('[a."Tor Ilvik"]\nheard = ["tore ilvick"]\nnear = ["ice"]')
    assert vendors.write(held, "assemblyai")[1] == (
        "'Tor Ilvik': `near` can't be told; it will apply everywhere",
        "'Tor Ilvik': the right side must be one word there",
    )


@pytest.mark.parametrize("work", [lambda: vendors.read("", "toml"), lambda: vendors.write(HELD, "toml")])
def test_unknown_shape_is_an_error(work: object) -> None:
    with pytest.raises(UnknownName, match="no shape is named 'toml'"):
        work()  # type: ignore[operator]


FORMS = (
    st.text("abc é", min_size=1, max_size=6).map(str.strip).filter(lambda form: bool(keys(form)) and "  " not in form)
)


@pytest.mark.parametrize("shape", ["arrows", "csv", "assemblyai"])
@given(pairs=st.dictionaries(FORMS, st.sampled_from(["Xa", "Ya b", "Z-c"]), min_size=1, max_size=5))
def test_shape_holds_any_forms(shape: str, pairs: dict[str, str]) -> None:
    entries = tuple([Entry(right, (heard,), section="imported") for heard, right in pairs.items()])
    text, _ = vendors.write(Dictionary(entries), shape)
    try:
        again = vendors.read(text, shape)
    except TidyError:
        return
    assert {form: entry.right for entry in again.entries for form in entry.heard} == pairs


# -- the commands --------------------------------------------------------------------------------------------


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    return int(stop.value.code or 0)


def test_learned_dictionary_is_written_and_not_overwritten(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw.txt").write_text(RAW, encoding="utf-8")
    (tmp_path / "mended.txt").write_text(MENDED, encoding="utf-8")
    out = tmp_path / "d.toml"
    assert run("learn", tmp_path / "raw.txt", tmp_path / "mended.txt", "-o", out, "--refused") == 0
    assert out.read_text(encoding="utf-8") == '[learned]\n"Halldis Brekkemo" = ["Haldis Brecko"]\n'
    said = capfd.readouterr().err
    assert "'two' -> 'too' (1): made of ordinary words" in said
    assert "1 form for 1 right spellings learned, 2 refused" in said
    assert run("learn", tmp_path / "raw.txt", tmp_path / "mended.txt", "-o", out) == 2
    assert run("learn", tmp_path / "raw.txt", tmp_path / "none.txt") == 2
    assert "none.txt: no such file" in capfd.readouterr().err


def test_suggestions_are_printed_with_their_place(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talk.txt").write_text("So.\nWe met Beritt. Berit and Berit.\n", encoding="utf-8")
    assert run("suggest", tmp_path / "talk.txt") == 0
    assert capfd.readouterr().out.endswith("talk.txt: spelled in several ways: Berit (2), Beritt (1)\n")
    (tmp_path / "talk.txt").write_text("So.\nWe met Beritt.\n", encoding="utf-8")
    assert run("suggest", tmp_path / "talk.txt", "--names", "Berit Solmoen") == 0
    assert "talk.txt:2:8: Beritt -> Berit (0.50, 1 times): 'Beritt' is like" in capfd.readouterr().out


def test_dictionaries_are_checked_merged_and_exchanged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    one, two, out = tmp_path / "one.toml", tmp_path / "two.toml", tmp_path / "out.csv"
    one.write_text('[a]\n"Ilvik" = ["ill week"]\n', encoding="utf-8")
    two.write_text('[a]\n"Ilvek" = ["ill week"]\n"Tor" = ["torr"]\n', encoding="utf-8")
    assert run("dict", "lint", one) == 1
    assert run("dict", "test", one, "ai") == 0
    assert run("dict", "merge", one, two) == 0
    assert '[a]\n"Ilvek" = ["ill week"]\n"Tor" = ["torr"]\n' in capfd.readouterr().out
    assert run("dict", "export", two, "-o", out) == 0
    assert run("dict", "import", out) == 0
    assert '"Tor" = ["torr"]' in capfd.readouterr().out
    assert run("dict", "export", two) == 2
    assert run("dict", "lint", tmp_path / "none.toml") == 2
    assert "say in which shape: --shape" in capfd.readouterr().err
