#!/usr/bin/env bash
# The same sound as MP3 of several constant bit rates, as AAC and as Opus: is it as loud?
#
# The guess: an encoder keeps the level. What was mastered to -16 LUFS is -16 LUFS in every format, within a tenth.
# What happens: LAME, through ffmpeg, makes the sound half a decibel quieter from 64 to 160 kbit/s, by a third of one
# at 192, and not at all at 256. AAC at 128 and Opus at 96 keep the level. Nothing is said of it.
# Why a podcast maker cares: speech goes out at 64 to 128 kbit/s. A master that was measured as right misses its
# target by half a loudness unit in the file that listeners get, and the Opus of the same episode is louder than its
# MP3. So measure behind the encoder, or raise the sound in front of it, in float, where nothing clips.
#
# ffmpeg 9.0.2 with LAME (imageio-ffmpeg 0.8.1, pip); a quarter of a minute.
# Seen, in dB against the WAV: 64 -0.55, 96 -0.53, 128 -0.49, 160 -0.49, 192 -0.31, 256 -0.03; AAC 0.00, Opus -0.07.
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

FFMPEG = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-y"]
CHORD = "+".join(f"sin(2*PI*{hertz}*t)" for hertz in (200, 410, 830, 1700, 3300))
# kbit/s and dB: what came out, give or take a tenth
FILES = {
    "mp3": ((64, -0.55), (96, -0.53), (128, -0.49), (160, -0.49), (192, -0.31), (256, -0.03)),
    "m4a": ((128, 0.0),),
    "opus": ((96, -0.07),),
}


def run(*arguments):
    return subprocess.run([*FFMPEG, *arguments], check=True, capture_output=True, text=True).stderr


def level(name):
    """RMS in dB of the seconds 1 to 4, in which every encoder has settled."""
    heard = run("-ss", "1", "-t", "3", "-i", name, "-af", "astats=measure_perchannel=none", "-f", "null", "-")
    return float(re.search(r"RMS level dB: (\S+)", heard)[1])


run("-f", "lavfi", "-i", f"aevalsrc='0.1*({CHORD})':d=5:s=44100", "-c:a", "pcm_f32le", "chord.wav")
wrong = []
for kind, rates in FILES.items():
    for rate, expected in rates:
        name = f"{rate}.{kind}"
        run("-i", "chord.wav", "-b:a", f"{rate}k", name)
        change = level(name) - level("chord.wav")
        print(f"{name:8} {change:+.2f} dB")
        if abs(change - expected) > 0.1:
            wrong.append(name)
if wrong:
    sys.exit(f"CHANGED: another level than was seen: {', '.join(wrong)}")
PY
venv/bin/python try.py
