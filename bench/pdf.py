"""PDFs of our own making, in eleven layouts, read: words wrong, sentences whole, headings found, leaks, CPU seconds.

python bench/pdf.py [LAYOUTS] [SEED]     # as many of them; the floor is pypdf's plain text, cut into sentences
"""

import difflib
import io
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1]))

import typeset

from podcast.show.schema import Document, Section
from podcast.sources import pdf
from podcast.sources.sentences import split_sentences

ID = "2509.00003"


def floor(paper_id: str, data: bytes) -> Document:
    """Return all that pypdf gives as one section."""
    from pypdf import PdfReader

    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)
    return Document(paper_id=paper_id, source="pdf", sections=(Section(title="Text", sentences=split_sentences(text)),))


def wrong(true: Sequence[str], got: Sequence[str]) -> float:
    """Return the share of words that were added, lost or changed."""
    steps = difflib.SequenceMatcher(None, true, got, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for what, a, b, c, d in steps if what != "equal") / len(true)


def measured(paper: typeset.Paper, read: Callable[[str, bytes], Document]) -> tuple[float, float, int, int, float]:
    """Return words wrong, sentences whole, headings found, words that must not be there, CPU seconds."""
    start = time.process_time()
    document = read(ID, paper.data)
    took = time.process_time() - start
    there, text = set(document.sentences()), " ".join(document.sentences())
    whole = sum(sentence in there for sentence in paper.sentences) / len(paper.sentences)
    titles = {section.title for section in document.sections}
    found = sum(name in titles for name, _ in paper.sections)
    leaks = sum(word in text for word in paper.gone)
    return wrong(" ".join(paper.sentences).split(), text.split()), whole, found, leaks, took


def main(layouts: int = len(typeset.STYLES), seed: int = 1) -> None:
    print("| layout | words wrong | sentences whole | headings | leaks | CPU s | pypdf: wrong | whole | CPU s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    pdf.read(ID, typeset.paper(typeset.STYLES[0], seed).data)  # what is loaded once
    for style in typeset.STYLES[:layouts]:
        paper = typeset.paper(style, seed)
        bad, whole, found, leaks, took = measured(paper, pdf.read)
        plain, parts, _, _, long = measured(paper, floor)
        print(
            f"| {style.name} | {bad:.1%} | {whole:.0%} | {found} of {len(paper.sections)} "
            f"| {leaks} of {len(paper.gone)} | {took:.2f} | {plain:.0%} | {parts:.0%} | {long:.2f} |"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
