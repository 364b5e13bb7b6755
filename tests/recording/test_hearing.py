"""Who hears the words: what counts as heard, whom to believe, and that the real recognisers hear."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import faults
import pytest
from conftest import load, podcast, save
from hearing import PLAIN, decoded, edits_between

from podcast import speech
from podcast.recording import casting, crew, hearing, ordering, portrait, record, retake, verify, words
from podcast.recording.ordering import Actor
from podcast.recording.whisper import Whisper
from podcast.recording.words import Miss
from podcast.show import config, packaged
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError
from podcast.show.schema import Line, Script, Voice
from podcast.show.workspace import Workspace
from podcast.sound.audio import Waveform
from podcast.synthesizers.tone import Tone

VOICES = config.read_voices(packaged.voices())
LEXICON = speech.Lexicon.load(packaged.voices() / "lexicon.tsv")
TEXT = "It goes on to the last step, and that takes a while."


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("It gains ninety-one point five percent in twenty seventeen.", "It gains 91.5% in 2017."),
        ("The data set has three hundred images.", "The dataset has 300 images."),
        ("It is known that Bengio tried a quantizer.", "It's known that Benjio Oh tried a quantiser."),
        ("They won two games for you.", "They one too games four you."),
        ("Say a text has a hundred words.", "Say one text has 100 words."),
        ("Then G P T four and lora won.", "Then GPT-4 and LoRA won."),
        ("It won on ILSVRC and L S U N.", "It won on I-L-S-V-R-C and LS you N."),
    ],
)
def test_what_is_spelled_otherwise_is_heard(said: str, heard: str) -> None:
    """Numerals, compounds, short forms, names, spelled letters and words that sound alike are no faults."""
    assert words.missed([said], heard, LEXICON) == [()]


@pytest.mark.parametrize(
    ("said", "heard", "missed"),
    [
        ("It grows by seventy percent.", "It grows by 17%.", Miss("seventy", "seventeen")),
        ("It is on the edge.", "It is on edge.", Miss("the", "")),
        ("It is not so.", "It's so.", Miss("not", "")),
        ("It reads the page.", "It reads the yellow page.", Miss("", "yellow")),
        ("We saw it end.", "We saw it.", Miss("end", "")),
        ("There they are.", "There they.", Miss("are", "")),
        ("We asked Bengio.", "We asked.", Miss("bengio", "")),
        ("Nine in ten.", "9 in 12.", Miss("ten", "twelve")),
    ],
)
def test_what_is_another_word_is_missed(said: str, heard: str, missed: Miss) -> None:
    """A word too few, too much or another one is told, and a number that is nearly right is another one."""
    assert words.missed([said], heard, LEXICON) == [(missed,)]


def test_each_line_of_a_window_has_its_own() -> None:
    """Lines that are heard in one go are told apart; what comes between two is told of both."""
    lines = ["One thing is fast.", "Another is slow.", "Why is that?"]
    assert words.missed(lines, "One thing fast. Another is slow. Why is that?", LEXICON) == [(Miss("is", ""),), (), ()]
    between = (Miss("", "indeed"),)
    assert words.missed(lines, "One thing is fast. Another is slow. Indeed, why is that?", LEXICON) == [
        (), between, between,
    ]  # fmt: skip


def test_windows_are_as_full_as_they_can_be() -> None:
    """In order, none over the most but for one that alone is longer, none empty; without a window each is alone."""
    assert list(hearing.together([3, 4, 5, 20, 1, 1], float, 10)) == [(3, 4), (5,), (20,), (1, 1)]
    assert list(hearing.together([3, 4], float, 0)) == [(3,), (4,)]
    assert list(hearing.together([], float, 9)) == []


class Hearing:
    """Misses, at each sound, the words that come next."""

    name = chosen = "stub"
    window = 0.0
    memory = 0

    def __init__(self, *missed: str) -> None:
        self.missed = list(missed)

    def misses(self, takes: Sequence[tuple[Waveform, str]]) -> list[tuple[Miss, ...]]:
        found = [self.missed.pop(0) if self.missed else "" for _ in takes]
        return [(Miss(word, ""),) if word else () for word in found]


class Steady(Tone):
    """Tones in which no chance is."""

    version = "steady"

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        yield from super().synthesize(texts, voice, [1] * len(texts))


def again(engine: Tone, *missed: str, text: str = TEXT, fallback: Sequence[str] = ()) -> tuple[Waveform, retake.Trial]:
    """Say the text again and again; `fallback` are the words that are missed in the other voice."""

    def by(name: str, ear: Hearing) -> retake.Speaker:
        return retake.Speaker(VOICES[name], engine, verify.Expected(soft_end=False, varied=False, ear=ear))

    trial = retake.Trial("key")
    speakers = [by("tone-low", Hearing(*missed)), *([by("tone-high", Hearing(*fallback))] if fallback else [])]
    return retake.again(trial, text, speakers, None), trial


def test_a_recogniser_that_misses_the_same_in_unlike_sounds_is_told_of_and_stops_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whole three times, and whatever in clauses, the first sound stays; words that differ are the voice's."""
    for in_clauses in ("step", "goes"):
        sound, trial = again(Tone(), *["step"] * 3, in_clauses, "", in_clauses)
        assert sound is trial.doubts[0].sound
        assert "may err, so listen to it: step" in caplog.text
    sound, trial = again(Tone(), "step while", "step", "step last", "goes", "", "goes")
    assert sound is trial.doubts[1].sound  # what else is missed in the others, it has
    with pytest.raises(SynthesisError, match="not heard in it"):
        again(Tone(), "step", "last", "step", "goes", "", "goes")


