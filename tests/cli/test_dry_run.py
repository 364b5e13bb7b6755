"""What a dry run says is what is made then. What it finds out of this machine costs nothing, and needs no key."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import canned
import pytest
from conftest import DAY, folder_of, load, make, podcast, tree
from llm import LLM, running
from speech_server import speaking

from podcast import speech
from podcast.cli import planning
from podcast.recording import crew
from podcast.recording.ordering import Actor
from podcast.recording.prices import Purse
from podcast.show import environment, packaged
from podcast.show.errors import ConfigError, OverBudget
from podcast.show.schema import Voice
from podcast.speech import Lexicon
from podcast.synthesizers.tone import Tone

TOP = ("2403.00002", "2403.00001")


class Planned:
    """Asks a show what `make` would make of its day."""

    def __init__(self, show: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.show, self.capfd = show, capfd

    def __call__(self, *more: str, code: int = 0) -> Any:
        """Return what is said, as JSON."""
        self.capfd.readouterr()
        top = () if "--top" in more else ("--top", "2")
        assert podcast(self.show, "make", DAY, "--dry-run", "--json", *top, *more) == code
        return json.loads(self.capfd.readouterr().out)

    def lines(self, *more: str) -> list[tuple[str, int]]:
        """Return of each episode what there is, and how many lines are to be recorded."""
        return [(each["there is"], each["lines"]) for each in self(*more)["each"]]


@pytest.fixture
def planned(made: Path, capfd: pytest.CaptureFixture[str]) -> Planned:
    return Planned(made, capfd)


@pytest.fixture
def llm(show: Path) -> Iterator[LLM]:
    """A language model for a show of which nothing is made."""
    with running(canned.answer) as server:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        writer = f'[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\nminutes = 0.7\n'
        (show / "podcast.toml").write_text(f"{text}{writer}price_per_million = {{ input = 100.0, output = 400.0 }}\n")
        yield server


class Server:
    """An engine that may not be asked."""

    def synthesize(self, *_: object) -> None:
        raise AssertionError


class Wanting(Tone):
    """One that lacks something."""

    def synthesize(self, *_: object) -> Any:
        raise ConfigError("there is no key", "set it")


class Still(Tone):
    """Tones that several processes may make at once."""

    side_by_side = True


def studio(on: str = "processes", **engines: object) -> Any:
    cast = {name: Actor(Voice(name=name, synthesizer=name, licence="CC0-1.0"), engine)  # type: ignore[arg-type]
            for name, engine in engines.items()}  # fmt: skip
    config = SimpleNamespace(record=SimpleNamespace(workers=0), run=SimpleNamespace(gpus=0.0))
    return SimpleNamespace(cast=cast, config=config, on=on, ear="none")


def test_no_server_is_asked_how_fast_it_is() -> None:
    """Nor does an engine that lacks a key stop the plan: how fast it is, nobody knows."""
    assert planning.speed(studio(openai=Server())) == 0.0
    assert planning.speed(studio(tone=Wanting())) == 0.0
    assert planning.speed(studio(openai=Server(), tone=Tone())) > 0.0


def test_as_many_are_planned_as_memory_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as would record then; as many as there are cores, where memory is plenty."""
    monkeypatch.setattr(environment, "cores", lambda: 8)
    for free, count in ((3 * crew._MEMORY, 3), (100 * crew._MEMORY, 8)):
        monkeypatch.setattr(crew, "_free", lambda free=free: free)
        assert planning.workers(studio(tone=Tone())) == count


@pytest.mark.parametrize(
    ("on", "engines", "count"),
    [
        ("", {"tone": Tone()}, 1),
        ("", {"still": Still()}, 8),
        ("", {"still": Still(), "tone": Tone()}, 1),
        ("threads", {"tone": Tone()}, 1),
        ("threads", {"still": Still()}, 8),
        ("processes", {"tone": Tone()}, 8),
        ("processes", {"openai": Server()}, 1),
        ("ray", {"tone": Tone()}, 8),
        ("ray", {"tone": Tone(), "openai": Server()}, 1),
    ],
)
def test_a_cast_that_speaks_in_one_process_has_one_worker(
    monkeypatch: pytest.MonkeyPatch, on: str, engines: dict[str, object], count: int
) -> None:
    """A crew and threads take no engine that keeps something between two texts; nobody takes a server's lines."""
    monkeypatch.setattr(environment, "cores", lambda: 8)
    monkeypatch.setattr(crew, "_free", lambda: 100 * crew._MEMORY)
    assert planning.workers(studio(on, **engines)) == count


