#!/usr/bin/env bash
# What a script says and what a recogniser heard, made alike by werpy, jiwer, whisper-normalizer and
# gladia-normalization before the rate of wrong words is counted.
#
# The guess: what is taken away is what cannot be heard, capitals and commas. Two lines that differ in a figure stay
# two, and the rate is above 0.
# What happens: signs go, with what they tell. For werpy and jiwer's RemovePunctuation the point is one: 93.7 is 937,
# and 1.5 is 15. For all four -0.5 is 0.5, for all but jiwer p < 0.05 is p > 0.05, and for all but Whisper's 10-20 is
# 1020, and 1/2 is 12. For Gladia's, which has rules for figures, "10 to the minus 3" is "10 to the 3" even in words.
# And what is right is wrong there: "7.5 billion" is "7 point 51000000000", and not what "seven point five billion" is.
# Why a podcast maker cares: the rate is how one tests that a voice says what the script says. A voice that drops a
# point or a minus has 0 wrong words, just where it matters, and a right one may have some. Compare the figures by
# themselves, before any of this.
#
# werpy 3.5.0, jiwer 4.0.0, whisper-normalizer 0.1.15, gladia-normalization 0.3.1 (pip); half a minute.
# Seen: 93.7 is 937 by werpy and jiwer; -0.5 is 0.5 by all; 10-20 is 1020 by all but Whisper's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  werpy==3.5.0 jiwer==4.0.0 whisper-normalizer==0.1.15 gladia-normalization==0.3.1

cat > try.py <<'PY'
import sys

import jiwer
import werpy
from normalization import load_pipeline
from whisper_normalizer.english import EnglishTextNormalizer

NORMALISERS = {
    "werpy": werpy.normalize,
    "jiwer": jiwer.Compose([jiwer.ToLowerCase(), jiwer.RemovePunctuation(), jiwer.RemoveMultipleSpaces()]),
    "whisper": EnglishTextNormalizer(),
    "gladia": load_pipeline("gladia-3", language="en").normalize,
}
# what was said, what was heard, and for whom the two are one
PAIRS = [
    ("It is 93.7 now", "It is 93.8 now", set()),
    ("It is 93.7 now", "It is 937 now", {"werpy", "jiwer"}),
    ("a change of -0.5 points", "a change of 0.5 points", {"werpy", "jiwer", "whisper", "gladia"}),
    ("at p < 0.05 here", "at p > 0.05 here", {"werpy", "whisper", "gladia"}),
    ("in 10-20 runs", "in 1020 runs", {"werpy", "jiwer", "gladia"}),
    ("for 1/2 of it", "for 12 of it", {"werpy", "jiwer", "gladia"}),
    ("10 to the minus 3", "10 to the 3", {"gladia"}),
    ("7.5 billion", "seven point five billion", {"whisper"}),
]
changed = False
for said, heard, expected in PAIRS:
    alike = {name for name, normalise in NORMALISERS.items() if normalise(said) == normalise(heard)}
    print(f"{said!r} is {heard!r} for", ", ".join(sorted(alike)) or "none")
    changed |= alike != expected
print(NORMALISERS["gladia"]("7.5 billion"))
if changed or NORMALISERS["gladia"]("7.5 billion") != "7 point 51000000000":
    sys.exit("CHANGED: other lines are alike")
PY
PYTHONUTF8=1 venv/bin/python try.py
