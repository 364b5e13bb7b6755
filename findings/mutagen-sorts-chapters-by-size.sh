#!/usr/bin/env bash
# Five chapters, added to an MP3's ID3 tag by mutagen in the order of their times, and the same MP3 as an M4A by ffmpeg.
#
# The guess: chapters stand in the file as they were added. Where a reader cares for another order, a CTOC, the table of
# contents that the standard asks for, gives it: here it is there, and ordered.
# What happens: on saving, mutagen puts frames of one kind by their size, so that the shortest title comes first. The
# file is right, and CTOC has the right order, but ffmpeg, eyeD3, node-id3 and jsmediatags list the chapters as they
# stand in the file; music-metadata sorts them. ffmpeg's M4A of it is spoilt for good: chapters follow each other
# there, each with a length, and so three of the five begin together at 40 s.
# Why a podcast maker cares: titles of papers differ in length, so that nearly every episode's list jumps to and fro;
# where it was turned into M4A, three of five chapters lead to one place. Titles of one length in a trial hide it.
# Frames of one size keep to the order of their element ids: lengthen these where the title is short.
#
# mutagen 1.48.1, eyeD3 0.9.9, ffmpeg 9.0.2 (imageio-ffmpeg 0.8.1) (pip), node-id3 0.2.9, jsmediatags 3.9.7,
# music-metadata 11.16.1 (npm); half a minute.
# Seen: 30 Loss, 10 Intro, 40 The end, 0 What is new today, 20 A paper with a longer title
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mutagen==1.48.1 eyeD3==0.9.9 imageio-ffmpeg==0.8.1
npm init --yes > npm.log
npm install --silent --no-audit --no-fund node-id3@0.2.9 jsmediatags@3.9.7 music-metadata@11.16.1

cat > try.mjs <<'JS'
import { parseFile } from "music-metadata";
import NodeID3 from "node-id3";
import jsmediatags from "jsmediatags";

const seen = {};
const { format } = await parseFile("episode.mp3", { includeChapters: true });
seen["music-metadata"] = format.chapters.map(({ start, title }) => [start, title]);
seen["node-id3"] = NodeID3.read("episode.mp3").chapter.map(({ startTimeMs, tags }) => [startTimeMs / 1000, tags.title]);
const { tags } = await new Promise((onSuccess, onError) => {
  new jsmediatags.Reader("episode.mp3").setTagsToRead(["CHAP"]).read({ onSuccess, onError });
});
seen.jsmediatags = tags.CHAP.map(({ data }) => [data.startTime / 1000, data.subFrames.TIT2.data]);
console.log(JSON.stringify(seen));
JS

cat > try.py <<'PY'
import json
import re
import subprocess
import sys

import eyed3
import imageio_ffmpeg
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
TITLES = ["What is new today", "Intro", "A paper with a longer title", "Loss", "The end"]
ADDED = [(10 * n, title) for n, title in enumerate(TITLES)]
BY_SIZE = sorted(ADDED, key=lambda chapter: len(chapter[1]))

subprocess.run([FFMPEG, "-loglevel", "error", "-f", "lavfi", "-i", "sine=300:d=60", "episode.mp3"], check=True)
tag = ID3()
for start, title in ADDED:
    times = {"start_time": 1000 * start, "end_time": 1000 * start + 10_000, "start_offset": 2**32 - 1}
    times["end_offset"] = 2**32 - 1
    tag.add(CHAP(element_id=f"chapter{start}", **times, sub_frames=[TIT2(encoding=1, text=title)]))
names = [f"chapter{start}" for start, _ in ADDED]
flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
tag.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
tag.save("episode.mp3", v2_version=3)


def shown(name: str) -> list[tuple[float, str]]:
    """The chapters as ffmpeg lists them: their beginnings in seconds, rounded, and their titles."""
    text = subprocess.run([FFMPEG, "-hide_banner", "-i", name], capture_output=True, text=True).stderr
    found = re.findall(r"Chapter #\S+ start ([\d.]+),.*\n\s*Metadata:\n\s*title\s*: (.*)", text)
    return [(round(float(start)), title) for start, title in found]


subprocess.run([FFMPEG, "-loglevel", "error", "-i", "episode.mp3", "episode.m4a"], check=True)
seen = {"ffmpeg": shown("episode.mp3"), "ffmpeg's M4A": shown("episode.m4a")}
chapters = eyed3.load("episode.mp3").tag.chapters
seen["eyeD3"] = [(chapter.times.start / 1000, chapter.title) for chapter in chapters]
seen |= json.loads(subprocess.run(["node", "try.mjs"], check=True, capture_output=True, text=True).stdout)

in_the_m4a = [(0, "Loss"), (10, "Intro"), *((40, title) for _, title in BY_SIZE[2:])]
expected = dict.fromkeys(seen, BY_SIZE) | {"music-metadata": ADDED, "ffmpeg's M4A": in_the_m4a}
changed = False
for reader, listed in seen.items():
    listed = [(start, title) for start, title in listed]
    print(f"{reader}: " + ", ".join(f"{start:g} {title}" for start, title in listed))
    changed |= listed != expected[reader]
if ID3("episode.mp3").getall("CTOC")[0].child_element_ids != names:
    sys.exit("CHANGED: the table of contents is not in order")
if changed:
    sys.exit("CHANGED: another order than was seen")
PY
venv/bin/python try.py
