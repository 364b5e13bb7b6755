"""What publishing a large show costs, what looking at it costs, and what building its feeds costs beside lxml alone.

    python bench/feed.py [EPISODES] [--before CHECKOUT]        default: 10,000, and nothing to compare with

With --before the version of podcast that lies there (`git worktree add /tmp/before COMMIT`) does the same with a show
of its own, step by step in turn, and each figure gets its ratio to that one's.

The show is made on disk: three papers a day, 90 lines and eight chapters an episode, texts of a usual length, media of
6.4 kB, a thousandth of a usual one: how fast a disk reads is not what is asked. "publish" is `publish.publish` in a
process of its own: seconds of wall time, seconds of the processor (workers and all), peak memory (and that of the
largest worker), files written: from scratch, with nothing changed, and after one episode got another title and another
media. The floor of "unchanged" is looking at every file there is once (`os.stat`), which a publish must: what none
looked at may have changed. Wall time on two cores means nothing while others use them, so the load is told.
No pictures of episodes are drawn, but for "with pictures": a fifth of the episodes from scratch, each with its own.
"to a store" is a tenth of the episodes brought to one on this machine (tests/stores.py), which is another process: from
scratch, and with nothing changed.
"commands" are whole processes, from `python` on, the least of five: help, the script of the latest episode, and the
status of all, of a tenth of the episodes; "first" is a status that nothing was put down for, once.
"feeds" is `feed.build` for feed.xml and every archive. Its floor is lxml alone: the same elements made one by one and
written to the same bytes, which is checked; the best of five rounds in turn.
"""

import ctypes
import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LINES, CHAPTERS, A_DAY, SIZE = 90, 8, 3, 6_400
WORDS = (
    "the",
    "model",
    "reads",
    "a",
    "paper",
    "and",
    "two",
    "hosts",
    "talk",
    "about",
    "what",
    "was",
    "measured",
    "next",
)


SETTLING = 61.0, 4.0
"""Seconds after which this version, and any before, believes that a file was left alone; this version alone."""


