#!/usr/bin/env bash
# Chapters with long titles in an MP3, written by ffmpeg as it does by default, and read by the same ffmpeg.
#
# The guess: what ffmpeg writes it reads, and a title may be as long as it likes: ID3v2.4, its default, has room for
# it.
# What happens: a chapter whose title takes more than 125 bytes is not there for the reader: of three chapters it sees
# two, says nothing, and ends with 0. A copy by ffmpeg, -c copy, has only two left. A picture in the chapter, or a link
# of that length, does the same. v2.4 has sizes in seven bits a byte, v2.3 in eight, and from 128 on these differ. Of a
# chapter ffmpeg writes its own size as v2.3 has it, and the title's as v2.4 has it, which it then reads as v2.3's.
# mutagen, which tries both, reads all three. With -id3v2_version 3 ffmpeg does, too.
# Why a podcast maker cares: the title of a paper makes a good chapter title and is often that long. Any pass through
# ffmpeg, for loudness, a cut or another cover, throws that chapter away, and the sound stays right, so nobody looks.
#
# ffmpeg 9.0.2 (imageio-ffmpeg 0.8.1), mutagen 1.48.1 (pip); a quarter of a minute.
# Seen: of three chapters, v2.4 gives two and v2.3 three. The long one's sizes in v2.4: 161 and, in seven bits, 131.
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
from mutagen.id3 import ID3

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"]
LONG = "On the many ways in which a model may learn to say what it does not know, and on the few "
TITLES = ["Welcome", LONG + "in which it learns to keep quiet instead", "Goodbye"]


def held(name):
    return [str(chapter.sub_frames["TIT2"]) for chapter in ID3(name).getall("CHAP")]


with open("chapters.txt", "w") as file:
    file.write(";FFMETADATA1\n")
    for number, title in enumerate(TITLES):
        file.write(f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={number * 10000}\nEND={number * 10000 + 10000}\ntitle={title}\n")

for version, expected in (("4", [TITLES[0], TITLES[2]]), ("3", TITLES)):
    name = f"v{version}.mp3"
    sound = ["-f", "lavfi", "-i", "sine=300:d=30", "-i", "chapters.txt", "-map", "0:a", "-map_metadata", "1"]
    subprocess.run([*FFMPEG, *sound, "-b:a", "64k", "-id3v2_version", version, name], check=True)
    answer = subprocess.run([*FFMPEG, "-i", name, "-f", "ffmetadata", "-"], check=True, capture_output=True, text=True)
    seen = {line.removeprefix("title=") for line in answer.stdout.splitlines() if line.startswith("title=")}
    print(f"ID3v2.{version}: mutagen reads {len(held(name))} chapters, ffmpeg {len(seen)} and says {answer.stderr!r}")
    if sorted(held(name)) != sorted(TITLES) or seen != set(expected) or answer.stderr:
        sys.exit(f"CHANGED: the chapters of ID3v2.{version} are written or read otherwise")

with open("v4.mp3", "rb") as file:
    data = file.read(4096)
title = data.index(b"TIT2", data.index(b"CHAP", data.index(b"CHAP") + 1))
chapter = data.rindex(b"CHAP", 0, title)
size = {"chapter": data[chapter + 4 : chapter + 8], "title": data[title + 4 : title + 8]}
print("the long one's sizes in v2.4:", {of: list(four) for of, four in size.items()})
end = data.index(b"CHAP", title)
seven_bits = sum(byte << 7 * place for place, byte in enumerate(reversed(size["title"])))
if int.from_bytes(size["chapter"], "big") != end - chapter - 10 or seven_bits != end - title - 10:
    sys.exit("CHANGED: other sizes than v2.3's for the chapter, v2.4's for its title")

subprocess.run([*FFMPEG, "-i", "v4.mp3", "-c", "copy", "copy.mp3"], check=True)
print(f"a copy by ffmpeg holds {len(held('copy.mp3'))}")
if held("copy.mp3") != [TITLES[0], TITLES[2]]:
    sys.exit("CHANGED: a copy of ID3v2.4 holds other chapters")
PY
venv/bin/python try.py
