"""Identity has one home: it survives the loss of any one file, or the show is refused with the way out."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, make, podcast, save, tree

from podcast import check
from podcast.check import whole
from podcast.publishers import building
from podcast.show import catalogue, config, store
from podcast.show.workspace import Workspace

TOP, SECOND = "2403.00002", "2403.00001"


def identity(show: Path) -> dict[str, object]:
    """The show's guid and title, and each episode's guid, number and date, as the feed has them."""
    from lxml import etree

    channel = etree.fromstring((show / "feed" / "feed.xml").read_bytes()).find("channel")
    assert channel is not None
    number = "{http://www.itunes.com/dtds/podcast-1.0.dtd}episode"
    items = {item.findtext("guid"): (item.findtext(number), item.findtext("pubDate")) for item in channel.iter("item")}
    return {"guid": channel.findtext("{https://podcastindex.org/namespace/1.0}guid"), "items": items}


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "command", [("publish",), ("regenerate", SECOND, "--retake", "3"), ("make", DAY, "--top", "2")]
)
def test_a_lost_catalogue_is_made_again_of_the_episodes(made: Path, command: tuple[str, ...]) -> None:
    """Without show.json, and at another address, the guids, numbers and dates are those that there were."""
    before = identity(made)
    (made / "episodes" / "show.json").unlink()
    text = (made / "podcast.toml").read_text()
    (made / "podcast.toml").write_text(f'{text}[publish]\nsite_url = "https://moved.example/"\n')
    assert podcast(made, *command) == 0
    assert identity(made) == before


def test_a_guid_that_nothing_tells_is_not_guessed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the feed lost too and the show moved, it is refused, with what to write."""
    (made / "episodes" / "show.json").unlink()
    shutil.rmtree(made / "feed")
    text = (made / "podcast.toml").read_text()
    (made / "podcast.toml").write_text(f'{text}[publish]\nsite_url = "https://moved.example/"\n')
    assert podcast(made, "publish") == 1
    assert "<podcast:guid> of https://moved.example/feed.xml" in said(capsys)
    assert not (made / "episodes" / "show.json").exists()


def test_a_date_survives_its_documents(made: Path) -> None:
    """With episode.json and the day read anew much later, or the feed lost too, the episode keeps date and number."""
    before = identity(made)
    for lost in (False, True):
        (folder_of(made, TOP) / "episode.json").unlink()
        day = load(made / "episodes" / DAY / "papers.json")
        for paper in day["papers"]:
            paper["upvotes_read_at"] = "2024-03-08T09:00:00Z"
        save(made / "episodes" / DAY / "papers.json", day)
        if lost:
            shutil.rmtree(made / "feed")
        assert podcast(made, "mix", TOP) == 0
        podcast(made, "publish")
        assert identity(made) == before


