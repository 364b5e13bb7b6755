#!/usr/bin/env bash
# The same tone in mono and in stereo, and a talk with a host on either side, measured in LUFS by dsp-audio-metrics and
# katana-meter, by pyloudnorm, pyebur128 and FFmpeg, and brought to -16 LUFS by the first.
#
# The guess: who names BS.1770-4 adds the power of the channels, as it says: a mono file has one, and the same sound on
# both sides is 3 dB louder. In mono all agree within a decibel, and dsp-audio-metrics within a twentieth.
# What happens: both take the mean of the channels. The tone on both sides is just as loud as in mono for them, and two
# hosts, one on either side, are 3 dB quieter than one host in mono. What dsp-audio-metrics brings to -16 LUFS is at -13
# for the others.
# Why a podcast maker cares: shows go out in stereo as soon as there is music. The episode is a whole 3 LU louder than
# its target, its peaks clip where there is no limiter behind, and the maker's own meter says -16. A trial with a mono
# voice or with the tone that the standard calibrates by agrees with everyone. Measure stereo by a second meter.
#
# dsp-audio-metrics 0.1.1, katana-meter 0.1.2, pyloudnorm 0.2.0, pyebur128 0.1.1, soundfile 0.14.0, ffmpeg 9.0.2
# (imageio-ffmpeg 0.8.1) (pip); half a minute.
# Seen, mono, both sides, one host on either side: -23.0 -23.0 -26.0; by pyebur128 -23.0 -20.0 -23.0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dsp-audio-metrics==0.1.1 katana-meter==0.1.2 \
  pyloudnorm==0.2.0 pyebur128==0.1.1 soundfile==0.14.0 imageio-ffmpeg==0.8.1

cat > try.py <<'PY'
import re
import subprocess
import sys

import dsp_audio_metrics
import imageio_ffmpeg
import katana_meter
import numpy as np
import pyebur128
import pyloudnorm
import soundfile

RATE = 48_000


def by_ffmpeg(_):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-i", "sound.wav", "-af", "ebur128", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(\S+) LUFS", told)[-1])


def by_pyebur128(sound):
    state = pyebur128.R128State(sound.shape[1], RATE, pyebur128.MeasurementMode.MODE_I)
    state.add_frames(sound.ravel(), len(sound))
    return pyebur128.get_loudness_global(state)


METERS = {
    "ffmpeg": by_ffmpeg,
    "pyebur128": by_pyebur128,
    "pyloudnorm": pyloudnorm.Meter(RATE).integrated_loudness,
    "dsp-audio-metrics": lambda sound: dsp_audio_metrics.integrated_lufs(sound, RATE),
    "katana-meter": lambda _: katana_meter.analyze_file("sound.wav")["lufs"],
}
time = np.arange(20 * RATE) / RATE
tone = 0.1 * np.sin(2 * np.pi * 997 * time)
turn = time % 2 < 1
seen = {name: [] for name in METERS}
for sides in ([tone], [tone, tone], [tone * turn, tone * ~turn]):
    sound = np.ascontiguousarray(np.stack(sides, axis=1))
    soundfile.write("sound.wav", sound, RATE)
    for name, meter in METERS.items():
        seen[name].append(meter(sound))
changed = False
for name, (mono, both, turns) in seen.items():
    print(f"{name}: mono {mono:.1f}, both sides {both:.1f}, one host on either side {turns:.1f}")
    right = name not in ("dsp-audio-metrics", "katana-meter")
    changed |= abs(both - mono - (3 if right else 0)) > 0.15 or abs(turns - mono - (0 if right else -3)) > 0.15
brought = dsp_audio_metrics.normalize_loudness(np.stack([tone, tone], axis=1), RATE, target_lufs=-16)
print(f"brought to -16 LUFS: {by_pyebur128(np.ascontiguousarray(brought)):.1f} by pyebur128")
if changed or abs(by_pyebur128(np.ascontiguousarray(brought)) + 13) > 0.15:
    sys.exit("CHANGED: stereo is measured otherwise than was seen")
PY
venv/bin/python try.py
