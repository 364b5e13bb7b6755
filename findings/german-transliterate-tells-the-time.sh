#!/usr/bin/env bash
# German sentences with figures, made ready for a voice by german_transliterate, which was made for that, and used with
# the German voices of TensorFlowTTS and Mozilla TTS.
#
# The guess: it knows German figures, 93,7 and 12.500, and it does. A figure with a point that is neither thousands nor,
# for want of Uhr or h, a clock time is a decimal, as in a model's name, or stays as it is. A minus is said.
# What happens: a point between figures is the clock's, with no Uhr near: GPT-3.5 is "g p t 3 uhr fünf", Gemini 1.5 "ein
# uhr fünf", 0.05 "null uhr fünf". With a letter or a sign behind, it is the thousands': 1.5B is "fünfzehn b", 93.7% is
# 937. A minus goes, and the figure behind it is left in digits: -0,5 is 0,5. With the settings that its README has for
# voices all is the same, but that -0,5 is "null komma fünf".
# Why a podcast maker cares: models have such numbers in German too, and a loss is said as a gain. The sentence is good
# German, and who tried 93,7 and 12.500 heard them right. Put figures into words before it.
#
# german_transliterate 0.1.3, num2words 0.5.14 (pip); ten seconds or so.
# Seen: gemini ein uhr fünf liegt vorn. | p war null uhr fünf | ein modell mit fünfzehn b | es fiel um 0,5 punkte.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check german_transliterate==0.1.3 num2words==0.5.14

cat > try.py <<'PY'
import sys

from german_transliterate.core import GermanTransliterate

EXPECTED = {
    "Es waren 93,7 Prozent.": "es waren dreiundneunzig komma sieben prozent.",
    "Es waren 12.500 Fragen.": "es waren zwölftausendfünfhundert fragen.",
    "GPT-3.5 liegt vorn.": "g p t 3 uhr fünf liegt vorn.",
    "Gemini 1.5 liegt vorn.": "gemini ein uhr fünf liegt vorn.",
    "p war 0.05.": "p war null uhr fünf",
    "Ein Modell mit 1.5B.": "ein modell mit fünfzehn b",
    "Es waren 93.7%.": "es waren neunhundertsiebenunddreißig %",
    "Es fiel um -0,5 Punkte.": "es fiel um 0,5 punkte.",
}
ready = GermanTransliterate()
for_voices = GermanTransliterate(replace={";": ",", ":": " "}, sep_abbreviation=" -- ")
changed = False
for text, expected in (
    ("Gemini 1.5 liegt vorn.", "gemini ein uhr fünf liegt vorn."),
    ("Es fiel um -0,5 Punkte.", "es fiel um null komma fünf punkte."),
):
    spoken = for_voices.transliterate(text)
    print(f"{text:24} {spoken}  (for voices)")
    changed |= spoken != expected
for text, expected in EXPECTED.items():
    spoken = ready.transliterate(text)
    print(f"{text:24} {spoken}")
    changed |= spoken != expected
if changed:
    sys.exit("CHANGED: german_transliterate says these otherwise")
PY
venv/bin/python try.py
