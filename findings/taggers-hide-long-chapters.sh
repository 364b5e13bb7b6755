#!/usr/bin/env bash
# An MP3 with chapters in ID3v2.3, to which taglib, music-tag, eyeD3 or node-id3 adds the name of an album.
#
# The guess: one frame is put in, and the rest stays. All four know chapters, and nobody asked for another version.
# What happens: taglib and music-tag write the whole tag anew, as v2.4. It is right: mutagen and music-metadata read
# all chapters. But v2.4 writes the sizes of what stands in a chapter in seven bits a byte, and ffmpeg and node-id3 take
# them for v2.3's, in eight: from 128 bytes on these differ. ffmpeg then has one chapter of three, node-id3 three of
# which two have no title. Before, each had all three. eyeD3 and node-id3 leave the tag v2.3.
# Why a podcast maker cares: who writes v2.3 because of such readers has it undone by the last step, an album or a year
# for somebody's library. Titles of papers are that long; the sound is the same, and nothing is said. Write chapters
# last, or look at the version again: mutagen, which is in music-tag, keeps to v2.3 with save(v2_version=3).
#
# pytaglib 3.2.0, music-tag 0.4.3, mutagen 1.48.1, eyeD3 0.9.9, ffmpeg 9.0.2 (imageio-ffmpeg 0.8.1) (pip),
# music-metadata 11.16.1, node-id3 0.2.9 (npm); a quarter of a minute.
# Seen, titles read: v2.3, 3 by each; v2.4, mutagen 3, music-metadata 3, ffmpeg 1, node-id3 1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pytaglib==3.2.0 music-tag==0.4.3 \
  mutagen==1.48.1 eyeD3==0.9.9 imageio-ffmpeg==0.8.1
npm init --yes > npm.log
npm install --silent --no-audit --no-fund music-metadata@11.16.1 node-id3@0.2.9

cat > read.mjs <<'JS'
import { parseFile } from "music-metadata";
import NodeID3 from "node-id3";

const [name, album] = process.argv.slice(2);
if (album) NodeID3.update({ album }, name);
const { format } = await parseFile(name, { includeChapters: true });
const titles = NodeID3.read(name).chapter.map(({ tags }) => tags.title ?? null);
console.log(JSON.stringify({ "music-metadata": format.chapters.map(({ title }) => title), "node-id3": titles }));
JS

cat > try.py <<'PY'
import json
import re
import shutil
import subprocess
import sys

import eyed3
import imageio_ffmpeg
import music_tag
import taglib
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner"]
LONG = "paper with a title of the length that papers like, so that whoever reads it out draws breath"
TITLES = ["What is new today", f"One {LONG}", f"Two {LONG}"]


def plain():
    tone = ["-f", "lavfi", "-i", "sine=300:d=60", "-id3v2_version", "0"]
    subprocess.run([*FFMPEG, "-loglevel", "error", *tone, "plain.mp3"], check=True)
    tag, names = ID3(), [f"chapter{n}" for n in range(len(TITLES))]
    for n, title in enumerate(TITLES):
        times = {"start_time": 20_000 * n, "end_time": 20_000 * (n + 1)}
        times |= {"start_offset": 2**32 - 1, "end_offset": 2**32 - 1}
        tag.add(CHAP(element_id=names[n], **times, sub_frames=[TIT2(encoding=1, text=title)]))
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tag.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
    tag.save("plain.mp3", v2_version=3)


def by_taglib():
    with taglib.File("tagged.mp3", save_on_exit=True) as file:
        file.tags["ALBUM"] = ["Show"]


def by_music_tag():
    file = music_tag.load_file("tagged.mp3")
    file["album"] = "Show"
    file.save()


def by_eyed3():
    file = eyed3.load("tagged.mp3")
    file.tag.album = "Show"
    file.tag.save()


def by_node_id3():
    subprocess.run(["node", "read.mjs", "tagged.mp3", "Show"], check=True, capture_output=True)


def titles_read():
    """How many of the titles each reader has, whole."""
    shown = subprocess.run([*FFMPEG, "-i", "tagged.mp3"], capture_output=True, text=True).stderr
    read = {"mutagen": [str(frame.sub_frames["TIT2"]) for frame in ID3("tagged.mp3").getall("CHAP")]}
    read["ffmpeg"] = re.findall(r"Chapter #.*\n\s*Metadata:\n\s*title\s*: (.*)", shown)
    read |= json.loads(subprocess.run(["node", "read.mjs", "tagged.mp3"], check=True, capture_output=True).stdout)
    return {reader: len(set(TITLES) & set(titles)) for reader, titles in read.items()}


plain()
V23 = {"mutagen": 3, "ffmpeg": 3, "music-metadata": 3, "node-id3": 3}
V24 = {"mutagen": 3, "ffmpeg": 1, "music-metadata": 3, "node-id3": 1}
STEPS = ((None, 3, V23), (by_eyed3, 3, V23), (by_node_id3, 3, V23), (by_taglib, 4, V24), (by_music_tag, 4, V24))
changed = False
for step, *expected in STEPS:
    shutil.copy("plain.mp3", "tagged.mp3")
    if step:
        step()
    seen = [ID3("tagged.mp3").version[1], titles_read()]
    print(f"{step.__name__ if step else 'as it was'}: v2.{seen[0]}, titles read: {seen[1]}")
    changed |= seen != expected
    if step and str(ID3("tagged.mp3")["TALB"]) != "Show":
        sys.exit("CHANGED: the album is not there")
if changed:
    sys.exit("CHANGED: another version, or other titles, than were seen")
PY
venv/bin/python try.py
