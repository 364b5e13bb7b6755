"""What there is of a paper beside its text: models, data sets and Spaces, who made it, its first figure where that may
be shown; through the front door, over the services' stand-ins."""

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import load, podcast, tree
from lxml import etree
from markupsafe import escape
from PIL import Image
from services import (
    CHALLENGE,
    FAILED_PAGE,
    FRIDAY,
    MATHS,
    Reply,
    Services,
    figure,
    friday,
    latexml_page,
    picture,
    record,
    repository,
)

from podcast import daily
from podcast.press import notes
from podcast.press.release import Picture
from podcast.press.release import load as released
from podcast.publishers import items
from podcast.show import config
from podcast.show.errors import NoText
from podcast.show.schema import Chapter, Figure
from podcast.show.workspace import Workspace
from podcast.sources import DEMO_DAY, Online, demo, figures, licences, online, pictures
from podcast.studio import Studio

HOSTILE = 'The "Lab" <script>alert(1)</script> [x](javascript:alert(2)) & Co'
API, PAGE, PICTURE = f"/api/papers/{MATHS}", f"/html/{MATHS}", f"/html/{MATHS}v2/x1.png"
CC, ARXIV = "http://creativecommons.org", "http://arxiv.org/licenses"


def folder(show: Path, paper: str = MATHS) -> Path:
    return show / "episodes" / FRIDAY / paper


def page(show: Path, paper: str = MATHS) -> str:
    return (show / "feed" / "episodes" / f"{FRIDAY}-{paper}" / "index.html").read_text()


def chapters(show: Path, paper: str = MATHS) -> list[dict[str, str]]:
    (path,) = (show / "feed" / "media").glob(f"{FRIDAY}-{paper}-*.chapters.json")
    return load(path)["chapters"]  # type: ignore[no-any-return]


def the_next_run(show: Path, services: Services) -> None:
    workspace = Workspace(show)
    studio = Studio(workspace, config.read(show / "podcast.toml"), online(services.settings(), workspace, "", 1))
    daily.run(studio, lambda: None, sleep=lambda _: None, today=dt.date.fromisoformat(FRIDAY) + dt.timedelta(days=1))


def many(services: Services) -> None:
    """Have Hugging Face link more with the paper than is shown, some of it what nobody should see."""
    models = [
        repository("somebody/copy", likes=900), repository("Pebble-Lab/sorter-7B", likes=3),
        repository("somebody/other", downloads=9), repository("doe/sorter", likes=1),
        repository("pebble-lab/secret", likes=5000, private=True), repository("a/<b>onmouseover=x", likes=9999),
        repository("../../login", likes=9999),
    ]  # fmt: skip
    services.pages[API] = record(
        MATHS,
        organization={"_id": "o", "name": "Pebble-Lab", "fullname": HOSTILE, "avatar": "https://cdn.example/a.png"},
        authors=[{"name": "First Author 3", "user": {"user": "doe", "fullname": "First Author"}}],
        linkedModels=models, numTotalModels=254,
        linkedDatasets=[repository("Pebble-Lab/pebbles")], numTotalDatasets=-1,
    )  # fmt: skip


