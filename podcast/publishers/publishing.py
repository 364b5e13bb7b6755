"""All whole episodes become feed/, and feed/ goes where listeners find it; then it is looked whether they do."""

import datetime as dt
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from podcast.press import feed
from podcast.press.entry import Entry
from podcast.publishers import PUBLISHERS, Delivery, Publisher, announced, gathering, notify, reach
from podcast.publishers.building import Press
from podcast.show import corrections, founding, loopback, registry, store
from podcast.show.config import Config
from podcast.show.schema import LastPublish, Withdrawn
from podcast.show.workspace import PaperFolder, Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Published:
    """What now stands in feed/ and at the target."""

    feed: Path
    page: Path
    items: Sequence[Entry]
    """Every episode of the feed, the newest first."""
    wrote: tuple[str, ...]
    """Paths under feed/ that had to be written on this disk."""
    removed: tuple[str, ...]
    """Paths under feed/ that were taken away on this disk."""
    held: tuple[gathering.Held, ...]
    """Episodes that could not be built anew, and go on as they were, or are missing."""
    target: str
    """What people call the target; "" where it is feed/ itself."""
    delivery: Delivery
    unreached: Sequence[reach.Unreached] = ()
    """Addresses of changed episodes where listeners do not get what they should."""

    @cached_property
    def media(self) -> Sequence[Path]:
        """Of those that were made here, the newest first."""
        found = (self.feed.parent / item.media for item in self.items)
        return [path for path in found if path.is_file()]

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the paths that listeners find changed."""
        return self.delivery.written if self.target else self.wrote


def publish(
    workspace: Workspace, config: Config, *, wait: bool = True, webhook: bool = True, empty: bool = False,
    gone: Collection[str] = (), instead: str = "",
) -> Published:  # fmt: skip
    """Make feed/ show every episode, and bring it to the target; what is right already is left alone. An episode that
    cannot be built anew goes on as it was published, and is `held`: that is for the caller to tell.

    Then the addresses of what changed are asked for, and the hub and, unless a run tells it, the webhook are told: what
    is wrong with those is said, and fails nothing. Another command that publishes is waited for, or Busy is raised;
    papers may be worked on meanwhile, for what is read appears whole.

    Files that are `gone` from feed/, by their paths, leave the target as well. A show without an episode has page and
    feed where it may be `empty`; else NotReady is raised. An episode that is to go `instead`, by its name, takes the
    place of a later one that stands. Raises PublishError where the target does not take it: until
    the end the old feed stands whole; ConfigError where the show has lost its title or address.
    """
    founding.check_going_out(workspace, config)
    settings = config.publish
    publisher: Publisher = registry.load(settings.target, PUBLISHERS, "target")(settings, workspace.cache)
    press = Press(workspace, config, instead=instead)
    items: Sequence[Entry] = ()

    def build(others: Mapping[str, bytes]) -> None:
        nonlocal items
        items = press.run(others, empty=empty)

    with store.locked(workspace.publish_lock, "the feed is being published", wait=wait):
        lost = announced.was_lost(workspace)
        delivery = publisher.publish(workspace.feed, build, {*press.withdrawn(), *gone})
        if not workspace.published.is_file():
            store.create_once(workspace.published, b"")
    at = LastPublish(at=dt.datetime.now(dt.UTC))
    store.write_atomic(workspace.last_publish, store.to_json(at), durable=False)
    for name in sorted(feed.doubled(items)):
        log.warning("%s goes without its number, which another machine gave at the same time", name)
    done = Published(
        feed=workspace.feed / "feed.xml",
        page=workspace.feed / "index.html",
        items=items,
        wrote=tuple(dict.fromkeys(press.wrote)),
        removed=tuple(dict.fromkeys(press.removed)),
        held=tuple(press.held),
        target=publisher.name,
        delivery=delivery,
    )
    return _tell(workspace, done, config, webhook, lost)


def withdraw(workspace: Workspace, folder: PaperFolder) -> None:
    """Keep the paper's episode out of the feed from the next publish on, whether it was made here or elsewhere."""
    corrections.keep_heard(workspace, folder)
    now = dt.datetime.now(dt.UTC)
    corrections.keep_withdrawn(workspace, folder, now)
    if gathering.follows(folder):  # from now on it is by this machine, whatever others do
        folder.withdrawn.unlink()
    store.create_once(folder.withdrawn, store.to_json(Withdrawn(since=now)))


def _tell(workspace: Workspace, done: Published, config: Config, webhook: bool, lost: bool) -> Published:
    """Ask for what changed, and tell who wants to know of episodes that are new or corrected, whether or not the feed
    was `lost` before; return what was published with what is not reached."""
    settings = config.publish
    changed = set(done.changed)
    new = [item for item in done.items if item.item in changed]
    unreached: Sequence[reach.Unreached] = ()
    root = done.feed.parent
    paths = [path for item in new for path in item.whole().files if (root / path).is_file()]
    if settings.check == "auto":
        # a site apart from its media is brought there afterwards, by another program
        served = [path for path in paths if path.startswith("media/") or not settings.media_base_url]
        paths = [path for path in served if done.target and not loopback.is_url(settings.address(path))]
    if settings.check != "no" and paths:
        unreached = reach.check(list(reach.expected(root, paths, settings)))
    for each in unreached:
        log.warning("%s: %s", each.url, each.found)
    if settings.websub and "feed.xml" in changed:
        notify.websub(settings.websub, settings.home + "feed.xml")
    heard = [item for item in new if not changed.isdisjoint((item.media, item.vtt))]  # of others a neighbour is new
    news = announced.news(workspace, done.items, heard, lost=lost) if settings.webhook and heard else ()
    if webhook and news:
        lines = [config.show.title, *(f"{item.title}  {settings.home}{item.page}" for item in news)]
        told = {"episodes": [item.name for item in news], "unreached": [each.url for each in unreached]}
        notify.webhook(settings.webhook, "\n".join(lines), {"published": told})
    return replace(done, unreached=unreached)
