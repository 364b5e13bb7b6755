"""All episodes become feed/, and feed/ goes where listeners find it on the web.

They may use show, press and digest for what is built, check for what it must hold to, and serving for its headers.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

Build = Callable[[Mapping[str, bytes]], None]
"""Makes feed/ whole on this disk. Gets the `item.json` of every episode that the target has, by path under feed/;
an episode that is on this disk too goes before the target's."""


@dataclass(frozen=True)
class Delivery:
    """What a publish changed at the target."""

    written: tuple[str, ...] = ()
    """Paths under feed/, in the order they went."""
    removed: tuple[str, ...] = ()
    """What was withdrawn, and old media that had been kept long enough."""
    rounds: int = 1
    """How often feed/ was built: once more for each time another machine published meanwhile."""


class Publisher(Protocol):
    """Puts feed/ where it is served from. Made of `PublishSettings` and a folder for what it may forget."""

    name: str
    """What people call the target; "" where it is feed/ itself."""

    def publish(self, feed: Path, build: Build, withdrawn: Collection[str] = ()) -> Delivery:
        """Build the folder and bring it to the target; afterwards the target serves every episode of the show, but for
        those `withdrawn`, which are named as their folders under feed/episodes/; and no file of those that are named
        there by their paths.

        At each moment, also after a kill, the target's feed names only what is there. `build` is called once or more.
        Raises PublishError, with what was published before still in place; Refused where trying again cannot help.
        """


PUBLISHERS: Mapping[str, str] = MappingProxyType(
    {
        "directory": "podcast.publishers.directory:Directory",
        "s3": "podcast.publishers.s3:S3",
    }
)
