"""A script in a person's editor: checked when it is saved, and never half-applied."""

import datetime as dt
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from podcast.cli import plaintext, targets
from podcast.revising import regenerate
from podcast.show import store, versions
from podcast.show.errors import InvalidScript, MissingDependency, PodcastError, Stale
from podcast.show.schema import Paper
from podcast.studio import Studio, script_of


def edit(studio: Studio, paper: Paper) -> bool:
    """Open the script in the person's editor, and make what is saved the script; return whether anything changed.

    What cannot be a script stays in script.edit.txt, and is opened again next time. So does an edit of a version that
    is not the script any more. Raises InvalidScript, or what else is wrong with it, and the script is as it was.
    """
    folder = studio.folder(paper)
    draft = folder.root / "script.edit.txt"
    script_of(studio, paper)
    if not draft.is_file():
        with studio.alone(paper):
            before = versions.keep(folder, dt.datetime.now(dt.UTC))
        store.write_atomic(draft, plaintext.written(before.script).encode())
    open_editor(draft)
    again = f"podcast script {folder.named} --edit opens it again; rm {shlex.quote(str(draft))} gives it up"
    try:
        with studio.alone(paper):
            return _take(studio, paper, draft)
    except PodcastError as error:
        hint = error.hint if isinstance(error, Stale) else again
        raise InvalidScript(f"{error}: the script is as it was, and your edit is kept in {draft}", hint) from error


def _take(studio: Studio, paper: Paper, draft: Path) -> bool:
    """Make the draft the script, if it is one and was made of the script that lies there; return whether it differs."""
    folder, text = studio.folder(paper), saved(draft)
    present, (number, over) = versions.keep(folder, dt.datetime.now(dt.UTC)), plaintext.versions(text)
    base = versions.kept(folder, number)
    if base is None:
        raise InvalidScript(f"there is no version {number}", f"write # version {present.number} into its first row")
    after = plaintext.read(text, base.script, targets.people(studio, paper))
    changed = after != base.script
    if changed and over != present.number:
        raise Stale(
            f"the script is version {present.number} now ({present.why}), and you edited version {number}",
            f"rm {shlex.quote(str(draft))} and --edit again begins with what lies there; "
            f"# version {number} over {present.number} in its first row puts yours in the place of that",
        )
    after = after.model_copy(update={"version": present.number})
    if changed:
        regenerate.change(studio, paper, lambda _: after, "edited")
    draft.unlink()
    return changed


def saved(path: Path) -> str:
    """Return what the person saved there. Raises InvalidScript where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidScript("it is not saved as UTF-8", "have your editor save it as UTF-8") from error


def open_editor(path: Path) -> None:
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
