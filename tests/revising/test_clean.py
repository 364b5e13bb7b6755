"""`clean` removes nothing that a voice of the show could need, and says what it leaves and why."""

from pathlib import Path
from typing import Any

import pytest
from conftest import folder_of, load, podcast, save

from podcast.recording import casting
from podcast.show.errors import ConfigError
from podcast.show.schema import Voice

PAPER = "2403.00001"


def takes(show: Path) -> set[str]:
    return {path.name for path in (folder_of(show, PAPER) / "takes").glob("*.flac")}


def test_takes_of_an_engine_that_is_not_chosen_today_stay(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded by the engine that `auto` found, and not mixed yet: another engine's turn takes nothing away."""
    text = (made / "podcast.toml").read_text()
    (made / "podcast.toml").write_text(text.replace('synthesizer = "tone"', 'synthesizer = "auto"\nmin_semitones = 0'))
    (folder_of(made, PAPER) / "episode.json").unlink()
    before = takes(made)
    monkeypatch.setattr(casting, "_best", lambda *_: ("espeak-us", "espeak-gb"))
    assert podcast(made, "clean") == 0
    assert takes(made) == before


def test_takes_that_an_engine_which_is_not_here_may_have_recorded_stay(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `auto`, a take that no voice here can have made stays while a line wants its own, and the voice is named."""
    text = (made / "podcast.toml").read_text()
    (made / "podcast.toml").write_text(text.replace('synthesizer = "tone"', 'synthesizer = "auto"\nmin_semitones = 0'))
    actor = casting.actor

    def here(voice: Voice, *given: Any, **more: Any) -> Any:
        if voice.synthesizer == "coqui":
            raise ConfigError("coqui is not installed", "pip install it")
        return actor(voice, *given, **more)

    monkeypatch.setattr(casting, "actor", here)
    stray = folder_of(made, PAPER) / "takes" / f"{'0' * 40}.flac"
    stray.write_bytes(b"by coqui, perhaps")
    min((folder_of(made, PAPER) / "takes").glob("[1-9a-f]*.flac")).unlink()
    assert podcast(made, "clean") == 0
    assert stray.is_file()
    assert "coqui is not installed" in " ".join("".join(capsys.readouterr()).split())


@pytest.mark.long
def test_a_voice_that_is_gone_is_said(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a version's voice is no more its takes stay, with the reason; the rest is cleaned."""
    (made / "voices").mkdir(exist_ok=True)
    mine = made / "voices" / "mine.toml"
    mine.write_text('synthesizer = "tone"\nlicence = "CC0-1.0"\nsettings = { pitch = 90.0 }\n')
    assert podcast(made, "regenerate", PAPER, "--voice", "B=mine", "--no-publish") == 0
    assert podcast(made, "regenerate", PAPER, "--undo", "--no-publish") == 0
    before = takes(made)
    mine.unlink()
    capsys.readouterr()
    assert podcast(made, "clean") == 0
    assert "there is no such voice any more" in " ".join(capsys.readouterr().err.split())
    assert takes(made) == before
    assert len(list((folder_of(made, PAPER) / "mixes").glob("*.mp3"))) == 1


def test_takes_of_what_is_heard_stay_though_no_script_has_them(made: Path) -> None:
    """A script that was edited by hand, and not mixed yet: the episode's own takes are needed."""
    path = folder_of(made, PAPER) / "script.json"
    script, before = load(path), takes(made)
    script["lines"][2]["text"] = "Edited by hand."
    save(path, script)
    assert podcast(made, "clean") == 0
    assert takes(made) == before


def test_a_broken_version_costs_its_paper_alone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of that paper goes, which is said, with the way out; another paper is cleaned."""
    assert podcast(made, "regenerate", PAPER, "--retake", "2", "--no-publish") == 0
    (folder_of(made, PAPER) / "versions" / "0001.json").write_text("{")
    strays = [folder_of(made, paper) / "takes" / f"{'0' * 40}.flac" for paper in (PAPER, "2403.00002")]
    for stray in strays:
        stray.write_bytes(b"fLaC")
    capsys.readouterr()
    assert podcast(made, "clean") == 0
    assert f"all files of {PAPER} stay" in " ".join(capsys.readouterr().err.split())
    assert [stray.exists() for stray in strays] == [True, False]


def test_a_take_of_words_that_are_nowhere_goes(made: Path) -> None:
    """A take that no line of any version can have been, by any voice, is removed."""
    script = load(folder_of(made, PAPER) / "script.json")
    stray = folder_of(made, PAPER) / "takes" / f"{'0' * 40}.flac"
    stray.write_bytes(b"fLaC")
    save(folder_of(made, PAPER) / "script.json", script)
    assert podcast(made, "clean") == 0
    assert not stray.exists()
