#!/usr/bin/env bash
# Half a second out of the middle of an MP3, read by soundfile with start=, and the same half second out of the whole
# file, read by soundfile too. librosa reads by it, with offset=.
#
# The guess: the same samples. soundfile counts in samples, read to the end the file is as long as it was before it was
# an MP3, to the sample, and at 64 kbit/s and above the two are indeed the same.
# What happens: below that the piece begins wrong. At 44.1 kHz, mono, 32 kbit/s each begins with silence, up to 70 ms,
# and is right after 82; at 40 it is 30 and 43 ms; at 48 two of three are wrong for up to 16 ms, and at 48 kHz three of
# four. A frame of an MP3 may have its bits in frames before it, and where a frame is small, in more of them than seem
# to be read again before the piece. Nothing is raised; the decoder grumbles on the error output.
# Why a podcast maker cares: speech goes out at such rates, and lines are cut out of an episode for a preview, for a
# recogniser, or to hear what a host says at 12:03. 70 ms are a word's first consonant. Read from half a second before
# and drop that much, or read the whole and cut it then.
#
# soundfile 0.14.0 with libsndfile 1.2.2, numpy 2.4.6, ffmpeg 9.0.2 with LAME (imageio-ffmpeg 0.8.1) (pip); half a
# minute.
# Seen, wrong of 50 pieces at 44.1 kHz: 32 kbit/s 50, 40 50, 48 34, 56 15, 64 0; half a second earlier none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check soundfile==0.14.0 numpy==2.4.6 imageio-ffmpeg==0.8.1

cat > try.py <<'PY'
import subprocess
import sys

import imageio_ffmpeg
import numpy as np
import soundfile

# hertz, kbit/s, of 50 pieces how many are wrong, and for how many ms at most they are silent and wrong
CASES = (
    (44_100, 32, 50, 70, 82), (44_100, 40, 50, 30, 43), (44_100, 48, 34, 4, 16), (44_100, 56, 15, 3, 16),
    (44_100, 64, 0, 0, 0), (48_000, 48, 39, 11, 23), (24_000, 48, 0, 0, 0),
)  # fmt: skip
changed = False
for rate, bits, *expected in CASES:
    tone = ["-f", "lavfi", "-i", f"sine=300:d=60:sample_rate={rate}", "-ac", "1", "-b:a", f"{bits}k"]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", *tone, "tone.mp3"], check=True)
    whole, _ = soundfile.read("tone.mp3")
    changed |= len(whole) != 60 * rate
    silent, wrong, early = [], [], 0
    for second in range(5, 55):
        start, half = int((second + 0.37) * rate), rate // 2
        right = whole[start : start + half]
        piece, _ = soundfile.read("tone.mp3", start=start, frames=half)
        silent.append(np.flatnonzero(np.abs(piece) > 1e-3)[0] / rate * 1000)
        wrong.append((np.flatnonzero(np.abs(piece - right) > 0.01).max(initial=-1) + 1) / rate * 1000)
        longer, _ = soundfile.read("tone.mp3", start=start - half, frames=2 * half)
        early += bool(np.abs(longer[half:] - right).max() > 0.01)
    seen = [sum(ms > 0 for ms in wrong), round(max(silent)), round(max(wrong))]
    print(
        f"{rate} Hz, {bits} kbit/s: {seen[0]} of 50 pieces are wrong, silent for up to {seen[1]} ms, wrong for up to"
        f" {seen[2]} ms; read from half a second earlier, {early}"
    )
    changed |= early > 0 or any(abs(a - b) > 2 for a, b in zip(seen, expected, strict=True))
if changed:
    sys.exit("CHANGED: other pieces than were seen")
PY
venv/bin/python try.py 2> grumble.txt || { tail -n 1 grumble.txt; exit 1; }