@pytest.mark.long
def test_models_and_data_sets_stand_in_notes_page_and_digest(
    online_show: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three of a kind at most, those of the paper's own people first, with how many more there are; no kind that there
    is not, and nothing at all of a paper with none. What strangers wrote stays text."""
    many(services)
    assert podcast(online_show, "make", FRIDAY, "--top", "2") == 0
    capsys.readouterr()
    assert podcast(online_show, "notes", MATHS) == 0
    told = capsys.readouterr().out
    hub = "https://huggingface.co"
    assert (
        f"Models: Pebble-Lab/sorter-7B <{hub}/Pebble-Lab/sorter-7B>, doe/sorter <{hub}/doe/sorter>, "
        f"somebody/copy <{hub}/somebody/copy> and 251 more\n"
        f"Data sets: Pebble-Lab/pebbles <{hub}/datasets/Pebble-Lab/pebbles>"
    ) in told
    assert f"Organisation: {HOSTILE} <{hub}/Pebble-Lab>" in told
    assert "Spaces" not in told
    everything = [
        path for path in (online_show / "feed").rglob("*") if path.suffix in (".html", ".xml", ".md", ".json", ".jsonl")
    ]
    for path in everything:
        text = path.read_text()
        if path.suffix == ".html":
            assert "<script>alert" not in text, path
            assert 'href="javascript' not in text, path
        for unseen in ("secret", "onmouseover", "../../login", "other&quot;"):
            assert f"/{unseen}" not in text, (path, unseen)
    said = page(online_show)
    assert f'<a href="{hub}/datasets/Pebble-Lab/pebbles">Pebble-Lab/pebbles</a>' in said
    assert ">251 more</a>" in said
    (linked,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', said, re.DOTALL)
    about = json.loads(linked)["about"]
    assert about["sourceOrganization"] == {"@type": "Organization", "name": HOSTILE, "url": f"{hub}/Pebble-Lab"}
    assert [each["@type"] for each in about["subjectOf"]] == [*["CreativeWork"] * 3, "Dataset"]
    report = (online_show / "feed" / "digest" / "2025" / "09" / "12.md").read_text()
    assert f"Data sets: [Pebble-Lab/pebbles]({hub}/datasets/Pebble-Lab/pebbles)" in report
    (data,) = [one for one in load(online_show / "feed/digest/2025/09/12.json")["papers"] if one["id"] == MATHS]
    assert data["datasets"] == [f"{hub}/datasets/Pebble-Lab/pebbles"]
    card = (online_show / "feed" / "digest" / "2025" / "09" / "12.html").read_text()
    assert f'href="{hub}/Pebble-Lab/sorter-7B"' in card
    for text in (
        page(online_show, UNLINKED := "2509.00004"),
        (folder(online_show, UNLINKED) / "linked.json").read_text(),
    ):
        assert not re.search(r'On Hugging Face|class="authors">Models|Organisation|Data sets', text)
    assert podcast(online_show, "publish", "--check") == 0
    before, asked = tree(online_show / "feed"), len(services.asked("/api/papers/"))
    assert asked == 2
    assert podcast(online_show, "make", FRIDAY, "--top", "2") == 0
    assert (tree(online_show / "feed"), len(services.asked("/api/papers/"))) == (before, asked)
    whole = released(Workspace(online_show), Workspace(online_show).day(dt.date.fromisoformat(FRIDAY)).paper(MATHS))
    show = config.read(online_show / "podcast.toml").show
    for limit in range(600, 4000, 200):
        assert len(notes.html(whole, show, limit=limit).encode()) <= limit


def test_the_lists_organisation_is_kept_and_an_odd_one_left(online_show: Path, services: Services) -> None:
    """A day's list names who made a paper; what is none, or could be no address, is left out, and not written."""
    day = friday()
    day[0]["organization"] = {"_id": "o", "name": "Pebble-Lab", "fullname": "The Pebble Lab", "avatar": "x"}
    day[1]["paper"]["organization"] = {"name": "<b>/../x", "fullname": "Evil"}  # type: ignore[index]
    day[2]["paper"]["organization"] = "a text"  # type: ignore[index]
    services.days[FRIDAY] = day
    assert podcast(online_show, "fetch", FRIDAY) == 0
    first, *others = load(online_show / "episodes" / FRIDAY / "papers.json")["papers"]
    assert first["organization"] == {"name": "Pebble-Lab", "fullname": "The Pebble Lab"}
    assert not any("organization" in paper for paper in others)


@pytest.mark.long
@pytest.mark.parametrize("reply", [Reply(503), Reply(200, b"<html>just a moment"), Reply(200, b"[1]")])
def test_no_answer_is_asked_again(online_show: Path, services: Services, reply: Reply) -> None:
    """Without an answer the paper is made all the same, once asked; the next run, and the next make, have it."""
    many(services)
    services.days[FRIDAY] = [entry for entry in friday() if entry["paper"]["id"] == MATHS]  # type: ignore[index]
    services.trouble(API, reply, reply)
    assert podcast(online_show, "make" if reply.status == 503 else "read", FRIDAY) == 0
    assert (folder(online_show) / ("episode" if reply.status == 503 else "brief")).with_suffix(".json").is_file()
    assert not (folder(online_show) / "linked.json").exists()
    assert len(services.asked(API)) <= 2
    services._troubles.clear()
    the_next_run(online_show, services)
    assert load(folder(online_show) / "linked.json")["totals"] == {"models": 254, "datasets": 1}


@pytest.mark.long
def test_a_day_read_again_has_its_links_read_again(
    online_show: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """`fetch --refresh` has what is linked by now, by the longer list where the short one is not told; nothing else
    does."""
    services.pages[API] = record(MATHS)
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert load(folder(online_show) / "linked.json")["repositories"] == []
    bare = {name: value for name, value in json.loads(record(MATHS)).items() if not name.startswith(("linked", "num"))}
    services.pages[API] = json.dumps(bare).encode()
    services.pages[f"/api/arxiv/{MATHS}/repos"] = json.dumps(
        {"models": [], "datasets": [], "spaces": [repository("doe/pebbles-demo", likes=2, downloads=None)]}
    ).encode()
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert load(folder(online_show) / "linked.json")["repositories"] == []
    assert podcast(online_show, "fetch", FRIDAY, "--refresh") == 0
    assert f"{MATHS} has other models, data sets or Spaces now" in " ".join(capsys.readouterr().err.split())
    (space,) = load(folder(online_show) / "linked.json")["repositories"]
    assert (space["kind"], space["name"]) == ("spaces", "doe/pebbles-demo")


# --- the first figure -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "address", "allowed"),
    [
        ("CC BY 4.0", f"{CC}/licenses/by/4.0/", True),
        ("CC BY 3.0", f"{CC}/licenses/by/3.0/", True),
        ("CC BY-SA 4.0", f"{CC}/licenses/by-sa/4.0/", True),
        ("CC Zero", f"{CC}/publicdomain/zero/1.0/", True),
        ("CC Zero", f"{CC}/licenses/publicdomain/", True),
        ("CC BY-NC 4.0", f"{CC}/licenses/by-nc/4.0/", False),
        ("CC BY-NC-SA 4.0", f"{CC}/licenses/by-nc-sa/4.0/", False),
        ("CC BY-NC-SA 3.0", f"{CC}/licenses/by-nc-sa/3.0/", False),
        ("CC BY-NC-ND 4.0", f"{CC}/licenses/by-nc-nd/4.0/", False),
        ("arXiv.org perpetual non-exclusive license", f"{ARXIV}/nonexclusive-distrib/1.0/", False),
        ("Assumed arXiv.org perpetual non-exclusive license", f"{ARXIV}/assumed-1991-2003/", False),
        ("US-PD", f"{ARXIV}/us-public-domain/", False),
    ],
)
def test_each_licence_of_arxivs_is_a_yes_or_a_no(label: str, address: str, allowed: bool) -> None:
    """By what a page calls it, by where it stands, and by both; never where the two differ, or only seem to be one."""
    found = [
        licences.of(f"License: {label}"),
        licences.of(address),
        licences.of(address.replace("http:", "https:")[:-1]),
    ]
    assert [each and each.free for each in found] == [allowed] * 3
    every = "https://info.arxiv.org/help/license/index.html#licenses-available"
    assert (each := licences.agreed(f"License: {label}", every)) is not None
    assert each.free == allowed
    assert licences.agreed(label, "") == each
    assert licences.agreed("License:", address) == found[1]
    for unlike in ("/licenses/by-nc/2.0/", "/licenses/by-nd/4.0/", "/licenses/by/1.0/"):
        assert licences.agreed(f"License: {label}", f"{CC}{unlike}") is None
    assert licences.agreed("All rights reserved", address) is None
    assert licences.agreed("CC BY 4.0", f"{CC}/licenses/by-sa/4.0/") is None
    for other in (
        f"{label} or later",
        f"Not {label}",
        f"{address}x/",
        "",
        "All rights reserved",
        "CC BY",
        "CC BY-ND 4.0",
    ):
        assert licences.of(other) is None, other


METHOD = (
    "Sorting pebbles by hand is slow. However, most of the time is spent on pebbles that weigh nearly the same. "
    "We propose to skip 40% of the weighings. A small predictor chooses which weighings to skip. We introduce a second "
    "pass over the heap, in which the sorter weighs what it skipped. Experiments show that our sorter needs 1.9 "
    "weighings a pebble, against 3.5 of the usual one. It does not work with wet sand. "
)


def with_figure(services: Services, **more: str) -> None:
    """Have the paper tell of a method, and show it."""
    shown = figure("2509.00003v2/x1.png", "How two <em>pebbles</em> are weighed: &lt;b&gt; is the “heavier”.")
    method = (
        f'<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Method</h2><div class="ltx_para">'
        f'<p class="ltx_p">{METHOD}</p></div>{shown}</section>'
    )
    services.pages |= {PAGE: latexml_page(MATHS, figures=method, **more), PICTURE: picture()}


@pytest.mark.long
def test_the_first_figure_is_the_picture_of_a_chapter(
    online_show: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """A paper under CC BY shows its first figure where its episode tells how it works: whole on white, by address in
    both lists of chapters, on the page with its caption, and its authors and licence are named; the sound is what it
    was."""
    with_figure(services)
    settings = online_show / "podcast.toml"
    settings.write_text(settings.read_text().replace("minutes = 0.7", "minutes = 2"))
    assert podcast(online_show, "make", FRIDAY, "--top", "1") == 0
    (path,) = (online_show / "feed" / "media").glob("*.chapter*.jpg")
    assert path.stat().st_size <= 200_000
    with Image.open(path) as image:
        assert (image.size, image.format, image.info.get("exif")) == ((1200, 1200), "JPEG", None)
        corner, middle, edge = (image.getpixel(at) for at in ((5, 5), (600, 600), (600, 600 - 540 // 2 + 8)))
    assert min(corner) > 250  # type: ignore[type-var]
    assert min(middle) > 240  # type: ignore[type-var]
    assert edge[2] - edge[0] > 150  # type: ignore[index,operator]
    listed = chapters(online_show)
    number = int(re.search(r"chapter(\d+)\.jpg", path.name)[1])  # type: ignore[index]
    assert [at for at, each in enumerate(listed, 1) if "img" in each] == [number]
    assert number > 1
    assert listed[number - 1]["img"] == f"http://127.0.0.1:8000/media/{path.name}"
    feed = etree.parse(str(online_show / "feed" / "feed.xml"))
    images = [each.get("image") for each in feed.iter("{http://podlove.org/simple-chapters}chapter")]
    assert images[number - 1] == listed[number - 1]["img"]
    said = page(online_show)
    assert f'<img src="../../media/{path.name}" alt="How two pebbles are weighed: &lt;b&gt; is the “heavier”."' in said
    capsys.readouterr()
    assert podcast(online_show, "notes", MATHS) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "is Figure 1 of Paper 3: Sorting Pebbles by Weight <https://arxiv.org/abs/2509.00003> by First Author 3" in told
    )
    for text in (said, told):
        assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert podcast(online_show, "publish", "--check") == 0
    sound = load(folder(online_show) / "episode.json")
    (folder(online_show) / "figure.jpg").write_bytes(b"torn")
    capsys.readouterr()
    assert podcast(online_show, "publish") == 0
    said = " ".join(capsys.readouterr().err.split())
    assert said.count("is not what was made of the figure: the next make fetches it again") == 1
    assert not path.exists()
    assert podcast(online_show, "make", FRIDAY, "--top", "1") == 0
    assert path.is_file()
    (folder(online_show) / "linked.json").write_text("{torn")
    capsys.readouterr()
    assert podcast(online_show, "publish") == 0
    assert " ".join(capsys.readouterr().err.split()).count("; the next make asks for it again") == 1
    assert podcast(online_show, "make", FRIDAY, "--top", "1") == 0
    assert load(folder(online_show) / "linked.json")["repositories"] == []
    path.unlink()
    assert podcast(online_show, "publish", "--check") == 1
    assert podcast(online_show, "publish") == 0
    assert path.is_file()
    former = path.with_name(re.sub(r"-[0-9a-f]{10}\.", "-0123456789.", path.name))
    former.write_bytes(path.read_bytes())  # as a correction leaves it
    with (online_show / "podcast.toml").open("a") as file:
        file.write("[publish]\nfigures = false\n")
    assert podcast(online_show, "publish") == 0
    assert not any("img" in each for each in chapters(online_show))
    assert "creativecommons" not in page(online_show)
    assert not path.exists()
    assert not former.exists()
    assert load(folder(online_show) / "episode.json") == sound
    assert len(services.asked(PICTURE)) == 2


@pytest.mark.long
@pytest.mark.parametrize("licence", ["arXiv.org perpetual non-exclusive license", "CC BY-NC-SA 4.0", ""])
def test_without_such_a_licence_no_figure_is_fetched(online_show: Path, services: Services, licence: str) -> None:
    """Nothing of a figure is asked for, kept or shown; why stands beside the paper."""
    with_figure(services, licence=licence)
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert services.asked(PICTURE) == []
    assert "licence" in load(folder(online_show) / "figure.json")["why"]
    assert not (folder(online_show) / "figure.jpg").exists()


@pytest.mark.long
@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ episode.title }}</p>",
        '<p>{{ paper.title }} {{ paper.url }}, and the show: <a href="https://creativecommons.org/licenses/by/4.0/">'
        "CC BY 4.0</a></p>",
    ],
)
def test_a_show_whose_notes_do_not_name_the_licence_has_no_figure(
    online_show: Path, services: Services, template: str
) -> None:
    """A template of the show's own that does not name the figure's licence, though the show's may be the same, costs it
    the picture, and nothing else."""
    with_figure(services)
    (online_show / "templates").mkdir()
    (online_show / "templates" / "notes.html").write_text(template)
    assert podcast(online_show, "make", FRIDAY, "--top", "1") == 0
    assert (folder(online_show) / "figure.jpg").is_file()
    assert not list((online_show / "feed" / "media").glob("*.chapter*.jpg"))
    assert not any("img" in each for each in chapters(online_show))
    assert "<figure" not in page(online_show)


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        (figure("https://elsewhere.example/html/2509.00003/x1.png"), "no figure of one picture"),
        (figure("/html/2509.00004v1/x1.png"), "no figure of one picture"),
        (figure("2509.00003v2/../../static/x1.png"), "no figure of one picture"),
        (figure("data:image/png;base64,AAAA"), "no figure of one picture"),
        (figure("2509.00003v2/x1.svg"), "no figure of one picture"),
        (figure("2509.00003v2/x1.png", "Adapted from an older one."), "no figure of one picture"),
        (figure("2509.00003v2/x1.png", "A beach. Photo credit: Jane Doe."), "no figure of one picture"),
        (figure("2509.00003v2/x1.png", 'As in <cite class="ltx_cite">[3]</cite>.'), "no figure of one picture"),
        (figure("2509.00003v2/x1.png", ""), "no figure of one picture"),
        (figure("2509.00003v2/x1.png", inside='<img src="2509.00003v2/x2.png">'), "no figure of one picture"),
        (f'<section class="ltx_appendix">{figure("2509.00003v2/x1.png")}</section>', "no figure of one picture"),
        ("", "no figure of one picture"),
    ],
)
def test_a_figure_that_may_be_anothers_is_passed_over(shown: str, why: str) -> None:
    """So is one that is not the page's own, or is several; the next that may be shown is taken."""
    said = figures.first(MATHS, latexml_page(MATHS, figures=shown), "https://arxiv.org")
    assert isinstance(said, str)
    assert why in said
    behind = shown + figure("x7.jpg", "Heaps.", "Figure 7")
    found = figures.first(MATHS, latexml_page(MATHS, figures=behind), "https://arxiv.org")
    assert not isinstance(found, str)
    assert (found.address, found.label, found.caption) == (
        f"https://arxiv.org/html/{MATHS}/x7.jpg",
        "Figure 7",
        "Heaps.",
    )


