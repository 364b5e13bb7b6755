"""An episode as publishing sees it: with its paper and brief, and what in the paper carries each line."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from podcast.papers import asked, besides
from podcast.show import catalogue, pruning, signs, store
from podcast.show.errors import DocumentError
from podcast.show.schema import (
    HEADINGS,
    Brief,
    Chapter,
    Cue,
    Document,
    Episode,
    Figure,
    Linked,
    Memory,
    Organization,
    Paper,
    Placed,
    Repository,
    Roundup,
    Talk,
    Trailer,
)
from podcast.show.signs import in_signs
from podcast.show.workspace import PaperFolder, Workspace

_HOW = ("idea.", "method.", "instance")
"""What begins the path of a claim on how a paper works."""

Sha256 = Callable[[Path], str]
"""Tells the SHA-256 of a file's bytes, in hex."""


@dataclass(frozen=True)
class Source:
    """A sentence of the paper: where it stands, and its words where they may be shown."""

    section: str
    text: str = ""
    """Of the abstract alone: the licence of most papers does not let their full text be published."""
    paper_id: str = ""


@dataclass(frozen=True)
class Statement:
    """A claim that a line speaks, and the sentences that carry it."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Picture:
    """A paper's figure as the picture of a chapter."""

    paper: Paper
    figure: Figure
    source: Path
    """Where it lies."""
    chapter: Chapter
    number: int
    """Of the chapter, from 1."""


@dataclass(frozen=True)
class Release(Placed):
    """An episode with all that publishing it needs."""

    paper: Paper
    brief: Brief
    episode: Episode
    documents: Mapping[str, Document] = field(default_factory=dict)
    """The papers' texts, by id; without one nothing is said of where in the paper a line comes from."""
    linked: Mapping[str, Linked] = field(default_factory=dict)
    """What Hugging Face links with the papers, by id, as far as that is known."""
    figures: Mapping[str, tuple[Figure, Path]] = field(default_factory=dict)
    """The papers' figures that may be shown, by id."""
    gone: frozenset[str] = frozenset()
    """Names of earlier episodes that it refers to, and that the show has no more."""

    def refers(self, cue: Cue) -> Memory | None:
        """Return the earlier episode that the line speaks of; None for one that speaks of none."""
        papers = {path.rpartition("/")[0] for path in cue.claims}
        return next((one for one in self.episode.memories if one.paper_id in papers), None)

    def statements(self, cue: Cue) -> Sequence[Statement]:
        """Return what the line states of the paper, each with where it stands there."""
        return [
            Statement(self.episode.claims[path].text, tuple(self._sources(path, self.episode.claims[path].evidence)))
            for path in cue.claims
            if path in self.episode.claims
        ]

    def sections(self, chapter: Chapter) -> Sequence[str]:
        """Return the paper's sections that the chapter draws on, in the paper's order."""
        past = {one.paper_id for one in self.episode.memories}
        paths = {path for cue in self.episode.cues if chapter.holds(cue) for path in cue.claims
                 if path.rpartition("/")[0] not in past}  # fmt: skip
        numbers = {
            (self._paper(path), number)
            for path in paths & set(self.episode.claims)
            for number in self.episode.claims[path].evidence
        }
        found = (self._sentences.get(each) for each in sorted(numbers))
        return list(dict.fromkeys(source.section for source in found if source))

    def shelves(self, paper: Paper) -> Sequence[tuple[str, Sequence[Repository], int]]:
        """Return what is linked with the paper: a heading, the first of that kind, and how many more there are."""
        found = self.linked.get(paper.id)
        return [(HEADINGS[kind], first, more) for kind, first, more in found.shelves()] if found else []

    def organization(self, paper: Paper) -> Organization | None:
        """Return who made the paper, as its list told, or its record; None where neither does."""
        found = self.linked.get(paper.id)
        return paper.organization or (found.organization if found else None)

    @cached_property
    def pictures(self) -> Sequence[Picture]:
        """Each figure with the chapter that it stands for: the one that tells most of how its paper works, and of
        several such the first; the first that tells of the paper at all, where none does that. It is not the opening,
        unless nothing else tells of it."""
        found = (each for paper in self.paper.about if paper.id in self.figures for each in self._picture(paper))
        return tuple({each.number: each for each in found}.values())

    def _picture(self, paper: Paper) -> Iterator[Picture]:
        figure, source = self.figures[paper.id]
        told = [self._told(chapter, paper) for chapter in self.episode.chapters]
        if not any(of_paper for _, of_paper in told):
            return
        best = max(range(len(told)), key=lambda at: (told[at][1] > 0, at > 0, told[at][0], -at))
        yield Picture(paper, figure, source, self.episode.chapters[best], best + 1)

    def _told(self, chapter: Chapter, paper: Paper) -> tuple[int, int]:
        """Return how many of the chapter's statements are on how the paper works, and how many on the paper."""
        paths = [path for cue in self.episode.cues if chapter.holds(cue) for path in cue.claims]
        own = [path.rpartition("/")[2] for path in paths if self._paper(path) == paper.id]
        return sum(path.startswith(_HOW) for path in own), len(own)

    def _paper(self, path: str) -> str:
        """Return the id of the paper that the claim is of."""
        paper, of_roundup, _ = path.partition("/")
        return paper if of_roundup else self.paper.about[0].id

    def _sources(self, path: str, numbers: Iterable[int]) -> Iterator[Source]:
        for number in numbers:
            if found := self._sentences.get((self._paper(path), number)):
                yield found

    @cached_property
    def _sentences(self) -> dict[tuple[str, int], Source]:
        """Every sentence by its paper and number."""
        remembered = {
            (memory.paper_id, one.number): Source(one.section, in_signs(one.text), memory.paper_id)
            for memory in self.episode.memories for claim in memory.claims for one in claim.sentences
        }  # fmt: skip
        return remembered | {
            (paper_id, number): source
            for paper_id, document in self.documents.items()
            for number, source in enumerate(_all(document), 1)
        }


