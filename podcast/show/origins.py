"""Where each setting in force came from: an option, an environment variable, podcast.toml, or the default."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import EnvSettingsSource

from podcast.show.config import Config, File

Place = tuple[str | int, ...]
"""Where a setting stands: ("mix", "bitrate"), ("hosts", 0, "name")."""


class Origins:
    """Tells of each setting of the show whose podcast.toml is `path` where it came from.

    `options` are what the command line said, as for `config.read`.
    """

    def __init__(self, path: Path, options: Mapping[str, Mapping[str, object]] | None = None) -> None:
        self._options = options or {}
        self._variables = EnvSettingsSource(Config)()
        self._file = File(Config, path)()
        self._name = path.name

    def of(self, place: Place) -> str:
        """Return "option", the variable's name, "podcast.toml" or "default"."""
        if _says(self._options, place):
            return "option"
        if _says(self._variables, place):
            return _variable(place)
        return self._name if _says(self._file, place) else "default"


def _says(given: object, place: Place) -> bool:
    """Whether what was given holds the place. A list goes over another whole, so it says all that stands in it."""
    for step in place:
        if not isinstance(given, Mapping):
            return True
        if step not in given:
            return False
        given = given[step]
    return True


def _variable(place: Place) -> str:
    """Return the name of the variable that says the place, as the environment has it: its own, or one of a whole."""
    prefix, between = str(Config.model_config["env_prefix"]), str(Config.model_config["env_nested_delimiter"])
    here = {name.upper(): name for name in os.environ}
    for length in range(len(place), 0, -1):
        name = (prefix + between.join(map(str, place[:length]))).upper()
        if name in here:
            return here[name]
    return f"{prefix}…"