def bomb() -> bytes:
    """Return a PNG whose header says that it has a thousand million pixels."""
    small = bytearray(picture(300, 300))
    small[16:24] = (40_000).to_bytes(4, "big") + (30_000).to_bytes(4, "big")
    return bytes(small)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(50), picture()[:200], picture(90, 90),
        picture(4000, 300), bomb(), b"\x89PNG\r\n\x1a\n" + b"\xff" * 500,
    ],
)  # fmt: skip
def test_what_is_no_picture_for_a_square_is_said(data: bytes) -> None:
    """Neither an icon, a strip, a torn file, another kind nor one that would fill the memory is decoded further."""
    with pytest.raises(NoText):
        pictures.squared(data)


def test_whatever_a_picture_holds_it_is_small() -> None:
    """Noise that packs badly, a phone's JPEG with where it was taken, one that is small: each is a square in 200 kB."""
    noise = Image.effect_noise((1500, 900), 120)
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    noise.convert("RGB").save(out, "JPEG", quality=95, exif=exif)
    for data in (out.getvalue(), picture(220, 260), picture(800, 400, "JPEG")):
        made = pictures.squared(data)
        assert len(made) <= pictures.MOST_BYTES
        assert b"taken at home" not in made
        with Image.open(io.BytesIO(made)) as image:
            assert (image.size, image.mode) == ((1200, 1200), "RGB")


