"""What the show is set to: options over PODCAST_* variables over podcast.toml over defaults.

Read once, at the front door, and passed down by section.
"""

import json
import logging
import os
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, PrivateAttr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from podcast.show import mistakes, store
from podcast.show.errors import ConfigError, DocumentError, WrongUsage
from podcast.show.schema import Voice
from podcast.show.settings import (
    DigestSettings,
    Host,
    MarksSettings,
    MixSettings,
    PublishSettings,
    RecordSettings,
    RoundupSettings,
    RunSettings,
    SelectSettings,
    ShowSettings,
    SourcesSettings,
    WriterSettings,
)

log = logging.getLogger(__name__)

MOST_HOSTS = 4

_HOSTS = (
    Host(
        key="A",
        name="Ada",
        persona="speaks for those who use such systems: bills, harm, whether the sums are right",
    ),
    Host(
        key="B",
        name="Ben",
        persona="speaks for those who build them: how a thing works, what else could explain it",
    ),
)


class Config(BaseSettings):
    """A whole podcast.toml."""

    model_config = SettingsConfigDict(
        env_prefix="PODCAST_", env_nested_delimiter="__", extra="forbid", frozen=True, toml_file=None
    )

    show: ShowSettings = ShowSettings()
    hosts: tuple[Host, ...] = _HOSTS
    sources: SourcesSettings = SourcesSettings()
    select: SelectSettings = SelectSettings()
    writer: WriterSettings = WriterSettings()
    record: RecordSettings = RecordSettings()
    mix: MixSettings = MixSettings()
    marks: MarksSettings = MarksSettings()
    digest: DigestSettings = DigestSettings()
    roundup: RoundupSettings = RoundupSettings()
    publish: PublishSettings = PublishSettings()
    run: RunSettings = RunSettings()
    _by_option: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @property
    def by_option(self) -> Mapping[str, str]:
        """How hosts got a voice that is not the file's, in words; see `with_voices`."""
        return self._by_option

    @model_validator(mode="after")
    def _private_or_listed(self) -> Self:
        if self.publish.private and self.show.listen:
            raise ValueError("a private show stands in no directory: leave [show.listen] empty, or publish.private")
        return self

    @field_validator("hosts")
    @classmethod
    def _one_to_four(cls, hosts: tuple[Host, ...]) -> tuple[Host, ...]:
        if not 1 <= len(hosts) <= MOST_HOSTS or len({host.key for host in hosts}) != len(hosts):
            raise ValueError("a show has one to four hosts, with different keys such as A and B")
        roles = [host.role for host in hosts if host.role]
        if twice := [role for role in roles if roles.count(role) > 1]:
            raise ValueError(f"two hosts have the role {twice[0]!r}: each role is one host's")
        return hosts

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, File(settings_cls)


class File(TomlConfigSettingsSource):
    """What a podcast.toml says, in whatever editor it was written."""

    def _read_file(self, file_path: Any) -> dict[str, Any]:
        return _toml(Path(file_path))


def _toml(path: Path) -> dict[str, Any]:
    """Return what the file says. Raises ConfigError where it is no TOML, naming the row and what it begins with: its
    value may be a secret."""
    text = store.read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        rows = text.splitlines()
        found = re.search(r"\(at line (\d+)", str(error))
        row = rows[int(found[1]) - 1] if found and int(found[1]) <= len(rows) else ""
        said = re.match(r"\s*([\w.-]+)\s*=\s*(\S?)", row)
        begins = f": {said[1]} = …" if said else ""
        is_bare = bool(said and said[2] and (said[2].isalpha() or said[2] in "/~@<"))
        hint = f'text stands in quotes: {said[1]} = "…"' if said and is_bare else "mend that line"
        raise ConfigError(f"{path} is not valid TOML: {error}{begins}", hint) from error


def read(path: Path, options: Mapping[str, Mapping[str, object]] | None = None) -> Config:
    """Return the settings of the show whose podcast.toml is `path`, which need not exist.

    `options` are what the command line said, by section. Raises ConfigError with all problems at once.
    """

    class Here(Config):
        model_config = SettingsConfigDict(toml_file=path)

    _warn_of_variables()
    given: dict[str, Any] = {section: dict(values) for section, values in (options or {}).items() if values}
    try:
        if path.exists():
            _look(path)
        found = Here(**given)
        values = {name: getattr(found, name) for name in Config.model_fields}
        return Config.model_construct(found.model_fields_set, **values)  # of a class that other processes know
    except DocumentError as error:
        raise ConfigError(str(error), error.hint) from error
    except SettingsError as error:
        said = str(error.__cause__ or error)
        variable = next((name for name in os.environ if _names_section(name)), "a PODCAST_* variable")
        raise ConfigError(
            f"{variable} is no JSON: {said}",
            "a whole section is a JSON object; PODCAST_WRITER__NAME=llm sets one key of it",
        ) from error
    except ValidationError as error:
        wrong = list(_wrong(error))
        problems = "; ".join(
            f"[{'.'.join(map(str, problem['loc']))}] {mistakes.said(problem, _names(Config, problem['loc']))}"
            for problem in wrong
        )
        where = dict.fromkeys(_origin(path, given, problem["loc"]) for problem in wrong)
        raise ConfigError(f"the settings are not right: {problems}", f"mend {' and '.join(where)}") from error


