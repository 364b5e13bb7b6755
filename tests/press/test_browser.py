"""The site in a real Chromium: played, searched, driven by keys, read by axe; and its HTML judged by html-validate."""

import itertools
import json
import re
import subprocess
from pathlib import Path

import pytest
import test_site
from browsing import CHROMIUM, PHONE, TABLET, WIDE, Tab, heard, html_validate, served, wait
from conftest import DAY, TESTS, podcast

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browser")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: make browser")
if CHROMIUM is None:
    pytest.skip("there is no Chromium on this machine: make browser", allow_module_level=True)

pytestmark = pytest.mark.long


def pages(feed: Path, episode: str) -> list[str]:
    month = next((feed / "archive").glob("*/*/index.html")).relative_to(feed)
    return [
        "",
        "?q=twice",
        "?q=nothing+fits",
        episode,
        "archive/index.html",
        str(month),
        "about/index.html",
        "404.html",
    ]


def test_play(tab: Tab, episode: str) -> None:
    """The play button plays: time passes, the button becomes a pause, and the line that is heard is marked."""
    page = tab.open(episode)
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, "document.querySelector('audio').currentTime > 0.5")
    page.get_by_role("button", name="Pause", exact=True).click()
    assert page.evaluate("document.querySelector('audio').paused")
    page.locator(".lines li a[href^='#t=']").nth(1).click()
    wait(page, "!document.querySelector('audio').paused")
    assert page.locator(".lines [aria-current]").count() == 1


def test_a_line_of_the_transcript_is_heard_from_its_start(tab: Tab, episode: str) -> None:
    """A click on a line goes to its time, names it in the address, and marks the line and its chapter alone."""
    page = tab.open(episode)
    line = page.locator(".lines li a[href^='#t=']").nth(5)
    start = float(str(line.get_attribute("href")).removeprefix("#t="))
    line.click()
    wait(page, f"document.querySelector('audio').currentTime >= {start}")
    assert start <= heard(page) < start + 2
    assert page.url.endswith(f"#t={line.get_attribute('href').removeprefix('#t=')}")
    assert page.locator(".lines [aria-current]").all_inner_texts() == [line.inner_text()]
    assert page.locator(".chapters [aria-current]").count() == 1


def test_chapters(tab: Tab, episode: str) -> None:
    """A chapter begins by its link, by its piece of the bar and by the buttons."""
    page = tab.open(episode)
    starts = [float(link.get_attribute("href")[3:]) for link in page.locator(".chapters a").all()]
    page.locator(".chapters a").nth(2).click()
    wait(page, f"Math.abs(document.querySelector('audio').currentTime - {starts[2]}) < 2")
    page.locator(".chapter-bar a").nth(1).click()
    wait(page, f"Math.abs(document.querySelector('audio').currentTime - {starts[1]}) < 2")
    page.keyboard.press("k")
    page.get_by_role("button", name="Next chapter").click()
    wait(page, f"Math.abs(document.querySelector('audio').currentTime - {starts[2]}) < 0.1")
    page.get_by_role("button", name="Previous chapter").click()
    wait(page, f"Math.abs(document.querySelector('audio').currentTime - {starts[1]}) < 0.1")
    titles = page.locator(".chapters a span").all_inner_texts()
    wait(page, f"document.querySelector('[data-chapter]').textContent === {json.dumps(titles[1])}")
    assert page.locator(".chapters [aria-current] span").all_inner_texts() == [titles[1]]


def test_keys(tab: Tab, episode: str) -> None:
    """Keys play, skip and change speed; those who switch them off, and fields, are left alone."""
    page = tab.open(episode)
    page.keyboard.press("Space")
    wait(page, "!document.querySelector('audio').paused")
    page.keyboard.press("k")
    wait(page, "document.querySelector('audio').paused")
    before = heard(page)
    page.keyboard.press("l")
    wait(page, f"Math.abs(document.querySelector('audio').currentTime - {before} - 30) < 0.5")
    page.keyboard.press("ArrowLeft")
    wait(page, f"Math.abs(document.querySelector('audio').currentTime - {before} - 15) < 0.5")
    page.keyboard.press("Shift+>")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.25
    page.get_by_label("Speed").focus()
    page.keyboard.press("k")
    assert page.evaluate("document.querySelector('audio').paused")
    page.locator("summary", has_text="Keys").click()
    page.get_by_label("These keys work on this page").uncheck()
    page.locator("h1").click()
    page.keyboard.press("k")
    assert page.evaluate("document.querySelector('audio').paused")


