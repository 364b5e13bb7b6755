"""The show as the desk works with it: opened anew when its settings, voices or lexicon are others than they were."""

from functools import lru_cache
from pathlib import Path

from podcast import sources
from podcast.show import config, environment
from podcast.show.workspace import Workspace
from podcast.studio import Studio

Stamp = tuple[tuple[str, int, int], ...]
"""Files by name, with size and time of change in ns."""


def studio(root: Path) -> Studio:
    """Return the show's studio by its settings as they are now. Another command's work is not waited for."""
    return _opened(root, _stamp(root))


def _stamp(root: Path) -> Stamp:
    """Return what the settings are read from, as it lies there now."""
    files = (root / "podcast.toml", root / ".env", *sorted((root / "voices").glob("*")))
    found = ((path, path.stat()) for path in files if path.is_file())
    return tuple((path.name, stat.st_size, stat.st_mtime_ns) for path, stat in found)


@lru_cache(maxsize=1)
def _opened(root: Path, stamp: Stamp) -> Studio:
    workspace = Workspace(root)
    environment.load(root)
    settings = config.read(workspace.config)
    source = sources.online(settings.sources, workspace, settings.publish.site_url, settings.select.top)
    return Studio(workspace, settings, source, wait=False)
