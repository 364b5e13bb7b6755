"""Compose the built-in sounds: `python -m podcast.sound.jingle.make_jingle` writes intro.flac and outro.flac.

A vibraphone plays a five-note motif over an electric piano, a pad and a soft pulse, in D major at 100 beats
a minute. All of it is sums of sines; nothing is drawn at random. Times are seconds, pitches MIDI numbers.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64]
Notes = tuple[tuple[float, int, float], ...]
"""(start, pitch, loudness from 0 to 1), in order."""
Chords = tuple[tuple[float, float, tuple[int, ...]], ...]
"""(start, end, pitches), in order."""

SAMPLE_RATE = 44_100
PEAK = 10 ** (-6 / 20)
"""−6 dBFS: the mix sets the level, and an encoder needs room."""
BEAT = 0.6

INTRO_SECONDS = 7.0
INTRO_MOTIF: Notes = (
    *((0.0, 69, 0.70), (0.3, 74, 0.75), (0.6, 76, 0.80), (0.9, 78, 0.85), (1.2, 81, 1.00)),
    *((1.8, 78, 0.70), (2.1, 76, 0.75), (2.4, 71, 0.70), (2.7, 73, 0.75), (3.0, 74, 0.95)),
    *((3.6, 81, 0.26), (4.2, 76, 0.22), (4.8, 78, 0.16), (5.4, 74, 0.10)),
)
INTRO_PIANO: Notes = (
    *((0.0, 50, 0.75), (0.0, 57, 0.55), (0.0, 66, 0.45), (0.6, 61, 0.35)),
    *((1.2, 43, 0.75), (1.2, 59, 0.55), (1.2, 66, 0.45), (1.8, 62, 0.35)),
    *((2.4, 45, 0.70), (2.4, 57, 0.50), (2.4, 64, 0.45)),
    *((3.0, 38, 0.75), (3.0, 57, 0.55), (3.0, 61, 0.40), (3.0, 66, 0.50), (4.2, 57, 0.22), (4.8, 64, 0.16)),
)
INTRO_PAD: Chords = (
    (0.0, 1.2, (50, 57, 61, 66)),
    (1.2, 2.4, (55, 59, 62, 66)),
    (2.4, 3.0, (57, 61, 64, 71)),
    (3.0, 7.0, (50, 57, 61, 64, 66)),
)
INTRO_PULSE: Notes = tuple(
    (beat * BEAT, 38, loudness) for beat, loudness in enumerate((0.9, 0.6, 0.9, 0.6, 0.9, 0.9, 0.4, 0.3, 0.2))
)

OUTRO_SECONDS = 6.0
OUTRO_MOTIF: Notes = (
    *((0.3, 66, 0.16), (0.6, 69, 0.20), (0.9, 74, 0.24), (1.2, 71, 0.32), (1.5, 73, 0.40), (1.8, 76, 0.50)),
    *((2.1, 78, 0.62), (2.4, 81, 0.95), (2.7, 78, 0.55), (3.0, 76, 0.50), (3.3, 74, 0.85), (3.6, 86, 0.30)),
)
OUTRO_PIANO: Notes = (
    *((0.0, 55, 0.18), (0.0, 62, 0.16), (1.2, 45, 0.38), (1.2, 57, 0.30), (1.2, 64, 0.30)),
    *((2.4, 38, 0.75), (2.46, 50, 0.50), (2.52, 57, 0.50), (2.58, 61, 0.40), (2.64, 66, 0.50)),
    *((3.3, 50, 0.40), (3.3, 57, 0.40), (3.3, 66, 0.40)),
)
OUTRO_PAD: Chords = (
    (0.0, 1.2, (55, 59, 62, 66)),
    (1.2, 2.4, (57, 61, 64, 71)),
    (2.4, 6.0, (50, 57, 61, 66, 69)),
)
OUTRO_PULSE: Notes = tuple(
    (beat * BEAT, 38, loudness) for beat, loudness in enumerate((0.15, 0.25, 0.35, 0.45, 0.9, 0.5, 0.35, 0.2))
)


def hertz(pitch: int) -> float:
    """Return the frequency of a MIDI pitch in equal temperament; 69 is 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69) / 12))


def wave(frequency: float, t: Samples) -> Samples:
    return np.asarray(np.sin(2 * np.pi * frequency * t))


def mallet(pitch: int, loudness: float, t: Samples) -> Samples:
    """A vibraphone bar: its tuned overtone is two octaves up, and its upper ones die first."""
    f = hertz(pitch)
    body = np.exp(-2.6 * t) * wave(f, t) + 0.30 * np.exp(-6.0 * t) * wave(4 * f, t)
    return np.asarray(body + 0.06 * loudness * np.exp(-28.0 * t) * wave(9.2 * f, t))


def piano(pitch: int, loudness: float, t: Samples) -> Samples:
    """An electric piano: frequency modulation that mellows, brighter when struck harder."""
    f = hertz(pitch)
    index = (0.6 + 1.2 * loudness) * np.exp(-2.8 * t)
    body = np.sin(2 * np.pi * f * t + index * wave(f, t)) + 0.08 * np.exp(-9.0 * t) * wave(7 * f, t)
    return np.asarray(np.exp(-1.5 * t) * body)


