"""A folder for a show of one's own, that works at once."""

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from podcast.cli import extras, upgrading
from podcast.press import cover
from podcast.show import jsonschema, mistakes, packaged, store
from podcast.show.errors import ConfigError
from podcast.show.settings import ShowSettings
from podcast.show.workspace import Workspace

SCHEMA = "podcast.schema.json"
"""What the `#:schema` line of podcast.toml names: beside it, so that an editor needs no network."""


def create(folder: Path, ways: Sequence[str] = (), language: str = "") -> None:
    """Make the folder: podcast.toml and its schema, voices, a cover, an example of criteria.

    Nothing that exists is overwritten.
    `ways` are names of `podcast.extras`: what lets a machine run the show every day. `language` is its code; "" for
    English. Raises ConfigError where a show is there already, or the language has no such code.
    """
    extras.check(ways)
    workspace = Workspace(folder)
    if workspace.config.exists():
        raise ConfigError(f"{folder} is a show already", f"choose another folder, or change {workspace.config}")
    try:
        spoken = {"language": language} if language else {}
        show = ShowSettings.model_validate(spoken)
    except ValidationError as error:
        raise ConfigError(mistakes.said(error.errors()[0]), "--language takes a code, such as de") from error
    title = " ".join(folder.resolve().name.replace("-", " ").replace("_", " ").split()).title() or "My Show"
    template = (packaged.folder("cli", "templates") / "podcast.toml").read_text("utf-8")
    upgrading.lay(workspace)
    lexicon = "# How this show says things: written<TAB>spoken, one a line; it goes over the built-in lexicon.\n"
    store.create_once(workspace.voices / "lexicon.tsv", lexicon.encode())
    store.create_once(folder / show.cover, cover.draw_cover(title, show.tagline))
    example = (packaged.folder("cli", "templates") / "criteria.example.md").read_bytes()
    store.create_once(folder / "criteria.example.md", example)
    schema = json.dumps(jsonschema.of_show(), ensure_ascii=False, indent=2)
    store.create_once(folder / SCHEMA, f"{schema}\n".encode())
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    text = template.replace("@TITLE@", quoted)
    if language:
        text = text.replace('# language = "en"', f'language = "{show.language}"')
    store.create_once(workspace.config, text.encode())
    list(extras.lay(folder, title, ways))
