"""How fast Coqui's VITS speaks: one line after the other against padded batches, on each device there is.

    python bench/synthesize.py [--full] [LINES]        default: 24 lines, and a small model

The model has random weights and the default model's architecture (tests/voices/make_vits.py): it speaks noise at the
true cost. `--full` gives it the default model's widths too. Real-time factor is seconds of work per second of sound:
under 1 is faster than listening. CPU seconds are those of all threads. Best of three, in turn.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed


def main(count: int, full: bool) -> None:
    """Print a row a device: both real-time factors, both costs in CPU, and how many times faster the batches are."""
    import torch
    from voices.grammar import sentences
    from voices.make_vits import make

    said = iter(sentences(4 * count))  # of 63 letters; a line of an episode has one to three
    texts = [" ".join(next(said) for _ in range(1 + index % 3)) for index in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        model = make(Path(folder), full)
        print(f"{'the full-size' if full else 'a small'} VITS, {count} lines, {torch.get_num_threads()} threads")
        print("device   minutes | single RTF  CPU/s | batched RTF  CPU/s | batched is | differs by")
        for device in ("cpu", *(("cuda",) if torch.cuda.is_available() else ())):
            print(row(device, model, texts), flush=True)


def row(device: str, model: Path, texts: list[str]) -> str:
    """Return the table's row of the device."""
    from podcast.show.schema import Voice
    from podcast.synthesizers import coqui

    voice = Voice(name="bench", synthesizer="coqui", model=str(model), speaker="p0", licence="CC0-1.0")
    with mock.patch.object(coqui, "_device", return_value=device):
        coqui._load.cache_clear()
        best: dict[bool, tuple[float, float]] = {}
        sounds: dict[bool, list[np.ndarray]] = {}
        list(coqui.Coqui(True).synthesize(texts, voice, range(len(texts))))  # loaded, and warm
        for batches in (False, True) * 3:
            wall, cpu = time.perf_counter(), _cpu()
            spoken = list(coqui.Coqui(batches).synthesize(texts, voice, range(len(texts))))
            took = time.perf_counter() - wall, _cpu() - cpu
            best[batches] = min(best.get(batches, took), took)
            sounds[batches] = [one.samples for one in spoken]
    seconds = sum(len(sound) for sound in sounds[False]) / spoken[0].sample_rate
    apart = max(
        float(np.abs(one - two).max() / np.abs(one).max()) if len(one) == len(two) else float("inf")
        for one, two in zip(sounds[False], sounds[True], strict=True)
    )
    (single, single_cpu), (batched, batched_cpu) = best[False], best[True]
    return (
        f"{device:<8} {seconds / 60:>7.1f} | {single / seconds:>10.4f} {single_cpu / seconds:>6.2f} | "
        f"{batched / seconds:>11.4f} {batched_cpu / seconds:>6.2f} | {single / batched:>5.2f}x     | {apart:.0e}"
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(numbers[0] if numbers else 24, "--full" in sys.argv)
