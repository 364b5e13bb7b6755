#!/usr/bin/env bash
# Two seconds of sound in WAV, with a recorder's notes in a chunk of their own, as the Broadcast Wave Format has them,
# in front of the format or behind it, read by node-wav, wav-decoder, wav, wav-file-info and wav-file-decoder.
#
# The guess: WAV is the simplest format of sound. Chunks come in any order that has the format before the sound; what a
# reader does not know it passes over by its length, and a chunk of odd length is followed by one more byte.
# What happens: notes of even length behind the format are well. Of odd length, node-wav and wav-decoder forget the byte
# and throw, by what looks like a fault of the caller; wav ends without an error and without a sample. Notes in front of
# the format are "no WAV" for wav and wav-file-info, of any length; so is the space that others leave there for larger
# files. wav-file-decoder, soundfile and Python's wave have all two seconds of each.
# Why a podcast maker cares: recorders and editors write such notes, in front, and how long they are depends on what was
# done to the file. Every second take of a host's own voice is then silent or refused, and the one that was tried, made
# by ffmpeg, is not. Pass what comes from a recorder through ffmpeg first.
#
# node-wav 0.0.2, wav-decoder 1.3.0, wav 1.0.2, wav-file-info 0.0.10, wav-file-decoder 1.0.3 (npm), soundfile 0.14.0
# (pip); a quarter of a minute.
# Seen, of 48000 samples, odd and behind: node-wav TypeError, wav-decoder RangeError, wav 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check soundfile==0.14.0
npm init --yes > npm.log
npm install --silent --no-audit --no-fund \
  node-wav@0.0.2 wav-decoder@1.3.0 wav@1.0.2 wav-file-info@0.0.10 wav-file-decoder@1.0.3

cat > make.py <<'PY'
import struct
import sys
import wave
from pathlib import Path

import soundfile


def chunk(name, body):
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


form = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 24_000, 48_000, 2, 16))
sound = chunk(b"data", bytes(96_000))
even, odd = (chunk(b"bext", b"Take 1".ljust(602, b"\0") + history) for history in (b"A=PCM,W=16\r\n", b"A=PCM,W=8\r\n"))
files = {"plain": form, "even-behind": form + even, "odd-behind": form + odd, "even-front": even + form}
for name, chunks in files.items():
    body = b"WAVE" + chunks + sound
    Path(f"{name}.wav").write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    with wave.open(f"{name}.wav") as opened:
        if {opened.getnframes(), soundfile.info(f"{name}.wav").frames} != {48_000}:
            sys.exit("CHANGED: Python does not have two seconds")
PY
venv/bin/python make.py

cat > read.cjs <<'JS'
const { createReadStream, readFileSync } = require("fs");
const { Reader } = require("wav");
const samples = {
  "node-wav": (bytes) => require("node-wav").decode(bytes).channelData[0].length,
  "wav-decoder": async (bytes) => (await require("wav-decoder").decode(bytes)).channelData[0].length,
  "wav-file-decoder": (bytes) =>
    require("wav-file-decoder").decodeWavFile(new Uint8Array(bytes).buffer).channelData[0].length,
  wav: (_, name) =>
    new Promise((resolve, reject) => {
      let count = 0;
      const reader = new Reader().on("data", (part) => (count += part.length / 2));
      reader.on("end", () => resolve(count)).on("error", reject);
      createReadStream(name).pipe(reader);
    }),
  "wav-file-info": (_, name) =>
    new Promise((resolve, reject) =>
      require("wav-file-info").infoByFilename(name, (error, info) => (error ? reject(error) : resolve("read"))),
    ),
};
(async () => {
  for (const name of ["plain", "even-behind", "odd-behind", "even-front"]) {
    const seen = [];
    for (const [reader, count] of Object.entries(samples)) {
      try {
        seen.push(`${reader} ${await count(readFileSync(`${name}.wav`), `${name}.wav`)}`);
      } catch (error) {
        seen.push(`${reader} ${error.name ?? "error"}`);
      }
    }
    console.log(`${name}: ${seen.join(", ")}`);
  }
})();
JS
cat > expected.txt <<'TEXT'
plain: node-wav 48000, wav-decoder 48000, wav-file-decoder 48000, wav 48000, wav-file-info read
even-behind: node-wav 48000, wav-decoder 48000, wav-file-decoder 48000, wav 48000, wav-file-info read
odd-behind: node-wav TypeError, wav-decoder RangeError, wav-file-decoder 48000, wav 0, wav-file-info read
even-front: node-wav 48000, wav-decoder 48000, wav-file-decoder 48000, wav Error, wav-file-info error
TEXT
node read.cjs | tee seen.txt
if ! cmp --quiet seen.txt expected.txt; then
  echo "CHANGED: these read otherwise than was seen"
  exit 1
fi
