#!/usr/bin/env bash
# A sentence with figures in it, in the HTML that LaTeXML makes of papers, turned into text by html2text and
# inscriptis.
#
# The guess: the text is what a browser shows. Where an author wrote $7$ in TeX, it says 7.
# What happens: each formula comes twice with nothing between, for LaTeXML writes it as MathML and, in an annotation
# that no browser shows, as TeX. A figure in dollars is the worst case, since both forms are the same digits: "in $7$
# of $12$ runs" is "in 77 of 1212 runs", and $71.2$ is "71.271.2". Neither program warns.
# Why a podcast maker cares: the HTML of papers on arXiv is made so. A host would say that 77 of 1212 runs failed, and
# a check of the script against the text would find just that in it. Drop <annotation>, or take alttext, before.
#
# html2text 2025.4.15, inscriptis 2.7.6 (pip); a quarter of a minute.
# Seen: It failed in 77 of 1212 runs and reached 71.271.2 points.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check html2text==2025.4.15 inscriptis==2.7.6

cat > try.py <<'PY'
import sys

import html2text
import inscriptis


def formula(tex, mathml):
    annotation = f'<annotation encoding="application/x-tex">{tex}</annotation>'
    return f'<math alttext="{tex}" display="inline"><semantics>{mathml}{annotation}</semantics></math>'


SEVEN, TWELVE, SCORE = (formula(figure, f"<mn>{figure}</mn>") for figure in ("7", "12", "71.2"))
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>A paper</title></head><body><p class="ltx_p">
It failed in {SEVEN} of {TWELVE} runs and reached {SCORE} points.</p></body></html>"""
TWICE = "It failed in 77 of 1212 runs and reached 71.271.2 points."

for name, read in (("html2text", html2text.html2text), ("inscriptis", inscriptis.get_text)):
    text = " ".join(read(PAGE).split())
    print(f"{name:10} {text}")
    if text != TWICE:
        sys.exit(f"CHANGED: {name} no longer gives each figure twice")
PY
venv/bin/python try.py
