"""What there is of a paper beside its text, kept in its folder: without it the paper is told all the same.

`linked.json` and `figure.json` are there once somebody answered, be it that there is nothing. No answer leaves neither,
so that the next command that reads the paper, or the next run, asks again.
"""

import functools
import logging
from collections.abc import Iterable
from pathlib import Path

from podcast.show import store
from podcast.show.errors import DocumentError, SourceError, Unanswered
from podcast.show.schema import Figure, Linked, Paper, ids
from podcast.show.workspace import PaperFolder
from podcast.sources import Linking, Source, anew

log = logging.getLogger(__name__)

_LATER = "it is told without, and asked again the next time"


def gather(papers: Iterable[tuple[PaperFolder, Paper, Source]], *, figures: bool) -> None:
    """Have in each paper's folder what there is of it, where it is not there and the source can tell. What does
    not come, or cannot be read, is said; nothing more is asked of a service that is out."""
    silent = set[str]()
    for folder, paper, source in papers:
        if not isinstance(source, Linking) or not ids.is_arxiv(folder.about):
            continue
        if "links" not in silent and linked(folder) is None:
            try:
                store.write_atomic(folder.linked, store.to_json(source.linked(paper)))
            except SourceError as error:
                silent |= {"links"} if isinstance(error, Unanswered) else set()
                log.warning("%s has no linked models yet: %s; %s", folder.about, error, _LATER)
        if figures and "figures" not in silent and not _is_whole(folder, _kept(Figure, folder.figure)):
            try:
                _keep_figure(folder, *source.figure(paper))
            except SourceError as error:
                silent |= {"figures"} if isinstance(error, Unanswered) else set()
                log.warning("%s has no figure yet: %s; %s", folder.about, error, _LATER)


def again(folder: PaperFolder, paper: Paper, source: Source) -> bool:
    """Read again what is linked with a paper that has such a record; return whether that is another now. Without an
    answer it stays."""
    before = linked(folder)
    fresh = anew(source) if before else None
    if before is None or not isinstance(fresh, Linking):
        return False
    try:
        found = fresh.linked(paper)
    except SourceError as error:
        log.warning("what is linked with %s stays as it is: %s", paper.id, error)
        return False
    same = found.model_copy(update={"read_at": before.read_at}) == before
    if not same:
        store.write_atomic(folder.linked, store.to_json(found))
    return not same


def is_known(folder: PaperFolder, *, figures: bool) -> bool:
    """Whether nothing is to be asked for any more: what there is of the paper is here, and whole."""
    return linked(folder) is not None and (not figures or _is_whole(folder, _kept(Figure, folder.figure)))


def linked(folder: PaperFolder) -> Linked | None:
    """Return what is linked with the paper; None where that is not known, or broken, which is said once."""
    return _kept(Linked, folder.linked)


def figure(folder: PaperFolder) -> Figure | None:
    """Return the paper's figure that may be shown, if its picture is here as it was made; else None."""
    found = _kept(Figure, folder.figure)
    if found is None or found.why or not found.licence_url:
        return None
    if not _is_whole(folder, found):
        _say_once(f"{folder.picture} is not what was made of the figure: the next make fetches it again")
        return None
    return found


def _is_whole(folder: PaperFolder, found: Figure | None) -> bool:
    """Whether what is known of the figure is here: with its picture, where there is one."""
    if found is None or found.why:
        return found is not None
    return folder.picture.is_file() and store.file_sha256(folder.picture) == found.sha256


def _kept(model: type[store.Model], path: Path) -> store.Model | None:
    try:
        return store.load(model, path) if path.is_file() else None
    except DocumentError as error:
        _say_once(f"{error}; the next make asks for it again")
        return None


@functools.cache
def _say_once(text: str) -> None:
    """Say it, once a process: every page that shows the paper comes by here."""
    log.warning(text)


def _keep_figure(folder: PaperFolder, found: Figure, picture: bytes) -> None:
    """Keep the figure, its picture first: a record without one would never be asked for again."""
    if picture:
        store.write_atomic(folder.picture, picture)
    store.write_atomic(folder.figure, store.to_json(found))
