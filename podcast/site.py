"""The show's web pages, as bytes: readable without JavaScript, in any folder, and asking no other host."""

import datetime as dt
import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from podcast.errors import ConfigError
from podcast.release import Release
from podcast.schema import Chapter, Cue, Episode
from podcast.settings import ShowSettings

if TYPE_CHECKING:
    from jinja2 import Environment, Template

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
"""Written here, because strftime writes them in the language of whoever runs it."""

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML document may hold, not even escaped: https://www.w3.org/TR/xml/#charsets."""


def pages(
    show: ShowSettings, site_url: str, releases: Sequence[Release], notes: Callable[[Release], str]
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site beside its path from the site's root; equal arguments give equal bytes.

    `site_url` ends in a slash. `releases` come newest first. `notes` gives HTML, trusted as nothing else is.
    Links between pages are relative; only what other machines read names `site_url`.
    ConfigError where an address of `show.listen` is no web address.
    """
    from markupsafe import Markup

    for app, address in show.listen.items():
        if not web(address):
            raise ConfigError(
                f"show.listen: the address of {app!r} is {address!r}, which no browser can open",
                hint="Give an address that begins with https:// in section [show.listen] of podcast.toml.",
            )
    env = _environment()
    # `root` leads from a page to the site's root.
    always = {"show": show, "site_url": site_url, "releases": releases}
    yield from _texts(env, {"root": "", "series": _series(show, site_url), **always}, "index.html")
    episode_page = env.get_template("episode.html")
    for position, release in enumerate(releases):
        transcript = _transcript(release.episode)
        html = episode_page.render(
            root="../../",
            release=release,
            transcript=transcript,
            notes=Markup(notes(release)),
            newer=releases[position - 1] if position else None,
            older=releases[position + 1] if position + 1 < len(releases) else None,
            linked_data=_linked_data(show, site_url, release),
            **always,
        )
        yield release.page + "index.html", html.encode()
    for name in ("style.css", "player.js"):
        yield f"assets/{name}", files("podcast").joinpath("templates", name).read_bytes()
    # A host shows 404.html in place of any page, so its links start from the site's own path.
    yield from _texts(env, {"root": urlsplit(site_url).path, **always}, "404.html")
    yield from _texts(env, always, "robots.txt", "sitemap.xml", "subscribe.opml")
    yield ".nojekyll", b""


def template(name: str) -> "Template":
    """Return a page's template, for pages that are made elsewhere; it wants what base.html does."""
    return _environment().get_template(name)


def style() -> bytes:
    """Return assets/style.css."""
    return files("podcast").joinpath("templates", "style.css").read_bytes()


def _texts(env: "Environment", context: dict[str, object], *names: str) -> Iterator[tuple[str, bytes]]:
    """Yield each template rendered, under its own name."""
    for name in names:
        yield name, env.get_template(name).render(context).encode()


@functools.cache
def _environment() -> "Environment":
    """Return the templates, each compiled once a process."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("podcast", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: NOT_IN_XML.sub("", value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {"clock": clock, "date": date, "seconds": seconds, "size": size, "web": web}
    return env


# --- how a value is written ------------------------------------------------------------------------


def clock(time: float) -> str:
    """Return seconds as a player shows them: 4:07, or 1:02:03 from an hour on."""
    minutes, second = divmod(int(time), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def seconds(time: float) -> str:
    """Return seconds as a link's `#t=` names them: 12 or 12.34."""
    return f"{time:.2f}".rstrip("0").rstrip(".")


def date(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def size(count: int) -> str:
    """Return bytes in units of 1,000, as shops and browsers do."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 1):.0f} kB"


def web(address: str | None) -> str:
    """Return an address of the web as it is, and "" for anything else: a `javascript:` link would run."""
    return address if address and re.fullmatch(r"https?://[^\s\x00-\x1f]+", address, re.IGNORECASE) else ""


# --- what a page shows -----------------------------------------------------------------------------


def _transcript(episode: Episode) -> list[tuple[Chapter, list[Cue]]]:
    """Return each chapter beside its cues: those whose middle it holds, however the times were rounded."""
    whole = Chapter(title=episode.title, start=0, end=episode.media.duration)
    groups: list[tuple[Chapter, list[Cue]]] = [(chapter, []) for chapter in episode.chapters or (whole,)]
    starts = [chapter.start for chapter, _ in groups]
    for cue in episode.cues:
        groups[max(bisect_right(starts, (cue.start + cue.end) / 2) - 1, 0)][1].append(cue)
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
    episode = release.episode
    about = [
        {
            "@type": "ScholarlyArticle",
            "headline": paper.title,
            "author": [{"@type": "Person", "name": name} for name in paper.authors],
            "url": paper.arxiv_url,
        }
        for paper in release.paper.about
    ]
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
        "about": about[0] if len(about) == 1 else about,
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": show.title,
            "url": site_url,
            "webFeed": f"{site_url}feed.xml",
        },
    }
