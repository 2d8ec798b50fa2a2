"""Correction dictionaries: what is said of a wrong one, what a right one does, and the one that is shipped."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from unicodedata import combining, normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tidytranscript import BadDictionary, Dictionary, Entry, Pipeline, TidyError, Transcript, tidy
from tidytranscript.corrections import shipped as shipped_dictionary
from tidytranscript.passes.corrections import Corrections
from tidytranscript.words import Words

SHIPPED = shipped_dictionary()


def of(*lines: str) -> Dictionary:
    """The dictionary of a few entries in one section."""
    return Dictionary.loads("\n".join(["[names]", *lines]))


def corrected(text: str, dictionary: Dictionary) -> str:
    return Pipeline((Corrections(dictionary),))(text).text


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BadDictionary) as caught:
        Dictionary.loads(text, "names.toml")
    assert str(caught.value) == "\n".join(f"names.toml: {problem}" for problem in caught.value.problems)
    assert isinstance(caught.value, TidyError)
    return caught.value.problems


# -- a dictionary that can't be used -------------------------------------------------------------------------


def test_dictionary_with_a_typo_in_a_key_says_which_was_meant() -> None:
    (problem, missing) = problems('[names."Jerry Tworek"]\nherd = ["jerry torque"]')
    assert "[names] 'Jerry Tworek': no key is named `herd`; did you mean `heard`?" in problem
    assert (
        "there are: heard, near, not_near, within, not_within, speaker, case, choice, why, source, keeps, fixes"
        in problem
    )
    assert "`heard` is missing or empty" in missing


def test_dictionary_with_a_strange_key_guesses_nothing() -> None:
    (problem,) = problems('[names."A"]\nheard = ["eh"]\nqqq = 1')
    assert "no key is named `qqq`" in problem
    assert "did you mean" not in problem


def test_dictionary_with_a_cycle_names_both_entries() -> None:
    found = problems('[names]\n"Xax" = ["yay"]\n"yay" = ["xax"]')
    assert len(found) == 2
    assert any("'Xax' is right" in problem and "heard for 'yay'" in problem for problem in found)
    assert any("'yay' is right" in problem and "heard for 'Xax'" in problem for problem in found)


def test_dictionary_with_a_heard_form_inside_a_right_one_is_a_cycle() -> None:
    (problem,) = problems('[names]\n"big open ai" = ["bigopen"]\n"OpenAI" = ["open ai"]')
    assert "'big open ai' is right for one entry, but 'open ai' in it is heard for 'OpenAI'" in problem


def test_dictionary_that_grows_its_own_right_form_is_refused() -> None:
    (problem,) = problems('[names]\n"Jerry Tworek" = ["tworek"]')
    assert "'Jerry Tworek' is right" in problem


def test_dictionary_with_an_entry_heard_as_itself_is_refused() -> None:
    (problem,) = problems('[names]\n"Ann" = ["Ann", "an"]')
    assert "is heard as itself; take 'Ann' out of `heard`" in problem


def test_dictionary_that_only_mends_capitals_is_no_cycle() -> None:
    assert corrected("we use pytorch and PyTorch", of('"PyTorch" = ["pytorch"]')) == "we use PyTorch and PyTorch"


@pytest.mark.parametrize("forms", ['"A" = ["eh"]\n"B" = ["eh"]', '"A" = ["eh", "eh"]'])
def test_dictionary_with_a_form_heard_twice_names_it(forms: str) -> None:
    (problem,) = problems(f"[names]\n{forms}")
    assert "'eh' is heard for 'A' too; keep one" in problem


def test_dictionary_with_a_form_heard_twice_over_sections_names_it() -> None:
    (problem,) = problems('[names]\n"A" = ["eh"]\n[more]\n"B" = ["eh"]')
    assert "[more] 'B': 'eh' is heard for 'A' too" in problem


@pytest.mark.parametrize("other", ["Open  ai", "open  ai", "open ai.", "open-ai"])
def test_dictionary_with_a_form_heard_twice_in_other_spelling_names_it(other: str) -> None:
    (problem,) = problems(f'[names]\n"OpenAI" = ["open ai"]\n"Open" = ["{other.lower()}"]')
    assert "keep one" in problem


@pytest.mark.parametrize("form", ["...", "--", "?!"])
def test_dictionary_with_a_form_that_holds_no_word_is_refused(form: str) -> None:
    (problem,) = problems(f'[names]\n"A" = ["eh", "{form}"]')
    assert form in problem


def test_dictionary_with_an_entry_outside_a_section_says_where_to_put_it() -> None:
    (problem,) = problems('"Ann" = ["an"]')
    assert problem == "line 1: 'Ann' stands outside a section; put it under one, such as [names]"


def test_problems_name_the_line_of_the_entry() -> None:
    text = '[names]\n"B" = ["be"]\n\n[names."A"]\nherd = ["eh"]\n[other]\nC = ["C"]\n"Bé" = ["be"]\n'
    assert [problem.partition("[")[0] for problem in problems(text)] == ["line 4: ", "line 4: ", "line 7: ", "line 8: "]
    (cycle,) = problems('[names]\n"Xax" = ["yay"]\n"yay now" = ["zz"]')
    assert cycle.startswith("line 3: 'yay now' is right for one entry")


@pytest.mark.parametrize("text", ["[names", '"Ann" = ', "names: [Ann]", '[names]\n"A" = ["a"]\n"A" = ["b"]'])
def test_dictionary_that_is_no_toml_says_where(text: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith("not TOML: ")
    assert "(at " in problem


def test_dictionary_that_is_not_utf_8_says_where(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_bytes('[names]\n"José" = ["hosay"]'.encode("latin-1"))
    with pytest.raises(BadDictionary) as caught:
        Dictionary.of(path)
    assert str(caught.value) == f"{path}: not UTF-8 at byte 12; save it as UTF-8"


def test_dictionary_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_bytes('\ufeff[names]\n"José" = ["hosay"]'.encode())
    assert [entry.right for entry in Dictionary.of(path).entries] == ["José"]


def test_dictionary_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tidy("", corrections=[tmp_path / "none.toml"])


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('"A" = "eh"', "needs a list of heard forms, or a table with `heard`"),
        ('"A" = []', "`heard` is missing or empty"),
        ('"A" = {near = ["x"]}', "`heard` is missing or empty"),
        ('"A" = {heard = "eh"}', "`heard` must be a list of texts that are not empty"),
        ('"A" = ["eh", ""]', "`heard` must be a list of texts that are not empty"),
        ('"A" = ["eh", 1]', "`heard` must be a list of texts that are not empty"),
        ('"A" = {heard = ["eh"], near = "x"}', "`near` must be a list of texts"),
        ('"A" = {heard = ["eh"], keeps = [1]}', "`keeps` must be a list of texts"),
        ('"A" = {heard = ["eh"], fixes = ["x"]}', "`fixes` must be a list of [before, after] pairs"),
        ('"A" = {heard = ["eh"], fixes = [["x"]]}', "`fixes` must be a list of [before, after] pairs"),
        ('"A" = {heard = ["eh"], why = 1}', "`why` must be a text"),
        ('"A" = {heard = ["eh"], source = ["x"]}', "`source` must be a text"),
    ],
)
def test_dictionary_with_a_value_of_another_kind_says_which(entry: str, said: str) -> None:
    (problem,) = problems(f"[names]\n{entry}")
    assert "[names] 'A': " in problem
    assert said in problem


def test_dictionary_says_all_that_is_wrong_at_once() -> None:
    found = problems('"X" = ["ex"]\n[names]\n"A" = []\n"B" = {heard = ["b"], nere = ["x"]}\n"C" = ["C"]')
    assert len(found) == 4


def test_wrong_dictionary_applies_nothing(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text('[names]\n"A" = []', encoding="utf-8")
    with pytest.raises(BadDictionary, match=r"names\.toml"):
        tidy("open AI", corrections=[path])


# -- what a right one does -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "before", "after"),
    [
        pytest.param('"OpenAI" = ["open ai"]', "Open AI, open ai, OPEN AI.", "OpenAI, OpenAI, OpenAI.", id="any case"),
        pytest.param(
            '"DeepMind" = ["Deep Mind"]', "a deep mind at Deep Mind", "a deep mind at DeepMind", id="capitals"
        ),
        pytest.param('"DeepMind" = ["Deep Mind"]', "DEEP MIND", "DEEP MIND", id="capitals as written only"),
        pytest.param('"o1" = ["oh one"]', "Oh one is it.", "o1 is it.", id="right side as it stands"),
        pytest.param(
            '"ChatGPT" = ["chat gpt"]', "chat GPT's and chat gpt’s", "ChatGPT's and ChatGPT’s", id="possessive"
        ),
        pytest.param('"Ann" = ["an"]', "an's an", "Ann's Ann", id="possessive of one word"),
        pytest.param('"Lee\'s" = ["leas"]', "leas", "Lee's", id="right side with an apostrophe"),
        pytest.param('"Lee" = ["lea"]', "leas leaf lea'd", "leas leaf lea'd", id="whole words"),
        pytest.param('"OpenAI" = ["open ai"]', "at open-AI now", "at OpenAI now", id="hyphenated"),
        pytest.param('"OpenAI" = ["open ai"]', "open, AI. Open? AI", "open, AI. Open? AI", id="not over a comma"),
        pytest.param('"OpenAI" = ["open ai"]', "open — AI; open - AI", "open — AI; open - AI", id="not over a dash"),
        pytest.param('"OpenAI" = ["open ai"]', "(“open AI”),", "(“OpenAI”),", id="in punctuation"),
        pytest.param('"OpenAI" = ["open ai"]', "left open\nAI in May", "left OpenAI in May", id="over a line end"),
        pytest.param('"OpenAI" = ["open ai"]', "open  AI open\u00a0AI", "OpenAI OpenAI", id="over any blanks"),
        pytest.param('"Café X" = ["cafe ex"]', "Cafe Ex", "Café X", id="accents are written"),
        pytest.param('"Straße" = ["strasse"]', "STRASSE strasse", "Straße Straße", id="case is folded"),
        pytest.param('"café" = ["Kafé"]', "Kafé kafé", "café kafé", id="capital and accent"),
    ],
)
def test_entry_is_applied_where_it_matches(entry: str, before: str, after: str) -> None:
    assert corrected(before, of(entry)) == after
    assert corrected(after, of(entry)) == after


def test_longest_form_is_taken() -> None:
    dictionary = of('"OpenAI" = ["open ai"]', '"OpenAI Five" = ["open ai five"]', '"aye" = ["ai"]')
    assert corrected("open ai five, open ai four, ai", dictionary) == "OpenAI Five, OpenAI four, aye"


def test_earlier_form_is_taken_where_two_meet() -> None:
    dictionary = of('"X" = ["a b"]', '"Y" = ["b c"]')
    assert corrected("a b c", dictionary) == "X c"
    assert corrected("x b c", dictionary) == "x Y"


def test_form_that_is_written_right_already_is_left() -> None:
    result = Pipeline((Corrections(of('"PyTorch" = ["pytorch"]')),))("PyTorch")
    assert [step.taken for step in result.steps] == [()]


FAR = " ".join(["word"] * 11)
NEAR = ('[names."Hugging Face"]', 'heard = ["hugging phase"]', 'near = ["model", "open source"]')


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ("hugging phase", False),
        ("the model of hugging phase", True),
        ("hugging phase has the Model.", True),
        ("the models of hugging phase", False),
        ("an open source hugging phase", True),
        ("an open door, source of hugging phase", False),
        (f"model {FAR} hugging phase", True),
        (f"model word {FAR} hugging phase", False),
        (f"hugging phase {FAR} model", True),
        (f"hugging phase {FAR} word model", False),
        (f"hugging phase {FAR} open source", False),
        ("A hugging phase.\nIts model.", True),
    ],
)
def test_entry_with_near_applies_only_close_to_one_of_its_words(text: str, applies: bool) -> None:
    after = corrected(text, Dictionary.loads("\n".join(NEAR)))
    assert after == (text.replace("hugging phase", "Hugging Face") if applies else text)


def test_near_may_be_what_another_entry_writes() -> None:
    dictionary = of('"o1" = {heard = ["oh one"], near = ["OpenAI"]}', '"OpenAI" = ["open ai"]')
    assert corrected("open ai has oh one", dictionary) == "OpenAI has o1"
    assert corrected("oh one of open ai", dictionary) == "o1 of OpenAI"
    assert corrected("oh one", dictionary) == "oh one"


def test_near_may_be_reached_through_a_chain() -> None:
    dictionary = of(
        '"A1" = {heard = ["eh one"], near = ["b1"]}',
        '"B1" = {heard = ["bee one"], near = ["c1"]}',
        '"C1" = ["sea one"]',
    )
    assert corrected("eh one bee one sea one", dictionary) == "A1 B1 C1"
    assert corrected("eh one bee one see one", dictionary) == "eh one bee one see one"


HALF_WAY = [
    (('"d b" = ["d d d", "c a"]', '"a a" = ["b d"]'), "b d d d d a"),
    (('"a b" = ["c"]', '"g d" = ["d a a"]', '"g" = {heard = ["b f g", "a b a"], near = ["b"]}'), "c c"),
    (('"a c" = {heard = ["a d b", "d b"], near = ["a"]}', '"b a" = ["f e", "a d c"]'), "d a d c d b"),
    (('"h" = ["a a a", "f c g"]', '"b h" = {heard = ["h b d", "g"], near = ["b"]}'), "h b d b d"),
]


def test_entries_that_meet_half_way_are_settled_in_one_sweep() -> None:
    dictionary = of('"foo" = ["fuu"]', '"baz" = ["foo bar"]')
    assert corrected("fuu bar, foo bar, fuu, bar", dictionary) == "baz, baz, foo, bar"
    assert corrected("baz", dictionary) == "baz"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (('"x y" = ["p"]', '"z" = ["y q"]'), "p q"),
        (('"x y" = ["p"]', '"z" = ["q x"]'), "q p"),
        (('"x" = ["p"]', '"z" = ["x x"]'), "p p"),
        (('"x" = ["p"]', '"y" = ["q"]', '"z" = ["x y"]'), "p q"),
        (('"x" = ["p"]', '"y" = ["x q"]', '"z" = ["y r"]'), "p q r"),
        (('"x" = ["p"]', '"z" = ["x\'s q"]'), "p's q"),
        *HALF_WAY,
    ],
)
def test_entries_that_meet_are_settled_in_one_sweep(lines: tuple[str, ...], text: str) -> None:
    dictionary = of(*lines)
    once = corrected(text, dictionary)
    assert once != text
    assert corrected(once, dictionary) == once


FORMS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3).map(" ".join)
ENTRIES = st.builds(
    Entry, right=st.sampled_from("abcd"), heard=st.lists(FORMS, min_size=1, max_size=2, unique=True).map(tuple)
)


@given(st.lists(ENTRIES, min_size=1, max_size=3), st.lists(st.sampled_from("abcde"), max_size=8).map(" ".join))
def test_dictionary_of_single_names_is_idempotent_or_refused(entries: list[Entry], text: str) -> None:
    dictionary = Dictionary(tuple(entries))
    assume(not dictionary.phrases.problems)
    once = corrected(text, dictionary)
    assert corrected(once, dictionary) == once


def test_correction_says_what_was_heard_and_why() -> None:
    dictionary = of('"Jerry Tworek" = {heard = ["jerry torque"], why = "a guest"}')
    (edit,) = Pipeline((Corrections(dictionary),))("Hi, Jerry Torque.").edits
    assert (edit.old, edit.new, edit.rule) == ("Jerry Torque", "Jerry Tworek", "misheard")
    assert edit.reason == "'Jerry Torque' is heard for 'Jerry Tworek': a guest"


def test_correction_over_a_line_end_keeps_the_labels_in_order_and_can_be_undone() -> None:
    result = tidy("He left open\nAI in May.")
    assert result.text == "He left OpenAI in May."
    assert result.undo() == "He left open\nAI in May."


# -- several dictionaries ------------------------------------------------------------------------------------


def test_users_dictionary_overrides_the_shipped_one() -> None:
    assert tidy("open ai").text == "OpenAI"
    assert tidy("open ai", corrections=[of('"Open A.I." = ["open ai"]')]).text == "Open A.I."
    assert tidy("chat GPT", corrections=[of('"Open A.I." = ["open ai"]')]).text == "ChatGPT"


@pytest.mark.parametrize("form", ["open  ai", "open-ai"])
def test_users_dictionary_overrides_the_shipped_one_in_another_spelling(form: str) -> None:
    assert tidy("open-ai", corrections=[of(f'"Open A.I." = ["{form}"]')]).text == "Open A.I."


def test_later_dictionary_wins() -> None:
    first, second = of('"First" = ["one", "two"]'), of('"Second" = ["two"]')
    merged = Dictionary.merged([first, second])
    assert corrected("one two", merged) == "First Second"
    assert corrected("one two", Dictionary.merged([second, first])) == "First First"


def test_earlier_dictionary_gives_way_to_what_the_later_one_wants() -> None:
    mine = of('"open ai" = ["openai"]')
    assert tidy("OpenAI or open AI, and chat GPT", corrections=[mine]).text == "open ai or open AI, and ChatGPT"
    other = of('"the open AI lab" = ["the ai lab"]')
    assert tidy("the ai lab, open ai", corrections=[other]).text == "the open AI lab, open ai"


def test_dictionary_may_be_given_twice() -> None:
    names = of('"Jerry Tworek" = ["gerry torek"]')
    assert tidy("gerry torek", corrections=[names, names]).text == "Jerry Tworek"


# -- the shipped one -----------------------------------------------------------------------------------------


def plain(right: str) -> str:
    """A right spelling as a reader looks for it: no case, no accents."""
    return "".join(c for c in normalize("NFKD", right.casefold()) if not combining(c))


@cache
def shipped() -> Pipeline:
    return Pipeline.standard("verbatim", select=["corrections"])


@pytest.mark.parametrize("entry", SHIPPED.entries, ids=lambda entry: entry.right)
def test_shipped_entry_has_a_source_and_examples(entry: Entry) -> None:
    assert entry.source.startswith(("https://", "http://"))
    assert entry.keeps
    assert entry.fixes


@pytest.mark.parametrize("entry", SHIPPED.entries, ids=lambda entry: entry.right)
def test_shipped_entry_holds_its_examples(entry: Entry) -> None:
    for text in entry.keeps:
        assert shipped()(text).text == text
    for before, after in entry.fixes:
        assert before != after
        assert shipped()(before).text == after
        assert shipped()(after).text == after


@pytest.mark.parametrize("entry", SHIPPED.entries, ids=lambda entry: entry.right)
def test_shipped_entry_puts_each_heard_form_right(entry: Entry) -> None:
    anchor = f" Near {entry.near[0]}." if entry.near else ""
    for form in entry.heard:
        assert shipped()(f"So then {form} came up.{anchor}").text.startswith(f"So then {entry.right} came up.")
        if entry.near:
            assert shipped()(f"So then {form} came up.").text == f"So then {form} came up."


def test_shipped_right_sides_are_fixed_points() -> None:
    for entry in SHIPPED.entries:
        assert shipped()(entry.right).text == entry.right


@pytest.mark.parametrize("name", ["ai", "general"])
def test_shipped_sections_and_entries_are_sorted(name: str) -> None:
    entries = shipped_dictionary(name).entries
    sections = list(dict.fromkeys(entry.section for entry in entries))
    assert sections == sorted(sections)
    for section in sections:
        rights = [entry.right for entry in entries if entry.section == section]
        assert rights == sorted(rights, key=plain)


# -- large ones ----------------------------------------------------------------------------------------------


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: a measure of it that is the same on every machine."""
    count = 0

    def tick(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def generated(size: int, first: str = "Anna") -> str:
    return "[names]\n" + "".join(f'"{first} R{i}zzz" = ["{first} H{i}zzz"]\n' for i in range(size))


def swept(dictionary: Dictionary, size: int) -> Callable[[], object]:
    words = Words.of(". ".join(entry.heard[0] for entry in dictionary.entries[:size]))
    dictionary.phrases.sweep(words)  # each word is looked at closely once, and then remembered
    return lambda: dictionary.phrases.sweep(words)


def test_large_dictionary_loads_and_applies() -> None:
    dictionary = Dictionary.loads(generated(20_000))
    text = ", ".join(f"Anna H{i}zzz" for i in range(0, 20_000, 7))
    found = list(Corrections(dictionary).find(Transcript(text)))
    assert len(found) == len(range(0, 20_000, 7))
    assert calls(swept(dictionary, 2000)) < 4.5 * calls(swept(dictionary, 500))


def test_large_dictionary_loads_in_linear_work() -> None:
    small, large = generated(500), generated(2000)
    Dictionary.loads(large)  # each word is looked at closely once, and then remembered
    assert calls(lambda: Dictionary.loads(large)) < 4.5 * calls(lambda: Dictionary.loads(small))


def test_large_dictionary_of_one_first_name_loads_in_linear_work() -> None:
    small, large = generated(50, "Christopher"), generated(200, "Christopher")
    Dictionary.loads(large)
    assert calls(lambda: Dictionary.loads(large)) < 4.5 * calls(lambda: Dictionary.loads(small))


def test_large_dictionary_of_one_first_name_sweeps_in_linear_work() -> None:
    small, large = Dictionary.loads(generated(50, "Christopher")), Dictionary.loads(generated(200, "Christopher"))
    text = Words.of("Christopher said so. " * 100)
    assert calls(lambda: large.phrases.sweep(text)) < 1.5 * calls(lambda: small.phrases.sweep(text))
