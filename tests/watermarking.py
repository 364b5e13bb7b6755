"""A watermarker of the tests' own: a quiet tone that no voice here has, found where it stands over its surroundings."""

import math
from pathlib import Path

import numpy as np

from podcast.sound.audio import Waveform

HERTZ = 6100.0


class QuietTone:
    """Adds a tone of -56 dB; each marked sound leaves a line in the file `MARKED`, where a test has named one."""

    version = "1"
    MARKED: Path | None = None

    def mark(self, sound: Waveform) -> Waveform:
        if self.MARKED:
            with self.MARKED.open("a") as file:
                file.write(f"{len(sound.samples)}\n")
        time = np.arange(len(sound.samples)) / sound.sample_rate
        tone = 0.0016 * np.sin(2 * np.pi * HERTZ * time)
        return Waveform((sound.samples + tone).astype(np.float32), sound.sample_rate)

    def confidence(self, sound: Waveform) -> float:
        power = np.abs(np.fft.rfft(sound.samples * np.hanning(len(sound.samples)))) ** 2
        if not power.any():
            return math.nan
        hertz = np.fft.rfftfreq(len(sound.samples), 1 / sound.sample_rate)
        near, around = np.abs(hertz - HERTZ) < 3, np.abs(hertz - HERTZ) < 100
        return float(np.clip(10 * np.log10(power[near].max() / np.median(power[around & ~near])) / 40, 0, 1))