def _all(document: Document) -> Iterator[Source]:
    for section in document.sections:
        for sentence in section.sentences:
            yield Source(section.title, in_signs(sentence) if section.public else "", document.paper_id)


class Gone(DocumentError):
    """The episode's files are not on this disk: another machine, or the target, may have it."""


def load(
    workspace: Workspace, folder: PaperFolder, sha256: Sha256 = store.file_sha256, *, figures: bool = True
) -> Release:  # fmt: skip
    """Return the paper's episode with all that publishing it needs; `sha256` tells a file's, and without `figures` no
    chapter has a picture.

    Raises DocumentError where a part is not there or is not what it was when the episode was mixed.
    """
    check_media(folder, catalogue.episode_of(folder), sha256)
    return read(workspace, folder, figures=figures)


def read(workspace: Workspace, folder: PaperFolder, *, figures: bool = True) -> Release:
    """Return the same of an episode whose media was checked."""
    episode, paper = catalogue.episode_of(folder), asked.stands(workspace, folder)
    brief = Brief(paper_id=paper.id) if isinstance(paper, Roundup | Trailer) else store.load(Brief, folder.brief)
    texts = {one.id: workspace.day(one.listed_on).paper(one.id).document for one in paper.about}
    if isinstance(paper, Talk):
        texts = {paper.paper.id: folder.document}  # as it was when this was written
    documents = {name: store.load(Document, path) for name, path in texts.items() if path.is_file()}
    folders = {one.id: workspace.day(one.listed_on).paper(one.id) for one in paper.about}
    links = {name: known for name, each in folders.items() if (known := besides.linked(each))}
    drawn = {
        name: (_readable(found), each.picture)
        for name, each in folders.items()
        if figures and (found := besides.figure(each))
    }
    left = gone(workspace, episode.memories)
    return Release(_readable(paper), _readable(brief), _readable(episode), documents, links, drawn, left)


def gone(workspace: Workspace, memories: Sequence[Memory]) -> frozenset[str]:
    """Return the names of those earlier episodes that are withdrawn, or that neither this show nor its target knows any
    more. One whose documents are lost is not gone: it goes on as it was published."""
    return frozenset(one.name for one in memories if _is_gone(workspace, one))


def _is_gone(workspace: Workspace, memory: Memory) -> bool:
    folder = workspace.day(memory.day).paper(memory.episode_id)
    if withdrawal(workspace, memory).is_file():
        return True
    if os.path.lexists(folder.episode) or workspace.item(memory.name).is_file():
        return False
    name = f"{memory.day}/{memory.episode_id}"
    dated = catalogue.read(workspace).dates if os.path.lexists(workspace.catalogue) else ()
    return name not in dated and name not in catalogue.elsewhere(workspace)


def withdrawal(workspace: Workspace, memory: Memory) -> Path:
    """Return the file that is there while the earlier episode is withdrawn."""
    return workspace.day(memory.day).paper(memory.episode_id).withdrawn


Value = TypeVar("Value", bound=BaseModel)


def _readable(value: Value) -> Value:
    """Return the value with signs in place of TeX in each of its texts; what has none stays as it is."""
    if not signs.marked(value.model_dump_json()):
        return value
    dumped = value.model_dump()
    return value if (shown := _shown(dumped)) == dumped else type(value).model_validate(shown)


def _shown(value: object) -> object:
    if isinstance(value, str):
        return in_signs(value) if re.search(r"[\s$\\]", value) else value  # an id or a path has neither
    if isinstance(value, dict):
        return {key: _shown(one) for key, one in value.items()}
    return tuple(_shown(one) for one in value) if isinstance(value, (tuple, list)) else value


def check_media(folder: PaperFolder, episode: Episode, sha256: Sha256 = store.file_sha256) -> None:
    """Raise Gone where a sound of the episode is not there, DocumentError where its bytes are not those mixed."""
    for media in episode.sounds():
        path = folder.root / media.file
        if not path.is_file():
            raise Gone(f"{path} is not there", pruning.again(folder))
        if not store.is_whole(path, media.size, media.sha256, sha256):
            raise DocumentError(f"{path} is damaged: its bytes are not those that were mixed", pruning.again(folder))
