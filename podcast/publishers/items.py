"""An episode's item, what it was made of, and the copy of its media in feed/."""

import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import JsonValue

from podcast.papers import roundup
from podcast.press import notes, release, searching
from podcast.press.release import Picture, Release
from podcast.show import store
from podcast.show.errors import DocumentError
from podcast.show.schema import OTHERS, ROUNDUPS, TRAILER, Episode, Item, Memory, ids
from podcast.show.settings import ShowSettings
from podcast.show.workspace import PaperFolder, Workspace

VERSION = 8
"""Raise it when the same episodes make other transcripts or items: all are then made again."""


def sources(workspace: Workspace, folder: PaperFolder) -> list[Path]:
    """Return the documents that the episode's item, page and transcripts are made of; not all need be there."""
    day = workspace.day(folder.day)
    found = [folder.episode, folder.brief, folder.document, day.papers]
    found += [folder.own] if folder.own.is_file() else []
    found += [folder.linked, folder.figure, folder.picture] if ids.is_arxiv(folder.about) else []
    found += [folder.trailer] if folder.paper_id == TRAILER else []
    if folder.paper_id in ROUNDUPS:
        found.append(folder.roundup)
        of_papers = [workspace.day(one.listed_on).paper(one.id) for one in roundup.kept(folder).papers]
        found += [path for each in of_papers for path in (each.document, each.linked, each.figure, each.picture)]
    return found + [release.withdrawal(workspace, one) for one in memories(folder)]


def lost_texts(folder: PaperFolder, made_of: Sequence[Path]) -> Sequence[Path]:
    """Return the papers' texts of which an episode was made, and that are not here; a roundup has none of its own."""
    none = folder.document if folder.paper_id in OTHERS else None
    return [path for path in made_of if path.name == folder.document.name and path != none and not path.exists()]


def memories(folder: PaperFolder) -> Sequence[Memory]:
    """Return the earlier episodes that the episode refers to; none of one that is not there or broken, which others
    say."""
    try:
        refers = b'"memories"' in folder.episode.read_bytes()  # most do not: spares the reading
        return store.load(Episode, folder.episode).memories if refers else ()
    except (OSError, DocumentError):
        return ()


def key(look: str, made_of: Sequence[Path], digest: str = "", gone: Collection[str] = ()) -> str:
    """Return the key of what is made of the documents, as they are now, with that look; `digest` is the day's page, and
    to what is `gone` no link leads."""
    hashes: list[JsonValue] = [store.file_sha256(path) if path.is_file() else None for path in made_of]
    return store.fingerprint("item", VERSION, [look, digest, *hashes, *sorted(gone)])


def itemize(found: Release, show: ShowSettings, own: Path | None = None, key: str = "", home: str = "") -> Item:
    """Return the release as the feed and the site's lists know it; its files are still to be made."""
    whole, limit = notes.html(found, show, own, home=home).encode(), notes.FEED_LIMIT
    bare = notes.html(replace(found, figures={}), show, own, home=home).encode() if found.pictures else b""
    pictured = {each.number: found.chapter_art(each.number) for each in found.pictures if _credited(each, whole, bare)}
    chapters = tuple(
        chapter.model_copy(update={"image": pictured[number]}) if number in pictured else chapter
        for number, chapter in enumerate(found.episode.chapters, 1)
    )
    return Item(
        key=key,
        paper=found.paper,
        episode=found.episode.model_copy(
            update={"cues": (), "claims": {}, "chapters": chapters, "memories": _named(found)}
        ),
        takeaway=notes.takeaway(found),
        words=searching.words(found.episode.cues),
        notes=whole,
        summary=whole if len(whole) <= limit else notes.html(found, show, own, limit, home).encode(),
    )


def pictures(found: Release, item: Item) -> Sequence[Picture]:
    """Return the figures that are shown, by the episode's item."""
    return [each for each in found.pictures if item.episode.chapters[each.number - 1].image]


def _credited(picture: Picture, whole: bytes, bare: bytes) -> bool:
    """Whether the notes name paper and licence for the figure's sake, which a show's own template may leave out: more
    often than those `bare` of figures, which may name the paper, and the show's own licence."""
    paper, licence = picture.paper, picture.figure.licence_url
    return _more(licence, whole, bare) and (_more(paper.url, whole, bare) or _more(paper.title, whole, bare))


def _more(text: str | None, whole: bytes, bare: bytes) -> bool:
    from markupsafe import escape

    said = escape(text or "").encode()
    return bool(said) and whole.count(said) > bare.count(said)


def _named(found: Release) -> tuple[Memory, ...]:
    """Return which earlier episodes it refers to, without what it says of them."""
    return tuple(one.model_copy(update={"claims": ()}) for one in found.episode.memories)


def is_shared(source: Path, target: Path) -> bool:
    """Tell whether both are one file on the disk; a mix that was pruned leads to what is published, and is none."""
    return not source.is_symlink() and target.samefile(source)


def place(source: Path, target: Path, sha256: str) -> bool:
    """Put a copy of the media there, unless it is there: what is published shares its bytes with no other file.

    Raises DocumentError where the bytes are not those that were mixed.
    """
    if target.is_file() and not is_shared(source, target) and store.file_sha256(target) == sha256:
        return False
    with store.replacing(target) as temporary:
        shutil.copyfile(source, temporary)
        if store.file_sha256(temporary) != sha256:
            raise DocumentError(
                f"{source} is damaged: its bytes are not those that were mixed", "podcast publish again"
            )
    return True
