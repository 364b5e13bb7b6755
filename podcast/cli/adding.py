"""A voice of Piper's list becomes two voices of the show: one as it is, and one for the other host."""

import logging
from collections.abc import Callable
from pathlib import Path

from podcast.recording import casting, pitch
from podcast.show import store
from podcast.show.errors import PodcastError
from podcast.show.schema import Voice
from podcast.studio import Studio
from podcast.synthesizers import piper_list

log = logging.getLogger(__name__)

_APART = 4.5
"""Semitones between the two hosts: half a tone more than a show asks for."""
_TRIED = 8
"""Speakers of a voice with many that are listened to, to find a high and a low one."""
_TEXT = "Alpha, beta, gamma, delta: one, two, three."
_MIDDLE = 140.0
"""Hz: a voice over it is lowered for the second host, one under it raised."""


def add(studio: Studio, voice: piper_list.Found, tell: Callable[[int, int], None]) -> tuple[list[str], str]:
    """Fetch the voice into the show's voices/, describe two voices of it, and return their names and its terms.

    What is there is left as it is. Raises SourceError where it cannot be fetched.
    """
    folder = studio.workspace.voices
    model = piper_list.fetch(studio.config.sources.huggingface, voice, folder, tell)
    card = (folder / f"{voice.key}.MODEL_CARD.txt").read_text("utf-8", errors="replace")
    terms = piper_list.terms(card, voice.key)
    _, speaker, quality = voice.key.split("-")
    base = f"{speaker}-{quality}".replace("_", "-").lower()
    made = []
    for letter, settings in zip("ab", _two(studio, voice, model, terms.licence), strict=True):
        manner = ", moved for the second host" if "pitch" in settings else ""
        text = (
            f"# {terms.told}\n"
            f'description = "{speaker} of Piper\'s voices{manner}."\n'
            'synthesizer = "piper"\n'
            f'model = "{model.name}"\n'
            f"{settings}"
            f'language = "{voice.language}"\n'
            f'licence = "{terms.licence}"\n'
            f'source = "{voice.key} of rhasspy/piper-voices; {voice.key}.MODEL_CARD.txt says of what it is made"\n'
        )
        store.create_once(folder / f"{base}-{letter}.toml", text.encode())
        made.append(f"{base}-{letter}")
    return made, terms.told


def _two(studio: Studio, voice: piper_list.Found, model: Path, licence: str) -> tuple[str, str]:
    """Return what tells the two hosts apart, as lines of TOML: the highest and the lowest speaker, or a moved pitch."""
    heights = {
        number: height
        for number in range(min(voice.speakers, _TRIED))
        if (height := _height(studio, voice, model, licence, number)) is not None
    }
    speakers = voice.speakers > 1
    if not heights:  # nothing speaks here yet: it is lowered, as most voices are high
        return ('speaker = "0"\n' if speakers else ""), _moved(speakers, 0, lower=True)
    high, low = max(heights, key=heights.__getitem__), min(heights, key=heights.__getitem__)
    if pitch.semitones(heights[high], heights[low]) >= _APART:
        return f'speaker = "{high}"\n', f'speaker = "{low}"\n'
    return (f'speaker = "{high}"\n' if speakers else ""), _moved(speakers, high, lower=heights[high] > _MIDDLE)


def _moved(speakers: bool, number: int, lower: bool) -> str:
    times = 2 ** ((-_APART if lower else _APART) / 12)
    return (f'speaker = "{number}"\n' if speakers else "") + f"settings = {{ pitch = {times:.2f} }}\n"


def _height(studio: Studio, found: piper_list.Found, model: Path, licence: str, speaker: int) -> float | None:
    """Return the speaker's median F0 in Hz; None where it cannot be heard here."""
    named = {"name": "new", "synthesizer": "piper", "model": model.name, "speaker": str(speaker)}
    voice = Voice.model_validate({**named, "language": found.language, "licence": licence})
    try:
        actor = casting.actor(voice, studio.voice_folders)
        return pitch.median_f0(next(iter(actor.synthesizer.synthesize([_TEXT], actor.voice, [1]))))
    except PodcastError as error:
        log.info("%s cannot be heard here: %s → %s", found.key, error, error.hint)
        return None
