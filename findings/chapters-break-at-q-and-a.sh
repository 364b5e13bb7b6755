#!/usr/bin/env bash
# An episode's chapters in JSON, as the podcast namespace has it, put into the other formats of chapters by
# @mtillmann/chapters, the core of a converter for them, and read back by it and by Python's parser of XML.
#
# The guess: it writes formats that are XML by the rules of XML, and reads what it wrote. It does take care: in FFmpeg's
# own format it puts a \ before =, ; and #.
# What happens: titles go into the XML as they are. "Q&A" makes a file that no parser of XML takes, in each of the four:
# Podlove's, Matroska's, mkvmerge's and Apple's. Its own reader takes &, but of three of the four it has no chapter
# behind the first title with a <. FFmpeg's it escapes well, and reads back up to the first =. It returns without an
# error.
# Why a podcast maker cares: few episodes end without a Q&A, and a chapter on a finding has "p < 0.05" in it. Podlove's
# chapters stand in the feed itself, which is then no XML any more, for no app at all; trials with plain titles show
# nothing of it. Parse what was written before it goes out, or have no & and < in titles.
#
# @mtillmann/chapters 0.2.2 (npm), ElementTree of Python 3.11; five seconds or so.
# Seen, of each of the four: not well-formed (invalid token). Of three chapters with < it reads 3, 2, 2 and 2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund @mtillmann/chapters@0.2.2

cat > try.mjs <<'JS'
import { writeFileSync } from "node:fs";
import * as formats from "@mtillmann/chapters";

const chaptersOf = (...titles) =>
  formats.ChaptersJson.create(
    JSON.stringify({ version: "1.2.0", chapters: titles.map((title, n) => ({ startTime: n * 60, title })) }),
  );
const through = (name, chapters) => formats[name].create(formats[name].create(chapters).toString());

for (const name of ["PodloveSimpleChapters", "MatroskaXML", "MKVMergeXML", "AppleChapters"]) {
  writeFileSync(`${name}-plain.xml`, formats[name].create(chaptersOf("Intro", "Loss", "The end")).toString());
  writeFileSync(`${name}-signs.xml`, formats[name].create(chaptersOf("Intro", "Loss", "Q&A")).toString());
  const back = through(name, chaptersOf("Intro", "At p < 0.05", "The end"));
  console.log(`${name}: ${back.chapters.length} of 3 read back`);
}
console.log(`FFMetadata: ${through("FFMetadata", chaptersOf("Intro", "Loss = 1", "The end")).chapters[1].title}|`);
JS
node try.mjs | tee seen.txt

cat > parse.py <<'PY'
from pathlib import Path
from xml.etree import ElementTree

for file in sorted(Path().glob("*.xml")):
    try:
        ElementTree.parse(file)
        print(file.stem, "is XML")
    except ElementTree.ParseError as error:
        print(file.stem, str(error).split(":")[0])
PY
python3 parse.py | tee -a seen.txt

cat > expected.txt <<'TEXT'
PodloveSimpleChapters: 3 of 3 read back
MatroskaXML: 2 of 3 read back
MKVMergeXML: 2 of 3 read back
AppleChapters: 2 of 3 read back
FFMetadata: Loss |
AppleChapters-plain is XML
AppleChapters-signs not well-formed (invalid token)
MKVMergeXML-plain is XML
MKVMergeXML-signs not well-formed (invalid token)
MatroskaXML-plain is XML
MatroskaXML-signs not well-formed (invalid token)
PodloveSimpleChapters-plain is XML
PodloveSimpleChapters-signs not well-formed (invalid token)
TEXT
if ! cmp --quiet seen.txt expected.txt; then
  echo "CHANGED: chapters are written or read otherwise than was seen"
  exit 1
fi