@pytest.mark.long
def test_what_is_recorded_anew_is_counted(planned: Planned) -> None:
    """By another voice, an episode that is made has as many lines to record as make then records."""

    def takes() -> list[set[Path]]:
        return [set((folder_of(planned.show, paper) / "takes").glob("*.flac")) for paper in TOP]

    assert planned.lines() == [("made", 0)] * 2
    other, before = ("--voice", "B=tone-deep"), takes()
    found = planned(*other)
    told = [(each["there is"], each["lines"]) for each in found["each"]]
    assert found["hours"] > 0
    assert podcast(planned.show, "make", DAY, "--top", "2", "--no-publish", *other) == 0
    assert told == [("changed", len(now - then)) for now, then in zip(takes(), before, strict=True)]
    assert min(lines for _, lines in told) > 0
    assert planned.lines(*other) == [("made", 0)] * 2


def test_an_episode_whose_takes_were_pruned_stays(planned: Planned) -> None:
    """No line of it is recorded, in whatever voice."""
    assert podcast(planned.show, "prune", "--older-than", "1d", "--yes") == 0
    assert planned.lines("--voice", "B=tone-deep") == [("made", 0)] * 2


def test_a_script_that_cannot_be_read_costs_its_own_plan_alone(planned: Planned) -> None:
    """It is said, and called broken, as make would go on with the others."""
    (folder_of(planned.show, TOP[0]) / "script.json").write_text("{")
    assert planned.lines() == [("broken", 0), ("made", 0)]


def test_what_paid_voices_take_is_told(planned: Planned, capfd: pytest.CaptureFixture[str]) -> None:
    """Of a script that is there by its characters; of one that is not, by how much its hosts say of it. No server is
    asked."""
    (planned.show / "voices").mkdir()
    (planned.show / "voices" / "paid.toml").write_text(
        'synthesizer = "openai"\nmodel = "tts-1"\nspeaker = "nova"\nlicence = "CC0-1.0"\n'
        'settings = { base_url = "http://127.0.0.1:9/v1", price = 1000000 }\n'
    )
    assert planned()["voices"] is None
    scripts = [load(folder_of(planned.show, paper) / "script.json") for paper in TOP]
    said = [text for script in scripts for text in {line["text"] for line in script["lines"] if line["host"] == "B"}]
    lexicon = Lexicon.load(packaged.voices() / "lexicon.tsv")
    found = planned("--voice", "B=paid")
    assert found["voices"] == sum(len(speech.say(text, lexicon)) for text in said) > 100
    assert planned("--voice", "B=paid", "--top", "3")["voices"] == pytest.approx(found["voices"] + 0.7 * 60 / 0.07 / 2)
    assert found["workers"] == 1
    assert podcast(planned.show, "make", DAY, "--top", "2", "--dry-run", "--voice", "B=paid") == 0
    assert f"no language model, the voices about {found['voices']:,.2f} US dollars" in capfd.readouterr().out