def test_the_same_sound_again_is_no_second_witness() -> None:
    """A voice without chance may always lack the word: said whole only, it is refused; also in clauses, believed."""
    short = "It goes on."
    with pytest.raises(SynthesisError, match="not heard in it: “on”"):
        again(Steady(), *["on"] * 9, text=short)
    with pytest.raises(SynthesisError):
        again(Steady(), "step", "while", "while")
    sound, trial = again(Steady(), *["step"] * 4)
    assert sound is trial.doubts[0].sound
    assert [attempt.way for attempt in trial.attempts][-1].startswith("clause 2 of 2")


def test_another_voice_is_no_witness_for_the_first() -> None:
    """What is missed in the voice's only sound and in its fallback's is refused; the fallback's own are believed."""
    short = "It goes on."
    with pytest.raises(SynthesisError, match="not heard in it"):
        again(Steady(), "on", "on", text=short, fallback=["on", "on"])
    sound, trial = again(Tone(), "on", "goes", "on", text=short, fallback=["it", "it", "it"])
    assert [doubt.by for doubt in trial.doubts if doubt.sound is sound] == ["tone-high"]


def test_an_ear_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None where none is wanted or the language is not known; what is missing or no model is a sentence and a fix."""
    assert hearing.ear("none") is None
    assert hearing.ear("auto", "de") is None
    assert hearing.named("auto", "fr-FR") == ""
    with pytest.raises(ConfigError, match=r"no model of Whisper's: model\.bin, config\.json, tokenizer\.json"):
        hearing.named(str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert hearing.named("auto") == ""
    with pytest.raises(MissingDependency, match="'faster_whisper'"):
        hearing.ear("whisper")


def test_a_show_says_who_hears_it(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast doctor` names the ear, and what is wrong with the one that is wanted."""
    assert podcast(show, "doctor") == 0
    assert "takes are heard by whisper-1a5afae06a4d" in " ".join(capsys.readouterr().out.split())
    path = show / "podcast.toml"
    path.write_text(path.read_text().replace("[record]", '[record]\near = "models/none"'))
    assert podcast(show, "doctor") == 1
    assert "models/none holds no model of Whisper's" in " ".join(capsys.readouterr().out.split())


def heart() -> Actor:
    return casting.sounding(casting.actor(VOICES["hibari-heart"], []), LEXICON)


