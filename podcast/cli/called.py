"""For which show this program was called, and how its commands are typed for that one."""

import re
import shlex
import shutil
import sys
from pathlib import Path

from podcast.cli.manual import NEEDS
from podcast.show.errors import quoted


class State:
    """What the options before the command said."""

    show = Path()
    wait = True


def command(words: str, show: Path | None = None) -> str:
    """Return the command as it can be typed here: of the show that this one was called for, or of the one given."""
    folder = State.show if show is None else show
    return " ".join([program(), *([] if folder == Path() else ["-C", shlex.quote(str(folder))]), words])


def put_back(withdrawn: Path | str) -> str:
    """Return the commands by which the episode that the file keeps out of the feed is there again."""
    return f"rm {quoted(withdrawn)}, then {command('publish')}"


def typeable(hint: str, show: Path | None = None) -> str:
    """Return the hint with each of its commands as `command` has it: no other wing knows how this one was called."""
    return _COMMAND.sub(lambda found: command(found[1], show), hint)


_WORDS = "|".join(sorted({each for names in NEEDS.values() for each in names} - {"new"}))
_COMMAND = re.compile(rf"(?<![\w/.-])podcast ((?:{_WORDS})\b)")
"""A command of a show, as hints have it. `new` is for none yet."""


def program() -> str:
    """How this program is called from here: by its name where PATH has it, else by its path."""
    called = Path(sys.argv[0])
    if shutil.which("podcast") or called.name != "podcast":
        return "podcast"
    return shlex.quote(str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called))
