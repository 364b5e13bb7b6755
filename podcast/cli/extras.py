"""Files beside a show that let a machine run it every day: cron, GitHub Actions, systemd, Docker."""

import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from podcast.show import mistakes, packaged, store
from podcast.show.errors import WrongUsage

_WHEELS = "deploy/wheels/README.md"

EXTRAS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "cron": {"cron/crontab": "deploy/crontab"},
        "github": {
            "github/podcast.yml": ".github/workflows/podcast.yml",
            "github/gitignore": ".gitignore",
            "wheels.md": _WHEELS,
        },
        "systemd": {
            "systemd/podcast.service": "deploy/podcast.service",
            "systemd/podcast.timer": "deploy/podcast.timer",
        },
        "docker": {
            "docker/Dockerfile": "Dockerfile",
            "docker/compose.yaml": "compose.yaml",
            "docker/dockerignore": ".dockerignore",
            "wheels.md": _WHEELS,
        },
    }
)
"""For each way to run a show, its templates and where they go in the show's folder."""


def check(names: Sequence[str]) -> None:
    """Raise WrongUsage where one of the names is none of EXTRAS."""
    for name in names:
        if name not in EXTRAS:
            guess = mistakes.meant(name, EXTRAS)
            raise WrongUsage(f"there is no {name!r} to make a show with{guess}", f"choose of {', '.join(EXTRAS)}")


STARTS: Mapping[str, str] = MappingProxyType({way: next(iter(files.values())) for way, files in EXTRAS.items()})
"""The file of each way whose first lines say how it is set going: its first."""


def lay(folder: Path, title: str, names: Sequence[str]) -> Iterator[Path]:
    """Make the files of these extras, and yield those that were not there before. Nothing is overwritten."""
    check(names)
    for name in names:
        for template, target in EXTRAS[name].items():
            text = (packaged.folder("cli", "templates", "deploy") / template).read_text("utf-8")
            path = folder / target
            if store.create_once(path, _filled(text, folder.resolve(), title, unit=name == "systemd").encode()):
                yield path


def _filled(text: str, folder: Path, title: str, *, unit: bool) -> str:
    """Return the template with the show's own words; in a systemd unit what it would read as its own is escaped."""
    program = shutil.which("podcast")
    command = [program] if program else [sys.executable, "-m", "podcast"]
    words = {
        "TITLE": " ".join(title.split()),
        "FOLDER": str(folder) if unit else shlex.quote(str(folder)),
        "TYPED": shlex.quote(str(folder)),
        "QUOTED": _in_unit(str(folder)),
        "CRON": " ".join(map(shlex.quote, [*command, "-C", str(folder), "run"])).replace("%", r"\%"),
        "COMMAND": " ".join(map(_in_unit, command)),
        "WHEEL": packaged.wheel((folder / _WHEELS).parent),
        "SLIM": packaged.requirement("s3,asr"),
        "CUDA": packaged.requirement("s3,asr,coqui"),
        "ACTION": packaged.requirement("s3"),
    }
    if unit:
        words |= {name: words[name].replace("%", "%%") for name in ("TITLE", "FOLDER")}
    return re.sub("@([A-Z]+)@", lambda found: words[found[1]], text)


def _in_unit(word: str) -> str:
    """Return the word as systemd.service(5) has it in a command line."""
    word = word.replace("%", "%%").replace("$", "$$")
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else f'"{escaped}"'
