"""Takes are judged, said again until they are right, or refused; voices are measured; hosts are told apart."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import faults
import numpy as np
import pytest
from conftest import DAY, folder_of, load, make, podcast

from podcast import speech
from podcast.recording import casting, clauses, joining, ordering, pace, pitch, portrait, verify
from podcast.recording.ordering import Actor
from podcast.recording.pace import Pace
from podcast.show import config, packaged
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError
from podcast.show.schema import Voice
from podcast.sound.audio import Waveform, read, trim
from podcast.synthesizers.tone import Tone

VOICES = config.read_voices(packaged.voices())
TOP = "2403.00002"
RATE = 16_000


def tone(frequency: float, seconds: float, size: float = 0.3) -> Waveform:
    time = np.arange(round(seconds * RATE)) / RATE
    return Waveform((size * np.sin(2 * np.pi * frequency * time)).astype(np.float32), RATE)


@pytest.mark.parametrize("frequency", [70.0, 107.3, 170.0, 233.1, 440.0])
def test_the_height_of_a_tone_is_its_frequency(frequency: float) -> None:
    """F0 of a tone, of a buzz with its overtones, and of both under noise is right to a quarter of a semitone."""
    buzz = sum(tone(frequency * n, 1.0, 0.3 / n).samples for n in (1, 2, 3, 4))
    noise = np.random.default_rng(1).normal(0, 0.01, RATE).astype(np.float32)
    for samples in (tone(frequency, 1.0).samples, buzz, buzz + noise):
        found = pitch.median_f0(Waveform(samples, RATE))
        assert found is not None
        assert pitch.semitones(found, frequency) < 0.25


def test_a_glide_is_followed() -> None:
    """Of a glide from 100 to 200 Hz each frame is right to a semitone, and the median in the middle."""
    count = 2 * RATE
    frequency = np.linspace(100, 200, count)
    glide = Waveform((0.3 * np.sin(2 * np.pi * np.cumsum(frequency) / RATE)).astype(np.float32), RATE)
    found = pitch.contour(glide)
    centre = frequency[np.minimum(np.arange(len(found)) * round(0.02 * RATE) + round(0.02 * RATE), count - 1)]
    assert np.nanmax(np.abs(12 * np.log2(found / centre))) < 1.0
    assert pitch.median_f0(glide) == pytest.approx(150, rel=0.03)


def test_noise_and_silence_have_no_height() -> None:
    """Nothing voiced, no F0."""
    noise = np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32)
    assert pitch.median_f0(Waveform(noise, RATE)) is None
    assert pitch.median_f0(Waveform(np.zeros(RATE, np.float32), RATE)) is None


@pytest.fixture(scope="session")
def spoken() -> tuple[list[str], list[Waveform], verify.Expected]:
    """Forty lines by flite, and what is expected of its voice."""
    try:
        actor = casting.actor(VOICES["flite-slt"], [])
    except MissingDependency as error:
        pytest.skip(f"{error}: {error.hint}")
    lexicon = speech.Lexicon.load(packaged.voices() / "lexicon.tsv")
    texts = [speech.say(text, lexicon, "en") for text in faults.lines(40, 5)]
    seen = portrait.draw(actor)
    assert seen is not None
    assert seen.f0 == pytest.approx(170, rel=0.05)  # what other programs measure of slt
    expected = verify.Expected(pace.fit((), seen.rate), seen.soft_end, seen.varied)
    return texts, list(actor.synthesizer.synthesize(texts, actor.voice, [1] * len(texts))), expected


def test_letters_that_no_mouth_can_join_are_spelled() -> None:
    """ILSVRC takes as long as its six letters by name; BERT is a word."""
    assert pace.plain_seconds("ILSVRC") == pytest.approx(pace.plain_seconds("I L S V R C"))
    assert pace.plain_seconds("ILSVRC") > 2 * pace.plain_seconds("MOUTHS")
    assert 0.18 < pace.plain_seconds("V G G") / 3 < 0.24  # as measured
    assert pace.plain_seconds("I saw A") == pace.plain_seconds("i saw a")
    assert pace.plain_seconds("BERT") == pace.plain_seconds("Bert")


def test_good_takes_pass(spoken) -> None:  # type: ignore[no-untyped-def]
    """Of forty clean lines none is refused."""
    texts, sounds, expected = spoken
    found = {text: verify.faults(sound, text, expected) for text, sound in zip(texts, sounds, strict=True)}
    assert {text: seen for text, seen in found.items() if seen} == {}


LEAST = {"a stretch repeated": 0.75, "babble appended": 0.75, "last 0.35 s cut": 0.8, "cut at 60 %": 0.9}


@pytest.mark.parametrize("name", faults.FAULTS)
def test_faults_are_caught(name: str, spoken) -> None:  # type: ignore[no-untyped-def]
    """Each fault is caught in most lines, and those that no ear would miss in all."""
    texts, sounds, expected = spoken
    chance, caught = random.Random(7), []
    for index, (text, sound) in enumerate(zip(texts, sounds, strict=True)):
        said = faults.SHORT[index % len(faults.SHORT)] if name == "5 s of noise" else text
        bad = faults.FAULTS[name](sound, sounds[index * 7 % len(sounds)], chance)
        caught.append(bool(verify.faults(bad, said, expected)))
    assert np.mean(caught) >= LEAST.get(name, 1.0)


def test_a_pace_is_learnt_and_an_outlier_moves_it_little() -> None:
    """A voice that needs a quarter more than the first guess is known after some takes, whatever one of them was."""
    pairs = tuple((float(n), 1.25 * n) for n in range(1, 40))
    assert pace.fit(pairs, 1.0).rate == pytest.approx(1.25)
    learnt = pace.fit((*pairs, (3.0, 30.0)), 1.0)
    assert learnt.rate == pytest.approx(1.25)
    text = "A line of some length, with twelve or so words in it."
    low, high = learnt.band(text)
    assert low < learnt.expected(text) < high
    assert high - low < pace.Pace().band(text)[1] - pace.Pace().band(text)[0]


def test_parts_of_a_text_are_the_text() -> None:
    """Clauses joined are the line; marks come first, words that begin a clause next; a short text has one part."""
    for text in ("One thing is fast, another thing is slow.", "It reads the whole document because nobody asked."):
        parts = clauses.split(text)
        assert len(parts) == 2
        assert " ".join(parts) == text
    assert clauses.split("Right.") == ("Right.",)
    text = "这个方法的核心思想是先读一遍全文，然后再读第二遍，以便找到第一遍没有注意到的事实。"
    assert len(clauses.split(text)) == 3
    assert "".join(clauses.split(text)) == text


def test_a_short_line_is_cut_from_its_neighbour() -> None:
    """The cut is in the silence after it; without a silence that is clearly the one, there is none."""
    silence = np.zeros(round(0.3 * RATE), dtype=np.float32)
    short, long = tone(200, 0.4).samples, tone(150, 3.0).samples
    cut = joining.cut(Waveform(np.concatenate([short, silence, long]), RATE), "Right.", Pace())
    assert cut is not None
    assert trim(cut, 0).duration == pytest.approx(0.4, abs=0.02)
    assert joining.cut(Waveform(np.concatenate([short, long]), RATE), "Right.", Pace()) is None


class Moody(Tone):
    """Speaks well but for one line, which fails as its voice's `model` says."""

    version = "moody"
    asked: tuple[str, ...] = ()

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text, seed in zip(texts, seeds, strict=True):
            type(self).asked += (text,)
            sound = next(super().synthesize([text], voice, [seed]))
            if "second pass" in text and self.fails(text, voice.model):
                if voice.model == "refuses":
                    raise SynthesisError("no", "say it otherwise")
                sound = Waveform(sound.samples[: len(sound.samples) // 4], sound.sample_rate)
            yield sound

    def fails(self, text: str, mood: str) -> bool:
        before = sum("second pass" in each for each in type(self).asked)
        return before == 1 if mood == "once" else len(text) > 72 if mood == "long" else True


class Joining(Tone):
    """Fails on short lines that are said alone."""

    version = "joining"
    joins_short_lines = True

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text, sound in zip(texts, super().synthesize(texts, voice, seeds), strict=True):
            first, mark, rest = text.partition(". ")
            if mark and len(first) < ordering.SHORT:
                one, other = super().synthesize([first + ".", rest], voice, [1, 2])
                pause = np.zeros(round(0.4 * RATE), dtype=np.float32)
                sound = Waveform(np.concatenate([one.samples, pause, other.samples]), RATE)
            yield sound if len(text) >= ordering.SHORT else Waveform(np.zeros(RATE, dtype=np.float32), RATE)


def cast_of_ones_own(show: Path, engine: str, more: str = "") -> None:
    (show / "voices").mkdir(exist_ok=True)
    for name, height in (("mine-a", 330), ("mine-b", 165)):
        (show / "voices" / f"{name}.toml").write_text(
            f'synthesizer = "test_verify:{engine}"\nlicence = "CC0-1.0"\nsettings = {{ pitch = {height} }}\n{more}'
        )
    hosts = "".join(
        f'[[hosts]]\nkey = "{key}"\nname = "{name}"\nvoice = "mine-{key.lower()}"\n'
        for key, name in (("A", "Ada"), ("B", "Ben"))
    )
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + hosts)
    Moody.asked = ()


@pytest.mark.long
@pytest.mark.parametrize(
    ("mood", "way", "voice"),
    [("once", "whole, try 2", "mine-"), ("long", "clause", "mine-"), ("always", "whole, try 1", "tone-low")],
)
def test_a_line_is_said_again_until_it_is_right(show: Path, mood: str, way: str, voice: str) -> None:
    """With another seed, then in clauses, then by the fallback; the episode tells, has every line, and is kept."""
    cast_of_ones_own(show, "Moody", f'model = "{mood}"\n' + 'fallback = "tone-low"\n' * (mood == "always"))
    assert make(show) == 0
    episode = load(folder_of(show, TOP) / "episode.json")
    assert len(episode["cues"]) == len(load(folder_of(show, TOP) / "script.json")["lines"])
    (retake,) = [each for each in episode["retakes"] if each["attempts"][0]["found"]][:1]
    assert "second pass" in episode["cues"][retake["line"] - 1]["text"]
    assert "something is missing" in " ".join(retake["attempts"][0]["found"])
    last = retake["attempts"][-1]
    assert last["found"] == []
    assert last["way"].startswith(way)
    assert last["voice"].startswith(voice)
    asked = len(Moody.asked)
    assert make(show) == 0
    assert len(Moody.asked) == asked


@pytest.mark.long
@pytest.mark.parametrize(("mood", "told"), [("always", "something is missing"), ("refuses", "say it otherwise")])
def test_a_line_that_always_fails_quarantines_the_episode(
    show: Path, mood: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line, host, voice, text and what was wrong are named; no shortened episode is there; the other one is whole."""
    cast_of_ones_own(show, "Moody", f'model = "{mood}"\n')
    assert make(show) == 1
    message = " ".join(capsys.readouterr().err.split())
    assert re.search(r"line \d+ \(host [AB], voice mine-[ab]\) could not be recorded", message)
    assert "second pass" in message
    assert told in message
    assert not (folder_of(show, TOP) / "episode.json").exists()
    assert (folder_of(show, "2403.00001") / "episode.json").exists()


@pytest.mark.long
def test_short_lines_are_joined_where_the_engine_needs_it(show: Path) -> None:
    """An engine that is silent on short lines alone says them with a neighbour; each has its own take and cue."""
    cast_of_ones_own(show, "Joining")
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    for stage in ("read", "write"):
        podcast(show, stage, DAY, "--top", "2")
    path = folder_of(show, TOP) / "script.json"
    script = load(path)
    script["lines"][2]["text"] = "Quite right."
    path.write_text(json.dumps(script))
    assert make(show) == 0
    cue = load(folder_of(show, TOP) / "episode.json")["cues"][2]
    assert cue["text"] == "Quite right."
    take = read(folder_of(show, TOP) / "takes" / f"{cue['take']}.flac")
    assert trim(take, 0).duration == pytest.approx(11 * 0.06, abs=0.1)


@pytest.mark.long
def test_two_hosts_who_sound_alike_are_refused(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Voices closer than four semitones stop the run before anything is made, unless that is allowed."""
    hosts = "".join(f'[[hosts]]\nkey = "{key}"\nname = "{key}"\nvoice = "tone-low"\n' for key in "AB")
    settings = (show / "podcast.toml").read_text() + hosts
    (show / "podcast.toml").write_text(settings)
    assert make(show) == 1
    told = capsys.readouterr().err
    assert "0.0 semitones apart" in told
    assert "min_semitones = 0" in told
    assert "another voice for B in [[hosts]], one" in " ".join(told.split())
    assert not folder_of(show, TOP).exists()
    assert make(show, "--voice", "A=tone-low") == 1
    assert "another voice for A by --voice A=…, one" in " ".join(capsys.readouterr().err.split())
    (show / "podcast.toml").write_text(settings.replace("[record]", "[record]\nmin_semitones = 0"))
    assert make(show) == 0


@pytest.mark.long
@pytest.mark.parametrize(
    "pair",
    [
        ("flite-slt", "flite-rms"),
        ("espeak-gb", "espeak-us"),
        ("tone-high", "tone-low"),
        ("hibari-bright", "hibari-low"),
    ],
)
def test_the_default_pairs_differ(pair: tuple[str, str], tmp_path: Path) -> None:
    """The two voices of each engine are more than four semitones apart; one that is nearly another is refused."""
    try:
        actors = {key: casting.actor(VOICES[name], []) for key, name in zip("AB", pair, strict=True)}
    except MissingDependency as error:
        pytest.skip(f"{error}: {error.hint}")
    gallery = portrait.Gallery(tmp_path)
    portrait.check_apart(actors, gallery, 4.0)
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises(ConfigError, match="semitones apart"):
        portrait.check_apart({"A": actors["A"], "B": actors["A"]}, gallery, 4.0)


def test_a_voice_that_cannot_be_measured_is_let_pass(tmp_path: Path) -> None:
    """An engine that gives no numbers has no portrait, and is judged at its takes."""

    class Broken(Tone):
        def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
            yield from (Waveform(np.full(RATE, np.nan, np.float32), RATE) for _ in texts)

    actor = replace(casting.actor(VOICES["tone-low"], []), synthesizer=Broken())
    assert isinstance(actor, Actor)
    assert portrait.draw(actor) is None
    portrait.check_apart({"A": actor, "B": actor}, portrait.Gallery(tmp_path), 4.0)


def test_say_prints_the_spoken_form_without_a_voice(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast voices say` prints to stdout; no voice is needed; --output writes the sound."""
    (show / "podcast.toml").write_text('[record]\nsynthesizer = "nowhere.at_all:Engine"\n')
    assert podcast(show, "voices", "say", "It gains 8%.") == 0
    assert capsys.readouterr().out == "It gains eight percent.\n"
    assert podcast(show, "voices", "say", "It gains 8%.", "--voice", "tone-low", "-o", str(show / "said.wav")) == 0
    assert read(show / "said.wav").duration > 1


@pytest.mark.soak
def test_the_page_of_samples_asks_for_nothing_else(show: Path) -> None:
    """One audio element a voice that can speak here, its file beside the page, no address of another machine."""
    page = show / "samples"
    assert podcast(show, "voices", "try", "--all", "Hello <there>.", "--page", str(page)) == 0
    written = (page / "index.html").read_text()
    sources = re.findall(r'<audio [^>]*src="([^"]+)"', written)
    assert {"tone-high.mp3", "tone-low.mp3"} <= set(sources)
    assert all(read(page / source).duration > 0.3 for source in sources)
    assert {path.name for path in page.iterdir()} == {"index.html", *sources}
    assert "//" not in written
    assert "&lt;there&gt;" in written


@pytest.mark.soak
def test_voices_tells_what_was_measured(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Height and pace stand in the list after --measure, and from then on."""
    for arguments, measured in (([], False), (["--measure"], True), ([], True)):
        assert podcast(show, "voices", "--json", *arguments) == 0
        rows = {row["voice"]: row for row in json.loads(capsys.readouterr().out)["voices"]}
        assert bool(rows["tone-low"]["Hz"]) is measured
        assert bool(rows["tone-low"]["words/min"]) is measured
