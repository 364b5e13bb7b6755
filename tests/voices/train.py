"""Train the small voice that the tests speak with: two speakers, letters in, mel spectra out; half an hour of CPU.

    nice python tests/voices/train.py [FOLDER] [--sentences 1200] [--minutes 20]

Needs the extra `coqui` and the program `flite`. Flite speaks the sentences of grammar.py as slt and as rms and prints
when each phone ends; an alignment of letters to phones (EM over the corpus) turns that into a length for every
letter, so that learning is plain regression and nothing has to be searched. The model is Coqui's ForwardTTS, its sound
comes from Coqui's Griffin-Lim. `small/model.pth` and `small/config.json` are written, the weights as float16.
"""

import argparse
import ctypes
import functools
import json
import logging
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import soundfile
import torch
from grammar import sentences
from numpy.typing import NDArray
from TTS.config.shared_configs import BaseAudioConfig
from TTS.tts.configs.speedy_speech_config import SpeedySpeechConfig
from TTS.tts.models.forward_tts import ForwardTTS
from TTS.utils.audio import AudioProcessor

log = logging.getLogger("train")

HERE = Path(__file__).parent
SPEAKERS = ("slt", "rms")
RATE, HOP = 16_000, 256
CHANNELS, INNER = 96, 192
"""Width of the transformer and of its inner layers: 0.84 million weights, 2.7 MB with the table of positions."""
MOST_LETTERS = 2
"""Phones that one letter may stand for: x is k and s."""
RATE_OF_LEARNING = 1.5e-3
FRAMES_A_BATCH = 3_000
STACK = {"hidden_channels_ffn": INNER, "num_heads": 2, "dropout_p": 0.05}

CONFIG = {
    "model": "speedy_speech",
    "base_model": "forward_tts",
    "text_cleaner": "basic_cleaners",  # small letters; numbers and signs are put in words before
    "use_phonemes": False,
    "add_blank": False,
    "use_speaker_embedding": True,
    "speakers": list(SPEAKERS),
    "languages": ["en"],
    "datasets": [],
    "characters": {
        "characters_class": "TTS.tts.utils.text.characters.Graphemes",
        "pad": "_", "eos": "~", "bos": "^", "blank": "@",
        "characters": "abcdefghijklmnopqrstuvwxyz",
        "punctuations": "!'(),-.:;? ",
        "is_unique": True, "is_sorted": True,
    },
    "audio": {
        "sample_rate": RATE, "hop_length": HOP, "win_length": 1024, "fft_size": 1024, "num_mels": 80,
        "do_trim_silence": False,
        "power": 1.2,  # clearer than Coqui's 1.5: some 0.05 less word error for slt
        "griffin_lim_iters": 30,  # 60 are no clearer
    },
    "model_args": {
        "num_chars": 41, "out_channels": 80, "hidden_channels": CHANNELS,
        "use_aligner": False, "use_pitch": False, "use_energy": False, "use_speaker_embedding": True,
        "duration_predictor_hidden_channels": 128, "detach_duration_predictor": False, "positional_encoding": True,
        "encoder_type": "fftransformer", "encoder_params": {**STACK, "num_layers": 2},
        "decoder_type": "fftransformer", "decoder_params": {**STACK, "num_layers": 3},
    },
}  # fmt: skip


@dataclass(frozen=True)
class Utterance:
    """A sentence as a speaker said it: its phones, each with the second at which it ends, and 80 mels a frame."""

    text: str
    speaker: str
    phones: tuple[tuple[str, float], ...]
    mel: NDArray[np.float16]


@dataclass(frozen=True)
class Lesson:
    """What the model learns from: symbols, how many frames each lasts, and the frames."""

    ids: torch.Tensor
    speaker: int
    frames: torch.Tensor
    mel: torch.Tensor


