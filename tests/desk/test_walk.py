"""The desk in a real Chromium: a wrong line is heard, mended, retaken, undone, moved, published; two windows too."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import CHROMIUM
from conftest import DAY, folder_of, load
from desks import TOKEN, running

from podcast.desk import running as runs
from podcast.show import store
from podcast.show.workspace import Workspace

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browser")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make browser")
if CHROMIUM is None:
    pytest.skip("there is no Chromium on this machine: make browser", allow_module_level=True)

pytestmark = pytest.mark.long
PAPER = "2403.00002"


@dataclass
class Window:
    """A window on the desk, at the episode."""

    page: "sync_api.Page"
    show: Path

    def lines(self) -> list[str]:
        return [line["text"] for line in load(folder_of(self.show, PAPER) / "script.json")["lines"]]

    def take(self, number: int) -> int:
        """Return which take of the line is chosen."""
        return int(load(folder_of(self.show, PAPER) / "script.json")["lines"][number - 1].get("take", 1))

    def line(self, number: int) -> "sync_api.Locator":
        return self.page.locator(f"#line-{number}")

    def type(self, number: int, text: str) -> None:
        """Type other words for the line, and wait for what the desk says of them."""
        self.line(number).focus()
        self.page.keyboard.press("Enter")
        area = self.page.locator(".d-editor textarea")
        area.fill(text)
        self.page.locator("[data-verdict] .d-fine").wait_for()

    def told(self, text: str) -> None:
        self.page.locator("[data-told]", has_text=text).wait_for()

    def sourced(self) -> int:
        """Return the number of a line that rests on the paper."""
        lines = load(folder_of(self.show, PAPER) / "script.json")["lines"]
        return next(number for number, line in enumerate(lines, 1) if line["claims"])


@pytest.fixture
def windows(made: Path, browser: "sync_api.Browser") -> Iterator[list[Window]]:
    """Two windows of the same desk; whatever their consoles complain of fails the test, but for what is refused."""
    wrong: list[str] = []
    with running(made) as desk:
        context = browser.new_context(viewport={"width": 1100, "height": 800})
        context.set_default_timeout(20_000)
        opened = []
        for _ in range(2):
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(f"{desk.address}?token={TOKEN}")
            page.get_by_role("link", name="Reading Twice").click()
            page.locator("[data-version]").wait_for()
            opened.append(Window(page, made))
        yield opened
        context.close()
    assert wrong == []


def test_a_wrong_line_is_mended(windows: list[Window]) -> None:
    """By keys and buttons: heard, changed, refused, let pass, undone, said otherwise, retaken, moved, published."""
    one, _ = windows
    page, number, words = one.page, one.sourced(), one.lines()

    one.line(1).locator("[data-play]").click()
    page.wait_for_function("!document.querySelector('[data-audio]').paused")
    page.locator("#line-1[aria-current]").wait_for()
    page.locator("main").focus()
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('[data-audio]').paused")

    one.type(number, "It improves to 99 percent.")
    assert "99" in page.locator("[data-verdict]").inner_text()
    assert page.locator("[data-keep]").is_disabled()
    page.locator("[data-allow]").click()
    one.told("Kept")
    assert one.lines()[number - 1] == "It improves to 99 percent."
    one.line(number).locator(".d-state", has_text="let pass").wait_for()
    page.locator("[data-undo]").click()
    one.told("Undone")
    assert one.lines() == words

    one.type(1, "A very good morning to all of you.")
    with page.expect_response("**/hear") as heard:
        page.locator("[data-new]").click()
    assert heard.value.headers["content-type"] == "audio/wav"
    assert one.lines() == words, "hearing changes nothing"
    page.locator(".d-editor [data-keep]").click()
    one.told("Kept")
    assert one.lines()[0] == "A very good morning to all of you."

    with page.expect_response("**/hear"):
        one.line(2).focus()
        page.keyboard.press("r")
    page.locator("#line-2 .d-offer").wait_for()
    assert one.take(2) == 1, "the old take stays until the new one is chosen"
    page.locator("#line-2 [data-taken]").click()
    one.told("The new take is chosen")
    assert one.take(2) == 2
    page.locator("#line-2 .d-more").evaluate("node => { node.open = true }")
    page.locator("#line-2 [data-choose]").nth(0).check()
    one.told("Take 1 is chosen")
    page.locator("#line-2").focus()
    page.keyboard.press("]")
    one.told("Take 2: c chooses it")
    assert one.take(2) == 1, "comparing changes nothing"

    third = one.lines()[2]
    page.locator("#line-3 .d-more").evaluate("node => { node.open = true }")
    page.locator("#line-3 [data-up]").click()
    one.told("Moved")
    assert one.lines()[1] == third
    assert page.evaluate("document.activeElement.id") == "line-2"

    before = load(folder_of(one.show, PAPER) / "episode.json")
    assert page.locator("[data-publish]").inner_text() == "Mix and publish"
    page.locator("[data-publish]").click()
    one.told("Published")
    page.locator("[data-lines]", has_text="Listeners have it as it stands here").wait_for()
    after = load(folder_of(one.show, PAPER) / "episode.json")
    assert after["guid"] == before["guid"]
    assert after["media"]["sha256"] != before["media"]["sha256"]
    assert any("A very good morning" in str(cue["text"]) for cue in after["cues"])


def test_marked_while_it_plays(windows: list[Window]) -> None:
    """`m` marks what is heard, and the sound goes on; a note is written to it; `n` leads to it; done, it is gone.

    All of it with the focus on the button, or the player, that was pressed last.
    """
    one, other = windows
    page = one.page
    page.bring_to_front()
    one.line(2).locator("[data-play]").click()
    page.locator("#line-2[aria-current]").wait_for()
    page.keyboard.press("m")
    page.locator("[data-told]", has_text="is marked").wait_for()
    assert not page.evaluate("() => document.querySelector('[data-audio]').paused")
    page.locator("[data-audio]").focus()
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('[data-audio]').paused")
    page.keyboard.press("n")
    number = page.evaluate("() => Number(document.activeElement.dataset.line)")
    page.locator(f"#line-{number} [name=note]").fill("too fast")
    page.keyboard.press("Enter")
    one.told("The note is kept")
    assert load(folder_of(one.show, PAPER) / "remarks.json")["remarks"][0]["note"] == "too fast"
    other.page.bring_to_front()
    other.page.locator(f"#line-{number}", has_text="too fast").wait_for()
    other.page.locator(f"#line-{number} [data-unmark]").click()
    other.told("The mark is gone")
    assert not (folder_of(one.show, PAPER) / "remarks.json").exists()


def test_keys_are_those_of_the_page_unless_what_has_the_focus_uses_them(windows: list[Window]) -> None:
    """Tab stops at one line, the arrows lead on from there and from any of its buttons; Enter is the button's own, and
    fields, lists and choices keep the keys that they write or choose with."""
    one, _ = windows
    page = one.page
    page.bring_to_front()
    number = "() => Number(document.activeElement.closest('[data-line]')?.dataset.line)"
    is_line = "() => document.activeElement.matches('[data-line]')"
    stops = "() => [...document.querySelectorAll('[data-line][tabindex=\"0\"]')].map((line) => line.dataset.line)"
    assert page.evaluate(stops) == ["1"]
    page.locator(".d-chapter").first.evaluate("node => { node.tabIndex = -1; node.focus() }")
    page.keyboard.press("Tab")
    assert (page.evaluate(is_line), page.evaluate(number)) == (True, 1)
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    assert page.evaluate(stops) == ["5"]
    page.keyboard.press("Enter")
    assert page.locator(".d-editor textarea").evaluate("node => node.closest('[data-line]').id") == "line-5"
    page.keyboard.press("Escape")
    page.locator(".d-editor").wait_for(state="detached")
    page.locator("#line-5 [data-edit]").focus()
    page.keyboard.press("ArrowUp")
    assert (page.evaluate(is_line), page.evaluate(number)) == (True, 4)
    page.locator("#line-3 .d-more summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#line-3 .d-more[open]").count() == 1
    assert page.locator(".d-editor").count() == 0
    page.locator("#line-3 [data-choose]").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(number) == 3, "the arrows are the choice's"
    page.locator("#line-3 [data-insert] textarea").focus()
    page.keyboard.type("m n h")
    assert page.locator("#line-3 [data-insert] textarea").input_value() == "m n h"
    page.locator("#line-6 [data-mark]").click()
    one.told("is marked")
    assert page.evaluate(stops) == ["6"], "also when the lines came anew"


def test_words_for_a_line_that_somebody_changed(windows: list[Window]) -> None:
    """While one types, the other changes that very line: the words are shown above the lines, and are in the folder."""
    one, other = windows
    one.page.bring_to_front()
    one.type(1, "What I am typing")
    other.page.bring_to_front()
    other.line(1).locator("[data-edit]").click()
    other.page.locator(".d-editor textarea").fill("Said by the other window.")
    other.page.locator(".d-editor [data-keep]").click()
    other.told("Kept")
    one.page.bring_to_front()
    one.page.locator(".d-lost", has_text="What I am typing").wait_for()
    assert one.lines()[0] == "Said by the other window."


def test_a_desk_that_was_started_anew(windows: list[Window]) -> None:
    """Without the token of the new desk the page says what to do, and keeps the words; let in again, it goes on."""
    one, _ = windows
    one.page.bring_to_front()
    one.type(1, "What I am typing")
    cookies = one.page.context.cookies()
    one.page.context.clear_cookies()
    one.page.locator("[data-wrong]", has_text="started anew").wait_for()
    one.page.locator(".d-editor textarea").fill("What I go on typing")
    one.page.context.add_cookies(cookies)
    one.told("here again")
    one.page.locator("[data-verdict] .d-fine").wait_for()
    one.page.locator(".d-editor [data-keep]").click()
    one.told("Kept")
    assert one.lines()[0] == "What I go on typing"


def test_a_button_pressed_twice_does_it_once(windows: list[Window]) -> None:
    """A second click on what is being done does nothing."""
    one, _ = windows
    second = one.lines()[1]
    one.page.locator("#line-2 .d-more").evaluate("node => { node.open = true }")
    one.page.locator("#line-2 [data-delete]").dblclick()
    one.told("Left out")
    one.page.wait_for_timeout(1000)
    assert second not in one.lines()
    assert len(one.lines()) == len(load(folder_of(one.show, PAPER) / "episode.json")["cues"]) - 1


def test_a_reload_loses_no_word(windows: list[Window]) -> None:
    """What was typed and not kept is there after a reload, and Escape gives it up."""
    one, _ = windows
    one.type(1, "Half a sent")
    one.page.reload()
    one.page.locator("#line-1 [data-typed]", has_text="Half a sent").wait_for()
    one.line(1).focus()
    one.page.keyboard.press("Enter")
    assert one.page.locator(".d-editor textarea").input_value() == "Half a sent"
    one.page.keyboard.press("Escape")
    one.page.locator("#line-1 [data-typed]").wait_for(state="detached")
    assert not (folder_of(one.show, PAPER) / "desk.json").exists()


def test_two_windows_see_each_other(windows: list[Window]) -> None:
    """While one types, the other changes: the first is told, keeps words and cursor, and wins nothing silently."""
    one, other = windows
    one.page.bring_to_front()
    one.type(1, "What I am typing")
    other.type(2, "Said by the other window.")
    other.page.locator(".d-editor [data-keep]").click()
    other.told("Kept")
    one.page.bring_to_front()
    one.page.locator("#line-2", has_text="Said by the other window.").wait_for()
    assert one.page.locator(".d-editor textarea").input_value() == "What I am typing"
    assert one.page.evaluate("document.activeElement.localName") == "textarea"
    one.page.locator(".d-editor [data-keep]").click()
    one.told("Kept")
    assert one.lines()[:2] == ["What I am typing", "Said by the other window."]


def test_words_that_were_typed_stay_with_their_line(windows: list[Window]) -> None:
    """Who goes on to another line finds what was typed for the first at it, counted, and in its editor again."""
    one, _ = windows
    one.page.bring_to_front()
    one.type(4, "Words that I typed.")
    one.line(5).locator("[data-edit]").click()
    one.line(4).locator("[data-typed]", has_text="Words that I typed.").wait_for()
    assert one.page.locator("[data-count]").inner_text() == "1"
    assert one.page.locator("#line-5 .d-editor textarea").input_value() == one.lines()[4]
    one.line(4).locator("[data-edit]").click()
    assert one.page.locator("#line-4 .d-editor textarea").input_value() == "Words that I typed."
    one.page.locator(".d-editor [data-keep]").click()
    one.told("Kept")
    assert one.lines()[3] == "Words that I typed."


def test_nothing_that_is_typed_goes_when_the_lines_come_anew(windows: list[Window]) -> None:
    """Another window's mark, and a button of another line, take neither the cursor nor words from any field."""
    one, other = windows
    page = one.page
    page.bring_to_front()
    page.locator("#line-7 .d-more summary").click()
    page.locator("#line-7 [data-insert] textarea").fill("A line that I write with care")
    page.locator("#line-7 [data-insert] [name=host]").select_option(index=1)
    one.type(4, "Words that I typed.")
    page.locator(".d-editor [name=because]").focus()
    page.keyboard.type("wro")
    other.page.bring_to_front()
    other.line(8).locator("[data-mark]").click()
    other.told("is marked")
    page.bring_to_front()
    page.locator("#line-8 .d-state", has_text="marked").wait_for()
    page.keyboard.type("ng")
    assert page.locator(".d-editor [name=because]").input_value() == "wrong"
    page.locator("#line-2 .d-more summary").click()
    page.locator("#line-2 [data-up]").click()
    one.told("Moved")
    assert page.locator(".d-editor textarea").input_value() == "Words that I typed."
    assert page.locator("#line-7 [data-insert] textarea").input_value() == "A line that I write with care"
    assert page.locator("#line-7 [data-insert] [name=host]").input_value() == "B"
    page.locator("#line-7 [data-insert] button").click()
    one.told("Inserted")
    assert one.lines()[7] == "A line that I write with care"
    assert page.locator("#line-7 [data-insert] textarea").input_value() == ""


