"""The day in text: reports out of the same briefs that the scripts are made of.

Rendering is a pure function of values on disk, so a feed/ that was removed comes back byte by byte.
"""

import logging
from collections.abc import Iterator

from podcast.config import Config
from podcast.digest import pages, report, rss
from podcast.errors import DocumentError
from podcast.site import Site
from podcast.workspace import Workspace

log = logging.getLogger(__name__)


INDEX = "digest/index.html"


def files(workspace: Workspace, config: Config, guid: str, look: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the digest beside its path under feed/; nothing where no day has one.

    `guid` is the show's; `look` makes the pages. A day whose files are broken is left out, and said.
    """
    reports = []
    for folder in reversed(workspace.days()):
        if folder.digest.is_file():
            try:
                reports.append(report.load(workspace, folder.date, config.show, config.select, config.digest))
            except DocumentError as error:
                log.error("left out of the digest: %s (%s)", error, error.hint)
    if not reports:
        return
    for each in reports:
        yield from pages.of_day(each, look)
    yield from pages.index(reports, look)
    yield "digest/feed.xml", rss.build(reports, config.show, config.publish.site_url, guid)