@pytest.mark.soak
@pytest.mark.parametrize("chosen", ["whisper", "pocketsphinx"])
def test_the_real_ears_hear(chosen: str) -> None:
    """One word wrong in a line is caught, by Whisper in all but one, and good lines pass."""
    try:
        ear = hearing.ear(chosen)
    except MissingDependency as error:
        pytest.skip(f"{error}: {error.hint}")
    assert ear is not None
    actor, chance = heart(), random.Random(3)
    texts = [speech.say(text, LEXICON) for text in faults.lines(8, 77)]
    wrong = [chance.choice(sorted(faults.wrong_words(text, chance).values())) for text in texts if len(text) > 20]
    said = [text for text in texts if len(text) > 20]
    good = list(zip(actor.synthesizer.synthesize(texts, actor.voice, range(len(texts))), texts, strict=True))
    bad = list(zip(actor.synthesizer.synthesize(wrong, actor.voice, range(len(wrong))), said, strict=True))
    assert ear.misses(good) == [()] * len(texts)
    caught = sum(map(bool, ear.misses(bad)))
    assert caught >= (len(bad) - 1 if chosen == "whisper" else len(bad) / 2)


@pytest.mark.soak
def test_lines_heard_in_one_go_are_the_same_takes_by_any_number_of_workers(tmp_path: Path) -> None:
    """With the real ear two workers leave the bytes that one process leaves, and no good line is refused."""
    actor = heart()
    expected = verify.Expected(ear=hearing.ear("whisper"))
    lines = tuple(Line(host="A", text=text, chapter="x", take=1) for text in (*faults.SHORT, *PLAIN[:8]))
    wanted = ordering.orders(Script(title="x", description="x", lines=lines), {"A": actor}, LEXICON)

    def takes(name: str, elsewhere: record.Elsewhere | None) -> dict[str, bytes]:
        folder = Workspace(tmp_path / name).day(dt.date(2024, 3, 5)).paper("2403.00001")
        assert len(list(record.record(wanted, folder, lambda _: expected, elsewhere))) == len(lines)
        return {path.name: path.read_bytes() for path in folder.takes.iterdir()}

    alone = takes("alone", None)
    assert takes("both", crew.Crew(2)) == alone
    assert not [name for name in alone if name.endswith(".json")]


@pytest.mark.long
def test_a_voice_that_is_misheard_is_not_judged_by_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ear that mishears two of its sentences says nothing of a voice's takes; that is found out once."""
    actor, gallery = heart(), portrait.Gallery(tmp_path, "whisper")
    for doubted, understands in ((2, False), (1, True)):
        ear = Hearing(*["step"] * doubted)
        ear.name = f"stub {doubted}"
        monkeypatch.setattr("podcast.recording.hearing.ear", lambda *_, ear=ear: ear)
        assert (gallery.expected(actor).ear is not None) is understands
        assert ear.missed == []
        ear.missed = ["another"] * 8
        assert (gallery.expected(actor).ear is not None) is understands


@pytest.mark.long
def test_the_demo_is_understood(show: Path) -> None:
    """Of a minute of the demo by the default voices, decoded from its MP3, Whisper hears 96 of 100 words."""
    (show / "podcast.toml").write_text('[record]\nsynthesizer = "hibari"\near = "none"\n')
    for arguments in (("fetch", "--demo"), ("read", "1706.03762"), ("write", "1706.03762")):
        assert podcast(show, *arguments) == 0
    (path,) = show.glob("episodes/*/*/script.json")
    save(path, script := load(path) | {"lines": load(path)["lines"][:9]})
    assert podcast(show, "make", "--demo", "--top", "1", "--no-publish", "--allow-ungrounded") == 0
    episode = load(path.parent / "episode.json")
    assert len(episode["cues"]) == len(script["lines"])
    sound = decoded(path.parent / episode["media"]["file"])
    ear = hearing.ear("whisper")
    assert isinstance(ear, Whisper)
    edits = words_said = 0
    for cues in hearing.together(episode["cues"], lambda cue: cue["end"] - cue["start"], 26.0):
        part = sound.samples[round(cues[0]["start"] * 16_000) : round(cues[-1]["end"] * 16_000)]
        said = speech.say(" ".join(cue["text"] for cue in cues), LEXICON)
        heard = speech.say(ear.heard([Waveform(part, 16_000)]), LEXICON)
        edits += edits_between(said, heard)
        words_said += len(said.split())
    assert words_said > 120
    assert edits / words_said <= 0.04
