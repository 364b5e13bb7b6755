#!/usr/bin/env bash
# Decimals and small prices, made ready for speech by g2p-en, ESPnet's front end and Coqui TTS, whose rules for
# numbers come from one file, that of keithito's Tacotron. Many voices for English were built with it.
#
# The guess: who says "ninety-three point seven" for 93.7 says 0.05 right too, and a price as a person would.
# What happens: what stands behind the point is read as a whole number, so that its zeros go: 0.05 is "zero point
# five", and so is 0.005; 1.05 is "one point five". A price is dollars and cents by the same rule: $1.5 is one dollar
# and five cents, $0.002 is two cents, and $2.5 billion "two dollars, five cents billion". All three packages agree,
# and so a second opinion is none.
# Why a podcast maker cares: papers are full of 0.05 and 0.001, learning rates and prices a token. The voice says ten
# or a hundred times as much, in good English; who tries it on 93.7 hears nothing of it. Put figures into words first.
#
# g2p-en 2.1.0, espnet-tts-frontend 0.0.4, coqui-tts 0.28.0, inflect 7.6.0 (pip; the first and the last without what
# they need beside: only the file that puts numbers into words is run); half a minute.
# Seen: at a rate of zero point five; from one point five to zero point five; for two cents a page.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
pip() { venv/bin/pip install --quiet --disable-pip-version-check "$@"; }
pip inflect==7.6.0 unidecode==1.4.0
pip --no-deps g2p-en==2.1.0 espnet-tts-frontend==0.0.4 coqui-tts==0.28.0

cat > try.py <<'PY'
import importlib.util
import sys
import sysconfig
from pathlib import Path

from tacotron_cleaner.cleaners import custom_english_cleaners


def rules(path):
    """The package's own rules for numbers: importing all of it takes PyTorch, or data from the net."""
    spec = importlib.util.spec_from_file_location("rules", Path(sysconfig.get_path("purelib")) / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.normalize_numbers


ways = {
    "g2p-en": rules("g2p_en/expand.py"),
    "ESPnet": custom_english_cleaners,
    "Coqui": rules("TTS/tts/utils/text/english/number_norm.py"),
}
EXPECTED = {
    "at 93.7 points": "at ninety three point seven points",
    "at a rate of 0.05": "at a rate of zero point five",
    "from 1.05 to 0.005": "from one point five to zero point five",
    "for $1.5 an hour": "for one dollar five cents an hour",
    "for $0.002 a page": "for two cents a page",
    "for $2.5 billion": "for two dollars five cents billion",
}
changed = False
for text, expected in EXPECTED.items():
    for name, way in ways.items():
        seen = " ".join(way(text).lower().replace(",", " ").replace("-", " ").split())
        print(f"{text:20} {name:7} {seen}")
        changed |= seen != expected
if changed:
    sys.exit("CHANGED: a number is said otherwise")
PY
venv/bin/python try.py
