"""Coqui's models: which there are, where they lie, on what terms they may be used. Nothing here loads one."""

import difflib
import functools
import importlib.util
import json
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile

from podcast.show import passing
from podcast.show.errors import ConfigError, MissingDependency
from podcast.show.schema import Voice

log = logging.getLogger(__name__)

CPML = "CPML"
"""The Coqui Public Model License of XTTS: models and what they speak are for non-commercial use only."""


def check(voice: Voice, fetch: bool = True) -> None:
    """Raise ConfigError or MissingDependency where the voice's model cannot be had here; load and fetch nothing.

    Without `fetch`, a model that is not on this machine yet is missing.
    """
    folder = _local(voice) or _fetched(voice.model)
    item = {} if _local(voice) else _registered(voice)
    config = config_of(folder) if folder else {}
    _check_licence(voice, item, config)
    _need_espeak(config)
    if folder is None and not fetch:
        raise MissingDependency(f"the model {voice.model} is not on this machine", _fetch_command(voice.model))


def accepted(voice: Voice) -> bool:
    """Return whether the voice's file accepts the terms of XTTS."""
    return voice.settings.get("accept_licence") == CPML


def fetch(name: str) -> None:
    """Have the model of the registry on this machine."""
    from TTS.utils.manage import ModelManager

    if _fetched(name) is None:
        log.info("fetching the model %s, unless it is here", name)
    try:
        _, config, _ = ModelManager(progress_bar=sys.stderr.isatty()).download_model(name)
    except (OSError, ValueError, BadZipFile) as error:  # requests' and Hugging Face's errors are OSErrors
        half = _models() / name.replace("/", "--")
        why, hint = _trouble(error)
        raise MissingDependency(
            f"the model {name} is not on this machine and could not be fetched: {why}",
            "; then, ".join([*([f"rm -r '{half}'"] if half.exists() else ()), *hint, _fetch_command(name)]),
        ) from error
    if config is not None:
        _need_espeak(config_of(config.parent))


def _trouble(error: Exception) -> tuple[str, Sequence[str]]:
    """Return why the model did not come, and what to look at: the library's own words are a chain of its names."""
    import requests

    if isinstance(error, requests.RequestException):
        asked = (error.request.url or "") if error.request else ""
        words, hint = passing.silence(error, asked)
        return f"{urlsplit(asked).hostname or 'its place'} {words}", (hint.removesuffix(f", then {passing.LATER}"),)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror, ()
    return "what came is no whole model", ()


@contextmanager
def agreed(accepted: bool) -> Iterator[None]:
    """Tell Coqui's loader that its licence is accepted, if the voice's file says so; afterwards nothing is said."""
    before = os.environ.get("COQUI_TOS_AGREED")
    if accepted:
        os.environ["COQUI_TOS_AGREED"] = "1"
    try:
        yield
    finally:
        if accepted and before is None:
            del os.environ["COQUI_TOS_AGREED"]


def _local(voice: Voice) -> Path | None:
    """Return the folder of the voice's checkpoint, or None where the registry has its model."""
    path = Path(voice.model)
    if path.is_absolute() and path.exists():
        folder = path if path.is_dir() else path.parent
        if not (folder / "config.json").is_file():
            raise ConfigError(
                f"the voice {voice.name} names {path}, which has no config.json beside it",
                "put the config.json that the model was trained with there",
            )
        return folder
    if not voice.model.startswith("tts_models/") or path.suffix == ".pth":
        raise ConfigError(
            f"the voice {voice.name} names the model {voice.model!r}, which is not there",
            "model is a .pth or a folder in voices/, or a name such as tts_models/en/vctk/vits",
        )
    return None


def _registered(voice: Voice) -> Mapping[str, Any]:
    """Return what the registry says of the voice's model; ConfigError where it has none of that name."""
    names = _registry()
    if voice.model in names:
        return names[voice.model]
    if "/fairseq/" in voice.model:
        return {"license": "CC BY-NC 4.0"}
    near = difflib.get_close_matches(voice.model, names, 1)
    raise ConfigError(
        f"the voice {voice.name} names the model {voice.model!r}, which Coqui's registry has not",
        f"did you mean {near[0]!r}?" if near else "tts --list_models lists those there are",
    )


@functools.cache
def _registry() -> Mapping[str, Mapping[str, Any]]:
    """Return what Coqui says of each of its models, by name, without loading Coqui."""
    found = importlib.util.find_spec("TTS")
    assert found is not None, "missing() is asked before"
    assert found.origin is not None
    models = json.loads((Path(found.origin).parent / ".models.json").read_text(encoding="utf-8"))
    return {
        f"tts_models/{language}/{data}/{name}": item
        for language, sets in models["tts_models"].items()
        for data, items in sets.items()
        for name, item in items.items()
    }


def _models() -> Path:
    """Return where Coqui keeps what it fetched (`trainer.io.get_user_data_dir`)."""
    home = os.environ.get("TTS_HOME") or os.environ.get("XDG_DATA_HOME")
    if home:
        return Path(home).expanduser() / "tts"
    return Path.home() / ("Library/Application Support" if sys.platform == "darwin" else ".local/share") / "tts"


def _fetched(name: str) -> Path | None:
    """Return the folder of a model of the registry, where it is on this machine whole."""
    folder = _models() / name.replace("/", "--")
    return folder if (folder / "config.json").is_file() and any(folder.glob("*.pth*")) else None


def _fetch_command(name: str) -> str:
    return f"where there is a network: tts --model_name {name} --list_speaker_idxs"


def config_of(folder: Path) -> Mapping[str, Any]:
    """Return a checkpoint's config.json; ConfigError where it cannot be read."""
    path = folder / "config.json"
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "put the model's own config.json there") from error
    return read if isinstance(read, dict) else {}


def _check_licence(voice: Voice, item: Mapping[str, Any], config: Mapping[str, Any]) -> None:
    """Raise ConfigError unless the voice's file accepts terms that must be accepted, and says what they forbid.

    The voice's licence goes into each episode's `made_with` and its notes.
    """
    terms = CPML if item.get("tos_required") or config.get("model") == "xtts" else str(item.get("license", ""))
    if terms == CPML and not accepted(voice):
        raise ConfigError(
            f"the voice {voice.name} is XTTS, whose licence allows non-commercial use only, of its sound as well",
            "read https://tts-hub.github.io/cpml; if you accept it, write into the voice's file: "
            f'settings = {{ accept_licence = "{CPML}" }}',
        )
    said = voice.licence.lower()
    if (terms == CPML and "noncommercial" not in said) or ("-nc" in terms.lower() and "-nc" not in said):
        raise ConfigError(
            f"the voice {voice.name} gives its licence as {voice.licence!r}, but its model's is {terms}",
            "write into the voice's file: licence = "
            + (f'"LicenseRef-{CPML}-NonCommercial"' if terms == CPML else f'"{terms.replace(" ", "-")}"'),
        )


def _need_espeak(config: Mapping[str, Any]) -> None:
    if config.get("use_phonemes") and "espeak" in str(config.get("phonemizer") or "espeak"):
        if shutil.which("espeak-ng") or shutil.which("espeak"):
            return
        raise MissingDependency(
            "this Coqui model reads phonemes, for which it runs the program espeak-ng, which is not installed",
            "sudo apt install espeak-ng",
        )
