"""The voices that `podcast new` copied, brought to those that come with this version; what a person changed stays."""

import json
from collections.abc import Mapping, Sequence

from podcast.show import packaged, store
from podcast.show.workspace import Workspace

LAID = ".laid.json"
"""In the show's voices/: the SHA-256 of each voice as it was copied."""

_BEFORE = frozenset(
    {
        "334fa8aa84a268b3ae7b232bbaab09c73d044c20fbbf2ac9c5e4e74f372e4490",
        "4642a34cadaf4e26e4388293523f9b3e5231dacd22c7325a735af57c7d1996ed",
        "4d365d922e8b8009665d1fe1792f01a084dd00872ed9a931e2340c67d8433aff",
        "b3aa4fb2559a6913e47351567ff8c57c630c76beeadec54bce5980f5963026cd",
        "dba2c665327c54ec41196e5e4e6988fd5adb0f817d9648189141a1ad4a910110",
    }
)
"""SHA-256 of voices as versions before 0.2 laid them, which wrote down nothing: hibari's and Kokoro's, by git."""


def lay(workspace: Workspace) -> None:
    """Copy each voice that the show does not have, and write down what was copied."""
    laid = _laid(workspace)
    for voice in sorted(packaged.voices().glob("*.toml")):
        if store.create_once(workspace.voices / voice.name, voice.read_bytes()):
            laid[voice.name] = store.file_sha256(voice)
    _write(workspace, laid)


def upgrade(workspace: Workspace) -> Sequence[Mapping[str, str]]:
    """Bring the show's copies to what comes along now, and return a row for each that is new, newer or left."""
    laid, rows = _laid(workspace), []
    for ours in sorted(packaged.voices().glob("*.toml")):
        own, now = workspace.voices / ours.name, store.file_sha256(ours)
        was = store.file_sha256(own) if own.is_file() else ""
        if was == now:
            laid[ours.name] = now
            continue
        if was and was not in (laid.get(ours.name), *_BEFORE):
            rows.append({"voice": ours.stem, "now": "left: it was changed here", "ours": str(ours)})
            continue
        store.write_atomic(own, ours.read_bytes())
        laid[ours.name] = now
        rows.append({"voice": ours.stem, "now": "newer" if was else "new", "ours": str(ours)})
    _write(workspace, laid)
    return rows


def _laid(workspace: Workspace) -> dict[str, str]:
    path = workspace.voices / LAID
    try:
        found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    except ValueError:  # then nothing is known to be unchanged, and all that differs is left
        found = {}
    return dict(found) if isinstance(found, dict) else {}


def _write(workspace: Workspace, laid: Mapping[str, str]) -> None:
    text = json.dumps(dict(sorted(laid.items())), indent=2)
    store.write_atomic(workspace.voices / LAID, f"{text}\n".encode())
