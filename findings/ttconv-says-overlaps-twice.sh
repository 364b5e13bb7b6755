#!/usr/bin/env bash
# A transcript in which two hosts talk into each other's last words, so that cues overlap by a third of a second, put
# from SRT into WebVTT and into SRT by ttconv, and into WebVTT by pysubs2 and webvtt-py.
#
# The guess: cues may overlap in both formats, and so three lines stay three cues with the times they had. With the
# other two they do, and with ttconv too when it writes TTML.
# What happens: in WebVTT and SRT it writes what a screen shows from one change to the next. A line that overlaps comes
# once alone, and once more in a cue with the other: three lines are five cues, with seven lines in them, and "Twelve?",
# which was said once, is there three times. So it is even from SRT to SRT. It ends with 0.
# Why a podcast maker cares: overlaps are what makes two voices sound like talk. On a television nothing is amiss, but a
# page makes its text of the cues, and search and reading aloud go by them: each such line is said two or three times.
# A trial without overlaps shows nothing of it. Let no cues overlap before, or use another converter.
#
# ttconv 1.2.3, pysubs2 1.8.1, webvtt-py 0.6.0 (pip); a quarter of a minute.
# Seen: It failed. | It failed. / Twelve? | Twelve? | Twelve? / Yes. | Yes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ttconv==1.2.3 pysubs2==1.8.1 webvtt-py==0.6.0

cat > talk.srt <<'SRT'
1
00:00:01,000 --> 00:00:04,000
It failed.

2
00:00:03,600 --> 00:00:06,000
Twelve?

3
00:00:05,700 --> 00:00:08,000
Yes.
SRT
quiet='{"general": {"progress_bar": false, "log_level": "WARN"}}'
for name in ttconv.vtt ttconv.srt ttconv.ttml; do
  venv/bin/tt convert -i talk.srt -o "$name" --config "$quiet" 2> errors.log
done

cat > try.py <<'PY'
import sys
from pathlib import Path

import pysubs2
import webvtt

LINES = ["It failed.", "Twelve?", "Yes."]
DOUBLED = ["It failed.", "It failed. / Twelve?", "Twelve?", "Twelve? / Yes.", "Yes."]


def cues(name):
    read = webvtt.read if name.endswith(".vtt") else webvtt.from_srt
    return [cue.text.replace("\n", " / ") for cue in read(name)]


pysubs2.load("talk.srt").save("pysubs2.vtt")
webvtt.from_srt("talk.srt").save("webvtt-py.vtt")
seen = {name: cues(name) for name in ("talk.srt", "pysubs2.vtt", "webvtt-py.vtt", "ttconv.vtt", "ttconv.srt")}
for name, texts in seen.items():
    print(f"{name:14}", *texts, sep=" | ")
for name, texts in seen.items():
    if texts != (DOUBLED if name.startswith("ttconv") else LINES):
        sys.exit(f"CHANGED: {name} has other cues")
if Path("ttconv.ttml").read_text(encoding="utf-8").count("<p ") != len(LINES):
    sys.exit("CHANGED: ttconv.ttml has other cues")
PY
venv/bin/python try.py
