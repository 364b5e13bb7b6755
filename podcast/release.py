"""An episode as publishing sees it: with its paper and brief, and what in the paper carries each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from podcast import store
from podcast.errors import DocumentError
from podcast.schema import Brief, Chapter, Cue, Day, Document, Episode, Paper, Placed
from podcast.workspace import PaperFolder, Workspace


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


def load(workspace: Workspace, folder: PaperFolder) -> Release:
    """Return the paper's episode with all that publishing it needs.

    Raises DocumentError where a part is not there or is not what it was when the episode was mixed.
    """
    episode = store.load(Episode, folder.episode)
    path = workspace.day(folder.day).papers
    paper = next((paper for paper in store.load(Day, path).papers if paper.id == folder.paper_id), None)
    if paper is None:
        raise DocumentError(f"{path} does not list {folder.paper_id}", "put its entry back")
    check_media(folder, episode)
    document = store.load(Document, folder.document) if folder.document.is_file() else None
    return Release(paper, store.load(Brief, folder.brief), episode, document)


def check_media(folder: PaperFolder, episode: Episode) -> None:
    """Raise DocumentError where a sound of the episode is not there, or not as long as it was mixed."""
    for media in episode.sounds():
        path = folder.root / media.file
        if not path.is_file() or path.stat().st_size != media.size:
            raise DocumentError(
                f"{path} is not the {media.size:,} bytes that were mixed", f"podcast mix {folder.paper_id}"
            )
