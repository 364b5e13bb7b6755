#!/usr/bin/env bash
# The first fifteen seconds of an episode with chapters, cut out by ffmpeg with -t before -i and with -t behind it.
#
# The guess: with one file in and one out it is the same where -t stands, as far as what comes out goes. Chapters that
# begin after the end are not in it, and the one that is cut ends where the sound does: ffmpeg sees to chapters, for
# with -ss it moves them.
# What happens: -t behind -i does just that. Before -i the sound is cut as well, but all chapters stay, as they were:
# a file of 15 s has one that begins at 20 s and ends at 32 s. So it is in MP3, MP4 and Matroska, and with -to; -ss
# beside it moves the chapters, but drops none at the end. ffmpeg says nothing.
# Why a podcast maker cares: a trailer, an excerpt or a piece for a preview is cut just so, and before -i is where it
# is fast. The app's list then offers chapters that lead past the end. Put -t behind -i, or write chapters after
# cutting.
#
# ffmpeg 9.0.2 (imageio-ffmpeg 0.8.1, pip); ten seconds or so. ffmpeg 5.1.9 of Debian does so too.
# Seen: 0.00-10.50, 10.50-15.00 behind; 0.00-10.50, 10.50-20.25, 20.25-32.00 before.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.8.1

cat > try.py <<'PY'
import re
import subprocess
import sys

import imageio_ffmpeg

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-y"]
CHAPTERS = ((0, 10.5), (10.5, 20.25), (20.25, 32))
NEAR = 0.1  # seconds: MP3 and copies are right to a frame or two


def run(*arguments):
    return subprocess.run([*FFMPEG, "-loglevel", "warning", *arguments], check=True, capture_output=True, text=True)


def chapters(name):
    said = subprocess.run([*FFMPEG, "-i", name], capture_output=True, text=True).stderr  # it wants an output: no check
    return [(float(start), float(end)) for start, end in re.findall(r"start ([\d.]+), end ([\d.]+)", said)]


def length(name):
    said = run("-i", name, "-f", "null", "-progress", "-", "-").stdout
    return int(re.findall(r"out_time_us=(\d+)", said)[-1]) / 1e6


def alike(some, others):
    flat, other = ([time for chapter in each for time in chapter] for each in (some, others))
    return len(flat) == len(other) and all(abs(one - two) < NEAR for one, two in zip(flat, other))


with open("chapters.txt", "w") as file:
    file.write(";FFMETADATA1\n")
    for number, (start, end) in enumerate(CHAPTERS):
        file.write(f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start * 1000:.0f}\nEND={end * 1000:.0f}\ntitle={number}\n")
changed = False
for kind in ("mp3", "m4a", "mka"):
    whole = f"whole.{kind}"
    sound = ["-f", "lavfi", "-i", "sine=300:d=32", "-i", "chapters.txt", "-map", "0:a", "-map_chapters", "1"]
    run(*sound, "-b:a", "64k", whole)
    ways = {
        "-t behind -i": (["-i", whole, "-t", "15"], 15, [(0, 10.5), (10.5, 15)]),
        "-t before -i": (["-t", "15", "-i", whole], 15, CHAPTERS),
        "-ss, -to before -i": (["-ss", "5", "-to", "18", "-i", whole], 13, [(0, 5.5), (5.5, 15.25), (15.25, 27)]),
    }
    for name, (cut, seconds, expected) in ways.items():
        said = run(*cut, "-c", "copy", f"cut.{kind}").stderr
        seen = chapters(f"cut.{kind}")
        times = ", ".join(f"{start:.2f}-{end:.2f}" for start, end in seen)
        print(f"{kind} {name:18} {length(f'cut.{kind}'):.2f} s: {times}")
        changed |= not alike(seen, expected) or abs(length(f"cut.{kind}") - seconds) > NEAR or bool(said)
if changed:
    sys.exit("CHANGED: other chapters than was seen, another length, or something was said")
PY
venv/bin/python try.py
