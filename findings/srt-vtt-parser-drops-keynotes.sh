#!/usr/bin/env bash
# A transcript in WebVTT whose cues have names and settings, read by @plussub/srt-vtt-parser, a much used
# parser without dependencies, and by node-webvtt.
#
# The guess: it knows cues' names, and passes over NOTE, STYLE and REGION. What stands behind the times is for the
# screen, and it leaves it out, as it does with 00:00:10.000 align:start.
# What happens: a cue whose name has "note", "style" or "region" anywhere in it is taken for one of these three and is
# gone: keynote-1 and footnote-2 are. So is a cue without a name that is put into a region. Where times have no hours,
# which the standard lets one leave out, a setting makes the end NaN, as in 00:03.000 align:start. Nothing is raised.
# Why a podcast maker cares: names of cues are how a page leads from a line to its moment, and a talk's opening is its
# keynote. Lines are missing from the text with no gap to be seen, and no time is before NaN, or behind it. Write hours,
# no settings, and numbers for names; count the cues.
#
# @plussub/srt-vtt-parser 2.0.5, node-webvtt 1.9.4 (npm); five seconds or so.
# Seen, of five cues: turn-1 1000 NaN Welcome. and turn-5 9000 10000 The end.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund @plussub/srt-vtt-parser@2.0.5 node-webvtt@1.9.4

cat > talk.vtt <<'VTT'
WEBVTT

NOTE mended by hand

REGION
id:left
width:40%

turn-1
00:01.000 --> 00:03.000 align:start
Welcome.

keynote-1
00:03.000 --> 00:05.000
It failed in twelve runs.

footnote-2
00:05.000 --> 00:07.000
In two of them by chance.

00:07.000 --> 00:09.000 region:left
And now?

turn-5
00:00:09.000 --> 00:00:10.000 align:start
The end.
VTT
cat > try.cjs <<'JS'
const { readFileSync } = require("fs");
const { parse } = require("@plussub/srt-vtt-parser");
const webvtt = require("node-webvtt");

const text = readFileSync("talk.vtt", "utf8");
const seen = parse(text).entries.map(({ id, from, to, text }) => `${id} ${from} ${to} ${text}`);
console.log(seen.join("\n"));
const all = webvtt.parse(text, { strict: false }).cues;
console.log(`node-webvtt: ${all.length} cues`);
if (seen.join("|") !== "turn-1 1000 NaN Welcome.|turn-5 9000 10000 The end." || all.length !== 5) {
  console.error("CHANGED: other cues are read");
  process.exit(1);
}
JS
node try.cjs