def pulse(pitch: int, loudness: float, t: Samples) -> Samples:
    """A felt drum: a low sine that falls a fifth in its first instants."""
    phase = 2 * np.pi * hertz(pitch) * (t + 0.5 * 0.02 * (1 - np.exp(-t / 0.02)))
    return np.asarray(np.exp(-7.0 * t) * np.sin(phase))


def pad(chords: Chords, seconds: float) -> Samples:
    """Play each chord as threes of slightly detuned soft tones that swell in and flow into the next chord."""
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    out = np.zeros_like(t)
    for start, end, pitches in chords:
        rise = 0.5 - 0.5 * np.cos(np.pi * np.clip((t - start) / 0.5, 0, 1))
        fall = 0.5 + 0.5 * np.cos(np.pi * np.clip((t - end) / 0.5, 0, 1))
        for pitch in pitches:
            for detune in (0.9982, 1.0, 1.0021):
                f = hertz(pitch) * detune
                tone = sum((wave(k * f, t) / k**2.2 for k in range(1, 6)), np.zeros_like(t))
                out += rise * fall * tone / len(pitches)
    return out


def play(notes: Notes, instrument: str, seconds: float) -> Samples:
    """Return the part of one instrument; every note begins with a rise of 3 ms, so none clicks."""
    strike = {"mallet": mallet, "piano": piano, "pulse": pulse}[instrument]
    out = np.zeros(round(seconds * SAMPLE_RATE))
    for start, pitch, loudness in notes:
        first = round(start * SAMPLE_RATE)
        t = np.arange(out.size - first) / SAMPLE_RATE
        out[first:] += loudness * np.clip(t / 0.003, 0, 1) * strike(pitch, loudness, t)
    return out


def reverberate(dry: Samples) -> Samples:
    """Return the sound of a small hall: four feedback combs, then two all-passes (Schroeder, 1962)."""
    wet = np.zeros_like(dry)
    for delay in (1687, 1601, 2053, 2251):
        gain = 10 ** (-3 * delay / SAMPLE_RATE / 1.4)  # 60 dB down after 1.4 s
        comb = dry.copy()
        for at in range(delay, comb.size, delay):
            block = comb[at : at + delay]
            block += gain * comb[at - delay : at - delay + block.size]
        wet += comb / 4
    for delay in (347, 113):
        line = wet.copy()  # line[n] = wet[n] + 0.7 line[n - delay]
        for at in range(delay, line.size, delay):
            block = line[at : at + delay]
            block += 0.7 * line[at - delay : at - delay + block.size]
        wet = -0.7 * line
        wet[delay:] += (1 - 0.7**2) * np.asarray(line[:-delay])
    return wet


def filtered(samples: Samples, low: float, high: float) -> Samples:
    """Return the samples without what lies below `low` Hz (and so without DC), and soft above `high` Hz."""
    spectrum = np.fft.rfft(samples, 2 * samples.size)
    f = np.fft.rfftfreq(2 * samples.size, 1 / SAMPLE_RATE)
    gain = (f / low) ** 4 / (1 + (f / low) ** 4) / (1 + (f / high) ** 4)
    return np.fft.irfft(spectrum * gain, 2 * samples.size)[: samples.size]


def compose(
    motif: Notes, keys: Notes, chords: Chords, drum: Notes, seconds: float, swell: float, ring: float
) -> Samples:
    """Mix the parts: the pad swells in over `swell` seconds, and all fades to silence in the last `ring`."""
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tuned = 0.55 * play(motif, "mallet", seconds) + 0.30 * play(keys, "piano", seconds)
    bed = 0.40 * filtered(pad(chords, seconds), 60, 2000) * np.clip(t / swell, 0, 1)
    dry = tuned + bed + 0.42 * play(drum, "pulse", seconds)
    mixed = filtered(dry + 0.22 * reverberate(filtered(tuned + 0.6 * bed, 200, 3500)), 35, 7500)
    fade = 0.5 - 0.5 * np.cos(np.pi * np.clip((seconds - t) / ring, 0, 1))
    mixed *= fade * np.clip(t / 0.004, 0, 1)
    return np.asarray(PEAK * mixed / np.abs(mixed).max())


def intro() -> Samples:
    """Three seconds of motif, then a bed of four that the first words are spoken over."""
    return compose(INTRO_MOTIF, INTRO_PIANO, INTRO_PAD, INTRO_PULSE, INTRO_SECONDS, swell=0.4, ring=3.0)


def outro() -> Samples:
    """A soft beginning under the last words, then the motif comes home and rings out."""
    return compose(OUTRO_MOTIF, OUTRO_PIANO, OUTRO_PAD, OUTRO_PULSE, OUTRO_SECONDS, swell=1.2, ring=2.4)


def main(folder: Path = Path(__file__).parent) -> None:
    """Write both sounds beside this file: mono, 44,100 Hz, 16 bit."""
    import soundfile

    for name, samples in {"intro": intro(), "outro": outro()}.items():
        soundfile.write(folder / f"{name}.flac", samples, SAMPLE_RATE, subtype="PCM_16")


if __name__ == "__main__":
    main()
