"""An episode and a day as feed, site and other machines know them, and where each file of theirs stands."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from podcast.show.schema.episodes import Episode
from podcast.show.schema.papers import Left, Paper, Roundup, Selection, Talk, Trailer
from podcast.show.schema.values import Exchanged, Instant, Record, Spoken, Text, as_before

Format = Literal["selection", "sections", "categories", "table"]

_OF_EPISODE = re.compile(r"(media/(.+)-[0-9a-f]{10})\.[0-9a-z.]+")


class Digest(Record):
    """Which reports there are of a day, and of which papers; all else in them is read from the papers' folders."""

    date: dt.date
    """The day, or the last of the period."""
    period: str = ""
    """The week or the month that it is of; "" for a day."""
    made_at: Instant
    """When the day's list was read that its first report is about; midnight for a day without papers."""
    formats: tuple[Format, ...]
    languages: tuple[str, ...] = ()
    """Other than the show's."""
    selection: Selection
    """The papers chosen for the reports, and why the others are not."""
    failed: tuple[Left, ...] = ()
    """Papers chosen that could not be read, or not told in a language, when the reports were last made."""
    announced: bool = False
    """Whether the webhook was told."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "period")


class Mailed(Record):
    """Beside a day's digest: to whom it went by e-mail. Who has it gets it no second time."""

    date: Instant
    """When that was begun: the date that every mail of it bears, sent at once or later."""
    sent: tuple[str, ...] = ()
    """The Message-ID of each mail that the server took; no address stands here."""
    wanted: tuple[str, ...] = ()
    """Of each mail that was to go when the day was tried, the part of its Message-ID before the @; nothing where an
    earlier version tried it."""

    @property
    def had(self) -> frozenset[str]:
        """That part of each mail that the server took: what stands behind the @ is the sender's, who may be another."""
        return frozenset(each.strip("<>").partition("@")[0] for each in self.sent)


class Located:
    """Where each file of an episode stands on the site, by its path from the site's root.

    Names of media, transcripts and chapters hold the media's hash: what an older feed names is never overwritten.
    """

    __slots__ = ()

    if TYPE_CHECKING:  # pydantic would take them for fields
        name: str
        stem: str
        """Of its media, without suffix."""

    @property
    def page(self) -> str:
        return f"episodes/{self.name}/"

    @property
    def embed(self) -> str:
        """The small player that other sites show."""
        return f"{self.page}embed.html"

    @property
    def oembed(self) -> str:
        """What tells them of it (oembed.com)."""
        return f"{self.page}oembed.json"

    @property
    def item(self) -> str:
        return f"{self.page}item.json"

    @property
    def media(self) -> str:
        return f"{self.stem}.mp3"

    @property
    def opus(self) -> str:
        return f"{self.stem}.opus"

    @property
    def art(self) -> str:
        return f"{self.stem}.jpg"

    @property
    def small_art(self) -> str:
        return f"{self.stem}.600.jpg"

    def chapter_art(self, number: int) -> str:
        """The picture of a chapter, counted from 1."""
        return f"{self.stem}.chapter{number}.jpg"

    @property
    def vtt(self) -> str:
        return f"{self.stem}.vtt"

    @property
    def srt(self) -> str:
        return f"{self.stem}.srt"

    @property
    def transcript(self) -> str:
        return f"{self.stem}.transcript.json"

    @property
    def chapters(self) -> str:
        return f"{self.stem}.chapters.json"


class Placed(Located):
    """What has an episode, and by that its places."""

    episode: Episode

    @cached_property
    def name(self) -> str:  # type: ignore[override]
        return f"{self.episode.day}-{self.episode.paper_id}"

    @cached_property
    def stem(self) -> str:  # type: ignore[override]
        return stem(self.name, self.episode.media.sha256)


def stem(name: str, sha256: str) -> str:
    """Return how the paths of the episode's media begin under feed/, with that sound."""
    return f"media/{name}-{sha256[:10]}"


def whose(path: str) -> tuple[str, str]:
    """Return the name of the episode whose file stands at the path under media/, and the stem of the sound that it goes
    with; "" twice for any other file. What begins with the name of an episode may be another's."""
    found = _OF_EPISODE.fullmatch(path)
    return (found[2], found[1]) if found else ("", "")


class File(Exchanged):
    """A file of the site, as it was when it was made."""

    size: int = Field(ge=0)
    """Bytes."""
    sha256: str


