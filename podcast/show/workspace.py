"""Every path there is."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from podcast.show import mending, periods, store
from podcast.show.periods import Kind, Period
from podcast.show.schema import (
    FORMATS,
    ROUNDUP,
    Episode,
    Selection,
    TalkFormat,
    feeds,
    format_of,
    ids,
    paper_of,
)

SCHEMA, EXAMPLE = "podcast.schema.json", "criteria.example.md"
"""What `podcast new` lays beside podcast.toml: the schema that it names, and a criteria.md to begin with."""
_SETTINGS = ("podcast.toml", SCHEMA, "criteria.md", EXAMPLE, "glossary.tsv", "voices/*", "deploy/*", "deploy/*/*")
"""Where a show's own settings lie, also those of the machine that runs it."""
_DIGESTS: tuple[Kind | None, ...] = ("month", "week", None)


def is_setting(path: Path) -> bool:
    """Tell whether a file of that name is a show's own setting, and nothing of a paper.

    >>> is_setting(Path("my-show/criteria.md")), is_setting(Path("my-show/notes.md"))
    (True, False)
    """
    return any(path.absolute().match(each) for each in _SETTINGS)


@dataclass(frozen=True)
class PaperFolder:
    """What the show has made of one paper."""

    root: Path

    @property
    def paper_id(self) -> str:
        return self.root.name

    @property
    def day(self) -> dt.date:
        return dt.date.fromisoformat(self.root.parent.name)

    @property
    def about(self) -> str:
        """The id of the paper that it is about; of a roundup its own name."""
        return paper_of(self.paper_id)

    @property
    def format(self) -> TalkFormat:
        return format_of(self.paper_id)

    def is_only_read(self) -> bool:
        """Whether it holds no more than what others are made of: the paper's episodes in other formats, or the digest
        of a day that chose other papers."""
        if self.paper_id != self.about or self.script.is_file() or self.quarantine.is_file():
            return False
        if any((self.root.parent / f"{self.about}.{told}").is_dir() for told in FORMATS[1:]):
            return True
        chosen = store.load_disposable(Selection, DayFolder(self.root.parent).selection)
        only = self.brief.is_file() and not self.own.is_file()
        return only and chosen is not None and self.about not in chosen.chosen()

    @property
    def named(self) -> str:
        """How commands call it."""
        return mending.named(self.root)

    @property
    def maker(self) -> str:
        """The command that makes it where it is not there."""
        return mending.maker(self.root)

    @property
    def own(self) -> Path:
        """The record of a paper that was asked for by itself, in its folder; no day's list has it."""
        return self.root.parent / self.about / "paper.json"

    @property
    def linked(self) -> Path:
        """What Hugging Face links with the paper, in the paper's folder however this one tells it."""
        return self.root.parent / self.about / "linked.json"

    @property
    def figure(self) -> Path:
        """What is known of the paper's first figure, in the same folder."""
        return self.root.parent / self.about / "figure.json"

    @property
    def picture(self) -> Path:
        """That figure, where its licence lets it be shown, as the picture of a chapter."""
        return self.root.parent / self.about / "figure.jpg"

    @property
    def document(self) -> Path:
        return self.root / "document.json"

    @property
    def brief(self) -> Path:
        return self.root / "brief.json"

    @property
    def script(self) -> Path:
        return self.root / "script.json"

    @property
    def roundup(self) -> Path:
        """Which papers the roundup is about; in its folder alone."""
        return self.root / "roundup.json"

    @property
    def trailer(self) -> Path:
        """When the show's trailer was first made; in its folder alone."""
        return self.root / "trailer.json"

    @property
    def episode(self) -> Path:
        return self.root / "episode.json"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine.json"

    @property
    def fallback(self) -> Path:
        """What was done without the model that could not do it."""
        return self.root / "fallback.json"

    @property
    def withdrawn(self) -> Path:
        """Keeps the episode out of the feed as long as it is there."""
        return self.root / "withdrawn.json"

    @property
    def lock(self) -> Path:
        """Held by the command that changes something of the paper."""
        return self.root / ".lock"

    @property
    def begun(self) -> Path:
        """The change that a command has begun, and not ended yet."""
        return self.root / "change.json"

    @property
    def desk(self) -> Path:
        """What was typed at the desk and is not said yet."""
        return self.root / "desk.json"

    @property
    def known(self) -> Path:
        """What the script may rest on beside the paper, as it was when the script was written."""
        return self.root / "known.json"

    @property
    def pruned(self) -> Path:
        """Tells that the episode's takes were pruned: none is recorded again unless all are."""
        return self.root / "pruned.json"

    @property
    def remarks(self) -> Path:
        """What a person marked while listening, to be mended."""
        return self.root / "remarks.json"

    @property
    def heard(self) -> Path:
        """What was mixed of the episode, and published."""
        return self.root / "heard.json"

    @property
    def drafts(self) -> Path:
        """A language model's raw answers, by content."""
        return self.root / "drafts"

    def memories(self, drafts: str = "") -> Path:
        """Which earlier episodes the script of that folder of drafts may refer to, as it was found."""
        return self.drafts / drafts / "memories.json"

    @property
    def versions(self) -> Path:
        """Every script there was, and the briefs that went with them."""
        return self.root / "versions"

    def retelling(self, language: str) -> Path:
        """The heart of the brief in another language."""
        return self.root / "retellings" / f"{language}.json"

    @property
    def takes(self) -> Path:
        return self.root / "takes"

    @property
    def mixes(self) -> Path:
        return self.root / "mixes"

    def take(self, key: str) -> Path:
        return self.takes / f"{key}.flac"

    def mix(self, key: str) -> Path:
        return self.mixes / f"{key}.mp3"


