"""Where sentences end: ours against the splitters that are installed, on the texts of tests/sources/sentences.txt.

python bench/sentences.py            # ours, and pysbd alone, which it is made of
pip install syntok sentencex blingfire, and run it again: theirs beside it
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from podcast.sources.sentences import split_sentences

TEXTS = (Path(__file__).parents[1] / "tests" / "sources" / "sentences.txt").read_text().splitlines()
"""A bar where a sentence ends. The first 62 were there when the rules were written, the others were not."""
KNOWN = 62


def splitters() -> Iterator[tuple[str, Callable[[str], list[str]]]]:
    """Yield each splitter by name."""
    yield "ours", lambda text: list(split_sentences(text))
    import pysbd

    yield "pysbd", pysbd.Segmenter(language="en").segment
    if importlib.util.find_spec("syntok"):
        from syntok import segmenter

        yield "syntok", lambda text: [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(text) for sentence in paragraph
        ]  # fmt: skip
    if importlib.util.find_spec("sentencex"):
        import sentencex

        yield "sentencex", lambda text: list(sentencex.segment("en", text))
    if importlib.util.find_spec("blingfire"):
        import blingfire

        yield "blingfire", lambda text: blingfire.text_to_sentences(text).split("\n")  # type: ignore[no-any-return]


def main() -> None:
    print("| splitter | right of 62 | of 65 new | sentences a second |\n|---|--:|--:|--:|")
    for name, split in splitters():
        start = time.perf_counter()
        cut = [[sentence.strip() for sentence in split(text.replace("|", " ")) if sentence.strip()] for text in TEXTS]
        took = time.perf_counter() - start
        right = [found == text.split("|") for found, text in zip(cut, TEXTS, strict=True)]
        rate = sum(map(len, cut)) / took
        print(f"| {name} | {sum(right[:KNOWN])} | {sum(right[KNOWN:])} | {rate:,.0f} |")


if __name__ == "__main__":
    main()
