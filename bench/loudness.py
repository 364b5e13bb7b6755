"""How near the decoded MP3 comes to the loudness that is wanted, and its true peak, for each engine's two voices.

    python bench/loudness.py [ENGINE …] [--lines N]

Engines are those of bench/record.py but for hibari+ear. N lines (24; half as many by Kokoro) of tests/faults.py are
said by two hosts in turn, and mixed as an episode is, music and all, at -14, -16 and -19 LUFS. The MP3 is decoded and
heard by ffmpeg's ebur128: LUFS off what was wanted, and dBTP.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from record import VOICES, lines_of, paper_in

from podcast.recording import record
from podcast.show import packaged
from podcast.show.settings import MixSettings
from podcast.sound import ffmpeg, mix

TARGETS = (-14.0, -16.0, -19.0)


def main(engines: Sequence[str], count: int) -> None:
    """Print a row an engine."""
    import faults

    print(f"{'engine':<8} | minutes | " + " | ".join(f"{target:.0f} LUFS: off, dBTP" for target in TARGETS))
    for engine in engines:
        texts = faults.lines(count // 2 if engine == "kokoro" else count, 9)
        with tempfile.TemporaryDirectory() as folder:
            script, wanted = lines_of(engine, texts)
            made = {take.key: take for take in record.record(wanted, paper_in(folder, 1))}
            takes = [made[order.key] for order in wanted]
            row, minutes = [], 0.0
            for target in TARGETS:
                settings = MixSettings(loudness=target, turns="talk")
                jingle = packaged.folder("sound", "jingle")
                timeline = mix.plan(script.lines, takes, settings, jingle / "intro.flac", jingle / "outro.flac")
                mix.render(timeline, Path(folder, "episode.mp3"), settings)
                level, peak = heard(Path(folder, "episode.mp3"))
                row.append(f"{level - target:+.2f}, {peak:.1f}")
                minutes = timeline.duration / 60
        print(f"{engine:<8} | {minutes:>7.1f} | " + " | ".join(f"{each:>19}" for each in row), flush=True)


def heard(mp3: Path) -> tuple[float, float]:
    """Return LUFS, to a tenth as ffmpeg has it, and dBTP of the decoded file."""
    command = [ffmpeg.find(), "-hide_banner", "-nostats", "-i", str(mp3), "-map", "0:a"]
    command += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    told = told[told.rindex("Summary:") :]
    level, peak = (re.search(what, told) for what in (r"I:\s+(-?[\d.]+)", r"Peak:\s+(-?[\d.]+)"))
    assert level
    assert peak
    return float(level[1]), float(peak[1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("engines", nargs="*", default=[name for name in VOICES if "+" not in name])
    parser.add_argument("--lines", type=int, default=24)
    options = parser.parse_args()
    sys.exit(main(options.engines, options.lines))
