"""The desk does what the commands do: it shows, records, changes and undoes, and loses nothing that was typed."""

import datetime as dt
import html
import io
import itertools
import json
import os
import re
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from conftest import DAY, Hook, folder_of, load, make, podcast, save
from desks import Asked, running

from podcast.desk import errand, studios
from podcast.desk import running as runs
from podcast.desk.hand import Hand
from podcast.show import environment, store
from podcast.show.workspace import Workspace

PAPER = "2403.00002"
AT = f"e/{DAY}/{PAPER}/"


def _script(show: Path) -> Any:
    return load(folder_of(show, PAPER) / "script.json")


def _base(show: Path) -> int:
    return int(_script(show)["version"])


def _sourced(show: Path) -> int:
    """Return the number of a line that rests on the paper."""
    return next(number for number, line in enumerate(_script(show)["lines"], 1) if line["claims"])


def _heard(desk: Asked, base: int, line: int, *changes: dict[str, object]) -> tuple[Any, int]:
    return soundfile.read(io.BytesIO(desk.ask(f"{AT}hear", base=base, changes=changes, first=line)))


def test_a_line_stands_with_what_it_rests_on(made: Path) -> None:
    """Under each line stand who says it, its state, and the paper's sentences with the words that carry it."""
    with running(made) as desk:
        page = desk.look(AT).text
    line = _script(made)["lines"][_sourced(made) - 1]
    assert line["text"] in page
    assert "In the paper" in page
    assert "<mark>" in page
    assert page.count("data-line=") == len(_script(made)["lines"])


def test_what_needs_an_eye_stands_first(made: Path) -> None:
    """A paper in quarantine stands before the others with its reason; an episode without doubts shows no state of
    that kind."""
    folder = folder_of(made, "2403.00001")
    (folder / "quarantine.json").write_text(
        '{"stage": "record", "error": "SynthesisError", "message": "line 3 could not be said", "hint": "retake it"}'
    )
    with running(made) as desk:
        page = desk.look("").text
        assert page.index("line 3 could not be said") < page.index("Reading Twice")
        assert "data-waits" not in desk.look(AT).text


def test_what_needs_an_eye_is_listed_however_old_it_is(made: Path) -> None:
    """Newer papers push only those aside that need no eye, and how many these are is said; what is changed since the
    last look is seen."""
    for number in range(61):
        folder = made / "episodes" / f"2024-04-{number // 3 + 1:02}" / f"2404.{number:05}"
        folder.mkdir(parents=True)
        shutil.copy(folder_of(made, PAPER) / "script.json", folder)
    with running(made) as desk:
        page = desk.look("").text
        assert f"/{AT}" not in page
        assert page.count('<li class="d-volume') == 60
        assert "3 older ones, which need no eye, are reached" in page
        desk.ask(f"{AT}mark", base=_base(made), line=3)
        page = desk.look("").text
        assert page.index(f"/{AT}") < page.index("/e/2024-04-")
        assert "1 of 63 waits for an eye" in page
        assert page.count('<li class="d-volume') == 61


def test_what_the_paper_does_not_say_is_told_while_it_is_typed(made: Path) -> None:
    """A figure that the evidence lacks is named before anything is kept, with what would be recorded."""
    number = _sourced(made)
    with running(made) as desk:
        found = desk.ask(f"{AT}type", base=_base(made), line=number, text="It improves to 99 percent.")
    assert found["refused"]
    assert any("99" in fault["reason"] for fault in found["faults"])
    assert found["lines"] == 1
    assert found["seconds"] > 0.5


def test_typed_words_outlive_the_desk(made: Path) -> None:
    """What was typed is on the page again after the desk was ended; what is kept, or left, is typed no more."""
    with running(made) as desk:
        desk.ask(f"{AT}type", base=_base(made), line=1, text="Good morning to you.")
    with running(made) as desk:
        assert "Good morning to you." in desk.look(AT).text
        desk.ask(f"{AT}change", base=_base(made), changes=[{"do": "say", "line": 1, "text": "Good morning to you."}])
    assert not (folder_of(made, PAPER) / "desk.json").exists()
    assert _script(made)["lines"][0]["text"] == "Good morning to you."


