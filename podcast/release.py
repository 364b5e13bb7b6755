"""An episode as publishing sees it: with its paper and brief, and what in the paper carries each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from podcast.schema import Brief, Chapter, Cue, Document, Episode, Paper, Placed


@dataclass(frozen=True)
class Source:
    """A sentence of the paper: where it stands, and its words where they may be shown."""

    section: str
    text: str = ""
    """Of the abstract alone: the licence of most papers does not let their full text be published."""


@dataclass(frozen=True)
class Statement:
    """A claim that a line speaks, and the sentences that carry it."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Release(Placed):
    """An episode with all that publishing it needs."""

    paper: Paper
    brief: Brief
    episode: Episode
    document: Document | None = None
    """The paper's text; without it nothing is said of where in the paper a line comes from."""

    def statements(self, cue: Cue) -> Sequence[Statement]:
        """Return what the line states of the paper, each with where it stands there."""
        claims = (self.episode.claims[path] for path in cue.claims if path in self.episode.claims)
        return [Statement(claim.text, tuple(self._sources(claim.evidence))) for claim in claims]

    def sections(self, chapter: Chapter) -> Sequence[str]:
        """Return the paper's sections that the chapter draws on, in the paper's order."""
        paths = {path for cue in self.episode.cues if chapter.holds(cue) for path in cue.claims}
        claims = (self.episode.claims[path] for path in paths if path in self.episode.claims)
        numbers = {number for claim in claims for number in claim.evidence}
        return list(dict.fromkeys(source.section for source in self._sources(sorted(numbers))))

    def _sources(self, numbers: Iterable[int]) -> Iterable[Source]:
        for number in numbers:
            if found := self._sentences.get(number):
                yield found

    @cached_property
    def _sentences(self) -> dict[int, Source]:
        sections = self.document.sections if self.document else ()
        texts = (
            Source(section.title, sentence if section.title.casefold() == "abstract" else "")
            for section in sections
            for sentence in section.sentences
        )
        return dict(enumerate(texts, 1))