def test_an_episode_in_another_papers_folder_takes_nobodys_place(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """episode.json copied over another's: it is named, the feed stays, and moved away each is what it was."""
    one, other = (folder_of(made, paper) / "episode.json" for paper in ("2403.00001", "2403.00002"))
    before, feed = load(other), (made / "feed" / "feed.xml").read_bytes()
    shutil.copy(one, other)
    for command in (("mix", "2403.00002"), ("publish",), ("regenerate", "2403.00002", "--from", "mix")):
        assert podcast(made, *command) == 1
        assert f"{other} is the episode of 2024-03-05/2403.00001" in " ".join(capsys.readouterr().err.split())
    assert (made / "feed" / "feed.xml").read_bytes() == feed
    other.rename(f"{other}.broken")
    assert podcast(made, "mix", "2403.00002") == 0
    assert {name: load(other)[name] for name in ("guid", "number", "published", "media")} == {
        name: before[name] for name in ("guid", "number", "published", "media")
    }


def test_an_episode_keeps_its_number_wherever_it_goes(made: Path) -> None:
    """An episode that the catalogue does not know brings its own number along."""
    path = made / "episodes" / "show.json"
    known = load(path)
    was = load(folder_of(made, SECOND) / "episode.json")["number"]
    del known["numbers"][f"{DAY}/{SECOND}"]
    known["numbers"]["2024-01-01/2401.00001"] = 50
    save(path, known)
    script = load(folder_of(made, SECOND) / "script.json")
    save(folder_of(made, SECOND) / "script.json", {**script, "description": "Now otherwise."})
    assert podcast(made, "mix", SECOND) == 0
    assert load(folder_of(made, SECOND) / "episode.json")["number"] == was


@pytest.mark.long
def test_a_new_episode_has_the_number_after_the_highest(made: Path) -> None:
    """Where numbers are missing between, or an episode went, none is given a second time."""
    path = made / "episodes" / "show.json"
    known = load(path)
    save(path, {**known, "numbers": {**known["numbers"], "2024-01-01/2401.00001": 50}})
    elsewhere = {"numbers": {f"{DAY}/2403.00003": known["numbers"][f"{DAY}/{TOP}"]}}
    save(Workspace(made).elsewhere, elsewhere)  # another machine gave it one that is taken here
    assert make(made, "--top", "3") == 0
    assert load(folder_of(made, "2403.00003") / "episode.json")["number"] == 51


@pytest.mark.parametrize("lost", [False, True], ids=["here", "in feed/ alone"])
def test_an_older_catalogue_gives_no_number_twice(
    made: Path, lost: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Put back from a copy it lacks the latest episode: it has its number and date again before the next gets one; and
    that is looked for once."""
    path, day = made / "episodes" / "show.json", dt.date(2024, 4, 1)
    known = load(path)
    last = max(known["numbers"], key=lambda name: known["numbers"][name])
    older = {key: {name: each for name, each in known[key].items() if name != last} for key in ("numbers", "dates")}
    save(path, {**known, **older})
    if lost:
        shutil.rmtree(folder_of(made, last.partition("/")[2]))
    given = catalogue.identify(Workspace(made), "http://127.0.0.1:8000/", day, "2404.00001").number
    assert given == max(known["numbers"].values()) + 1
    assert load(path) == {**known, "numbers": {**known["numbers"], f"{day}/2404.00001": given}}
    assert caplog.text.count("lacked 1 of the episodes") == 1
    monkeypatch.setattr(catalogue, "_known", lambda *_, **__: pytest.fail("looked again"))
    catalogue.date(Workspace(made), day, "2404.00001", dt.datetime(2024, 4, 1, tzinfo=dt.UTC))
    assert catalogue.identify(Workspace(made), "http://127.0.0.1:8000/", day, "2404.00002").number == given + 1


def test_a_number_is_the_one_that_the_feed_has(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two that two machines gave at the same moment the later goes without: in status, and as a command's word."""
    first = Path("episodes", f"{DAY}-{TOP}", "item.json")
    others, workspace = {first.as_posix(): (made / "feed" / first).read_bytes()}, Workspace(made)
    number = load(folder_of(made, TOP) / "episode.json")["number"]
    shutil.rmtree(folder_of(made, TOP))
    shutil.rmtree(made / "feed")
    path, show = folder_of(made, SECOND) / "episode.json", made / "episodes" / "show.json"
    save(path, load(path) | {"number": number})
    save(show, load(show) | {"numbers": {f"{DAY}/{SECOND}": number}, "dates": {}})
    building.Press(workspace, config.read(workspace.config)).run(others)
    assert catalogue.aired(workspace) == {f"{DAY}/{TOP}": number, f"{DAY}/{SECOND}": 0}
    capsys.readouterr()
    assert podcast(made, "status", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["episode"] is None
    assert "without a number" in row["note"]
    assert podcast(made, "script", str(number)) == 1


def test_two_episodes_with_one_number_break_a_rule(made: Path) -> None:
    """The later of them is named with the one that has it; feed.xml, where it goes without, keeps every rule."""
    episodes = made / "feed" / "episodes"
    for paper in (TOP, SECOND):
        record = episodes / f"{DAY}-{paper}" / "item.json"
        item = load(record)
        save(record, {**item, "episode": {**item["episode"], "number": 7}})
    (found,) = [each for each in whole.records(made / "feed") if each.rule == check.Rule.EPISODE]
    dated = {load(path)["episode"]["published"]: path.parent.name for path in episodes.glob("*/item.json")}
    first, later = (name for _, name in sorted(dated.items()))
    assert (found.rule, found.where, found.found) == (check.Rule.EPISODE, later, f"7, which {first} has")


@pytest.mark.long
def test_what_a_catalogue_says_wrongly_changes_no_episode(made: Path) -> None:
    """Numbers that a merge made one: what was made keeps its own, and the catalogue learns it."""
    path = made / "episodes" / "show.json"
    known = load(path)
    save(path, {**known, "numbers": dict.fromkeys(known["numbers"], 1)})
    for paper in (TOP, SECOND):
        before = load(folder_of(made, paper) / "episode.json")
        assert podcast(made, "regenerate", paper, "--retake", "2") == 0
        assert load(folder_of(made, paper) / "episode.json")["number"] == before["number"]
    assert load(path)["numbers"] == known["numbers"]


def test_a_guid_that_listeners_do_not_know_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """show.json of another show: the feed stays, and the message has the guid to put back."""
    path, feed = made / "episodes" / "show.json", made / "feed" / "feed.xml"
    known, before = load(path), feed.read_bytes()
    save(path, {**known, "guid": "11111111-1111-5111-8111-111111111111"})
    assert podcast(made, "publish") == 1
    assert f'put "guid": "{known["guid"]}" into it' in " ".join(capsys.readouterr().err.split())
    assert feed.read_bytes() == before
    save(path, known)
    assert podcast(made, "publish") == 0


@pytest.mark.parametrize("loss", ["gone", "empty", "folder", "dangling"])
def test_a_show_that_lost_its_settings_is_refused(made: Path, loss: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without podcast.toml a founded show goes out under no other name: every command says what is lost."""
    before, path = (made / "feed" / "feed.xml").read_bytes(), made / "podcast.toml"
    path.unlink()
    if loss == "empty":
        path.touch()
    elif loss == "folder":
        path.mkdir()
    elif loss == "dangling":
        path.symlink_to("nowhere.toml")
    for command in (("publish",), ("status",), ("make", DAY), ("make", "--demo")):
        assert podcast(made, *command) == 1
        assert "podcast.toml" in said(capsys)
    assert podcast(made, "run") == 2
    assert (made / "feed" / "feed.xml").read_bytes() == before


SETTINGS = '[show]\ntitle = "Test Show"\n[record]\nsynthesizer = "tone"\n'
PLACE = '[publish]\nsite_url = "https://show.example/"\n'


@pytest.mark.parametrize("feed", [True, False], ids=["feed", "no feed"])
@pytest.mark.parametrize(
    ("left", "lost", "back"),
    [
        (SETTINGS, "[publish] site_url", 'site_url = "http://127.0.0.1:8000/"'),
        (f"{SETTINGS}[publish]\n", "[publish] site_url", 'site_url = "http://127.0.0.1:8000/"'),
        (SETTINGS.partition("[record]")[2].join(("[record]", PLACE)), "[show] title", 'title = "The Daily Paper'),
    ],
    ids=["cut off", "half a section", "without its head"],
)
def test_a_show_that_lost_a_part_of_its_settings_is_refused(
    made: Path, left: str, lost: str, back: str, feed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no setting says any more how the show is called, or where it is, it goes out by no default: what is lost is
    named, and the variable that may have said it. What publishes nothing goes on. Written out, title and address may be
    others."""
    path, known = made / "podcast.toml", load(made / "episodes" / "show.json")
    path.write_text(SETTINGS + PLACE)
    assert podcast(made, "publish") == 0
    if not feed:
        shutil.rmtree(made / "feed")
        save(made / "episodes" / "show.json", {**known, "site_url": "https://show.example/"})
    before = tree(made / "feed")
    path.write_text(left)
    assert podcast(made, "status") == 0
    for command, code in (
        (["publish"], 1),
        (["make", DAY], 1),
        (["regenerate", TOP, "--retake", "1"], 1),
        (["run"], 2),
    ):
        capsys.readouterr()
        assert podcast(made, *command) == code
        told = said(capsys)
        assert "PODCAST_" in told
        assert f"podcast.toml says no {lost}: this show is Test Show at https://show.example/, and" in told
        assert back in told
    assert tree(made / "feed") == before
    path.write_text('[show]\ntitle = "Another"\n[publish]\nsite_url = "http://127.0.0.1:8000/"\n')
    assert podcast(made, "status") == 0


def test_an_address_of_this_machine_is_missed_by_nobody(made: Path) -> None:
    """Where the show stood at one, its settings may leave it out again."""
    path = made / "podcast.toml"
    path.write_text(SETTINGS + '[publish]\nsite_url = "http://[::1]:9000/"\n')
    assert podcast(made, "publish") == 0
    path.write_text(SETTINGS)
    assert podcast(made, "publish") == 0


def test_settings_lost_with_the_feed_are_missed_too(made: Path) -> None:
    """The catalogue has the title that the show was founded with."""
    shutil.rmtree(made / "feed")
    (made / "podcast.toml").unlink()
    assert podcast(made, "publish") == 1
    assert not (made / "feed").exists()


@pytest.mark.parametrize(
    "command", ["publish", "status", "run", "make", "fetch", "clean", "serve", "config", "voices", "doctor"]
)
def test_a_folder_that_is_no_show_is_refused(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command but `new` and the demo says that there is no show, and leaves the folder as it was."""
    assert podcast(tmp_path, command) in (1, 2)
    captured = capsys.readouterr()
    assert "is no show" in " ".join((captured.err + captured.out).split())
    assert not list(tmp_path.iterdir())


def test_an_episode_is_dated_on_its_papers_day(tmp_path: Path) -> None:
    """Whenever its list was read, dates rise with days, and within a day with numbers; none is of another day."""
    workspace = Workspace(tmp_path)
    ahead, behind = dt.datetime(2025, 9, 10, 6, 17, tzinfo=dt.UTC), dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    made = [(day, f"2403.{number:05}", read_at) for number, (day, read_at) in enumerate(
        [(6, ahead), (6, ahead), (5, ahead), (5, behind), (7, behind), (7, dt.datetime(2024, 3, 7, 9, tzinfo=dt.UTC))]
    )]  # fmt: skip
    dates = {}
    for day, paper, read_at in made:
        on = dt.date(2024, 3, day)
        number = catalogue.identify(workspace, "http://127.0.0.1:8000/", on, paper).number
        dates[on, number] = catalogue.dated(workspace, on, paper, read_at)
        assert dates[on, number] == catalogue.dated(workspace, on, paper, read_at)  # a run that was killed dates it so
        catalogue.date(workspace, on, paper, dates[on, number])
    assert [found for _, found in sorted(dates.items())] == sorted(set(dates.values()))
    assert all(found.date() == on for (on, _), found in dates.items())
    assert dates[dt.date(2024, 3, 6), 1] == dt.datetime(2024, 3, 6, 23, tzinfo=dt.UTC)
    assert dates[dt.date(2024, 3, 7), 6] == dt.datetime(2024, 3, 7, 8, 0, 30, tzinfo=dt.UTC)


def test_a_new_day_is_newer_than_what_an_earlier_version_dated_late(tmp_path: Path) -> None:
    """A date that is published does not move; what is made after it, of a later day, goes above it."""
    workspace, paper = Workspace(tmp_path), "2403.00001"
    late = dt.datetime(2024, 3, 7, tzinfo=dt.UTC)  # two days after its paper's
    catalogue.identify(workspace, "http://127.0.0.1:8000/", dt.date(2024, 3, 5), paper)
    catalogue.date(workspace, dt.date(2024, 3, 5), paper, late)
    catalogue.identify(workspace, "http://127.0.0.1:8000/", dt.date(2024, 3, 6), paper)
    assert catalogue.dated(workspace, dt.date(2024, 3, 6), paper, late) == late + catalogue.STEP


def test_a_catalogue_that_is_broken_is_left(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A show.json that cannot be read is never made anew over what a person may mend."""
    path = made / "episodes" / "show.json"
    path.write_text("{")
    assert podcast(made, "publish") == 1
    assert "do not delete it" in said(capsys)
    assert path.read_text() == "{"
    path.unlink()
    rebuilt = catalogue.read(Workspace(made))
    assert set(rebuilt.numbers) == {f"{DAY}/{TOP}", f"{DAY}/{SECOND}"}
    assert json.loads(path.read_text())["guid"] == rebuilt.guid


@pytest.mark.long
def test_a_hint_that_is_followed_loses_no_edit(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken script that is moved away as the message says is back as it was heard, with its correction."""
    text = "Facts near the end are missed."
    changed = ("regenerate", TOP, "--line", "5", "--text", text, "--because", "The line was false.")
    assert podcast(made, *changed) == 0
    path, before = folder_of(made, TOP) / "script.json", load(folder_of(made, TOP) / "script.json")
    path.write_text("{")
    capsys.readouterr()
    assert podcast(made, "record", TOP) == 1
    told = said(capsys)
    assert f"mv {path}" in told
    assert "rm " not in told
    path.rename(path.with_name("script.json.broken"))
    assert podcast(made, "make", DAY, "--top", "2") == 0
    assert load(path) == before
    assert "The line was false." in (made / "feed" / "feed.xml").read_text()


def test_no_hint_deletes_what_was_read_once(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken day is to be mended: read again it would be another."""
    (made / "episodes" / DAY / "papers.json").write_text("{")
    assert podcast(made, "make", DAY) == 1
    told = said(capsys)
    assert "from a copy" in told
    assert "rm " not in told


def test_a_date_is_looked_for_where_it_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number without a date, as a mix that failed has, costs a look at that episode, and at no other; what an earlier
    version dated, and did not note, is found there."""
    workspace, day, now = Workspace(tmp_path), dt.date(2024, 3, 5), dt.datetime(2024, 3, 5, 9, tzinfo=dt.UTC)
    names = [f"2403.{number:05}" for number in range(1, 6)]
    for name in names:
        catalogue.identify(workspace, "http://127.0.0.1:8000/", day, name)
    for name in names[:3]:
        catalogue.date(workspace, day, name, catalogue.dated(workspace, day, name, now))
    for name in names[:3]:
        folder = workspace.feed / "episodes" / f"{day}-{name}"
        for path in (folder / "item.json", workspace.day(day).paper(name).episode):
            path.parent.mkdir(parents=True)
            path.write_text("{}")
    looked, load = [], store.load
    monkeypatch.setattr(store, "load", lambda model, path: (looked.append(path), load(model, path))[1])
    assert catalogue.dated(workspace, day, names[4], now) == dt.datetime(2024, 3, 5, 8, 2, tzinfo=dt.UTC)
    assert looked == [workspace.catalogue]