@dataclass(frozen=True)
class DayFolder:
    root: Path

    @property
    def date(self) -> dt.date:
        return dt.date.fromisoformat(self.root.name)

    @property
    def papers(self) -> Path:
        return self.root / "papers.json"

    @property
    def selection(self) -> Path:
        """What the last choice said of each paper; disposable."""
        return self.root / "selection.json"

    @property
    def scores(self) -> Path:
        """What a language model said of each paper by the show's criteria."""
        return self.root / "scores.json"

    @property
    def drafts(self) -> Path:
        """Its raw answers, by content."""
        return self.root / "drafts"

    @property
    def digest(self) -> Path:
        """Which reports there are of the day."""
        return self.root / "digest.json"

    def digest_of(self, period: Period) -> Path:
        """Which reports there are of the week or the month that ends with the day."""
        return self.root / f"digest-{period.kind}.json"

    @property
    def mailed(self) -> Path:
        """To whom the digest went by e-mail."""
        return self.root / "mailed.json"

    @property
    def lock(self) -> Path:
        """Held by the command that scores the day or makes its digest."""
        return self.root / ".lock"

    def unread(self, suffix: str) -> Path:
        """A service's answer that could not be read, as it came."""
        return self.root / f"unread{suffix}"

    @property
    def roundup(self) -> PaperFolder:
        return self.paper(ROUNDUP)

    def paper(self, paper_id: str) -> PaperFolder:
        return PaperFolder(self.root / paper_id)

    def names(self) -> list[str]:
        """Return what the papers are called that have a folder."""
        return [name for name in _folders(self.root) if ids.is_episode(name)]

    def talks(self, paper_id: str) -> tuple[PaperFolder, ...]:
        """Return the folders, which need not be there, of the paper's episodes: one a format, the dialogue's first."""
        return (self.paper(paper_id), *(self.paper(f"{paper_id}.{told}") for told in FORMATS[1:]))


