"""What is of the show and not of one episode: covers, lists of the site, feeds; made when what each shows changed."""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from pydantic import JsonValue

from podcast import check
from podcast.press import cover, feed
from podcast.press.entry import Entry
from podcast.press.site import Sheet, Site
from podcast.show import language, packaged, store
from podcast.show.config import Config
from podcast.show.errors import PublishError
from podcast.show.ledger import Ledger
from podcast.show.settings import PublishSettings
from podcast.show.workspace import Workspace

_LET_PASS = {
    each.value
    for each in (check.Rule.TITLE_NUMBER, check.Rule.TIMESTAMPS, check.Rule.CHAPTER_LENGTH, check.Rule.NUMBERS,
                 check.Rule.FUTURE, check.Rule.OWNER)
}  # fmt: skip
"""Rules that keep no feed from being written: what a paper is called, what the show's own notes.html and settings leave
out, and what was published by an earlier version or a wrong clock, which does not move."""


@dataclass
class Lists:
    """Makes them in feed/, and notes what it wrote."""

    workspace: Workspace
    config: Config
    guid: Callable[[], str]
    """The show's."""
    ledger: Ledger
    wrote: list[str]

    @cached_property
    def site(self) -> Site:
        return Site.of(self.workspace, self.config)

    @cached_property
    def art(self) -> bytes:
        """The show's cover, as a JPEG that apps take."""
        return cover.of_show(self.workspace, self.config.show)

    @cached_property
    def art_sum(self) -> str:
        """The SHA-256 of that: known without looking at the picture while its file stays. ConfigError as `art`."""
        show = self.config.show
        path = self.workspace.file(show.cover)
        name = str(path).removeprefix(f"{self.workspace.root}/")
        made_of = store.fingerprint("art", 1, [show.title, show.tagline, packaged.program()])
        if known := self.ledger.find("art", name, made_of):
            return known
        before = self.ledger.state(name)
        found = hashlib.sha256(self.art).hexdigest()
        if path.is_file():
            self.ledger.put("art", name, found, made_of, name, before)
        return found

    @cached_property
    def _made_by(self) -> str:
        """What every list is made of besides what it shows."""
        show, publish = self.config.show, self.config.publish
        made_of: list[JsonValue] = [
            show.model_dump(mode="json"), publish.home, publish.media_base_url, publish.prefix, self.site.fingerprint,
            packaged.program(),
        ]  # fmt: skip
        return store.fingerprint("lists", 1, made_of)

    @property
    def covers(self) -> Sequence[Sheet]:
        def smaller(pixels: int) -> bytes:
            return cover.shrink_cover(self.art, pixels)

        sizes = [Sheet(f"cover-{n}.jpg", [self.art_sum, n], partial(smaller, n)) for n in (600, 144)]
        return [Sheet("cover.jpg", [self.art_sum], lambda: self.art), *sizes]

    def sheets(self, sheets: Iterable[Sheet]) -> set[str]:
        """Put files of the site in place; return their paths. What the power takes is made again."""
        paths = set()
        for sheet in sheets:
            paths.add(sheet.path)
            if not self._stands(sheet.path, key := self._key(sheet.path, sheet.made_of)):
                self.write(sheet.path, data := sheet.make())
                self._note(sheet.path, key, data)
        return paths

    def write(self, path: str, data: bytes) -> None:
        """Make a file of the site hold the data."""
        if store.write_atomic(self.workspace.feed / path, data, durable=False):
            self.wrote.append(path)

    def feeds(self, items: Sequence[Entry]) -> set[str]:
        """Put the documents of the feed in place, feed.xml last, when all that they name is on the disk; return them.

        Raises PublishError where apps or directories would refuse one.
        """
        newest, *archives = feed.pages(items)
        if self.wrote:
            os.sync()
        for page in (*archives, newest):
            key = self._key(page.name, [self.guid(), page.made_of])
            if not self._stands(page.name, key):
                self._feed(page, key)
        return {page.name for page in (*archives, newest)}

    def _feed(self, page: feed.Page, key: str) -> None:
        path, data = self.workspace.feed / page.name, self.built(page)
        if not path.is_file() or path.read_bytes() != data:
            for failure in failures(self.config.publish, data, archive=page.name != "feed.xml"):
                raise PublishError(
                    f"{page.name} is not written, for it breaks a rule: {failure.rule} "
                    f"({failure.where}: {failure.found})",
                    "look at [show] and [publish] in podcast.toml; the feed that stood still stands",
                )
            store.write_atomic(path, data)
            self.wrote.append(page.name)
        self._note(page.name, key, data)

    def built(self, page: feed.Page) -> bytes:
        """Return a document of the feed."""
        return feed.build(self.config.show, self.config.publish, self.guid(), page, self._earlier)

    @cached_property
    def _earlier(self) -> str:
        """The language of episodes that do not say theirs: a show of ten thousand has 34 documents."""
        return language.of_earlier(self.workspace, self.config.show.language)

    def _key(self, path: str, made_of: Sequence[JsonValue]) -> str:
        return store.fingerprint(path, 1, [self._made_by, *made_of])

    def _stands(self, path: str, key: str) -> bool:
        """Tell whether the file was made of that, and has the bytes that it was made with."""
        told, there = self.ledger.find("list", path, key), self.workspace.feed / path
        return told is not None and there.is_file() and self.ledger.sha256(there) == told

    def _note(self, path: str, key: str, data: bytes) -> None:
        self.ledger.put("list", path, hashlib.sha256(data).hexdigest(), key)


def failures(settings: PublishSettings, data: bytes, *, archive: bool = False) -> Sequence[check.Failure]:
    """Return what apps and directories would refuse the document of the feed for."""
    passed = {*_LET_PASS, check.Rule.BLOCK.value} if settings.private else _LET_PASS
    return [failure for failure in check.feed(data, archive=archive) if failure.rule not in passed]
