#!/usr/bin/env bash
# Vietnamese sentences with results, put into words for a voice by vinormx, which was made for that.
#
# The guess: figures are written as in Vietnam: a comma before decimals, a point between thousands. It has decimals
# right, 93,7% and 0,05, p < 0,05 too, and kg and years. A hyphen between figures is "to", or a minus with blanks around
# it, and an abbreviation that it is unsure of stays as it is.
# What happens: a point is a comma to it: 12.500 samples are "twelve point five zero zero", and 1.000.000 "one point
# zero zero zero .zero". Each hyphen is a minus: "10-20 times" is "ten minus twenty times", and GPT-4 "G P T minus
# four". Of units it takes what else the letters may stand for: 5 ms are "năm cô", five ladies, and 2 TB "two notices".
# Why a podcast maker cares: a test on 12.500 examples is told as one on twelve and a half, the model by a name that
# nobody knows, and latency in ladies. There is no warning, and no digit left for a check to find. Take the points out,
# put đến for the hyphen and words for the units, before.
#
# vinormx 1.0.8, PyYAML 6.0.3, which it needs and does not name (pip); ten seconds or so.
# Seen: mười hai phẩy năm không không mẫu | mười trừ hai mươi lần | gờ pê tê trừ bốn | trễ năm cô | hai thông báo
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check vinormx==1.0.8 PyYAML==6.0.3

cat > try.py <<'PY'
import sys

from vinormx import TTSnorm

EXPECTED = {
    "đạt 93,7%": "đạt chín mươi ba phẩy bảy phần trăm",
    "p < 0,05": "pê nhỏ hơn không phẩy không năm",
    "nặng 10 kg": "nặng mười ki lô gam",
    "năm 2024": "năm hai nghìn không trăm hai mươi bốn",
    # the wrong ones
    "12.500 mẫu": "mười hai phẩy năm không không mẫu",
    "1.000.000 mẫu": "một phẩy không không không .không mẫu",
    "10-20 lần": "mười trừ hai mươi lần",
    "GPT-4 tốt hơn": "gờ pê tê trừ bốn tốt hơn",
    "trễ 5 ms": "trễ năm cô",
    "cần 2 TB": "cần hai thông báo",
}
changed = False
for text, expected in EXPECTED.items():
    seen = TTSnorm(text).strip()
    print(text, "=>", seen)
    changed |= seen != expected
if changed:
    sys.exit("CHANGED: vinormx says another thing")
PY
PYTHONUTF8=1 venv/bin/python try.py