@pytest.mark.long
def test_a_picture_that_does_not_come_is_asked_for_again(online_show: Path, services: Services) -> None:
    """An outage while the figure is fetched leaves no record of it; that there is none leaves one."""
    with_figure(services)
    services.trouble(PICTURE, Reply(503), Reply(503))
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert not (folder(online_show) / "figure.json").exists()
    services._troubles.clear()
    services.trouble(PICTURE, Reply(404))
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert "404" in load(folder(online_show) / "figure.json")["why"]
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert len(services.asked(PICTURE)) == 3


@pytest.mark.long
@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"torn"), Path.unlink])
def test_a_picture_that_is_torn_or_lost_is_fetched_by_the_next_run(
    online_show: Path, services: Services, damage: Callable[[Path], object]
) -> None:
    """Though its record is there."""
    with_figure(services)
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    whole = (path := folder(online_show) / "figure.jpg").read_bytes()
    damage(path)
    the_next_run(online_show, services)
    assert path.read_bytes() == whole


@pytest.mark.long
@pytest.mark.parametrize("address", [PAGE, PICTURE])
def test_a_wall_says_nothing_of_a_figure(online_show: Path, services: Services, address: str) -> None:
    """It comes with status 200, and was for good what the paper has: no licence, or no picture."""
    with_figure(services)
    services.trouble(address, *[CHALLENGE] * (2 if address == PAGE else 1))
    podcast(online_show, "read", FRIDAY, "--top", "1")
    assert not (folder(online_show) / "figure.json").exists()
    services._troubles.clear()
    assert podcast(online_show, "read", FRIDAY, "--top", "1") == 0
    assert load(folder(online_show) / "figure.json")["label"] == "Figure 1"


