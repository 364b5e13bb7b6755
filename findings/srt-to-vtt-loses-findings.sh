#!/usr/bin/env bash
# A transcript in SRT in which somebody compares figures, "p < 0.05", put into WebVTT by six converters.
#
# The guess: < is an ordinary sign in SRT, and opens a tag in WebVTT, where it is written &lt;. Turning the one into
# the other is what a converter is for.
# What happens: none of the six escapes it. For a reader that keeps to the standard, here Mozilla's, what follows the
# bare < is a tag, up to the next > or to the end of the cue. "It holds, p < 0.05, and so we go on." is shown as "It
# holds, p". subsrt-ts throws the words between < and > away itself.
# Why a podcast maker cares: apps that know only one of the formats convert the other, and sites convert SRT for their
# player. What is lost is just the finding and all after it; no converter says so, and the SRT is right. Publish both
# formats yourself, or have no < in a transcript: "below 0.05".
#
# ffmpeg 9.0.2 (imageio-ffmpeg 0.8.1), pysubs2 1.8.1, webvtt-py 0.6.0 (pip); subtitle 4.2.2, subtitle-converter
# 3.0.12, subsrt-ts 2.1.2, vtt.js 0.13.0, linkedom 0.18.15 (npm); half a minute.
# Seen, of all six: It holds, p | Loss 5 runs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check imageio-ffmpeg==0.8.1 pysubs2==1.8.1 webvtt-py==0.6.0
npm init --yes > npm.log
npm install --silent --no-audit --no-fund \
  subtitle@4.2.2 subtitle-converter@3.0.12 subsrt-ts@2.1.2 vtt.js@0.13.0 linkedom@0.18.15

cat > talk.srt <<'SRT'
1
00:00:01,000 --> 00:00:03,000
It holds, p < 0.05, and so we go on.

2
00:00:03,000 --> 00:00:05,000
Loss <0.3 for n > 5 runs.
SRT
cat > escaped.vtt <<'VTT'
WEBVTT

00:00:01.000 --> 00:00:03.000
It holds, p &lt; 0.05, and so we go on.

00:00:03.000 --> 00:00:05.000
Loss &lt;0.3 for n &gt; 5 runs.
VTT
cat > convert.py <<'PY'
import subprocess

import imageio_ffmpeg
import pysubs2
import webvtt

ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-i", "talk.srt", "ffmpeg.vtt"]
subprocess.run(ffmpeg, check=True)
pysubs2.load("talk.srt").save("pysubs2.vtt")
webvtt.from_srt("talk.srt").save("webvtt-py.vtt")
PY
cat > convert.cjs <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const { parseSync, stringifySync } = require("subtitle");
const srt = readFileSync("talk.srt", "utf8");
writeFileSync("subtitle.vtt", stringifySync(parseSync(srt), { format: "WebVTT" }));
writeFileSync("subtitle-converter.vtt", require("subtitle-converter").convert(srt, ".vtt").subtitle);
writeFileSync("subsrt-ts.vtt", require("subsrt-ts").convert(srt, { format: "vtt" }));
JS
cat > show.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { parseHTML } = require("linkedom");
const { WebVTT } = require("vtt.js");
const { window } = parseHTML("<html><body></body></html>");
const words = (text) => WebVTT.convertCueToDOMTree(window, text).textContent.split(/\s+/).join(" ").trim();
const shown = (name) => {
  const blocks = readFileSync(`${name}.vtt`, "utf8").replaceAll("\r", "").split(/\n\n+/);
  const cues = blocks.filter((block) => block.includes("-->"));
  return cues.map((cue) => words(cue.slice(cue.indexOf("\n", cue.indexOf("-->"))))).join(" | ");
};
const expected = { escaped: "It holds, p < 0.05, and so we go on. | Loss <0.3 for n > 5 runs." };
let changed = false;
for (const name of ["escaped", "ffmpeg", "pysubs2", "webvtt-py", "subtitle", "subtitle-converter", "subsrt-ts"]) {
  console.log(`${name.padEnd(18)} ${shown(name)}`);
  changed ||= shown(name) !== (expected[name] ?? "It holds, p | Loss 5 runs.");
}
if (changed) {
  console.log("CHANGED: other words are shown");
  process.exit(1);
}
JS
venv/bin/python convert.py
node convert.cjs
node show.cjs
