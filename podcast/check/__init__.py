"""Our own rules, run over what was published: the feed's bytes, the folder, and what HTTP shows of it.

Each rule is a sentence that names whose it is: Apple's, PSP-1's, the podcast namespace's, an app's.
"""

from collections.abc import Iterator
from pathlib import Path

from podcast import serve
from podcast.check.document import feed
from podcast.check.files import folder, sites
from podcast.check.rules import Failure, Rule
from podcast.check.web import http

__all__ = ["Failure", "Rule", "feed", "folder", "http", "published"]


def published(root: Path, url: str = "") -> Iterator[Failure]:
    """Yield every rule that the folder breaks, and that the feed at `url` breaks over HTTP.

    Without a `url` the folder is served for it, at a free port of this machine. Raises NotReady where it is not there.
    """
    if not url or (root / "feed.xml").is_file():
        serve.application(root)
        yield from folder(root)
    if url:
        yield from http(url, whole=True)
        return
    with serve.running(root, sites(root)) as here:
        yield from http(f"{here}feed.xml")
