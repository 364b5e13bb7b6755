"""What a dry run finds out of this machine costs nothing, and needs no key."""

from types import SimpleNamespace
from typing import Any

import pytest

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
