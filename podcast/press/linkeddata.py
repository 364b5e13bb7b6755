"""The show and its episodes in the words of https://schema.org, for search engines."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from podcast.press.release import Release
from podcast.show import synthetic
from podcast.show.schema import LinkedKind, Organization, Paper
from podcast.show.settings import PublishSettings, ShowSettings


def series(show: ShowSettings, settings: PublishSettings) -> dict[str, object]:
    """Return the show as https://schema.org/PodcastSeries."""
    return {"@context": "https://schema.org"} | _series(show, settings) | {
        "description": show.description,
        "image": settings.address("cover.jpg"),
        "inLanguage": show.language,
        "author": {"@type": "Organization", "name": show.author},
    }  # fmt: skip


def episode(
    show: ShowSettings, settings: PublishSettings, release: Release, image: str, files: Collection[str] = ()
) -> dict[str, object]:  # fmt: skip
    """Return the episode as https://schema.org/PodcastEpisode; `image` is the path of its picture, `files` are those
    that the site has of it."""
    episode = release.episode
    about = [
        {
            "@type": "ScholarlyArticle",
            "headline": paper.title,
            "author": [{"@type": "Person", "name": name} for name in paper.authors],
            **({"url": paper.url} if paper.url else {}),
            **_made_by(release.organization(paper)),
            **_linked(release, paper),
            **_figure(settings, release, paper, files),
        }
        for paper in release.paper.about
    ]
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "description": episode.description,
        "url": settings.address(release.page),
        "image": settings.address(image),
        "inLanguage": show.language,
        **({} if episode.is_trailer else {"episodeNumber": episode.number}),
        "datePublished": episode.published.isoformat(),
        "dateModified": episode.changed.isoformat(),
        synthetic.FIELD: synthetic.PAGE_TYPE,
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": settings.address(release.media),
            "encodingFormat": episode.media.type,
            "contentSize": str(episode.media.size),
            "duration": f"PT{int(episode.media.duration)}S",
            synthetic.FIELD: synthetic.PAGE_TYPE,
        },
        **({"about": about[0] if len(about) == 1 else about} if about else {}),
        "partOfSeries": _series(show, settings),
    }


def _made_by(organization: Organization | None) -> dict[str, object]:
    if organization is None:
        return {}
    return {"sourceOrganization": {"@type": "Organization", "name": organization.called, "url": organization.url}}


_TYPES: Mapping[LinkedKind, str] = MappingProxyType(
    {"models": "CreativeWork", "datasets": "Dataset", "spaces": "WebApplication"}
)
"""schema.org has no model."""


def _linked(release: Release, paper: Paper) -> dict[str, object]:
    """Return the models, data sets and Spaces that name the paper."""
    found = [
        {"@type": _TYPES[one.kind], "name": one.name, "url": one.url}
        for _, first, _ in release.shelves(paper)
        for one in first
    ]
    return {"subjectOf": found} if found else {}


def _figure(
    settings: PublishSettings, release: Release, paper: Paper, files: Collection[str]
) -> dict[str, object]:  # fmt: skip
    """Return the paper's figure that the site shows, with its authors and its licence."""
    for each in release.pictures:
        path = release.chapter_art(each.number)
        if each.paper.id == paper.id and path in files:
            by = ", ".join(paper.authors)
            figure = {"@type": "ImageObject", "contentUrl": settings.address(path), "license": each.figure.licence_url}
            return {"image": figure | {"caption": each.figure.caption, **({"creditText": by} if by else {})}}
    return {}


def _series(show: ShowSettings, settings: PublishSettings) -> dict[str, object]:
    return {
        "@type": "PodcastSeries",
        "name": show.title,
        "url": settings.home,
        "webFeed": settings.address("feed.xml"),
    }
