#!/usr/bin/env bash
# Formulas of papers, put into speakable text by MathLive, whose editor reads mathematics out to those who cannot see.
#
# The guess: it has words for what papers compare and count with, as it has for \le, \frac, \pm and 10^{-3}, and for
# what it has no word for it gives the name of the command, as it does with \approx and \gg. {,} is how one writes the
# comma between thousands in TeX, for a bare one would have a blank behind it.
# What happens: {,} is a point: 12{,}500 is "12.500", which is said as twelve and a half, and 1{,}000 is "1.000". The
# signs for "not equal" are not even named: $5 \neq 3$ is "53", and a \ne b "A B". A norm, a mean in angle brackets and
# a number rounded up are all "of X". Nothing is thrown.
# Why a podcast maker cares: numbers of samples and of steps are written just so in papers, and 12.500 is as likely a
# figure as any: a check against the TeX finds the digits, all in their order. "53" is in no text at all. Take {,} and
# \neq out of the TeX before.
#
# mathlive 0.111.1 (npm), its module for servers, which wants two settings of a page, given here as pages have them;
# five seconds or so.
# Seen: 12.500 | 1.000 | 53 | of 'X'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund mathlive@0.111.1

cat > try.mjs <<'JS'
globalThis.window = globalThis;
globalThis.MathfieldElement = { textToSpeechRules: "mathlive", textToSpeechMarkup: "" };
const { convertLatexToSpeakableText } = await import("mathlive/ssr");

const formulas = String.raw`p \le 0.05|10^{-3}|3 \gg 1|12{,}500|1{,}000|5 \neq 3|a \ne b|\lVert x \rVert|\lceil x \rceil`;
for (const formula of formulas.split("|")) {
  console.log(`${formula} => ${convertLatexToSpeakableText(formula).trim().replace(/\s+/g, " ")}`);
}
JS
cat > expected.txt <<'TEXT'
p \le 0.05 => 'P' is less than or equal to 0.05
10^{-3} => 10 raised to the minus 3;
3 \gg 1 => 3 gg 1
12{,}500 => 12.500
1{,}000 => 1.000
5 \neq 3 => 53
a \ne b => 'A' 'B'
\lVert x \rVert => of 'X'
\lceil x \rceil => of 'X'
TEXT
node try.mjs | tee seen.txt
if ! cmp --quiet seen.txt expected.txt; then
  echo "CHANGED: MathLive says another thing"
  exit 1
fi
