#!/usr/bin/env bash
# "seven point five billion", as a recogniser of speech writes down what it heard, put back into figures by text2num and
# word2number for Python, words-to-numbers and numbered for Node.
#
# The guess: what knows "seven billion" and "seven point five" knows "seven point five billion"; headlines are full of
# such. All four have the first two right.
# What happens: none has the third. text2num makes two figures of it in English and German, "7.5 1000000000", and in
# French, Italian, Portuguese and Dutch one, with the billion's zeros behind the comma: "7,5000000000", which is 7.5;
# so it does with millions in Spanish. word2number says 7, numbered 7.5, words-to-numbers NaN. There is no error, and
# no warning. Whisper's own normaliser for English has 7500000000.
# Why a podcast maker cares: sizes of models are said just so. Who has an episode listened to, and compares the figures
# heard with those of the script, is told that a right line is wrong, or that 7.5 billion and 7.5 are the same. Compare
# words, or join the two parts before.
#
# text2num 3.1.0, word2number 1.1, whisper-normalizer 0.1.15 (pip); words-to-numbers 1.5.1, numbered 1.1.0 (npm); a
# quarter of a minute.
# Seen: 7.5 1000000000 (en, de), 7,5000000000 (fr), 7 (word2number), 7.5 (numbered), NaN (words-to-numbers).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check text2num==3.1.0 word2number==1.1 whisper-normalizer==0.1.15
npm init --yes > npm.log
npm install --silent --no-audit --no-fund words-to-numbers@1.5.1 numbered@1.1.0

cat > try.py <<'PY'
from text_to_num import alpha2digit
from whisper_normalizer.english import EnglishTextNormalizer
from word2number import w2n

print("text2num:", " | ".join(alpha2digit(f"seven{rest}", "en") for rest in (" billion", " point five")))
SAID = {
    "en": "seven point five billion",
    "de": "sieben Komma fünf Milliarden",
    "fr": "sept virgule cinq milliards",
    "es": "siete coma cinco millones",
    "it": "sette virgola cinque miliardi",
    "pt": "sete vírgula cinco bilhões",
    "nl": "zeven komma vijf miljard",
}
for language, words in SAID.items():
    print(f"text2num, {language}: {alpha2digit(words, language)}")
each = ("seven billion", "seven point five", SAID["en"])
print("word2number:", " | ".join(str(w2n.word_to_num(words)) for words in each))
print("Whisper:", EnglishTextNormalizer()(SAID["en"]))
PY
cat > try.cjs <<'JS'
const { wordsToNumbers } = require("words-to-numbers");
const { parse } = require("numbered");

const each = ["seven billion", "seven point five", "seven point five billion"];
console.log("words-to-numbers:", each.map((words) => wordsToNumbers(words)).join(" | "));
console.log("numbered:", each.map((words) => parse(words)).join(" | "));
JS
cat > seen.txt <<'TEXT'
text2num: 7000000000 | 7.5
text2num, en: 7.5 1000000000
text2num, de: 7,5 1000000000
text2num, fr: 7,5000000000
text2num, es: 7,5000000
text2num, it: 7,5000000000
text2num, pt: 7,5000000000
text2num, nl: 7,5000000000
word2number: 7000000000 | 7.5 | 7
Whisper: 7500000000
words-to-numbers: 7000000000 | 7.5 | NaN
numbered: 7000000000 | 7.5 | 7.5
TEXT
{ venv/bin/python try.py; node try.cjs; } | tee figures.txt
if ! cmp --quiet figures.txt seen.txt; then
  echo "CHANGED: other figures than were seen"
  exit 1
fi
