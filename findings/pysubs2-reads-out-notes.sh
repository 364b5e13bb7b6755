#!/usr/bin/env bash
# A transcript in WebVTT whose cues have names, with a NOTE in the middle, put into SRT by pysubs2.
#
# The guess: what reads WebVTT knows a cue's own name, and a NOTE, from what is said; whoever does not need them drops
# them.
# What happens: what stands between two cues is taken for words of the cue before: the next cue's name, a NOTE and all
# its lines, a STYLE. Names that are whole numbers go, as SRT's do, and so does all that stands before the first cue;
# a file with 1, 2, 3 and a NOTE at the top comes out right, and so do webvtt-py's and ffmpeg's SRT of the same file.
# Why a podcast maker cares: names such as turn-2 are how a page leads from a line to its moment, and a NOTE is where
# an editor says what was mended. In the SRT for the apps both are shown, and read aloud, as if a host had said them;
# the other's name even stands in the wrong host's mouth. Take both out before, or have no names but numbers.
#
# pysubs2 1.8.1, webvtt-py 0.6.0 (pip); ten seconds or so.
# Seen: Loss is low. turn-2 | And then? NOTE mended by hand, was: And now? turn-3 | The end.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysubs2==1.8.1 webvtt-py==0.6.0

cat > named.vtt <<'VTT'
WEBVTT

NOTE An episode about a paper

turn-1
00:00:01.000 --> 00:00:03.000
<v Ada>Loss is low.

turn-2
00:00:03.000 --> 00:00:05.000
<v Ben>And then?

NOTE mended by hand,
was: And now?

turn-3
00:00:05.000 --> 00:00:06.000
<v Ada>The end.
VTT
# the same with numbers for names, and no note but the first
sed -e 's/^turn-//' -e '/^NOTE mended/,/^$/d' named.vtt > numbered.vtt

cat > try.py <<'PY'
import sys

import pysubs2
import webvtt

SAID = ["Loss is low.", "And then?", "The end."]
SHOWN = ["Loss is low. turn-2", "And then? NOTE mended by hand, was: And now? turn-3", "The end."]


def words(text):
    return " ".join(text.split())


def by_pysubs2(name):
    pysubs2.load(name).save("pysubs2.srt")
    return [words(event.plaintext) for event in pysubs2.load("pysubs2.srt")]


def by_webvtt(name):
    webvtt.read(name).save_as_srt("webvtt.srt")
    return [words(event.plaintext) for event in pysubs2.load("webvtt.srt")]


cases = (
    ("named.vtt", by_webvtt, SAID),
    ("numbered.vtt", by_webvtt, SAID),
    ("numbered.vtt", by_pysubs2, SAID),
    ("named.vtt", by_pysubs2, SHOWN),
)
for name, way, expected in cases:
    seen = way(name)
    print(f"{name:12} {way.__name__:11} {' | '.join(seen)}")
    if seen != expected:
        sys.exit(f"CHANGED: {name} comes out otherwise {way.__name__.replace('_', ' ')}")
PY
venv/bin/python try.py
