"""Where everything is in an episode, counted in samples: lines, music, cues and chapters."""

import itertools
from dataclasses import dataclass

from podcast.show.schema import Chapter, Cue, Line, Take
from podcast.sound.audio import Samples
from podcast.sound.levels import Level
from podcast.sound.loudness import Energies
from podcast.sound.room import Room


@dataclass(frozen=True, slots=True)
class Spot:
    """A line's place: its first sample and sample count on the timeline, and its gain against the loudest in dB."""

    number: int
    line: Line
    take: Take
    start: int
    count: int
    gain: float

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True)
class Music:
    """A sound under or beside the words: its first sample on the timeline, and its samples, ducked."""

    start: int
    samples: Samples


@dataclass(frozen=True, eq=False)
class Timeline:
    """Where everything is, in samples of `rate`."""

    rate: int
    length: int
    spots: tuple[Spot, ...]
    music: tuple[Music, ...]
    level: Level
    """What brings it to the loudness that was asked for."""
    room: Room | None
    """The air that all of it is in, where it is talk."""
    energies: Energies
    """Of all of it, before its gain."""

    @property
    def duration(self) -> float:
        return self.length / self.rate

    @property
    def gains(self) -> tuple[float, ...]:
        """The common gain, and each line's, in dB."""
        return (self.level.gain, *(spot.gain for spot in self.spots))

    def cues(self, hosts: dict[str, str]) -> tuple[Cue, ...]:
        """Return one cue a line, in seconds."""
        return tuple(
            Cue(
                line=spot.number,
                host=hosts[spot.line.host],
                text=spot.line.text,
                start=spot.start / self.rate,
                end=(spot.start + spot.count) / self.rate,
                take=spot.take.key,
                claims=spot.line.spoken(),
                kind=spot.line.kind,
            )
            for spot in self.spots
        )

    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters: contiguous, the first from 0, the last to the end."""
        firsts = [next(group) for _, group in itertools.groupby(self.spots, key=lambda spot: spot.line.chapter)]
        starts = [0, *(spot.start for spot in firsts[1:])]
        ends = [*starts[1:], self.length]
        return tuple(
            Chapter(title=spot.line.chapter, start=start / self.rate, end=end / self.rate)
            for spot, start, end in zip(firsts, starts, ends, strict=True)
        )
