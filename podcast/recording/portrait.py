"""A voice by ear: it says two fixed sentences, and what was measured of them is kept until the voice changes."""

import datetime as dt
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import numpy as np
from pydantic import ValidationError

from podcast.recording import hearing, pace, pitch, verify
from podcast.recording.ordering import Actor, voice_made_of
from podcast.show import store
from podcast.show.errors import ConfigError, SynthesisError
from podcast.show.iso639 import primary
from podcast.show.schema import Record
from podcast.sound import audio
from podcast.sound.audio import Waveform

log = logging.getLogger(__name__)

VERSION = 1
"""Raise it when something is measured otherwise."""

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "en": ("The first of us asks what a listener would ask.", "Both voices read the same words here"),
    "de": ("Wer von uns beiden fragt, was Hörer fragen würden?", "Beide Stimmen lesen hier dieselben Worte"),
    "fr": ("La première pose les questions que vous poseriez.", "Les deux voix lisent ici les mêmes mots"),
    "es": ("La primera hace las preguntas que harían ustedes.", "Las dos voces leen aquí las mismas palabras"),
    "zh": ("第一位主持人会问听众想问的问题。", "两个声音在这里读同样的话"),
}
"""One with a mark at its end and one without, since engines end those differently; no stretch twice."""
_HEARD = (
    "Residual connections carry the gradient past every convolution that would weaken it.",
    "The decoder attends to all tokens of the prompt and predicts a distribution over the vocabulary.",
    "A distilled student keeps ninety-three point five percent of its teacher's accuracy at a quarter of the cost.",
    "Raising the learning rate beyond zero point one makes the loss diverge within two hundred iterations.",
    "They compare a sparse mixture of experts with dense baselines under an equal compute budget.",
    "Without augmentation the classifier overfits, and its validation error climbs from seven to thirteen percent.",
    "Noise is removed step by step, until a sharp image remains.",
    "The encoder maps each frame to a latent vector, which a quantizer rounds to the nearest code.",
)
"""What a voice says to an ear that shall judge its takes. All but
_DOUBTED of them have to be heard as they are: neural voices have none or one that is not, flite's two, eSpeak's six."""
_DOUBTED = 1
ALONE = threading.RLock()
"""Held where one of this process's engines speaks while others may want it to: it says one thing at a time."""


class Portrait(Record):
    """What a voice is like."""

    f0: float | None = None
    """Median fundamental frequency in Hz; None where nothing is voiced."""
    rate: float
    """Seconds that it needs where the first guess needs one; see `podcast.pace`."""
    soft_end: bool
    """Whether its sentences end softly."""
    varied: bool = True
    """Whether its unlike words sound unlike."""


class Understood(Record):
    """Whether an ear understands a voice."""

    ear: str
    understood: bool


@dataclass(frozen=True)
class Gallery:
    """The portraits that a show keeps, in a folder that may be deleted at any time."""

    folder: Path
    ear: str = "none"
    """Who hears the voices; see `hearing.ear`."""

    def of(self, actor: Actor) -> Portrait | None:
        """Return the voice's portrait, drawn now if there is none; None where the voice cannot say the sentences."""
        if found := self.kept(actor):
            return found
        with ALONE:
            return self.kept(actor) or self._drawn(actor)

    def _drawn(self, actor: Actor) -> Portrait | None:
        try:
            drawn = draw(actor)
        except SynthesisError as error:
            log.debug("%s could not be measured: %s", actor.voice.name, error)
            return None
        if drawn:
            store.write_atomic(self._path(actor), store.to_json(drawn))
        return drawn

    def kept(self, actor: Actor) -> Portrait | None:
        """Return the voice's portrait if it was drawn before."""
        try:
            return Portrait.model_validate_json(self._path(actor).read_bytes())
        except (OSError, ValidationError):
            return None

    def lessons(self, actor: Actor) -> pace.Lessons:
        """Return what the voice's takes teach of its pace."""
        return pace.Lessons(self.folder / f"{actor.voice.name}-{_key(actor)}.pace.json")

    def expected(self, actor: Actor, day: dt.date | None = None) -> verify.Expected:
        """Return what the voice's takes of a paper of that day are held to."""
        found = self.of(actor)
        pairs = self.lessons(actor).pairs(day)
        if found is None:
            return verify.Expected(pace=pace.fit(pairs, 1.0) if pairs else pace.Pace())
        return verify.Expected(pace.fit(pairs, found.rate), found.soft_end, found.varied, self._ear(actor, found))

    def _ear(self, actor: Actor, seen: Portrait) -> hearing.Ear | None:
        """Return who hears the voice's words; None where nobody does, or understands it: what it says means nothing."""
        ear = hearing.ear(self.ear, actor.voice.language) if seen.varied else None  # nobody understands tones
        if ear is None:
            return None
        path = self.folder / f"{actor.voice.name}-{_key(actor)}-{store.fingerprint('ear', VERSION, ear.name)[:6]}.json"
        found = store.load_disposable(Understood, path)
        if found is None:
            with ALONE:
                found = store.load_disposable(Understood, path) or Understood(
                    ear=ear.name, understood=understood(actor, ear)
                )
                store.write_atomic(path, store.to_json(found))
        return ear if found.understood else None

    def _path(self, actor: Actor) -> Path:
        return self.folder / f"{actor.voice.name}-{_key(actor)}.json"


