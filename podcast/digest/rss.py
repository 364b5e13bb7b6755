"""The days in text as RSS: one item a day, with what each paper is in a sentence."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from podcast.digest import markup, parts, statements
from podcast.digest.report import Report
from podcast.press import templating
from podcast.show import synthetic
from podcast.show.errors import PublishError
from podcast.show.schema import DayItem
from podcast.show.settings import ShowSettings

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

MOST = 60
"""Days in the feed: readers keep what they have seen, and the index has all."""


def build(items: Sequence[DayItem], show: ShowSettings, site_url: str, guid: str) -> bytes:
    """Return the feed. `items` come newest first; equal ones give equal bytes. `guid` is the show's.

    Raises PublishError where a setting cannot stand in a feed.
    """
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    try:
        feed.title(f"{show.title}: the papers in text")
        feed.description(f"{show.tagline or show.title} One item a day, a sentence a paper. {synthetic.TEXT}")
        feed.language(show.language)
        feed.link(href=f"{site_url}digest/feed.xml", rel="self", type="application/rss+xml")
        feed.link(href=f"{site_url}digest/index.html", rel="alternate")
        feed.generator("daily-paper-podcast")
        feed.lastBuildDate(max(item.published for item in items))
        for item in items[:MOST]:
            _item(feed, item, site_url, guid)
        return bytes(feed.rss_str(pretty=True))
    except ValueError as error:
        raise PublishError(f"the digest's feed cannot be written: {error}", "look at [show]") from error


def _item(feed: "FeedGenerator", item: DayItem, site_url: str, guid: str) -> None:
    entry = feed.add_entry(order="append")
    entry.title(f"Papers of {item.period or templating.date(item.date)}")
    named = f"digest/{item.date}{f'/{item.period}' if item.period else ''}"
    entry.guid(str(uuid.uuid5(uuid.UUID(guid), named)), permalink=False)
    entry.link(href=site_url + item.page)
    entry.published(item.published)
    entry.content(item.content, type="CDATA")
    entry.description(item.summary)


def content(report: Report, url: str) -> str:
    """Return what the feed says of the day, in Markdown: a sentence a paper, and where all of it is."""
    rows = []
    for entry in report.entries:
        tldr = f": {statements.line(entry, entry.brief.tldr)}" if entry.brief.tldr else ""
        rows.append(f"- {parts.title(entry.paper)}{tldr}")
    return parts.page(
        [
            f"{parts.of_listed(report, report.read)}.",
            "\n".join(rows),
            synthetic.TEXT,
            markup.link("The whole day", url),
        ]
    )
