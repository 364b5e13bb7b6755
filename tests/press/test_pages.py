"""What goes on while pages change, and where things stand on a screen, in a real Chromium."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import test_site
from browsing import CHROMIUM, Tab, heard, served, wait
from conftest import podcast

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browser")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make browser")
if CHROMIUM is None:
    pytest.skip("there is no Chromium on this machine: make browser", allow_module_level=True)

pytestmark = pytest.mark.long
SMALL, LYING = {"width": 360, "height": 640}, {"width": 844, "height": 390}
LONG = (
    "Towards a Long-Horizon, Self-Supervised and Verification-Gated Evaluation of State-of-the-Art Vision-Language-"
    "Action Models for Contact-Rich Manipulation under Distribution Shift"
)


def playing(page: "sync_api.Page") -> bool:
    return bool(page.evaluate("!document.querySelector('audio').paused"))


def box(page: "sync_api.Page", selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return dict(found)


@pytest.fixture(scope="module")
def long_titled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose newest episode has a title of 165 letters."""
    folder = tmp_path_factory.mktemp("long")
    releases = [test_site.release(2, title=LONG), test_site.release(1)]
    for path, data in test_site.render(releases, title="Daily Paper", tagline="The day's most upvoted papers.").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "feed.xml").touch()
    with served(folder) as site:
        yield site


def test_the_sound_goes_on_from_page_to_page(tab: Tab, episode: str) -> None:
    """While pages change the sound goes on without a break; title, address, focus and what is announced are theirs."""
    page = tab.open(episode)
    page.evaluate("window.same = document.querySelector('audio')")
    page.get_by_role("button", name="Play Reading Twice").click()
    wait(page, "document.querySelector('audio').currentTime > 0.4")
    before = heard(page)
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Archive").click()
    wait(page, "document.querySelector('h1').textContent === 'Archive'")
    assert page.url == f"{tab.site}archive/index.html"
    assert page.title().startswith("Archive")
    assert page.evaluate("document.activeElement.localName") == "main"
    assert page.evaluate("document.querySelector('[data-said]').textContent") == page.title()
    assert page.evaluate("document.querySelector('link[rel=canonical]').href").endswith("/archive/")
    assert playing(page)
    assert heard(page) >= before
    page.get_by_role("link", name="March 2024").click()
    wait(page, "document.querySelector('h1').textContent === 'March 2024'")
    page.get_by_role("link", name="Small Steps Suffice", exact=True).click()
    wait(page, "document.querySelector('h1').textContent === 'Small Steps Suffice'")
    assert page.evaluate("window.same === document.querySelector('audio')")
    wait(page, f"document.querySelector('audio').currentTime > {before} + 0.3")
    assert page.locator("[data-title]").inner_text() == "Reading Twice"  # what is heard, not what is shown
    assert page.locator(".lines [aria-current]").count() == 0
    assert page.get_by_role("button", name="Follow the transcript").is_hidden()
    page.locator("[data-title]").click()
    wait(page, "document.querySelector('h1').textContent === 'Reading Twice'")
    wait(page, "document.querySelectorAll('.lines [aria-current]').length === 1")
    assert playing(page)


def test_back_and_forward(tab: Tab, episode: str) -> None:
    """Back and forward show each page as it was left, at the height where it was left, and the sound goes on."""
    tab.page.set_viewport_size(SMALL)
    page = tab.open(episode)
    page.get_by_role("button", name="Play Reading Twice").click()
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    page.evaluate("document.querySelector('.home').click()")
    wait(page, "document.querySelector('h1').textContent === 'Test Show'")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    wait(page, "document.querySelector('h1').textContent === 'Reading Twice'")
    wait(page, "scrollY === 700")
    assert page.url.startswith(tab.site + episode)
    page.evaluate("document.querySelector('a[href=\"#made-title\"]').click()")
    wait(page, "location.hash === '#made-title' && scrollY > 1000")
    page.go_back()
    wait(page, "location.hash !== '#made-title' && scrollY === 700")
    page.go_forward()
    wait(page, "location.hash === '#made-title' && scrollY > 1000")
    page.go_back()
    wait(page, "document.querySelector('h1').textContent === 'Reading Twice' && scrollY === 700")
    assert playing(page)


