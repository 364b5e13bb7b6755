"""How a host sounds, and how a take came about."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, JsonValue

from podcast.show.schema.values import Exchanged, Record, Setting


class Voice(Record):
    """How a host sounds: one TOML file in `voices/`, named after it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    synthesizer: str
    """A name of `podcast.synthesizers`, or `package.module:Class`."""
    model: str = ""
    speaker: str | None = None
    speaker_wav: str | None = None
    """A reference recording, beside the voice's file."""
    language: str = "en"
    description: str = ""
    settings: dict[str, Setting] = {}
    extra: dict[str, JsonValue] = {}
    """What a speech server takes besides, sent as it stands."""
    sounds: dict[str, str] = Field(default={}, exclude=True)
    """How words of a spoken text sound, in the engine's alphabet: the lexicon's, given when the voice is cast."""
    fallback: str | None = None
    """The voice that says a line which this one cannot; its fallback is not asked."""
    licence: str
    """The terms of the voice, as an SPDX identifier where there is one."""
    source: str = ""
    """Where it comes from: package, model, and what it was taught by; each episode says so."""


class Attempt(Exchanged):
    """One try at a line that was not right at once."""

    way: str
    """How it was said: whole, joined with a neighbour, or in clauses; and by which try."""
    voice: str
    found: tuple[str, ...] = ()
    """What was wrong with it; empty for the last, which became the take."""


class Attempts(Record):
    """How a take came about, beside it where the first try was not right."""

    attempts: tuple[Attempt, ...]


class Retake(Exchanged):
    """A line of the episode that was not right at once, and how its take came about."""

    line: int = Field(ge=1)
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of one line, as it lies on disk."""

    key: str
    sound: Path
    """Mono 16-bit FLAC, without the silence around the words."""
    text: str
    """The line's written text."""
    seconds: float = 0.0
    """How many of it sound, as `podcast.recording.pace` has it: known of a take that was made now; 0 of another."""

    @property
    def energies(self) -> Path:
        """Its loudness, as `podcast.loudness.measure` found it; made again where it is gone."""
        return self.sound.with_suffix(".energies")

    @property
    def attempts(self) -> Path:
        """How it came about, as `Attempts`; not there where the first try was right."""
        return self.sound.with_suffix(".json")
