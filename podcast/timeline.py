"""Where everything is in an episode, counted in samples: lines, music, cues and chapters."""

import itertools
from dataclasses import dataclass

from podcast.audio import Samples
from podcast.room import Room
from podcast.schema import Chapter, Cue, Line, Take


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


@dataclass(frozen=True)
class Timeline:
    """Where everything is, in samples of `rate`, and the common gain in dB that meets the target."""

    rate: int
    length: int
    spots: tuple[Spot, ...]
    music: tuple[Music, ...]
    gain: float
    ceiling: float
    """dB of full scale at which its peaks are held."""
    room: Room | None = None
    """The air that all of it is in, where it is talk."""

    @property
    def duration(self) -> float:
        return self.length / self.rate

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
