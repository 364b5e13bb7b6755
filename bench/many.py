"""Many papers recorded by many workers, beside the engine's bare throughput of the same calls.

    python bench/many.py [--days N] [--voices tone,hibari,waiting] [--engine processes] [--workers 1,2,4]
                         [--rounds N] [--every N]

N days of three papers, each of 50 lines, are recorded as `podcast make A..B --on ENGINE` records them: scripts are
there, orders are made, takes judged, written, and learnt of. The floor are the same lines in the same calls to the same
number of workers of the same executor, what they return dropped. Both start with workers that are up and engines that
are loaded; both are run in turn, in rounds, since other work on a machine comes and goes; where that takes hours, of
the floor only every so many calls. Busy is the part of their time in which workers are at lines: what is left they
wait. "waiting" speaks in tones as slowly as hibari (bench/waiting.py), so that there may be more workers than cores. MB
is what the driver holds after a tenth, a half and all of the papers; ms what its processor takes a line.
"""

import argparse
import datetime as dt
import logging
import pickle
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed

PAPERS, LINES = 3, 50
VOICES = {
    "tone": ("tone-high", "tone-low"),
    "hibari": ("hibari-heart", "hibari-low"),
    "waiting": ("waiting-high", "waiting-low"),
}
VOICE = """description = "Tones, as slowly as a neural voice"
synthesizer = "waiting:Waiting"
language = "en"
licence = "CC0-1.0"
settings = {{ pitch = {pitch} }}
"""
FIRST = dt.date(2024, 1, 1)


def main(days: int, voices: Sequence[str], engine: str, counts: Sequence[int], rounds: int, every: int) -> None:
    """Print a row for each voice and number of workers."""
    print(f"{'voices':<7} workers | lines | floor, lines a s |  ours | ratio | busy: floor, ours | driver ms a line | "
          "MB at 10, 50, 100 %")  # fmt: skip
    for voice in voices:
        for workers in counts:
            with tempfile.TemporaryDirectory() as folder:
                row(voice, Path(folder), days, engine, workers, rounds, every)


