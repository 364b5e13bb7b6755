"""Secrets that are planted in the environment, and the search for their traces."""

import base64
import html
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import pytest

SECRETS: Mapping[str, str] = MappingProxyType(
    {
        "OPENAI_API_KEY": "sk-planted-Qx7/Lm2+openai0000",
        "AWS_ACCESS_KEY_ID": "AKIAPLANTED7QX2LM000",
        "AWS_SECRET_ACCESS_KEY": "planted/Rt5+Wv9aws0000secret0access0key00",
        "SHOW_WEBHOOK": "http://127.0.0.1:9/services/T0PLANTED/B0HOOK00000000",
        "HF_TOKEN": "hf_plantedZk4Ny8token000000000000000",
    }
)
_PIECE = 12
"""So many signs in a row of a secret are a trace of it."""


def plant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set every secret in the environment."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)


def traces(folder: Path, *said: str) -> list[str]:
    """Return which secret is found where: in any file below the folder, in a file's name, or in what was said."""
    places = [(str(path), path.name.encode() + path.read_bytes()) for path in folder.rglob("*") if path.is_file()]
    places += [(f"what was said ({number})", text.encode()) for number, text in enumerate(said, 1)]
    return [f"{name} in {place}" for place, data in places for name in SECRETS if _in(data, SECRETS[name])]


def _in(data: bytes, secret: str) -> bool:
    return any(shape in data for shape in _shapes(secret))


def _shapes(secret: str) -> Iterator[bytes]:
    """Yield what a secret may look like: as it is, in JSON, HTML, an address or base64, and in halves."""
    for whole in {secret, json.dumps(secret)[1:-1], html.escape(secret), quote(secret, safe="")}:
        yield whole.encode()
    body = secret.removeprefix("http://127.0.0.1:9")
    yield from (body[:_PIECE].encode(), body[-_PIECE:].encode())
    yield base64.b64encode(secret.encode())[:-4]