@pytest.mark.parametrize("page", ["another", "failed"])
def test_a_page_that_is_not_read_has_no_figure(online_show: Path, services: Services, page: str) -> None:
    """Another paper's figure and licence are not this one's."""
    with_figure(services)
    workspace = Workspace(online_show)
    source = online(services.settings(), workspace, "", 1)
    paper = source.day(dt.date.fromisoformat(FRIDAY)).papers[0].model_copy(
        update={"summary": "Comets lose dust near the sun. Their tails glow for weeks, and telescopes follow each "
                           "orbit; we model evaporation of frozen carbon monoxide below dark crusts."}
    )  # fmt: skip
    if page == "failed":
        services.pages[PAGE] = FAILED_PAGE
    assert isinstance(source, Online)
    found, data = source.figure(paper)
    assert found.why
    assert not data
    assert not services.asked(PICTURE)


def test_of_two_figures_the_one_that_is_credited_is_shown() -> None:
    """A roundup's own template may name the one alone, with the licence that both have."""
    url = "https://creativecommons.org/licenses/by/4.0/"
    drawn = Figure(address="https://arxiv.org/html/2509.00003/x1.png", licence="CC BY 4.0", licence_url=url)
    papers = demo().day(DEMO_DAY).papers[:2]
    chapter = Chapter(title="How", start=0.0, end=9.0)
    bare = "".join(f"<p>{escape(paper.title)}</p>" for paper in papers).encode()
    whole = bare + f'<p>Figure: {escape(papers[1].title)}, <a href="{url}">CC BY 4.0</a></p>'.encode()
    shown = [
        items._credited(Picture(paper, drawn, Path("figure.jpg"), chapter, number), whole, bare)
        for number, paper in enumerate(papers, 1)
    ]
    assert shown == [False, True]


