"""What there is of a paper beside its text, kept in its folder: without it the paper is told all the same.

`linked.json` and `figure.json` are there once somebody answered, be it that there is nothing. No answer leaves neither,
so that the next command that reads the paper, or the next run, asks again.
"""

import logging
from collections.abc import Iterable

from podcast.show import store
from podcast.show.errors import SourceError
from podcast.show.schema import Figure, Linked, Paper, ids
from podcast.show.workspace import PaperFolder
from podcast.sources import Linking, Source, anew

log = logging.getLogger(__name__)

_LATER = "it is told without, and asked again the next time"


def gather(papers: Iterable[tuple[PaperFolder, Paper, Source]], *, figures: bool) -> None:
    """Have in each paper's folder what there is of it, where it is not there and the source can tell. Where no answer
    comes that is said, and nothing more is asked of that service."""
    silent = set[str]()
    for folder, paper, source in papers:
        if not isinstance(source, Linking) or not ids.is_arxiv(folder.about):
            continue
        if "links" not in silent and linked(folder) is None:
            try:
                store.write_atomic(folder.linked, store.to_json(source.linked(paper)))
            except SourceError as error:
                silent.add("links")
                log.warning("%s has no linked models yet: %s; %s", folder.about, error, _LATER)
        if figures and "figures" not in silent and store.load_disposable(Figure, folder.figure) is None:
            try:
                _keep_figure(folder, *source.figure(paper))
            except SourceError as error:
                silent.add("figures")
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


def linked(folder: PaperFolder) -> Linked | None:
    """Return what is linked with the paper; None where that is not known."""
    return store.load_disposable(Linked, folder.linked)


def figure(folder: PaperFolder) -> Figure | None:
    """Return the paper's figure that may be shown, if its picture is here as it was made; else None."""
    found = store.load_disposable(Figure, folder.figure)
    if found is None or found.why or not found.licence_url:
        return None
    if not folder.picture.is_file() or store.file_sha256(folder.picture) != found.sha256:
        log.warning("%s is not what was made of the figure: rm %s has it fetched again", folder.picture, folder.figure)
        return None
    return found


def _keep_figure(folder: PaperFolder, found: Figure, picture: bytes) -> None:
    """Keep the figure, its picture first: a record without one would never be asked for again."""
    if picture:
        store.write_atomic(folder.picture, picture)
    store.write_atomic(folder.figure, store.to_json(found))
