"""What Lighthouse says of the site's pages on a phone: how soon they stand, and how many bytes that takes.

    python bench/lighthouse.py [RUNS]        default: 3; the median is printed

Pages are served by `podcast serve`: the index of 36 episodes and an episode of 90 lines (both made by bench/feed.py);
of the demo an episode and a day's digest. Lighthouse's own defaults for a phone: a screen of 412 px, its "slow 4G" and
a processor four times slower, both simulated out of what an unthrottled load did. So a busy machine is seen in the time
that scripts block, little in the rest. Needs npm and Chromium: make bench-lighthouse fetches Lighthouse.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import feed

ROOT = Path(__file__).resolve().parents[1]
INSTALLED = Path(sys.prefix) / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
EPISODES, DEMO_DAY = 36, "2025-01-06"
WANTED = "wanted: performance at least 97, LCP at most 1.8 s, 140 kB before anybody plays"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
TIMES = {"FCP s": "first-contentful-paint", "LCP s": "largest-contentful-paint", "blocked ms": "total-blocking-time"}


def main() -> None:
    """Make two shows, serve them, measure their pages, and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if not INSTALLED.is_file() or not _chromium():
        sys.exit("Lighthouse and Chromium are needed: make bench-lighthouse")
    with tempfile.TemporaryDirectory() as folder:
        many, demo = Path(folder, "many"), Path(folder, "demo")
        feed.make(many, EPISODES)
        _podcast(many, "publish")
        _podcast(demo, "new", str(demo))
        _podcast(demo, "make", "--demo", "--voice", "A=tone-high", "--voice", "B=tone-low")
        _podcast(demo, "digest", DEMO_DAY)
        _podcast(demo, "publish")
        print(f"medians of {runs}; {WANTED}\n{'page':22} score  FCP s  LCP s  blocked ms  shift     kB")
        for show, pages in ((many, _of_many(many)), (demo, _of_demo(demo))):
            with served(show) as site:
                for name, path in pages:
                    report(name, [measure(site + path) for _ in range(runs)])


def _of_many(show: Path) -> Sequence[tuple[str, str]]:
    newest = max(path.parent.name for path in show.glob("feed/episodes/*/index.html"))
    return [(f"index, {EPISODES} episodes", ""), ("episode, 90 lines", f"episodes/{newest}/index.html")]


def _of_demo(show: Path) -> Sequence[tuple[str, str]]:
    newest = max(path.parent.name for path in show.glob("feed/episodes/*/index.html"))
    digest = DEMO_DAY.replace("-", "/")
    return [("episode of the demo", f"episodes/{newest}/index.html"), ("digest of the demo", f"digest/{digest}.html")]


def measure(address: str) -> dict[str, float]:
    """Return what one run of Lighthouse says of the page: times in seconds or milliseconds, weight in kB."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [str(INSTALLED), address, "--quiet", "--output=json", f"--output-path={out.name}",
                   "--only-categories=performance", f"--chrome-flags={FLAGS}"]  # fmt: skip
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": _chromium()}, stderr=subprocess.DEVNULL)
        told = json.loads(Path(out.name).read_bytes())
    audits = told["audits"]
    values = {name: audits[key]["numericValue"] / (1000 if name.endswith(" s") else 1) for name, key in TIMES.items()}
    weight = sum(item["transferSize"] for item in audits["network-requests"]["details"]["items"])
    shift = audits["cumulative-layout-shift"]["numericValue"]
    return {"score": 100 * told["categories"]["performance"]["score"], **values, "shift": shift, "kB": weight / 1000}


def report(name: str, found: Sequence[dict[str, float]]) -> None:
    """Print the medians of a page's runs."""
    of = {key: statistics.median(one[key] for one in found) for key in found[0]}
    print(
        f"{name:22} {of['score']:5.0f} {of['FCP s']:6.2f} {of['LCP s']:6.2f} {of['blocked ms']:11.0f} "
        f"{of['shift']:6.3f} {of['kB']:6.0f}",
        flush=True,
    )


@contextmanager
def served(show: Path) -> Iterator[str]:
    """Serve the show by `podcast serve` while the block runs; the address ends in a slash."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "podcast", "-C", str(show), "-q", "serve", "--port", str(port)]
    site = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(command) as server:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                with suppress(OSError):
                    urllib.request.urlopen(site).close()
                    break
                time.sleep(0.2)
            yield site
        finally:
            server.terminate()


def _chromium() -> str:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


def _podcast(show: Path, *arguments: str) -> None:
    where = [] if arguments[0] == "new" else ["-C", str(show)]
    command = [sys.executable, "-m", "podcast", *where, "-q", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
