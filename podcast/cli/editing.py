"""A script in a person's editor: checked when it is saved, and never half-applied."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from podcast.revising import regenerate
from podcast.show import store
from podcast.show.errors import InvalidScript, MissingDependency, PodcastError
from podcast.show.schema import Paper, Script
from podcast.studio import Studio


def edit(studio: Studio, paper: Paper) -> bool:
    """Open the script in the person's editor, and make what is saved the script; return whether anything changed.

    What cannot be a script stays in script.edit.json, and is opened again next time. Raises InvalidScript, or what
    else is wrong with it, and the script is as it was.
    """
    folder = studio.folder(paper)
    draft = folder.root / "script.edit.json"
    before = regenerate.script_of(studio, paper)
    if not draft.is_file():
        store.write_atomic(draft, store.to_json(before))
    _open(draft)
    again = f"podcast script {paper.id} --edit opens it again; rm '{draft}' gives it up"
    try:
        after = store.load(Script, draft)
        if after == before:
            draft.unlink()
            return False
        with studio.alone(paper):
            regenerate.change(studio, paper, lambda _: after, "edited")
    except PodcastError as error:
        raise InvalidScript(f"{error}: the script is as it was, and your edit is kept in {draft}", again) from error
    draft.unlink()
    return True


def _open(path: Path) -> None:
    """Have the person edit the file. Raises InvalidScript where the editor fails."""
    found = (shutil.which("nano") or shutil.which("vi")) if sys.stdin.isatty() else None
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or found
    if not wanted:
        raise MissingDependency("no editor is known", "export EDITOR=…")
    command = shlex.split(wanted)
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        raise MissingDependency(f"the editor {wanted!r} cannot be run: {error.strerror}", "export EDITOR=…") from error
    if done.returncode:
        raise InvalidScript(f"the editor ended with {done.returncode}; nothing was changed", "try again")
