"""The published thing: where each line is heard, its chapters, its media."""

import datetime as dt

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from podcast.show.schema.documents import Claim
from podcast.show.schema.ids import TRAILER, EpisodeId
from podcast.show.schema.memories import Memory
from podcast.show.schema.scripts import Correction, HostKey
from podcast.show.schema.values import Exchanged, Instant, Record, Seconds, Spoken, Text, Usage, as_before
from podcast.show.schema.voices import Retake


class Cue(Exchanged):
    """Where a take sits on the episode's timeline, in seconds."""

    line: int = Field(ge=1)
    host: Text
    """The host's name, as heard."""
    text: Text
    start: Seconds
    end: Seconds
    take: str
    """The take's key."""
    claims: tuple[str, ...] = ()
    """Paths of the episode's claims that it speaks."""
    kind: str = ""
    """"general" or "example" where it says what is not the paper's."""
    doubt: Text = ""
    """What the second reader found wrong with it, in an episode of an earlier version; `Episode.doubted` has it now."""


class Chapter(Exchanged):
    """A section of the episode, in seconds; chapters are contiguous and cover the whole file."""

    title: Text
    start: Seconds
    end: Seconds
    url: str | None = None
    """Where to read on: a roundup's chapter has its paper's address."""
    image: str | None = None
    """Its picture, by its path under feed/; in an item alone."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "image")

    def holds(self, cue: Cue) -> bool:
        """Whether the cue's middle lies in it, however the times were rounded."""
        return self.start <= (cue.start + cue.end) / 2 < self.end


class Media(Exchanged):
    """The episode's file. `file` is relative to the paper's folder."""

    file: str
    type: str
    size: int = Field(gt=0)
    """Bytes."""
    duration: Seconds
    sha256: str


class Frames(Record):
    """What a mix holds of one piece: frames of its MP3, and what was heard of them when they were made."""

    key: str
    """The piece's: what made it."""
    count: int = Field(gt=0)
    size: int = Field(gt=0)
    """Bytes."""
    sha256: str
    checksum: int
    """As LAME's tag has it."""
    padding: int
    """Samples at its end that a decoder is to leave out, where it is the last one."""
    steps: str
    """K-weighted energies in steps of 100 ms, little-endian float32 in base64."""
    peak: float | None
    """dBTP; None where it was not looked for."""


class Gains(Record):
    """What a mix was brought to its loudness by: kept, so that a changed line leaves all others as they are."""

    target: float
    """LUFS that it is to have."""
    common: float
    """dB."""
    ceiling: float
    """dB of full scale, where the limiter stands."""
    aim: float
    """LUFS that the prediction was asked for."""
    hosts: dict[HostKey, float]
    """Each host's own gain in dB, and
    spoken the loudness in LUFS that it brings them to."""
    spoken: float


class Sealed(Record):
    """Beside a mix: what it was when it was made. A mix whose bytes are others is made again."""

    sounds: tuple[Media, ...]
    gains: Gains | None = None
    frames: tuple[Frames, ...] = ()
    """Its pieces, in order, up to the end of the MP3: a mix of the same pieces takes them from there."""


class Pruned(Record):
    """Beside an episode whose takes were taken away to make room; its sound is as it was."""

    on: dt.date
    takes: int
    """How many."""


class Remark(Record):
    """A moment of an episode that somebody marked while listening."""

    at: Seconds
    """In the sound that was heard then."""
    line: int
    """Counted from 1."""
    text: Text
    """What the line said: where no line says it any more, the remark is done with."""
    note: Text = ""
    """What is wrong, in the listener's words."""
    made: Instant


class Remarks(Record):
    """What is to be mended of an episode."""

    remarks: tuple[Remark, ...] = ()


class Episode(Exchanged):
    """The published thing. It exists only when its media does; guid, number and published never change."""

    paper_id: EpisodeId
    day: dt.date
    guid: str
    number: int = Field(ge=0)
    """From 1; 0 for a trailer, which has none."""
    title: Text
    description: Text
    published: Instant
    media: Media
    alternates: tuple[Media, ...] = ()
    """The same sound in other formats."""
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    language: Spoken = ""
    """In which it is spoken, whatever the show's is since."""
    hosts: dict[HostKey, Text]
    """Host names by key, as heard."""
    corrections: tuple[Correction, ...] = ()
    """The oldest first."""
    claims: dict[str, Claim] = {}
    """What is spoken of the brief, by path, as it stood when the episode was mixed."""
    memories: tuple[Memory, ...] = ()
    """The earlier episodes that it refers to, with what it says of them."""
    revision: int = Field(default=0, ge=0)
    """How often it was changed since it was first made, an undo counted as well: an older copy says fewer."""
    key: str
    """The mix's key: what made this media."""
    gains: Gains | None = None
    """Held when it is corrected; None for an episode of a version that encoded it in one go."""
    retakes: tuple[Retake, ...] = ()
    """Lines whose first take was refused, and what was tried."""
    made_with: dict[str, str] = {}
    allowed: tuple[str, ...] = ()
    """What a person let pass though the paper does not say it, line by line."""
    doubted: dict[int, tuple[str, ...]] = {}
    """By a line's number, what of it is doubted."""
    usage: Usage = Usage()
    """What reading and writing took of a language model."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "language", "memories", "revision")

    @property
    def changed(self) -> dt.datetime:
        """When what listeners are told of it changed last: when it was published, or corrected."""
        return max([self.published, *(each.since for each in self.corrections)])

    @property
    def is_trailer(self) -> bool:
        """Whether it tells of the show, and of no paper."""
        return self.paper_id == TRAILER

    def sounds(self) -> tuple[Media, ...]:
        """Return all its media, the enclosure's first."""
        return (self.media, *self.alternates)

    def voice(self, host: HostKey) -> str:
        """Return the name of the voice that spoke for the host; "" where the episode does not say."""
        return self.made_with.get(f"voice {host}", "").partition(" by ")[0]
