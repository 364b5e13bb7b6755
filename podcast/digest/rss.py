"""The days in text as RSS: one item a day, with what each paper is in a sentence."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from podcast import templating
from podcast.digest import markup, pages, parts, statements
from podcast.digest.report import Report
from podcast.errors import PublishError
from podcast.settings import ShowSettings

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

MOST = 60
"""Days in the feed: readers keep what they have seen, and the index has all."""


def build(reports: Sequence[Report], show: ShowSettings, site_url: str, guid: str) -> bytes:
    """Return the feed. `reports` come newest first; equal ones give equal bytes. `guid` is the show's.

    Raises PublishError where a setting cannot stand in a feed.
    """
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    try:
        feed.title(f"{show.title}: the papers in text")
        feed.description(f"{show.tagline or show.title} One item a day, a sentence a paper.")
        feed.language(show.language)
        feed.link(href=f"{site_url}digest/feed.xml", rel="self", type="application/rss+xml")
        feed.link(href=f"{site_url}digest/index.html", rel="alternate")
        feed.generator("daily-paper-podcast")
        feed.lastBuildDate(max(report.digest.made_at for report in reports))
        for report in reports[:MOST]:
            _item(feed, report, site_url, guid)
        return bytes(feed.rss_str(pretty=True))
    except ValueError as error:
        raise PublishError(f"the digest's feed cannot be written: {error}", "look at [show]") from error


def _item(feed: "FeedGenerator", report: Report, site_url: str, guid: str) -> None:
    item = feed.add_entry(order="append")
    item.title(f"Papers of {templating.date(report.date)}")
    item.guid(str(uuid.uuid5(uuid.UUID(guid), f"digest/{report.date}")), permalink=False)
    item.link(href=site_url + pages.page(report))
    item.published(report.digest.made_at)
    item.content(markup.html(_content(report, f"{site_url}{pages.page(report)}")), type="CDATA")
    item.description(parts.of_listed(report, len(report.entries)))


def _content(report: Report, url: str) -> str:
    rows = []
    for entry in report.entries:
        tldr = f": {statements.line(entry, entry.brief.tldr)}" if entry.brief.tldr else ""
        rows.append(f"- {parts.title(entry.paper)}{tldr}")
    count = parts.of_listed(report, len(report.entries))
    return parts.page([f"{count}." if report.day.papers else count, "\n".join(rows), markup.link("The whole day", url)])
