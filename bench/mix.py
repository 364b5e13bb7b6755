"""What mixing costs beside the floor: finished 44.1 kHz PCM into one ffmpeg with the same encoder settings.

    python bench/mix.py [LINES ...] [--before CHECKOUT]        default: 60 300 1500

CPU is user + system time of the work alone, in seconds, the best of three runs of each side in turn (one at 1,500
lines): imports are paid once a process and left out of both sides.
With --before the version of podcast that lies there mixes the same takes in turn; both hear what they made.
"cold" measures every take's loudness anew, "warm" finds it measured, as after `podcast record`.
Memory is the highest sum of resident memory over the process tree, the interpreter included, in MB.
The takes are the lines of the built-in day's scripts, spoken by two voices of the best engine installed.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

BITRATE = 128  # of the floor that the limits were set against
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Make the takes, run each side in a process of its own, print the table."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(*sys.argv[2:])))
        return
    given = sys.argv[1:]
    before = given.pop(at + 1) if "--before" in given and (at := given.index("--before")) >= 0 else ""
    counts = [int(argument) for argument in given if argument != "--before"] or [60, 300, 1500]
    with tempfile.TemporaryDirectory() as folder:
        spoken = make_takes(Path(folder, "spoken"), max(counts))
        print(" lines  minutes |  floor s    MB |   cold    MB |   warm    MB | LUFS   dBTP")
        for count in counts:
            home = Path(folder, str(count))
            lay_out(spoken, home, count)
            cold, warm, floor, *then = best([measure_all(home, before) for _ in range(3 if count < 1000 else 1)])
            print(
                f"{count:>6} {warm['minutes']:>8.1f} | {floor['cpu']:>8.2f} {floor['mb']:>5.0f} | "
                f"{cold['cpu'] / floor['cpu']:>5.2f}x {cold['mb']:>5.0f} | "
                f"{warm['cpu'] / floor['cpu']:>5.2f}x {warm['mb']:>5.0f} | {loudness(home / 'episode.mp3')}",
                flush=True,
            )
            print(f"       wall: floor {floor['wall']:.2f} s, warm {warm['wall'] / floor['wall']:.2f}x", flush=True)
            for was in then:
                for name in ("cpu", "wall"):
                    own, past = warm[name] / floor[name], was[name] / floor[name]
                    print(f"       {name} of the version before {past:.2f}x, now {own / past:.2f} of it", flush=True)


def make_takes(folder: Path, most: int) -> list[Path]:
    """Record the built-in day's scripts, questions and answers in turn, by eSpeak, until there are as many as that."""
    from podcast import pipeline, sources
    from podcast.recording import ordering
    from podcast.show import store
    from podcast.show.config import Config
    from podcast.show.schema import Script
    from podcast.show.settings import RecordSettings
    from podcast.show.workspace import Workspace
    from podcast.sound import audio
    from podcast.studio import Studio

    studio = Studio(Workspace(folder), Config(record=RecordSettings(synthesizer="espeak")), sources.demo())
    takes, voices = [], set()
    for paper in pipeline.fetch(studio, sources.DEMO_DAY).papers:
        result = pipeline.make_paper(studio, paper, ["read", "write", "record"])
        if result.error:
            raise result.error
        script = store.load(Script, studio.folder(paper).script)
        orders = ordering.orders(script, studio.cast, studio.lexicon)
        takes += [studio.folder(paper).take(order.key) for order in orders]
        voices |= {order.actor.voice.name for order in orders}
        if len(takes) >= most:
            break
    seconds = sum(audio.read(path).duration for path in takes)
    print(f"{len(takes)} takes by {', '.join(sorted(voices))}, {seconds / len(takes):.1f} s each on average")
    return takes


def lay_out(spoken: list[Path], home: Path, count: int) -> None:
    """Lay out `count` takes as files of their own; host A and B in turn, a chapter every 30 lines."""
    home.mkdir()
    for index in range(count):
        shutil.copyfile(spoken[index % len(spoken)], home / f"{index:05}.flac")


