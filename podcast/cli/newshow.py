"""A folder for a show of one's own, that works at once."""

import json
from collections.abc import Sequence
from pathlib import Path

from podcast.cli import extras
from podcast.press import cover
from podcast.show import jsonschema, packaged, store
from podcast.show.errors import ConfigError
from podcast.show.settings import ShowSettings
from podcast.show.workspace import Workspace

SCHEMA = "podcast.schema.json"
"""What the `#:schema` line of podcast.toml names: beside it, so that an editor needs no network."""


def create(folder: Path, ways: Sequence[str] = ()) -> None:
    """Make the folder: podcast.toml and its schema, voices, a cover, an example of criteria.

    Nothing that exists is overwritten.
    `ways` are names of `podcast.extras`: what lets a machine run the show every day. Raises ConfigError where a show is
    there already.
    """
    extras.check(ways)
    workspace = Workspace(folder)
    if workspace.config.exists():
        raise ConfigError(f"{folder} is a show already", f"choose another folder, or change {workspace.config}")
    title = " ".join(folder.resolve().name.replace("-", " ").replace("_", " ").split()).title() or "My Show"
    template = (packaged.folder("cli", "templates") / "podcast.toml").read_text("utf-8")
    for voice in sorted(packaged.voices().glob("*.toml")):
        store.create_once(workspace.voices / voice.name, voice.read_bytes())
    lexicon = "# How this show says things: written<TAB>spoken, one a line; it goes over the built-in lexicon.\n"
    store.create_once(workspace.voices / "lexicon.tsv", lexicon.encode())
    show = ShowSettings(title=title)
    store.create_once(folder / show.cover, cover.draw_cover(title, show.tagline))
    example = (packaged.folder("cli", "templates") / "criteria.example.md").read_bytes()
    store.create_once(folder / "criteria.example.md", example)
    schema = json.dumps(jsonschema.of_show(), ensure_ascii=False, indent=2)
    store.create_once(folder / SCHEMA, f"{schema}\n".encode())
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    store.create_once(workspace.config, template.replace("@TITLE@", quoted).encode())
    list(extras.lay(folder, title, ways))
