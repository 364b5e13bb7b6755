#!/usr/bin/env bash
# Japanese sentences with results, turned into sounds by pyopenjtalk-plus, whose Open JTalk many Japanese voices take
# their sounds from.
#
# The guess: it knows figures, 93.7% and 12,500 and 0.05 with its zeros, and 〜 for a range it leaves to a pause. It says
# a minus before a figure, and what stands raised it says or leaves as it is.
# What happens: no sign is a sound. A minus is a pause, and at the start nothing: "-0.5" is 0.5, and "-3度" three degrees
# of warmth. < and > are the same pause. A raised figure goes with its sign, so that 10³ and 10⁻³ are both "ten". A
# hyphen between figures spoils the one before it: "100-200件" is "one zero zero, two hundred", as of a telephone's
# number, where 100〜200件 is right.
# Why a podcast maker cares: a loss is told as a gain, "p < 0.05" as "p, 0.05", and 10⁻³ as ten. Papers in Japanese have
# ranges with a hyphen, too. Nothing is left in the sounds that one could notice, and who tries 93.7% and 12,500 hears
# them right. Write マイナス, から and 10の3乗 before.
#
# pyopenjtalk-plus 0.4.1.post10 (pip); a quarter of a minute.
# Seen: 変化は-0.5です is h e N k a w a pau r e e t e N g o d e s U; 100-200件 is イチゼロゼロ−ニヒャッケン
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyopenjtalk-plus==0.4.1.post10

cat > try.py <<'PY'
import sys

from pyopenjtalk import g2p

ALIKE = [
    ("-3度", "3度"),
    ("p<0.05", "p>0.05"),
    ("10⁻³", "10"),
    ("10³", "10"),
]
READINGS = {
    "93.7%": "キュージューサンテンナナパーセント",
    "12,500件": "イチマンニセンゴヒャッケン",
    "0.05": "レーテンゼロゴー",
    "100〜200件": "ヒャク〜ニヒャッケン",
    "100-200件": "イチゼロゼロ−ニヒャッケン",
}
changed = False
for one, other in ALIKE:
    print(one, "and", other, "are", g2p(one), "and", g2p(other))
    changed |= g2p(one) != g2p(other)
minus, pause = g2p("変化は-0.5です"), g2p("変化は、0.5です")
print("変化は-0.5です is", minus)
changed |= minus != pause or "m a i n a s u" not in g2p("変化はマイナス0.5です")
for text, expected in READINGS.items():
    print(text, "is", g2p(text, kana=True))
    changed |= g2p(text, kana=True) != expected
if changed:
    sys.exit("CHANGED: Open JTalk says a sign, or reads a figure otherwise")
PY
PYTHONUTF8=1 venv/bin/python try.py
