#!/usr/bin/env bash
# Results as papers print them, made ready for speech by NVIDIA's NeMo text processing, its rules for English.
#
# The guess: what says 93.7% and "93.7 ± 0.2" right, and signs and units by name, says 93.7±0.2 right, too; or leaves as
# it stands what it does not know.
# What happens: where ±, ≥, ×, ≈ or an arrow touches a decimal, that is cut at its point, and one half or both are put
# into words: 93.7±0.2 is "ninety three. 7±0. two", ≥0.5 is "≥0. five", 1.5× is "one. 5×". With spaces around ± the
# decimals are whole. Units of one or two letters are letters, 5 s "five S", 5 ms "five MS", 20 m "twenty M", 12 W
# "twelve W", beside "five minutes", "five milligrams" and "five kilowatts". There is no warning.
# Why a podcast maker cares: a mean with its error is as common as any figure in a table of results, and a sentence now
# seems to end in the middle of it; latencies are in MS. Put spaces around such signs, and units into words, before.
#
# nemo_text_processing 1.2.0 with pynini 2.1.6.post1 (pip), input_case cased; two minutes, of which half a minute is
# NeMo's making of its grammar, and the rest installing.
# Seen: It scored ninety three. 7±0. two at ≥0. five.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nemo_text_processing==1.2.0 pynini==2.1.6.post1

cat > try.py <<'PY'
import logging
import sys

from nemo_text_processing.text_normalization.normalize import Normalizer

logging.disable()
SEEN = {
    "It scored 93.7% at 0.5.": "It scored ninety three point seven percent at zero point five.",
    "It scored 93.7 ± 0.2 points.": "It scored ninety three point seven ± zero point two points.",
    "It scored 93.7±0.2 at ≥0.5.": "It scored ninety three. 7±0. two at ≥0. five.",
    "It went 93.7→94.1, 1.5× that.": "It went ninety three. 7→94. one, one. 5× that.",
    "It is 93.7≈94.": "It is ninety three. 7≈94.",
    "It took 5 min and 5 kW for 5 mg.": "It took five minutes and five kilowatts for five milligrams.",
    "It took 5 s or 5 ms at 12 W for 20 m.": "It took five S or five MS at twelve W for twenty M.",
}
normalizer = Normalizer(input_case="cased", lang="en")
changed = False
for text, seen in SEEN.items():
    said = normalizer.normalize(text)
    print(f"{text} -> {said}")
    changed |= said != seen
if changed:
    sys.exit("CHANGED: other words than were seen")
PY
venv/bin/python try.py 2> log.txt || { tail -n 1 log.txt; exit 1; }
