"""What correcting one line of an episode costs beside the floor of mixing and encoding it, and what publishing touches.

    python bench/regenerate.py [MINUTES] [--before CHECKOUT]        default: 20

The floor is bench/mix.py's: the finished episode as 44.1 kHz PCM into one ffmpeg with the show's encoder settings.
"fix" is `podcast regenerate PAPER --line N --text ... --no-publish`, in a process that has loaded what it uses, so that
imports, and looking for ffmpeg, are left out of both sides, less what saying and checking the one new take takes, which
is timed inside.
CPU is user + system time in seconds; each side runs three times in turn and the best counts.
With --before the version of podcast that lies there makes the same corrections, in a copy of the show, in turn.
The lines are sung by `tone`, and a second, short episode lies beside the long one.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINE = 20
"""The line that is corrected."""


def main() -> None:
    """Make the show once, correct a line three times, publish, print the table."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(fix(Path(sys.argv[2]), sys.argv[3], sys.argv[4])))
        return
    given = sys.argv[1:]
    checkout = given.pop(given.index("--before") + 1) if "--before" in given else ""
    minutes = next((float(argument) for argument in given if argument != "--before"), 20.0)
    with tempfile.TemporaryDirectory() as folder:
        show = Path(folder, "show")
        long, short = make(show, minutes)
        then = Path(folder, "then")
        if checkout:
            shutil.copytree(show, then)
        rounds = []
        for number in range(3):
            text = f"This line was put right for the {'very ' * number}first time."
            fixed = run(show, long, text)
            past = (
                {f"then_{name}": value for name, value in run(then, long, text, checkout).items()} if checkout else {}
            )
            rounds.append({**fixed, **past, **floor(show, long, Path(folder))})
            before = seen(show / "feed")
            written = publish(show)
            after = seen(show / "feed")
        best = {name: min(one[name] for one in rounds) for name in rounds[0]}
        print("minutes  lines | own synthesis s | floor s | fix, CPU s  ratio | floor wall s | fix, wall s  ratio")
        print(
            f"{best['minutes']:>7.1f} {best['lines']:>6.0f} | {best['synthesis']:>15.2f} | {best['floor']:>7.2f} |"
            f" {best['cpu']:>10.2f} {best['cpu'] / best['floor']:>6.2f} |"
            f" {best['floor_wall']:>12.2f} | {best['wall']:>11.2f} {best['wall'] / best['floor_wall']:>6.2f}"
        )
        if checkout:
            for name, told in (("cpu", "floor"), ("wall", "floor_wall")):
                past = best[f"then_{name}"]
                print(f"{name} of the version before {past / best[told]:.2f}x, now {best[name] / past:.2f} of it")
        changed = sorted(path for path in after if before.get(path) != after[path])
        others = [path for path in changed if short in path]
        print(f"publishing wrote {written} of {len(after)} files, {len(others)} of them the other episode's:")
        print("\n".join(f"  {path}" for path in changed))
        assert set(before) <= set(after)


def make(show: Path, minutes: float) -> tuple[str, str]:
    """Publish the built-in day's first two papers: one that long, one as it is written; return their ids."""
    from podcast import cli
    from podcast.show import store
    from podcast.show.schema import Script
    from podcast.show.workspace import Workspace

    show.mkdir()
    (show / "podcast.toml").write_text('[record]\nsynthesizer = "tone"\n[select]\ntop = 2\n')
    for command in (["fetch", "--demo"], ["make", "--demo", "--no-publish"]):
        assert cli.run(["-C", str(show), *command]) == 0
    folders = Workspace(show).papers()
    script = store.load(Script, folders[0].script)
    own = json.loads(folders[0].episode.read_bytes())["media"]["duration"] / 60
    lines = [
        line.model_copy(update={"take": 1 + turn, "chapter": f"{line.chapter} {turn + 1}"})
        for turn in range(round(minutes / own))
        for line in script.lines
    ]
    folders[0].script.write_bytes(store.to_json(script.model_copy(update={"lines": tuple(lines)})))
    assert cli.run(["-C", str(show), "make", "--demo"]) == 0
    return folders[0].paper_id, folders[1].paper_id


def run(show: Path, paper: str, text: str, checkout: str = "") -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(show), paper, text], check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": checkout or str(ROOT)},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def fix(show: Path, paper: str, text: str) -> dict[str, float]:
    """Correct the line in this process, and measure it."""
    import mutagen.id3
    import mutagen.mp3  # noqa: F401
    import num2words  # noqa: F401
    import numpy.ma
    import numpy.random  # noqa: F401
    import PIL.Image
    import PIL.ImageOps
    import pysbd  # noqa: F401
    import soxr  # noqa: F401

    from podcast import cli
    from podcast.grounding import judging  # noqa: F401
    from podcast.recording import portrait, record, retake, verify  # noqa: F401
    from podcast.revising import regenerate  # noqa: F401
    from podcast.sound import audio, ffmpeg, mix  # noqa: F401
    from podcast.synthesizers import tone  # noqa: F401

    PIL.Image.init()
    ffmpeg.find()

    mix.pouring.ready() if hasattr(mix, "pouring") else mix._pydub()
    spent = [0.0]
    say = record._said

    def timed(group, by):  # type: ignore[no-untyped-def]
        said = say(group, by)
        while True:
            started = cpu()
            order = next(said, None)
            spent[0] += cpu() - started
            if order is None:
                return
            yield order

    record._said = timed
    cli.run(["-C", str(show), "script", paper, "--at", "0"])  # what is imported and read on the way to any command
    before, started = cpu(), time.perf_counter()
    code = cli.run(["-C", str(show), "regenerate", paper, "--line", str(LINE), "--text", text, "--no-publish"])
    wall, used = time.perf_counter() - started, cpu() - before
    assert code == 0
    return {"cpu": used - spent[0], "wall": wall - spent[0], "synthesis": spent[0]}


def floor(show: Path, paper: str, scratch: Path) -> dict[str, float]:
    """Encode the finished episode from PCM on disk: one ffmpeg, nothing else."""
    from podcast.show.settings import MixSettings
    from podcast.show.workspace import Workspace
    from podcast.sound import ffmpeg

    folder = next(each for each in Workspace(show).papers() if each.paper_id == paper)
    episode = json.loads(folder.episode.read_bytes())
    pcm = scratch / "episode.s16"
    sound = ["-f", "s16le", "-ar", "44100", "-ac", "1"]
    ffmpeg.run("-i", str(folder.root / episode["media"]["file"]), *sound, str(pcm))
    encode = ["-c:a", "libmp3lame", "-b:a", f"{MixSettings().bitrate}k", "-compression_level", "5"]
    before, started = cpu(), time.perf_counter()
    ffmpeg.run(*sound, "-i", str(pcm), *encode, str(scratch / "floor.mp3"))
    return {
        "floor": cpu() - before,
        "floor_wall": time.perf_counter() - started,
        "minutes": episode["media"]["duration"] / 60,
        "lines": len(episode["cues"]),
    }


def publish(show: Path) -> int:
    from podcast.publishers.publishing import publish as publishing
    from podcast.show import config
    from podcast.show.workspace import Workspace

    workspace = Workspace(show)
    return len(publishing(workspace, config.read(workspace.config)).wrote)


def seen(feed: Path) -> dict[str, tuple[int, int]]:
    """Return what tells whether a file was touched."""
    found = {str(path.relative_to(feed)): path.stat() for path in feed.rglob("*") if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in found.items()}


def cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    main()
