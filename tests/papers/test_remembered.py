"""A show that remembers: three days of papers on one test, through the front door, by a model on this machine."""

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import canned
import pytest
from clones import clone
from conftest import entry, folder_of, load, podcast, save
from llm import LLM, Body, running

from podcast import batch, pipeline
from podcast.papers import asked, remembered
from podcast.show import config, store
from podcast.show.schema import Brief, Memories, Memory, as_told
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sources import DEMO_DAY, demo
from podcast.sources.file import FileSource
from podcast.studio import Studio

TUESDAY, THURSDAY, FRIDAY = "2024-03-05", "2024-03-07", "2024-03-08"
FIRST, SECOND, THIRD = "2403.00011", "2403.00012", "2403.00013"
LATER, DEMO = "2501.00001", "1706.03762"


def text(name: str, score: str) -> str:
    """Return an abstract, of which the canned model makes a claim of each field."""
    return (
        f"We present {name}, which skips the steps that change little. Training deep networks is slow. "
        f"Most of the time goes into steps that hardly matter. The idea of {name} is to ask a predictor first. "
        "The predictor reads the last gradients. It has two layers and no bias. "
        "We measure on StepBench, a test of 12 tasks in training. "
        f"{name} reaches {score}% on StepBench in one run. A limitation is that small networks gain nothing."
    )


def listed(paper: str, title: str, name: str, score: str, *authors: str) -> dict[str, object]:
    people = [{"name": each, "hidden": False} for each in authors]
    return entry(paper, title, text(name, score), 30, authors=people)


LISTS = {
    TUESDAY: listed(FIRST, "Small Steps Suffice", "StepSkip", "61.5", "Ana Lima", "Bo Okafor"),
    THURSDAY: listed(SECOND, "Long Strides", "StrideNet", "68.4", "Eva Novak", "Per Dahl"),
    FRIDAY: listed(THIRD, "Short Hops", "HopNet", "70.1", "Mia Roth", "Jon Vik"),
}
RIGHT = (
    ("B", "On Tuesday we had a paper on the same test, Small Steps Suffice, and it stood at 61.5 percent.",
     ["earlier.1.2"]),
    ("A", "StrideNet reaches 68.4 percent, about seven points more than Tuesday's 61.5.", ["experiments.results.0"]),
)  # fmt: skip

Said = Sequence[tuple[str, str, list[str]]]


class Writer:
    """The canned model, which puts some lines of ours into the first chapter where it may speak of earlier episodes."""

    def __init__(self) -> None:
        self.says: Said = ()

    def answer(self, body: Body) -> Any:
        task, prompt = canned.task(body), body["messages"][1]["content"]
        if task == "lines":
            return {"lines": []}
        said = canned.answer(body)
        if task == "dialogue" and "Earlier episodes of this show:" in prompt:
            ours = [{"chapter": 1, "host": host, "text": line, "claims": claims} for host, line, claims in self.says]
            first = [line for line in said["lines"] if line["chapter"] == 1]
            said["lines"] = [*first, *ours, *said["lines"][len(first) :]]
        return said


@pytest.fixture
def writer(show: Path) -> Iterator[tuple[Writer, LLM]]:
    model = Writer()
    with running(model.answer) as server:
        settings(show, server)
        yield model, server


def settings(show: Path, server: LLM, *more: str) -> None:
    lines = [f'base_url = "{server.base_url}"', 'model = "tiny"', "minutes = 2.5", "retries = 0", *more]
    path = show / "podcast.toml"
    path.write_text(path.read_text().partition("[writer]")[0] + "[writer]\n" + "\n".join(lines) + "\n")


def on(show: Path, day: str, command: str = "make") -> int:
    """Run the command on the day, of which the list has one paper."""
    listing = show / f"{day}.json"
    listing.write_text(json.dumps([LISTS[day]]))
    os.utime(listing, (1709640000, 1709640000))
    if command == "make":
        return podcast(show, "make", day, "--papers", str(listing), "--top", "1")
    paper = str(LISTS[day]["paper"]["id"])  # type: ignore[index]
    code = podcast(show, "fetch", day, "--papers", str(listing)) or podcast(show, "read", paper)
    return code or podcast(show, "write", paper)


def afresh(show: Path, day: str, paper: str) -> None:
    """Let the paper's script be asked for anew."""
    folder = folder_of(show, paper, day)
    for path in (folder / "script.json", folder / "known.json", *folder.glob("drafts/*.json")):
        path.unlink(missing_ok=True)


def dialogues(server: LLM) -> list[str]:
    return [asked.body["messages"][1]["content"] for asked in server.requests if canned.task(asked.body) == "dialogue"]