def test_what_another_window_changed_is_not_taken_back(windows: list[Window]) -> None:
    """A description that is kept leaves the title that the other window gave, words leave the host that it chose, and
    what stands on the page is what there is."""
    one, other = windows
    path = folder_of(one.show, PAPER) / "script.json"
    was = load(path)["lines"][1]["host"]
    one.page.bring_to_front()
    one.type(2, "Words that I typed.")
    one.page.locator("summary", has_text="Title and description").click()
    one.page.locator("[data-entitle] [name=description]").fill("Mine.")
    other.page.bring_to_front()
    other.page.locator("summary", has_text="Title and description").click()
    other.page.locator("[data-entitle] [name=title]").fill("Title by the other")
    other.page.locator("[data-entitle] button").click()
    other.told("Kept")
    other.line(2).locator(".d-more summary").click()
    other.line(2).locator("[data-speak]").first.click()
    other.told("Another host says it")
    one.page.bring_to_front()
    one.page.locator(f"#line-2:not([data-host={was}])").wait_for()
    assert one.page.locator("h1").inner_text() == "Title by the other"
    assert one.page.locator("[data-entitle] [name=title]").input_value() == "Title by the other"
    one.page.locator("[data-entitle] button").click()
    one.told("Kept")
    one.page.locator("#line-2 .d-editor [data-keep]").click()
    one.page.locator("#line-2 .d-editor").wait_for(state="detached")
    script = load(path)
    assert (script["title"], script["description"]) == ("Title by the other", "Mine.")
    assert (script["lines"][1]["text"], script["lines"][1]["host"] != was) == ("Words that I typed.", True)
    assert not (path.parent / "desk.json").exists()


