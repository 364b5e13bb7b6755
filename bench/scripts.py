"""What can be counted of scripts without a model: words a line, turns, claims a host, questions, terms, rhythm.

    python bench/scripts.py FOLDER…      every script.json below the folders, one row each; --json for data
    python bench/scripts.py a.txt b.txt  scripts as text, a line "A: …" or "B: …" a turn

docs/bench.md says what the columns are worth: a listener hears rhythm and who carries what, and none of it is a mark.
"""

import argparse
import json
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from podcast.show import store
from podcast.show.schema import Brief, Document, Line, Script
from podcast.writers import glossary, rules
from podcast.writers.phrases import stock


def found(paths: Sequence[Path]) -> Iterator[tuple[str, Sequence[Line], Path | None]]:
    """Yield each script with its name, its lines and its folder."""
    for path in paths:
        if path.is_file():
            yield path.stem, spoken(path.read_text("utf-8")), None
        for one in sorted(path.rglob("script.json")) if path.is_dir() else ():
            yield one.parent.name, store.load(Script, one).lines, one.parent


def spoken(text: str) -> tuple[Line, ...]:
    """Return the turns of a script as text."""
    turns = re.findall(r"^([A-Z]): (.+)$", text, re.MULTILINE)
    return tuple(Line(host=host, text=said, chapter="whole") for host, said in turns)


def row(name: str, lines: Sequence[Line], folder: Path | None) -> dict[str, object]:
    """Return what is counted of one script."""
    lengths = [rules.words(line.text) for line in lines]
    hosts = sorted({line.host for line in lines})
    words = {host: sum(rules.words(line.text) for line in lines if line.host == host) for host in hosts}
    claims = {host: sum(bool(line.claims) for line in lines if line.host == host) for host in hosts}
    chapters = {line.chapter for line in lines}
    shared = {
        chapter
        for chapter in chapters
        if {line.host for line in lines if line.chapter == chapter and line.claims} >= set(hosts)
    }
    said = " ".join(line.text for line in lines)
    source = 0
    if folder and (folder / "document.json").is_file():
        source = sum(len(one.split()) for one in store.load(Document, folder / "document.json").sentences())
    brief = store.load(Brief, folder / "brief.json") if folder and (folder / "brief.json").is_file() else None
    return {
        "script": name,
        "lines": len(lines),
        "words": sum(lengths),
        "words a line": round(statistics.mean(lengths), 1),
        "deviation": round(statistics.pstdev(lengths), 1),
        "up to 5": sum(length <= 5 for length in lengths),
        "over 60": sum(length > 60 for length in lengths),
        "second host %": round(100 * min(words.values()) / sum(lengths)) if len(hosts) > 1 else 0,
        "turns": sum(1 for _ in groupby(line.host for line in lines)),
        "most in a row": max(len(list(run)) for _, run in groupby(line.host for line in lines)),
        "questions %": round(100 * sum(line.text.rstrip().endswith("?") for line in lines) / len(lines)),
        "with claims %": round(100 * sum(bool(line.claims) for line in lines) / len(lines)),
        "claims a host": " : ".join(str(claims[host]) for host in hosts),
        "chapters by both": f"{len(shared)} of {len(chapters)}",
        "general": sum(line.kind == "general" for line in lines),
        "example": sum(line.kind == "example" for line in lines),
        "stock": len(stock(said)),
        "terms": sum(bool(entry.pattern.search(said)) for entry in glossary.load()),
        "source words a word": round(source / sum(lengths), 1) if source else "",
        "dropped": len(brief.dropped) if brief else 0,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = [row(*one) for one in found(given.paths)]
    if given.json:
        print(json.dumps(rows, indent=2))
        return 0
    if not rows:
        print("there is no script here")
        return 1
    print("| " + " | ".join(rows[0]) + " |")
    print("|---" * len(rows[0]) + "|")
    for one in rows:
        print("| " + " | ".join(str(value) for value in one.values()) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
