#!/usr/bin/env bash
# Sentences of a script with a figure before "in", a decade and a sum of money, in which abbr2words writes out
# abbreviations and units before a voice reads them.
#
# The guess: a unit is one where a quantity is: "80 GB" is gigabytes, and "in" behind a figure nearly always the word.
# It does leave "2019 in Paris", "2 in a row", "4 am" and "50 as" alone.
# What happens: "1 in 5" is "1 inch 5", "Llama 3 in Chinese" is "Llama 3 inch Chinese", and "COVID-19 in vitro"
# "COVID-19 inch vitro". A decade is a time: "the 1990s" are "the 1990 second". M is molar, with a dollar before it too:
# $1.5M is "$1.5 molar". What comes back is text alone, with no doubt in it.
# Why a podcast maker cares: proportions are said as "1 in 5", and each model has a number. Who tries "Fig. 3" and
# "80 GB" gets what was hoped for, and a check of the figures finds all of them. Keep units from it, or write them out
# yourself, before.
#
# abbr2words 0.2.16 (pip); five seconds or so.
# Seen: Only 1 inch 5 runs passed. | We ran Llama 3 inch Chinese. | It grew in the 1990 second. | It cost $1.5 molar.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check abbr2words==0.2.16

cat > try.py <<'PY'
import sys

from abbr2words import abbr2words

RIGHT = {
    "We met in 2019 in Paris.": "We met in 2019 in Paris.",
    "It won 2 in a row.": "It won 2 in a row.",
    "See Fig. 3, it took 80 GB.": "See figure 3, it took 80 gigabyte.",
}
WRONG = {
    "Only 1 in 5 runs passed.": "Only 1 inch 5 runs passed.",
    "We ran Llama 3 in Chinese.": "We ran Llama 3 inch Chinese.",
    "COVID-19 in vitro is another matter.": "COVID-19 inch vitro is another matter.",
    "It grew in the 1990s.": "It grew in the 1990 second.",
    "It cost $1.5M.": "It cost $1.5 molar.",
}
changed = False
for text, expected in (RIGHT | WRONG).items():
    written = abbr2words(text, lang="en")
    print(f"{text:37} {written}")
    changed |= written != expected
if changed:
    sys.exit("CHANGED: abbr2words writes these otherwise")
PY
venv/bin/python try.py
