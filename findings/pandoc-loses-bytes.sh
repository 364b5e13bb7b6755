#!/usr/bin/env bash
# A paper's TeX, in which quantities are written by siunitx, turned into text by Pandoc.
#
# The guess: Pandoc knows siunitx: \SI, \qty, \num, ranges, prefixes such as \giga. What it does not know it leaves as
# it stands, or warns: it does both for mathematics that it cannot put into plain text.
# What happens: it has no \byte and no \bit, though siunitx has. They go, the prefix with them, and no warning comes:
# \SI{80}{\giga\byte} is "80", and 2 TB/s is "2 s⁻¹", as if it were two a second. \giga\hertz beside it is right, and
# so is {GB} in letters. \numproduct goes whole, its figures too.
# Why a podcast maker cares: memory and bandwidth are the quantities of papers on models. "It needs 80 of memory" the
# host stumbles over; "2 per second" is just wrong, and true to the text that the script is checked against. Look for
# \byte and \bit in the TeX before, or take the text from the PDF or HTML.
#
# Pandoc 3.9 (pypandoc_binary 1.17, pip); half a minute, nearly all of it installing.
# Seen: It needs 80 of memory, at 2 s⁻¹ and 1.4 GHz.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pypandoc_binary==1.17

cat > try.py <<'PY'
import subprocess
import sys

import pypandoc

PANDOC = [pypandoc.get_pandoc_path(), "--from", "latex", "--to", "plain", "--wrap", "none"]
EXPECTED = {
    r"It needs \SI{80}{\giga\byte} of memory, at \SI{2}{\tera\byte\per\second} and \SI{1.4}{\giga\hertz}.":
        "It needs 80 of memory, at 2 s⁻¹ and 1.4 GHz.",
    r"It needs \SI{80}{GB} of memory.": "It needs 80 GB of memory.",
    r"It needs \qty{80}{\giga\byte}, or \qtyrange{10}{20}{\giga\bit\per\second}.": "It needs 80 , or 10 s⁻¹–20 s⁻¹.",
    r"A grid of \numproduct{16 x 16} patches.": "A grid of patches.",
    r"A rate of \num{1e-4}, from \SI{5}{\milli\second} on.": "A rate of 1 × 10⁻⁴, from 5 ms on.",
}
for tex, expected in EXPECTED.items():
    done = subprocess.run(PANDOC, input=tex, check=True, capture_output=True, text=True)
    text = " ".join(done.stdout.split())
    print(f"{tex}\n  {text}")
    if text != expected or done.stderr:
        sys.exit(f"CHANGED: other text, or a warning: {done.stderr!r}")
unknown = subprocess.run(PANDOC, input=r"$\sqrt{2}$", check=True, capture_output=True, text=True)
print(r"$\sqrt{2}$", unknown.stdout.strip(), unknown.stderr.strip(), sep="\n  ")
if "WARNING" not in unknown.stderr or r"\sqrt{2}" not in unknown.stdout:
    sys.exit("CHANGED: mathematics that has no plain form is no longer warned of and left")
PY
venv/bin/python try.py
