#!/usr/bin/env bash
# Numbers between -1 and 0, put into words by num2words, and by gruut, which makes texts ready for speech.
#
# The guess: a sign is a sign. Who says "minus five" for -5 and "minus one point five" for -1.5 says it for -0.5.
# What happens: in 47 of num2words' 56 languages -0.5 is said as 0.5 is, as if the sign came from the whole part, and
# that is 0; for -1.5 it is so in two. With gruut too, "from -0.25 to 0.25" goes from a quarter to the same quarter.
# Why a podcast maker cares: correlations, gains and losses in papers often lie between -1 and 0. The host says the
# opposite of what was found, in good English, and neither program complains. Say the sign yourself.
#
# num2words 0.5.14, gruut 2.4.0 (pip); under a minute, nearly all of it installing.
# Seen: zero point five for -0.5; The change ran from zero point two five to zero point two five .
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check num2words==0.5.14 gruut==2.4.0

cat > try.py <<'PY'
import sys

from gruut import sentences
from num2words import CONVERTER_CLASSES, num2words


def unsigned(number):
    """The languages that say a number and its opposite in the same words."""
    return sorted(language for language in CONVERTER_CLASSES if words(number, language) == words(-number, language))


def words(number, language):
    try:
        return num2words(number, lang=language)
    except (TypeError, ValueError, KeyError) as error:  # a few languages cannot say fractions below 0 at all
        return f"{type(error).__name__} for {number}"


half, more = unsigned(-0.5), unsigned(-1.5)
text = "The change ran from -0.25 to 0.25."
spoken = " ".join(word.text for sentence in sentences(text, lang="en-us") for word in sentence)
print(f"num2words: -0.5 {num2words(-0.5)}, -1.5 {num2words(-1.5)}, -5 {num2words(-5)}")
print(f"no sign for -0.5 in {len(half)} languages of {len(CONVERTER_CLASSES)}: {' '.join(half)}")
print(f"no sign for -1.5 in {len(more)}: {' '.join(more)}")
print(f"gruut: {spoken}")
if (len(half), len(more), len(CONVERTER_CLASSES)) != (47, 2, 56) or not {"en", "de", "fr", "es"} <= set(half):
    sys.exit("CHANGED: num2words says the sign of -0.5 in other languages than it did")
if spoken != "The change ran from zero point two five to zero point two five .":
    sys.exit("CHANGED: gruut says the sign of -0.25")
PY
venv/bin/python try.py
