"""The default target: feed/ itself, served from this disk or copied by a program of one's own."""

from collections.abc import Collection
from pathlib import Path

from podcast.publishers import Build, Delivery
from podcast.show.settings import PublishSettings


class Directory:
    """Leaves the folder where it was built; docs/deploy.md shows how others carry it on, media first."""

    name = ""

    def __init__(self, settings: PublishSettings, cache: Path) -> None:
        pass

    def publish(self, feed: Path, build: Build, withdrawn: Collection[str] = ()) -> Delivery:
        """Build the folder; what is withdrawn is not in it."""
        build({})
        return Delivery()
