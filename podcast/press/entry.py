"""An episode as the feed and the site's lists order it: what that needs of its item, which is read when it is shown."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from podcast.show import store
from podcast.show.schema import TRAILER, Item, Paper, Roundup, Talk, TalkFormat, Trailer, format_of, paper_of
from podcast.show.schema import Episode as EpisodeRecord
from podcast.show.schema.feeds import Located, Placed
from podcast.show.signs import in_signs


@dataclass(frozen=True)
class _Place(Placed):
    """Where an episode's files stand, by its record alone."""

    episode: EpisodeRecord


@dataclass(frozen=True, slots=True)
class Entry(Located):
    """Of ten thousand episodes all are held; of their items, only those of the list that is being made."""

    name: str
    stem: str
    day: dt.date
    number: int
    title: str
    published: dt.datetime
    changed: dt.datetime
    categories: tuple[str, ...]
    """Of what it is about, each once."""
    said: str
    """In which files of `searching` what is said in it stands, by their names."""
    around: str
    digest: str
    """SHA-256 of the item: where it is another, what shows the episode may be, too."""
    whole: Callable[[], Item]
    """Returns the item."""

    @classmethod
    def of(cls, item: Item, whole: Callable[[], Item] | None = None, record: bytes = b"") -> "Entry":
        """Return the entry of the item, which it holds unless `whole` says where to find it again; `record` is the item
        as JSON, where that is at hand."""
        episode, digest = item.episode, hashlib.sha256(record or store.to_json(item)).hexdigest()
        categories = tuple(dict.fromkeys(paper.category for paper in item.paper.about if paper.category))
        said = " ".join(line.partition(" ")[0] for line in item.words.decode().splitlines())
        return cls(
            item.name, item.stem, episode.day, episode.number, episode.title, episode.published, episode.changed,
            categories, said, item.around, digest, whole or (lambda: item),
        )  # fmt: skip

    @classmethod
    def to_come(cls, episode: EpisodeRecord, whole: Callable[[], Item]) -> "Entry":
        """Return what other episodes' pages say of one that is still to be made; nothing of it has come of an item."""
        title, place = in_signs(episode.title), _Place(episode)
        return cls(
            place.name, place.stem, episode.day, episode.number, title, episode.published, episode.changed,
            (), "", "", "", whole,
        )  # fmt: skip

    def packed(self) -> str:
        """Return all but the item as text."""
        dates = self.day.isoformat(), self.published.isoformat(), self.changed.isoformat()
        return json.dumps([
            self.name, self.stem, *dates, self.number, self.title, self.categories, self.said, self.around, self.digest
        ])  # fmt: skip

    @classmethod
    def unpacked(cls, text: str, whole: Callable[[], Item]) -> "Entry":
        """Return the entry that was `packed`."""
        name, stem, day, published, changed, number, title, categories, said, around, digest = json.loads(text)
        dates = dt.datetime.fromisoformat(published), dt.datetime.fromisoformat(changed)
        return cls(
            name, stem, dt.date.fromisoformat(day), number, title, *dates, tuple(categories), said, around, digest,
            whole,
        )  # fmt: skip

    @property
    def is_trailer(self) -> bool:
        return self.name.endswith(f"-{TRAILER}")

    @property
    def about(self) -> str:
        """Its name without how it is told: that of all episodes about the same paper of one day."""
        return paper_of(self.name)

    @property
    def told(self) -> TalkFormat:
        """How it tells its paper."""
        return format_of(self.name)

    # what a show's own templates ask of an episode in a list

    @property
    def paper(self) -> Trailer | Roundup | Talk | Paper:
        return self.whole().paper

    @property
    def episode(self) -> EpisodeRecord:
        return self.whole().episode

    @property
    def takeaway(self) -> str:
        return self.whole().takeaway