def test_the_place_and_the_speed_are_remembered(tab: Tab, episode: str) -> None:
    """Who comes back hears on from where they stopped, as fast as before; a link with a time goes before that."""
    page = tab.open(episode)
    page.get_by_label("Speed").select_option("1.5")
    page.locator(".lines li a[href^='#t=']").nth(4).click()
    wait(page, "document.querySelector('audio').currentTime > 6")
    page.keyboard.press("k")
    stopped = heard(page)
    page.goto("about:blank")
    tab.open(episode)
    wait(page, f"Math.abs(document.querySelector('[data-position]').value - {stopped}) < 1")
    assert page.evaluate("document.querySelector('audio').readyState") == 0  # nothing is fetched before it is played
    page.keyboard.press("k")
    wait(page, f"document.querySelector('audio').currentTime > {stopped} - 0.3")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.goto("about:blank")
    tab.open(episode + "#t=12.5")
    wait(page, "Math.abs(document.querySelector('[data-position]').value - 12.5) < 1")
    page.keyboard.press("k")
    wait(page, "document.querySelector('audio').currentTime > 12.4")
    assert heard(page) < stopped


def test_sound_that_fails_is_said_and_comes_back(tab: Tab, episode: str) -> None:
    """Where it cannot be loaded that is said, to eyes and ears, and the button says Play; the next press loads it
    again, from where it was."""
    page = tab.open(f"{episode}#t=7.5")
    page.route("**/*.mp3", lambda route: route.abort())
    for _ in range(2):
        with page.expect_event("requestfailed"):
            page.keyboard.press("k")
        wait(page, "document.querySelector('[data-play]').ariaLabel === 'Play'")
        said = page.locator("[data-chapter]").inner_text()
        assert said.startswith("The sound could not be loaded")
        assert page.locator("body > [data-said]").text_content() == said
    page.unroute("**/*.mp3")
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, "document.querySelector('audio').currentTime > 7.6")
    assert heard(page) < 10
    assert "loaded" not in page.locator("[data-chapter]").inner_text()
    page.keyboard.press("k")
    tab.wrong[:] = [wrong for wrong in tab.wrong if "ERR_FAILED" not in wrong]


def test_sound_that_breaks_off_goes_on_from_there(tab: Tab, episode: str) -> None:
    """Where it fails in the middle, as when the net goes for half a minute, the next press goes on where it broke off,
    or from where somebody went meanwhile."""
    page = tab.open(episode)
    for start, back in ((12, 0), (20, 15)):
        page.evaluate(f"location.hash = '#t={start}'")
        page.get_by_role("button", name="Play", exact=True).click()
        wait(page, f"document.querySelector('audio').currentTime > {start}.3")
        page.evaluate("""() => {
          const audio = document.querySelector("audio");
          let broken = { code: MediaError.MEDIA_ERR_NETWORK };
          audio.addEventListener("emptied", () => { broken = null; });
          Object.defineProperty(audio, "error", { get: () => broken, configurable: true });
          audio.dispatchEvent(new Event("error"));
        }""")
        assert page.locator("[data-chapter]").inner_text().startswith("The sound could not be loaded")
        on = heard(page) - back
        if back:
            page.keyboard.press("ArrowLeft")
        page.get_by_role("button", name="Play", exact=True).click()
        wait(page, f"document.querySelector('audio').currentTime > {on} + 0.1")
        assert heard(page) < on + 3
        page.keyboard.press("k")


