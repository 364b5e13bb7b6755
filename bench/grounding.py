"""How well lines are held to their evidence: precision and recall of "this line is false", and every miss.

    python bench/grounding.py

The table is grounding.tsv beside this file: split (tuned, heldout, stranger or stranger2), verdict, kind, language,
line, evidence. The rows held out were written before the rules, and no rule was changed for one of them; a stranger's
are by another hand, in the way that hosts talk, and tuned on since; stranger2 are in the same manner, written before
the rules for it, and not tuned on.
"""

import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # a checkout need not be installed

from podcast.grounding import missing_facts  # noqa: E402  (after the path is set)


@dataclass(frozen=True)
class Row:
    """A line, a sentence of evidence, whether the one stands in the other, and what was found."""

    split: str
    verdict: bool
    kind: str
    line: str
    evidence: str
    missing: tuple[str, ...]

    @property
    def right(self) -> bool:
        return self.verdict == (not self.missing)


def rows() -> list[Row]:
    """Return the table with what the checker says of each row."""
    with (ROOT / "bench" / "grounding.tsv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Row(row["split"], row["verdict"] == "true", row["kind"], row["line"], row["evidence"],
            missing_facts(row["line"], [row["evidence"]], row["language"]))
        for row in table
    ]  # fmt: skip


def precision_and_recall(few: list[Row]) -> tuple[float, float]:
    """Return the share of lines found false that are, and the share of false lines that are found."""
    found = sum(not row.verdict and bool(row.missing) for row in few)
    blamed = sum(bool(row.missing) for row in few)
    false = sum(not row.verdict for row in few)
    return found / blamed if blamed else 1.0, found / false if false else 1.0


def main() -> None:
    """Print precision and recall, overall, by split and by kind; then every miss."""
    table = rows()
    groups = {"all": table}
    for row in table:
        groups.setdefault(row.split, []).append(row)
    for row in sorted(table, key=lambda row: row.kind):
        groups.setdefault("  " + row.kind, []).append(row)
    print("rows  false  precision  recall")
    for name, few in groups.items():
        precision, recall = precision_and_recall(few)
        print(f"{len(few):4d}  {sum(not row.verdict for row in few):5d}  {precision:9.3f}  {recall:6.3f}  {name}")
    misses = [row for row in table if not row.right]
    print(f"{len(misses)} misses")
    for row in misses:
        what = f"says {', '.join(row.missing)}" if row.missing else "is false, and nothing was found"
        print(f"  {row.split}, {row.kind}: {row.line!r}\n    against {row.evidence!r}: {what}")
    lines = [row.line for row in table] * 2
    evidence = [row.evidence for row in table]
    start = time.process_time()
    for line in lines:
        missing_facts(line, evidence[:4])
    print(f"{1e3 * (time.process_time() - start) / len(lines):.2f} ms a line")


if __name__ == "__main__":
    main()
