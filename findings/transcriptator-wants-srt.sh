#!/usr/bin/env bash
# Transcripts in WebVTT, read by transcriptator, a converter for the transcripts that podcast feeds name.
#
# The guess: what reads WebVTT reads what the standard lets stand in it: words behind WEBVTT in the first line, a
# NOTE, a cue's own name, a cue's place on the screen. What it cannot use, it passes over.
# What happens: each of those four, and each alone, costs the whole transcript: an error that calls the file bad SRT.
# Where a file is taken, &lt; stays as it is in the words.
# Why a podcast maker cares: a NOTE is where one says how a transcript was made. Where an app is built on this, such
# an episode has no transcript at all. What gets through is a bare WEBVTT, a number or nothing for a cue's name, and
# nothing beside the times.
#
# transcriptator 1.1.4 (npm); five seconds or so.
# Seen, of four files of five: TypeError: Data is not valid SRT format
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund transcriptator@1.1.4

cat > try.cjs <<'JS'
const { convertFile } = require("transcriptator");
console.error = () => {}; // it also prints the stack of what it throws
const cue = "00:00:01.000 --> 00:00:03.000";
const second = "\n\n00:00:03.000 --> 00:00:05.000\n<v Ben>And then?\n";
const files = {
  plain: `WEBVTT\n\n${cue}\n<v Ada>Loss &lt; 1.${second}`,
  "words in the first line": `WEBVTT - An episode\n\n${cue}\n<v Ada>Loss &lt; 1.${second}`,
  "a NOTE": `WEBVTT\n\nNOTE made by hand\n\n${cue}\n<v Ada>Loss &lt; 1.${second}`,
  "a cue's name": `WEBVTT\n\nopening\n${cue}\n<v Ada>Loss &lt; 1.${second}`,
  "a cue's place": `WEBVTT\n\n${cue} align:start\n<v Ada>Loss &lt; 1.${second}`,
};
const expected = { plain: '[["Ada","Loss &lt; 1."],["Ben","And then?"]]' };
for (const [name, text] of Object.entries(files)) {
  let seen;
  try {
    seen = JSON.stringify(convertFile(text).map(({ speaker, body }) => [speaker, body]));
  } catch (error) {
    seen = `${error.name}: ${error.message}`;
  }
  console.log(`${name.padEnd(24)} ${seen}`);
  if (seen !== (expected[name] ?? "TypeError: Data is not valid SRT format")) {
    console.log(`CHANGED: ${name} is read otherwise`);
    process.exit(1);
  }
}
JS
node try.cjs