def test_another_voice_says_first_what_it_takes(windows: list[Window]) -> None:
    """Before a host gets another voice it is told how many lines that records."""
    one, _ = windows
    asked: list[str] = []
    one.page.on("dialog", lambda dialog: asked.append(dialog.message))
    one.page.locator("summary", has_text="Voices and words").click()
    count = sum(line["host"] == "A" for line in load(folder_of(one.show, PAPER) / "script.json")["lines"])
    voice = one.page.locator("[data-recast] [name=voice]")
    chosen = next(name for name in voice.locator("option").all_inner_texts() if name.startswith("flite"))
    voice.select_option(chosen)
    one.page.locator("[data-recast] button").click()
    one.told("Its lines are recorded when you mix")
    assert asked[0].startswith(f"Speak with {chosen}? Records {count} lines, about ")
    assert voice.input_value() == chosen


def test_runs_are_watched(made: Path, browser: "sync_api.Browser") -> None:
    """A run that was begun elsewhere comes up by itself; as it goes on, the focus and what was opened stay."""
    workspace = Workspace(made)
    here = runs.folder(workspace) / "20260101T000000000000"
    errand = runs.Errand(day=dt.date.fromisoformat(DAY), stages=("mix",), begun=dt.datetime.now(dt.UTC))
    with running(made) as desk:
        page = browser.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{desk.address}?token={TOKEN}")
        page.goto(f"{desk.address}runs")
        here.mkdir(parents=True)
        (here / "log.txt").write_text("It said this.\n")
        (here / "errand.json").write_bytes(store.to_json(errand))
        with store.locked(here / "lock"):
            page.locator("[data-stop]").focus()
            page.locator("summary").click()
            page.locator("[data-stop]").focus()
            for done in (1, 2):
                step = runs.Step(paper=PAPER, stage="mix", done=done, total=4)
                store.write_atomic(here / "progress.json", store.to_json(runs.Progress(steps=(step,))))
                page.locator("label", has_text=f"{done} of 4").wait_for()
                assert page.locator("[data-stop]").evaluate("node => node === document.activeElement")
                assert page.locator("pre", has_text="It said this.").is_visible()
            page.locator("[data-stop]").evaluate("node => { node.mine = true }")
            page.wait_for_timeout(2500)
            assert page.locator("[data-stop]").evaluate("node => node.mine"), "what did not change is left alone"
        page.locator(".d-state", has_text="stopped").wait_for()
        page.close()


