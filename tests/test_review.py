"""The page of `tidy review`: what it holds, and, in a browser, that what is decided on it is obeyed."""

from __future__ import annotations

import json
import re
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import SEEDS
from hypothesis import given
from test_cli import Run, run  # noqa: F401 - a fixture

import tidytranscript as tt
from tidytranscript.decisions import hash_of
from tidytranscript.reports.pagedata import page_data
from tidytranscript.testing import texts, windows

if TYPE_CHECKING:
    from playwright.sync_api import Page

TALK = (
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>Well, um, thank you for for coming.\n\n"
    "00:04.000 --> 00:06.000\n<v Bo>It is, uh, <i>good</i> to be here, 5 &lt; 6.\n"
)
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.[tm]*"))]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def held(page: str) -> dict[str, Any]:
    """What a page holds for its script."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def side(data: dict[str, Any], which: int) -> str:
    """The text of one side of the page: 2 the source, 3 the result, as long as nothing is decided."""
    out = []
    for _, _, _, parts in data["rows"]:
        for part in parts:
            if isinstance(part, str):
                out.append(part)
            elif part[1] >= 0:
                item = data["items"][part[0]]
                out.append(item["changes"][part[1]][which if item["kind"] == "edit" else 2])
    return "".join(out)


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("talk.vtt").write_text(TALK, encoding="utf-8")
    return Path("talk.vtt")


@given(texts())
def test_both_sides_are_the_whole_text(text: str) -> None:
    result = tt.Pipeline.standard("edited", checks=True)(text)
    data = page_data("x", result)
    assert side(data, 2).split() == text.split()
    assert side(data, 3).split() == result.text.split()
    for item in data["items"]:
        assert all(text[start:end] == old for start, end, old, _ in item["changes"])


@given(windows(SOURCES, size=2000))
def test_rows_begin_between_words(text: str) -> None:
    result = tt.Pipeline.standard()(text)
    turns = {turn.span.start for turn in result.turns}
    for _, _, start, _ in page_data("x", result)["rows"]:
        edge = any(edit.end == start for edit in result.edits) or start in turns
        assert edge or not (text[start - 1 : start].isalnum() and text[start].isalnum())


@given(texts())
def test_every_finding_has_a_place(text: str) -> None:
    data = page_data("x", tt.Pipeline.standard("edited", checks=True)(text))
    shown = {part[0] for _, _, _, parts in data["rows"] for part in parts if not isinstance(part, str)}
    said = {number for number, item in enumerate(data["items"]) if any(old.strip() for _, _, old, _ in item["changes"])}
    assert said <= shown


def test_a_page_is_one_file_beside_its_transcript(run: Run, talk: Path) -> None:  # noqa: F811
    ran = run("review", talk)
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.endswith("talk.vtt.html: written. Open it in a browser\n")
    page = Path("talk.vtt.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "default-src 'none'" in page
    assert [item["rule"] for item in held(page)["items"]] == [0, 1, 0]
    assert run("review", talk).err == "tidy: talk.vtt.html: exists already. Name another file, or use --force\n"


def test_nothing_in_the_text_can_leave_the_script(run: Run, tmp_path: Path) -> None:  # noqa: F811
    ran = run("review", "-", "-o", "-", stdin=b"Um, </script><script>alert(1)</script> <!-- so.")
    assert ran.code == 0
    assert ran.text.count("</script>") == 2
    assert "</script>" in side(held(ran.text), 2)


def test_decisions_made_before_are_shown(run: Run, talk: Path) -> None:  # noqa: F811
    text = tt.read(talk).text
    [um, *_] = tt.tidy(tt.read(talk)).edits
    made = tt.Decision(False, "filler", um.start, um.end, um.old, um.new)
    Path("d.json").write_text(tt.Decisions(hash_of(text), (made,)).dumps(), encoding="utf-8")
    assert run("review", talk, "--decisions", "d.json").code == 0
    items = held(Path("talk.vtt.html").read_text(encoding="utf-8"))["items"]
    assert [item["state"] for item in items] == ["reject", "", ""]
    Path("other.txt").write_text("No.", encoding="utf-8")
    assert (
        "d.json: these decisions are not for the text of other.txt"
        in run("review", "other.txt", "--decisions", "d.json").err
    )


def test_media_are_named_from_where_the_page_is(run: Run, talk: Path) -> None:  # noqa: F811
    Path("the talk.mp3").write_bytes(b"")
    Path("out").mkdir()
    run("review", talk, "-o", "out/page.html", "--media", "the talk.mp3")
    assert 'src="../the%20talk.mp3"' in Path("out/page.html").read_text(encoding="utf-8")
    assert run("review", talk, "--media", "no.mp3").err == "tidy: no.mp3: no such file. Check the path of --media\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("needs Chromium, as in Debian's package chromium")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser: Any, run: Run, talk: Path) -> Iterator[Page]:  # noqa: F811
    assert run("review", talk).code == 0
    context = browser.new_context(accept_downloads=True)
    context.route("http*://**", lambda route: pytest.fail(f"asks the network for {route.request.url}"))
    opened = context.new_page()
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.goto(talk.absolute().with_name("talk.vtt.html").as_uri())
    yield opened
    context.close()


def export(page: Page) -> Path:
    with page.expect_download() as started:
        page.keyboard.press("e")
    path = Path(started.value.suggested_filename)
    started.value.save_as(path)
    return path


def test_what_is_rejected_in_a_browser_stays_out(page: Page, run: Run, talk: Path) -> None:  # noqa: F811
    assert "for coming" in page.inner_text(".result >> nth=0")
    assert "um" not in page.inner_text(".result >> nth=0")
    page.keyboard.press("r")
    assert "Well, um, thank you for coming." in page.inner_text("#rows")
    page.keyboard.press("j")
    page.click("#accept")
    assert page.inner_text("#counts") == "3 of 3 findings shown; 1 accepted, 1 rejected. Level clean."
    path = export(page)
    assert path.name == "talk.vtt.decisions.json"
    tidied = run("-q", talk, "--decisions", path).text
    assert "<v Ann>Well, um, thank you for coming.\n" in tidied
    assert "<v Bo>It is <i>good</i> to be here" in tidied
    found = run("check", "-q", talk, "--decisions", path).text
    assert [line.split()[1] for line in found.splitlines()] == ["stutter", "filler"]


def test_findings_are_chosen_by_kind_of_finding(page: Page) -> None:
    page.select_option("#rule", label="stutter (1)")
    assert page.inner_text("#counts").startswith("1 of 3 ")
    assert "stands 2 times" in page.inner_text("#what")
    page.check("#only")
    assert page.locator(".row:visible").count() == 1
    page.select_option("#rule", "")
    page.select_option("#speaker", label="Bo")
    assert page.inner_text("#counts").startswith("1 of 3 ")
    page.select_option("#speaker", "")
    page.fill("#from", "0.99")
    assert "stutter" not in page.inner_text("#what")


def test_decisions_stay_with_the_page_and_can_be_loaded(page: Page) -> None:
    page.keyboard.press("r")
    path = export(page)
    page.reload()
    assert "1 rejected" in page.inner_text("#counts")
    page.keyboard.press("u")
    assert "0 rejected" in page.inner_text("#counts")
    page.set_input_files("#load", path)
    page.wait_for_function("document.getElementById('counts').textContent.includes('1 rejected')")


@pytest.mark.parametrize("content", ["null", "no JSON", '{"schema": "tidytranscript.decisions/1"}'])
def test_what_holds_no_decisions_is_said(page: Page, content: str) -> None:
    said: list[str] = []

    def heard(dialog: Any) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    Path("d.json").write_text(content, encoding="utf-8")
    page.set_input_files("#load", "d.json")
    page.wait_for_timeout(300)
    assert said == ["d.json holds no decisions on this text."]


def test_every_control_has_a_name_and_findings_are_reached_by_keys(page: Page) -> None:
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, input, select, [role=button]')]"
        ".filter((e) => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map((e) => e.outerHTML)"
    )
    assert unnamed == []
    page.keyboard.press("j")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.strip().startswith("for: stutter, edit. ")
    assert page.locator('[role=button][tabindex="0"]').count() == 1


def test_a_click_plays_the_place(browser: Any, run: Run, talk: Path) -> None:  # noqa: F811
    with wave.open("talk.wav", "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000 * 2 * 7))
    assert run("review", "-q", talk, "--media", "talk.wav").code == 0
    page = browser.new_page()
    page.goto(talk.absolute().with_name("talk.vtt.html").as_uri())
    page.wait_for_function("media.readyState >= 1")
    page.click("text=▸ 0:04")
    page.wait_for_function("media.currentTime >= 4 && !media.paused")
    page.keyboard.press("p")
    page.wait_for_function("media.paused")
    page.click(".f >> nth=0")
    page.wait_for_function("media.currentTime >= 1 && media.currentTime < 4")
    assert page.locator(".row.playing").count() == 1
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(page: Page, scheme: Any) -> None:
    """At least 4.5 : 1, as WCAG 2.2 asks at its level AA."""
    page.emulate_media(color_scheme=scheme)
    ratios = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const light = (name) => {
            const hex = style.getPropertyValue(name).trim().slice(1);
            const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
              .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const pairs = [["--gone", "--gone-paper"], ["--new", "--new-paper"], ["--maybe", "--maybe-paper"],
            ["--remark", "--remark-paper"], ["--ink", "--paper"], ["--quiet", "--paper"], ["--quiet", "--raised"],
            ["--on-primary", "--primary"], ...[...Array(8).keys()].map((i) => [`--s${i}`, "--paper"])];
          return pairs.map(([one, other]) => {
            const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
            return [one, (high + 0.05) / (low + 0.05)];
          });
        }"""
    )
    assert [pair for pair in ratios if pair[1] < 4.5] == []
