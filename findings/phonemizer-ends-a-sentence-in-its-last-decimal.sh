#!/usr/bin/env bash
# Sentences with a decimal, turned into sounds by phonemizer with preserve_punctuation, as voices are trained with it
# and speak with it; it asks eSpeak NG for the sounds.
#
# The guess: a point between figures is no full stop. Without the option it is "ninety-three point seven", and with it
# "93.7!", "93.7?", and "93.7, he said" are right too; the source says that decimals are left whole.
# What happens: where the sentence ends in a full stop, and no other mark stands between that and the decimal, the first
# point is taken for it. "It scored 93.7 now." becomes two: "It scored ninety-three." and "seven now", with no point and
# no full stop. So it is with a comma: "In 12,500 steps," ends at twelve. Given lines, it gives back more lines than it
# got, and all that follow stand beside the wrong text.
# Why a podcast maker cares: nearly each sentence with a result ends so, and a voice makes of it two, with a fall and a
# pause in the midst of the figure. "GPT-3.5 won." is "GPT three. Five won." Who tries "93.7" alone, or a question,
# hears it right. Put figures into words before.
#
# phonemizer 3.4.0, espeakng-loader 0.2.4 with eSpeak NG 1.52.0 (pip), voice en-us; twenty seconds or so.
# Seen: ɪt skɔːɹd naɪnti θɹiː. | sɛvən naʊ; of two lines, four.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check phonemizer==3.4.0 espeakng-loader==0.2.4

cat > try.py <<'PY'
import sys

import espeakng_loader
from phonemizer import phonemize
from phonemizer.backend.espeak.wrapper import EspeakWrapper

EspeakWrapper.set_library(espeakng_loader.get_library_path())
EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
RIGHT = {
    "It scored 93.7 now!": ["ɪt skɔːɹd naɪnti θɹiː pɔɪnt sɛvən naʊ!"],
    "It scored 93.7, he said.": ["ɪt skɔːɹd naɪnti θɹiː pɔɪnt sɛvən, hiː sɛd."],
}
WRONG = {
    "It scored 93.7 now.": ["ɪt skɔːɹd naɪnti θɹiː.", "sɛvən naʊ"],
    "GPT-3.5 won.": ["dʒiːpiːtiː θɹiː.", "faɪv wʌn"],
    "In 12,500 steps,": ["ɪn twɛlv,", "faɪvhʌndɹɪd stɛps"],
}
changed = False
for text, expected in (RIGHT | WRONG).items():
    seen = phonemize([text], language="en-us", preserve_punctuation=True, strip=True)
    print(text, "=>", *seen, sep=" | ")
    changed |= seen != expected
plain = phonemize(list(WRONG), language="en-us", strip=True)
changed |= plain[0] != "ɪt skɔːɹd naɪnti θɹiː pɔɪnt sɛvən naʊ"
lines = phonemize(["It scored 93.7 now.", "GPT-3.5 won."], language="en-us", preserve_punctuation=True, strip=True)
print("two lines:", *lines, sep=" | ")
if changed or len(lines) != 4:
    sys.exit("CHANGED: phonemizer no longer ends a sentence there")
PY
PYTHONUTF8=1 venv/bin/python try.py