def test_typed_words_follow_their_line(made: Path) -> None:
    """A line that is moved by another command keeps what was typed for it."""
    text = _script(made)["lines"][2]["text"]
    with running(made) as desk:
        desk.ask(f"{AT}type", base=_base(made), line=3, text="Another thing altogether.")
        assert podcast(made, "-q", "regenerate", PAPER, "--delete-line", "1", "--no-publish") == 0
        page = html.unescape(desk.look(AT).text)
    row = page[page.index('data-line="2"') : page.index('data-line="3"')]
    assert text in row
    assert "Another thing altogether." in row


def test_two_lines_of_the_same_words_have_a_time_each(made: Path) -> None:
    """Said twice by one host, a line stands with two times, each after the one before it."""
    first = _script(made)["lines"][0]
    said = (
        "--host",
        first["host"],
        "--text",
        first["text"],
        *(each for one in first["claims"] for each in ("--claim", one)),
    )
    assert podcast(made, "regenerate", PAPER, "--insert-after", "3", *said, "--no-publish") == 0
    with running(made) as desk:
        starts = [float(each) for each in re.findall(r'data-start="([\d.]+)"', desk.look(AT).text)]
    assert len(starts) == len(_script(made)["lines"])
    assert all(one < other for one, other in itertools.pairwise(starts))


def test_a_line_is_heard_in_its_place_before_it_is_kept(made: Path) -> None:
    """Old and new words are heard with two seconds around them; the script and the episode stay as they are."""
    script = (folder_of(made, PAPER) / "script.json").read_bytes()
    mix = load(folder_of(made, PAPER) / "episode.json")["media"]["sha256"]
    base = _base(made)
    with running(made) as desk:
        old, rate = _heard(desk, base, 3)
        new, _ = _heard(desk, base, 3, {"do": "say", "line": 3, "text": "And now for something a good deal longer."})
    cue = load(folder_of(made, PAPER) / "episode.json")["cues"][2]
    assert abs(len(old) / rate - (cue["end"] - cue["start"] + 4)) < 1.0
    assert len(new) != len(old)
    assert np.abs(old).max() > 0.05
    assert (folder_of(made, PAPER) / "script.json").read_bytes() == script
    assert load(folder_of(made, PAPER) / "episode.json")["media"]["sha256"] == mix


@pytest.mark.long
def test_a_line_is_heard_though_others_are_not_recorded(made: Path) -> None:
    """Only that line is recorded for it, whatever is missing elsewhere; what lies around it is heard with it. Of an
    episode whose takes were pruned it is said before anything is recorded that none can be."""
    folder, base = folder_of(made, PAPER), _base(made)
    cues = load(folder / "episode.json")["cues"]
    takes = {number: folder / "takes" / f"{cue['take']}.flac" for number, cue in enumerate(cues, 1)}
    takes[8].unlink()
    with running(made) as desk:
        sound, rate = _heard(desk, base, 3)
        assert abs(len(sound) / rate - (cues[2]["end"] - cues[2]["start"] + 4)) < 1.0
        assert not takes[8].exists()
        for each in takes.values():
            each.unlink(missing_ok=True)
        sound, rate = _heard(desk, base, 3)
        assert np.abs(sound).max() > 0.05
        assert 0 < len(sound) / rate - (cues[2]["end"] - cues[2]["start"]) < 1.5
        assert [number for number, take in takes.items() if take.exists()] == [3]
        takes[3].unlink()
        save(folder / "pruned.json", {"on": DAY, "takes": len(takes)})
        assert "were pruned" in desk.ask(f"{AT}hear", 404, base=base, changes=[], first=3)["error"]
        assert not any(take.exists() for take in takes.values())


