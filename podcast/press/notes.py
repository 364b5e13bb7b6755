"""Show notes: one template, as the HTML that apps keep and as plain text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape
from pathlib import Path

from podcast.press import templating
from podcast.press.release import Release
from podcast.show import stops
from podcast.show.errors import ConfigError
from podcast.show.schema import Repository
from podcast.show.settings import ShowSettings

FEED_LIMIT = 4000
"""Bytes of a description that Apple takes, tags included."""

KEPT = frozenset({"p", "br", "a", "ul", "ol", "li", "strong", "b", "em", "i"})
"""The tags that podcast apps keep (PSP-1; Apple and Spotify drop the last four, and keep their words)."""

_MOST_AUTHORS = 6
_MOST_LINKED = 3
"""Models, data sets and Spaces of each kind."""
_SHORTEST = 160
"""Bytes of a text that is not cut any more."""
_TIME = re.compile(r"[(\[ ]*\d\d?:\d\d")
"""What apps take for a chapter's time where a line begins so."""
_TEMPLATE = "notes.html"


@dataclass(frozen=True)
class _Length:
    """How much of the long parts is said."""

    sentences: int | None = None
    """Of the abstract; None for all."""
    authors: int = _MOST_AUTHORS
    linked: int = _MOST_LINKED
    sources: bool = True
    about: bool = True
    corrections: int | None = None
    """The newest; None for all."""


def html(
    release: Release, show: ShowSettings, own: Path | None = None, limit: int | None = None, home: str = ""
) -> str:
    """Return the notes by the template notes.html; one in the folder `own` goes before ours. `home` is the site's
    address, where earlier episodes stand.

    Within `limit` bytes, whatever they are about: the paper's sections are left out, then the abstract is cut at a
    sentence, then authors are left out and models, then what the show is, then all corrections but the newest, at last
    words of the longest text and the last rows. Raises ConfigError for a template with a tag that apps drop.
    """
    text = ""
    for length in _lengths(release, limit):
        text = _render(release, show, own, length, home)
        if limit is None or len(text.encode()) <= limit:
            break
    if limit is not None:
        text = _within(text, limit)
    if odd := sorted(set(re.findall(r"</?([A-Za-z][A-Za-z0-9]*)", text)) - KEPT):
        raise ConfigError(
            f"{(own or Path()) / _TEMPLATE} makes <{odd[0]}>, which podcast apps drop",
            f"use only {', '.join(sorted(KEPT))}",
        )
    return text


def text(release: Release, show: ShowSettings, own: Path | None = None, home: str = "") -> str:
    """Return the notes as plain text."""
    return as_text(html(release, show, own, home=home))


def as_text(html: str) -> str:
    """Return HTML as plain text: a paragraph a block, and links in angle brackets."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        url = str(link.get("href", ""))
        said = link.get_text()
        link.replace_with(said if url in (said, f"mailto:{said}") else f"{said} <{url}>")
    for row in soup.find_all("br"):
        row.replace_with("\n")
    for point in soup.find_all("li"):
        point.insert(0, "- ")
    blocks = (block.get_text().strip() for block in soup.find_all(["h1", "h2", "p", "ul", "ol"]))
    return "\n\n".join(block for block in blocks if block) + "\n"


def takeaway(release: Release) -> str:
    """Return the paper in one line; "" where the brief has none."""
    return release.brief.tldr.text if release.brief.tldr else ""


_WHO = frozenset({"the", "author", "authors", "they", "their", "them", "our"})
"""Words by which a sentence of theirs is told of them."""
_SAME = 0.75
"""Of the words of a description, the part that the paper in one line has, too, where it says the same."""


def _besides(release: Release) -> str:
    """Return what the episode says of the paper besides the paper in one line; "" where that is the same sentence, told
    of the authors."""
    said, told = (
        set(re.findall(r"[^\W\d_]{3,}|\d+", text.lower())) - _WHO
        for text in (release.episode.description, takeaway(release))
    )
    again = len(said & told) >= _SAME * len(said)
    return release.episode.description if release.brief.source and not again else ""


def from_abstract(release: Release) -> bool:
    """Tell whether the episode was made from the paper's abstract alone; of briefs that do not say, it is not said."""
    return release.brief.source == "abstract"