def main(folder: Path, count: int, minutes: float) -> None:
    """Write model.pth and config.json into the folder."""
    # glibc would give every large block back and fetch it again: half the time
    ctypes.CDLL(None).mallopt(-3, 1 << 30)
    ctypes.CDLL(None).mallopt(-1, (1 << 31) - 1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    jobs = [(text, speaker) for text in sentences(count) for speaker in SPEAKERS]
    with Pool(2) as pool:
        spoken = list(pool.imap(speak, jobs, chunksize=20))
    hours = sum(len(one.mel) for one in spoken) * HOP / RATE / 3600
    log.info("%d utterances, %.2f hours", len(spoken), hours)
    torch.set_num_threads(1)  # a second thread doubles the CPU seconds and saves none of ours
    torch.manual_seed(0)
    random.seed(0)
    config = SpeedySpeechConfig()
    config.load_json(str(folder / "config.json"))
    model = ForwardTTS(config)
    learn(model, lessons(model, spoken), minutes)
    weights = {name: value.half() if value.is_floating_point() else value for name, value in model.state_dict().items()}
    torch.save({"model": weights}, folder / "model.pth")


def speak(job: tuple[str, str]) -> Utterance:
    """Return what flite makes of the sentence, without the silence around it."""
    text, speaker = job
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder, "sound.wav")
        told = subprocess.run(
            ["flite", "-voice", speaker, "-psdur", "-t", text, "-o", str(sound)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        samples, _ = soundfile.read(sound, dtype="float32")
    phones = [(name, float(end)) for name, end in (phone.split(":") for phone in told.split())]
    start = max(0.0, phones[0][1] - 0.03) if phones[0][0] == "pau" else 0.0
    end = phones[-2][1] + 0.08 if phones[-1][0] == "pau" else phones[-1][1]
    heard = tuple((name, min(at, end) - start) for name, at in phones if at - start > 0.031 or name != "pau")
    mel = _ears().melspectrogram(samples[int(start * RATE) : int(end * RATE)])
    return Utterance(text, speaker, heard, mel.T.astype(np.float16))


@functools.cache
def _ears() -> AudioProcessor:
    torch.set_num_threads(1)
    return AudioProcessor(BaseAudioConfig(**CONFIG["audio"]))  # type: ignore[arg-type]


def lessons(model: ForwardTTS, spoken: Sequence[Utterance]) -> list[Lesson]:
    """Return the utterances with a length for every letter; those that cannot be aligned are left."""
    learnt = []
    for one, shares in zip(spoken, align(spoken), strict=True):
        ids = model.tokenizer.text_to_ids(one.text)
        if shares is None or len(ids) != len(one.text) or len(one.mel) < len(ids) + 2:
            continue
        ends, phone = [], 0
        for share in shares:
            phone += share
            ends.append(round(one.phones[phone - 1][1] * RATE / HOP) if phone else 0)
        ends[-1] = len(one.mel)
        for index in range(len(ends)):  # every letter has a frame of its own
            ends[index] = max(ends[index], (ends[index - 1] if index else 0) + 1)
        for index in reversed(range(len(ends))):
            ends[index] = min(ends[index], len(one.mel) - (len(ends) - 1 - index))
        frames = np.diff([0, *ends]).astype(np.float32)
        mel = torch.from_numpy(one.mel.astype(np.float32))
        learnt.append(Lesson(torch.tensor(ids), SPEAKERS.index(one.speaker), torch.from_numpy(frames), mel))
    return learnt


def align(spoken: Sequence[Utterance], rounds: int = 6) -> list[list[int] | None]:
    """Return for each utterance how many phones each of its letters stands for; EM over all, best paths only."""
    letters = {letter: index for index, letter in enumerate(sorted({each for one in spoken for each in one.text}))}
    phones = {phone: index for index, phone in enumerate(sorted({name for one in spoken for name, _ in one.phones}))}
    silence = phones["pau"]
    sounding = np.array([letter.isalpha() or letter == "'" for letter in letters])
    pairs = [
        (np.array([letters[each] for each in one.text]), np.array([phones[name] for name, _ in one.phones]))
        for one in spoken
    ]
    together = np.full((len(letters), len(phones)), 0.01)
    for text, heard in pairs[:600]:  # to begin with, what stands at about the same place belongs together
        near = np.abs(np.linspace(0, 1, len(text))[:, None] - np.linspace(0, 1, len(heard))[None]) * len(text) / 2
        for index, letter in enumerate(text):
            np.add.at(together[letter], heard, np.exp(-near[index]))
    shares = np.tile([0.2, 0.75, 0.05], (len(letters), 1))
    paths: list[list[int] | None] = []
    for number in range(rounds):
        together[np.ix_(sounding, [silence])] = 1e-9
        together[~sounding] = 1e-9
        together[~sounding, silence] = 1.0
        shares[~sounding] = [0.8, 0.2, 1e-9]
        sounds = np.log(together / together.sum(1, keepdims=True))
        counts = np.log(shares / shares.sum(1, keepdims=True))
        together, shares = np.full_like(together, 0.05), np.full_like(shares, 0.5)
        some = pairs if number == rounds - 1 else pairs[:800]
        paths = [_best_path(text, heard, sounds, counts) for text, heard in some]
        for (text, heard), path in zip(some, paths, strict=True):
            phone = 0
            for letter, share in zip(text, path or (), strict=path is not None):
                shares[letter, share] += 1
                together[letter, heard[phone : phone + share]] += 1
                phone += share
    log.info("aligned; %d of %d could not be", sum(path is None for path in paths), len(paths))
    return paths


def _best_path(
    text: NDArray[np.int_], heard: NDArray[np.int_], sounds: NDArray[np.float64], counts: NDArray[np.float64]
) -> list[int] | None:
    """Return how many phones (0 to `MOST_LETTERS`) each letter takes on the likeliest path, or None."""
    score = np.full(len(heard) + 1, -np.inf)
    score[0] = 0.0
    choices = np.zeros((len(text), len(heard) + 1), np.int8)
    for index, letter in enumerate(text):
        run = np.concatenate([[0.0], np.cumsum(sounds[letter, heard])])
        reached = np.full((MOST_LETTERS + 1, len(score)), -np.inf)
        for share in range(MOST_LETTERS + 1):
            stop = len(score) - share
            reached[share, share:] = score[:stop] + counts[letter, share] + run[share:] - run[:stop]
        choices[index] = reached.argmax(0)
        score = reached.max(0)
    if not np.isfinite(score[-1]):
        return None
    path, at = [], len(heard)
    for index in reversed(range(len(text))):
        path.append(int(choices[index, at]))
        at -= path[-1]
    return path[::-1]


def learn(model: ForwardTTS, learnt: list[Lesson], minutes: float) -> None:
    """Fit the model for that long: L1 on the mels, squared error on the logarithm of the lengths."""
    random.shuffle(learnt)
    held, learnt = learnt[:24], learnt[24:]
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE_OF_LEARNING, betas=(0.9, 0.98), weight_decay=1e-4)
    start, step, recent = time.monotonic(), 0, []
    while (done := (time.monotonic() - start) / 60 / minutes) < 1:
        for batch in _batches(learnt):
            done = min(1.0, (time.monotonic() - start) / 60 / minutes)
            rate = RATE_OF_LEARNING * min(1, (step + 1) / 100) * (0.485 * (1 + math.cos(math.pi * done)) + 0.03)
            for group in optimizer.param_groups:
                group["lr"] = rate
            model.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                mel, length = _losses(model, batch)
            optimizer.zero_grad()
            (mel + length).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            recent.append((mel.item(), length.item()))
            if step % 50 == 0:
                log.info("step %d, %.0f %%: mel %.3f, length %.3f", step, 100 * done, *np.mean(recent[-50:], axis=0))
            if done >= 1:
                break
    model.eval()
    with torch.no_grad():
        mel, length = _losses(model, held)
    log.info("%d steps; held out: mel %.3f, length %.3f", step, mel.item(), length.item())


def _batches(learnt: Sequence[Lesson]) -> Iterator[list[Lesson]]:
    """Yield all lessons once, in batches of like length and at most `FRAMES_A_BATCH` padded frames."""
    order, batches = random.sample(learnt, len(learnt)), []
    for at in range(0, len(order), 200):
        batch: list[Lesson] = []
        for one in sorted(order[at : at + 200], key=lambda lesson: len(lesson.mel)):
            if batch and len(one.mel) * (len(batch) + 1) > FRAMES_A_BATCH:
                batches.append(batch)
                batch = []
            batch.append(one)
        batches.append(batch)
    random.shuffle(batches)
    yield from batches


def _losses(model: ForwardTTS, batch: Sequence[Lesson]) -> tuple[torch.Tensor, torch.Tensor]:
    def padded(parts: list[torch.Tensor]) -> torch.Tensor:
        return torch.nn.utils.rnn.pad_sequence(parts, batch_first=True)

    ids, frames, mels = (padded([getattr(one, part) for one in batch]) for part in ("ids", "frames", "mel"))
    sizes, lengths = (torch.tensor([len(getattr(one, part)) for one in batch]) for part in ("ids", "mel"))
    speakers = torch.tensor([one.speaker for one in batch])
    out = model.forward(ids, sizes, lengths, y=mels, dr=frames, aux_input={"d_vectors": None, "speaker_ids": speakers})
    shown, read = out["y_mask"].transpose(1, 2), out["x_mask"].squeeze(1)
    mel = ((out["model_outputs"] - mels).abs() * shown).sum() / (shown.sum() * mels.shape[2])
    length = ((out["durations_log"] - torch.log(frames + 1)) ** 2 * read).sum() / read.sum()
    return mel, length


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=HERE / "small")
    parser.add_argument("--sentences", type=int, default=1200)
    parser.add_argument("--minutes", type=float, default=20.0)
    said = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("TTS").setLevel(logging.ERROR)
    main(said.folder, said.sentences, said.minutes)
