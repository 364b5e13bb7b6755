"""How well speech is said: exact matches by category, what is said instead, and sentences a second.

    python bench/speech.py [DIRECTORY]

The directory holds cases.tsv (category, written, spoken) and sentences.jsonl; by default it is
../shared/data/speech beside the repository.
"""

import csv
import json
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # a checkout need not be installed

from podcast.speech import Lexicon, say  # noqa: E402  (after the path is set)


def main(directory: Path) -> None:
    """Print the figures; every miss stands below its category with what was said."""
    lexicon = Lexicon.load(ROOT / "voices" / "lexicon.tsv")
    with (directory / "cases.tsv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    results: dict[str, list[tuple[dict[str, str], str]]] = defaultdict(list)
    for case in cases:
        results[case["category"]].append((case, say(case["written"], lexicon)))
    right = 0
    for category, said in sorted(results.items()):
        exact = sum(spoken == case["spoken"] for case, spoken in said)
        right += exact
        print(f"{exact:3d} of {len(said):3d}  {category}")
        for case, spoken in said:
            if spoken != case["spoken"]:
                print(f"             written  {case['written']}")
                print(f"             wanted   {case['spoken']}")
                print(f"             said     {spoken}")
    print(f"{right:3d} of {len(cases):3d}  exact: {right / len(cases):.3f}")

    lines = (directory / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    sentences = [str(json.loads(line)["text"]) for line in lines]
    start = time.process_time()
    for sentence in sentences:
        say(sentence, lexicon)
    spent = time.process_time() - start
    print(f"{len(sentences) / spent:.0f} sentences a CPU second ({len(sentences)} in {spent:.2f} s)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "speech")
