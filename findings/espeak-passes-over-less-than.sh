#!/usr/bin/env bash
# What eSpeak NG says for the signs between figures; many voices, Piper's among them, take their sounds from it.
#
# The guess: it has names for signs. It says "less or equal to" for ≤, "plus or minus" for ±, "not equal to" for ≠,
# and so it has a word for <, and for a raised minus.
# What happens: < and > are nothing at all: "p < 0.05", "p > 0.05" and "p 0.05" are one sound, and ≪ is as silent. A
# raised figure loses its sign and its being raised: 10⁻³ is said "ten three", just as 10³ is.
# Why a podcast maker cares: "p > 0.05" and "p < 0.05" are opposite findings, and 10³ is a million times 10⁻³; a voice
# says either as smoothly as the other. Whoever tried ≤ and ± believes that signs are seen to.
#
# eSpeak NG 1.52.0 (espeakng-loader 0.2.4, pip), voice en-us; a quarter of a minute.
# Seen: pˈiː zˈiəɹoʊ pɔɪnt zˈiəɹoʊ fˈaɪv with <, > or neither, tˈɛn θɹˈiː for 10³ and 10⁻³.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check espeakng-loader==0.2.4

cat > try.py <<'PY'
import ctypes
import sys

import espeakng_loader

RETRIEVAL, UTF8, IPA = 2, 1, 2
espeak = ctypes.CDLL(espeakng_loader.get_library_path())
espeak.espeak_Initialize(RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0)
espeak.espeak_SetVoiceByName(b"en-us")
espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
espeak.espeak_Info.restype = ctypes.c_char_p


def say(text):
    rest, clauses = ctypes.c_char_p(text.encode()), []
    while rest.value:
        clauses.append(espeak.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, IPA).decode())
    return " ".join(clauses)


print(f"eSpeak NG {espeak.espeak_Info(None).decode()}")
one_sound = (("p 0.05", "p < 0.05", "p > 0.05", "p ≪ 0.05"), ("10³", "10⁻³"))
for texts in one_sound:
    sounds = {text: say(text) for text in texts}
    print(*(f"{text:9} {sound}" for text, sound in sounds.items()), sep="\n")
    if len(set(sounds.values())) != 1:
        sys.exit(f"CHANGED: {' and '.join(texts)} are no longer one sound")
for sign in "≤≥±≠=":
    print(f"p {sign} 0.05  {say(f'p {sign} 0.05')}")
    if say(f"p {sign} 0.05") == say("p 0.05"):
        sys.exit(f"CHANGED: {sign} is silent too")
PY
venv/bin/python try.py
