"""Turns as people take them, judged by the timeline and by what is decoded of the mix."""

import hashlib
import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from conftest import folder_of, load, make, podcast
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3
from test_mix import measured, takes_of

from podcast.recording import casting
from podcast.show import config, packaged
from podcast.show.errors import MissingDependency
from podcast.show.schema import Line, Script, Take
from podcast.show.settings import MixSettings
from podcast.sound import audio, mix, room, turns
from podcast.sound.audio import Waveform

RATE = 16_000
TALK = MixSettings(turns="talk")
PAPER = "2403.00002"


def turn(
    text: str, host: str, seconds: float, name: str, chapter: str = "x", claims: tuple[str, ...] = ()
) -> turns.Turn:
    take = Take(hashlib.sha256(name.encode()).hexdigest()[:40], Path("none"), text)
    return turns.Turn(Line(host=host, text=text, chapter=chapter, claims=claims), take, round(seconds * RATE))


def gaps(lines: list[turns.Turn], settings: MixSettings = TALK) -> list[float]:
    starts = turns.starts(lines, settings, RATE, 0)
    ends = [start + line.count for start, line in zip(starts, lines, strict=True)]
    return [(start - end) / RATE for start, end in zip(starts[1:], ends, strict=False)]


def mean(one: turns.Turn, text: str, host: str, seconds: float, **more: object) -> float:
    """The mean gap over a hundred takes of the second line."""
    return float(np.mean([gaps([one, turn(text, host, seconds, str(n), **more)])[0] for n in range(100)]))  # type: ignore[arg-type]


def test_pauses_depend_on_what_is_said() -> None:
    """Reactions come before answers, answers before replies, those before a new thought, and that before a chapter."""
    said = turn("It reads the document twice.", "A", 3.0, "said", claims=("method",))
    asked = turn("What do the experiments say?", "A", 3.0, "asked")
    means = [
        mean(said, "Right.", "B", 0.5),
        mean(asked, "The second pass costs more time.", "B", 3.0),
        mean(said, "The second pass costs more time, you mean.", "B", 3.0),
        mean(said, "Recall improves on every set of questions.", "B", 3.0, claims=("results",)),
        mean(said, "What comes next is a surprise.", "B", 3.0, chapter="y"),
    ]
    assert means == sorted(means)
    assert means[0] < 0.05
    assert 0.1 < means[1] < 0.3
    assert means[4] > 0.8


def test_kinds_tell_all_that_gaps_are_drawn_from() -> None:
    """Lines of the same kinds, hosts and takes stand where they stood, whatever else they say."""
    texts = ("It reads twice.", "It reads twice,", "It reads twice?", "It reaches 91.5.", "It reaches 91.5?")
    ways = itertools.product(texts, "AB", "xy", ((), ("method",), ("results",)), (0.5, 3.0))
    found: dict[tuple[str, str, float], set[float]] = {}
    for text, host, chapter, claims, seconds in ways:
        one = turn(text, "A", 3.0, "one", claims=("method",))
        after = turn("Right.", host, seconds, "after", chapter, claims)
        (kind,) = turns.kinds([one.line, after.line])
        found.setdefault((kind, host, seconds), set()).update(gaps([one, after]))
    assert {len(each) for each in found.values()} == {1}


def test_a_reaction_may_begin_early_but_not_over_a_figure() -> None:
    """Some "Right." begins up to 0.2 s before the line's end, none earlier, and none over a figure at its end."""
    said, figure = (turn(text, "A", 3.0, text) for text in ("It reads twice.", "It reaches 91.5."))
    found = [gaps([said, turn("Right.", "B", 0.6, str(n))])[0] for n in range(200)]
    assert -0.2 <= min(found) < -0.1
    assert min(gaps([figure, turn("Right.", "B", 0.6, str(n))])[0] for n in range(200)) > 0


def test_settings_make_all_pauses_longer() -> None:
    """With twice the pauses in the settings, what is no overlap lasts twice as long."""
    lines = [turn("It reads twice.", "AB"[n % 2], 2.0, str(n)) for n in range(9)]
    twice = MixSettings(turns="talk", pause=0.7, pause_host=1.0, pause_chapter=2.0)
    assert np.allclose(2 * np.array(gaps(lines)), gaps(lines, twice), atol=0.001)


LINES = st.tuples(st.sampled_from("AB"), st.floats(0.05, 6), st.booleans(), st.text("?.,9 a", max_size=3))


