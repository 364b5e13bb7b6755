"""The settings as a form: each with what it means, its value and where that comes from; and one of them changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from podcast.show import config, jsonschema, store
from podcast.show.config import Config
from podcast.show.errors import ConfigError
from podcast.show.origins import Origins, Place

_FROM_FILE = ("podcast.toml", "default")
"""Where a setting is from that the form can change; an option or a variable stands over the file."""


@dataclass(frozen=True)
class Field:
    """One setting."""

    name: str
    """Its place, as in `mix.bitrate` or `hosts.0.name`."""
    about: str
    value: object
    origin: str
    kind: str
    """switch, number, text, or words for what is written in podcast.toml by hand."""
    choices: tuple[object, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    whole: bool = False

    @property
    def can_change(self) -> bool:
        return self.kind != "words" and self.origin in _FROM_FILE


@dataclass(frozen=True)
class Section:
    name: str
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """Its name as a person reads it: a host by theirs."""
        who = next((field.value for field in self.fields if field.name.endswith(".name")), "")
        return f"host {who}" if self.name.startswith("hosts.") else self.name


def sections(path: Path) -> Iterator[Section]:
    """Yield the settings of the show whose podcast.toml is `path`, by section."""
    found, origins, schema = config.read(path), Origins(path), jsonschema.of_show()
    for name in Config.model_fields:
        value = getattr(found, name)
        parts: list[tuple[Place, Any]] = [((name,), value)]
        if isinstance(value, tuple):
            parts = [((name, index), each) for index, each in enumerate(value)]
        for place, part in parts:
            known = schema["$defs"][type(part).__name__]["properties"]
            dumped = part.model_dump(mode="json")
            fields = (_field((*place, key), dumped[key], known[key], origins) for key in dumped)
            yield Section(".".join(map(str, place)), tuple(fields))


def change(path: Path, name: str, said: str) -> None:
    """Have podcast.toml say the setting; comments and all else in it stay. Raises ConfigError where it cannot be."""
    import tomlkit

    fields = {field.name: field for section in sections(path) for field in section.fields}
    field = fields.get(name)
    if field is None or not field.can_change:
        why = f"it is from {field.origin}" if field and field.kind != "words" else "the form has no such setting"
        raise ConfigError(f"{name} cannot be changed here: {why}", f"change it there, or in {path.name}")
    text = store.read_text(path) if path.is_file() else ""
    document = tomlkit.parse(text)
    _put(document, tuple(int(step) if step.isdigit() else step for step in name.split(".")), _value(field, said), path)
    with store.replacing(path) as trial:
        trial.write_text(tomlkit.dumps(document), "utf-8")
        try:
            config.read(trial)
        except ConfigError as error:
            raise ConfigError(str(error).replace(trial.name, path.name), "nothing was changed") from error


def _field(place: Place, value: object, schema: Mapping[str, Any], origins: Origins) -> Field:
    name, about = ".".join(map(str, place)), " ".join(str(schema.get("description", "")).split())
    kind = {"boolean": "switch", "number": "number", "integer": "number", "string": "text"}.get(
        str(schema.get("type")), "words"
    )
    return Field(
        name, about, value, origins.of(place), kind, tuple(schema.get("enum", ())),
        schema.get("minimum"), schema.get("maximum"), whole=schema.get("type") == "integer",
    )  # fmt: skip


def _value(field: Field, said: str) -> object:
    """Return what was typed as what the setting is. Raises ConfigError for a number that is none."""
    if field.kind == "switch":
        return said == "true"
    if field.kind == "text":
        return said
    try:
        return int(said) if field.whole else float(said)
    except ValueError as error:
        raise ConfigError(f"{said!r} is no number", f"{field.name} is one") from error


def _put(document: Any, place: Place, value: object, path: Path) -> None:
    """Set the value in the document; of hosts, who are written whole, all that are not there come with it."""
    import tomlkit

    first, *rest = place
    if len(place) == 1:
        document[first] = value
        return
    if isinstance(rest[0], int) and first not in document:
        tables = tomlkit.aot()
        for each in getattr(config.read(path), str(first)):
            table = tomlkit.table()
            table.update(each.model_dump(mode="json"))
            tables.append(table)
        document[first] = tables
    elif isinstance(first, str) and first not in document:
        document[first] = tomlkit.table()
    _put(document[first], tuple(rest), value, path)
