#!/usr/bin/env bash
# A sentence of a script in Chinese, Japanese or Russian that names three methods by their English names, as papers do,
# given to langdetect, which tells the language of a text.
#
# The guess: Chinese, Japanese, Russian; perhaps less surely than without the names. A sentence whose words are in
# another writing is not English.
# What happens: it is English: the Chinese one with a probability over 0.9999, though 14 of its signs are Chinese, the two
# others with 0.86. Without the names each is told rightly. The sure answer is the one that is wrong: a threshold does
# not help, where py3langid, on the same sentences, keeps to the writing.
# Why a podcast maker cares: the voice is chosen, and a script by a model is taken or sent back, by the language that a
# line is in. Lines about papers are full of such names: they would be given to an English voice, or be asked for again
# and again. Look at the writing first, or at a whole chapter.
#
# langdetect 1.0.9, py3langid 0.4.0 (pip); a quarter of a minute.
# Seen: zh en 1.0000, ja en 0.8571, ru en 0.8571; by py3langid zh, ja, ru.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check langdetect==1.0.9 py3langid==0.4.0

cat > try.py <<'PY'
import sys

import py3langid
from langdetect import DetectorFactory, detect_langs

DetectorFactory.seed = 0  # else the same text may get another answer the next time
NAMES = "Grouped-Query Attention", "Rotary Position Embeddings", "Mixture-of-Experts Routing"
LINES = {
    "zh": ("这篇论文把 {}、{} 和 {} 放进同一个小模型。", "这篇论文把三种做法放进同一个小模型。"),
    "ja": ("この論文は {} と {} と {} を一つの小さなモデルで使う。", "この論文は三つのやり方を一つの小さなモデルで使う。"),
    "ru": ("Статья соединяет {}, {} и {} в одной небольшой модели.", "Статья соединяет три приёма в одной небольшой модели."),
}
for language, (named, plain) in LINES.items():
    line = named.format(*NAMES)
    first, bare = detect_langs(line)[0], detect_langs(plain)[0].lang
    print(f"{language}: {first.lang} {first.prob:.4f}; without the names {bare}; py3langid {py3langid.classify(line)[0]}")
    if first.lang != "en" or first.prob < (0.9999 if language == "zh" else 0.8):
        sys.exit(f"CHANGED: langdetect no longer takes the line in {language} for English")
    if not bare.startswith(language) or py3langid.classify(line)[0] != language:
        sys.exit(f"CHANGED: without the names, or by py3langid, the line is no longer {language}")
PY
venv/bin/python try.py
