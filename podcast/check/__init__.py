"""Our own rules, run over what was published: the feed's bytes, the folder, what HTTP shows of it, and
whether all is there that should be.

It may use show, press for what a picture must be, and serving for what HTTP must show.
Each rule is a sentence that names whose it is: Apple's, PSP-1's, the podcast namespace's, an app's.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from podcast.check import private as private_show
from podcast.check.document import feed
from podcast.check.files import folder, sites
from podcast.check.right import RIGHT
from podcast.check.rules import STANDS, Failure, Rule
from podcast.check.web import http
from podcast.check.whole import episodes
from podcast.serving import serve

__all__ = ["RIGHT", "STANDS", "Failure", "Rule", "episodes", "feed", "folder", "http", "published"]


_IS_THERE = {Rule.FILE.value, Rule.PAGE_LINK.value, Rule.ANSWER.value}
"""Rules that a file which is not there breaks."""


def published(
    root: Path, url: str = "", elsewhere: Collection[str] = (), *, private: bool = False, apart: bool = False
) -> Iterator[Failure]:  # fmt: skip
    """Yield every rule that the folder breaks, and that the feed at `url` breaks over HTTP.

    Files of episodes `elsewhere`, which other machines have, are not looked for in the folder; they are named as their
    folders under episodes/; their pages are, where the site stands `apart` from its media. Without a `url` the folder
    is served for it, at a free port of this machine. A `private` show is to be in no directory, and is held to that.
    Raises NotReady where it is not there.
    """
    found = _published(root, url, [f"{name}{end}" for name in elsewhere for end in ("-", *(() if apart else "/"))])
    if not private:
        yield from found
        return
    yield from (each for each in found if each.rule != Rule.BLOCK.value)
    if (root / "feed.xml").is_file():
        yield from private_show.folder(root)


def _published(root: Path, url: str, away: Collection[str]) -> Iterator[Failure]:
    if not url or (root / "feed.xml").is_file():
        serve.application(root)
        yield from _but(away, folder(root))
    if url:
        yield from http(url, whole=True)
        return
    with serve.running(root, sites(root)) as here:
        yield from _but(away, http(f"{here}feed.xml"))


def _but(away: Collection[str], failures: Iterator[Failure]) -> Iterator[Failure]:
    """Yield the failures but for those that say of a file with one of these in its name that it is not there."""
    for each in failures:
        if each.rule not in _IS_THERE or not any(name in each.found for name in away):
            yield each
