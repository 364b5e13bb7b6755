"""What publishing a large show costs, and what building its feeds costs beside lxml alone.

    python bench/feed.py [EPISODES] [BEFORE]        default: 10,000, and nothing to compare with

BEFORE is a work tree of another version (`git worktree add /tmp/before COMMIT`): it publishes its own show, step by
step in turn, and each figure gets its ratio to that one's.

The show is made on disk: three papers a day, 90 lines and eight chapters an episode, texts of a usual length, media of
6.4 kB, a thousandth of a usual one: how fast a disk reads is not what is asked. "publish" is `publish.publish` in a
process of its own: seconds of wall time and of the processor, peak memory, files written: from scratch, with nothing
changed, and after one episode got another title and another media. The floor of "unchanged" is looking at every file
there is once (`os.stat`), which a publish must: what none looked at may have changed.
"feeds" is `feed.build` for feed.xml and every archive. Its floor is lxml alone: the same elements made one by one and
written to the same bytes, which is checked; the best of five rounds in turn.
"""

import datetime as dt
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    """Make the show, publish it three times, build its feeds; print the table."""
    if sys.argv[1:2] == ["--publish"]:
        print(json.dumps(publish(Path(sys.argv[2]))))
        return
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 10_000
    before = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        shows = {Path(folder, name): tree for name, tree in (("before", before), ("show", ROOT)) if tree}
        for show in shows:
            make(show, count)
        print(f"{count:,} episodes      seconds   of CPU  peak MB   files written   of all")
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
            f"  {name if len(rows) == len(shows) else 'before':<16} {told['seconds']:>8.2f} {told['cpu']:>8.2f} "
            f"{told['peak'] / 1e6:>8.0f} {changed:>12,} {100 * changed / len(after):>10.2f} %"
        )
    if len(rows) > 1:
        ratios = (f"{rows[-1][key] / rows[0][key]:>8.2f}" for key in ("seconds", "cpu", "peak"))
        print(f"  {'ratio':<16} {' '.join(ratios)}")


def step(show: Path, tree: Path) -> dict[str, float]:
    """Publish by that version in a process of its own; return what it took."""
    run = [sys.executable, __file__, "--publish", str(show)]
    env = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True, cwd=tree, env=env)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def publish(show: Path) -> dict[str, float]:
    from podcast.publishers import publishing
    from podcast.show import config
    from podcast.show.workspace import Workspace

    workspace = Workspace(show)
    settings = config.read(workspace.config, {})
    start, used = time.perf_counter(), time.process_time()
    publishing.publish(workspace, settings)
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    return {"seconds": seconds, "cpu": cpu, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}


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


def make(show: Path, count: int) -> None:
    """Write a show of so many episodes, as the stages would have left it."""
    import uuid

    numbers = {}
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
            guid = str(uuid.uuid5(uuid.NAMESPACE_URL, paper_id))
            digest = sound(own, number)
            write(own / "episode.json", episode(number, paper_id, day, guid, digest))
            write(own / "brief.json", brief(number, paper_id))
            write(own / "document.json", document(number, paper_id))
        write(
            folder / "papers.json",
            {"date": str(day), "source": "file", "read_at": f"{day}T18:00:00Z", "papers": papers},
        )
    write(show / "episodes" / "show.json", {"guid": str(uuid.uuid5(uuid.NAMESPACE_URL, "a show")), "numbers": numbers})


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
