"""Where everything is in an episode, counted in samples: lines, music, cues and chapters."""

import itertools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from podcast.show.schema import Chapter, Cue, Gains, Line, Take
from podcast.sound.audio import Samples
from podcast.sound.levels import Level
from podcast.sound.loudness import Energies
from podcast.sound.room import Room
from podcast.sound.watermarks import Watermark


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
    name: str = ""
    """What made the samples."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the timeline whose MP3 is made by itself: the spots from `first` to before `last`."""

    first: int
    last: int
    start: int
    """Its first sample on the timeline."""
    frames: int | None
    """How many of the MP3's frames it fills; None for the last piece, which is as long as it is."""


FEWEST = 3
"""Chapters that an episode keeps, however short: with fewer, apps that read them out of the notes show none."""


@dataclass(frozen=True)
class _Part:
    """A chapter in the making, in seconds; `papers` are those that it is about, in a roundup."""

    title: str
    papers: Set[str | None]
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start

    def joined(self, other: "_Part") -> "_Part":
        """Return both, the other behind it, as one."""
        longer = max(self, other, key=lambda part: part.length)
        return _Part(longer.title, self.papers | other.papers, self.start, other.end)


def _too_short(parts: Sequence[_Part], shortest: float) -> int | None:
    """Return the first of the two neighbours to be joined next; None where none is too short, or has to stay."""
    pairs = [
        (min(one.length, other.length), one.length + other.length, at)
        for at, (one, other) in enumerate(itertools.pairwise(parts))
        if min(one.length, other.length) < shortest
        and (one.papers == other.papers or not min(one, other, key=lambda part: part.length).papers)
    ]
    return min(pairs)[2] if pairs and len(parts) > FEWEST else None


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
    shortest: float = 0.0
    """Seconds that a chapter lasts at least, as long as there are more than `FEWEST`."""
    pieces: tuple[Piece, ...] = ()
    """In what it is encoded; none where that is done in one go, as by the versions before."""
    hosts: Mapping[str, float] = field(default_factory=dict)
    """Each host's gain in dB, and
    spoken the loudness in LUFS that it brings them to."""
    spoken: float = 0.0
    is_exact: bool = True
    """Whether what lies over other sound is counted in samples; in the mixes of versions before it was in ms."""
    is_held: bool = False
    """Whether its gains are those of the mix before."""
    watermark: Watermark | None = None
    """The inaudible mark that its takes get."""

    @property
    def duration(self) -> float:
        return self.length / self.rate

    @property
    def gains(self) -> tuple[float, ...]:
        """The common gain, and each line's, in dB."""
        return (self.level.gain, *(spot.gain for spot in self.spots))

    def held(self, level: Level, target: float) -> Gains:
        """Return what a mix of it at that level is made by, for the next one to be made by."""
        hosts = dict(self.hosts)
        return Gains(
            target=target, common=level.gain, ceiling=level.ceiling, aim=level.aim, hosts=hosts, spoken=self.spoken
        )

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
        """Return the chapters: contiguous, the first from 0, the last to the end.

        One that is too short joins the shorter of its neighbours, and goes by the longer's title; but not that of
        another paper, for it leads to its own.
        """
        groups = [list(group) for _, group in itertools.groupby(self.spots, key=lambda spot: spot.line.chapter)]
        starts = [0, *(group[0].start for group in groups[1:])]
        ends = [*starts[1:], self.length]
        parts = [
            _Part(
                group[0].line.chapter, {spot.line.paper for spot in group} - {None}, start / self.rate, end / self.rate
            )
            for group, start, end in zip(groups, starts, ends, strict=True)
        ]
        while (at := _too_short(parts, self.shortest)) is not None:
            parts[at : at + 2] = [parts[at].joined(parts[at + 1])]
        return tuple(Chapter(title=part.title, start=part.start, end=part.end) for part in parts)