@dataclass(frozen=True)
class Workspace:
    """The folder of one show."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "podcast.toml"

    @property
    def criteria(self) -> Path:
        """What the show cares about, in plain words; by it papers are scored, where it is there."""
        return self.root / "criteria.md"

    @property
    def glossary(self) -> Path:
        """What the show's terms mean, in its own words; it goes before ours."""
        return self.root / "glossary.tsv"

    @property
    def voices(self) -> Path:
        return self.root / "voices"

    @property
    def episodes(self) -> Path:
        return self.root / "episodes"

    @property
    def feed(self) -> Path:
        return self.root / "feed"

    @property
    def catalogue(self) -> Path:
        return self.episodes / "show.json"

    @property
    def retired(self) -> Path:
        """Which media the feed has left, and since when."""
        return self.episodes / "retired.json"

    @property
    def cache(self) -> Path:
        """The services' answers as they came; disposable."""
        return self.episodes / ".cache"

    @property
    def heard(self) -> Path:
        """What was measured of voices; disposable."""
        return self.cache / "voices"

    @property
    def covers(self) -> Path:
        """The show's cover as MP3s have it; disposable."""
        return self.cache / "covers"

    @property
    def ledger(self) -> Path:
        """What was found of files; disposable."""
        return self.cache / "ledger.sqlite"

    @property
    def recall(self) -> Path:
        """What its episodes are about, to be searched; disposable."""
        return self.cache / "recall.sqlite"

    @property
    def recall_lock(self) -> Path:
        """Held while it is found what a script may refer to: no two find the same at once."""
        return self.cache / "recall.lock"

    @property
    def elsewhere(self) -> Path:
        """Which episodes of other machines the target had; disposable."""
        return self.cache / "elsewhere.json"

    @property
    def published(self) -> Path:
        """There since the show was first published; empty, and in each copy of the show."""
        return self.episodes / "published"

    def file(self, name: str) -> Path:
        """Where a file lies that a setting names: in the show's folder, unless it says another; ~ is the home folder of
        who runs the command."""
        return Path(name).expanduser() if name.startswith("~/") else self.root / name

    @property
    def announced(self) -> Path:
        """Which episodes the webhook was told of."""
        return self.episodes / "announced.json"

    @property
    def last_publish(self) -> Path:
        """When a publish last went well; disposable."""
        return self.cache / "last-publish.json"

    @property
    def runs(self) -> Path:
        """A report of each `podcast run`."""
        return self.episodes / "runs"

    @property
    def run_lock(self) -> Path:
        """Held by `podcast run`."""
        return self.episodes / ".run.lock"

    @property
    def lock(self) -> Path:
        """Held while the catalogue changes."""
        return self.episodes / ".lock"

    @property
    def publish_lock(self) -> Path:
        """Held by the command that changes feed/."""
        return self.episodes / ".publish.lock"

    def day(self, date: dt.date) -> DayFolder:
        return DayFolder(self.episodes / date.isoformat())

    def episode(self, name: str) -> PaperFolder:
        """The folder of the episode whose page has that name, its day and its paper, under feed/episodes/."""
        return PaperFolder(self.episodes / name[:10] / name[11:])

    def item(self, name: str) -> Path:
        """The record of the episode whose page has that name under feed/episodes/."""
        return self.feed / "episodes" / name / "item.json"

    def withdrawal(self, name: str) -> Path:
        """Tells that the episode with that name was withdrawn, wherever it was made: a copy of before brings it back
        nowhere."""
        return self.feed / "withdrawn" / f"{name}.json"

    def own_templates(self) -> Path | None:
        """Return the folder of the show's own templates, which go before the project's; None where there is none."""
        folder = self.root / "templates"
        return folder if folder.is_dir() else None

    def digests(self) -> Iterator[tuple[DayFolder, Kind | None]]:
        """Yield each day that has a digest, and each that has one of the week or the month that ends with it, by its
        kind; the newest first, a day's own last. One whose reports stand in feed/ is there, whatever became of its own
        record."""
        stand = self._reported()
        dates = {day.date for day in self.days()} | {date for date, _ in stand}
        for date in sorted(dates, reverse=True):
            root = f"{self.episodes}/{date}"
            for kind in _DIGESTS:  # ten thousand Paths cost more than the looks
                own = f"{root}/digest{f'-{kind}' if kind else ''}.json"
                if (date, kind) in stand or os.access(own, os.F_OK):
                    yield self.day(date), kind

    def _reported(self) -> set[tuple[dt.date, Kind | None]]:
        """Return the days, and the last ones of periods by their kind, whose reports have a record in feed/."""
        found, digest = set[tuple[dt.date, Kind | None]](), self.feed / "digest"
        years = [(year, digest / year) for year in store.names(digest) if len(year) == 4 and year.isdecimal()]
        months = [(year, month, root / month) for year, root in years for month in store.names(root)]
        for year, month, root in months:
            for name in store.names(root) if len(month) == 2 and month.isdecimal() else ():
                stem, of_record, _ = name.partition(".item.json")
                if of_record and (day := periods.reported(int(year), int(month), stem)):
                    found.add(day)
        return found

    def is_published(self, folder: PaperFolder, sha256: str) -> bool:
        """Whether listeners had the paper's episode with this sound.

        Its media lies in feed/; or feed/ is gone, and the show was published: then an episode counts as heard.
        """
        if (self.feed / f"{feeds.stem(f'{folder.day}-{folder.paper_id}', sha256)}.mp3").is_file():
            return True
        return not (self.feed / "feed.xml").is_file() and self.was_published()

    def waits(self, folder: PaperFolder) -> bool:
        """Whether the paper has an episode whose sound no listener had."""
        episode = store.load_disposable(Episode, folder.episode)
        return episode is not None and not self.is_published(folder, episode.media.sha256)

    def was_published(self) -> bool:
        """Whether the show was; where nothing tells, as in a copy of an earlier version's without feed/ and cache, it
        counts as that."""
        before = self.cache / "published"  # where earlier versions told it
        told = any(path.is_file() for path in (self.published, before, self.feed / "feed.xml"))
        return told or not self.cache.is_dir()

    def settle(self) -> None:
        """Keep beside the episodes that the show was published: once there is a cache, a copy does not tell it."""
        if not self.published.is_file() and self.was_published() and any(self.episodes.glob("[0-9]*/*/episode.json")):
            with suppress(OSError):  # a disk that is only read
                store.create_once(self.published, b"")

    def days(self) -> tuple[DayFolder, ...]:
        """Return the days that have a folder, oldest first; what is named otherwise, as a copy is, is none."""
        episodes = self.episodes
        return tuple(DayFolder(episodes / name) for name in _folders(episodes) if _is_day(name))

    def papers(self) -> tuple[PaperFolder, ...]:
        """Return the papers that have a folder, by day and id; a day's roundup is one, and the trailer."""
        return tuple(day.paper(name) for day in self.days() for name in day.names())

    def papers_of(self, date: dt.date) -> tuple[PaperFolder, ...]:
        """Return those of one day."""
        day = self.day(date)
        return tuple(day.paper(name) for name in day.names())


def _folders(root: Path) -> list[str]:
    """Return the names of the folders in the folder, in order; none where it is not there. OSError where it may not be
    looked into: it is not empty by that."""
    try:
        with os.scandir(root) as found:
            return sorted(each.name for each in found if each.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_day(name: str) -> bool:
    try:
        return name == dt.date.fromisoformat(name).isoformat()
    except ValueError:
        return False