def test_what_cannot_be_put_in_place_is_opened(tab: Tab, episode: str) -> None:
    """A page that is not there says so itself, and a file that is no page is the browser's."""
    page = tab.open(episode)
    page.evaluate("document.querySelector('.home').href = 'gone.html'")
    page.locator(".home").click()
    page.wait_for_url("**/gone.html")
    tab.wrong[:] = [wrong for wrong in tab.wrong if "404" not in wrong]


def test_play_in_every_row(tab: Tab, feed: Path) -> None:
    """An episode plays where it is listed; the row's button pauses it; chapters and speakers come from its page."""
    page = tab.open("")
    titles = ["Small Steps Suffice", "Reading Twice"]
    assert page.locator("[data-hear]:visible").count() == len(titles)
    for title in titles:
        page.get_by_role("button", name=f"Play {title}").click()
        wait(page, "!document.querySelector('audio').paused && document.querySelector('audio').currentTime > 0.1")
        assert page.locator("[data-title]").inner_text() == title
        wait(page, "document.querySelector('[data-chapter]').textContent !== ''")
    assert page.get_by_role("button", name="Play Small Steps Suffice").is_visible()
    page.get_by_role("button", name="Pause Reading Twice").click()
    assert not playing(page)
    page.goto(f"{tab.site}?q=twice")
    page.locator("[data-results] [data-hear]").click()
    wait(page, "!document.querySelector('audio').paused")
    assert page.locator("[data-title]").inner_text() == "Reading Twice"


def test_what_was_heard_stands_in_lists(tab: Tab, episode: str) -> None:
    """Lists say how much of an episode is left, and which were heard to their end; a heard one begins anew."""
    page = tab.open(episode)
    duration = float(str(page.locator("[data-stage]").get_attribute("data-duration")))
    page.evaluate(f"location.hash = '#t={duration / 2:.1f}'")
    page.keyboard.press("k")
    wait(page, f"document.querySelector('audio').currentTime > {duration / 2}")
    page.keyboard.press("k")
    tab.open("")
    row = page.locator("[data-episode]", has_text="Reading Twice").first
    left = row.locator("[data-left]").inner_text()
    minutes, seconds = left.removesuffix(" left").split(":")
    assert abs(60 * int(minutes) + int(seconds) - duration / 2) < 2.5
    share = row.locator("[data-hear]").evaluate("button => button.style.getPropertyValue('--heard')")
    assert 48 <= int(share.rstrip("%")) <= 53
    tab.open(f"{episode}#t={duration - 1:.1f}")
    page.keyboard.press("k")
    wait(page, "document.querySelector('audio').ended")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Episodes").click()
    wait(page, "document.querySelector('h1').textContent === 'Test Show'")
    assert row.locator("[data-left]").inner_text() == "Heard"
    tab.open(episode)
    assert float(page.locator("[data-position]").input_value()) == 0


def test_the_bar_says_time_speaker_and_chapter(tab: Tab, episode: str, feed: Path) -> None:
    """Under the pointer, and at its value by keyboard, a bar says the time, who speaks then, and the chapter."""
    made = json.loads((feed.parent / "episodes" / "2024-03-05" / "2403.00002" / "episode.json").read_bytes())
    page = tab.open(episode)
    for bar in (".seek", ".bars"):
        area = box(page, bar)
        page.mouse.move(area["x"] + area["width"] * 0.6, area["y"] + area["height"] / 2)
        time = made["media"]["duration"] * 0.6
        said = page.locator(f"{bar} .bubble").inner_text().split(" · ")
        minutes, seconds = said[0].split(":")
        assert abs(60 * int(minutes) + int(seconds) - time) < 1.5
        speaks = [cue["host"] for cue in made["cues"] if cue["start"] <= time + 0.1][-1]
        chapter = [each["title"] for each in made["chapters"] if each["start"] <= time + 0.1][-1]
        assert said[1:] == [speaks, chapter]
        bubble = box(page, f"{bar} .bubble")
        assert abs(bubble["x"] + bubble["width"] / 2 - area["x"] - area["width"] * 0.6) < 2
    page.mouse.move(5, 5)
    assert page.locator(".bubble:visible").count() == 0
    page.locator("[data-position]").focus()
    page.keyboard.press("End")
    assert page.locator(".seek .bubble").inner_text().endswith(made["chapters"][-1]["title"])
    assert page.locator("[data-position]").get_attribute("aria-valuetext").endswith(made["chapters"][-1]["title"])


