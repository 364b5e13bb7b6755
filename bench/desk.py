"""What the desk takes: a page of a long episode, a changed line heard in its place, memory beside `podcast serve`.

    python bench/desk.py [MINUTES]        default: 20

The show is bench/regenerate.py's: lines sung by `tone`, so that its own synthesis counts nearly nothing. CPU is user +
system time of the server and of its hand, in seconds, by /proc; wall clock is the best of five. Memory is the resident
set after the walk: each page five times, five lines changed and heard. Limits are asserted: a page of 1 s, a line heard
1 s after its synthesis, 150 MB over serve; those of time for CPU, which other work on the machine does not lengthen.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import regenerate
import requests

ROUNDS = 5
TICK = os.sysconf("SC_CLK_TCK")
PAGE, HEARD, MEMORY = 1.0, 1.0, 150.0
"""The limits: CPU seconds, CPU seconds, MB."""


def main() -> None:
    """Make the show, walk through desk and serve, print the table."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        show = Path(folder, "show")
        paper, _ = regenerate.make(show, minutes)
        day = next((show / "episodes").glob(f"*/{paper}")).parent.name
        with started(show, "serve", "--port", "8791") as (process, address):
            for _ in range(ROUNDS):
                for path in ("", "feed.xml"):
                    requests.get(address + path).raise_for_status()
            serving = memory(process)
        with started(show, "desk", "--no-open", "--port", "8792") as (process, address):
            walk(process, address, f"e/{day}/{paper}/", serving)


def walk(process: int, address: str, at: str, serving: float) -> None:
    """Look at each page, have lines changed and heard, and print what it took."""
    here = address.partition("?")[0]
    with requests.Session() as session:
        session.trust_env = False
        session.get(address).raise_for_status()
        own = {"origin": here.rstrip("/")}

        def ask(path: str, **body: object) -> bytes:
            answer = session.post(here + path, json=body, headers=own)
            answer.raise_for_status()
            return answer.content

        base = session.get(f"{here}{at}state").json()["version"]
        print("what                                  CPU s   wall s")
        for name, path in (("the list", ""), ("the episode", at), ("its lines", f"{at}lines"),
                           ("its state, every 2 s", f"{at}state"), ("settings", "settings")):  # fmt: skip
            cpu = row(name, process, lambda _, path=path: session.get(here + path).raise_for_status())
            assert cpu <= PAGE, f"{name} takes {cpu} s"
        row("a line judged as it is typed", process,
            lambda n: ask(f"{at}type", base=base, line=30, text=f"This is typed for the {n}. time."))  # fmt: skip

        def hear(number: int) -> None:
            change = {"do": "say", "line": 40, "text": f"This line was heard {'very ' * number}well."}
            ask(f"{at}hear", base=base, changes=[change], first=40)

        began = time.perf_counter()
        hear(0)
        print(f"{'the first line heard, engine loaded':36} {'':>6}   {time.perf_counter() - began:6.2f}")
        cpu = row("a changed line heard in its place", process, lambda number: hear(number + 1))
        assert cpu <= HEARD, f"a line is heard after {cpu} s"
        over = memory(process) - serving
        print(f"memory, MB: serve {serving:.0f}, desk {memory(process):.0f}, over it {over:.0f}; "
              f"its hand {sum(memory(child) for child in children(process)):.0f}")  # fmt: skip
        assert over <= MEMORY


def row(name: str, process: int, work: Callable[[int], object]) -> float:
    """Do the work some times, print what it took, and return the CPU seconds of the middle one."""
    cpus, walls = [], []
    for number in range(ROUNDS):
        before, began = cpu_of(process), time.perf_counter()
        work(number)
        walls.append(time.perf_counter() - began)
        cpus.append(cpu_of(process) - before)
    print(f"{name:36} {statistics.median(cpus):6.2f}   {min(walls):6.2f}")
    return statistics.median(cpus)


@contextmanager
def started(show: Path, *arguments: str) -> Iterator[tuple[int, str]]:
    """Give the process of the command, and the address that it prints."""
    command = [sys.executable, "-m", "podcast", "-C", str(show), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        address = next(word for line in process.stdout for word in line.split() if word.startswith("http://"))
        try:
            yield process.pid, address.removesuffix("feed.xml")
        finally:
            process.terminate()


def children(process: int) -> list[int]:
    """Return the processes that it began, and theirs."""
    own = [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    for task in Path(f"/proc/{process}/task").iterdir():
        own += [int(each) for each in (task / "children").read_text().split()]
    return [*(found := sorted(set(own))), *(each for child in found for each in children(child))]


def cpu_of(process: int) -> float:
    """Return the CPU seconds that the process and its children have taken."""
    total = 0
    for each in (process, *children(process)):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory(process: int) -> float:
    """Return the resident set of the process alone, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