def draw(actor: Actor) -> Portrait | None:
    """Have the voice say two sentences, and return what is measured; None where no sound comes of them.

    Raises SynthesisError where the engine cannot say them.
    """
    sentences = said_by(actor)
    sounds = list(actor.synthesizer.synthesize(sentences, actor.voice, [1, 2]))
    found = [pace.sounding(sound) if np.isfinite(sound.samples).all() else None for sound in sounds]
    seconds = [each.seconds for each in found if each]
    if len(seconds) < len(sentences):
        return None
    whole = Waveform(np.concatenate([audio.trim(sound).samples for sound in sounds]), sounds[0].sample_rate)
    f0 = pitch.median_f0(whole)
    return Portrait(
        f0=round(f0, 1) if f0 else None,
        rate=round(sum(seconds) / sum(map(pace.plain_seconds, sentences)), 3),
        soft_end=all(map(verify.ends_softly, sounds)),
        varied=all(map(verify.sounds_varied, sounds, sentences)),
    )


def said_by(actor: Actor) -> tuple[str, str]:
    """Return what the voice is measured by: two sentences of its language."""
    return _SENTENCES.get(primary(actor.voice.language), _SENTENCES["en"])


def understood(actor: Actor, ear: hearing.Ear) -> bool:
    """Return whether the ear hears what the voice says: a voice that it mishears would be refused again and again."""
    sounds = actor.synthesizer.synthesize(_HEARD, actor.voice, range(1, len(_HEARD) + 1))
    return sum(map(bool, ear.misses(list(zip(sounds, _HEARD, strict=True))))) <= _DOUBTED


def check_apart(
    actors: Mapping[str, Actor], gallery: Gallery, least: float, chosen: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Raise ConfigError where the hosts' voices are less than `least` semitones apart: who speaks could not be heard.

    `chosen` are hosts whose voice was asked for apart from the show's, and how: of a pair such a one gets another.
    Voices of which nothing can be measured are let pass.
    """
    if least <= 0:
        return
    found = [(key, actor.voice.name, gallery.of(actor)) for key, actor in actors.items()]
    known = [(key, name, seen.f0) for key, name, seen in found if seen and seen.f0]
    for index, (key, name, f0) in enumerate(known):
        for other_key, other, other_f0 in known[index + 1 :]:
            apart = pitch.semitones(f0, other_f0)
            if apart < least:
                changed = key if key in chosen and other_key not in chosen else other_key
                free = _free([height for one, _, height in known if one != changed], least)
                raise ConfigError(
                    f"the voices of host {key} ({name}, {f0:.0f} Hz) and host {other_key} ({other}, {other_f0:.0f} Hz) "
                    f"are only {apart:.1f} semitones apart: listeners could not tell who speaks",
                    f"choose another voice for {changed} {chosen.get(changed, 'in [[hosts]]')}, one {free} "
                    "(`podcast voices --measure` lists "
                    "how high each is), "
                    f"or allow it: [record] min_semitones = {int(apart)}",
                )


def _free(others: Sequence[float], least: float) -> str:
    """Return in words how high a voice may be, in Hz, to be told from the others.

    >>> _free([180.0, 113.5], 4.0)
    'under 90 Hz or over 227 Hz'
    >>> _free([240.0, 113.5], 4.0)
    'under 90 Hz, between 143 and 190 Hz or over 302 Hz'
    """
    apart = 2 ** (least / 12)
    heights = sorted(set(others))
    found = [f"under {heights[0] / apart:.0f} Hz"]
    for low, high in pairwise(heights):
        if low * apart < high / apart:
            found.append(f"between {low * apart:.0f} and {high / apart:.0f} Hz")
    found.append(f"over {heights[-1] * apart:.0f} Hz")
    *first, last = found
    return f"{', '.join(first)} or {last}"


def _key(actor: Actor) -> str:
    """Name what makes the voice."""
    return store.fingerprint("portrait", VERSION, {"voice": voice_made_of(actor), "ear": ""})[:12]
