"""All that the site has of one episode, as bytes: nothing is written, so that it can be done in any process."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from podcast.press import cover, embed, feed, release, transcript
from podcast.press.entry import Entry
from podcast.press.release import Release
from podcast.press.site import Site
from podcast.publishers import items, listing
from podcast.show import language, store
from podcast.show.config import Config
from podcast.show.errors import DocumentError
from podcast.show.schema import File, Item
from podcast.show.settings import ShowSettings
from podcast.show.workspace import PaperFolder, Workspace


@dataclass(frozen=True)
class Order:
    """An episode that is to be made anew, with what its page leads to."""

    folder: PaperFolder
    key: str
    """Of what it is made of."""
    entry: Entry
    older: Entry | None
    newer: Entry | None
    others: Sequence[Entry]
    """The paper's episodes in other formats."""
    around: str
    digest: str
    """The path of the day in text; "" where there is none."""
    fit: bool
    """Whether its item was held to the rules before: the one that stands was made of the same."""


@dataclass(frozen=True)
class Printed:
    """An episode as it is to stand in feed/."""

    entry: Entry
    sounds: Sequence[tuple[str, Path, str]]
    """Each path under feed/, the mix that is to be copied there, and its SHA-256."""
    files: Sequence[tuple[str, bytes]]
    """The other files, each beside its path, in the order in which they go: the item is the last."""


@dataclass(frozen=True, eq=False)
class Printer:
    """Makes episodes of a show. Equal orders and documents give equal bytes, in whatever process."""

    workspace: Workspace
    config: Config
    guid: str
    """The show's."""
    site: Site

    @cached_property
    def tile(self) -> cover.Tile | None:
        """The show's cover, small, for the pictures of episodes; None where there are none. To shrink it takes half a
        second and 60 MB, so it is kept in the cache, and a process that gets this printer need not."""
        if not self.config.publish.episode_art:
            return None
        art = cover.of_show(self.workspace, self.config.show)
        return cover.tile(art, lambda data, pixels: cover.kept_small(data, pixels, self.workspace.covers))

    def item(self, folder: PaperFolder, key: str) -> Item:
        """Return the episode's item, whose files are still to be made; DocumentError where a document is broken, or
        apps would refuse it."""
        return self.fit(self._itemized(self._read(folder), key), folder.episode)

    def fit(self, item: Item, source: object) -> Item:
        """Return the item if apps and directories take it; else DocumentError names `source` and what is wrong."""
        page = feed.Page("feed.xml", (Entry.of(item),))
        data = feed.build(self.config.show, self.config.publish, self.guid, page)
        for failure in listing.failures(self.config.publish, data):
            if failure.where.startswith("item"):
                raise DocumentError(f"{source}: {failure.rule}: {failure.found}", "mend it, or make it again")
        return item

    def print(self, order: Order) -> Printed:
        """Return all that the site has of the episode; DocumentError as `item` has it."""
        found = self._read(order.folder)
        item = self._itemized(found, order.key)
        if not order.fit:
            self.fit(item, order.folder.episode)
        sounds = list(zip((item.media, item.opus), found.episode.sounds(), strict=False))
        files = {path: File(size=media.size, sha256=media.sha256) for path, media in sounds}
        made = [*self._texts(item, found), *self._pictures(item, found)]
        made += self._pages(item, found, order, {*files, *(path for path, _ in made)})
        files |= {path: File(size=len(data), sha256=hashlib.sha256(data).hexdigest()) for path, data in made}
        item = item.model_copy(update={"files": files, "around": order.around})
        record = store.summed(item)
        entry = Entry.of(item, partial(stood, self.workspace, item.name), record)
        copies = [(path, order.folder.root / media.file, media.sha256) for path, media in sounds]
        return Printed(entry, copies, [*made, (item.item, record)])

    @cached_property
    def earlier(self) -> str:
        """The language of episodes that do not say theirs."""
        return language.of_earlier(self.workspace, self.config.show.language)

    def _read(self, folder: PaperFolder) -> Release:
        """Return the release; where it is not in the show's language, it says in which."""
        found, show = release.read(self.workspace, folder, figures=self.config.publish.figures), self.config.show
        if found.episode.language or self.earlier == show.language:
            return found
        return replace(found, episode=found.episode.model_copy(update={"language": self.earlier}))

    def _show(self, found: Release) -> ShowSettings:
        """Return the show as the episode's page and notes see it: in the episode's language."""
        return self.config.show.spoken_in(found.episode.language)

    def _itemized(self, found: Release, key: str) -> Item:
        return items.itemize(found, self._show(found), self.site.own, key, self.config.publish.home)

    def _texts(self, item: Item, found: Release) -> list[tuple[str, bytes]]:
        episode = found.episode
        captions = tuple(transcript.captions(episode.cues, episode.media.duration))
        return [
            (item.vtt, transcript.vtt(captions)),
            (item.srt, transcript.srt(captions)),
            (item.transcript, transcript.transcript_json(captions)),
            (
                item.chapters,
                transcript.chapters_json(episode.title, item.episode.chapters, self.config.publish.address),
            ),
        ]

    def _pictures(self, item: Item, found: Release) -> list[tuple[str, bytes]]:
        made = [(item.chapter_art(each.number), each.source.read_bytes()) for each in items.pictures(found, item)]
        if self.tile is None:
            return made
        art = cover.draw_episode(self.tile, found.episode.title, found.episode.day, found.episode.number)
        return [*made, (item.art, art), (item.small_art, cover.shrink_art(art))]

    def _pages(self, item: Item, found: Release, order: Order, has: set[str]) -> list[tuple[str, bytes]]:
        notes, beside = item.notes.decode(), (order.older, order.newer)
        site = replace(self.site, show=self._show(found))
        return [
            (f"{item.page}index.html", site.episode(found, notes, *beside, has, order.digest, order.others)),
            (item.embed, site.embedded(found)),
            (item.oembed, embed.oembed(self.config.show, self.config.publish, found)),
        ]


def stood(workspace: Workspace, name: str) -> Item:
    """Return the item as it stands in feed/."""
    return store.load(Item, workspace.item(name))
