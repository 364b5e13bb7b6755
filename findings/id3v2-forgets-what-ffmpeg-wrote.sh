#!/usr/bin/env bash
# An MP3 with title and chapters, written by ffmpeg as it does by default and in ID3v2.3, to which id3v2 and id3tag, the
# taggers for the command line in Debian, add the name of an album.
#
# The guess: one frame is put in, and the rest stays, chapters too, which the two do not know but hold on to. So it is
# in v2.3. v2.4, ffmpeg's default, is a quarter of a century old; who cannot read it says so and leaves it.
# What happens: for them a file in v2.4 has no tag: id3v2 -l says "No ID3 tag". Then they write their own in the place
# of the other, and what was there is gone: title, every chapter, their table, a cover if there was one. The album is
# all that is left. Both end with 0.
# Why a podcast maker cares: a line of shell with id3v2 in it, at the end of a script, is how many a show gets its album
# and its year. The sound is the same, and the tag that one looks for is there. Write v2.3 by ffmpeg (-id3v2_version 3),
# or take mid3v2, which is mutagen's and has the same options.
#
# id3v2 0.1.12 and id3tag 3.8.3 (Debian's id3v2 and libid3-tools; they must be installed), ffmpeg 9.0.2 (imageio-ffmpeg
# 0.8.1), mutagen 1.48.1 (pip); a quarter of a minute.
# Seen, after it: v2.3, CHAP CTOC TALB TIT2, three chapters; v2.4, TALB alone.
set -euo pipefail
if ! { id3v2 --version && id3tag --version; } 2>&1 | tr '\n' ' ' | grep --quiet "id3v2 0.1.12.*3.8.3"; then
  echo "This wants id3v2 0.1.12 and id3tag 3.8.3: apt-get install id3v2 libid3-tools" >&2
  exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.8.1 mutagen==1.48.1

cat > chapters.txt <<'TXT'
;FFMETADATA1
title=Episode
[CHAPTER]
TIMEBASE=1/1
START=0
END=2
title=Intro
[CHAPTER]
TIMEBASE=1/1
START=2
END=4
title=A paper
[CHAPTER]
TIMEBASE=1/1
START=4
END=6
title=The end
TXT
cat > try.py <<'PY'
import subprocess
import sys

import imageio_ffmpeg
from mutagen.id3 import ID3

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", "-f", "lavfi", "-i", "sine=300:d=6"]


def frames():
    return sorted({frame.FrameID: 0 for frame in ID3("episode.mp3").values()}), len(ID3("episode.mp3").getall("CHAP"))


changed = False
for version, kept in (("3", True), ("4", False)):
    for tagger in (["id3v2", "--album", "Show"], ["id3tag", "--album=Show"]):
        tag = ["-i", "chapters.txt", "-map_metadata", "1", "-id3v2_version", version]
        subprocess.run([*FFMPEG, *tag, "-bitexact", "episode.mp3"], check=True)
        before, chapters = frames()
        listed = subprocess.run(["id3v2", "-l", "episode.mp3"], capture_output=True, text=True, check=True).stdout
        subprocess.run([*tagger, "episode.mp3"], check=True, capture_output=True)
        after, left = frames()
        print(f"v2.{version} by {tagger[0]}: {before}, {chapters} chapters => {after}, {left} chapters")
        changed |= chapters != 3 or left != (3 if kept else 0) or ("No ID3 tag" in listed) == kept
        changed |= after != (sorted([*before, "TALB"]) if kept else ["TALB"])
if changed:
    sys.exit("CHANGED: other frames are left")
PY
venv/bin/python try.py