class Item(Placed, Exchanged):
    """An episode as the feed, the lists of the site and other machines know it: `item.json` beside its page."""

    key: str
    """What its page, notes and transcripts were made of."""
    around: str = ""
    """Which episodes its page leads to, before and after it."""
    paper: Trailer | Roundup | Talk | Paper
    episode: Episode
    """Without cues and claims."""
    takeaway: Text = ""
    words: bytes = b""
    """What is said in it, and when first, for the search (`press.searching`); nothing of a version before 0.2.0."""
    notes: bytes
    """The show notes as HTML, in UTF-8: as text, one emoji would take four times the memory."""
    summary: bytes
    """The same within the 4,000 bytes of a feed's description."""
    files: dict[str, File] = {}
    """All that the site has of it besides this record, by path."""


class DayItem(Exchanged):
    """A day's reports as the digest's index and feed know them: `DD.item.json` beside them."""

    key: str
    """What the reports were made of."""
    date: dt.date
    period: str = ""
    """What of its title stands for the date: "week 31 of 2026"; "" for a day."""
    published: Instant
    page: str
    """The path of the page that others link to."""
    papers: tuple[str, ...] = ()
    """The ids of those that they tell; none where an earlier version made them."""
    rows: dict[str, str]
    """The day's row in the index, by the suffix of the files that it leads to."""
    summary: str
    content: str
    """What the feed says of it: as text, and as HTML."""
    files: dict[str, File]
    """Each report as it was made, by path; without a SHA-256 where an earlier version made it."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "period")


class Honours(Record):
    """What a store was found to honour."""

    conditions: bool
    """Whether it refuses a write whose If-Match or If-None-Match does not hold."""


class Catalogue(Exchanged):
    """The show's identity: its podcast:guid, each episode's number and date, given once and kept for ever."""

    guid: str
    numbers: dict[str, int] = {}
    """Episode number by "DAY/PAPER"."""
    dates: dict[str, Instant] = {}
    """When each episode that was made here is dated, by "DAY/PAPER"; those of 0.1.0 have it in episode.json alone."""
    title: str = ""
    """The show's title, and
    its address, when it was founded; "" where a version before 0.2.0 did that."""
    site_url: str = ""
    language: Spoken = ""
    """That of episodes which do not say theirs: the show's when it was first changed; "" while it never was."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "language")


class Elsewhere(Record):
    """What a target was last seen to have of other machines; disposable, for the next publish sees it again."""

    numbers: dict[str, int] = {}
    """Episode number by "DAY/PAPER"."""
    without: tuple[str, ...] = ()
    """Episodes, made here or there, that the feed has without their number, for an earlier one has it."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "without")


class Announced(Record):
    """Which episodes the webhook was told of, here or by a run."""

    sounds: dict[str, str] = {}
    """By the episode's name, how the paths of its media began then."""


class LastPublish(Record):
    """When the show last went from this machine to where it is served; disposable."""

    at: Instant


class Withdrawn(Record):
    """Beside an episode that is not to be published: it is back when this file is deleted."""

    since: Instant
    followed: bool = False
    """Whether it was withdrawn elsewhere, or here before: who finds it published there since follows that, too."""


LEAP = 7
"""Days without a publish after which the clock is not believed at once."""


class Retired(Record):
    """Files of feed/media/ that no episode has any more, and since when: they go after a while."""

    since: dict[str, dt.date] = {}
    seen: dt.date | None = None
    """When that was last looked at."""
    due: tuple[str, ...] = ()
    """What was over then, though it had not been looked at for long."""

    def dates(self, left: Iterable[str], today: dt.date) -> dict[str, dt.date]:
        """Return since when these are left: today for what is new, and for what a clock that was ahead wrote."""
        return {name: min(self.since.get(name, today), today) for name in left}

    def over(self, left: Iterable[str], keep: int, today: dt.date) -> "tuple[Retired, tuple[str, ...]]":
        """Return what to write down of these, and which may go: left for more than `keep` days.

        Where the last look was more than `LEAP` days ago the clock may be wrong: what is over goes at the next look.
        """
        since = self.dates(left, today)
        if not since:
            return Retired(), ()
        due = tuple(name for name, day in since.items() if (today - day).days > keep)
        leapt = self.seen is not None and (today - self.seen).days > LEAP
        gone = tuple(name for name in due if not leapt or name in self.due)
        kept = {name: day for name, day in since.items() if name not in gone}
        return Retired(
            since=kept, seen=today, due=tuple(name for name in due if name not in gone) if leapt else ()
        ), gone
