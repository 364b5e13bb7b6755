"""How well speech is said: exact matches by category, what is said instead, and sentences a second.

Other languages stand below: how many inputs of tests/speech/languages are said as somebody accepts, and how fast.

    python bench/speech.py [DIRECTORY]

The directory holds cases.tsv (category, written, spoken) and sentences.jsonl. Without one, the cases are those of
tests/speech/test_speech.py, and the sentences those of the built-in day's papers.
"""

import csv
import importlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "speech")]  # a checkout need not be installed

from podcast.speech import Lexicon, say  # noqa: E402  (after the path is set)


def of_tests() -> tuple[Sequence[dict[str, str]], Sequence[str]]:
    """Return the cases that the tests hold speech to, and the sentences of the built-in day's papers."""
    pairs = importlib.import_module("test_speech").CASES
    cases = [{"category": "tests", "written": written, "spoken": spoken} for written, spoken in pairs]
    papers = sorted((ROOT / "podcast" / "sources" / "demo").glob("[0-9]*.json"))
    sections = [section for path in papers for section in json.loads(path.read_bytes())["sections"]]
    return cases, [sentence for section in sections for sentence in section["sentences"]]


def of_directory(directory: Path) -> tuple[Sequence[dict[str, str]], Sequence[str]]:
    """Return the cases and sentences of a directory."""
    with (directory / "cases.tsv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = (directory / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return cases, [str(json.loads(line)["text"]) for line in lines]


def main(cases: Sequence[dict[str, str]], sentences: Sequence[str]) -> None:
    """Print the figures; every miss stands below its category with what was said."""
    lexicon = Lexicon.load(ROOT / "voices" / "lexicon.tsv")
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

    start = time.process_time()
    for sentence in sentences:
        say(sentence, lexicon)
    spent = time.process_time() - start
    print(f"{len(sentences) / spent:.0f} sentences a CPU second ({len(sentences)} in {spent:.2f} s)")


def other_languages() -> None:
    """Print a row a language: how many inputs are said as somebody accepts, and inputs a second, each said once."""
    heard = importlib.import_module("test_languages").heard
    for path in sorted((ROOT / "tests" / "speech" / "languages").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        said = [say(row["input"], Lexicon(), path.stem) for row in rows]
        answers = [{heard(answer) for answer in row["accept"].split(" || ")} for row in rows]
        right = sum(heard(spoken) in accepted for spoken, accepted in zip(said, answers, strict=True))
        texts = [f"{row['input']} {number},{number}" for number in range(50) for row in rows]
        lexicon, start = Lexicon(), time.process_time()
        for text in texts:
            say(text, lexicon, path.stem)
        rate = len(texts) / (time.process_time() - start)
        print(f"{path.stem}  {right:3d} of {len(rows):3d} accepted  {rate:6.0f} inputs a CPU second")


if __name__ == "__main__":
    main(*(of_directory(Path(sys.argv[1])) if len(sys.argv) > 1 else of_tests()))
    other_languages()