@pytest.mark.long
def test_one_odd_record_keeps_nothing_from_the_papers_behind_it(online_show: Path, services: Services) -> None:
    """A record that is none, and a page that always fails, are those papers' alone; so is a day whose list is broken.
    A service that is out is asked no more."""
    assert podcast(online_show, "read", FRIDAY, "--top", "3") == 0
    papers = [one["id"] for one in load(online_show / "episodes" / FRIDAY / "papers.json")["papers"]][:3]
    names = ("linked.json", "figure.json")

    def there() -> list[list[bool]]:
        return [[(folder(online_show, paper) / name).is_file() for name in names] for paper in papers]

    assert there() == [[True] * 2] * 3
    for paper in papers:
        for name in names:
            (folder(online_show, paper) / name).unlink()
        for path in (online_show / "episodes" / ".cache").rglob(f"{paper}.*"):
            path.unlink()
    broken = online_show / "episodes" / "2025-09-11"
    (broken / MATHS).mkdir(parents=True)
    (broken / "papers.json").write_text("{torn")
    (broken / MATHS / "brief.json").write_bytes((folder(online_show, papers[0]) / "brief.json").read_bytes())
    services.pages[f"/api/papers/{papers[0]}"] = b"[1]"
    services.trouble(f"/html/{papers[0]}", *[Reply(500)] * 9)
    the_next_run(online_show, services)
    assert there() == [[False] * 2, [True] * 2, [True] * 2]
    for path in folder(online_show, papers[1]).glob("linked.json"):
        path.unlink()
    for path in (online_show / "episodes" / ".cache").rglob(f"{papers[1]}.*"):
        path.unlink()
    services.trouble("/api/papers/", *[Reply(503)] * 9)
    services.requests.clear()
    the_next_run(online_show, services)
    assert len({request.path for request in services.asked("/api/papers/")}) == 1
