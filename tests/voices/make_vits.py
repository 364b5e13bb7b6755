"""Make a VITS that says nothing, in two voices: the default model's architecture with seeded random weights.

    python tests/voices/make_vits.py FOLDER [--full]

What it speaks is noise, but every part of the true model is in the way: characters, speakers, durations, flow, decoder.
Small by default (1.9 million weights, 8 MB); `--full` has the default model's widths (40 million) and its 109 speakers.
"""

import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SMALL = {
    "hidden_channels": 32, "hidden_channels_ffn_text_encoder": 64, "num_heads_text_encoder": 2,
    "num_layers_text_encoder": 2, "num_layers_posterior_encoder": 2, "num_layers_flow": 2,
    "upsample_initial_channel_decoder": 64,
}  # fmt: skip


def make(
    folder: Path, full: bool = False, phonemes: bool = False, speakers: Sequence[str] = ("p0", "p1")
) -> Path:  # fmt: skip
    """Write model.pth and config.json into the folder, and return the checkpoint's path; the same bytes each time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from TTS.tts.configs.vits_config import VitsConfig
        from TTS.tts.models.vits import Vits

        config: dict[str, Any] = {
            "model": "vits",
            "audio": {"sample_rate": 22_050},
            "speakers": list(speakers),
            "use_phonemes": phonemes,
            "phonemizer": "espeak" if phonemes else None,
            "phoneme_language": "en-us",
            "text_cleaner": "basic_cleaners",
            "add_blank": True,
            "datasets": [],
            "model_args": {
                **({} if full else SMALL),
                "use_speaker_embedding": True,
                "num_speakers": len(speakers),
                "init_discriminator": False,
                "length_scale": 2.6,  # random durations are short: with this a letter takes about as long as in speech
            },
        }
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        read = VitsConfig()
        read.load_json(str(folder / "config.json"))
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            model = Vits(read)
            with torch.no_grad():
                for name, weight in model.named_parameters():
                    # what training begins with at zero would make flow and decoder do nothing
                    if not weight.any() and "duration_predictor" not in name:
                        weight.copy_(0.05 * torch.randn(weight.shape))
                model.waveform_decoder.conv_post.weight.mul_(100)  # loud enough to be no silence
        torch.save({"model": model.state_dict()}, folder / "model.pth")
    return folder / "model.pth"


if __name__ == "__main__":
    everybody = [f"p{number}" for number in range(109)]
    full = "--full" in sys.argv
    make(Path(sys.argv[1]), full, speakers=everybody if full else everybody[:2])
