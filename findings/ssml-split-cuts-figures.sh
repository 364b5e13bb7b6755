#!/usr/bin/env bash
# A chapter of an episode in SSML, cut by ssml-split and by polly-ssml-split, which it came from, into pieces that the
# voices of Google and Amazon take, with the limits that its README recommends.
#
# The guess: a piece ends at the end of a sentence, or at a comma, where there is none at a blank: its README says that
# it splits at the nearest point, comma, semicolon or space. A point or comma between figures is neither.
# What happens: it is. A piece ends in "scored 93." and the next begins with "7 now"; one ends in "12," and the next
# begins with "500 runs". Which figure is hit depends on how many letters stand before it. Both packages do so, and
# nothing is said of it: each piece is valid SSML, and joined again they are the text.
# Why a podcast maker cares: the pieces are spoken one by one and joined, so that the voice ends a sentence at 93,
# pauses, and starts anew with seven. A short trial is one piece, and a check of the text finds every figure; it takes a
# long chapter, and bad luck, to hear it. Cut between sentences yourself, or put figures into words before.
#
# ssml-split 0.5.0, polly-ssml-split 0.1.0 (npm); five seconds or so.
# Seen, of both: …and scored 93. | 7 now; …of 12, | 500 runs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund ssml-split@0.5.0 polly-ssml-split@0.1.0

cat > try.cjs <<'JS'
const polly = require("polly-ssml-split");
const { default: SSMLSplit } = require("ssml-split");
const limits = { softLimit: 4000, hardLimit: 5000 }; // the README's for Google
const google = new SSMLSplit({ synthesizer: "google", breakParagraphsAboveHardLimit: true, ...limits });
polly.configure(limits);

for (const figure of ["93.7", "12,500"]) {
  // a chapter without other marks, so long that the limit is met within the last words before the figure
  const chapter = `${"and so we went on ".repeat(300).slice(0, 4000 - 20)} and then it scored ${figure} now`;
  for (const [name, splitter] of [["ssml-split", google], ["polly-ssml-split", polly]]) {
    const pieces = splitter.split(`<speak>${chapter.padEnd(5200, " and so on")}</speak>`);
    const text = pieces.map((piece) => piece.replace(/<\/?speak>/g, ""));
    console.log(`${name}: ${text[0].slice(-12)} | ${text[1]?.slice(0, 8)}`);
  }
}
JS
node try.cjs
