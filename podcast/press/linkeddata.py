"""The show and its episodes in the words of https://schema.org, for search engines."""

from podcast.press.release import Release
from podcast.show import synthetic
from podcast.show.settings import PublishSettings, ShowSettings


def series(show: ShowSettings, settings: PublishSettings) -> dict[str, object]:
    """Return the show as https://schema.org/PodcastSeries."""
    return {"@context": "https://schema.org"} | _series(show, settings) | {
        "description": show.description,
        "image": settings.address("cover.jpg"),
        "inLanguage": show.language,
        "author": {"@type": "Organization", "name": show.author},
    }  # fmt: skip


def episode(show: ShowSettings, settings: PublishSettings, release: Release, image: str) -> dict[str, object]:
    """Return the episode as https://schema.org/PodcastEpisode; `image` is the path of its picture."""
    episode = release.episode
    about = [
        {
            "@type": "ScholarlyArticle",
            "headline": paper.title,
            "author": [{"@type": "Person", "name": name} for name in paper.authors],
            **({"url": paper.url} if paper.url else {}),
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


def _series(show: ShowSettings, settings: PublishSettings) -> dict[str, object]:
    return {
        "@type": "PodcastSeries",
        "name": show.title,
        "url": settings.home,
        "webFeed": settings.address("feed.xml"),
    }