def test_with_storage_blocked_the_sound_goes_on(tab: Tab, episode: str) -> None:
    """Where the browser keeps nothing for the site, links still put the next page in place, and the sound plays on."""
    blocked = "get: () => { throw new DOMException('no', 'SecurityError'); }"
    tab.page.add_init_script(
        f"for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, {{ {blocked} }});"
    )
    page = tab.open(episode)
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, "document.querySelector('audio').currentTime > 0.3")
    page.get_by_role("link", name="About", exact=False).first.click()
    wait(page, "location.pathname.endsWith('about/index.html')")
    assert not page.evaluate("document.querySelector('audio').paused")
    assert heard(page) > 0.3


def test_copied_addresses(tab: Tab, episode: str) -> None:
    """The link at this time and the feed's address come into the clipboard, and it is announced."""
    page = tab.open(episode + "#t=7.5")
    page.get_by_role("button", name="Copy a link to this moment").click()
    wait(page, "document.querySelector('[data-said]').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == f"{tab.site}{episode}#t=7"
    tab.open("")
    page.locator("summary", has_text="Subscribe").click()
    page.get_by_role("button", name="Copy feed address").click()
    wait(page, "document.querySelector('[data-said]').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/feed.xml")


def test_every_claim_opens_to_its_sentences(tab: Tab, episode: str, feed: Path) -> None:
    """A line that states something opens, by keyboard, to the abstract's own words and a link to the paper."""
    page = tab.open(episode)
    summary = page.locator(".evidence summary").first
    assert summary.inner_text() == "In the paper: Abstract"
    summary.press("Enter")
    quote = page.locator(".evidence[open] blockquote p").first
    item = json.loads((feed / episode).with_name("item.json").read_bytes())
    assert quote.inner_text() in item["paper"]["summary"]
    assert page.locator(".evidence[open] a").first.get_attribute("href") == "https://arxiv.org/abs/2403.00002"


def test_search(tab: Tab) -> None:
    """Words, category and month narrow the list together; the address holds them; how many fit is announced."""
    page = tab.open("")
    data: list[str] = []
    page.on("response", lambda answer: data.append(answer.url) if answer.url.endswith(".json") else None)
    assert page.locator("[data-newest] article").count() == 1  # the latest stands above
    page.get_by_label("Search").fill("first author SECOND pass")
    wait(page, "document.querySelector('[data-found]').textContent === '1 episode found'")
    assert page.locator("[data-results] h3").all_inner_texts() == ["Reading Twice"]
    assert f"{tab.site}search/2024.json" in data
    assert len(set(data)) == len(data) < 7  # and of what is said the files of those words alone
    assert page.url == f"{tab.site}?q=first+author+SECOND+pass"
    page.locator("select[name=month]").select_option("2024-03")
    wait(page, "location.search.endsWith('&month=2024-03')")
    page.get_by_label("Search").fill("no such words")
    wait(page, "document.querySelector('[data-found]').textContent.startsWith('No episode fits. Try')")
    page.get_by_role("button", name="Clear").click()
    wait(page, "location.search === ''")
    assert page.locator("[data-newest] article:visible").count() == 1
    page.goto(f"{tab.site}?q=steps&month=2024-03")
    wait(page, "document.querySelector('[data-found]').textContent === '1 episode found'")
    page.get_by_role("link", name="Small Steps Suffice").last.click()
    page.wait_for_url("**/episodes/*2403.00001/index.html")


def test_a_find_behind_the_first_hour_is_told_as_everywhere(tab: Tab, episode: str) -> None:
    """A word that is first said after 61 minutes is said at 1:01:05, also where the page opens with the question."""
    names = tab.open("").evaluate("document.querySelector('[data-search]').dataset.spoken").split()
    word = next(name[-1] for name in names if re.fullmatch(r"\d+-[a-z]", name)) + "xylophone"
    said = json.dumps({episode.removesuffix("index.html"): f"{word} 3665.2"})
    tab.page.route("**/search/2024-*.json", lambda route: route.fulfill(body=said, content_type="application/json"))
    page = tab.open(f"?q={word}")
    wait(page, "document.querySelector('[data-results] .says a') !== null")
    assert page.locator("[data-results] .says a").inner_text() == f"“{word}” is said at 1:01:05"


def test_the_about_page_says_what_the_show_is_on_a_phone(tab: Tab) -> None:
    """The description, which the index has no room for on a small screen, stands on the page that is about the show."""
    tab.page.set_viewport_size(PHONE)
    page = tab.open("about/index.html")
    assert [each.is_visible() for each in page.locator(".about").all()] == [True, True]
    assert not tab.open("").locator(".show .about").is_visible()


def test_search_says_when_it_cannot_be_loaded(tab: Tab) -> None:
    """Without its data the search says so and where to look instead."""
    page = tab.open("")
    page.route("**/search/*.json", lambda route: route.fulfill(status=503))
    page.get_by_label("Search").fill("pass")
    wait(page, "document.querySelector('[data-found]').textContent.startsWith('The search could not be loaded.')")
    tab.wrong[:] = [wrong for wrong in tab.wrong if "503" not in wrong]


def focused(page: "sync_api.Page") -> str:
    return str(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()"))


def test_keyboard_alone(tab: Tab, episode: str) -> None:
    """Tab leads first past the navigation; what plays is next; the player comes after the page, in its own order."""
    page = tab.open(episode)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Play Reading Twice"
    names, in_lines = [], 0
    while not names or names[-1] != "Copy a link to this moment":
        page.keyboard.press("Tab")
        names.append(focused(page))
        in_lines += page.evaluate("Boolean(document.activeElement.closest('.lines'))")
        assert len(names) < 60
    assert names[0] == "How this was made"
    player = names[names.index("Position") :]
    assert player[:6] == [
        "Position",
        "Previous chapter",
        "Back 15 seconds",
        "Play",
        "Forward 30 seconds",
        "Next chapter",
    ]
    assert in_lines == 1  # the transcript is one stop


def test_axe(browser: "sync_api.Browser", site: str, feed: Path, episode: str) -> None:
    """axe finds no violation on any kind of page, on a wide screen and a phone, light and dark; none scrolls aside."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for path in pages(feed, episode):
        page.goto(site + path)
        if "?" in path:
            wait(page, "document.querySelector('[data-found]').textContent !== ''")
        judge(page, path)
    context.close()


def judge(page: "sync_api.Page", path: str) -> None:
    """Assert that axe finds nothing, and that nothing is wider than the screen, with all that folds opened."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(axe.AXE_SCRIPT)
    page.set_viewport_size(TABLET)
    assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"], path
    for screen, scheme in itertools.product((WIDE, PHONE), ("light", "dark")):
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        said = [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
        assert not said, (path, screen, scheme, said)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], path


def test_axe_on_digests_trailer_and_the_small_player(browser: "sync_api.Browser", made: Path) -> None:
    """Nor on the digest's pages, on that of a trailer and the index with one, nor in the player for other sites."""
    assert podcast(made, "digest", str(DAY)) == 0
    assert podcast(made, "trailer") == 0
    assert podcast(made, "publish") == 0
    feed = made / "feed"
    found = [*(feed / "digest").rglob("*.html"), *(feed / "episodes").glob("*-trailer/*.html"), feed / "index.html"]
    assert len(found) == 8
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    with served(feed) as site:
        for path in found:
            page.goto(site + path.relative_to(feed).as_posix())
            judge(page, path.name)
    context.close()


def test_hostile_texts(browser: "sync_api.Browser", tmp_path: Path) -> None:
    """Texts that try to be HTML stay texts: none runs, and none pushes a page wider than a phone."""
    for path, data in test_site.render().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "feed.xml").touch()
    page = browser.new_page(viewport=PHONE)
    wrong: list[str] = []
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with served(tmp_path) as site:
        for path in ("", "?q=rest", "about/index.html", f"{test_site.THREE[0].page}index.html"):
            page.goto(site + path)
            if "?" in path:
                wait(page, "document.querySelector('[data-found]').textContent !== ''")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    assert wrong == []
    page.close()


def test_without_javascript(browser: "sync_api.Browser", site: str, feed: Path, episode: str) -> None:
    """Without JavaScript the browser's own player stands there, and nothing that would need a script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + episode)
    assert page.locator("audio[controls]").is_visible()
    assert page.locator("button:visible, form:visible, input:visible").count() == 0
    page.goto(site)
    assert page.locator("button:visible, form:visible, input:visible").count() == 0
    page.get_by_role("link", name="The whole archive").click()
    page.get_by_role("link", name=re.compile("March 2024")).click()
    page.get_by_role("link", name="Reading Twice").click()
    assert page.url == site + episode
    context.close()


def test_print(browser: "sync_api.Browser", site: str, episode: str) -> None:
    """On paper the transcript stays, with what carries it, and the player goes."""
    page = browser.new_page()
    page.goto(site + episode)
    page.emulate_media(media="print")
    assert page.locator(".player, .bar nav, .downloads, button").locator("visible=true").count() == 0
    assert page.locator(".evidence blockquote").first.is_visible()
    assert page.locator(".lines li").first.is_visible()
    page.close()


def test_html_is_valid(feed: Path) -> None:
    """html-validate has nothing to say of any page."""
    program = html_validate()
    if program is None:
        pytest.skip("html-validate is not installed: make browser")
    config = TESTS / "html-validate.json"
    found = sorted(map(str, feed.rglob("*.html")))
    done = subprocess.run([program, "--config", config, *found], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_is_said_is_found(tab: Tab, episode: str, feed: Path) -> None:
    """A word that only the transcript has finds the episode and leads to its line; a wrong letter is forgiven; how many
    there are is told to screen readers; by keyboard alone."""
    listed, page_of = (feed / "search" / "2024.json").read_text().lower(), episode.removesuffix("index.html")
    said: dict[str, str] = {}
    for path in sorted((feed / "search").glob("2024-[a-z].json")):
        for page_said, text in json.loads(path.read_text()).items():
            said[page_said] = f"{said.get(page_said, '')} {text}"
    others = " ".join(text for page_said, text in said.items() if page_said != page_of)
    word = next(one for one in said[page_of].split()[::2] if len(one) > 5 and one not in f"{listed} {others}")
    page = tab.open("")
    page.get_by_role("searchbox").focus()
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('[data-found]').textContent.includes('by what is said')")
    assert page.locator("[data-found]").get_attribute("role") == "status"
    link = page.locator("[data-results] a", has_text=f"“{word}” is said at")
    assert link.count() == 1
    link.focus()
    page.evaluate("document.querySelector('[data-search]').requestSubmit()")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")  # asked twice, the list stands, and the link has its focus
    page.wait_for_url("**/episodes/**")
    at = page.url.partition("#t=")[2]
    assert word in page.locator(f"[id='t={at}']").inner_text().lower()
    for wrong, right in (("twcie", "Reading Twice"), ("documint", "Reading Twice"), ("smalll", "Small Steps")):
        page = tab.open(f"?q={wrong}")
        wait(page, "document.querySelector('[data-found]').textContent.includes('found')")
        assert right in page.locator("[data-results]").inner_text()
    page = tab.open("?q=xylophone")
    wait(page, "document.querySelector('[data-found]').textContent.includes('No episode fits')")


def test_the_small_player_plays_in_another_site(tab: Tab, episode: str) -> None:
    """Embedded in a page it shows title and player within its height, plays, and runs no script."""
    page = tab.open(episode.replace("index.html", "embed.html"))
    for width, height in ((360, 180), (600, 180), (240, 180)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("script").count() == 0
    page.evaluate("document.querySelector('audio').play()")
    wait(page, "document.querySelector('audio').currentTime > 0.2")
    assert page.get_by_role("link", name="Reading Twice").get_attribute("target") == "_blank"
