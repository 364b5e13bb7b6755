#!/usr/bin/env bash
# Perth's detector on sound that nobody marked: noise, a tone, the hum of the mains, silence. Is there a watermark?
#
# The guess: where no mark was put, the confidence is about 0, as it is for unmarked speech and for noise.
# What happens: the hum of the mains, 50 or 60 Hz with its overtones over quiet noise, is a mark with the confidence
# 1.0, over a range of 20 dB. So is a tone of 120 or 440 Hz over that noise. Digital silence is NaN, and no error.
# Why a podcast maker cares: a real microphone beside a real power supply hums. A check "was this voice synthesised?"
# says yes of an honest recording's pauses, and `confidence < 0.5` is false, as is `> 0.5`, for a silent file. Ask of
# speech alone, leave silence out, and take a mark that is found for a hint, and no proof.
#
# resemble-perth 1.0.1 with torch 2.11.0, torchaudio 2.11.0, librosa 0.11.0, setuptools 80.9.0 (pip; torch is 3 GB);
# some minutes, nearly all of it installing; by uv where that is there.
# Seen: noise 0.00; 440 Hz 1.00, 120 Hz 1.00; hum of 50 Hz and of 60 Hz 1.00 at full level, -10 and -20 dB; silence nan.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
wanted="resemble-perth==1.0.1 torch==2.11.0 torchaudio==2.11.0 librosa==0.11.0 setuptools==80.9.0 pyyaml==6.0.3"
if command -v uv >/dev/null; then
  uv venv --quiet --python '>=3.11' venv
  uv pip install --quiet --python venv/bin/python $wanted
else
  python3 -m venv venv
  venv/bin/pip install --quiet --disable-pip-version-check $wanted
fi

cat > try.py <<'PY'
import sys
import warnings

import numpy as np
import torch

torch.set_grad_enabled(False)
torch.set_num_threads(1)
warnings.simplefilter("ignore")  # pkg_resources tells that it goes
from perth.perth_net.perth_net_implicit.perth_watermarker import PerthImplicitWatermarker

RATE = 32_000
time = np.arange(5 * RATE) / RATE
noise = 1e-3 * np.random.default_rng(0).standard_normal(len(time))
perth = PerthImplicitWatermarker()


def heard(sound):
    return float(perth.get_watermark(sound.astype(np.float32), sample_rate=RATE, round=False))


def tone(hertz):
    return 0.3 * np.sin(2 * np.pi * hertz * time)


def hum(hertz):
    return 0.1 * sum(np.sin(2 * np.pi * hertz * k * time) / k for k in (1, 2, 3, 5))


found = {"noise": heard(noise), "440 Hz": heard(tone(440) + noise), "120 Hz": heard(tone(120) + noise)}
for hertz in (50, 60):
    for level in (0, -10, -20):
        found[f"hum of {hertz} Hz, {level} dB"] = heard(hum(hertz) * 10 ** (level / 20) + noise)
found["silence"] = heard(np.zeros(RATE * 3))
for name, confidence in found.items():
    print(f"{name:22} {confidence:.2f}")

wrong = [name for name in found if name.startswith(("hum", "120", "440")) and not found[name] > 0.9]
wrong += ["noise"] if not found["noise"] < 0.2 else []
if wrong or not np.isnan(found["silence"]):
    sys.exit(f"CHANGED: {', '.join(wrong) or 'silence is a number'}")
PY
venv/bin/python try.py