def test_what_is_heard_is_what_is_mixed(made: Path) -> None:
    """The stretch that the desk plays has the level of the same stretch of the mixed episode."""
    with running(made) as desk:
        sound, _ = _heard(desk, _base(made), 3)
    folder = folder_of(made, PAPER)
    episode = load(folder / "episode.json")
    mixed, mixed_rate = soundfile.read(folder / episode["media"]["file"])
    cue = episode["cues"][2]
    stretch = mixed[int((cue["start"] - 2) * mixed_rate) : int((cue["end"] + 2) * mixed_rate)]
    ratio = np.sqrt((np.asarray(sound) ** 2).mean() / (stretch**2).mean())
    assert 0.8 < ratio < 1.25


def test_a_refused_line_is_kept_only_when_it_is_let_pass(made: Path) -> None:
    """The paper's rule stands in the desk as in the command: refused, or let pass and noted."""
    number, base = _sourced(made), _base(made)
    changes = [{"do": "say", "line": number, "text": "It improves to 99 percent."}]
    with running(made) as desk:
        said = desk.ask(f"{AT}change", 422, base=base, changes=changes)
        assert said["kind"] == "Ungrounded"
        desk.ask(f"{AT}change", base=base, changes=changes, allow=True)
    line = _script(made)["lines"][number - 1]
    assert line["text"] == "It improves to 99 percent."
    assert any("99" in fact for fact in line["allowed"])


def test_the_second_window_is_told_and_loses_nothing(made: Path) -> None:
    """Of two changes of one version the second is refused, the first stands, and the state says which version it is."""
    base = _base(made)
    with running(made) as desk:
        desk.ask(f"{AT}change", base=base, changes=[{"do": "say", "line": 1, "text": "Good morning."}])
        said = desk.ask(f"{AT}change", 409, base=base, changes=[{"do": "delete", "line": 1}])
        assert said["kind"] == "Stale"
        assert desk.look(f"{AT}state").json()["version"] == _base(made) != base
    assert _script(made)["lines"][0]["text"] == "Good morning."


def test_a_change_is_undone_and_versions_tell_what_it_was(made: Path) -> None:
    """Undo brings back the words; the history shows both, and leads back to any version."""
    first = _script(made)["lines"][0]["text"]
    with running(made) as desk:
        version = desk.ask(
            f"{AT}change", base=_base(made), changes=[{"do": "say", "line": 1, "text": "Good morning."}]
        )["version"]
        told = desk.look(f"{AT}history").text
        assert "<ins>A: Good morning.</ins>" in told or "Good morning.</ins>" in told
        assert first in told
        desk.ask(f"{AT}undo", base=version)
        assert _script(made)["lines"][0]["text"] == first
        desk.ask(f"{AT}back", base=_base(made), number=version)
    assert _script(made)["lines"][0]["text"] == "Good morning."


@pytest.mark.long
def test_mixed_and_published_from_the_desk(made: Path) -> None:
    """After mix and publish listeners get another address of the sound, and the episode is the same one."""
    before = load(folder_of(made, PAPER) / "episode.json")
    with running(made) as desk:
        change = {"do": "say", "line": 1, "text": "Good morning."}
        desk.ask(f"{AT}change", base=_base(made), changes=[change], because="a greeting was missing")
        assert "Changed since it was mixed" in desk.look(AT).text
        assert desk.ask(f"{AT}mix") == {"wrong": ""}
        assert desk.ask("publish") == {"wrong": []}
        assert "Listeners have it as it stands here" in desk.look(AT).text
    after = load(folder_of(made, PAPER) / "episode.json")
    assert (after["guid"], after["number"], after["published"]) == (
        before["guid"], before["number"], before["published"],
    )  # fmt: skip
    assert after["media"]["sha256"] != before["media"]["sha256"]
    assert "a greeting was missing" in [each["text"] for each in after["corrections"]]


