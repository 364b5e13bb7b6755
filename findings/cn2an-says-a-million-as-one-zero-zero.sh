#!/usr/bin/env bash
# Chinese sentences with figures, put into characters by cn2an's transform, as front ends of Chinese voices do it, for
# one that of a Bert-VITS2 for Cantonese.
#
# The guess: it is there for numbers in sentences: decimals, negatives, percents and dates, says its README. A comma
# between thousands it reads over, as people do, or it leaves the number as it stands.
# What happens: each piece between commas is a number of its own: 12,500 is "twelve, five hundred", and 1,000,000 is
# "one, zero, zero". A hyphen between numbers is a minus: "10-20 times" is "ten minus twenty times", and 5%-10% is "five
# per cent per cent minus ten". "2-3" before 个 is right, and "3-5" before 倍 is "three minus five". 2024-05-01 is 2024
# minus five minus one. 12500, 93.7% and -0.5 are right.
# Why a podcast maker cares: papers in Chinese write both, and "one, zero, zero" for a million is heard as a hundred, if
# as anything. There is no error, and no digit left that a check could find. Take the commas out, and put 到 for the
# hyphen, before.
#
# cn2an 0.5.24 (pip); five seconds or so.
# Seen: 共十二,五百个样本 | 共一,零,零个样本 | 跑了十负二十次 | 快三负五倍
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cn2an==0.5.24

cat > try.py <<'PY'
import sys

import cn2an

EXPECTED = {
    "共12500个样本": "共一万二千五百个样本",
    "达到93.7%": "达到百分之九十三点七",
    "变化为-0.5": "变化为负零点五",
    "跑了2-3个": "跑了二到三个",
    "共12,500个样本": "共十二,五百个样本",
    "共1,000,000个样本": "共一,零,零个样本",
    "跑了10-20次": "跑了十负二十次",
    "快3-5倍": "快三负五倍",
    "提高5%-10%": "提高百分之五百分之负十",
    "发表于2024-05-01": "发表于二千零二十四负五负一",
}
changed = False
for text, expected in EXPECTED.items():
    spoken = cn2an.transform(text, "an2cn")
    print(text, spoken, sep="  ")
    changed |= spoken != expected
if changed:
    sys.exit("CHANGED: cn2an puts these otherwise")
PY
venv/bin/python try.py
