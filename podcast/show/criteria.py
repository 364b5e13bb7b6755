"""What the show cares about: criteria.md, numbered, in plain words."""

import re

from podcast.show import store
from podcast.show.errors import ConfigError
from podcast.show.workspace import Workspace


def read(workspace: Workspace) -> str | None:
    """Return the show's criteria without their comments; None where it has none.

    Raises ConfigError where the file cannot be read, or has no numbered criterion.
    """
    path = workspace.criteria
    if not path.is_file():
        return None
    text = re.sub(r"<!--.*?-->", "", store.read_text(path), flags=re.DOTALL).strip()
    if not numbered(text):
        raise ConfigError(f"{path} has no numbered criterion", 'begin each with its number, as in "1. New ways to …"')
    return text


def numbered(text: str) -> dict[int, str]:
    """Return each criterion's first line by its number; of two with one number the first counts."""
    found: dict[int, str] = {}
    for number, line in re.findall(r"^[ ]{0,3}(\d{1,3})[.)][ \t]+(\S.*)$", text, re.MULTILINE):
        if int(number):
            found.setdefault(int(number), line.strip())
    return found