@pytest.mark.long
def test_the_desks_check_is_that_of_the_command(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An episode that is not in the feed, and what a private show has in a directory, are found at the desk too."""
    capsys.readouterr()
    feed = made / "feed" / "feed.xml"
    feed.write_text(feed.read_text().replace(f"/{DAY}-{PAPER}/</link>", "/elsewhere/</link>"))
    assert podcast(made, "publish", "--check", "--json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert any("it is not in the feed" in row["found"] for row in rows)
    with running(made) as desk:
        told = [f"{row['where']}: {row['rule']} Found: {row['found']}" for row in rows]
        assert [re.sub(r":\d+/", "/", each) for each in desk.ask("check")["wrong"]] == [
            re.sub(r":\d+/", "/", each) for each in told
        ]
        settings = made / "podcast.toml"
        settings.write_text(settings.read_text() + '[publish]\nprivate = "THE_SECRET"\n')
        (made / ".env").write_text("THE_SECRET=a-secret-of-the-tests-that-is-long-enough\n")
        assert podcast(made, "publish", "--check", "--json") == 1
        rows = json.loads(capsys.readouterr().out)
        assert len(desk.ask("check")["wrong"]) == len(rows)


@pytest.mark.long
def test_a_setting_is_changed_and_the_comments_stay(made: Path) -> None:
    """The form writes one setting; what else stands in podcast.toml is as it was, and what cannot be is refused."""
    path = made / "podcast.toml"
    path.write_text("# mine\n" + path.read_text())
    with running(made) as desk:
        desk.ask("settings", name="mix.pause", value="0.5")
        desk.ask("settings", name="hosts.1.name", value="Bea")
        desk.ask("settings", 422, name="mix.loudness", value="3")
        page = desk.look("settings").text
    text = path.read_text()
    assert text.startswith("# mine\n")
    assert "pause = 0.5" in text
    assert "Bea" in text
    assert "loudness" not in text
    assert "from podcast.toml" in page


def test_a_key_that_was_changed_holds_at_an_open_desk(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What .env says now is what the desk publishes by, and the process that speaks for it."""
    monkeypatch.setenv("THE_SECRET", "")
    monkeypatch.delenv("THE_SECRET")
    speaker = Hand()
    for secret in ("one", "another"):
        (show / ".env").write_text(f"THE_SECRET={secret}\n")
        studios.studio(show)
        assert os.environ["THE_SECRET"] == secret
        speaker.do(environment.load, show)
        assert speaker.do(os.getenv, "THE_SECRET") == secret
    speaker.close()


def test_a_word_is_spelled_and_its_lines_are_to_be_recorded(made: Path) -> None:
    """A word of the lexicon changes how its lines are spoken; one that nobody can say is refused."""
    word = _script(made)["lines"][0]["text"].split()[0].strip(",.!?")
    with running(made) as desk:
        desk.ask("lexicon", 422, written=word, spoken="7/7")
        desk.ask("lexicon", written=word, spoken="goo dee")
        found = desk.ask(f"{AT}propose", base=_base(made), changes=[])
    assert found["lines"] >= 1


@pytest.mark.long
def test_a_run_goes_on_without_the_desk(made: Path) -> None:
    """A run that was begun at the desk ends, and is seen as ended, by another desk."""
    (folder_of(made, PAPER) / "episode.json").unlink()
    with running(made) as desk:
        name = desk.ask("runs", day=DAY, papers=[PAPER], stages=["record", "mix"])["run"]
    end = time.monotonic() + 60
    while (run := next(each for each in runs.runs(Workspace(made)) if each.name == name)).lives:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert run.state == "done"
    assert (folder_of(made, PAPER) / "episode.json").is_file()
    with running(made) as desk:
        assert "done" in desk.look("runs").text


@pytest.mark.long
@pytest.mark.parametrize("count", [1, 3])
def test_so_many_hosts_talk_at_the_desk(made: Path, count: int) -> None:
    """Each line says who speaks, and may be given to the others alone; what two said stays theirs."""
    people = "".join(f'[[hosts]]\nkey = "{key}"\nname = "{name}"\n'
                     for key, name in [("A", "Ada"), ("B", "Ben"), ("C", "Cleo")][:count])  # fmt: skip
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text() + people)
    with running(made) as desk:
        before = desk.look(AT).text
        assert 'class="d-who">Ben<' in before
        assert '<option value="B">Ben</option>' in before  # who left the show may go on in this episode
        (folder_of(made, PAPER) / "episode.json").unlink()
        (folder_of(made, PAPER) / "script.json").unlink()
        for each in folder_of(made, PAPER).glob("versions/*"):
            each.unlink()
        assert podcast(made, "write", PAPER) == 0
        page = desk.look(AT).text
        desk.ask(f"{AT}mix")
        sound = desk.look(f"{AT}episode.mp3")
    who = re.findall(r'class="d-who">(\w+)<', page)
    assert set(who) == {"Ada", "Ben", "Cleo"} - set(["Ben", "Cleo"] if count == 1 else [])
    assert page.count("data-speak=") == (count - 1) * len(who)
    assert sound.content


