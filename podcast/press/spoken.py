"""What an episode's page shows of its sound: the lines by chapter, what of the paper each says, and who speaks when."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from podcast.press.release import Release, Source
from podcast.show.schema import Chapter, Correction, Cue, Episode, Memory


@dataclass(frozen=True)
class Passage:
    """Sentences of one section of the paper that carry a claim."""

    paper_id: str
    section: str
    sentences: int
    quotes: Sequence[str]
    """Their words, where they may be shown."""


@dataclass(frozen=True)
class Evidence:
    """What a line states of the paper, and where it stands there."""

    claim: str
    """The statement as it was read in the paper; "" where the line says it in the same words."""
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Spoken:
    """A line of the transcript: when it is heard, and what of the paper it states."""

    cue: Cue
    evidence: Sequence[Evidence]
    doubted: Sequence[str] = ()
    """What of it is doubted."""
    corrected: dt.date | None = None
    """When it was corrected last."""
    earlier: Memory | None = None
    """The earlier episode that it speaks of: its evidence stands in that one's paper."""

    @property
    def sections(self) -> Sequence[str]:
        """The paper's sections that carry the line."""
        return list(dict.fromkeys(passage.section for each in self.evidence for passage in each.passages))


_BAR, _ROW, _BETWEEN = 36, 17, 2
"""Pixels: the height of the bar under the player, a row's at most, and what is left between two."""


@dataclass(frozen=True)
class Block:
    """A piece of the bar under the player, in per cent of the episode's length."""

    left: float
    width: float
    host: int = 0
    """Which of the hosts is heard, counted from 0."""
    top: float = 0
    """Where its row begins, and how high that is, in pixels: each host has one."""
    height: float = 0


def transcript(release: Release) -> Sequence[tuple[Chapter, Sequence[Spoken]]]:
    """Return each chapter beside its lines; an episode without chapters is one."""
    groups: list[tuple[Chapter, list[Spoken]]] = [(chapter, []) for chapter in chapters(release.episode)]
    starts = [chapter.start for chapter, _ in groups]
    corrected = {cue.line: each.made_on for each, cues in corrections(release.episode) for cue in cues}
    for cue in release.episode.cues:
        at = max(bisect_right(starts, (cue.start + cue.end) / 2) - 1, 0)
        doubted = _doubted(release.episode, cue)
        evidence, earlier = list(_evidence(release, cue)), release.refers(cue)
        groups[at][1].append(Spoken(cue, evidence, doubted, corrected.get(cue.line), earlier))
    return groups


def corrections(episode: Episode) -> Sequence[tuple[Correction, Sequence[Cue]]]:
    """Return each correction beside the lines that stand there now; beside none where it is of the whole.

    One that an earlier version told says only when it was heard in the mix before: beside the line that begins nearest.
    """

    def lines(correction: Correction) -> Sequence[Cue]:
        if correction.lines or not correction.at:
            return [cue for cue in episode.cues if cue.line in correction.lines]
        return sorted(episode.cues, key=lambda cue: abs(cue.start - correction.at))[:1]

    return [(each, lines(each)) for each in episode.corrections]


def _doubted(episode: Episode, cue: Cue) -> Sequence[str]:
    """Return what is doubted of a cue; of an episode mixed by an earlier version, the second reader's verdict too."""
    earlier = (f"the second reader {cue.doubt}",) if cue.doubt else ()
    return episode.doubted.get(cue.line) or earlier


def chapters(episode: Episode) -> Sequence[Chapter]:
    """Return the episode's chapters, or the whole of it as one."""
    return episode.chapters or (Chapter(title=episode.title, start=0, end=episode.media.duration),)


def chapter_bar(episode: Episode) -> Sequence[tuple[Chapter, Block]]:
    """Return each chapter beside its place on the bar."""
    return [(chapter, _block(episode, chapter.start, chapter.end)) for chapter in chapters(episode)]


def voice_bar(episode: Episode) -> Sequence[Block]:
    """Return who is heard when: a block a line, in a row a host; a single host's stands in the middle."""
    hosts = list(dict.fromkeys((*episode.hosts.values(), *(cue.host for cue in episode.cues))))
    height = min(_ROW, (_BAR - _BETWEEN * (len(hosts) - 1)) / len(hosts))
    above = (_BAR - len(hosts) * height - _BETWEEN * (len(hosts) - 1)) / 2
    tops = [_plain(above + place * (height + _BETWEEN)) for place in range(len(hosts))]
    blocks = [(_block(episode, cue.start, cue.end, hosts.index(cue.host))) for cue in episode.cues]
    return [replace(block, top=tops[block.host], height=_plain(height)) for block in blocks]


def _plain(pixels: float) -> float:
    return round(pixels) if pixels == round(pixels) else round(pixels, 1)


def _block(episode: Episode, start: float, end: float, host: int = 0) -> Block:
    whole = max(episode.media.duration, end)
    left = round(100 * start / whole, 2)
    return Block(left, round(100 * end / whole - left, 2), host)


def _evidence(release: Release, cue: Cue) -> Iterator[Evidence]:
    for statement in release.statements(cue):
        if statement.sources:
            same = statement.text.casefold().rstrip(".") in cue.text.casefold()
            yield Evidence("" if same else statement.text, list(_passages(statement.sources)))


def _passages(sources: Sequence[Source]) -> Iterator[Passage]:
    """Yield one passage a section, in the order in which the sections first come."""
    order = {source.section: at for at, source in reversed(list(enumerate(sources)))}
    for section, group in groupby(sorted(sources, key=lambda source: order[source.section]), lambda one: one.section):
        found = list(group)
        yield Passage(found[0].paper_id, section, len(found), [source.text for source in found if source.text])
