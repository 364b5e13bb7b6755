"""What a recognizer hears of a voice: pocketsphinx, whose model for English comes along with it."""

import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from podcast.sound import audio, ffmpeg

PLAIN = (
    "Welcome to the show, and thank you for being here with us.",
    "Today we read a paper about how machines learn to see.",
    "The problem is old, but the answer is new.",
    "They took a simple idea and made it work on large pictures.",
    "What did the people before them do about it?",
    "Most of them used more data and bigger computers.",
    "It is a little slower at the start, and much faster in the end.",
    "The second part of the story is about money.",
    "How many hours did they need for one run?",
    "They say it took three days on eight machines.",
    "I would like to see what happens when the light is bad.",
    "That is a fair question, and nobody has an answer yet.",
    "The results are better than those of last year.",
    "In the first test, nine out of ten answers were right.",
    "When they remove this part, the model gets worse.",
    "So the small change makes all the difference.",
    "Is there anything that it can not do?",
    "It has trouble with long stories and with small numbers.",
    "We should be careful with what we promise.",
    "Other groups will have to repeat the work.",
    "You can find a link to the paper in the notes.",
    "Thank you for listening, and see you tomorrow.",
)
"""Lines in plain words, all of which the recognizer knows; none is among what the small voice learnt from."""


def word_error(lines: Iterable[tuple[str, audio.Waveform]]) -> float:
    """Return the word error over all lines, each a spoken text and the sound of it: edits per word that was said."""
    edits = words = 0
    for text, sound in lines:
        said = _words(text)
        edits += _edits(said, hear(sound))
        words += len(said)
    return edits / words


def edits_between(said: str, heard: str) -> int:
    """Return how many words of a spoken text are heard otherwise, are missing or too much."""
    one, other = ([word.replace("'", "") for word in _words(text)] for text in (said, heard))
    return _edits(one, other)


def decoded(mp3: Path) -> audio.Waveform:
    """Return the sound of an MP3 at 16 kHz."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        ffmpeg.run("-y", "-i", str(mp3), "-map", "0:a", "-ac", "1", "-ar", "16000", file.name)
        return audio.read(Path(file.name))


def hear(sound: audio.Waveform) -> list[str]:
    """Return the words that are heard."""
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(audio.to_pcm(audio.resample(sound, 16_000)).tobytes(), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return _words(re.sub(r"\(\d\)", "", found.hypstr)) if found else []


@cache
def _decoder() -> Any:
    Decoder = pytest.importorskip("pocketsphinx", reason="pocketsphinx is not installed").Decoder

    # every second frame, and at most 3000 states in each: a third less work, and the same words
    return Decoder(samprate=16_000, loglevel="FATAL", ds=2, maxhmmpf=3_000)


def _words(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", " ", text.lower()).split()


def _edits(said: list[str], heard: list[str]) -> int:
    """Return how many words must be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(said, 1):
        before, row = row, [at]
        for index, other in enumerate(heard, 1):
            row.append(min(before[index] + 1, row[-1] + 1, before[index - 1] + (word != other)))
    return row[-1]