def test_past_the_transcript_and_line_by_line(tab: Tab, episode: str) -> None:
    """A link leads past the transcript; arrows go from line to line, and Tab leaves it at once."""
    page = tab.open(episode)
    page.locator(".past").focus()
    assert box(page, ".past")["height"] > 30
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "notes"
    page.locator(".past").focus()
    page.keyboard.press("Tab")
    lines = page.locator(".lines a[href^='#t='], .lines summary").all()
    for key, at in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", len(lines) - 1), ("Home", 0)):
        page.keyboard.press(key)
        assert lines[at].evaluate("element => element === document.activeElement"), (key, at)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.lines'))")
    page.keyboard.press("Shift+Tab")
    assert lines[1].evaluate("element => element === document.activeElement")


def test_first_screens(browser: "sync_api.Browser", long_titled: str) -> None:
    """On a small phone the latest episode and its play button, and an episode's under a long title, need no scroll."""
    page = browser.new_page(viewport=SMALL)
    page.goto(long_titled)
    latest = box(page, ".latest .play")
    assert latest["y"] + latest["height"] <= SMALL["height"]
    assert box(page, ".latest h3")["y"] > box(page, "h1")["y"]
    page.goto(f"{long_titled}{test_site.release(2).page}index.html")
    button, dock = box(page, ".stage .play"), box(page, ".dock")
    assert page.locator("h1").inner_text() == LONG
    assert button["y"] + button["height"] <= dock["y"]
    for width in (320, 360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("screen", [SMALL, LYING, {"width": 320, "height": 568}, {"width": 1440, "height": 900}])
def test_the_player_is_one_row_that_stays(tab: Tab, episode: str, screen: dict[str, int]) -> None:
    """The player is one row of at most 64 px at the lower edge, wherever one scrolls, with the follow button in it."""
    tab.page.set_viewport_size(screen)
    page = tab.open(episode)
    page.get_by_role("button", name="Play Reading Twice").click()
    for top in (0, 600):
        page.evaluate(f"scrollTo({{top: {top}, behavior: 'instant'}})")
        dock = box(page, ".dock")
        assert dock["height"] <= 64
        assert dock["y"] + dock["height"] == screen["height"]
        assert (dock["x"], dock["width"]) == (0, screen["width"])
    middles = [
        area["y"] + area["height"] / 2
        for each in page.locator(".dock button:visible, .dock select:visible").all()
        if (area := each.bounding_box())
    ]
    assert max(middles) - min(middles) < 3
    assert box(page, "[data-follow]")["width"] >= 24
    assert box(page, ".dock .now")["width"] > 60


def test_the_row_opens_to_more_on_a_phone(tab: Tab, episode: str) -> None:
    """What has no room in a phone's row opens above it, and Escape closes it."""
    tab.page.set_viewport_size(SMALL)
    page = tab.open(episode)
    assert page.get_by_label("Speed").is_hidden()
    page.get_by_role("button", name="More").click()
    page.get_by_label("Speed").select_option("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    panel = box(page, "#dock-more")
    assert panel["y"] + panel["height"] <= box(page, ".dock")["y"]
    assert panel["x"] >= 0
    page.get_by_label("Speed").press("Escape")
    assert page.get_by_label("Speed").is_hidden()


def test_an_app_that_is_not_there_is_no_dead_click(tab: Tab, episode: str) -> None:
    """Where an app's link opens nothing, the page says so, and the feed's address is in the clipboard."""
    page = tab.open(episode)
    page.locator("summary", has_text="Subscribe").click()
    page.get_by_role("link", name="Overcast").focus()
    page.keyboard.press("Escape")
    assert page.locator(".menu .panel").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Subscribe"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Overcast").click()
    wait(page, "document.querySelector('[data-not-there]').textContent.startsWith('Overcast did not open')")
    assert page.locator("[data-not-there]").is_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/feed.xml")
    tab.wrong[:] = [wrong for wrong in tab.wrong if "overcast:" not in wrong]


def test_little_is_loaded_before_anybody_plays(tab: Tab, episode: str) -> None:
    """A page takes at most 140 kB and no byte of sound before somebody plays."""
    page = tab.page
    page.set_viewport_size(SMALL)
    for path in ("", episode):
        page.goto(tab.site + path)
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(
            "performance.getEntries().filter(each => each.transferSize).map(each => [each.name, each.transferSize])"
        )
        assert len(loaded) > 5
        assert sum(size for _, size in loaded) <= 140_000
        assert not [name for name, _ in loaded if name.endswith(".mp3")]


def test_the_lock_screen_has_the_episodes_own_picture(tab: Tab, episode: str) -> None:
    """The lock screen shows the episode's picture, 600 pixels a side, and its title."""
    page = tab.open(episode)
    shown = page.evaluate("(({title, artwork}) => [title, artwork[0].src])(navigator.mediaSession.metadata)")
    assert shown[0] == "Reading Twice"
    side = page.evaluate(
        f"new Promise(done => {{ const picture = new Image(); picture.onload = () => done(picture.width); "
        f"picture.src = {json.dumps(shown[1])}; }})"
    )
    assert "/media/" in shown[1]
    assert side == 600


def test_axe_in_states(browser: "sync_api.Browser", site: str, episode: str) -> None:
    """axe finds no violation while an episode plays and is followed, with the menu or the row's rest open."""
    context = browser.new_context(bypass_csp=True, viewport=SMALL)
    page = context.new_page()

    def clean(state: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
            said = [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
            assert not said, (state, scheme, said)

    page.goto(site + episode)
    page.evaluate(axe.AXE_SCRIPT)
    page.get_by_role("button", name="Play Reading Twice").click()
    wait(page, "document.querySelectorAll('.lines [aria-current]').length === 1")
    clean("playing and followed")
    page.get_by_role("button", name="More").click()
    clean("more")
    page.locator("summary", has_text="Subscribe").click()
    clean("menu")
    page.keyboard.press("Escape")
    page.locator(".home").click()
    wait(page, "document.querySelector('h1').textContent === 'Test Show'")
    clean("heard in a list")
    context.close()


OWN_FRAME = """<!doctype html>
<html lang="{{ show.language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<title>{% block title %}{{ [show.title] | heading }}{% endblock %}</title>
{% block head %}{% endblock %}
<link rel="icon" type="image/jpeg" href="{{ root }}cover-144.jpg">
<link rel="stylesheet" href="{{ root }}assets/style.css">
<script src="{{ root }}assets/player.js" defer></script>
</head>
<body>
{% block bar %}<nav aria-label="Site">
{% for title, path in links %}
<a href="{{ root }}{{ path }}"{% if title == here %} aria-current="true"{% endif %}>{{ title }}</a>
{% endfor %}
</nav>{% endblock %}
<main id="main" class="wrap" tabindex="-1">{% block main %}{% endblock %}</main>
<footer>Our own foot. {{ show.credits }}</footer>
<p class="unseen" role="status" data-said></p>
</body>
</html>
"""
"""The base.html of a show from before the player's row: one script, and no dock."""


@pytest.mark.parametrize("frame", [OWN_FRAME, OWN_FRAME.replace("data-said", "data-other")], ids=["before", "bare"])
def test_a_frame_of_before_keeps_working(browser: "sync_api.Browser", made: Path, frame: str) -> None:
    """Under a base.html of the show's own that knows no dock pages stand, are found and played, without an error."""
    (made / "templates").mkdir()
    (made / "templates" / "base.html").write_text(frame)
    assert podcast(made, "publish") == 0
    assert podcast(made, "publish", "--check") == 0
    page, wrong = browser.new_page(), list[str]()
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with served(made / "feed") as site:
        page.goto(f"{site}?q=twice")
        assert page.locator("footer").inner_text().startswith("Our own foot.")
        wait(page, "document.querySelector('[data-found]').textContent === '1 episode found'")
        page.locator("[data-results] h3 a").click()
        page.wait_for_url("**/episodes/**")
        sound = page.locator("main audio")
        assert sound.is_visible()
        sound.evaluate("sound => sound.play()")
        wait(page, "document.querySelector('audio').currentTime > 0.3")
        page.get_by_role("link", name="Archive").click()
        page.wait_for_url("**/archive/**")
    page.close()
    assert wrong == []