def _audit(page: "sync_api.Page", state: str) -> None:
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert not found, (state, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{state} scrolls aside"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_each_state(made: Path, browser: "sync_api.Browser", scheme: str) -> None:
    """axe finds nothing on any page and in any state, on a phone, light and dark; no page scrolls aside."""
    with running(made) as desk:
        context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(f"{desk.address}?token={TOKEN}")
        _audit(page, "shelf")
        for path in ("day", "runs", "settings"):
            page.goto(desk.address + path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            _audit(page, path)
        page.goto(f"{desk.address}e/{DAY}/{PAPER}/")
        _audit(page, "episode")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        _audit(page, "all open")
        page.locator("[data-history]").click()
        page.locator("[data-versions]", has_text="first written").wait_for()
        _audit(page, "versions")
        line = Window(page, made).sourced()
        page.locator(f"#line-{line} [data-edit]").click()
        page.locator(".d-editor textarea").fill("It improves to 99 percent.")
        page.locator("[data-verdict] li").first.wait_for()
        _audit(page, "refused")
        page.reload()
        page.locator(f"#line-{line} [data-mark]").click()
        page.locator(f"#line-{line} [data-note]").wait_for()
        page.locator(f"#line-{line} [data-retake]").click()
        page.locator(".d-offer").wait_for()
        _audit(page, "marked, and a new take")
        page.locator("[data-only]").check()
        _audit(page, "only what needs an eye")
        context.close()