def main() -> None:
    """Make the show, publish it three times, look at it, build its feeds; print the tables."""
    given = sys.argv[1:]
    if given[:1] == ["--publish"]:
        print(json.dumps(publish(Path(given[1]))))
        return
    if given[:1] == ["--speak"]:
        speak(Path(given[1]))
        return
    before = Path(given.pop(given.index("--before") + 1)).resolve() if "--before" in given else None
    count = next((int(each.replace(",", "")) for each in given if each != "--before"), 10_000)
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: workers that outlive who started them are reaped here
    with tempfile.TemporaryDirectory() as folder:
        shows = {Path(folder, name): tree for name, tree in (("before", before), ("show", ROOT)) if tree}
        for show in shows:
            make(show, count)
        print(f"{count:,} episodes, {len(os.sched_getaffinity(0))} cores")
        print(" " * 18 + " seconds   of CPU   peak MB  worker  files written     of all   load")
        table("from scratch", shows)
        time.sleep(SETTLING[0 if before else 1])
        for show, tree in shows.items():
            step(show, tree)  # which finds what was just made as it was, once
        table("unchanged", shows)
        looks = looked(show)
        for show in shows:
            change(show, count // 2)
        table("one changed", shows)
        print(f"looking at every file once: {looks:.2f} s of CPU")
        ours, floor, size = feeds(show)
        print(f"feeds, {size / 1e6:.1f} MB: {ours:.2f} s, lxml alone {floor:.2f} s, ratio {ours / floor:.2f}")
        for show in shows:
            shutil.rmtree(show)
            make(show, max(3, count // 5), pictures=True)
        table("with pictures", shows)
        stored(shows, max(3, count // 10), SETTLING[0 if before else 1])
        for show in shows:
            shutil.rmtree(show)
        commands(shows, max(3, count // 10), before)


def stored(shows: dict[Path, Path], count: int, settling: float) -> None:
    """Publish shows of so many episodes to a store, each below a prefix of its own: all, and again."""
    sys.path += [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed
    import stores

    os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
    with stores.small() as store:
        for show in shows:
            shutil.rmtree(show)
            make(show, count)
            with (show / "podcast.toml").open("a") as settings:
                settings.write(f'target = "s3"\ncheck = "no"\n[publish.s3]\nendpoint = "{store.url}"\n'
                               f'bucket = "{stores.BUCKET}"\nprefix = "{show.name}"\n')  # fmt: skip
        table("to a store", shows)
        time.sleep(settling)
        for show, tree in shows.items():
            step(show, tree)
        table("to it, unchanged", shows)


def table(name: str, shows: dict[Path, Path]) -> None:
    """Publish each show by its version, and print what that took, and the last beside the first."""
    rows = []
    for show, tree in shows.items():
        was = seen(show / "feed")
        told = step(show, tree)
        after = seen(show / "feed")
        changed = sum(was.get(path) != state for path, state in after.items())
        rows.append(told)
        print(
            f"  {name if len(rows) == len(shows) else 'before':<16}{told['seconds']:>8.2f} {told['cpu']:>8.2f} "
            f"{told['peak'] / 1e6:>9.0f} {told['worker'] / 1e6:>7.0f} {changed:>14,} "
            f"{100 * changed / len(after):>8.2f} % {told['load']:>6.1f}",
            flush=True,
        )
    if len(rows) > 1:
        ratios = (f"{rows[-1][key] / rows[0][key]:>8.2f}" for key in ("seconds", "cpu", "peak"))
        print(f"  {'ratio':<16}{' '.join(ratios)}", flush=True)


def step(show: Path, tree: Path) -> dict[str, float]:
    """Publish by that version in a process of its own; return what it took."""
    ran = run([sys.executable, __file__, "--publish", str(show)], tree)
    told: dict[str, float] = json.loads(ran["out"])
    of_workers = max(0.0, ran["cpu"] - told.pop("own"))
    return {**told, "cpu": told["cpu"] + of_workers, "worker": ran["worker"], "load": os.getloadavg()[0]}


def run(command: list[str], tree: Path) -> dict[str, Any]:
    """Run it with that version of podcast, and all that it starts, to the end; return what it printed and took."""
    env = {**os.environ, "PYTHONPATH": str(tree)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's second command does not compile what it imports
    before = os.times()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=tree, env=env)
    worker = 0
    while True:
        try:
            worker = max(worker, os.wait4(-1, 0)[2].ru_maxrss * 1024)
        except ChildProcessError:
            break
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"out": done.stdout, "cpu": cpu, "worker": worker}


def publish(show: Path) -> dict[str, float]:
    from podcast.publishers import publishing
    from podcast.show import config
    from podcast.show.workspace import Workspace

    workspace = Workspace(show)
    settings = config.read(workspace.config, {})
    start, used = time.perf_counter(), time.process_time()
    publishing.publish(workspace, settings)
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    return {"seconds": seconds, "cpu": cpu, "peak": peak(), "own": time.process_time()}


def peak() -> int:
    """Return the bytes that this process has held at most; getrusage counts those of who started it, too."""
    told = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM:"))


def commands(shows: dict[Path, Path], count: int, before: Path | None) -> None:
    """Print the seconds of the processor that commands take which only look, and those of the version before."""
    for show in shows:
        make(show, count)
        run([sys.executable, __file__, "--speak", str(show)], ROOT)
    time.sleep(SETTLING[0 if before else 1])
    asked = {"help": ["--help"], "script latest": ["script", "latest"], f"status of {count:,}, first": ["status"],
             f"status of {count:,}": ["status"]}  # fmt: skip
    print(f"{'':<24}{'before':>8} {'s of CPU':>9} {'ratio':>6}" if before else f"{'':<24}{'s of CPU':>9}")
    for name, words in asked.items():
        runs = 1 if name.endswith("first") else 5
        took = [
            min(run([sys.executable, "-m", "podcast", "-C", str(show), *words], tree)["cpu"] for _ in range(runs))
            for show, tree in shows.items()
        ]
        ratio = f"{took[-1] / took[0]:>6.2f}" if before else ""
        print(f"  {name:<22}{' '.join(f'{each:>8.2f}' for each in took)} {ratio}")


def script() -> dict[str, object]:
    """A script of as many lines as an episode has."""
    lines = [
        {"host": "AB"[line % 2], "text": text(line, 16), "chapter": f"Part {1 + line * CHAPTERS // LINES}",
         "claims": ["tldr"] if line % 3 else []}
        for line in range(LINES)
    ]  # fmt: skip
    return {"title": text(0, 9), "description": text(0, 20), "lines": lines}


def speak(show: Path) -> None:
    """Give every episode of the show a script whose lines are those of its cues, as if recorded in tones."""
    from podcast import sources
    from podcast.recording import ordering
    from podcast.show import config, store
    from podcast.show.schema import Script
    from podcast.show.workspace import Workspace
    from podcast.studio import Studio

    workspace = Workspace(show)
    (show / "podcast.toml").write_text('[record]\nsynthesizer = "tone"\n')
    studio = Studio(workspace, config.read(workspace.config, {}), sources.demo())
    lines = script()["lines"]
    keys: list[str] = []
    for path in sorted((show / "episodes").glob("*/*/episode.json")):
        if not keys:
            folder = workspace.papers()[0]
            found = store.load(Script, folder.script)
            keys = [
                order.key for order in ordering.orders(found, studio.cast_of(found, folder), studio.lexicon, folder)
            ]
        (path.parent / "takes").mkdir()
        for key in keys:
            (path.parent / "takes" / f"{key}.flac").touch()
        episode = json.loads(path.read_text())
        for cue, key, line in zip(episode["cues"], keys, lines, strict=True):
            cue |= {"take": key, "text": line["text"]}
        write(path, episode)


def looked(show: Path) -> float:
    """Return the seconds of the processor that a look at each file of the show takes."""
    paths, look = [str(path) for path in show.rglob("*")], os.stat
    start = time.process_time()
    for path in paths:
        look(path)
    return time.process_time() - start


def feeds(show: Path) -> tuple[float, float, int]:
    """Return the seconds that all feeds take us and lxml, and their bytes."""
    from lxml import etree

    from podcast.press import feed
    from podcast.press.entry import Entry
    from podcast.show import catalogue, config, store
    from podcast.show.schema import Item
    from podcast.show.workspace import Workspace

    workspace = Workspace(show)
    settings = config.read(workspace.config, {})
    found = (store.load(Item, path) for path in (show / "feed" / "episodes").glob("*/item.json"))
    items = [Entry.of(item) for item in found]
    items.sort(key=lambda item: (item.published, item.number), reverse=True)
    guid = catalogue.read(workspace).guid
    pages = feed.pages(items)
    built = [feed.build(settings.show, settings.publish, guid, page) for page in pages]
    parser = etree.XMLParser(remove_blank_text=True, strip_cdata=False)
    recipes = [recipe(etree.fromstring(data, parser)) for data in built]
    assert [alone(one) for one in recipes] == built
    best = [float("inf"), float("inf")]
    for _ in range(5):
        start = time.perf_counter()
        for page in pages:
            feed.build(settings.show, settings.publish, guid, page)
        middle = time.perf_counter()
        for one in recipes:
            alone(one)
        best = [min(best[0], middle - start), min(best[1], time.perf_counter() - middle)]
    return best[0], best[1], sum(map(len, built))


def recipe(element: object) -> tuple:  # type: ignore[type-arg]
    """Return the element as plain values."""
    from lxml import etree

    raw = etree.tostring(element, encoding="unicode", with_tail=False)[:2000]  # type: ignore[call-overload]
    cdata = not len(element) and "<![CDATA[" in raw  # type: ignore[arg-type]
    children = [recipe(child) for child in element]  # type: ignore[attr-defined]
    return element.tag, dict(element.attrib), element.text, cdata, children, element.nsmap  # type: ignore[attr-defined]


def alone(root: tuple) -> bytes:  # type: ignore[type-arg]
    """Make the document with lxml and nothing else."""
    from lxml import etree

    def add(parent: object, children: list) -> None:  # type: ignore[type-arg]
        for tag, attributes, text, cdata, inner, _ in children:
            element = etree.SubElement(parent, tag, attributes)  # type: ignore[call-overload]
            element.text = etree.CDATA(text) if cdata else text
            if inner:
                add(element, inner)

    tag, attributes, _, _, children, namespaces = root
    top = etree.Element(tag, attributes, nsmap=namespaces)
    add(top, children)
    return bytes(etree.tostring(top, pretty_print=True, encoding="UTF-8", xml_declaration=True))


def seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Return what tells that a file was written: its inode and time."""
    states = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {str(path): (state.st_ino, state.st_mtime_ns) for path, state in states.items()}


def text(number: int, words: int) -> str:
    return " ".join(WORDS[(number * 7 + n * n) % len(WORDS)] for n in range(words)).capitalize() + "."


def make(show: Path, count: int, *, pictures: bool = False) -> None:
    """Write a show of so many episodes, as the stages would have left it."""
    import uuid

    show.mkdir(parents=True, exist_ok=True)
    (show / "podcast.toml").write_text(f"[publish]\nepisode_art = {str(pictures).lower()}\n")
    numbers, show_guid = {}, uuid.uuid5(uuid.NAMESPACE_URL, "a show")
    for first in range(0, count, A_DAY):
        day = dt.date(1990, 1, 1) + dt.timedelta(days=first // A_DAY)
        folder = show / "episodes" / day.isoformat()
        papers = []
        for number in range(first, min(first + A_DAY, count)):
            paper_id = f"{day:%y%m}.{number:05}"
            papers.append(paper(number, paper_id, day))
            numbers[f"{day}/{paper_id}"] = number + 1
            own = folder / paper_id
            (own / "mixes").mkdir(parents=True)
            guid = str(uuid.uuid5(show_guid, f"{day}/{paper_id}"))
            digest = sound(own, number)
            write(own / "episode.json", episode(number, paper_id, day, guid, digest))
            write(own / "brief.json", brief(number, paper_id))
            write(own / "document.json", document(number, paper_id))
            write(own / "script.json", script())
        write(
            folder / "papers.json",
            {"date": str(day), "source": "file", "read_at": f"{day}T18:00:00Z", "papers": papers},
        )
    write(show / "episodes" / "show.json", {"guid": str(show_guid), "numbers": numbers})


def paper(number: int, paper_id: str, day: dt.date) -> dict[str, object]:
    return {
        "id": paper_id,
        "title": text(number, 9),
        "summary": " ".join(text(number + n, 24) for n in range(8)),
        "authors": [f"Author Number {number + n}" for n in range(7)],
        "category": "cs.CL",
        "published_at": f"{day}T12:00:00Z",
        "listed_on": str(day),
        "upvotes": 99,
        "upvotes_read_at": f"{day}T18:00:00Z",
        "rank": number % A_DAY + 1,
    }


def episode(number: int, paper_id: str, day: dt.date, guid: str, digest: str) -> dict[str, object]:
    return {
        "paper_id": paper_id,
        "day": str(day),
        "guid": guid,
        "number": number + 1,
        "title": text(number, 9),
        "description": text(number, 20),
        "published": f"{day}T18:00:{number % A_DAY:02}Z",
        "media": {"file": "mixes/x.mp3", "type": "audio/mpeg", "size": SIZE, "duration": 6.0 * LINES, "sha256": digest},
        "cues": [
            {
                "line": line + 1,
                "host": ("Ada", "Ben")[line % 2],
                "text": text(number + line, 16),
                "start": 6.0 * line,
                "end": 6.0 * line + 5.5,
                "take": f"{line:040}",
                "claims": ["tldr"] if line % 3 else [],
            }
            for line in range(LINES)
        ],
        "chapters": [
            {"title": f"Part {n + 1}", "start": 6.0 * LINES / CHAPTERS * n, "end": 6.0 * LINES / CHAPTERS * (n + 1)}
            for n in range(CHAPTERS)
        ],
        "hosts": {"A": "Ada", "B": "Ben"},
        "claims": {"tldr": {"text": text(number, 18), "evidence": [1, 30]}},
        "key": digest[:40],
        "made_with": {"writer": "extractive", "voice A": "tone-high by tone, CC0-1.0"},
    }


def brief(number: int, paper_id: str) -> dict[str, object]:
    claim = {"text": text(number, 18), "evidence": [1]}
    return {"paper_id": paper_id, "tldr": claim, "idea": [claim] * 3, "experiments": {"limitations": [claim]}}


def document(number: int, paper_id: str) -> dict[str, object]:
    names = ("Abstract", "Introduction", "Method", "Experiments", "Limitations")
    sections = [{"title": name, "sentences": [text(number + n, 22) for n in range(24)]} for name in names]
    return {"paper_id": paper_id, "source": "html", "sections": sections}


def change(show: Path, number: int) -> None:
    """Give one episode another title and another media."""
    path = sorted((show / "episodes").glob("*/*/episode.json"))[number]
    episode = json.loads(path.read_text())
    episode["title"], episode["media"]["sha256"] = "Another title", sound(path.parent, -1)
    write(path, episode)


def sound(folder: Path, number: int) -> str:
    """Leave the bytes of a mix, other ones for each number; return their SHA-256."""
    data = f"{number:>16}".encode() * (SIZE // 16)
    (folder / "mixes" / "x.mp3").write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
