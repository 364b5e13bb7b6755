"""A name, or "package.module:Class", becomes the class it stands for."""

import difflib
import importlib
from collections.abc import Mapping

from podcast.show import packaged
from podcast.show.errors import ConfigError, MissingDependency


def load(name: str, table: Mapping[str, str], kind: str) -> type:
    """Return the class that `name` stands for in `table`, or that "package.module:Class" points at.

    Raises ConfigError where nothing has that name, MissingDependency where its package is not installed.
    """
    target = table.get(name, name)
    module_name, colon, class_name = target.partition(":")
    if not colon:
        near = difflib.get_close_matches(name, table, 1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(
            f"there is no {kind} {name!r}{meant}",
            f'choose one of {", ".join(table)}, or "package.module:Class"',
        )
    try:
        found = getattr(importlib.import_module(module_name), class_name)
    except ModuleNotFoundError as error:
        raise MissingDependency(
            f"the {kind} {name!r} needs the package {error.name!r}", packaged.pip(str(error.name))
        ) from error
    except AttributeError as error:
        raise ConfigError(
            f"{module_name} has no {class_name!r}", f"look at the {kind}'s name in podcast.toml"
        ) from error
    if not isinstance(found, type):
        raise ConfigError(f"{target} is not a class", f"a {kind} is named as package.module:Class")
    return found