def row(voice: str, root: Path, days: int, engine: str, workers: int, rounds: int, every: int) -> None:
    """Record a few days, then have the same calls made bare, and so on in turn; print what came of it."""
    from podcast import batch

    studio, papers = show(root, voice, days, engine, workers)
    team = studio.crew
    list(batch.make_papers(studio, papers[:PAPERS], ["record"]))  # workers are up, and known is what a line takes
    measured, memory, lines, done, bare_lines = papers[PAPERS:], [], LINES * (len(papers) - PAPERS), 0, 0
    at, size = (max(1, len(measured) // 10), len(measured) // 2, len(measured)), -(-len(measured) // rounds)
    ours = floor = spent = busy = busy_bare = 0.0
    for first in range(0, len(measured), size):
        team.calls.seek(team.calls.truncate(0))
        team.busy, cpu, begun = 0.0, own(), time.perf_counter()
        for result in batch.make_papers(studio, measured[first : first + size], ["record"]):
            assert result.error is None, result.error
            done += 1
            memory += [psutil.Process().memory_info().rss / 1e6] * (done in at)
        ours, spent, busy = ours + time.perf_counter() - begun, spent + own() - cpu, busy + team.busy
        count, took, worked = bare(team.calls, engine, workers, every)
        bare_lines, floor, busy_bare = bare_lines + count, floor + took, busy_bare + worked
        print(f"{done} papers: {LINES * done / ours * floor / bare_lines:.3f}", file=sys.stderr, flush=True)
    team.close()
    held = " ".join(f"{each:.0f}" for each in memory)
    share = f"{busy_bare / floor / workers:>6.2f} {busy / ours / workers:>5.2f}"
    print(
        f"{voice:<7} {workers:>7} | {lines:>5} | {bare_lines / floor:>16.1f} | {lines / ours:>5.1f} | "
        f"{lines / ours * floor / bare_lines:>5.2f}"
        f" | {share} | {1000 * spent / lines:>16.2f} | {held}",
        flush=True,
    )


def bare(kept: IO[bytes], engine: str, workers: int, every: int) -> tuple[int, float, float]:
    """Return how many lines every so many of the calls are, the seconds that they take, with nothing done before or
    after them, and those that workers were at them."""
    from podcast import machines
    from podcast.machines import Stage
    from podcast.recording import fleet

    kept.seek(0)
    calls = list(noted(kept))[::every]
    warm, begun, busy, lines = threading.Event(), 0.0, 0.0, 0

    def items() -> Iterator[fleet.Item]:
        nonlocal begun
        yield from calls[:workers]
        warm.wait()
        begun = time.perf_counter()
        yield from calls

    with machines.opened(engine, workers) as executor:
        for done, each in enumerate(executor.run(Stage(fleet.ready, fleet.recorded), items()), 1):
            assert each.error is None, each.error
            if done == min(len(calls), workers):
                warm.set()
            elif done > workers:
                busy += each.value.seconds
                lines += len(each.value.takes)
        return lines, time.perf_counter() - begun, busy


def noted(file):  # type: ignore[no-untyped-def]
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def show(root: Path, voice: str, days: int, engine: str, workers: int):  # type: ignore[no-untyped-def]
    """Return a studio whose show has the scripts of so many days, and their papers."""
    import faults

    from podcast import sources
    from podcast.machines import Done
    from podcast.recording import fleet
    from podcast.show import config, store
    from podcast.show.schema import Brief, Document, Line, Paper, Script, Section
    from podcast.show.workspace import Workspace
    from podcast.studio import Studio

    class Noted(fleet.Fleet):
        """A fleet that keeps what it sends."""

        calls = tempfile.TemporaryFile()  # noqa: SIM115  (as long as the fleet)
        busy = 0.0

        def _items(self) -> Iterator[fleet.Item]:
            for item in super()._items():
                pickle.dump(item, self.calls)
                yield item

        def _hand_out(self, done: Done[fleet.Item]) -> None:
            self.busy += done.value.seconds
            super()._hand_out(done)

    hosts = [{"key": key, "name": key, "voice": name} for key, name in zip("AB", VOICES[voice], strict=True)]
    (root / "podcast.toml").touch()
    (root / "voices").mkdir()
    for name, pitch in zip(VOICES["waiting"], (330, 220), strict=True):
        (root / "voices" / f"{name}.toml").write_text(VOICE.format(pitch=pitch))
    options = {"hosts": hosts, "record": {"ear": "none", "workers": workers}}
    settings = config.Config(**options)  # type: ignore[arg-type]
    studio = Studio(Workspace(root), settings, sources.demo(), allow_ungrounded=True, on=engine)
    vars(studio)["crew"] = Noted(engine, workers)
    papers = []
    for number in range(PAPERS * (days + 1)):
        day = FIRST + dt.timedelta(days=number // PAPERS)
        paper = Paper(id=f"2401.{number:05}", title=f"Paper {number}", authors=("A",), summary="It is short.",
                      published_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), listed_on=day, rank=1, upvotes=1,
                      upvotes_read_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))  # fmt: skip
        texts = [text for text in faults.lines(2 * LINES, number) if not any(map(str.isdigit, text))][:LINES]
        lines = tuple(Line(host="AB"[n % 2], text=text, chapter="x", take=1) for n, text in enumerate(texts))
        folder = studio.folder(paper)
        sections = (Section(title="Abstract", sentences=("It is short.",)),)
        for path, value in (
            (folder.document, Document(paper_id=paper.id, source="abstract", sections=sections)),
            (folder.brief, Brief(paper_id=paper.id)),
            (folder.script, Script(title="x", description="x", lines=lines)),
        ):
            store.create_once(path, store.to_json(value))
        papers.append(paper)
    return studio, papers


def own() -> float:
    """Return the CPU seconds of this process alone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    logging.getLogger("podcast").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--voices", default="tone,hibari")
    parser.add_argument("--engine", default="processes")
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    counts = [int(each) for each in given.workers.split(",")]
    main(given.days, given.voices.split(","), given.engine, counts, given.rounds, given.every)
