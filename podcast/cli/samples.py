"""What voices sound like: a text in one voice or in all, as files, aloud, or as a page."""

import html
import logging
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast import speech
from podcast.recording import casting
from podcast.show import store
from podcast.show.errors import ConfigError, MissingDependency
from podcast.show.schema import Voice
from podcast.sound import audio
from podcast.sound.audio import Waveform
from podcast.studio import Studio

log = logging.getLogger(__name__)

_PLAYERS: Mapping[str, tuple[str, ...]] = {
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
    "afplay": (),
    "aplay": ("-q",),
}
"""Programs that play a WAV file, with what they are told besides its name; the first that is there does."""

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Voices</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }}
section {{ border-top: 1px solid #8888; padding: .5rem 0 }}
h2 {{ font-size: 1.1rem; margin: .5rem 0 0 }}
p {{ margin: .2rem 0 }}
audio {{ width: 100% }}
</style>
<h1>Voices</h1>
<p>“{text}”</p>
{voices}
</html>
"""


@dataclass(frozen=True)
class Sample:
    """A voice, the text as it speaks it, and the sound."""

    voice: Voice
    spoken: str
    sound: Waveform


def say(studio: Studio, voice: Voice, text: str, fetch: bool = True) -> Sample:
    """Return the text in that voice. Raises MissingDependency, and SynthesisError where it cannot be said."""
    spoken = speech.say(text, studio.lexicon, voice.language)
    actor = casting.actor(voice, studio.voice_folders, fetch=fetch)
    return Sample(voice, spoken, next(iter(actor.synthesizer.synthesize([spoken], actor.voice, [1]))))


def named(studio: Studio, name: str) -> Voice:
    """Return the voice of that name; ConfigError where there is none."""
    if name not in studio.voices:
        raise ConfigError(f"there is no voice {name!r}", "podcast voices lists those there are")
    return studio.voices[name]


def of_all(studio: Studio, text: str) -> Iterator[Sample]:
    """Yield the text in each voice of the show's language whose engine is installed; voices that cannot are named."""
    language = studio.config.show.language.partition("-")[0]
    for voice in studio.voices.values():
        if voice.language.partition("-")[0] != language:
            continue
        try:
            yield say(studio, voice, text, fetch=False)
        except (ConfigError, MissingDependency) as error:
            log.info("%s is left out: %s → %s", voice.name, error, error.hint)


def save(sample: Sample, path: Path) -> Path:
    """Write the sound as 16-bit WAV, and return where."""
    import soundfile

    with store.replacing(path, durable=False) as temporary:
        soundfile.write(temporary, audio.to_pcm(sample.sound), sample.sound.sample_rate, format="WAV", subtype="PCM_16")
    return path


def player() -> str | None:
    """Return the program that plays sounds here, if one is installed."""
    return next((name for name in _PLAYERS if shutil.which(name)), None)


def play(path: Path) -> bool:
    """Play the file to its end; return whether it could be played."""
    program = player()
    if program is None:
        return False
    done = subprocess.run(
        [program, *_PLAYERS[program], str(path)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        log.debug("%s: %s", program, done.stderr.strip()[-200:])
    return done.returncode == 0


def page(samples: Sequence[Sample], text: str, folder: Path) -> Path:
    """Write index.html and a WAV file for each sample into the folder, and return the page."""
    sections = []
    for sample in samples:
        voice = sample.voice
        save(sample, folder / f"{voice.name}.wav")
        facts = f"{voice.synthesizer}, {voice.language}, {voice.licence}"
        sections.append(
            f"<section><h2>{html.escape(voice.name)}</h2><p>{html.escape(voice.description)}</p>"
            f"<p><small>{html.escape(facts)}</small></p>"
            f'<audio controls preload="none" src="{html.escape(voice.name)}.wav"></audio></section>'
        )
    path = folder / "index.html"
    store.write_atomic(path, _PAGE.format(text=html.escape(text), voices="\n".join(sections)).encode())
    return path