def _origin(path: Path, options: Mapping[str, Any], place: tuple[str | int, ...]) -> str:
    """Return what said the setting that is wrong: the file, where nothing else did."""
    from podcast.show.origins import Origins

    found = Origins(path, options).of(place) if place else "default"
    return {"option": "the option", "default": str(path), path.name: str(path)}.get(found, found)


def _warn_of_variables() -> None:
    """Tell of variables that are meant to set something, and name a section that there is none of."""
    prefix, between = str(Config.model_config["env_prefix"]), str(Config.model_config["env_nested_delimiter"])
    for name in sorted(os.environ):
        section, parted, key = name.upper().removeprefix(prefix).partition(between)
        if name.upper().startswith(prefix) and parted and section.lower() not in Config.model_fields:
            meant = mistakes.nearest(section, Config.model_fields)
            guess = f": did you mean {prefix}{meant.upper()}{between}{key}?" if meant else ""
            said = f"{name} sets nothing: there is no section [{section.lower()}]{guess}"
            log.warning("%s", said, extra={"once": name})


def _wrong(error: ValidationError) -> Iterator[Mapping[str, Any]]:
    """Yield what is wrong; that a list is too short only where none of its values is: those were left out of it."""
    problems = error.errors()
    for each in problems:
        within = (other["loc"] for other in problems if len(other["loc"]) > len(each["loc"]))
        if each["type"] != "too_short" or all(place[: len(each["loc"])] != each["loc"] for place in within):
            yield dict(each)


def _look(path: Path) -> None:
    """Raise ConfigError where another thing lies in the file's place: it would count as a file that is not there."""
    try:
        store.read_file(path)
    except DocumentError as error:
        raise ConfigError(str(error), error.hint) from error


def _names_section(variable: str) -> bool:
    """Whether the variable stands for a whole section and says no JSON."""
    section = variable.removeprefix("PODCAST_").lower()
    if not variable.upper().startswith("PODCAST_") or section not in Config.model_fields:
        return False
    try:
        json.loads(os.environ[variable])
    except ValueError:
        return True
    return False


def no_casting(config: Config, said: str) -> WrongUsage:
    """Return what is wrong with a --voice that is not "HOST=VOICE", and what would be right."""
    hosts = [host.key for host in config.hosts]
    return WrongUsage(
        f"--voice {said} names no host and a voice for it",
        f"write --voice {hosts[0]}=VOICE; the hosts are {', '.join(hosts)}, and podcast voices lists the voices",
    )


def with_voices(config: Config, said: Sequence[str]) -> Config:
    """Return the settings with hosts' voices as `said`, each "HOST=VOICE", as in "A=flite-slt".

    Raises WrongUsage for a host that the show has not.
    """
    hosts = {host.key: host for host in config.hosts}
    for each in said:
        key, _, voice = each.partition("=")
        if key not in hosts or not voice:
            raise no_casting(config, each)
        hosts[key] = hosts[key].model_copy(update={"voice": voice})
    changed = config.model_copy(update={"hosts": tuple(hosts.values())})
    asked = (each.partition("=")[0] for each in said)
    changed._by_option = {**config.by_option, **{key: f"by --voice {key}=…" for key in asked}}
    return changed


class Voices(dict[str, Voice]):
    """Voices by name; a broken file costs its own voice alone, and says why when that is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: dict[str, ConfigError] = {}

    def __contains__(self, name: object) -> bool:
        """Whether there is a voice of that name. Raises ConfigError, naming file and key, where it is broken."""
        if isinstance(name, str) and name in self.broken:
            raise self.broken[name]
        return super().__contains__(name)


def read_voices(*folders: Path) -> Voices:
    """Return the voices of the folders' TOML files by name; of two with one name the later folder's counts."""
    voices = Voices()
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            voices.pop(path.stem, None)
            voices.broken.pop(path.stem, None)
            try:
                voices[path.stem] = _voice(path)
            except ConfigError as error:
                log.warning("%s", error)
                voices.broken[path.stem] = error
    return voices


def _voice(path: Path) -> Voice:
    try:
        return Voice.model_validate({"name": path.stem, **_toml(path)})
    except ConfigError as error:
        raise ConfigError(f"the voice {error}", error.hint) from error
    except OSError as error:
        raise ConfigError(f"the voice {path} cannot be read: {error.strerror}", "mend or remove that file") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc']))}: {mistakes.said(problem, Voice.model_fields)}"
            for problem in error.errors()
        )
        raise ConfigError(f"the voice {path} is not right: {problems}", "mend that file") from error


def _names(model: type[BaseModel], place: Sequence[object]) -> Collection[str]:
    """Return the settings that may stand beside the one at the place, such as ("show", "titel")."""
    for name in place[:-1]:
        field = model.model_fields.get(str(name))
        if field is None or not isinstance(field.annotation, type) or not issubclass(field.annotation, BaseModel):
            return Host.model_fields if place[0] == "hosts" else ()
        model = field.annotation
    return model.model_fields
