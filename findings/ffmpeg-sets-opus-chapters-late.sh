#!/usr/bin/env bash
# Chapters of an episode in Opus, written by ffmpeg, and the same file copied by ffmpeg without a change.
#
# The guess: a chapter that begins at 20.5 s is written as beginning at 20.5 s; and -c copy copies.
# What happens: where the time's fraction is half a second or more, the chapter is written one second late: 20.5 s is
# 00:00:21.500. It is as if the whole seconds were rounded, not cut, and the fraction then added to them. A copy does
# the same to what it has read, so that each pass costs another second. Chapters less than a second apart change
# places. Nothing is said. MP4 and Matroska of the same chapters hold the right times.
# Why a podcast maker cares: half of all chapters begin in the second half of a second. The listener who jumps to one
# misses its first words, the others are right, and after a second pass, for a tag or a cover, it is two seconds: who
# looks for a drift finds none. Write Opus chapters by mutagen, last.
#
# ffmpeg 9.0.2 (imageio-ffmpeg 0.8.1), mutagen 1.48.1 (pip); a quarter of a minute. Debian's 5.1.9 does so too.
# Seen, for 10.4, 20.5, 59.7 and 60.2 s: 10.4, 21.5, 60.7, 60.2; copied, 10.4, 22.5, 61.7, 60.2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.8.1 mutagen==1.48.1

cat > try.py <<'PY'
import subprocess
import sys

import imageio_ffmpeg
from mutagen.oggopus import OggOpus

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "warning", "-y"]
STARTS = [0, 10_400, 20_500, 59_700, 60_200]
LATE = [0, 10_400, 21_500, 60_700, 60_200]
LATER = [0, 10_400, 22_500, 61_700, 60_200]


def run(*arguments):
    return subprocess.run([*FFMPEG, *arguments], check=True, capture_output=True, text=True)


def written(name):
    """Milliseconds, as they stand in the file's comments."""
    tags = OggOpus(name).tags
    times = [tags[f"CHAPTER{number:03}"][0].split(":") for number in range(len(STARTS))]
    return [round(1000 * (3600 * int(hours) + 60 * int(minutes) + float(seconds))) for hours, minutes, seconds in times]


def read(name):
    """Milliseconds, as ffmpeg itself reads them, of a file with times in whole milliseconds or finer."""
    found, unit = [], 1
    for line in run("-i", name, "-f", "ffmetadata", "-").stdout.splitlines():
        if line.startswith("TIMEBASE=1/"):
            unit = int(line.removeprefix("TIMEBASE=1/"))
        elif line.startswith("START="):
            found.append(round(1000 * int(line.removeprefix("START=")) / unit))
    return found


with open("chapters.txt", "w") as file:
    file.write(";FFMETADATA1\n")
    for number, (start, end) in enumerate(zip(STARTS, [*STARTS[1:], 70_000])):
        file.write(f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={end}\ntitle=Chapter {number}\n")
for name in ("episode.opus", "episode.m4a", "episode.mka"):
    run("-f", "lavfi", "-i", "sine=300:d=70", "-i", "chapters.txt", "-map", "0:a", "-map_chapters", "1", name)
said = run("-i", "episode.opus", "-c", "copy", "copy.opus").stderr
print("meant     ", STARTS)
seen = {"Opus": written("episode.opus"), "its copy": written("copy.opus")}
seen |= {"MP4": read("episode.m4a"), "Matroska": read("episode.mka")}
for name, times in seen.items():
    print(f"{name:10}", times)
if seen["MP4"] != STARTS or seen["Matroska"] != STARTS:
    sys.exit("CHANGED: MP4 or Matroska hold other times too")
if seen["Opus"] != LATE or seen["its copy"] != LATER or said:
    sys.exit(f"CHANGED: the chapters of Opus are written otherwise, or something was said: {said!r}")
PY
venv/bin/python try.py