def _caveat(release: Release) -> str:
    """Return what the paper says against itself first; "" where it says nothing of the kind."""
    brief = release.brief
    return next((claim.text for claim in (*brief.experiments.limitations, *brief.weaknesses)), "")


def _lengths(release: Release, limit: int | None) -> Iterator[_Length]:
    """Yield what to try, the longest first."""
    yield _Length()
    if limit is None:
        return
    sentences = _sentences(release.paper.summary)
    for count in range(len(sentences), -1, -1):
        yield _Length(count, sources=False)
    yield _Length(0, authors=3, sources=False)
    if release.linked:
        yield _Length(0, authors=3, linked=1, sources=False)
    short = _Length(0, authors=3, linked=1, sources=False, about=False)
    yield short
    count = len(release.episode.corrections)
    while count > 1:
        count //= 2
        yield replace(short, corrections=count)


def _within(text: str, limit: int) -> str:
    """Return the notes in at most so many bytes: long texts are cut, the longest first, then rows go, from behind."""
    while (over := len(text.encode()) - limit) > 0:
        found = max(re.finditer(r"(?<=>)[^<>]+(?=<)", text), key=lambda each: len(each[0].encode()), default=None)
        words = unescape(found[0]) if found else ""
        if found and len(words.encode()) > _SHORTEST:
            keep = max(_SHORTEST // 2, len(words.encode()) - over - 8)
            cut = words.encode()[:keep].decode(errors="ignore").rstrip() + " …"
            text = text[: found.start()] + escape(cut, quote=False) + text[found.end() :]
        elif "<br>" in text:
            head, _, tail = text.rpartition("<br>")
            text = head + tail[tail.find("</p>") :]
        else:
            text = text[: text.rfind("<p>")].rstrip()
    return text


@lru_cache(maxsize=1)
def _sentences(text: str) -> Sequence[str]:
    """Return the abstract's sentences, which each length that is tried asks for."""
    return stops.sentences(text)


def _render(release: Release, show: ShowSettings, own: Path | None, length: _Length, home: str) -> str:
    sentences = _sentences(release.paper.summary)
    abstract = "".join(sentences[: length.sentences])
    if length.sentences is not None and length.sentences < len(sentences):
        abstract = f"{abstract.rstrip()} …" if abstract else ""
    episode, made = release.episode, release.episode.made_with
    sources = [(chapter.title, release.sections(chapter)) for chapter in episode.chapters] if length.sources else []
    return templating.render(
        own,
        _TEMPLATE,
        show=show,
        paper=release.paper,
        episode=episode,
        takeaway=takeaway(release),
        caveat=_caveat(release),
        abstract=abstract,
        from_abstract=from_abstract(release),
        description=_besides(release),
        unread="second reader" in made and made["second reader"] == "none",
        earlier=[(one, home and one.name not in release.gone and f"{home}episodes/{one.name}/index.html")
                 for one in episode.memories],
        most_authors=length.authors,
        about=length.about,
        sources=[(f"“{title}”" if _TIME.match(title) else title, sections) for title, sections in sources if sections],
        corrections=episode.corrections[-length.corrections :] if length.corrections else episode.corrections,
        organizations={one.id: release.organization(one) for one in release.paper.about},
        shelves={one.id: _cut(release.shelves(one), length.linked) for one in release.paper.about},
        pictures=release.pictures,
        voices=[(name, made.get(f"voice {key}", "voice unknown")) for key, name in episode.hosts.items()],
        models=_models(release),
    ).strip()  # fmt: skip


def _cut(
    shelves: Sequence[tuple[str, Sequence[Repository], int]], most: int
) -> Sequence[tuple[str, Sequence[Repository], int]]:
    """Return the shelves with so many repositories on each; the others are counted."""
    return [(heading, first[:most], more + max(0, len(first) - most)) for heading, first, more in shelves]


def _models(release: Release) -> list[str]:
    """Return who read the paper and who wrote the script, once where it is the same."""
    made = release.episode.made_with
    reader, writer = made.get("brief", ""), made.get("model") or made.get("writer", "")
    parts = [("brief and script", writer)] if reader == writer else [("brief", reader), ("script", writer)]
    return [f"{what} by {'rule, without a model' if who == 'extractive' else who}" for what, who in parts if who]