def test_a_budget_holds_for_paid_voices(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What voices would take is said before a line is recorded, and refused where it is over the budget: of a day, of
    one stage, of a change, whose script then stays as it was."""

    def kept() -> dict[str, bytes]:
        found = [path for place in ("script.json", "takes/*", "mixes/*") for path in made.glob(f"episodes/*/*/{place}")]
        return {str(path): path.read_bytes() for path in found}

    def refused(*words: str) -> str:
        assert podcast(made, *words) == 1
        assert kept() == before
        return " ".join(capsys.readouterr().err.split())

    before = kept()
    monkeypatch.setenv("PODCAST_RECORD__MIN_SEMITONES", "0")
    with speaking() as server:
        (made / "voices").mkdir(exist_ok=True)
        (made / "voices" / "paid.toml").write_text(
            'synthesizer = "openai"\nmodel = "tts-1"\nspeaker = "nova"\nlicence = "CC0-1.0"\n'
            f'settings = {{ base_url = "{server.base_url}", price = 10000 }}\n'
        )
        said = refused("make", DAY, "--top", "2", "--voice", "B=paid", "--no-publish", "--budget", "0")
        about = re.search(r"the voices: about (\S+) US dollars", said)
        assert about
        assert float(about[1]) > 1
        assert f"the voices would take about {about[1]}, and the budget is 0.00" in said
        for more in ((), ("--dry-run",)):
            said = refused("regenerate", TOP[0], "--voice", "B=paid", "--budget", "0.5", *more)
            assert "and the budget is 0.50" in said
        text = (made / "podcast.toml").read_text().replace("[writer]", "[writer]\nbudget = 0.5")
        (made / "podcast.toml").write_text(text)
        assert "and the budget is 0.50" in refused("record", TOP[0], "--voice", "B=paid")
        assert server.asked == []


def test_a_purse_holds_over_a_whole_command() -> None:
    """What was paid for one paper, and what the language model wrote for, is gone for the next; free voices are not
    counted, and without a budget nothing is refused."""
    wrote = 0.0
    purse = Purse(1.0, lambda: wrote)
    purse.pay(0.6)
    purse.pay(None)
    with pytest.raises(OverBudget, match=r"would take about 0\.60; 0\.60 is spent, and the budget is 1\.00"):
        purse.pay(0.6)
    purse.check(0.3)
    with pytest.raises(OverBudget, match=r"about 0\.30, the language model about 0\.20; 0\.60 is spent"):
        purse.check(0.3, 0.2)
    wrote = 0.2
    with pytest.raises(OverBudget):
        purse.pay(0.3)
    purse.pay(0.2)
    Purse(None, lambda: 0.0).pay(1000.0)


def test_a_paper_is_read_once_however_it_is_told(show: Path, llm: LLM, capfd: pytest.CaptureFixture[str]) -> None:
    """What the language model would take is what make says before it asks."""
    told = ("--format", "dialogue,critique")
    assert make(show, "--budget", "0.5", *told) == 1
    said = re.search(r"4 papers by a language model: about (.+? price)", " ".join(capfd.readouterr().err.split()))
    assert said
    planned = Planned(show, capfd)
    assert planned(*told)["model"] == said[1]
    assert planned(TOP[0], f"{TOP[0]}.critique", *told)["model"] == said[1], "a paper that its day has is made there"
    assert llm.requests == []


def test_a_roundup_is_one_episode_more(planned: Planned) -> None:
    """A day with enough papers has it, as long as it is set to be; a day with one has none."""
    with (planned.show / "podcast.toml").open("a") as file:
        file.write("[roundup]\nenabled = true\nminutes = 1.5\n")
    found = planned()
    assert [each["paper"] for each in found["each"]] == [*TOP, "roundup"]
    last = found["each"][-1]
    assert (last["there is"], last["lines"], last["minutes"]) == ("read", 16, 1.5)
    assert last["title"] == "Roundup of 5 March 2024: 2 papers"
    assert (found["episodes"], found["to_make"]) == (3, 1)
    assert [each["paper"] for each in planned("--top", "1")["each"]] == [TOP[0]]
    with (planned.show / "podcast.toml").open("a") as file:
        file.write('every = "week"\n')
    assert planned()["episodes"] == 2


@pytest.mark.long
def test_scoring_comes_first_and_is_told(show: Path, llm: LLM, capfd: pytest.CaptureFixture[str]) -> None:
    """With criteria the day's papers are scored before any is chosen: what that takes is in the sum, and the papers are
    said to be named by upvotes. The roundup's chapters are in it, too. Nothing is asked, nothing kept."""
    planned, day = Planned(show, capfd), ("--papers", str(show / "list.json"))
    before = planned(*day)
    with (show / "podcast.toml").open("a") as file:
        file.write("[roundup]\nenabled = true\n")
    (show / "criteria.md").write_text("1. Ways to read documents.\n")
    found = planned(*day)
    first, *others = found["each"]
    assert (first["paper"], first["lines"]) == ("scores", 0)
    assert first["title"] == "not scored yet (3): the papers named here are the first by upvotes"
    assert [each["paper"] for each in others] == [*TOP, "roundup"]
    assert (before["episodes"], found["episodes"]) == (2, 3)
    assert found["answers"] - before["answers"] == 3 * 2 + 1, "a chapter is written, read, and mended"
    assert found["cost"] > before["cost"]
    assert llm.requests == []
    assert not (show / "episodes").exists()
    assert podcast(show, "fetch", DAY, *day) == 0
    assert "scores" not in [each["paper"] for each in planned()["each"]]


@pytest.mark.parametrize("day", [DAY, "latest"])
@pytest.mark.parametrize("command", ["make", "read", "write"])
def test_a_dry_run_asks_no_model_and_keeps_nothing(
    show: Path, command: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day is not frozen for it, nor its papers scored by the show's criteria, nor a text kept."""
    papers = ("--papers", str(show / "list.json"))
    if command == "write":  # from briefs alone; without a list of its own `latest` is frozen before
        assert podcast(show, "read", day, *papers, "--top", "1") == 0
    (show / "criteria.md").write_text("1. Pebbles.\n")
    (folder,) = (show / "episodes").glob("2*") if command == "write" else (None,)
    if folder:
        (folder / "selection.json").unlink()
    with running(canned.answer) as server:
        settings = (show / "podcast.toml").read_text().partition("[writer]")[0]
        (show / "podcast.toml").write_text(f'{settings}[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\n')
        before = tree(show)
        capsys.readouterr()
        more = () if command == "write" else papers
        assert podcast(show, command, day, *more, "--top", "1", "--dry-run") == 0
        assert "2403.00002" in capsys.readouterr().out
        assert server.requests == []
    assert tree(show) == before