@pytest.mark.long
def test_a_days_roundup_is_found_from_the_day(made: Path) -> None:
    """What a day has beside its papers' episodes stands under Make, however old it is."""
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + "[roundup]\nenabled = true\n")
    assert make(made) == 0
    title = load(folder_of(made, "roundup") / "script.json")["title"]
    with running(made) as desk:
        assert f'<a href="/e/{DAY}/roundup/">{html.escape(title)}</a>' in desk.look(f"day?date={DAY}").text


@pytest.mark.long
def test_a_talk_stands_at_the_desk(made: Path) -> None:
    """A brief has a page of its own, is changed there without its paper's dialogue, and both are found from the day."""
    brief, listing = f"{PAPER}.brief", ("--papers", str(made / "list.json"), "--top", "1")
    assert podcast(made, "make", DAY, *listing, "--format", "brief") == 0
    at, before = f"e/{DAY}/{brief}/", _script(made)
    with running(made) as desk:
        shelf = desk.look("").text
        assert f'<a href="/e/{DAY}/{brief}/">In brief: Reading Twice</a>' in shelf
        assert "<span>Brief</span>" in shelf
        day = desk.look("day?date=" + DAY).text
        assert f'<a href="/{AT}">Reading Twice</a>' in day
        assert f'<a href="/{at}">Brief</a>' in day
        page = desk.look(at).text
        assert "In brief: Reading Twice" in page
        assert "<mark>" in page
        assert set(re.findall(r'class="d-who">(\w+)<', page)) == {"Ben"}
        script = load(folder_of(made, brief) / "script.json")
        desk.ask(f"{at}change", base=script["version"], changes=[{"do": "delete", "line": len(script["lines"])}])
        assert desk.ask(f"{at}mix")["wrong"] == ""
        assert "No script yet" in desk.look(f"e/{DAY}/{PAPER}.debate/").text
    assert len(load(folder_of(made, brief) / "episode.json")["cues"]) == len(script["lines"]) - 1
    assert _script(made) == before


def test_what_was_asked_for_takes_no_place_of_the_list(show: Path) -> None:
    """The best of the day's list are ticked, whoever's papers were asked for beside them."""
    assert podcast(show, "fetch", DAY, "--papers", str(show / "list.json")) == 0
    (show / "episodes" / DAY / "selection.json").unlink()  # it is disposable
    best = load(show / "episodes" / DAY / "papers.json")["papers"][0]
    own = {**best, "id": "2403.00009", "title": "On Pebbles", "authors": ["Ann Friend"]}
    own |= {**dict.fromkeys(("upvotes", "rank", "upvotes_read_at")), "asked_at": f"{DAY}T09:00:00Z"}
    folder = show / "episodes" / DAY / "2403.00009"
    folder.mkdir()
    save(folder / "paper.json", {"paper": own, "told_by": "a person"})
    with (show / "podcast.toml").open("a") as file:
        file.write('[select]\ntop = 1\nauthors = ["Ann Friend"]\n')
    with running(show) as desk:
        page = desk.look(f"day?date={DAY}").text.partition("<fieldset>")[0]
    assert re.findall(r'value="([^"]*)" checked>', page) == [best["id"]]
    assert "On Pebbles" in page


