"""Episodes become the folder feed/: media first, then transcripts and pages, the feed last and in one rename."""

import functools
import hashlib
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

from pydantic import JsonValue, ValidationError

from podcast import digest
from podcast.press import cover, embed, feed, release, transcript
from podcast.press.entry import Entry
from podcast.publishers import gathering, items, listing
from podcast.publishers.gathering import Held
from podcast.publishers.tidying import tidy
from podcast.show import catalogue, ledger, store
from podcast.show.config import Config
from podcast.show.errors import DocumentError, NotReady, PublishError, Refused
from podcast.show.schema import FORMATS, File, Item, ids
from podcast.show.workspace import PaperFolder, Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """An episode as it was found."""

    entry: Entry
    folder: PaperFolder | None = None
    """None where it goes on as it was, or is another machine's."""
    key: str = ""
    """Of what its item is to be made of; "" where the ledger has it that all stands."""
    stands: bool = False
    """Whether feed/ has all of it, made of what is there now."""
    paths: str = ""
    state: ledger.State | None = None
    """Of those paths, before they were read; None where that is not known."""


@dataclass
class Press:
    """Makes feed/, once or more often, of this show's episodes and of those that other machines have."""

    workspace: Workspace
    config: Config
    thorough: bool = False
    """Whether every file is read, whatever the ledger has of it."""
    wrote: list[str] = field(default_factory=list)
    """Every path that had to be written, in order."""
    removed: list[str] = field(default_factory=list)
    """Every path that was taken away, in order."""
    held: list[Held] = field(default_factory=list)
    """The episodes that could not be built anew, as of the last run."""
    _read: dict[bytes, Entry | str] = field(default_factory=dict)
    """What records of other machines say, by their bytes; why, where nothing can be made of them."""
    _survey: gathering.Survey | None = None

    @functools.cached_property
    def guid(self) -> str:
        return catalogue.found(self.workspace, self.config.publish.site_url, self.config.show.title).guid

    @functools.cached_property
    def ledger(self) -> ledger.Ledger:
        kind = ledger.Blank if self.thorough else ledger.Ledger
        return kind(self.workspace.root, self.workspace.ledger)

    @functools.cached_property
    def lists(self) -> listing.Lists:
        return listing.Lists(self.workspace, self.config, lambda: self.guid, self.ledger, self.wrote)

    @functools.cached_property
    def look(self) -> str:
        """What all pages are made of besides their episodes."""
        show, publish = self.config.show, self.config.publish
        made_of: list[JsonValue] = [
            show.model_dump(mode="json", exclude=None if show.report_to else {"report_to"}),  # as it was before
            publish.home,
            publish.media_base_url,
            self.lists.art_sum if publish.episode_art else None,
            self.lists.site.fingerprint,
        ]
        return store.fingerprint("look", items.VERSION, made_of)

    def withdrawn(self) -> Collection[str]:
        """Return which episodes are not to be published, by name."""
        self._survey = gathering.survey(self.workspace)
        return self._survey.withdrawn

    def run(self, others: Mapping[str, bytes], *, empty: bool = False) -> Sequence[Entry]:
        """Make feed/ show every episode, and return all, the newest first; what is right already is left alone.

        `others` are the `item.json` of episodes that a target has: feed and lists name them, their files are not here.
        What was published and cannot be built anew goes on as it was, and is `held`. A show that never had one is
        made where it may be `empty`; else NotReady is raised. Raises PublishError where none is left to go on with,
        Refused where `others` are of another show.
        """
        self.lists.site.check()
        workspace = self.workspace
        survey, self._survey = self._survey or gathering.survey(workspace), None
        own = {one.entry.name: one for one in self._looked(survey, {path.split("/")[1] for path in others})}
        here = {*own, *survey.withdrawn}
        foreign = [one for one in self._foreign(others) if one.name not in here]
        found = sorted([*own.values(), *map(Looked, foreign)], key=lambda one: _age(one.entry), reverse=True)
        if not found and self.held:
            raise PublishError(f"no episode is whole: {self.held[0].told()}", self.held[0].hint)
        if not found and not (empty or survey.withdrawn or (workspace.feed / "feed.xml").is_file()):
            raise NotReady("there is no episode to publish yet", "make one: podcast make --demo")
        catalogue.check(workspace, self.guid)
        catalogue.remember(workspace, {_named(one): one.number for one in foreign})
        self._sweep()
        covers = self.lists.covers  # one that apps would refuse is refused before anything is written
        entries = self._pressed(found)
        listed = self.lists.sheets(chain(covers, self.lists.site.sheets(entries)))
        for path, data in digest.files(workspace, self.config, self.guid, self.lists.site):
            self.lists.write(path, data)
            listed.add(path)
        listed |= self.lists.feeds(entries)
        self.removed += tidy(workspace, entries, listed, survey.withdrawn, self.config.publish.keep_old_media)
        self._keep(len(entries))
        return entries

    def troubles(self, elsewhere: Collection[str] = ()) -> Sequence[Held]:
        """Return the episodes that a run would hold; those `elsewhere` may be gone from this disk. Writes nothing."""
        for _ in self._looked(gathering.survey(self.workspace), elsewhere):
            pass
        return self.held

    def _foreign(self, others: Mapping[str, bytes]) -> Iterator[Entry]:
        """Yield the episodes of these records; one that cannot be read, or breaks a rule, is left out, and held."""
        for path, data in sorted(others.items()):
            guid = self.guid
            if data not in self._read:
                whole = functools.partial(Item.model_validate_json, data)
                try:
                    self._read[data] = Entry.of(self._ours(whole(), guid), whole)
                except (ValidationError, DocumentError) as error:
                    said = "it is no record of an episode" if isinstance(error, ValidationError) else str(error)
                    log.error("left out of the feed: %s, of another machine: %s", path, said)
                    self._read[data] = said
            read = self._read[data]
            if isinstance(read, Entry):
                if read.item == path:
                    yield read
            elif folder := gathering.folder_of(self.workspace, path.split("/")[1]):
                hint = "publish it again on the machine that made it"
                self.held.append(Held(path.split("/")[1], folder.paper_id, read, hint))

    def _ours(self, item: Item, guid: str) -> Item:
        """Return the item of another machine if it is of this show, and fit to be in the feed."""
        episode = item.episode
        if episode.guid != catalogue.episode_guid(guid, episode.day, episode.paper_id):
            raise Refused(
                f"the target has an episode of another show: {item.name}",
                "set [publish.s3] prefix to a folder of this show's own; or, if both are one, copy episodes/show.json "
                "from the machine that made it",
            )
        return self._fit(item, item.item)

    def _fit(self, item: Item, source: object) -> Item:
        for failure in self.lists.failures(self.lists.build(feed.Page("feed.xml", (Entry.of(item),)))):
            if failure.where.startswith("item"):
                raise DocumentError(f"{source}: {failure.rule}: {failure.found}", "mend it, or make it again")
        return item

    def _looked(self, survey: gathering.Survey, elsewhere: Collection[str]) -> Iterator[Looked]:
        """Yield every episode that was made here, also where it goes on as it was."""
        self.held = []
        for name, folder in survey.made.items():
            if known := self._known(name, folder):
                yield known
                continue
            try:
                yield self._look(name, folder)
            except (DocumentError, NotReady) as error:
                if isinstance(error, release.Gone) and name in elsewhere:
                    continue  # the target has it whole
                stood = gathering.stood(self.workspace, name)
                title = stood.episode.title if stood else ""
                shown = stood is not None or name in elsewhere
                silent = stood is not None and name not in elsewhere and not gathering.is_heard(self.workspace, stood)
                self.held.append(Held(name, folder.paper_id, str(error), error.hint, title, shown, silent))
                if stood:
                    yield Looked(Entry.of(stood, self._loader(name)))

    def _known(self, name: str, folder: PaperFolder) -> Looked | None:
        """Return the episode as the ledger has it, if all that it was made of and has is as it was then."""
        row = self.ledger.row("episode", name)
        if row and self.ledger.holds("episode", name, row, self.look):
            return Looked(Entry.unpacked(row.value, self._loader(name)), folder, stands=True)
        return None

    def _look(self, name: str, folder: PaperFolder) -> Looked:
        """Return the episode by the item that stands, if it was made of what is there now; else by a new one."""
        if not os.path.lexists(folder.episode):
            again = ids.called(folder.about) if folder.own.is_file() else str(folder.day)
            again += f" --format {folder.format}" if folder.format != FORMATS[0] else ""
            raise release.Gone(
                f"{folder.episode} is not there",
                f"put it back from a copy, or podcast make {again}; to take it out: "
                f"podcast publish --withdraw {folder.named}",
            )
        record = f"feed/episodes/{name}/item.json"
        if not self.thorough:
            store.sweep(self.workspace.feed / "episodes" / name, deep=False)
        before = self.ledger.state(record)
        item = gathering.record(self.workspace, name)
        made_of = items.sources(self.workspace, folder)
        paths = self._paths(record, folder, [*made_of, self.workspace.day(folder.day).digest], item)
        state = self.ledger.state(paths)
        key = self._key(folder, made_of)
        if item and item.key == key:
            release.check_media(folder, item.episode, self.ledger.sha256)
            told = state if state.text.startswith(before.text) else None
            return Looked(Entry.of(item, self._loader(name)), folder, key, self._stands(folder, item), paths, told)
        made = self._itemized(folder, key)
        return Looked(Entry.of(self._fit(made, folder.episode), lambda: self._itemized(folder, key)), folder, key)

    def _itemized(self, folder: PaperFolder, key: str) -> Item:
        found = release.load(self.workspace, folder, self.ledger.sha256)
        return items.itemize(found, self.config.show, self.lists.site.own, key, self.config.publish.home)

    def _key(self, folder: PaperFolder, made_of: Sequence[Path]) -> str:
        return items.key(self.look, made_of, digest.page_of(self.workspace.day(folder.day)))

    def _loader(self, name: str) -> Callable[[], Item]:
        return functools.partial(_loaded, self.workspace, name)

    def _paths(self, record: str, folder: PaperFolder, made_of: Sequence[Path], item: Item | None) -> str:
        """Return all that the episode is made of and has, its record first; its page's folder shows what was left."""
        cut = len(str(self.workspace.root)) + 1
        sounds = [f"{folder.root}/{media.file}"[cut:] for media in item.episode.sounds()] if item else []
        files = [f"feed/{path}" for path in item.files] if item else []
        found = [record, record.rpartition("/")[0], *(str(path)[cut:] for path in made_of), *sounds, *files]
        return "" if any("\n" in path for path in found) else "\n".join(found)

    def _stands(self, folder: PaperFolder, item: Item) -> bool:
        """Whether all files of the item are there with the bytes they were made with, and none is another's as well."""
        for path, file in item.files.items():
            there = self.workspace.feed / path
            if not there.is_file() or there.stat().st_size != file.size or self.ledger.sha256(there) != file.sha256:
                return False
        sounds = zip((item.media, item.opus), item.episode.sounds(), strict=False)
        return bool(item.files) and not any(
            items.is_shared(folder.root / media.file, self.workspace.feed / path) for path, media in sounds
        )

    def _pressed(self, found: Sequence[Looked]) -> Sequence[Entry]:
        """Return the episodes' entries, the newest first, each with its page in place."""
        entries, pressed = [one.entry for one in found], []
        told = _told(entries)
        for at, (one, (older, entry, newer)) in enumerate(zip(found, _neighbours(entries), strict=True)):
            others = [other for other in told[entry.about] if other.name != entry.name]
            around = " ".join((
                *(f"{other.page} {other.title}" if other else "-" for other in (older, newer)),
                *(f"{other.page} {other.stem}" for other in others),
            ))  # fmt: skip
            if one.folder and (entry.around != around or not one.stands):
                entries[at] = self._press(one, (older, newer), others, around)
                pressed.append(one.folder)
            elif one.paths and one.state:
                self.ledger.put("episode", entry.name, entry.packed(), self.look, one.paths, one.state)
        for folder in pressed:
            self._look_again(folder)
        return entries

    def _look_again(self, folder: PaperFolder) -> None:
        """Have the ledger know what was made, if that was long enough ago to be believed: it is read once more."""
        name = f"{folder.day}-{folder.paper_id}"
        with suppress(DocumentError, NotReady):  # changed meanwhile: the next publish tells
            if not self.ledger.is_settled(self.ledger.state(f"feed/episodes/{name}/item.json")):
                return
            one = self._look(name, folder)
            if one.stands and one.paths and one.state:
                self.ledger.put("episode", name, one.entry.packed(), self.look, one.paths, one.state)

    def _press(
        self, one: Looked, beside: tuple[Entry | None, Entry | None], others: Sequence[Entry], around: str
    ) -> Entry:
        """Write all that the site has of the episode, its item last, and return its entry."""
        folder, name, root = one.folder, one.entry.name, self.workspace.feed
        assert folder
        found = release.load(self.workspace, folder, self.ledger.sha256)
        key = one.key or self._key(folder, items.sources(self.workspace, folder))
        item = items.itemize(found, self.config.show, self.lists.site.own, key, self.config.publish.home)
        episode, files = found.episode, {}
        for path, media in zip((item.media, item.opus), episode.sounds(), strict=False):
            if items.place(folder.root / media.file, root / path, media.sha256):
                self.wrote.append(path)
            files[path] = File(size=media.size, sha256=media.sha256)
        captions = tuple(transcript.captions(episode.cues))
        made = [
            (item.vtt, transcript.vtt(captions)),
            (item.srt, transcript.srt(captions)),
            (item.transcript, transcript.transcript_json(captions)),
            (item.chapters, transcript.chapters_json(episode.title, episode.chapters)),
        ]
        if self.config.publish.episode_art:
            art = cover.draw_episode(self.lists.art, episode.title, episode.day, episode.number)
            made += [(item.art, art), (item.small_art, cover.shrink_art(art))]
        has = {*files, *(path for path, _ in made)}
        text = digest.page_of(self.workspace.day(folder.day))
        page = self.lists.site.episode(found, item.notes.decode(), *beside, has, text, others)
        made += [
            (f"{item.page}index.html", page),
            (item.embed, self.lists.site.embedded(found)),
            (item.oembed, embed.oembed(self.config.show, self.config.publish, found)),
        ]
        for path, data in made:
            self.lists.write(path, data)
            files[path] = File(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        item = item.model_copy(update={"files": files, "around": around})
        self.lists.write(item.item, store.to_json(item))
        return Entry.of(item, self._loader(name))

    def _sweep(self) -> None:
        """Remove what a crash left half-written; in the folders of pages that is seen by their state."""
        feed = self.workspace.feed
        store.sweep(self.workspace.episodes, deep=False)
        store.sweep(feed, deep=False)
        for folder in feed.iterdir() if feed.is_dir() else ():
            if folder.is_dir() and folder.name != "episodes":
                store.sweep(folder)

    def _keep(self, count: int) -> None:
        """Have the ledger on the disk, without what is long gone."""
        self.ledger.keep()
        root = self.workspace.root
        self.ledger.prune("episode", lambda name: (self.workspace.feed / "episodes" / name).is_dir(), 2 * count + 100)
        self.ledger.prune("sum", lambda name: (root / name).is_file(), 20 * count + 1000)


def _loaded(workspace: Workspace, name: str) -> Item:
    return store.load(Item, workspace.feed / "episodes" / name / "item.json")


def _age(entry: Entry) -> tuple[object, int, str]:
    return entry.published, entry.number, entry.name


def _named(entry: Entry) -> str:
    """Return the entry's name as the catalogue has it: "DAY/PAPER"."""
    return f"{entry.day}/{entry.name.removeprefix(f'{entry.day}-')}"


def _told(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return the episodes about each paper of a day, in the order in which they were made."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.number):
        found.setdefault(entry.about, []).append(entry)
    return found


def _neighbours(entries: Sequence[Entry]) -> list[tuple[Entry | None, Entry, Entry | None]]:
    """Return each entry between the next older and the next newer one; `entries` come newest first."""
    padded = [None, *entries, None]
    return [(older, one, newer) for (newer, one), older in zip(pairwise(padded), padded[2:], strict=False) if one]
