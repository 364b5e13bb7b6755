"""VITS, a batch of lines at a time: what Coqui's `Vits.inference` does, with every line as if it were alone.

Coqui's own batches are not those of single lines: its noise comes from one generator for all, and near the end of
a shorter line the decoder hears the padding after it. Here each line draws its noise from a generator of its own,
and each is followed by silence in the latents, alone or not: so a line's sound depends on nothing but the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from podcast.sound.audio import Samples

_TAIL = 16
"""Latent frames of silence after the longest line. The decoder hears 12.7 frames in each direction (measured by an
impulse through the default model's decoder)."""


@dataclass(frozen=True)
class Part:
    """A line for the model: its symbols, the number of its speaker (None where there is one), and its seed."""

    symbols: Sequence[int]
    speaker: int | None
    seed: int


@dataclass(frozen=True)
class Manner:
    """How freely the model speaks."""

    variation: float
    """Standard deviation of the noise in the sound; Coqui's default is 0.667."""
    rhythm: float
    """Standard deviation of the noise in the lengths of sounds; Coqui's default is 1.0."""
    pace: float
    """Speed, relative to the model's own."""


def fits(model: Any) -> bool:
    """Return whether this is a VITS whose speakers are a table and whose language is one."""
    from TTS.tts.models.vits import Vits

    if not isinstance(model, Vits):
        return False
    return not model.args.use_d_vector_file and not model.args.use_language_embedding


def speak(model: Any, parts: Sequence[Part], manner: Manner) -> list[Samples]:
    """Return the sound of each part, in order, at the model's rate; the same alone as in any batch, but for rounding.

    Rounding differs by 1e-6 of the peak, or less. Memory grows with the longest part times the number of parts.
    """
    import torch
    from TTS.tts.utils.helpers import generate_path, sequence_mask

    device = next(model.parameters()).device
    lengths = torch.tensor([len(part.symbols) for part in parts], device=device)
    symbols = torch.zeros(len(parts), int(lengths.max()), dtype=torch.long, device=device)
    for row, part in zip(symbols, parts, strict=True):
        row[: len(part.symbols)] = torch.tensor(part.symbols, device=device)
    speakers = [part.speaker for part in parts if part.speaker is not None]
    noises = [torch.Generator().manual_seed(part.seed) for part in parts]

    with torch.inference_mode():
        who = None
        if len(speakers) == len(parts) and model.args.use_speaker_embedding:
            who = model.emb_g(torch.tensor(speakers, device=device)).unsqueeze(-1)
        heard, means, deviations, mask = model.text_encoder(symbols, lengths, lang_emb=None)
        frames = torch.ceil(_frames(model, heard, mask, who, noises, lengths, manner) * mask)
        totals = torch.clamp_min(frames.sum((1, 2)), 1).long()
        shown = sequence_mask(totals, None).to(mask.dtype).unsqueeze(1)
        path = generate_path(frames.squeeze(1), (mask * shown.transpose(1, 2)).squeeze(1).transpose(1, 2))
        means, deviations = (torch.matmul(each, path) for each in (means, deviations))
        noise = _noise(noises, totals, means.shape[1], device)
        latents = model.flow(means + noise * torch.exp(deviations) * manner.variation, shown, g=who, reverse=True)
        latents, _, _, shown = model.upsampling_z(latents, y_lengths=totals, y_mask=shown)
        still = torch.nn.functional.pad(latents * shown, (0, _TAIL))
        sounds = model.waveform_decoder(still, g=who)[:, 0].float().cpu().numpy()
        ends = (shown.sum((1, 2)) * (sounds.shape[1] // still.shape[2])).long().tolist()
    return [np.ascontiguousarray(sound[:end], dtype=np.float32) for sound, end in zip(sounds, ends, strict=True)]


def _frames(model: Any, heard: Any, mask: Any, who: Any, noises: Sequence[Any], lengths: Any, manner: Manner) -> Any:
    """Return how many frames each symbol lasts, [lines, 1, symbols], not yet rounded."""
    import torch

    predictor = model.duration_predictor
    speaker = who if model.args.condition_dp_on_speaker else None
    if not model.args.use_sdp:
        return torch.exp(predictor(heard, mask, g=speaker, lang_emb=None)) * model.length_scale / manner.pace
    # StochasticDurationPredictor.forward(reverse=True), its noise drawn line by line
    heard = predictor.pre(heard)
    if speaker is not None:
        heard = heard + predictor.cond(speaker)
    heard = predictor.proj(predictor.convs(heard, mask)) * mask
    flows = list(reversed(predictor.flows))
    logarithms = _noise(noises, lengths, 2, heard.device) * manner.rhythm
    for flow in [*flows[:-2], flows[-1]]:
        logarithms = flow(torch.flip(logarithms, [1]), mask, g=heard, reverse=True)
    return torch.exp(logarithms[:, :1]) * model.length_scale / manner.pace


def _noise(noises: Sequence[Any], lengths: Any, channels: int, device: Any) -> Any:
    """Return standard normal noise, [lines, channels, longest], each line from its own generator, zero after its end.

    It is drawn on the CPU, so that a line is the same take on every device.
    """
    import torch

    sizes = lengths.tolist()
    drawn = torch.zeros(len(noises), channels, max(sizes))
    for row, generator, size in zip(drawn, noises, sizes, strict=True):
        row[:, :size] = torch.randn(channels, size, generator=generator)
    return drawn.to(device)
