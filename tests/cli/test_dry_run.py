"""What a dry run finds out of this machine costs nothing, and needs no key."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import canned
import pytest
from conftest import DAY, podcast, tree
from llm import running

from podcast.cli import planning
from podcast.recording import crew
from podcast.recording.ordering import Actor
from podcast.show import environment
from podcast.show.errors import ConfigError
from podcast.show.schema import Voice
from podcast.synthesizers.tone import Tone


class Server:
    """An engine that may not be asked."""

    def synthesize(self, *_: object) -> None:
        raise AssertionError


class Wanting(Tone):
    """One that lacks something."""

    def synthesize(self, *_: object) -> Any:
        raise ConfigError("there is no key", "set it")


def studio(**engines: object) -> Any:
    cast = {name: Actor(Voice(name=name, synthesizer=name, licence="CC0-1.0"), engine)  # type: ignore[arg-type]
            for name, engine in engines.items()}  # fmt: skip
    config = SimpleNamespace(record=SimpleNamespace(workers=0), run=SimpleNamespace(gpus=0.0))
    return SimpleNamespace(cast=cast, config=config, on="processes", ear="none")


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
