"""Make the show that later versions are held to, with this version: python tests/golden/shows/make.py VERSION."""

import json
import os
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from conftest import DAY, PAPERS, podcast  # noqa: E402  (the tests are no package)

SETTINGS = """[show]
title = "Golden Show"
[[hosts]]
key = "A"
name = "Ada"
voice = "own-high"
[[hosts]]
key = "B"
name = "Ben"
voice = "own-low"
[record]
synthesizer = "tone"
[writer]
minutes = 0.4
[mix]
bitrate = 64
[roundup]
enabled = true
minutes = 1.0
"""


def main(version: str) -> None:
    """Leave VERSION.tar.xz beside this file; the commands must succeed."""
    with tempfile.TemporaryDirectory() as folder:
        show = Path(folder) / "show"
        (show / "voices").mkdir(parents=True)
        (show / "podcast.toml").write_text(SETTINGS)
        for name, like in (("own-high", "tone-high"), ("own-low", "tone-low")):
            voice = (HERE.parents[2] / "voices" / f"{like}.toml").read_text()
            own = voice.replace('synthesizer = "tone"', 'synthesizer = "podcast.synthesizers.tone:Tone"')
            (show / "voices" / f"{name}.toml").write_text(own)
        listing = show / "list.json"
        listing.write_text(json.dumps(PAPERS, indent=1))
        os.utime(listing, (1709640000, 1709640000))
        done = podcast(show, "make", DAY, "--papers", str(listing), "--top", "2")
        text = "Language models read a document once, and only once."
        because = ("--because", "we said it too shortly")
        done += podcast(show, "regenerate", "2403.00002", "--line", "3", "--text", text, *because)
        if done:
            sys.exit("a command failed")
        for lock in show.rglob("*.lock"):
            lock.unlink()
        with tarfile.open(HERE / f"{version}.tar.xz", "w:xz") as archive:
            archive.add(show, "show", filter=_of_nobody)


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(sys.argv[1])
