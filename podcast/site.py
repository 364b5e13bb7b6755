"""The show's web pages, as bytes: readable without JavaScript, in any folder, and asking no other host."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from podcast import templating
from podcast.errors import ConfigError
from podcast.release import Release, Statement
from podcast.schema import Chapter, Cue, Item
from podcast.settings import PublishSettings, ShowSettings


@dataclass(frozen=True)
class Spoken:
    """A line of the transcript: when it is heard, and what of the paper it states."""

    cue: Cue
    statements: Sequence[Statement]


@dataclass(frozen=True)
class Site:
    """The pages of a show. Equal shows, settings, templates and episodes give equal bytes.

    Links between pages are relative; only what other machines read names `site_url`.
    """

    show: ShowSettings
    settings: PublishSettings
    own: Path | None = None
    """The folder of the show's own templates, which go before ours of their names."""

    def check(self) -> None:
        """Raise ConfigError where an address of `show.listen` is no web address."""
        for app, address in self.show.listen.items():
            if not templating.web(address):
                raise ConfigError(
                    f"show.listen: the address of {app!r} is {address!r}, which no browser can open",
                    hint="Give an address that begins with https:// in section [show.listen] of podcast.toml.",
                )

    @cached_property
    def fingerprint(self) -> str:
        """What pages are made of besides their episodes: templates, show, address."""
        return templating.fingerprint(self.own)

    def episode(self, release: Release, notes: str, older: Item | None, newer: Item | None) -> bytes:
        """Return the page of an episode. `notes` is HTML, trusted as nothing else is."""
        from markupsafe import Markup

        return self._page(
            "episode.html",
            root="../../",
            release=release,
            transcript=_transcript(release),
            notes=Markup(notes),
            older=older,
            newer=newer,
            linked_data=_linked_data(self.show, self.settings.site_url, release),
        )

    def lists(self, items: Sequence[Item]) -> Iterator[tuple[str, bytes]]:
        """Yield every file of the site that is not one episode's, beside its path. `items` come newest first."""
        url = self.settings.site_url
        yield "index.html", self._page("index.html", root="", items=items, series=_series(self.show, url))
        for name in ("style.css", "player.js"):
            yield f"assets/{name}", templating.read(self.own, name)
        # A host shows 404.html in place of any page, so its links start from the site's own path.
        yield "404.html", self._page("404.html", root=urlsplit(url).path)
        for name in ("robots.txt", "sitemap.xml", "subscribe.opml"):
            yield name, self._page(name, items=items)
        yield ".nojekyll", b""

    def _page(self, template: str, **context: object) -> bytes:
        """Return the template filled in; `root` leads from a page to the site's root."""
        always = {"show": self.show, "site_url": self.settings.site_url}
        return templating.render(self.own, template, **always, **context).encode()


# --- what a page shows -----------------------------------------------------------------------------


def _transcript(release: Release) -> list[tuple[Chapter, list[Spoken]]]:
    """Return each chapter beside its lines."""
    episode = release.episode
    whole = Chapter(title=episode.title, start=0, end=episode.media.duration)
    groups: list[tuple[Chapter, list[Spoken]]] = [(chapter, []) for chapter in episode.chapters or (whole,)]
    starts = [chapter.start for chapter, _ in groups]
    for cue in episode.cues:
        at = max(bisect_right(starts, (cue.start + cue.end) / 2) - 1, 0)
        groups[at][1].append(Spoken(cue, release.statements(cue)))
    return groups


def _series(show: ShowSettings, site_url: str) -> dict[str, object]:
    """Return the show as https://schema.org/PodcastSeries."""
    return {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": show.title,
        "description": show.description,
        "url": site_url,
        "webFeed": f"{site_url}feed.xml",
        "image": f"{site_url}cover.jpg",
        "inLanguage": show.language,
        "author": {"@type": "Organization", "name": show.author},
    }


def _linked_data(show: ShowSettings, site_url: str, release: Release) -> dict[str, object]:
    """Return the episode as https://schema.org/PodcastEpisode."""
    episode, paper = release.episode, release.paper
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "description": episode.description,
        "url": site_url + release.page,
        "image": f"{site_url}cover.jpg",
        "inLanguage": show.language,
        "episodeNumber": episode.number,
        "datePublished": episode.published.isoformat(),
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": site_url + release.media,
            "encodingFormat": episode.media.type,
            "contentSize": str(episode.media.size),
            "duration": f"PT{int(episode.media.duration)}S",
        },
        "about": {
            "@type": "ScholarlyArticle",
            "headline": paper.title,
            "author": [{"@type": "Person", "name": name} for name in paper.authors],
            "url": paper.arxiv_url,
        },
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": show.title,
            "url": site_url,
            "webFeed": f"{site_url}feed.xml",
        },
    }
