"""What voices sound like: a text in one voice or in all, as files, aloud, or as a page."""

import html
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast import speech
from podcast.cli import console
from podcast.recording import casting
from podcast.show import store
from podcast.show.errors import ConfigError, MissingDependency
from podcast.show.iso639 import base
from podcast.show.schema import Voice
from podcast.sound import audio, ffmpeg
from podcast.sound.audio import Waveform
from podcast.studio import Studio

log = logging.getLogger(__name__)

_PLAYERS: Mapping[str, tuple[str, ...]] = {
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
    "afplay": (),
    "aplay": ("-q",),
}
"""Programs that play sounds, with what they are told besides a file's name; the first that is there does."""

_WAV_ALONE = ("aplay",)
"""Those that play any other file as noise."""


@dataclass(frozen=True)
class Sample:
    """A voice, the text as it speaks it, and the sound."""

    voice: Voice
    spoken: str
    sound: Waveform


def say(studio: Studio, voice: Voice, text: str, fetch: bool = True) -> Sample:
    """Return the text in that voice. Raises MissingDependency, and SynthesisError where it cannot be said."""
    spoken = speech.say(text, studio.lexicon, voice.language)
    actor = casting.sounding(casting.actor(voice, studio.voice_folders, fetch=fetch), studio.lexicon)
    return Sample(voice, spoken, next(iter(actor.synthesizer.synthesize([spoken], actor.voice, [1]))))


def of_all(studio: Studio, text: str) -> Iterator[Sample]:
    """Yield the text in each voice of the show's language whose engine is installed; voices that cannot are named."""
    language = base(studio.config.show.language)
    for voice in studio.voices.values():
        if base(voice.language) != language:
            continue
        try:
            yield say(studio, voice, text, fetch=False)
        except (ConfigError, MissingDependency) as error:
            log.info("%s is left out: %s → %s", voice.name, error, error.hint)


def save(sample: Sample, path: Path) -> Path:
    """Write the sound as 16-bit WAV, and return where."""
    with store.replacing(path, durable=False) as temporary:
        _write(temporary, sample.sound)
    return path


def _write(path: Path, sound: Waveform) -> None:
    import soundfile

    soundfile.write(path, audio.to_pcm(sound), sound.sample_rate, format="WAV", subtype="PCM_16")


def player() -> str | None:
    """Return the program that plays sounds here, if one is installed."""
    return next((name for name in _PLAYERS if shutil.which(name)), None)


def play(path: Path) -> bool:
    """Play the file to its end; return whether it could be played."""
    program = player()
    if program is None:
        return False
    if program in _WAV_ALONE and path.suffix != ".wav":
        with tempfile.TemporaryDirectory() as folder:
            sound = Path(folder, "sound.wav")
            ffmpeg.run("-i", str(path), "-c:a", "pcm_s16le", str(sound))
            return play(sound)
    done = subprocess.run(
        [program, *_PLAYERS[program], str(path)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        log.debug("%s: %s", program, done.stderr.strip()[-200:])
    return done.returncode == 0


def aloud(path: Path) -> bool:
    """Play the file to its end, or say that nothing here can; return whether it was heard."""
    heard = play(path)
    if not heard:
        console.warn(f"No program here can play it (ffplay, afplay or aplay would): {path}")
    return heard


def page(samples: Sequence[Sample], text: str, folder: Path) -> Path:
    """Write index.html and a sound for each sample into the folder, and return the page.

    Sounds are MP3, so that a page that is published is small; each voice says its engine, language, licence and source.
    """
    sections = []
    for sample in samples:
        voice = sample.voice
        name = f"{voice.name}.mp3"
        store.write_atomic(folder / name, _mp3(sample.sound))
        facts = ", ".join((voice.synthesizer, voice.language, voice.licence, *filter(None, [voice.source])))
        sections.append(
            f"<section><h2>{html.escape(voice.name)}</h2><p>{html.escape(voice.description)}</p>"
            f"<p><small>{html.escape(facts)}</small></p>"
            f'<audio controls preload="none" src="{html.escape(name)}"></audio></section>'
        )
    template = (Path(__file__).parent / "templates" / "voices.html").read_text("utf-8")
    filled = template.replace("@TEXT@", html.escape(text)).replace("@VOICES@", "\n".join(sections))
    path = folder / "index.html"
    store.write_atomic(path, filled.encode())
    return path


def _mp3(sound: Waveform) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sound.wav")
        _write(path, sound)
        return ffmpeg.run("-i", str(path), "-ac", "1", "-b:a", "64k", "-map_metadata", "-1", "-f", "mp3", "pipe:1")