@given(st.lists(LINES, min_size=2, max_size=12))
def test_no_host_talks_over_themself_nor_three_at_once(drawn: list[tuple[str, float, bool, str]]) -> None:
    """Lines begin in order, one host's never overlap, never are three heard; the same lines have the same places."""
    lines = [
        turn(f"words{end}", host, length, f"{n}", str(n * new)) for n, (host, length, new, end) in enumerate(drawn)
    ]
    starts = turns.starts(lines, TALK, RATE, 0)
    spans = [(start, start + line.count, line.line.host) for start, line in zip(starts, lines, strict=True)]
    assert starts == sorted(set(starts)) == turns.starts(lines, TALK, RATE, 0)
    for (one, other), after in zip(itertools.pairwise(spans), [*spans[2:], None], strict=True):
        assert other[2] != one[2] or other[0] >= one[1]
        assert after is None or after[0] >= one[1]


def test_silence_in_the_files_is_no_part_of_a_gap(tmp_path: Path) -> None:
    """Takes with half a second of hiss around the words stand where those without it would, by ear."""
    lines, takes = takes_of(tmp_path, count=6)
    starts = [spot.start for spot in mix.plan(lines, takes, TALK, None, None).spots]
    for take in takes:
        sound = audio.read(take.sound)
        hiss = np.random.default_rng(1).normal(0, 1e-4, sound.sample_rate // 2).astype(np.float32)
        audio.write(take.sound, Waveform(np.concatenate([hiss, sound.samples, hiss]), sound.sample_rate))
        take.energies.unlink()
    timeline = mix.plan(lines, takes, TALK, None, None)
    moved = [spot.start + timeline.rate // 2 for spot in timeline.spots]
    apart = np.diff(np.array(moved)) - np.diff(np.array(starts))
    assert np.abs(apart).max() <= 0.05 * timeline.rate


def test_the_room_is_never_dead_and_no_cut_clicks(tmp_path: Path) -> None:
    """Between all lines of the decoded MP3 there is air, 40 to 60 LU under the words, and the same in every pause."""
    lines, takes = takes_of(tmp_path, count=12)
    timeline = mix.plan(lines, takes, TALK.model_copy(update={"pause_host": 1.5}), None, None)
    mix.render(timeline, tmp_path / "x.mp3", TALK)
    samples, rate = soundfile.read(tmp_path / "x.mp3", dtype="float32")
    levels = []
    for one, after in itertools.pairwise(timeline.spots):
        start, end = ((at / timeline.rate) for at in (one.start + one.count, after.start))
        if end - start > 0.25:
            pause = samples[round((start + 0.1) * rate) : round((end - 0.1) * rate)]
            levels.append(10 * np.log10(np.mean(pause.astype(np.float64) ** 2)))
    assert len(levels) > 3
    assert -76 < min(levels) <= max(levels) < -56
    assert max(levels) - min(levels) < 6


def test_the_air_has_no_seam() -> None:
    """Where the air begins anew its samples differ by no more than anywhere else."""
    air = room.Room.at(-26.0, RATE)
    steps = np.abs(np.diff(np.concatenate([air.samples, air.samples[:2]])))
    assert steps[-2:].max() <= steps.max()
    assert not air.between(0, 10)[0]


@pytest.mark.long
@pytest.mark.parametrize("target", [-14.0, -16.0])
def test_neural_voices_keep_loudness_and_peak(tmp_path: Path, target: float) -> None:
    """hibari's low voice, whose peaks would stand 9 dB over full scale, is within 0.3 LU and at -1 dBTP at most."""
    try:
        actor = casting.actor(config.read_voices(packaged.voices())["hibari-low"], [])
    except MissingDependency as error:
        pytest.skip(f"{error}: {error.hint}")
    lines, takes = [], []
    for index, text in enumerate(
        ("The second pass costs more time.", "It reads the document twice, and then answers.")
    ):
        take = Take(f"{index:04}", tmp_path / f"{index:04}.flac", text)
        (sound,) = actor.synthesizer.synthesize([text], actor.voice, [index])
        audio.write(take.sound, audio.fade(audio.trim(sound)))
        lines.append(Line(host="AB"[index], text=text, chapter="x"))
        takes.append(take)
    settings = MixSettings(turns="talk", loudness=target)
    timeline = mix.plan(lines, takes, settings, None, None)
    assert timeline.level.is_hard
    mix.render(timeline, tmp_path / "x.mp3", settings)
    level, peak = measured(tmp_path / "x.mp3")
    assert abs(level - target) <= 0.3
    assert peak <= -1.0


def _repointed(show: Path) -> tuple[int, str, str]:
    """Return a line of the paper's script by number and text, with a claim by which other gaps are drawn around it."""
    lines = Script.model_validate(load(folder_of(show, PAPER) / "script.json")).lines
    for at, claim in itertools.product(range(len(lines)), sorted({each for line in lines for each in line.claims})):
        other = [*lines[:at], lines[at].model_copy(update={"claims": (claim,)}), *lines[at + 1 :]]
        kinds = [turns.kinds(each) for each in (lines, other)]
        if kinds[0].count("thought") != kinds[1].count("thought"):
            return at + 1, lines[at].text, claim
    raise AssertionError("no claim changes a gap")


@pytest.mark.long
def test_a_claim_repointed_moves_the_sound_as_it_moves_the_cues(made: Path) -> None:
    """The same words on another claim are other gaps: the episode's MP3 has them, and undone it is what it was."""
    was = load(folder_of(made, PAPER) / "episode.json")
    number, text, claim = _repointed(made)
    change = ("regenerate", PAPER, "--line", str(number), "--text", text, "--claim", claim, "--no-publish")
    assert podcast(made, *change) == 0
    now = load(folder_of(made, PAPER) / "episode.json")
    assert [cue["start"] for cue in now["cues"]] != [cue["start"] for cue in was["cues"]]
    assert [cue["take"] for cue in now["cues"]] == [cue["take"] for cue in was["cues"]]
    assert now["chapters"][-1]["end"] == now["media"]["duration"] != was["media"]["duration"]
    sound = MP3(folder_of(made, PAPER) / now["media"]["file"])
    assert abs(sound.info.length - now["media"]["duration"]) < 0.05
    assert podcast(made, "regenerate", PAPER, "--undo", "--no-publish") == 0
    assert load(folder_of(made, PAPER) / "episode.json")["media"] == was["media"]


@pytest.mark.long
def test_a_mix_whose_name_tells_no_gaps_stays_while_it_has_them(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An episode of a version before keeps its mix, lost or not, unless its gaps are others; undone it is back."""
    key, ways = mix.key, mix.ways

    def before() -> None:
        """As the versions before named a mix, and took it for that of any gaps."""
        monkeypatch.setattr(mix, "key", lambda *of: key(*of[:-1], replace(of[-1], names_gaps=False)))
        monkeypatch.setattr(mix, "ways", lambda *of: tuple(way for way in ways(*of) if way.names_gaps))
        monkeypatch.setattr("podcast.sound.mastering._is_as_long", lambda *_: True)

    def episode() -> dict:  # type: ignore[type-arg]
        return load(folder_of(show, PAPER) / "episode.json")  # type: ignore[no-any-return]

    before()
    assert make(show, "--no-publish") == 0
    monkeypatch.undo()
    old = episode()
    assert make(show, "--no-publish") == 0
    assert episode() == old
    sound = folder_of(show, PAPER) / old["media"]["file"]
    data = sound.read_bytes()
    sound.unlink()
    assert make(show, "--no-publish") == 0
    assert (episode(), sound.read_bytes()) == (old, data)
    number, text, claim = _repointed(show)
    change = ("regenerate", PAPER, "--line", str(number), "--text", text, "--claim", claim, "--no-publish")
    assert podcast(show, *change) == 0
    now = episode()
    assert now["key"] != old["key"]
    assert now["chapters"][-1]["end"] == now["media"]["duration"] != old["media"]["duration"]
    assert podcast(show, "regenerate", PAPER, "--undo", "--no-publish") == 0
    assert (episode()["key"], episode()["media"]) == (old["key"], old["media"])
    before()
    assert podcast(show, *change) == 0
    monkeypatch.undo()
    assert episode()["media"] == old["media"]  # as it came out then: the cues of one, the sound of the other
    assert podcast(show, "mix", PAPER) == 0
    assert (episode()["key"], episode()["media"]) == (now["key"], now["media"])
    assert sound.read_bytes() == data


@pytest.mark.long
def test_an_episode_keeps_its_pauses_until_it_is_asked(show: Path) -> None:
    """A new episode is talk; one with plain pauses keeps them when it is corrected; the setting changes either."""

    def settings(turns: str) -> None:
        text = (show / "podcast.toml").read_text().partition("[mix]")[0]
        (show / "podcast.toml").write_text(text + (f'[mix]\nturns = "{turns}"\n' if turns else ""))

    def episode() -> dict:  # type: ignore[type-arg]
        return load(folder_of(show, "2403.00002") / "episode.json")  # type: ignore[no-any-return]

    settings("plain")
    assert make(show) == 0
    plain = episode()
    assert "turns" not in plain["made_with"]
    settings("")
    assert make(show) == 0
    assert episode() == plain
    assert podcast(show, "regenerate", "2403.00002", "--line", "1", "--text", "Good morning, and welcome.") == 0
    assert "turns" not in episode()["made_with"]
    assert podcast(show, "regenerate", "2403.00002", "--undo") == 0
    assert episode()["media"] == plain["media"]
    settings("talk")
    assert podcast(show, "mix", "2403.00002") == 0
    assert "turns" in episode()["made_with"]
    assert episode()["key"] != plain["key"]
    starts, before = ([cue["start"] for cue in each["cues"]] for each in (episode(), plain))
    assert starts != before
