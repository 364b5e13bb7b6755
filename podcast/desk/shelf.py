"""What there is in the show, what needs an eye first; and a day's papers with why each was chosen or not."""

import collections
import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from podcast import grounding, pipeline
from podcast.desk import drafting
from podcast.papers import asked, scores, select
from podcast.revising import marking, moments
from podcast.show import catalogue, store
from podcast.show.errors import DocumentError, NotReady
from podcast.show.schema import FORMATS, OTHERS, Episode, Quarantine, Script, Selection
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio

SHOWN = 60
"""Papers that are listed of those that need no eye, the newest days first; the rest are reached by their day."""


@dataclass(frozen=True)
class Volume:
    """A paper that something was made of."""

    name: str
    """DAY/PAPER."""
    day: dt.date
    title: str
    stage: str
    """The last thing that there is of it: brief, script or episode."""
    number: int | None
    seconds: float | None
    reason: str = ""
    """Why it goes no further."""
    doubted: int = 0
    retried: int = 0
    typed: int = 0
    """Lines that somebody began to change."""
    marked: int = 0
    passed: int = 0
    """Lines that were let pass by hand."""
    media: str = ""
    """SHA-256 of its sound."""
    is_out: bool = False
    """Whether listeners have it as it was mixed."""
    told: str = ""
    """How it tells its paper, where that is no dialogue."""

    @property
    def needs_an_eye(self) -> bool:
        return bool(self.reason or self.doubted or self.retried or self.typed or self.marked or self.passed)

    @property
    def says(self) -> str:
        """What of it needs an eye, in words."""
        told = (
            (self.marked, "marked"), (self.doubted, "doubted"), (self.retried, "said again before it was right"),
            (self.passed, "let pass by hand"), (self.typed, "begun to be changed"),
        )  # fmt: skip
        return ", ".join(f"{count} {what}" for count, what in told if count)


def shelf(studio: Studio) -> tuple[Sequence[Volume], int]:
    """Return what there is, and how many are left out: what goes no further, what needs an eye, the rest as far as it
    is listed; of each the newest first."""
    folders = sorted(studio.workspace.papers(), key=lambda folder: (-folder.day.toordinal(), folder.paper_id))
    found = [volume for folder in folders if (volume := _volume(studio, folder))]
    first = sorted((each for each in found if each.needs_an_eye), key=lambda volume: not volume.reason)
    rest = [each for each in found if not each.needs_an_eye]
    return [*first, *rest[:SHOWN]], len(rest[SHOWN:])


def _volume(studio: Studio, folder: PaperFolder) -> Volume | None:
    if folder.is_only_read():
        return None
    files = (folder.quarantine, folder.episode, folder.script, folder.brief, folder.desk, folder.remarks, folder.takes)
    stamp = "-".join(f"{path.stat().st_mtime_ns:x}" if path.exists() else "0" for path in files)
    found = _looked_into(folder, stamp)
    return found and replace(
        found, title=found.title or _title(studio, folder),
        is_out=bool(found.media) and studio.workspace.is_published(folder, found.media),
    )  # fmt: skip


@functools.lru_cache(maxsize=16_384)
def _looked_into(folder: PaperFolder, stamp: str) -> Volume | None:
    """Return what there is of the paper, by its own files; `stamp` is another as soon as one of them is."""
    reason = store.load_disposable(Quarantine, folder.quarantine)
    made = [("episode", folder.episode), ("script", folder.script), ("brief", folder.brief)]
    stage = next((name for name, path in made if path.is_file()), "")
    if not stage and not reason:
        return None
    said = reason.told if reason else ""
    try:
        script = store.load(Script, folder.script) if folder.script.is_file() else None
        episode = catalogue.episode_of(folder) if folder.episode.is_file() else None
    except DocumentError as error:
        script, episode, said = None, None, f"{error} {error.hint}"
    waits = collections.Counter(_states(folder, script, episode)) if script else collections.Counter()
    return Volume(
        f"{folder.day}/{folder.paper_id}", folder.day, script.title if script else "", stage,
        episode.number if episode else None, episode.media.duration if episode else None, said,
        doubted=waits["doubted"], retried=waits["retried"], passed=waits["allowed"],
        typed=len(drafting.kept(folder)),
        marked=sum(1 for _ in marking.of(folder, script)) if script else 0,
        media=episode.media.sha256 if episode else "",
        told=folder.format if folder.format != FORMATS[0] else "",
    )  # fmt: skip


def _states(folder: PaperFolder, script: Script, episode: Episode | None) -> Iterator[str]:
    """Yield the states of lines that need an eye and that nobody found right, as far as the files tell them at once."""
    doubts, looked = grounding.doubts(script), frozenset(drafting.all_looked(folder))
    heard = moments.heard(episode, script.lines) if episode else {}
    for number, line in enumerate(script.lines, 1):
        if number in doubts:
            state = "doubted"
        elif number in heard and (folder.takes / f"{heard[number].take}.json").is_file():
            state = "retried"
        elif line.allowed:
            state = "allowed"
        else:
            continue
        if drafting.looked(state, line) not in looked:
            yield state


def _title(studio: Studio, folder: PaperFolder) -> str:
    try:
        paper = asked.entry(studio.workspace, folder)
    except (DocumentError, NotReady):
        return folder.paper_id
    return paper.title if paper else folder.paper_id


def others(studio: Studio, date: dt.date) -> Sequence[Volume]:
    """Return what the day has beside its papers' episodes: its roundup, the show's trailer."""
    folders = (studio.workspace.day(date).paper(name) for name in OTHERS)
    return [volume for folder in folders if (volume := _volume(studio, folder))]


@dataclass(frozen=True)
class Candidate:
    """A paper of a day."""

    id: str
    title: str
    upvotes: int | None
    """None for one that was asked for."""
    chosen: bool
    reason: str
    score: str
    """What the criteria gave it, in words; "" where there are none."""
    made: tuple[tuple[str, str], ...]
    """Its episodes: how each tells it, and its name behind the day."""
    wanting: bool
    """Whether one that the show makes of a chosen paper is not there."""


def candidates(studio: Studio, date: dt.date) -> Sequence[Candidate]:
    """Return the day's papers in the order of the list, then those that were asked for on it, which nobody chose.
    Raises NotReady where the day is not here."""
    folder = studio.workspace.day(date)
    day = asked.day(folder)
    if day is None:
        raise NotReady(f"{date} is not here yet", "fetch it first")
    found = store.load_disposable(Selection, folder.selection) or pipeline.judge(studio, asked.listed(folder))
    verdicts = {verdict.paper_id: verdict for verdict in found.verdicts}
    given = scores.kept(folder)
    told = {one.paper_id: f"relevance {one.relevance}, novelty {one.novelty}" for one in given.scores} if given else {}
    return [
        Candidate(
            paper.id, paper.title, paper.upvotes,
            bool(verdicts.get(paper.id) and verdicts[paper.id].chosen),
            select.reason(paper, verdicts.get(paper.id)),
            told.get(paper.id, ""), made := tuple(
                (each.format, each.paper_id) for each in folder.talks(paper.id) if each.episode.is_file()
            ),
            not set(studio.config.writer.formats) <= dict(made).keys(),
        )
        for paper in day.papers
    ]  # fmt: skip
