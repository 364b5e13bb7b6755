#!/usr/bin/env bash
# Per cent and logarithms as TeX writes them, in a sentence of an abstract, put into Unicode by unicodeit.
#
# The guess: \% becomes %, as it does in 10\% and 95\%. A command is taken up to where its name ends; one that
# unicodeit does not know stays as it is, as \frac and \max do.
# What happens: a quarter, a half and three quarters are pictures of shading: 25\% is ░, 50\% is ▒ and 75\% is ▓, also
# at the end of a longer figure, so that 150\% is "1▒" and 99.25\% "99.░". And where a command begins as a shorter one
# does, that one is taken: \log is "łog", \ln "łn", \left( "≤ft(", \operatorname "øperatorname". The package for Python
# and the one for JavaScript agree. Nothing is said of it.
# Why a podcast maker cares: titles and abstracts come with their TeX in them, and chance in a test of two answers is
# just 50\%. eSpeak NG, for one, passes over ▒, so that a host tells of a fall "from to", and says "one" for 150. Who
# tries 93\% sees nothing of it. Take the \ off % before, and keep logarithms from it.
#
# unicodeit 0.7.5 (pip, and npm); ten seconds or so.
# Seen: It fell from ▓ to ▒, a cost up by 1▒, 93% of O(n łog n).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check unicodeit==0.7.5
npm init --yes > npm.log
npm install --silent --no-audit --no-fund unicodeit@0.7.5

cat > tex.txt <<'TEX'
It fell from 75\% to 50\%, a cost up by 150\%, 93\% of O(n \log n).
at 99.25\% and 25\% of \ln 2, \left(\frac{1}{2}, \max
TEX
cat > seen.txt <<'TEXT'
It fell from ▓ to ▒, a cost up by 1▒, 93% of O(n łog n).
at 99.░ and ░ of łn 2, ≤ft(\frac{1}{2}, \max
TEXT

cat > try.py <<'PY'
import unicodeit

for line in open("tex.txt", encoding="utf-8"):
    print(unicodeit.replace(line.rstrip()))
PY
cat > try.cjs <<'JS'
const { readFileSync } = require("fs");
const { replace } = require("unicodeit");

for (const line of readFileSync("tex.txt", "utf8").trimEnd().split("\n")) console.log(replace(line));
JS
PYTHONUTF8=1 venv/bin/python try.py | tee python.txt
node try.cjs > node.txt
if ! cmp --quiet python.txt seen.txt || ! cmp --quiet node.txt seen.txt; then
  echo "CHANGED: Python and JavaScript no longer say"
  cat seen.txt
  exit 1
fi
