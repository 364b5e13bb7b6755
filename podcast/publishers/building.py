"""Episodes become the folder feed/: media first, then transcripts and pages, the feed last and in one rename."""

import datetime as dt
import functools
import logging
import os
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pydantic import JsonValue

from podcast import digest
from podcast.press import feed, release
from podcast.press.entry import Entry
from podcast.publishers import digests, gathering, items, listing, printers, printing
from podcast.publishers.away import Away
from podcast.publishers.gathering import Held
from podcast.publishers.tidying import tidy
from podcast.show import catalogue, corrections, garbage, language, ledger, mending, store
from podcast.show.config import Config
from podcast.show.errors import DocumentError, NotReady, PodcastError, PublishError, quoted
from podcast.show.schema import ROUNDUP, Item, Script, Withdrawn, paper_of, whose
from podcast.show.workspace import PaperFolder, Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """An episode as it was found."""

    entry: Entry
    built: bool = False
    """Whether it can be built anew; not, where it goes on as it was, or is another machine's."""
    key: str = ""
    """Of what its item is to be made of; "" where the ledger has it that all stands."""
    stands: bool = False
    """Whether feed/ has all of it, made of what is there now."""
    fit: bool = True
    """Whether its item was held to the rules; not, where it is still to be made."""
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
    instead: str = ""
    """The episode that goes in the place of a later one that stands: an older copy, which somebody wants."""
    wrote: list[str] = field(default_factory=list)
    """Every path that had to be written, in order."""
    removed: list[str] = field(default_factory=list)
    """Every path that was taken away, in order."""
    held: list[Held] = field(default_factory=list)
    """The episodes that could not be built anew, as of the last run."""
    _read: dict[str, Entry | str] = field(default_factory=dict)
    """What records of other machines were found to say in the runs before."""
    _surveyed: tuple[gathering.Survey, Mapping[str, Entry]] | None = None
    """For the next run."""
    _lost: list[Path] = field(default_factory=list)
    """Papers' texts that pages are made anew without."""
    _barred: Mapping[str, dt.datetime] = field(default_factory=dict)
    """When episodes were withdrawn that are not by what is here."""
    _behind: set[str] = field(default_factory=set)
    """Episodes that stand here as they were before another machine published them, and cannot be built anew."""

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
    def printer(self) -> printing.Printer:
        return printing.Printer(self.workspace, self.config, self.guid, self.lists.site)

    @functools.cached_property
    def look(self) -> str:
        """What all pages are made of besides their episodes."""
        show, publish = self.config.show, self.config.publish
        made_of: list[JsonValue] = [
            show.model_dump(mode="json", exclude=None if show.report_to else {"report_to"}),  # as it was before
            publish.home,
            publish.media_base_url,
            self.lists.art_sum if publish.episode_art else None,
            publish.figures,
            self.lists.site.fingerprint,
        ]
        return store.fingerprint("look", items.VERSION, made_of)

    def withdrawn(self) -> Collection[str]:
        """Return which episodes were withdrawn here, by name: no target is to have them."""
        self._surveyed = self._survey()
        return [name for name in self._surveyed[0].withdrawn if not gathering.follows(self.workspace.episode(name))]

    def run(self, others: Mapping[str, bytes], *, empty: bool = False) -> Sequence[Entry]:
        """Make feed/ show every episode, and return all, the newest first; what is right already is left alone.

        `others` are the `item.json` of episodes that a target has: feed and lists name them, their files are not here.
        What was published and cannot be built anew goes on as it was, and is `held`. A show that never had one is
        made where it may be `empty`; else NotReady is raised. Raises PublishError where none is left to go on with,
        Refused where `others` are of another show.
        """
        self.lists.site.check()
        workspace = self.workspace
        survey, standing = self._surveyed or self._survey()
        self._surveyed = None
        away = Away(others, lambda: self.printer, self.ledger, self._read)
        followed, out_now = self._follow(survey, away)
        if followed:
            survey, standing = self._survey()
        own = {one.entry.name: one for one in self._looked(survey, standing, away)}
        self.held += out_now
        if lost := self._lost:
            log.warning(
                "%s: no page tells where in that paper a line stands until it is back (%s)", *mending.absent(lost)
            )
        out = {*survey.withdrawn, *self._barred}
        foreign = [Looked(one) for one in self._foreign(away, own, out)]
        found = sorted((*own.values(), *foreign), key=lambda one: age(one.entry), reverse=True)
        without = feed.doubled([one.entry for one in found]) if foreign else ()
        numbers = {_named(one.entry): one.entry.number for one in foreign}
        catalogue.remember(workspace, numbers, [f"{name[:10]}/{name[11:]}" for name in without])
        self._some_left(found)
        if not found and not (empty or survey.withdrawn or (workspace.feed / "feed.xml").is_file()):
            raise NotReady("there is no episode to publish yet", "make one: podcast make --demo")
        catalogue.check(workspace, self.guid)
        language.keep(workspace, self.config.show.language)
        self._sweep()
        covers = self.lists.covers  # one that apps would refuse is refused before anything is written
        entries = self._pressed(found, away)
        listed = self.lists.sheets(chain(covers, self.lists.site.sheets(entries)))
        aired = {entry.name for entry in entries}
        stuck = list[digest.Stuck]()
        for path, data in digest.files(workspace, self.config, self.guid, self.lists.site, self.ledger, stuck, aired):
            if data is not None:
                self.lists.write(path, data)
            listed.add(path)
        self._stick(stuck)
        listed |= self.lists.feeds(entries)
        keep = self.config.publish.keep_old_media
        self.removed += tidy(workspace, entries, listed, out, self._behind, keep)
        self._bar(survey.withdrawn)
        self._keep(len(entries), away)
        return entries

    def _follow(self, survey: gathering.Survey, away: Away) -> tuple[bool, Sequence[Held]]:
        """Have feed/ follow what was put back here, and the folders here what it and the target tell of withdrawals;
        return whether one had to, and what is to be said of those that are withdrawn by that."""
        workspace = self.workspace
        barred = gathering.barred(workspace, survey.withdrawn)
        put_back = gathering.put_back(workspace, {*survey.withdrawn, *barred})
        for path in put_back:
            (workspace.feed / path).unlink()
        self.removed += put_back
        again = [
            folder for name in survey.withdrawn
            if name in away and not workspace.withdrawal(name).is_file()
            and gathering.follows(folder := workspace.episode(name))
        ]  # fmt: skip
        for folder in again:
            folder.withdrawn.unlink()
            log.warning("%s was put back where it had been withdrawn: here, too", folder.named)
        held = list[Held]()
        for name, since in barred.items():
            folder = workspace.episode(name)
            if os.path.lexists(folder.episode):
                corrections.keep_withdrawn(workspace, folder, since)
                store.write_atomic(folder.withdrawn, store.to_json(Withdrawn(since=since, followed=True)))
                held.append(self._withheld(name, folder, since))
        return bool(again or held), held

    def _bar(self, withdrawn: Iterable[str]) -> None:
        """Have feed/ tell of the episodes that were withdrawn, since when they were last, and their folders know that
        it does."""
        for name in withdrawn:
            folder, path = self.workspace.episode(name), self.workspace.withdrawal(name)
            stands = store.load_disposable(Withdrawn, path)
            told = store.load_disposable(Withdrawn, folder.withdrawn)
            told = told or stands or Withdrawn(since=dt.datetime.now(dt.UTC))
            since = max(told.since, stands.since) if stands else told.since
            corrections.keep_withdrawn(self.workspace, folder, since)
            if stands is None or stands.since < since:
                self.lists.write(f"withdrawn/{path.name}", store.to_json(Withdrawn(since=since)))

    def looked_over(self, elsewhere: Collection[str] = ()) -> tuple[Sequence[Looked], Mapping[str, bytes | None]]:
        """Return the episodes, those that a run would hold as they go on, and what it would make of the digest: what it
        would hold is `held`. Episodes `elsewhere` may be gone from this disk. Writes nothing."""
        found: list[Looked] = []
        for one in self._looked(*self._survey(), elsewhere):
            last: Looked | None = one
            if not one.fit and one.built:
                try:
                    one.entry.whole()
                except (DocumentError, NotReady) as error:
                    name = one.entry.name
                    last = self._hold(name, self.workspace.episode(name), error, elsewhere)
            found += [last] if last else []
        stuck = list[digest.Stuck]()
        aired = {*elsewhere, *(one.entry.name for one in found)}
        texts = dict(digest.files(self.workspace, self.config, self.guid, self.lists.site, self.ledger, stuck, aired))
        self._stick(stuck)
        return found, texts

    def _stick(self, stuck: Iterable[digest.Stuck]) -> None:
        """Hold the reports, but for those that stay as they are for want of what an episode is held for."""
        said = {one.reason for one in self.held} | {paper_of(one.paper_id) for one in self.held}
        self.held += [
            Held(each.name, ROUNDUP, each.reason, each.hint, shown=each.shown)
            for each in stuck if said.isdisjoint((each.reason, each.paper_id))
        ]  # fmt: skip

    def _some_left(self, found: Sequence[Looked]) -> None:
        if not found and self.held:
            raise PublishError(f"no episode is whole: {self.held[0].told()}", self.held[0].hint)

    def _foreign(self, away: Away, own: Collection[str], withdrawn: Collection[str]) -> Iterator[Entry]:
        """Yield the episodes that other machines alone have; one that cannot be read, or breaks a rule, is left out and
        held. Of what is our `own`, or `withdrawn`, no record is looked into."""
        for name in away.names:
            if name in withdrawn:
                continue
            if name in own:
                away.check(name)
                continue
            found = away.entry(name)
            if isinstance(found, Entry):
                yield found
            elif found and (folder := gathering.folder_of(self.workspace, name)):
                hint = "publish it again on the machine that made it"
                self.held.append(Held(name, folder.paper_id, found, hint))

    @garbage.left_alone()
    def _survey(self) -> tuple[gathering.Survey, Mapping[str, Entry]]:
        """Return which episodes there are, and those of which the ledger has it that all stands."""
        with self.ledger.ahead("episode", self.look) as ahead:
            survey = gathering.survey(self.workspace)
            told = self.ledger.values("episode", survey.made, self.look, ahead)
            standing = {name: Entry.unpacked(text, self._loader(name)) for name, text in told if text is not None}
        return survey, standing

    def _looked(
        self, survey: gathering.Survey, standing: Mapping[str, Entry], elsewhere: Container[str]
    ) -> Iterator[Looked]:
        """Yield every episode that was made here, also where it goes on as it was."""
        self.held, self._lost, self._behind = [], [], set()
        self._barred = gathering.barred(self.workspace, survey.withdrawn)
        unlike = elsewhere.unlike if isinstance(elsewhere, Away) else ()
        for name in survey.made:
            if name in standing and name not in self._barred and name not in unlike:
                yield Looked(standing[name], built=True, stands=True)
                continue
            folder = self.workspace.episode(name)  # ten thousand of them cost a tenth of a second
            if name in self._barred:
                if os.path.lexists(folder.episode):  # which a run follows
                    self.held.append(self._withheld(name, folder, self._barred[name]))
                continue
            try:
                stands = elsewhere.item(name) if isinstance(elsewhere, Away) and name in unlike else None
                renewed = stands is not None and self._goes_before(folder, stands)
                if name in standing and not renewed:
                    yield Looked(standing[name], built=True, stands=True)
                    continue
                yield self._look(name, folder)
            except (DocumentError, NotReady) as error:
                if isinstance(error, release.Gone) and name in elsewhere:
                    self._is_behind(name, elsewhere)
                    continue  # the target has it whole
                if one := self._hold(name, folder, error, elsewhere):
                    yield one

    def _withheld(self, name: str, folder: PaperFolder, since: dt.datetime) -> Held:
        """Return what to say of an episode that was withdrawn elsewhere, or here before an older copy was put back."""
        return Held(
            name, folder.paper_id,
            f"it was withdrawn on {since:%Y-%m-%d}, which {folder.root} did not know",
            f"it stays out from now on; to have it back: rm {quoted(folder.withdrawn)}, then podcast publish",
        )  # fmt: skip

    def _hold(self, name: str, folder: PaperFolder, error: PodcastError, elsewhere: Container[str]) -> Looked | None:
        """Note that the episode cannot be built anew; return it as it was published, None where it never was, or where
        another machine published it since."""
        stood = catalogue.stood(self.workspace, name)
        title = stood.episode.title if stood else ""
        shown = stood is not None or name in elsewhere
        silent = stood is not None and name not in elsewhere and not gathering.is_heard(self.workspace, stood)
        self.held.append(Held(name, folder.paper_id, str(error), error.hint, title, shown, silent))
        return Looked(Entry.of(stood, self._loader(name))) if stood and not self._is_behind(name, elsewhere) else None

    def _is_behind(self, name: str, elsewhere: Container[str]) -> bool:
        """Tell, and keep, whether another machine published the episode after what stands here was: that one goes."""
        if isinstance(elsewhere, Away) and elsewhere.has_another(name, self.workspace.item(name)):
            self._behind.add(name)
        return name in self._behind

    def _goes_before(self, folder: PaperFolder, stands: Item) -> bool:
        """Raise DocumentError where the episode that stands was changed after the one that is here: an older copy takes
        nothing back. The one that is to go `instead` becomes the later one; tell whether it did."""
        if not os.path.lexists(folder.episode):
            return False
        ours, there = catalogue.episode_of(folder), stands.episode
        if there.revision > ours.revision and corrections.is_alike(there, ours):  # changes that were undone there
            newer = ours.model_copy(update={"revision": there.revision})
            return not self.thorough and store.write_atomic(folder.episode, store.to_json(newer))
        if not corrections.is_later(folder, there, ours):
            return False
        if stands.name == self.instead:
            newest = ours.model_copy(update={"revision": there.revision + 1})
            return store.write_atomic(folder.episode, store.to_json(newest))
        lacking = corrections.lacks(there, ours)
        changed = f"was corrected on {lacking[-1].made_on}" if lacking else "was changed later"
        place, instead = quoted(folder.root), f"podcast publish --instead {folder.named}"
        raise DocumentError(
            f"what stands {changed}, which {folder.root} has not",
            f"put {place} back from a newer copy, or from the machine that changed it; to have what is here in its "
            f"place: {instead}",
        )

    def _look(self, name: str, folder: PaperFolder) -> Looked:
        """Return the episode by the item that stands, if it was made of what is there now; else by a new one."""
        if gone := gathering.gone(folder):
            raise gone
        record = f"feed/episodes/{name}/item.json"
        if not self.thorough:
            store.sweep(self.workspace.feed / "episodes" / name, deep=False)
        before = self.ledger.state(record)
        item = catalogue.record(self.workspace, name)
        made_of = items.sources(self.workspace, folder)
        beside = [folder.script, digest.of_episode(folder, self.workspace)]
        paths = self._paths(record, folder, [*made_of, *beside], item)
        state = self.ledger.state(paths)
        as_written = self._has_script(name, folder)
        key = self._key(folder, made_of)
        if item and item.key == key and store.stands_as_made(self.workspace.item(name)):
            release.check_media(folder, item.episode, self.ledger.sha256)
            told = state if as_written and state.text.startswith(before.text) else None
            stands = self._stands(folder, item)
            return Looked(Entry.of(item, self._loader(name)), True, key, stands, paths=paths, state=told)
        if item and item.name == name and self._goes_before(folder, item):
            return self._look(name, folder)
        episode = catalogue.episode_of(folder)
        release.check_media(folder, episode, self.ledger.sha256)
        if os.path.lexists(self.workspace.item(name)):  # it stood, perhaps with what is not here any more
            self._lost += items.lost_texts(folder, made_of)
        to_come = Entry.to_come(episode, functools.partial(self.printer.item, folder, key))
        return Looked(to_come, True, key, fit=False)

    def _has_script(self, name: str, folder: PaperFolder) -> bool:
        """Tell whether the episode has a script that can be read; where it has none, that is held, once: what it says
        may be ahead of what is heard, but not lost."""
        try:
            store.load(Script, folder.script)
        except DocumentError as error:
            if not any(one.name == name for one in self.held):
                self.held.append(Held(name, folder.paper_id, str(error), error.hint, shown=True, built=True))
            return False
        return True

    def _key(self, folder: PaperFolder, made_of: Sequence[Path]) -> str:
        gone = release.gone(self.workspace, items.memories(folder))
        return items.key(self.look, made_of, self._text_of(folder), gone)

    def _text_of(self, folder: PaperFolder) -> str:
        """Return the page of the digest that the episode's page leads to; "" where there is none."""
        return digest.page_of(folder, self.workspace)

    def _loader(self, name: str) -> Callable[[], Item]:
        return functools.partial(printing.stood, self.workspace, name)

    def _paths(self, record: str, folder: PaperFolder, made_of: Sequence[Path], item: Item | None) -> str:
        """Return all that the episode is made of and has, its record first; its page's folder shows what was left, and
        that of a document which is not there, that it came."""
        cut = len(str(self.workspace.root)) + 1
        sounds = [f"{folder.root}/{media.file}"[cut:] for media in item.episode.sounds()] if item else []
        files = [f"feed/{path}" for path in item.files] if item else []
        there = dict.fromkeys(str(path if os.path.lexists(path) else path.parent)[cut:] for path in made_of)
        found = [record, record.rpartition("/")[0], *there, *sounds, *files]
        return "" if any("\n" in path for path in found) else "\n".join(found)

    def _stands(self, folder: PaperFolder, item: Item) -> bool:
        """Whether all files of the item are there with the bytes they were made with, and none is another's as well."""
        for path, file in item.files.items():
            if not store.is_whole(self.workspace.feed / path, file.size, file.sha256, self.ledger.sha256):
                return False
        sounds = zip((item.media, item.opus), item.episode.sounds(), strict=False)
        return bool(item.files) and not any(
            items.is_shared(folder.root / media.file, self.workspace.feed / path) for path, media in sounds
        )

    def _pressed(self, found: Sequence[Looked], away: Away) -> Sequence[Entry]:
        """Return the episodes' entries, the newest first, each with its page in place.

        One that turns out not to be whole is held, and goes on as it was, or as it is `away`; what leads to it is made
        once more.
        """
        pressed: dict[str, PaperFolder] = {}
        served: Mapping[str, Sequence[str]] | None = None
        whole = False
        while not whole:
            found = sorted(found, key=lambda one: age(one.entry), reverse=True)
            became: dict[str, Looked | None] = {}
            for order, outcome in printers.printed(self.printer, list(self._orders(found))):
                served = self._served() if served is None else served
                became[order.entry.name] = self._placed(order, outcome, away, served)
                pressed[order.entry.name] = order.folder
            whole = all(one and one.stands for one in became.values())
            found = [one for old in found if (one := became.get(old.entry.name, old))]
            self._some_left(found)
        for folder in pressed.values():
            self._look_again(folder)
        return [one.entry for one in found]

    def _orders(self, found: Sequence[Looked]) -> Iterator[printing.Order]:
        """Yield those of the episodes, which come newest first, that do not stand as they are to be."""
        entries = [one.entry for one in found]
        others_of, padded = _others(entries), [None, *entries, None]
        links = [f"{entry.page} {entry.title}" if entry else "-" for entry in padded]
        for at, one in enumerate(found, 1):
            entry, others = one.entry, others_of.get(one.entry.name, ())
            older, newer = at + 1, at - 1
            around = " ".join((links[older], links[newer], *(f"{other.page} {other.stem}" for other in others)))
            if one.built and (entry.around != around or not one.stands):
                folder = self.workspace.episode(entry.name)
                key = one.key or self._key(folder, items.sources(self.workspace, folder))
                text = self._text_of(folder)
                yield printing.Order(folder, key, entry, padded[older], padded[newer], others, around, text, one.fit)
            elif one.paths and one.state:
                self.ledger.put("episode", entry.name, entry.packed(), self.look, one.paths, one.state)

    def _served(self) -> Mapping[str, Sequence[str]]:
        """Return the media that is served, with whatever sound of the episode, by its name."""
        found = dict[str, list[str]]()
        for path in store.names(self.workspace.feed / "media"):
            if name := whose(f"media/{path}")[0]:
                found.setdefault(name, []).append(f"media/{path}")
        return found

    def _placed(
        self, order: printing.Order, outcome: printers.Outcome, away: Away, served: Mapping[str, Sequence[str]]
    ) -> Looked | None:
        """Write what the site has of the episode, its item last, and return it as it stands now; one that is not whole
        is held."""
        try:
            if isinstance(outcome, Exception):
                raise outcome
            for path, mix, sha256 in outcome.sounds:
                if items.place(mix, self.workspace.feed / path, sha256):
                    self.wrote.append(path)
        except (DocumentError, NotReady) as error:
            name = order.entry.name
            if held := self._hold(name, order.folder, error, away):
                return held
            there = away.entry(name)
            return Looked(there) if isinstance(there, Entry) else None
        for path, data in outcome.files:
            self.lists.write(path, data)
        self._take_away(outcome, served.get(order.entry.name, ()))
        return Looked(outcome.entry, True, order.key, stands=True)

    def _look_again(self, folder: PaperFolder) -> None:
        """Have the ledger know what was made, if that was long enough ago to be believed: it is read once more."""
        name = f"{folder.day}-{folder.paper_id}"
        with suppress(DocumentError, NotReady):  # changed meanwhile: the next publish tells
            if not self.ledger.is_settled(self.ledger.state(f"feed/episodes/{name}/item.json")):
                return
            one = self._look(name, folder)
            if one.stands and one.paths and one.state:
                self.ledger.put("episode", name, one.entry.packed(), self.look, one.paths, one.state)

    def _take_away(self, made: printing.Printed, served: Iterable[str]) -> None:
        """Remove what goes with the episode's sound, and it has no more, and pictures of its chapters with whatever
        sound: what may not be shown, or is not to be, is not served."""
        files = {path for path, *_ in (*made.sounds, *made.files)}
        for path in served:
            gone = path not in files and (whose(path)[1] == made.entry.stem or digests.of_chapter(path))
            if gone and (there := self.workspace.feed / path).is_file():
                there.unlink()
                self.removed.append(path)

    def _sweep(self) -> None:
        """Remove what a crash left half-written; in the folders of pages that is seen by their state."""
        feed = self.workspace.feed
        store.sweep(self.workspace.episodes, deep=False)
        store.sweep(feed, deep=False)
        for folder in feed.iterdir() if feed.is_dir() else ():
            if folder.is_dir() and folder.name != "episodes":
                store.sweep(folder, deep=folder.name != "media")

    def _keep(self, count: int, away: Away) -> None:
        """Have the ledger on the disk, without what is long gone."""
        self.ledger.keep()
        root = self.workspace.root
        self.ledger.prune("episode", lambda name: (self.workspace.feed / "episodes" / name).is_dir(), 2 * count + 100)
        self.ledger.prune("away", away.__contains__, 2 * count + 100)
        self.ledger.prune("sum", lambda name: (root / name).is_file(), 20 * count + 1000)


def age(entry: Entry) -> tuple[object, int, str]:
    """Return what episodes stand in order by."""
    return entry.published, entry.number, entry.name


def _named(entry: Entry) -> str:
    """Return the entry's name as the catalogue has it: "DAY/PAPER"."""
    return f"{entry.day}/{entry.name.removeprefix(f'{entry.day}-')}"


def _others(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return by an episode's name those about the same paper of a day in other formats, in the order in which they were
    made; where there is none, nothing."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.number):
        found.setdefault(entry.about, []).append(entry)
    groups = [group for group in found.values() if len(group) > 1]
    return {one.name: [other for other in group if other is not one] for group in groups for one in group}
