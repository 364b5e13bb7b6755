"""What Tab offers: days, papers, hosts and voices of the show. Names of files alone are read, and podcast.toml."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import typer

from podcast.show import packaged

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PAPER = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+_\d{7})(?:\.[a-z]+)?|(?:doi|file)-.*")


def days(context: typer.Context, incomplete: str) -> list[str]:
    """Return the days that the show has, the newest first, and the words for days."""
    found = [folder.name for folder in _days(context)]
    return [each for each in ["latest", "today", *found] if each.startswith(incomplete)]


def papers(context: typer.Context, incomplete: str) -> list[str]:
    """Return what the show has made something of: papers of the newest day first, and roundups by their day."""
    found = ["latest"]
    for day in _days(context):
        names = sorted(each.name for each in day.iterdir() if each.is_dir())
        found += [name for name in names if _PAPER.fullmatch(name)]
        found += [f"{day.name}/{name}" for name in names if name.startswith("roundup")]
        found += [name for name in names if name == "trailer"]
    return [each for each in dict.fromkeys(found) if each.startswith(incomplete)]


def targets(context: typer.Context, incomplete: str) -> list[str]:
    """Return days and papers."""
    return list(dict.fromkeys([*days(context, incomplete), *papers(context, incomplete)]))


def voices(context: typer.Context, incomplete: str) -> list[str]:
    """Return the voices that come along and the show's own."""
    folders = (packaged.voices(), _show(context) / "voices")
    found = {path.stem for folder in folders for path in folder.glob("*.toml")}
    return sorted(each for each in found if each.startswith(incomplete))


def formats(context: typer.Context, incomplete: str) -> list[str]:
    """Return how papers can be told."""
    return [each for each in ("dialogue", "brief", "critique", "debate") if each.startswith(incomplete)]


def hosts(context: typer.Context, incomplete: str) -> list[str]:
    """Return the hosts' keys."""
    return [each for each in _hosts(context) if each.startswith(incomplete)]


def castings(context: typer.Context, incomplete: str) -> list[str]:
    """Return each host with each voice, as --voice takes them."""
    found = [f"{host}={voice}" for host in _hosts(context) for voice in voices(context, "")]
    return [each for each in found if each.startswith(incomplete)]


def _show(context: typer.Context) -> Path:
    return Path(context.find_root().params.get("show") or os.environ.get("PODCAST_DIR") or ".")


def _days(context: typer.Context) -> Iterator[Path]:
    folder = _show(context) / "episodes"
    if folder.is_dir():
        yield from sorted(
            (each for each in folder.iterdir() if _DAY.fullmatch(each.name) and each.is_dir()), reverse=True
        )


def _hosts(context: typer.Context) -> list[str]:
    told = _toml(_show(context) / "podcast.toml").get("hosts")
    found = [each.get("key") for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    return [str(key) for key in found if key] or ["A", "B"]


def _toml(path: Path) -> dict[str, object]:
    """Return what the file says; nothing where it is not there or not right, which the command itself will tell."""
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
