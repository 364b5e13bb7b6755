#!/usr/bin/env bash
# Decimals with a unit or a sign right behind them, said by Flite, the small English voice that Debian and ffmpeg
# have.
#
# The guess: it says 1.5 as "one point five" and 7B as "seven bee", so it says 1.5B as "one point five bee"; where it
# does not know a sign, such as ±, it leaves that sign out.
# What happens: where a letter or a sign touches the figure, the point goes: 1.5B is "one five bee", 2.5x is "two five
# ex", 3.5s is "three five z", and 93.7±0.2 is "ninety-three seven zero point two". Only the last decimal keeps its
# point. % alone does no harm. $1.5 is "one dollar five cents". eSpeak NG says all of these with their points.
# Why a podcast maker cares: sizes of models, factors and errors are written just so. "One five bee" is heard as 15B,
# ten times the model, in a sentence that is otherwise perfect. Put a space in between, or say it in words.
#
# Flite 2.2 (Debian's flite 2.2-5; it must be installed); a second.
# Seen: w aa n f ay v b iy for 1.5B, and for "1 5 B".
set -euo pipefail
version=$(flite --version 2>&1 || true)  # it ends with an error
if [[ $version != *"version: flite-2.2"* ]]; then
  echo "This wants Flite 2.2: apt-get install flite" >&2
  exit 1
fi

say() { flite -ps -o none -t "$1" | sed -e 's/\bpau\b//g' | xargs; }

wrong=
# holds WRITTEN SAID: what is written sounds as what is meant by SAID
holds() {
  printf '%-14s %s\n' "$1" "$(say "$1")"
  if [ "$(say "$1")" != "$(say "$2")" ]; then
    echo "CHANGED: $1 no longer sounds as $2 does ($(say "$2"))"
    wrong=1
  fi
}

holds "1.5" "one point five"
holds "7B" "seven b"
holds "1.5 B" "one point five b"
holds "93.7%" "ninety three point seven percent"
holds "93.7 ± 0.2" "ninety three point seven zero point two"
holds "1.5B" "one five b"
holds "2.5x" "two five x"
holds "3.5GB" "three five gigabytes"
holds "93.7±0.2" "ninety three seven zero point two"
holds "\$1.5" "one dollar five cents"
[ -z "$wrong" ]
