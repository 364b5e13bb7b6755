#!/usr/bin/env bash
# Times and lengths with the Greek letter mu, put into ASCII by Unidecode, text-unidecode and AnyASCII for Python, by
# unidecode, transliteration and any-ascii for Node, and by ESPnet's cleaners of English texts for voices.
#
# The guess: 5 μs is "5 us", as engineers type it. Unicode has the sign twice, the Greek letter and the micro sign that
# is on keyboards; they look alike and are the same to whoever reads, and so both give the same.
# What happens: the micro sign is u in all six, the letter is m. 5 μs is "5 ms" and 3 μm "3 mm", a thousand times as
# much, in each of the six. Normalising the text before (NFKC) makes the letter of the micro sign, so that what was
# right becomes wrong. ESPnet's cleaner, which has Unidecode in it, hands "FIVE MS" to the voice.
# Why a podcast maker cares: the letter is what PDFs and papers on pages have, since Unicode prefers it. Making ASCII is
# the first step of many a front end for English, and of feed titles and file names. Latencies of microseconds are told
# as milliseconds, a unit as likely as the right one, and who tries µ from a keyboard sees that it is well. Put the
# units of micro into words before.
#
# Unidecode 1.4.0, text-unidecode 1.3, anyascii 0.3.3, espnet-tts-frontend 0.0.4 (pip; ESPnet's without what it needs
# beside, for only its cleaners are run), unidecode 1.1.0, transliteration 2.6.1, any-ascii 0.3.3 (npm); a quarter of a
# minute.
# Seen: 5 ms, 3 mm of all six for the letter, 5 us for the micro sign; IT TOOK FIVE MS, NOT FIVE MS.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
pip() { venv/bin/pip install --quiet --disable-pip-version-check "$@"; }
pip Unidecode==1.4.0 text-unidecode==1.3 anyascii==0.3.3 inflect==7.6.0
pip --no-deps espnet-tts-frontend==0.0.4
npm init --yes > npm.log
npm install --silent --no-audit --no-fund unidecode@1.1.0 transliteration@2.6.1 any-ascii@0.3.3

cat > try.cjs <<'JS'
const { readFileSync } = require("fs");
const { default: anyAscii } = require("any-ascii");
const { transliterate } = require("transliteration");
const unidecode = require("unidecode");

const text = readFileSync(0, "utf8");
for (const to of [unidecode, transliterate, anyAscii]) console.log(to(text));
JS
cat > try.py <<'PY'
import subprocess
import sys
import unicodedata

import anyascii
import text_unidecode
import unidecode
from tacotron_cleaner.cleaners import custom_english_cleaners

LETTER, SIGN = "\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}"
PYTHON = (unidecode.unidecode, text_unidecode.unidecode, anyascii.anyascii)
seen = {}
for mu in (LETTER, SIGN):
    text = f"5 {mu}s and 3 {mu}m"
    node = subprocess.run(["node", "try.cjs"], input=text, text=True, encoding="utf-8", capture_output=True, check=True)
    seen[mu] = [to_ascii(text) for to_ascii in PYTHON] + node.stdout.splitlines()
    print(unicodedata.name(mu), *seen[mu], sep=" | ")
cleaned = custom_english_cleaners(f"It took 5 {LETTER}s, not 5 ms.")
print(cleaned)
changed = seen[LETTER] != ["5 ms and 3 mm"] * 6 or seen[SIGN] != ["5 us and 3 um"] * 6
changed |= unicodedata.normalize("NFKC", SIGN) != LETTER or cleaned != "IT TOOK FIVE MS, NOT FIVE MS."
if changed:
    sys.exit("CHANGED: the letter is no longer m, or the sign no longer u")
PY
PYTHONUTF8=1 venv/bin/python try.py
