"""How an episode was made, in words that listeners know: what `made_with` names by keys."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from podcast.show.schema import Episode

_WHAT: Mapping[str, str] = MappingProxyType(
    {
        "shape": "Kind of talk",
        "server": "Where the model ran",
        "prompts": "Version of the instructions",
        "version": "Version of the rules",
        "second reader": "Second reader",
        "brief": "Paper read",
        "turns": "Turn-taking",
        "chapters": "Chapters",
        "signed by": "Signed with the certificate",
        "watermark": "Inaudible mark in the sound",
    }
)
_AUTHORS: Mapping[str, str] = MappingProxyType(
    {"extractive": "by rules, out of the paper's own sentences", "a person": "by a person"}
)
"""Who wrote or read without a language model."""


def told(episode: Episode) -> Sequence[tuple[str, str]]:
    """Return what made the episode as pairs of heading and words, hosts first; an extension's key is told as it is."""
    return tuple(_told(episode))


def _told(episode: Episode) -> Iterator[tuple[str, str]]:
    made = dict(episode.made_with)
    for key, name in episode.hosts.items():
        voice, _, by = made.pop(f"voice {key}", "").partition(" by ")
        engine, _, licence = by.partition(", ")
        terms = f", under {licence}" if licence else ""
        yield name, f"a synthetic voice: {voice}, spoken by {engine}{terms}" if engine else "a synthetic voice"
    writer, model = made.pop("writer", ""), made.pop("model", "")
    if writer or model:
        yield "Script written", _by(model or writer)
    for key, by in made.items():
        if by:
            yield _heading(key), _by(by) if key in ("brief", "second reader") else by


def _by(author: str) -> str:
    return _AUTHORS.get(author) or f"by {author}"


def _heading(key: str) -> str:
    """Return what a key is called: without a word of ours for it, its own words."""
    if key.startswith("voice "):
        return f"Voice {key.removeprefix('voice ')}"
    words = key.replace("_", " ").strip()
    return _WHAT.get(key) or words[:1].upper() + words[1:]