def lines_of(show: Path, day: str, paper: str) -> list[dict[str, Any]]:
    return list(load(folder_of(show, paper, day) / "script.json")["lines"])


@pytest.mark.long
def test_hosts_speak_of_an_earlier_episode(
    show: Path, writer: tuple[Writer, LLM], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is rightly said of it is heard, linked in notes, page and feed, and not said of the next day's paper, too;
    another figure or another day stops it."""
    model, server = writer
    assert on(show, TUESDAY) == 0
    (prompt,) = dialogues(server)
    assert "earlier" not in prompt.lower()

    def refused(*said: tuple[str, str, list[str]]) -> str:
        afresh(show, THURSDAY, SECOND)
        model.says = said
        capsys.readouterr()
        assert on(show, THURSDAY, "write") == 1
        return capsys.readouterr().err

    tuesday, thursday = RIGHT
    assert "'62.5'" in refused((tuesday[0], tuesday[1].replace("61.5", "62.5"), tuesday[2]), thursday)
    assert "'Monday' is not when that episode was" in refused(
        (tuesday[0], tuesday[1].replace("Tuesday", "Monday"), tuesday[2]), thursday
    )
    afresh(show, THURSDAY, SECOND)
    model.says = RIGHT
    assert on(show, THURSDAY) == 0
    assert 'earlier.1: on Tuesday (5 March 2024), "Small Steps Suffice" by Ana Lima, Bo Okafor' in dialogues(server)[-1]
    (line,) = [line for line in lines_of(show, THURSDAY, SECOND) if line["earlier"]]
    assert (line["earlier"], line["claims"], line["doubted"]) == (FIRST, ["experiments.results.0"], [])
    episode = load(folder_of(show, SECOND, THURSDAY) / "episode.json")
    assert [memory["title"] for memory in episode["memories"]] == ["Small Steps Suffice"]
    assert f"{FIRST}/experiments.results.0" in episode["claims"]
    page = (show / "feed" / "episodes" / f"{THURSDAY}-{SECOND}" / "index.html").read_text()
    address = f"episodes/{TUESDAY}-{FIRST}/index.html"
    assert f'<a href="../../{address}">Small Steps Suffice</a>' in page
    assert "In the paper of 5 Mar 2024: Abstract" in page
    for told in (show / "feed" / "feed.xml", show / "feed" / "episodes" / f"{THURSDAY}-{SECOND}" / "item.json"):
        assert re.search(rf"Earlier on the show:.{{0,120}}{address}", told.read_text())
    assert "Earlier on the show" not in (show / "feed" / "episodes" / f"{TUESDAY}-{FIRST}" / "index.html").read_text()
    assert podcast(show, "publish", "--check") == 0

    (folder_of(show, SECOND, THURSDAY) / "known.json").unlink()  # may be lost, and takes nothing of an episode along
    assert on(show, THURSDAY) == 0
    assert load(folder_of(show, SECOND, THURSDAY) / "episode.json") == episode

    model.says = ()
    assert on(show, FRIDAY, "write") == 0
    prompt = dialogues(server)[-1]
    assert 'earlier.1: yesterday (7 March 2024), "Long Strides"' in prompt  # Friday's neighbour spoke of the other
    assert "Small Steps" not in prompt

    assert podcast(show, "publish", "--withdraw", FIRST) == 0
    assert address not in (show / "feed" / "feed.xml").read_text()
    assert "Small Steps Suffice, 5 Mar 2024" in (show / "feed" / "feed.xml").read_text()


def found(show: Path, paper: str = SECOND, day: str = THURSDAY) -> tuple[Memory, ...]:
    workspace = Workspace(show)
    folder = PaperFolder(folder_of(show, paper, day))
    about = asked.stands(workspace, folder)
    return remembered.found(workspace, about, store.load(Brief, folder.brief)).memories


@pytest.mark.long
def test_the_index_may_be_lost_and_is_never_believed(show: Path, writer: tuple[Writer, LLM]) -> None:
    """What is found is what the files say now: changed behind its back, damaged, gone, or of nothing."""
    assert on(show, TUESDAY) == 0
    assert on(show, THURSDAY, "write") == 0
    (memory,) = found(show)
    assert (memory.why, memory.shared, memory.day) == ("result", ("StepBench",), dt.date(2024, 3, 5))
    workspace, other = Workspace(show), {"id": "2403.00099"}
    about = asked.stands(workspace, PaperFolder(folder_of(show, SECOND, THURSDAY))).model_copy(update=other)
    known = store.load(Brief, folder_of(show, SECOND, THURSDAY) / "brief.json")
    script = folder_of(show, SECOND, THURSDAY) / "script.json"
    script.rename(script.with_name("away.json"))
    assert remembered.found(workspace, about, known).memories == ()  # an episode in the making may speak of it
    script.with_name("away.json").rename(script)

    index, brief = show / "episodes" / ".cache" / "recall.sqlite", folder_of(show, FIRST, TUESDAY) / "brief.json"
    written = brief.read_text()

    def damage(change: Callable[[bytes], bytes]) -> None:
        index.write_bytes(change(index.read_bytes()))

    for change in (lambda _: b"", lambda data: data[: len(data) // 2], lambda _: b"no database", lambda d: d[::-1]):
        damage(change)
        assert found(show) == (memory,)
    index.unlink()
    assert found(show) == (memory,)
    index.unlink()
    index.mkdir()
    assert found(show) == (memory,)
    index.rmdir()
    assert found(show) == (memory,)

    brief.write_text(written.replace("StepBench", "HopBench"))  # as long as it was
    assert found(show) == ()
    save(brief, json.loads(written))
    assert found(show) == (memory,)
    folder = folder_of(show, FIRST, TUESDAY)
    (folder / "episode.json").rename(folder / "away.json")
    assert found(show) == ()


def with_demo(made: Path) -> None:
    """Lay the built-in day's episodes into the show, quicker than they are made, and one of the day after."""
    for paper in demo().day(DEMO_DAY).papers:
        clone(made, made, paper.id, DEMO_DAY)
    clone(made, made, LATER, DEMO_DAY + dt.timedelta(days=1))


def test_no_episode_remembers_the_demo(made: Path) -> None:
    """They leave the show, and what stays refers to what stays, though they have the same people and the same test."""
    with_demo(made)
    assert {memory.day.isoformat() for memory in found(made, LATER, "2025-01-07")} == {TUESDAY}


@pytest.mark.long
@pytest.mark.parametrize("copied", [False, True])
def test_no_link_leads_to_the_demo_when_it_is_gone(made: Path, copied: bool) -> None:
    """An episode that an earlier version had refer to it keeps its words; in a copy without feed/ and cache, too."""
    with_demo(made)
    memory = Memory(paper_id=DEMO, episode_id=DEMO, day=DEMO_DAY, title="An Old Acquaintance", why="test")
    path = folder_of(made, LATER, "2025-01-07") / "episode.json"
    save(path, {**load(path), "memories": [memory.model_dump(mode="json")]})
    assert podcast(made, "publish") == 0
    address, feed = f"episodes/{DEMO_DAY}-{DEMO}/", made / "feed"
    places = [
        feed / "feed.xml",
        *(feed / "episodes" / f"2025-01-07-{LATER}" / name for name in ("index.html", "item.json")),
    ]
    assert all(address in place.read_text() for place in places)
    if copied:
        shutil.rmtree(feed)
        shutil.rmtree(made / "episodes" / ".cache")
    assert podcast(made, "clean", "--demo") == 0
    assert [place for place in places if address in place.read_text()] == []
    assert all("An Old Acquaintance" in place.read_text() for place in places)
    assert podcast(made, "publish", "--check") == 0


@pytest.mark.long
def test_what_is_found_for_a_script_is_kept_be_it_nothing(
    show: Path, writer: tuple[Writer, LLM], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script is given the same earlier episodes throughout, by one search: episodes that come between are no news."""
    assert on(show, THURSDAY, "write") == 0
    workspace, folder = Workspace(show), PaperFolder(folder_of(show, SECOND, THURSDAY))
    about, brief = asked.stands(workspace, folder), store.load(Brief, folder.brief)
    assert remembered.offered(folder) == Memories()
    assert on(show, TUESDAY) == 0
    folder.script.unlink()
    (memory,) = found(show)
    assert memory.paper_id == FIRST
    assert remembered.settled(workspace, about, brief) == Memories()
    monkeypatch.setattr(remembered, "found", None)
    assert remembered.settled(workspace, about, brief) == Memories()
    folder.memories().unlink()
    assert remembered.offered(folder) is None


@pytest.mark.long
def test_a_look_at_prompts_and_costs_settles_nothing(show: Path, writer: tuple[Writer, LLM]) -> None:
    """What would be asked is shown, and its cost refused, and none of it says to what the script may refer."""
    _, server = writer
    assert on(show, TUESDAY) == 0
    assert on(show, THURSDAY, "write") == 0
    folder = PaperFolder(folder_of(show, SECOND, THURSDAY))
    folder.script.unlink()
    folder.memories().unlink()
    assert podcast(show, "write", SECOND, "--dry-run") == 0
    assert remembered.offered(folder) is None
    afresh(show, THURSDAY, SECOND)
    settings(show, server, "budget = 0.0", "price_per_million = { input = 1.0, output = 4.0 }")
    assert podcast(show, "write", SECOND) != 0
    assert remembered.offered(folder) is None
    settings(show, server)
    assert podcast(show, "write", SECOND) == 0
    assert remembered.offered(folder) == Memories(memories=found(show))


def studio_of(show: Path) -> Studio:
    workspace = Workspace(show)
    return Studio(workspace, config.read(workspace.config), FileSource(show / f"{THURSDAY}.json"))


@pytest.mark.long
def test_two_minutes_take_no_earlier_episode_from_others(show: Path, writer: tuple[Writer, LLM]) -> None:
    """The format that never speaks of any is offered none, and nothing is kept that would bar others from them."""
    assert on(show, TUESDAY) == 0
    assert on(show, THURSDAY, "write") == 0
    studio, folder = studio_of(show), PaperFolder(folder_of(show, SECOND, THURSDAY))
    about, brief = asked.stands(studio.workspace, folder), store.load(Brief, folder.brief)
    told = as_told(about, "brief")
    assert pipeline.memories(studio, told, "")(brief) == ()
    assert not studio.folder(told).memories().exists()
    folder.memories().unlink()
    assert pipeline.memories(studio, about, "")(brief) == found(show)


@pytest.mark.long
def test_papers_of_one_run_remember_none_of_each_other(show: Path, writer: tuple[Writer, LLM]) -> None:
    """Of several days' papers that are made together the first may be mixed before the next is read, or not: it is not
    offered either way, nor is what is older to two of them. Who is made later remembers it."""
    assert on(show, TUESDAY) == 0
    assert on(show, THURSDAY, "write") == 0
    assert on(show, FRIDAY, "write") == 0
    studio, places = studio_of(show), {FIRST: TUESDAY, SECOND: THURSDAY, THIRD: FRIDAY}
    folders = {paper: PaperFolder(folder_of(show, paper, day)) for paper, day in places.items()}
    papers = {paper: asked.stands(studio.workspace, folder) for paper, folder in folders.items()}

    def offers(*made: str) -> list[list[str]]:
        """Return what is offered to Thursday's and Friday's when these are written together."""
        for paper, day in ((SECOND, THURSDAY), (THIRD, FRIDAY)):
            afresh(show, day, paper)
        results = list(batch.make_papers(studio, [papers[one] for one in made], ("write",)))
        assert not any(result.error for result in results)
        kept = [remembered.offered(folders[one]) for one in (SECOND, THIRD)]
        return [[memory.paper_id for memory in one.memories] if one else [] for one in kept]

    assert offers(FIRST, SECOND) == [[], []]
    assert offers(SECOND, THIRD) == [[FIRST], []]
    assert offers(SECOND) == [[FIRST], []]
    assert not studio.together


@pytest.mark.long
def test_without_memory_no_prompt_is_another(
    show: Path, writer: tuple[Writer, LLM], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no earlier episode comes to mind, or the show does not want any, prompts are the same to the letter."""
    _, server = writer
    other = listed(FIRST, "Small Steps Suffice", "StepSkip", "61.5", "Ana Lima")
    monkeypatch.setitem(LISTS, TUESDAY, json.loads(json.dumps(other).replace("StepBench", "HopBench")))
    assert on(show, TUESDAY) == 0
    del server.requests[:]
    assert on(show, THURSDAY, "write") == 0
    asked_for = [asked.body for asked in server.requests if canned.task(asked.body) != "reading"]
    settings(show, server, "memory = false")
    afresh(show, THURSDAY, SECOND)
    del server.requests[:]
    assert podcast(show, "write", SECOND) == 0
    assert [asked.body for asked in server.requests] == asked_for
    assert len(asked_for) == 3


@pytest.mark.long
def test_without_a_model_a_certain_reason_is_told(show: Path) -> None:
    """The paper's own sentences come with one plain line on an earlier episode, by its day and title."""
    assert on(show, TUESDAY) == 0
    assert on(show, THURSDAY) == 0
    (line,) = [line for line in lines_of(show, THURSDAY, SECOND) if line["earlier"]]
    assert line["text"] == 'On Tuesday we had another paper measured on StepBench, "Small Steps Suffice".'
    page = (show / "feed" / "episodes" / f"{THURSDAY}-{SECOND}" / "index.html").read_text()
    assert "Earlier on the show" in page