def measure_all(home: Path, before: str) -> list[dict[str, float]]:
    """Run the mix with nothing measured, again with everything measured, the floor, and the version before, if any."""
    for path in home.glob("*.energies"):
        path.unlink()
    cold, warm = run("mix", home), run("mix", home)
    return [cold, warm, run("floor", home), *([run("mix", home, before)] if before else [])]


def best(rounds: list[list[dict[str, float]]]) -> list[dict[str, float]]:
    """Of each side the least CPU; of memory the most."""
    return [
        {**side[0], "cpu": min(one["cpu"] for one in side), "mb": max(one["mb"] for one in side)}
        for side in zip(*rounds, strict=True)
    ]


def run(side: str, home: Path, checkout: str = "") -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", side, str(home)], check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": checkout or str(ROOT)},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def one(side: str, home: str) -> dict[str, float]:
    """Do one side's work in this process, and measure it."""
    folder = Path(home)
    work = prepare_mix(folder) if side == "mix" else prepare_floor(folder)
    peak = [0.0]
    threading.Thread(target=watch_memory, args=(peak,), daemon=True).start()
    before, started = cpu(), time.perf_counter()
    minutes = work()
    spent, wall = cpu() - before, time.perf_counter() - started
    return {"cpu": spent, "wall": wall, "mb": peak[0], "minutes": minutes}


def prepare_mix(folder: Path):  # type: ignore[no-untyped-def]
    from podcast.show.schema import Line, Take
    from podcast.show.settings import MixSettings
    from podcast.sound import levels, mix

    mix.pouring.ready() if hasattr(mix, "pouring") else mix._pydub()
    paths = sorted(folder.glob("*.flac"))
    lines = [Line(host="AB"[i % 2], text="x", chapter=f"Chapter {i // 30}") for i in range(len(paths))]
    takes = [Take(path.stem, path, "x") for path in paths]
    assets = ROOT / "podcast" / "sound" / "jingle"

    def work() -> float:
        settings = MixSettings(bitrate=BITRATE, turns="plain")
        timeline = mix.plan(lines, takes, settings, assets / "intro.flac", assets / "outro.flac")
        made = mix.render(timeline, folder / "episode.mp3", settings)
        if getattr(made, "heard", None) is None:  # in one go, which is heard behind
            levels.loudness_of(folder / "episode.mp3")
        return timeline.duration / 60

    return work


def prepare_floor(folder: Path):  # type: ignore[no-untyped-def]
    """The finished episode as PCM on disk; the work is one ffmpeg that encodes it."""
    from podcast.sound import ffmpeg

    pcm = folder / "episode.s16"
    ffmpeg.run("-i", str(folder / "episode.mp3"), "-f", "s16le", "-ar", "44100", "-ac", "1", str(pcm))
    # fmt: off
    command = [
        ffmpeg.find(), "-nostdin", "-loglevel", "error", "-y", "-f", "s16le", "-ar", "44100", "-ac", "1",
        "-i", str(pcm),
        "-c:a", "libmp3lame", "-b:a", f"{BITRATE}k", "-compression_level", "5", str(folder / "floor.mp3"),
    ]
    # fmt: on

    def work() -> float:
        subprocess.run(command, check=True)
        return pcm.stat().st_size / 2 / 44100 / 60

    return work


def cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def watch_memory(peak: list[float]) -> None:
    me = psutil.Process(os.getpid())
    while True:
        total = 0
        for process in (me, *me.children()):
            try:
                total += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        peak[0] = max(peak[0], total / 2**20)
        time.sleep(0.2)


def loudness(path: Path) -> str:
    from podcast.sound import ffmpeg

    arguments = [
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-map",
        "0:a",
        "-af",
        "ebur128=peak=true:framelog=verbose",
        "-f",
        "null",
        "-",
    ]
    told = subprocess.run([ffmpeg.find(), *arguments], capture_output=True, text=True, check=True).stderr
    told = told[told.rindex("Summary:") :]
    level, peak = (re.search(pattern, told) for pattern in (r"I:\s+(-?[\d.]+)", r"Peak:\s+(-?[\d.]+)"))
    return f"{level[1] if level else '?':<6} {peak[1] if peak else '?'}"


if __name__ == "__main__":
    main()
