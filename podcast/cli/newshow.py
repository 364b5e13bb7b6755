"""A folder for a show of one's own, that works at once."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from podcast.cli import extras, upgrading
from podcast.press import cover
from podcast.show import config, jsonschema, mistakes, packaged, store
from podcast.show.config import Config
from podcast.show.errors import ConfigError, WrongUsage
from podcast.show.settings import Host, ShowSettings
from podcast.show.workspace import EXAMPLE, SCHEMA, Workspace


def create(folder: Path, ways: Sequence[str] = (), language: str = "", hosts: int = 2) -> None:
    """Make the folder: podcast.toml and its schema, voices, a cover, an example of criteria.

    Nothing that exists is overwritten.
    `ways` are names of `podcast.extras`: what lets a machine run the show every day. `language` is its code; "" for
    English. `hosts` is how many talk, one to four. Raises ConfigError where a show is there already, WrongUsage where
    the language has no such code.
    """
    extras.check(ways)
    workspace = Workspace(folder)
    if workspace.config.exists():
        raise ConfigError(f"{folder} is a show already", f"choose another folder, or change {workspace.config}")
    try:
        spoken = {"language": language} if language else {}
        show = ShowSettings.model_validate(spoken)
    except ValidationError as error:
        raise WrongUsage(mistakes.said(error.errors()[0]), "--language takes a code, such as de") from error
    words = re.split(r"[\s_-]+", folder.resolve().name)
    title = " ".join(word[:1].upper() + word[1:] for word in words if word) or "My Show"
    template = (packaged.folder("cli", "templates") / "podcast.toml").read_text("utf-8")
    upgrading.lay(workspace)
    lexicon = "# How this show says things: written<TAB>spoken, one a line; it goes over the built-in lexicon.\n"
    store.create_once(workspace.voices / "lexicon.tsv", lexicon.encode())
    store.create_once(folder / show.cover, cover.draw_cover(title, show.tagline))
    example = (packaged.folder("cli", "templates") / EXAMPLE).read_bytes()
    store.create_once(folder / EXAMPLE, example)
    schema = json.dumps(jsonschema.of_show(), ensure_ascii=False, indent=2)
    store.create_once(folder / SCHEMA, f"{schema}\n".encode())
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    text = template.replace("@TITLE@", quoted)
    if language:
        text = text.replace('# language = "en"', f'language = "{show.language}"')
    if hosts != 2:
        text = _with_hosts(text, hosts)
    store.create_once(workspace.config, text.encode())
    list(extras.lay(folder, title, ways))


def equip(folder: Path, ways: Sequence[str]) -> Sequence[Path]:
    """Lay beside the show that is there what lets a machine run it every day; return the files that were not there
    before. Nothing is overwritten."""
    return list(extras.lay(folder, config.read(Workspace(folder).config).show.title, ways))


_MORE = (
    Host(
        key="C",
        name="Cleo",
        persona="holds results to what they were measured on, and asks what would prove them wrong",
    ),
    Host(
        key="D",
        name="Dan",
        persona="knows the field around it: what was tried before, and what others do about the same",
    ),
)
_ALONE = "explains how a thing works and what it costs, and keeps an eye on whether the sums are right"
_COUNT = {1: "One host tells of", 3: "Three hosts talk through", 4: "Four hosts talk through"}


def people(count: int) -> tuple[Host, ...]:
    """Return so many hosts, one to four, as a new show has them."""
    two: tuple[Host, ...] = Config.model_fields["hosts"].default
    return (*two, *_MORE)[:count] if count > 1 else (two[0].model_copy(update={"persona": _ALONE}),)


def _with_hosts(text: str, count: int) -> str:
    """Return the settings' text with so many hosts written out, and what the show says of itself to match."""
    written = "\n".join(
        f'[[hosts]]\nkey = "{host.key}"\nname = "{host.name}"\npersona = "{host.persona}"\nvoice = "auto"\n'
        for host in people(count)
    )
    head, _, rest = text.partition("# Hosts:")
    comment, _, rest = rest.partition("\n[select]")
    told = f"# Hosts:{comment.partition('# [[hosts]]')[0]}"
    said = ShowSettings()
    tagline = said.tagline.replace(", in conversation.", ", told." if count == 1 else ", in conversation.")
    about = said.description.replace("Two hosts talk through", _COUNT[count])
    head = re.sub(r"(?m)^# tagline = .*$", lambda _: f"tagline = {json.dumps(tagline)}", head)
    head = re.sub(r"(?m)^# description = .*$", lambda _: f"description = {json.dumps(about)}", head)
    return f"{head}{told}{written}\n[select]{rest}"
