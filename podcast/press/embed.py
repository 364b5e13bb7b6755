"""What other sites are told of an episode that they show: oEmbed's answer, as a file (https://oembed.com)."""

import html
import json

from podcast.press import templating
from podcast.press.release import Release
from podcast.show.settings import PublishSettings, ShowSettings

HEIGHT, WIDTH = 180, 600
"""Pixels: cover, title and the browser's own player fit without scrolling from 240 pixels of width on."""


def oembed(show: ShowSettings, settings: PublishSettings, release: Release) -> bytes:
    """Return the answer, of type rich: a frame with the small player, which any site may show."""
    episode = release.episode
    answer: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": show.title,
        "provider_url": settings.home,
        "title": templating.plain(episode.title),
        "author_name": show.author,
        "author_url": settings.home,
        "cache_age": 86_400,
        "thumbnail_url": settings.address("cover-600.jpg"),
        "thumbnail_width": 600,
        "thumbnail_height": 600,
        "html": frame(settings, release),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()


def frame(settings: PublishSettings, release: Release) -> str:
    """Return the <iframe> that shows the episode's small player."""
    address, title = html.escape(settings.address(release.embed)), html.escape(release.episode.title)
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy" '
        f'style="border:0;max-width:{WIDTH}px"></iframe>'
    )