@pytest.mark.long
def test_a_paper_that_was_asked_for_stands_at_the_desk(made: Path, tmp_path: Path) -> None:
    """Its day is among the days, with or without a list: no votes are told of it, and no run makes it unasked."""
    paper = tmp_path / "pebbles.md"
    paper.write_text(f"---\ntitle: On Pebbles\nauthor: Jane Doe\n---\n\n{'We weigh two pebbles at a time. ' * 40}")
    assert podcast(made, "make", str(paper), "--format", "brief", "--no-publish") == 0
    (episode,) = made.glob("episodes/*/file-*.brief/episode.json")
    today, name = episode.parts[-3:-1]
    with running(made) as desk:
        page = desk.look("day").text
    assert f'<option value="{today}">' in page
    assert f'<a href="/e/{today}/{name}/">On Pebbles</a>' in page
    assert "<td></td><td>asked for</td>" in page
    assert " checked>" not in page.partition("<fieldset>")[0]


def _errand(show: Path, *papers: str, publish: bool = False) -> tuple[int, list[str]]:
    """Do at the desk all stages of the day, or of these papers of it; return how it ended, and what it said."""
    here = Workspace(show).cache / "desk" / "2024"
    here.mkdir(parents=True, exist_ok=True)
    wanted = runs.Errand(day=dt.date.fromisoformat(DAY), papers=papers, stages=("read", "write", "record", "mix"),
                         publish=publish, begun=dt.datetime.now(dt.UTC))  # fmt: skip
    (here / "errand.json").write_bytes(store.to_json(wanted))
    return errand.main(show, here.name), load(here / "progress.json")["said"]


def test_no_robot_takes_the_models_place_at_the_desk(made: Path) -> None:
    """With a model named and no key, a run at the desk says so and makes nothing, as the commands do."""
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text().replace("[writer]", '[writer]\nmodel = "some-model"'))
    shutil.rmtree(folder_of(made, PAPER))
    code, said = _errand(made)
    assert code == 1
    assert "model is 'some-model'" in said[0]
    assert not folder_of(made, PAPER).exists()


@pytest.mark.long
def test_a_day_made_at_the_desk_is_a_day_made(made: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its digest and its roundup, and the webhook hears of it, as `podcast make` does it; where a paper alone is
    made, the day has its digest."""
    address, told, _ = hook
    monkeypatch.setenv("HOOK", address)
    with (made / "podcast.toml").open("a") as file:
        file.write('[select]\ntop = 2\n[roundup]\nenabled = true\nminutes = 1\n[digest]\nwebhook = "HOOK"\n')
    digest = made / "episodes" / DAY / "digest.json"
    digest.unlink()
    assert _errand(made, PAPER) == (0, ["Reading Twice"])
    assert digest.is_file()
    assert not folder_of(made, "roundup").exists()
    digest.unlink()
    code, said = _errand(made, publish=True)
    assert code == 0
    assert said == ["Reading Twice", "Small Steps Suffice", "Roundup of 5 March 2024: 2 papers",
                    "published: 3 episodes in the feed"]  # fmt: skip
    assert digest.is_file()
    assert _errand(made, PAPER, "2403.00001", publish=True)[1][:-1] == said[:-1]  # as the page ticks them
    assert len(told) == 1


@pytest.mark.long
def test_a_run_at_the_desk_makes_the_shows_formats(made: Path) -> None:
    """A paper that is made at the desk is told in each format of the show, and the list says which is wanting."""
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text().replace("[writer]", '[writer]\nformats = ["dialogue", "brief"]'))
    with running(made) as desk:
        assert re.search(rf'value="{PAPER}" checked', desk.look("day?date=" + DAY).text)
        name = desk.ask("runs", day=DAY, papers=[PAPER], stages=["read", "write"])["run"]
        progress = made / "episodes/.cache/desk" / name / "progress.json"
        for _ in range(600):
            if progress.is_file() and load(progress)["ended"]:
                break
            time.sleep(0.1)
        said = load(progress)["said"]
    assert said == ["Reading Twice", "Reading Twice (brief)"]
    assert (folder_of(made, f"{PAPER}.brief") / "script.json").is_file()
