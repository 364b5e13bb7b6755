"""How well lines are held to their evidence: what is refused, what is doubted, and every miss.

    python bench/grounding.py [unseen] [--cases cases.tsv]

The table is grounding.tsv beside this file: split, verdict, kind, language, line, evidence. Three figures are told
apart: `tuned` rows have been looked at while rules were written; `before` were written, in the manner of abstracts and
of hosts, before the rules that judge them, and their misses were looked at since; `unseen` were written with those
and never looked at: their misses are not printed unless the word `unseen` is given, and whoever reads them moves them
to `before`. `--cases` reads a table of the form of shared/data/grounding/cases.tsv, which is not ours to ship.
"""

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # a checkout need not be installed

from podcast.grounding import Finding, findings  # noqa: E402  (after the path is set)


@dataclass(frozen=True)
class Row:
    """A line, its evidence, whether the one stands in the other, and what was found."""

    split: str
    verdict: bool
    kind: str
    line: str
    evidence: tuple[str, ...]
    found: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return any(one.grade == "refused" for one in self.found)

    @property
    def right(self) -> bool:
        return self.verdict == (not self.found)


@dataclass(frozen=True)
class Figures:
    """What a number of rows come to."""

    precision: float
    """Of the refused lines, the share that is false."""
    refused: float
    """Of the false lines, the share that is refused."""
    found: float
    """Of the false lines, the share that is refused or doubted."""
    wronged: float
    """Of the true lines, the share that is refused."""
    doubted: float
    """Of the true lines, the share that is doubted."""


def rows() -> list[Row]:
    """Return the table with what the checker says of each row."""
    return [
        _row(row["split"], row["verdict"] == "true", row["kind"], row["language"], row["line"], row["evidence"])
        for row in _read(ROOT / "bench" / "grounding.tsv")
    ]


def cases(path: Path) -> list[Row]:
    """Return the rows of a table of cases, with what the checker says of each."""
    return [
        _row("cases", row["label"] == "T", row["category"], "en", row["line"], row["evidence"]) for row in _read(path)
    ]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _row(split: str, verdict: bool, kind: str, language: str, line: str, evidence: str) -> Row:
    parts = tuple(evidence.split(" || "))
    return Row(split, verdict, kind, line, parts, findings(line, parts, language))


def figures(few: Sequence[Row]) -> Figures:
    """Return what the rows come to; 1 or 0 where there is nothing to count."""
    false, true = [row for row in few if not row.verdict], [row for row in few if row.verdict]
    refused = [row for row in few if row.refused]
    return Figures(
        sum(not row.verdict for row in refused) / len(refused) if refused else 1.0,
        sum(row.refused for row in false) / len(false) if false else 1.0,
        sum(bool(row.found) for row in false) / len(false) if false else 1.0,
        sum(row.refused for row in true) / len(true) if true else 0.0,
        sum(bool(row.found) and not row.refused for row in true) / len(true) if true else 0.0,
    )


def main() -> None:
    """Print the figures by split and by kind; then the misses of what may be looked at; then the cost."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("look", nargs="?", choices=["unseen"])
    options.add_argument("--cases", type=Path)
    chosen = options.parse_args()
    table = rows() + (cases(chosen.cases) if chosen.cases else [])
    groups: dict[str, list[Row]] = {}
    for row in table:
        groups.setdefault(row.split, []).append(row)
    for row in sorted(table, key=lambda row: row.kind):
        if row.split != "tuned":
            groups.setdefault("  " + row.kind, []).append(row)
    print("true  false | refused: precision  recall | or doubted: recall | true refused  doubted")
    for name, few in groups.items():
        of = figures(few)
        true = sum(row.verdict for row in few)
        print(f"{true:4d}  {len(few) - true:5d} | {of.precision:18.3f}  {of.refused:6.3f} | {of.found:18.3f} | "
              f"{of.wronged:12.3f}  {of.doubted:7.3f}  {name}")  # fmt: skip
    shown = [row for row in table if not row.right and (row.split != "unseen" or chosen.look)]
    print(f"{len(shown)} misses")
    for row in shown:
        what = (
            "; ".join(f"{one.grade}: {one.fact!r} {one.wrong}" for one in row.found)
            or "is false, and nothing was found"
        )
        print(f"  {row.split}, {row.kind}: {row.line!r}\n    against {' || '.join(row.evidence)!r}: {what}")
    lines, evidence = [row.line for row in table], [row.evidence[0] for row in table]
    start = time.process_time()
    for line in lines:
        findings(line, evidence[:4])
    print(f"{1e3 * (time.process_time() - start) / len(lines):.2f} ms a line")


if __name__ == "__main__":
    main()
